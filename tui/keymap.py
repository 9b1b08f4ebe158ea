"""Apply the keys that a person chose in the settings to the table of commands, and check them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches

from tui.commands import COMMANDS, PLACES, Command, key_words
from tui.i18n import N_, _
from tui.settings import KeyChoice, SettingsError, key_error

# Keys that move or write everywhere, so that no command can have them.
FIXED = ("enter", "tab", "shift+tab", "escape", "space", "backspace", "delete", "up", "down", "left", "right", "home",
         "end", "pageup", "pagedown")  # fmt: skip
# Key → the key for which terminals send the same byte (ECMA-48, C0), so that they cannot be told apart.
TWINS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+j": "enter", "ctrl+h": "backspace"}
# Other names of keys, in English and French.
ALIASES = {"esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "prior": "pageup", "next": "pagedown",
           "control": "ctrl", "maj": "shift", "entrée": "enter", "échap": "escape", "espace": "space"}  # fmt: skip
KEYS = (  # all direct keys that a command may have
    *(f"f{number}" for number in range(1, 25)),
    *(f"ctrl+f{number}" for number in range(1, 13)),
    *(f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
    "insert",
)
TMUX, SCREEN, ZELLIJ, EDITOR, MENUS, FIELD = (
    N_("tmux takes it for itself"),
    N_("screen takes it for itself"),
    N_("Zellij takes it for itself"),
    N_("the terminal of VS Code takes it for itself"),
    N_("terminals open a menu with it"),
    N_("the field one writes in uses it"),
)
TAKEN = {  # key → why it may not arrive
    "ctrl+b": TMUX,
    "ctrl+a": SCREEN,
    **dict.fromkeys(("f1", "f5", "ctrl+e", "ctrl+k"), EDITOR),
    **dict.fromkeys(("ctrl+g", "ctrl+p", "ctrl+t", "ctrl+n", "ctrl+o", "ctrl+q"), ZELLIJ),
    **dict.fromkeys(("f10", "f11"), MENUS),
    **dict.fromkeys(("ctrl+c", "ctrl+d", "ctrl+u", "ctrl+v", "ctrl+w", "ctrl+x", "f6", "f7"), FIELD),
}
NEEDED = ("palette", "quit")  # commands that must keep a key


def with_chosen_keys(choices: Iterable[KeyChoice], commands: Sequence[Command] = COMMANDS) -> tuple[Command, ...]:
    """Return the commands with the keys a person chose; a choice replaces all keys of its command.

    A command that has such a key by default in the same place loses it, so that no default key of a later version can
    stop the program from starting. Raises SettingsError, which names file, line and the nearest valid name, for an
    unknown command or key, a key that no command may have, a key chosen for two commands in the same place, and where
    a needed command would have no key.
    """
    by = {choice.command: choice for choice in choices}
    found = tuple(_without_given_up(_as_chosen(by, commands), by))
    _no_conflict(found, by)
    return found


def _as_chosen(by: dict[str, KeyChoice], commands: Sequence[Command]) -> tuple[Command, ...]:
    """Return the commands with the choices applied; no command has lost a key yet. `by` is by command id."""
    table = {command.id: command for command in commands}
    for choice in by.values():
        if choice.command not in table:
            raise key_error(choice, _unknown_command(choice.command, list(table)))
        table[choice.command] = _with_keys(table[choice.command], choice)
    return tuple(table.values())


def _given_up(table: Sequence[Command], by: dict[str, KeyChoice]) -> Iterator[tuple[str, Command, Command]]:
    """Yield (key, the command it was chosen for, the command that has it by default and loses it)."""
    for other in (command for command in table if command.id not in by):
        taken = {
            key: mine
            for mine in (command for command in table if command.id in by and command.where & other.where)
            for key in (*mine.keys, *mine.letter)
            if key in (*other.keys, *other.letter)
        }
        if other.id in NEEDED and taken.keys() >= {*other.keys, *other.letter}:
            continue  # it must keep a key: `_no_conflict` then refuses the choice
        for key, mine in taken.items():
            yield key, mine, other


def _without_given_up(table: Sequence[Command], by: dict[str, KeyChoice]) -> Iterator[Command]:
    """Yield the commands without the keys that they lose to a choice."""
    gone: dict[str, set[str]] = {}
    for key, _mine, other in _given_up(table, by):
        gone.setdefault(other.id, set()).add(key)
    for command in table:
        lost = gone.get(command.id, set())
        keys = tuple(key for key in command.keys if key not in lost)
        yield (
            replace(command, keys=keys, letter="".join(key for key in command.letter if key not in lost))
            if lost
            else command
        )


def given_up_words(choices: Iterable[KeyChoice]) -> Iterator[str]:
    """Yield a sentence for each default key that a command loses to a choice of the person."""
    by = {choice.command: choice for choice in choices}
    for key, mine, other in _given_up(_as_chosen(by, COMMANDS), by):
        said = _("Your settings give {key} to “{mine}”: “{other}” does without it ({palette} finds it).")
        palette = next(command for command in COMMANDS if command.id == NEEDED[0])
        shown = key_words((*palette.keys, *palette.letter)[0])
        yield said.format(key=key_words(key), mine=mine.name, other=other.name, palette=shown)


def warnings(choices: Iterable[KeyChoice]) -> Iterator[str]:
    """Yield a sentence for each chosen key that another program probably takes for itself."""
    for choice in choices:
        for written in choice.keys:
            key = normal_key(written)
            if key in TAKEN:
                said = _("“{key}” for “{command}” may never arrive: {why}.")
                yield said.format(key=key_words(key), command=choice.command, why=_(TAKEN[key]))


def with_changed_keys(table: Iterable[Command]) -> Iterator[Command]:
    """Yield the commands whose keys are not their default ones."""
    defaults = {command.id: command for command in COMMANDS}
    return (
        command
        for command in table
        if (command.keys, command.letter) != (defaults[command.id].keys, defaults[command.id].letter)
    )


def normal_key(written: str) -> str:
    """Return a key as the table writes it: « Ctrl + X » is ctrl+x, « Shift+F1 » is f13, « alt+c » is the letter c."""
    if len(written) == 1:
        return written
    if match := re.fullmatch(r"(?i)alt\s*[+]\s*(.)", written.strip()):
        return match[1]
    parts = [ALIASES.get(part, part) for part in re.split(r"\s*[+]\s*", written.strip().lower())]
    key = "+".join(parts)
    if match := re.fullmatch(r"shift\+f([1-9]|1[0-2])", key):
        return f"f{int(match[1]) + 12}"  # as terminals number them (terminfo, kf13)
    return key


def _with_keys(command: Command, choice: KeyChoice) -> Command:
    """Return a command with the keys of a choice instead of its own. Raises SettingsError."""
    keys, letters = [], ""
    for written in choice.keys:
        key = normal_key(written)
        if len(key) == 1 and key.isprintable() and key != " ":
            letters += key
        else:
            _check_key(choice, written, key)
            keys.append(key)
    if not keys and not letters and command.id in NEEDED:
        said = _("“{command}” needs a key: without one there would be no way to it")
        raise key_error(choice, said.format(command=command.id))
    return replace(command, keys=tuple(dict.fromkeys(keys)), letter="".join(dict.fromkeys(letters)))


def _check_key(choice: KeyChoice, written: str, key: str) -> None:
    """Raise SettingsError when `key`, as `written`, cannot be given to a command."""
    if key in TWINS:
        said = _("“{key}” cannot be told from {other} by any terminal: choose another key")
        raise key_error(choice, said.format(key=written, other=key_words(TWINS[key])))
    if key in FIXED:
        said = _("“{key}” writes or moves everywhere: choose another key")
        raise key_error(choice, said.format(key=written))
    if key not in KEYS:
        near = get_close_matches(key, KEYS, 1, 0.5)
        if near:
            said = _("no key is called “{key}”; the nearest is “{near}”").format(key=written, near=near[0])
        else:
            said = _("no key is called “{key}”; a key is one letter, f1 to f24, ctrl+a to ctrl+z, ctrl+f1 or insert")
            said = said.format(key=written)
        raise key_error(choice, said)


def _unknown_command(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name.lower().replace("-", "_"), known, 1, 0.5)
    if near:
        return _("no command is called “{name}”; the nearest is “{near}”").format(name=name, near=near[0])
    return _("no command is called “{name}”; “entente doctor --keys” lists them").format(name=name)


def _no_conflict(table: Sequence[Command], by: dict[str, KeyChoice]) -> None:
    """Raise SettingsError where two commands have the same key in one place."""
    for place in PLACES:
        holders: dict[str, Command] = {}
        for command in (command for command in table if place in command.where):
            for key in (*command.keys, *command.letter):
                other = holders.setdefault(key, command)
                if other is not command:
                    raise _conflict(key, other, command, by)


def _conflict(key: str, command: Command, other: Command, by: dict[str, KeyChoice]) -> SettingsError:
    """Return the error for two commands with one key; it names the line of the later choice."""
    mine, theirs = sorted((command, other), key=lambda each: by[each.id].line if each.id in by else 0, reverse=True)
    said = _("“{key}” is the key of “{one}” and of “{other}” in the same place: give “{other}” another key")
    return key_error(by[mine.id], said.format(key=key_words(key), one=mine.id, other=theirs.id))
