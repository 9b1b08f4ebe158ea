"""Say in the interface's language why something failed; the system, Python and libraries say it in English."""

from __future__ import annotations

import errno
import re

from tui.i18n import N_, _

_SYSTEM = {
    errno.EACCES: N_("no right to do this"),
    errno.EPERM: N_("no right to do this"),
    errno.ENOENT: N_("nothing of that name is there"),
    errno.EEXIST: N_("something of that name is already there"),
    errno.ENOTDIR: N_("a file is where a folder has to be"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTEMPTY: N_("the folder is not empty"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the space allowed on this disk is used up"),
    errno.EFBIG: N_("it is too large for this disk"),
    errno.EOVERFLOW: N_("it is too large"),
    errno.EROFS: N_("this disk can only be read"),
    errno.EIO: N_("the disk or the line does not answer"),
    errno.ENXIO: N_("nobody is at the other end"),
    errno.ENODEV: N_("this disk or device is gone"),
    errno.ESTALE: N_("the shared folder changed meanwhile"),
    errno.ELOOP: N_("a link stands where a file has to be"),
    errno.EMLINK: N_("too many links lead there"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EINVAL: N_("this disk does not take such a name or request"),
    errno.EXDEV: N_("it lies on another disk"),
    errno.EBUSY: N_("another program uses it"),
    errno.ETXTBSY: N_("another program uses it"),
    errno.EAGAIN: N_("another program uses it"),
    errno.EMFILE: N_("too many files are open"),
    errno.ENFILE: N_("too many files are open"),
    errno.ENOMEM: N_("this machine has no memory left"),
    errno.EPIPE: N_("whoever read this has gone"),
    errno.EBADF: N_("it is closed"),
    errno.ENOTSUP: N_("this disk cannot do it"),
    errno.ENOSYS: N_("this system cannot do it"),
    errno.ETIMEDOUT: N_("no answer came in time"),
}
# By the name of the class, so that no library need be imported. The first class in the error's `__mro__` decides.
_KINDS = {
    "UnicodeError": N_("it is not UTF-8 text"),
    "BadZipFile": N_("the zip file is damaged or cut short"),
    "LargeZipFile": N_("the zip file is too large"),
    "EOFError": N_("it ends too early"),
    "RuntimeError": N_("it is packed in a way that cannot be read"),  # of `zipfile`: a password, or an unknown packing
    "OverflowError": N_("a number in it is too large"),
    "KeyError": N_("something in it is missing"),
    "TypeError": N_("a value in it is of another kind than it has to be"),
    "ValueError": N_("a value in it is not allowed there"),
    "RecursionError": N_("it nests too deep"),
    "MemoryError": N_("this machine has no memory left"),
    "TimeoutExpired": N_("no answer came in time"),
    "ParseError": N_("its XML is damaged"),
}
_MODULES = {  # by module, for classes that are only called `error` or `Error`
    "_csv": N_("a cell is too long, or quotes are opened and not closed"),
    "zlib": N_("the zip file is damaged or cut short"),
    "struct": N_("the zip file is damaged or cut short"),
}
# Where a text of JSON or TOML is wrong, as Python says it.
_PLACE = re.compile(r"line (\d+),? column (\d+)")
_GIVEN_TWICE = re.compile(r"Cannot overwrite|twice|Duplicate")  # what tomllib says of a name or a table
_OUR_PACKAGE = "tui"


def is_ours(error: BaseException) -> bool:
    """Return whether the class of an error is ours; then its message is in the interface's language."""
    return type(error).__module__.partition(".")[0] == _OUR_PACKAGE


def reason_words(error: BaseException) -> str:
    """Return the reason of an error as a clause without a full stop; an error of ours gives its own message.

    The clause of an unknown error is the system's code (« EPROTO ») or the name of its class.
    """
    if is_ours(error):
        return str(error).rstrip(".")
    names = [kind.__name__ for kind in type(error).__mro__]
    if isinstance(error, OSError) and error.errno in _SYSTEM:
        return _(_SYSTEM[error.errno])
    if "JSONDecodeError" in names or "TOMLDecodeError" in names:
        place = _PLACE.search(str(error))
        if _GIVEN_TWICE.search(str(error)):
            message = _("line {line} gives a name a second time") if place else _("a name is given twice in it")
            return message.format(line=place[1]) if place else message
        if place is None:  # TOML gives no place if the text ends too early
            return _("it ends too early")
        return _("line {line}, column {column} cannot be understood").format(line=place[1], column=place[2])
    if "int_max_str_digits" in str(error):  # Python converts no number of thousands of digits
        return _("it holds a number that is too long")
    message = _MODULES.get(type(error).__module__) or next((_KINDS[name] for name in names if name in _KINDS), "")
    if message:
        return _(message)
    code = errno.errorcode.get(error.errno or 0, "") if isinstance(error, OSError) else ""
    return code or type(error).__name__
