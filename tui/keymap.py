"""Apply the keys that a person chose in the settings to the table of commands, and check them.

In the names here a command « gives up » a default key that the person chose for another command in the same place.
"""

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
_LEAST_LIKENESS = 0.5  # of a name to the one that was written, from 0 to 1


def with_chosen_keys(choices: Iterable[KeyChoice], commands: Sequence[Command] = COMMANDS) -> tuple[Command, ...]:
    """Return the commands with the keys a person chose; a choice replaces all keys of its command.

    A command that has such a key by default in the same place loses it, so that no default key of a later version can
    stop the program from starting. Raises SettingsError, which names file, line and the nearest valid name, for an
    unknown command or key, a key that no command may have, a key chosen for two commands in the same place, and if a
    needed command would have no key.
    """
    by_id = {choice.command: choice for choice in choices}
    table = tuple(_without_given_up(_as_chosen(by_id, commands), by_id))
    _refuse_conflicts(table, by_id)
    return table


def _as_chosen(by_id: dict[str, KeyChoice], commands: Sequence[Command]) -> tuple[Command, ...]:
    """Return the commands with the choices applied, which are by command id; no command has given up a key yet."""
    table = {command.id: command for command in commands}
    for choice in by_id.values():
        if choice.command not in table:
            raise key_error(choice, _unknown_command_words(choice.command, list(table)))
        table[choice.command] = _with_keys(table[choice.command], choice)
    return tuple(table.values())


def _given_up(table: Sequence[Command], by_id: dict[str, KeyChoice]) -> Iterator[tuple[str, Command, Command]]:
    """Yield (key, the command it was chosen for, the command that has it by default and gives it up)."""
    for other in (command for command in table if command.id not in by_id):
        others_keys = {*other.keys, *other.letter}
        # `where` tells by its bits on which pages a command is valid: rivals share a page with `other`.
        rivals = [command for command in table if command.id in by_id and command.where & other.where]
        keys_lost = {key: rival for rival in rivals for key in (*rival.keys, *rival.letter) if key in others_keys}
        if other.id in NEEDED and keys_lost.keys() >= others_keys:
            continue  # it must keep a key: `_refuse_conflicts` then refuses the choice
        for key, rival in keys_lost.items():
            yield key, rival, other


def _without_given_up(table: Sequence[Command], by_id: dict[str, KeyChoice]) -> Iterator[Command]:
    """Yield the commands without the keys that they give up."""
    keys_lost: dict[str, set[str]] = {}  # by command id
    for key, _chosen_for, other in _given_up(table, by_id):
        keys_lost.setdefault(other.id, set()).add(key)
    for command in table:
        lost = keys_lost.get(command.id, set())
        if not lost:
            yield command
            continue
        keys = tuple(key for key in command.keys if key not in lost)
        letters = "".join(key for key in command.letter if key not in lost)
        yield replace(command, keys=keys, letter=letters)


def given_up_words(choices: Iterable[KeyChoice]) -> Iterator[str]:
    """Yield a sentence for each default key that a command gives up."""
    by_id = {choice.command: choice for choice in choices}
    for key, chosen_for, other in _given_up(_as_chosen(by_id, COMMANDS), by_id):
        sentence = _("Your settings give {key} to “{mine}”: “{other}” does without it ({palette} finds it).")
        palette = next(command for command in COMMANDS if command.id == "palette")
        palette_key = key_words((*palette.keys, *palette.letter)[0])
        yield sentence.format(key=key_words(key), mine=chosen_for.name, other=other.name, palette=palette_key)


def warnings(choices: Iterable[KeyChoice]) -> Iterator[str]:
    """Yield a sentence for each chosen key that probably never reaches its command: a terminal or a field takes it."""
    for choice in choices:
        for written in choice.keys:
            key = normal_key(written)
            if key in TAKEN:
                sentence = _("“{key}” for “{command}” may never arrive: {why}.")
                yield sentence.format(key=key_words(key), command=choice.command, why=_(TAKEN[key]))


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
    """Return a command with the keys of a choice instead of its own. Raises SettingsError for a key it cannot have."""
    keys, letters = [], ""
    for written in choice.keys:
        key = normal_key(written)
        if len(key) == 1 and key.isprintable() and key != " ":
            letters += key
        else:
            _check_key(choice, written, key)
            keys.append(key)
    if not keys and not letters and command.id in NEEDED:
        clause = _("“{command}” needs a key: without one there would be no way to it")
        raise key_error(choice, clause.format(command=command.id))
    return replace(command, keys=tuple(dict.fromkeys(keys)), letter="".join(dict.fromkeys(letters)))


def _check_key(choice: KeyChoice, written: str, key: str) -> None:
    """Raise SettingsError when `key`, as `written`, cannot be given to a command."""
    if key in TWINS:
        clause = _("“{key}” cannot be told from {other} by any terminal: choose another key")
        raise key_error(choice, clause.format(key=written, other=key_words(TWINS[key])))
    if key in FIXED:
        clause = _("“{key}” writes or moves everywhere: choose another key")
        raise key_error(choice, clause.format(key=written))
    if key not in KEYS:
        nearest = get_close_matches(key, KEYS, 1, _LEAST_LIKENESS)
        if nearest:
            clause = _("no key is called “{key}”; the nearest is “{near}”").format(key=written, near=nearest[0])
        else:
            clause = _("no key is called “{key}”; a key is one letter, f1 to f24, ctrl+a to ctrl+z, ctrl+f1 or insert")
            clause = clause.format(key=written)
        raise key_error(choice, clause)


def _unknown_command_words(name: str, known: Sequence[str]) -> str:
    """Return the clause that a command is unknown, with the nearest id or how to list them."""
    nearest = get_close_matches(name.lower().replace("-", "_"), known, 1, _LEAST_LIKENESS)
    if nearest:
        return _("no command is called “{name}”; the nearest is “{near}”").format(name=name, near=nearest[0])
    return _("no command is called “{name}”; “entente doctor --keys” lists them").format(name=name)


def _refuse_conflicts(table: Sequence[Command], by_id: dict[str, KeyChoice]) -> None:
    """Raise SettingsError if two commands have the same key in the same place."""
    for place in PLACES:
        holders: dict[str, Command] = {}
        for command in (command for command in table if place in command.where):
            for key in (*command.keys, *command.letter):
                other = holders.setdefault(key, command)
                if other is not command:
                    raise _conflict(key, other, command, by_id)


def _conflict(key: str, command: Command, other: Command, by_id: dict[str, KeyChoice]) -> SettingsError:
    """Return the error for two commands with the same key; it names the line of the later choice."""

    def line_of_choice(command: Command) -> int:
        return by_id[command.id].line if command.id in by_id else 0

    later, earlier = sorted((command, other), key=line_of_choice, reverse=True)
    clause = _("“{key}” is the key of “{one}” and of “{other}” in the same place: give “{other}” another key")
    return key_error(by_id[later.id], clause.format(key=key_words(key), one=later.id, other=earlier.id))
