"""Find the character encoding of the terminal from the variables of its locale."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

UTF_8 = "utf-8"
_ASCII = "ascii"  # for the locales C and POSIX
_COERCED = ("C.UTF-8", "C.utf8", "UTF-8")  # what Python writes to LC_CTYPE at its start in the locale C (PEP 538)


def locale_name(environ: Mapping[str, str]) -> str:
    """Return the locale of characters: the first of LC_ALL, LC_CTYPE and LANG that is not empty (POSIX, XBD 8.2).

    "" where all are empty. A value that Python itself wrote at its start does not count.
    """
    values = (environ.get(variable, "").strip() for variable in ("LC_ALL", "LC_CTYPE", "LANG"))
    name = next(filter(None, values), "")
    if name in _COERCED and not environ.get("LC_ALL") and environ.get("LC_CTYPE") == name:
        return _before_python(name, environ.get("LANG", "").strip())
    return name


def _before_python(name: str, lang: str) -> str:
    """Return `lang` where Python wrote `name` to LC_CTYPE, else `name`; the kernel keeps the first environment."""
    with suppress(OSError):
        first_environ = Path("/proc/self/environ").read_bytes()
        if f"LC_CTYPE={name}".encode() not in first_environ.split(b"\0"):
            return lang
    return name


def terminal_charset(environ: Mapping[str, str]) -> str:
    """Return the name of the terminal's codec: "utf-8", "ascii", or that of an older locale, such as "iso8859-15".

    Without any locale it is "utf-8", as of nearly all terminals; for C and POSIX it is "ascii".
    """
    name, _at, modifier = locale_name(environ).partition("@")
    if not name:
        return UTF_8
    if name.upper() in ("C", "POSIX"):
        return _ASCII
    encoding = name.partition(".")[2] or ("iso8859-15" if modifier == "euro" else "iso8859-1")
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        return UTF_8 if "utf" in name.lower() else _ASCII
