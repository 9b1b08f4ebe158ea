"""Check paths that people give (in variables, settings, options, dialogs) before they are used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from tui.i18n import _

_QUOTES = "\"'«»“”‘’`"
_UNFILLED_VARIABLE = r"(?:^|/)(\$(?:\w+|\{[^}/]*\}|\([^)]*\))|%\w+%)"  # « $HOME », « ${X} », « $(pwd) », « %APPDATA% »


class WrongPath(ValueError):
    """A given path cannot be used; the message is a sentence that names its source."""


def outside_path(text: str, source: str, *, relative: bool = False) -> Path:
    """Return the path `text`, with a « ~ » at its beginning expanded; `source` names where it was given.

    `source` (a variable, a setting, an option) stands in the messages. With `relative`, a path relative to the current
    folder is accepted too. Raises WrongPath for a text that is empty, in quotes, relative, or holds an invisible
    character or a variable such as « $HOME » that no shell has filled in.
    """
    shown = text if text.isprintable() and len(text) <= 200 else "…"
    if not text.strip():
        raise WrongPath(_("{source} is empty: give a path.").format(source=source))
    if any(not letter.isprintable() and letter not in "\xa0\u202f" and not _is_byte(letter) for letter in text):
        raise WrongPath(_("{source}: the path holds a character that cannot be seen.").format(source=source))
    if text[0] in _QUOTES or text[-1] in _QUOTES:
        sentence = _("{source}: {path} stands in quotes; write it without them.")
        raise WrongPath(sentence.format(source=source, path=shown))
    if unfilled := re.search(_UNFILLED_VARIABLE, text):
        sentence = _("{source}: nothing has filled in {variable} in {path}; write the whole path.")
        raise WrongPath(sentence.format(source=source, variable=unfilled[1], path=shown))
    try:
        path = Path(text).expanduser()
    except RuntimeError as error:
        sentence = _("{source}: there is no account of the name in {path}.").format(source=source, path=shown)
        raise WrongPath(sentence) from error
    if not relative and not path.is_absolute():
        sentence = _("{source}: {path} does not begin with /; write the whole path.")
        raise WrongPath(sentence.format(source=source, path=shown))
    return path


def _is_byte(letter: str) -> bool:
    """Return whether a character is a byte of a file's name that is not UTF-8 (a surrogate of PEP 383)."""
    return "\udc80" <= letter <= "\udcff"


def typed_path(text: str, source: str) -> Path:
    """Return a path, also a relative one, typed or pasted in a dialog, without quotes around it. Raises WrongPath."""
    return outside_path(text.strip().strip(_QUOTES).strip(), source, relative=True)


def ignored_variables(environ: Mapping[str, str]) -> list[str]:
    """Return the names of the variables (HOME, XDG_…) that are set to a relative path, and so are ignored."""
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    return [name for name in names if environ.get(name) and not environ[name].startswith("/")]
