"""Paths that come from outside (variables, settings, options, windows), checked in one way before they are used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from tui.i18n import _

_QUOTES = "\"'«»“”‘’`"
_UNFILLED = r"(?:^|/)(\$(?:\w+|\{[^}/]*\}|\([^)]*\))|%\w+%)"  # « $HOME », « ${X} », « $(pwd) », « %APPDATA% »


class WrongPath(ValueError):
    """A path that was given is none; the message is a sentence that names what gave it."""


def outside_path(text: str, source: str, *, relative: bool = False) -> Path:
    """Return the path that `source` (a variable, a setting, an option) gives, a « ~ » at its beginning filled in.

    With `relative`, one that begins where the person stands is taken too. Raises WrongPath for what is empty, stands in
    quotes, holds a variable that nobody filled in or a character one cannot see, or is relative.
    """
    shown = text if text.isprintable() and len(text) <= 200 else "…"
    if not text.strip():
        raise WrongPath(_("{source} is empty: give a path.").format(source=source))
    if any(not letter.isprintable() and letter not in "\xa0\u202f" and not _is_byte(letter) for letter in text):
        raise WrongPath(_("{source}: the path holds a character that cannot be seen.").format(source=source))
    if text[0] in _QUOTES or text[-1] in _QUOTES:
        said = _("{source}: {path} stands in quotes; write it without them.")
        raise WrongPath(said.format(source=source, path=shown))
    if found := re.search(_UNFILLED, text):
        said = _("{source}: nothing has filled in {variable} in {path}; write the whole path.")
        raise WrongPath(said.format(source=source, variable=found[1], path=shown))
    try:
        path = Path(text).expanduser()
    except RuntimeError as error:
        said = _("{source}: there is no account of the name in {path}.").format(source=source, path=shown)
        raise WrongPath(said) from error
    if not relative and not path.is_absolute():
        said = _("{source}: {path} does not begin with /; write the whole path.")
        raise WrongPath(said.format(source=source, path=shown))
    return path


def _is_byte(letter: str) -> bool:
    """Return whether it stands for a byte of a file's name that is no UTF-8 (PEP 383)."""
    return "\udc80" <= letter <= "\udcff"


def typed_path(text: str, source: str) -> Path:
    """Return the path that a person typed or pasted in a window, quotes around it aside. Raises WrongPath."""
    return outside_path(text.strip().strip(_QUOTES).strip(), source, relative=True)


def ignored_variables(environ: Mapping[str, str]) -> list[str]:
    """Return the names of the variables that should hold a whole path and do not."""
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    return [name for name in names if environ.get(name) and not environ[name].startswith("/")]
