"""A person's settings: one small TOML file, read with errors that name the line, changed one line at a time."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tui.words import N_, _

LANGUAGES = ("", "fr", "en")
THEMES = ("", "entente-dark", "entente-light", "entente-contrast", "entente-terminal")
REGIONS = ("", "fr-CA", "fr-FR", "en-CA")
ROUTES = ("auto", "local", "osc52", "tmux", "screen", "none")  # as clipboard.routes.CHOICES; a test compares them


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has chosen; "" means that nothing was, and that the environment or the project decides."""

    lang: str = ""  # of the interface: "fr" or "en"
    doc_lang: str = ""  # of the document: "fr" or "en"
    author: str = ""  # the name that stands beside one's changes
    clipboard: str = "auto"  # one of ROUTES
    group: bool = False  # the store is shared by a group: files 0660 in 2770
    output: str = ""  # the folder where copies and exports go
    frugal: bool = False  # send as few bytes as possible to the terminal
    mouse: bool = True
    region: str = ""  # typography: one of REGIONS
    theme: str = ""  # the colours: one of THEMES

    @property
    def folder(self) -> Path:
        """The folder of copies and exports, `~` resolved; the current one when none was chosen."""
        return Path(self.output).expanduser() if self.output else Path.cwd()


_CHOICES = {"lang": LANGUAGES, "doc_lang": LANGUAGES, "clipboard": ROUTES, "region": REGIONS, "theme": THEMES}
_TYPES = {"str": (str, N_("a text in quotes")), "bool": (bool, N_("true or false"))}


class SettingsError(ValueError):
    """The settings file is wrong, or cannot be read; the message names file, line and the nearest valid name."""


def settings_path(environ: Mapping[str, str]) -> Path:
    """The settings file: ENTENTE_CONFIG, else entente/config.toml where XDG puts settings (basedir-spec 0.8)."""
    if own := environ.get("ENTENTE_CONFIG"):
        return Path(own).expanduser()
    base = environ.get("XDG_CONFIG_HOME", "")
    # a relative path in an XDG variable is to be ignored
    return (Path(base) if base.startswith("/") else Path.home() / ".config") / "entente" / "config.toml"


def copies_folder(environ: Mapping[str, str], settings: Settings) -> Path:
    """Where the exact text of a copy is kept: the output folder, else entente/copies among XDG's state files."""
    if settings.output:
        return settings.folder
    base = environ.get("XDG_STATE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".local" / "state") / "entente" / "copies"


def load_settings(path: Path) -> Settings:
    """The settings of a file, the defaults when there is none. SettingsError when it is wrong or unreadable."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise SettingsError(
            _("{file}: it cannot be read ({reason}).").format(file=path, reason=error.strerror or error)
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(_("{file}: it is no UTF-8 text.").format(file=path)) from error
    given = _checked(path, text, _parsed(path, text))
    return Settings(**given)


def _parsed(path: Path, text: str) -> dict[str, object]:
    import tomllib  # only where there is a file: it costs milliseconds of each start

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            _("{file}: this is not valid TOML: {reason}.").format(file=path, reason=str(error).rstrip("."))
        ) from error


def _checked(path: Path, text: str, given: Mapping[str, object]) -> dict[str, Any]:
    known = {one.name: one.type for one in fields(Settings)}
    checked: dict[str, Any] = {}
    for name, value in given.items():
        if name not in known:
            raise _wrong(path, text, name, _unknown(name, tuple(known)))
        kind, expected = _TYPES[str(known[name])]
        if not isinstance(value, kind):
            said = _("“{name}” takes {expected}").format(name=name, expected=_(expected))
            raise _wrong(path, text, name, said)
        if name in _CHOICES and value not in _CHOICES[name]:
            names = ", ".join(choice for choice in _CHOICES[name] if choice)
            said = _("“{name}” takes one of {names}, not “{value}”").format(name=name, names=names, value=value)
            raise _wrong(path, text, name, said)
        checked[name] = value
    return checked


def _unknown(name: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1, 0.5)
    if near:
        return _("no setting is called “{name}”; the nearest is “{near}”").format(name=name, near=near[0])
    return _("no setting is called “{name}”; there are {names}").format(name=name, names=", ".join(known))


def _wrong(path: Path, text: str, name: str, said: str) -> SettingsError:
    line = _line_of(text, name)
    return SettingsError(_("{file}, line {line}: {said}.").format(file=path, line=line + 1, said=said))


def _line_of(text: str, name: str) -> int:
    """The line, from 0, where a name is set or opens a table; 0 when it is written in a way we do not look for."""
    for number, line in enumerate(text.splitlines()):
        start = line.partition("=")[0].strip().lstrip("[").rstrip("]")
        if start.partition(".")[0].strip().strip("\"'") == name:
            return number
    return 0


def remember(path: Path, **values: str | bool) -> None:
    """Set some settings in the file, leaving every other line and comment as it is; the file is made when missing.

    SettingsError for an unknown name or a wrong value, and when the file itself is wrong; OSError when it cannot be
    written.
    """
    load_settings(path)  # never write into a file that we cannot read
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = old.splitlines()
    for name, value in values.items():
        line = f"{name} = {_toml(value)}"
        at = _line_of(old, name) if name in _parsed(path, old) else None
        if at is None:
            lines.append(line)
            old = "\n".join(lines)
        else:
            lines[at] = line
    text = "\n".join(lines) + "\n"
    _checked(path, text, _parsed(path, text))
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _toml(value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    import json  # a JSON string is a TOML basic string once DEL is escaped too (TOML 1.0, "String")

    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
