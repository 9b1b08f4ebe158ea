"""The settings: the machine's TOML file under the person's own, errors that name the line, changed line by line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from tui.error_words import reason_words
from tui.fast_dataclass import dataclass
from tui.i18n import N_, _
from tui.resources import home_folder, own_folder
from tui.text.moments import nearest_zones, zone_of
from tui.text.outside_paths import WrongPath, outside_path
from tui.text.server_addresses import is_server

LANGUAGES = ("", "fr", "en")
THEMES = ("", "entente-dark", "entente-light", "entente-contrast", "entente-terminal")
REGIONS = ("", "fr-CA", "fr-FR", "en-CA")
ROUTES = ("auto", "local", "osc52", "tmux", "screen", "none")  # as clipboard.routes.CHOICES; a test compares them


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """The keys that one command was given in a `[keys]` table, as they are written, and where."""

    command: str
    keys: tuple[str, ...]
    file: Path
    line: int  # from 1


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person has chosen; "" means that nothing was, and that the environment or the partnership decides."""

    lang: str = ""  # of the interface: "fr" or "en"
    doc_lang: str = ""  # of the document: "fr" or "en"
    author: str = ""  # the name that stands beside one's changes
    sender: str = ""  # who signs the letters that go with a draft: a name, a title, an organization
    clipboard: str = "auto"  # one of ROUTES
    group: bool = False  # the store is shared by a group: files 0660 in 2770
    output: str = ""  # the folder where copies and files go
    host: str = ""  # the name by which one's own computer reaches this machine, for the lines that fetch a file
    reference: str = ""  # a Word file whose styles, paper and letterhead our documents take
    logo: str = ""  # a PNG or JPEG picture that stands at the head of documents
    fonts: str = ""  # a folder of font files, for the PDF
    font: str = ""  # the family that documents are set in
    frugal: bool = True  # write only the cells that changed; false leaves it to Textual
    mouse: bool = True
    region: str = ""  # typography: one of REGIONS
    theme: str = ""  # the colours: one of THEMES
    timezone: str = ""  # the IANA name of the zone in which dates are told, such as America/Toronto
    store: str = ""  # where the partnerships are: a folder, or the address of a server (postgresql://…)
    without_locks: str = ""  # the store's folder that one saves in although the locks of its disk keep nobody out
    keys: tuple[KeyChoice, ...] = ()  # one's own keys, checked by keymap.py

    @property
    def folder(self) -> Path:
        """The folder of copies and exports, `~` resolved; the current one when none was chosen."""
        return outside_path(self.output, "output") if self.output else Path.cwd()


_PATHS = frozenset({"output", "reference", "logo", "fonts", "without_locks", "store"})
_CHOICES = {"lang": LANGUAGES, "doc_lang": LANGUAGES, "clipboard": ROUTES, "region": REGIONS, "theme": THEMES}
_TYPES = {"str": (str, N_("a text in quotes")), "bool": (bool, N_("true or false"))}
_MACHINE = "/etc/xdg"  # where the settings of a whole machine lie (basedir-spec 0.8)


class SettingsError(ValueError):
    """The settings file is wrong, or cannot be read; the message names file, line and the nearest valid name."""


def settings_path(environ: Mapping[str, str]) -> Path:
    """Return the settings file: ENTENTE_CONFIG, else entente/config.toml where XDG puts settings (basedir-spec 0.8).

    Raises SettingsError where ENTENTE_CONFIG is no whole path.
    """
    if own := environ.get("ENTENTE_CONFIG"):
        try:
            return outside_path(own, "ENTENTE_CONFIG")
        except WrongPath as error:
            raise SettingsError(str(error)) from error
    return own_folder(environ, "XDG_CONFIG_HOME") / "config.toml"


def settings_files(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Every file that may hold settings, the person's own last: a later one wins, setting by setting and key by key."""
    machine = [folder for folder in environ.get("XDG_CONFIG_DIRS", "").split(":") if folder.startswith("/")]
    wide = [Path(folder) / "entente" / "config.toml" for folder in reversed(machine or [_MACHINE])]
    return (*wide, settings_path(environ))


def copies_folder(environ: Mapping[str, str], settings: Settings) -> Path:
    """Where the exact text of a copy is kept: the output folder, else entente/copies among XDG's state files."""
    return settings.folder if settings.output else own_folder(environ, "XDG_STATE_HOME") / "copies"


FILES = "Entente"  # the folder of one's home that files are written to where the settings name none


def files_folder(environ: Mapping[str, str], settings: Settings) -> Path:
    """Return where files are written that people look for: the output folder, else the folder Entente in the home."""
    return settings.folder if settings.output else home_folder(environ) / FILES


def short_path(path: Path, environ: Mapping[str, str]) -> str:
    """Return `path` as people read it: « ~/Entente/une-porte.zip » where it lies in the home."""
    home = home_folder(environ)
    return str(Path("~", path.relative_to(home))) if home in path.parents and home != Path("/") else str(path)


def load_settings(*paths: Path) -> Settings:
    """Return the settings of these files, a later one winning; the defaults where there is none.

    SettingsError when one is wrong or unreadable.
    """
    given: dict[str, Any] = {}
    keys: dict[str, KeyChoice] = {}
    for path in paths:
        found = _read(path)
        keys |= {choice.command: choice for choice in found.pop("keys", ())}
        given |= found
    return Settings(**given, keys=tuple(keys.values()))


def _read(path: Path) -> dict[str, Any]:
    try:
        os.lstat(path)
        from tui.named_files import MEGABYTE, read_named  # only where there is a file

        text = read_named(path, MEGABYTE).decode("utf-8-sig")  # some editors begin with a mark
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SettingsError(
            _("{file}: it cannot be read ({reason}).").format(file=path, reason=reason_words(error))
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(_("{file}: it is no UTF-8 text.").format(file=path)) from error
    return _checked(path, text, _parsed(path, text))


def _parsed(path: Path, text: str) -> dict[str, object]:
    import tomllib  # only where there is a file: it costs milliseconds of each start

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            _("{file}: this is not valid TOML: {reason}.").format(file=path, reason=reason_words(error))
        ) from error
    except ValueError as error:  # of thousands of digits, which Python does not turn into a number
        raise SettingsError(_("{file}: it holds a number that is too long.").format(file=path)) from error
    except RecursionError as error:
        reason = _("it is nested too deeply")
        raise SettingsError(_("{file}: this is not valid TOML: {reason}.").format(file=path, reason=reason)) from error


def _checked(path: Path, text: str, given: Mapping[str, object]) -> dict[str, Any]:
    known = {field.name: field.type for field in fields(Settings)}
    checked: dict[str, Any] = {}
    for name, value in given.items():
        if name == "keys":
            checked[name] = _keys(path, text, value)
            continue
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
        if name in _PATHS and value and not (name == "store" and is_server(str(value))):
            try:
                outside_path(str(value), name)
            except WrongPath as error:
                raise _wrong(path, text, name, str(error).rstrip(".")) from error
        if name == "timezone" and value and zone_of(str(value)) is None:
            raise _wrong(path, text, name, _no_zone(str(value)))
        checked[name] = value
    return checked


def _no_zone(name: str) -> str:
    near = nearest_zones(name)
    if near:
        return _("no time zone is called “{name}”; the nearest are {near}").format(name=name, near=", ".join(near))
    return _("no time zone is called “{name}”; one is America/Toronto").format(name=name)


def _unknown(name: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1, 0.5)
    if near:
        return _("no setting is called “{name}”; the nearest is “{near}”").format(name=name, near=near[0])
    return _("no setting is called “{name}”; there are {names}").format(name=name, names=", ".join(known))


def _keys(path: Path, text: str, table: object) -> tuple[KeyChoice, ...]:
    if not isinstance(table, dict):
        said = _("“{name}” takes {expected}").format(name="keys", expected=_("a table: [keys]"))
        raise _wrong(path, text, "keys", said)
    found = []
    for command, value in table.items():
        keys = [value] if isinstance(value, str) else value
        choice = KeyChoice(command, (), path, (_line_of(text, "keys", command) or _line_of(text, "keys") or 0) + 1)
        if not isinstance(keys, list) or not all(isinstance(key, str) and key.strip() for key in keys):
            said = _("“{name}” takes a key in quotes, or a list of keys")
            raise refused(choice, said.format(name=command))
        found.append(KeyChoice(command, tuple(keys), path, choice.line))
    return tuple(found)


def refused(choice: KeyChoice, said: str) -> SettingsError:
    """Return the error for a choice of keys: file and line, then what is wrong with it."""
    return SettingsError(_("{file}, line {line}: {said}.").format(file=choice.file, line=choice.line, said=said))


def _wrong(path: Path, text: str, name: str, said: str) -> SettingsError:
    line = _line_of(text, name) or 0
    return SettingsError(_("{file}, line {line}: {said}.").format(file=path, line=line + 1, said=said))


def _line_of(text: str, *names: str) -> int | None:
    """Return the line, from 0, where these names are set or open a table; None when it is written in another way."""
    table: list[str] = []
    for number, line in enumerate(text.splitlines()):
        start = line.partition("=")[0].partition("#")[0].strip()
        opens = start.startswith("[")
        parts = [part.strip().strip("\"'") for part in start.strip("[]").split(".")]
        table = parts if opens else table
        if tuple((parts if opens else [*table, *parts])[: len(names)]) == names:
            return number
    return None


def remember(path: Path, **values: str | bool) -> None:
    """Set some settings in the file, leaving every other line and comment as it is; the file is made when missing.

    SettingsError for an unknown name or a wrong value, and when the file itself is wrong; OSError when it cannot be
    written.
    """
    from tui.atomic_files import make_private_dir
    from tui.named_files import MEGABYTE, read_named, write_named

    load_settings(path)  # never write into a file that we cannot read
    old = read_named(path, MEGABYTE).decode("utf-8-sig") if path.exists() else ""
    lines = old.splitlines()
    for name, value in values.items():
        line = f"{name} = {_toml(value)}"
        at = _line_of(old, name) if name in _parsed(path, old) else None
        if at is None:
            lines.insert(_end_of_top(lines), line)
            old = "\n".join(lines)
        else:
            lines[at] = line
    text = "\n".join(lines) + "\n"
    _checked(path, text, _parsed(path, text))
    if not path.parent.exists():
        make_private_dir(path.parent)
    write_named(path, text.encode("utf-8"))


def _end_of_top(lines: list[str]) -> int:
    """Where a new setting goes: before the first table, since behind its head it would belong to it."""
    heads = (at for at, line in enumerate(lines) if line.lstrip().startswith("["))
    return next(heads, len(lines))


def _toml(value: str | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    import json  # a JSON string is a TOML basic string once DEL is escaped too (TOML 1.0, "String")

    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
