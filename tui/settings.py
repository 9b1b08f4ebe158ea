"""Read and change the settings: TOML files of the machine and of the person, the person's own winning.

Errors name file and line. `remember` changes single lines, and keeps all others and their comments.
"""

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
from tui.text.server_addresses import place_of_store

LANGUAGES = ("", "fr", "en")
THEMES = ("", "entente-dark", "entente-light", "entente-contrast", "entente-terminal")
REGIONS = ("", "fr-CA", "fr-FR", "en-CA")
ROUTES = ("auto", "local", "osc52", "tmux", "screen", "none")  # ways to the clipboard, as clipboard.routes.CHOICES


@dataclass(frozen=True, slots=True)
class KeyChoice:
    """The keys that a `[keys]` table gives one command."""

    command: str  # its id
    keys: tuple[str, ...]  # as written
    file: Path
    line: int  # from 1


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; "" means that nothing was chosen, so that the environment or the partnership decides."""

    lang: str = ""  # of the interface: "fr" or "en"
    doc_lang: str = ""  # of the document: "fr" or "en"
    author: str = ""  # the name that is kept with the person's changes
    sender: str = ""  # signature of the letters that go with a draft: name, title, organization
    clipboard: str = "auto"  # one of ROUTES
    group: bool = False  # the store is shared by a group: files 0660 in 2770
    output: str = ""  # the folder of copies and exported files
    host: str = ""  # the name by which the person's computer reaches this machine, for commands that fetch a file
    reference: str = ""  # a Word file whose styles, paper and letterhead documents get
    logo: str = ""  # a PNG or JPEG picture at the head of documents
    fonts: str = ""  # a folder of font files, for the PDF
    font: str = ""  # the font family of documents
    frugal: bool = True  # whether only changed cells are written to the terminal; False leaves that to Textual
    mouse: bool = True  # whether the mouse is used
    region: str = ""  # typography: one of REGIONS
    theme: str = ""  # the colours: one of THEMES
    timezone: str = ""  # IANA name of the zone of dates and times, such as America/Toronto
    store: str = ""  # where the partnerships are: a folder, or the address of a server (postgresql://…)
    without_locks: str = ""  # the store's folder, if the person accepts to save there on a disk without locks
    keys: tuple[KeyChoice, ...] = ()  # checked by keymap.py

    @property
    def folder(self) -> Path:
        """The folder of copies and exports, `~` resolved; the current folder if none was chosen."""
        return outside_path(self.output, "output") if self.output else Path.cwd()


_LEAST_LIKENESS = 0.5  # of a name to the one that was written, from 0 to 1
_PATHS = frozenset({"output", "reference", "logo", "fonts", "without_locks", "store"})
_CHOICES = {"lang": LANGUAGES, "doc_lang": LANGUAGES, "clipboard": ROUTES, "region": REGIONS, "theme": THEMES}
# Type of a field → the type of its TOML value, and a message that names it.
_TYPES = {"str": (str, N_("a text in quotes")), "bool": (bool, N_("true or false"))}
_MACHINE_FOLDER = "/etc/xdg"  # the folder of settings of the whole machine (basedir-spec 0.8)


class SettingsError(ValueError):
    """A settings file is wrong, or cannot be read; the message names file and line, and the nearest valid name."""


def settings_path(environ: Mapping[str, str]) -> Path:
    """Return the person's settings file: ENTENTE_CONFIG, else entente/config.toml in XDG_CONFIG_HOME.

    Raises SettingsError if ENTENTE_CONFIG is no absolute path.
    """
    if wanted_path := environ.get("ENTENTE_CONFIG"):
        try:
            return outside_path(wanted_path, "ENTENTE_CONFIG")
        except WrongPath as error:
            raise SettingsError(str(error)) from error
    return own_folder(environ, "XDG_CONFIG_HOME") / "config.toml"


def settings_files(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Return all files that may hold settings, the person's own last; for each setting the last file wins."""
    folders = [folder for folder in environ.get("XDG_CONFIG_DIRS", "").split(":") if folder.startswith("/")]
    machine_files = [Path(folder) / "entente" / "config.toml" for folder in reversed(folders or [_MACHINE_FOLDER])]
    return (*machine_files, settings_path(environ))


def copies_folder(environ: Mapping[str, str], settings: Settings) -> Path:
    """Return the folder that keeps the exact text of copies: `output`, else entente/copies in XDG_STATE_HOME."""
    return settings.folder if settings.output else own_folder(environ, "XDG_STATE_HOME") / "copies"


FILES = "Entente"  # the folder in the home for files, if the settings name none


def files_folder(environ: Mapping[str, str], settings: Settings) -> Path:
    """Return the folder for exported files: `output`, else the folder Entente in the home."""
    return settings.folder if settings.output else home_folder(environ) / FILES


def short_path(path: Path, environ: Mapping[str, str]) -> str:
    """Return `path` for display: « ~/Entente/une-porte.zip » if it is in the home."""
    home = home_folder(environ)
    return str(Path("~", path.relative_to(home))) if home in path.parents and home != Path("/") else str(path)


def load_settings(*paths: Path) -> Settings:
    """Return the settings of these files, later ones winning; missing files and settings give the defaults.

    Raises SettingsError when a file is wrong or cannot be read.
    """
    values: dict[str, Any] = {}
    keys: dict[str, KeyChoice] = {}  # by the id of the command
    for path in paths:
        values_of_file = _read(path)
        keys |= {choice.command: choice for choice in values_of_file.pop("keys", ())}
        values |= values_of_file
    return Settings(**values, keys=tuple(keys.values()))


def _read(path: Path) -> dict[str, Any]:
    """Return the checked values in a file by name; {} if there is no file.

    Raises SettingsError for a wrong value, and if the file cannot be read.
    """
    try:
        os.lstat(path)
        from tui.named_files import MEGABYTE, read_named  # only where there is a file

        text = read_named(path, MEGABYTE).decode("utf-8-sig")  # some editors write a byte order mark
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
    """Return the TOML of a file. Raises SettingsError if it is not valid."""
    import tomllib  # imported late: it takes milliseconds, and many starts have no file

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            _("{file}: this is not valid TOML: {reason}.").format(file=path, reason=reason_words(error))
        ) from error
    except ValueError as error:  # Python converts no number of thousands of digits
        raise SettingsError(_("{file}: it holds a number that is too long.").format(file=path)) from error
    except RecursionError as error:
        reason = _("it is nested too deeply")
        raise SettingsError(_("{file}: this is not valid TOML: {reason}.").format(file=path, reason=reason)) from error


def _checked(path: Path, text: str, values: Mapping[str, object]) -> dict[str, Any]:
    """Return the given values, those of « keys » as `KeyChoice`. Raises SettingsError for an unknown or wrong one."""
    types = {field.name: field.type for field in fields(Settings)}
    checked: dict[str, Any] = {}
    for name, value in values.items():
        if name == "keys":
            checked[name] = _keys(path, text, value)
            continue
        if name not in types:
            raise _wrong(path, text, name, _unknown_words(name, tuple(types)))
        kind, expected = _TYPES[str(types[name])]
        if not isinstance(value, kind):
            message = _("“{name}” takes {expected}").format(name=name, expected=_(expected))
            raise _wrong(path, text, name, message)
        if name in _CHOICES and value not in _CHOICES[name]:
            names = ", ".join(choice for choice in _CHOICES[name] if choice)
            message = _("“{name}” takes one of {names}, not “{value}”").format(name=name, names=names, value=value)
            raise _wrong(path, text, name, message)
        if name in _PATHS and value:
            try:
                check = place_of_store if name == "store" else outside_path
                check(str(value), name)
            except WrongPath as error:
                raise _wrong(path, text, name, str(error).rstrip(".")) from error
        if name == "timezone" and value and zone_of(str(value)) is None:
            raise _wrong(path, text, name, _no_zone_words(str(value)))
        checked[name] = value
    return checked


def _no_zone_words(name: str) -> str:
    """Return the clause that a time zone is unknown, with the nearest names."""
    nearest = nearest_zones(name)
    if nearest:
        return _("no time zone is called “{name}”; the nearest are {near}").format(name=name, near=", ".join(nearest))
    return _("no time zone is called “{name}”; one is America/Toronto").format(name=name)


def _unknown_words(name: str, known: tuple[str, ...]) -> str:
    """Return the clause that a setting is unknown, with the nearest name or all names."""
    from difflib import get_close_matches

    nearest = get_close_matches(name, known, 1, _LEAST_LIKENESS)
    if nearest:
        return _("no setting is called “{name}”; the nearest is “{near}”").format(name=name, near=nearest[0])
    return _("no setting is called “{name}”; there are {names}").format(name=name, names=", ".join(known))


def _keys(path: Path, text: str, table: object) -> tuple[KeyChoice, ...]:
    """Return the choices of a `[keys]` table: command id = a key, or a list of keys."""
    if not isinstance(table, dict):
        message = _("“{name}” takes {expected}").format(name="keys", expected=_("a table: [keys]"))
        raise _wrong(path, text, "keys", message)
    choices = []
    for command_id, value in table.items():
        keys = [value] if isinstance(value, str) else value
        line = (_line_of(text, "keys", command_id) or _line_of(text, "keys") or 0) + 1
        if not isinstance(keys, list) or not all(isinstance(key, str) and key.strip() for key in keys):
            message = _("“{name}” takes a key in quotes, or a list of keys")
            raise key_error(KeyChoice(command_id, (), path, line), message.format(name=command_id))
        choices.append(KeyChoice(command_id, tuple(keys), path, line))
    return tuple(choices)


def key_error(choice: KeyChoice, why: str) -> SettingsError:
    """Return the error for a choice of keys: file and line, then `why`, the clause on what is wrong."""
    return SettingsError(_("{file}, line {line}: {said}.").format(file=choice.file, line=choice.line, said=why))


def _wrong(path: Path, text: str, name: str, why: str) -> SettingsError:
    """Return the error for the setting `name`: file and line, then `why`, the clause on what is wrong."""
    line = _line_of(text, name) or 0
    return SettingsError(_("{file}, line {line}: {said}.").format(file=path, line=line + 1, said=why))


def _line_of(text: str, *names: str) -> int | None:
    """Return the line, from 0, that sets the names (table, key) or opens their table; None if it is not found.

    TOML that is written in an unusual way (inline tables) may not be found.
    """
    table: list[str] = []  # the names of the table that the line belongs to
    for number, line in enumerate(text.splitlines()):
        start = line.partition("=")[0].partition("#")[0].strip()
        opens_table = start.startswith("[")
        parts = [part.strip().strip("\"'") for part in start.strip("[]").split(".")]
        table = parts if opens_table else table
        names_of_line = parts if opens_table else [*table, *parts]
        if tuple(names_of_line[: len(names)]) == names:
            return number
    return None


def remember(path: Path, **values: str | bool) -> None:
    """Set some settings in the file, all other lines and comments unchanged; make the file if it is missing.

    Raises SettingsError for an unknown name or a wrong value, and when the file itself is wrong, OSError when it cannot
    be written.
    """
    from tui.atomic_files import make_private_dir
    from tui.named_files import MEGABYTE, read_named, write_named

    load_settings(path)  # a file with errors is not changed
    old_text = read_named(path, MEGABYTE).decode("utf-8-sig") if path.exists() else ""
    lines = old_text.splitlines()
    for name, value in values.items():
        line = f"{name} = {_toml(value)}"
        at = _line_of(old_text, name) if name in _parsed(path, old_text) else None
        if at is None:
            lines.insert(_end_of_top(lines), line)
            old_text = "\n".join(lines)
        else:
            lines[at] = line
    text = "\n".join(lines) + "\n"
    _checked(path, text, _parsed(path, text))
    if not path.parent.exists():
        make_private_dir(path.parent)
    write_named(path, text.encode("utf-8"))


def _end_of_top(lines: list[str]) -> int:
    """Return the index of the line of the first table; a setting after it would belong to that table."""
    table_lines = (at for at, line in enumerate(lines) if line.lstrip().startswith("["))
    return next(table_lines, len(lines))


def _toml(value: str | bool) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    import json  # a JSON string is a TOML basic string once DEL is escaped too (TOML 1.0, "String")

    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
