"""Which letters the terminal can show, by the locale that it was opened with."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

UTF_8 = "utf-8"
_ASCII = "ascii"  # C and POSIX: a terminal of which no letter is known but these
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")  # what Python itself writes to LC_CTYPE where it finds C (PEP 538)


def locale_name(environ: Mapping[str, str]) -> str:
    """Return the locale of letters (POSIX, XBD 8.2): LC_ALL, LC_CTYPE, LANG, the first that is not empty.

    "" where none is.
    """
    name = next(
        (value for variable in ("LC_ALL", "LC_CTYPE", "LANG") if (value := environ.get(variable, "").strip())), ""
    )
    if name in _COERCED and not environ.get("LC_ALL") and environ.get("LC_CTYPE") == name:
        return _before_python(name, environ.get("LANG", "").strip())
    return name


def _before_python(name: str, lang: str) -> str:
    """What was asked for where Python may have written `name` over it: the kernel keeps what a process began with."""
    with suppress(OSError):
        began = Path("/proc/self/environ").read_bytes()
        if f"LC_CTYPE={name}".encode() not in began.split(b"\0"):
            return lang
    return name


def charset(environ: Mapping[str, str]) -> str:
    """Return the codec of the terminal's letters: "utf-8", "ascii", or that of an older locale, such as "iso8859-15".

    Where nothing is said at all it is UTF-8, as nearly every terminal is; C and POSIX say that it is not.
    """
    name, _at, modifier = locale_name(environ).partition("@")
    if not name:
        return UTF_8
    if name.upper() in ("C", "POSIX"):
        return _ASCII
    asked = name.partition(".")[2] or ("iso8859-15" if modifier == "euro" else "iso8859-1")
    try:
        return codecs.lookup(asked).name
    except LookupError:
        return UTF_8 if "utf" in name.lower() else _ASCII
