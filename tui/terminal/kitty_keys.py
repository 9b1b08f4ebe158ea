"""Read keys that are sent as numbers with modifiers: the kitty keyboard protocol, and xterm's modified keys.

https://sw.kovidgoyal.net/kitty/keyboard-protocol/ and xterm ctlseqs, "modifyOtherKeys". Textual's own reader (8.2.8)
fails on subfields and on numbers that are no letters, and takes any number for a key.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from textual import events
from textual._keyboard_protocol import FUNCTIONAL_KEYS, MODIFIER_FUNCTIONAL_KEYS
from textual.keys import KEY_NAME_REPLACEMENTS, _character_to_key

# ESC [ number:shifted:base ; modifiers:event ; text:text… and a final letter: « u » for a key told by the code point of
# its character, « ~ » or a capital for a functional key (F1 to F4 are P to S, the arrows A to D).
_KEY = r"\x1b\[(\d{0,7})(?::(\d{0,7}))?[\d:]*(?:;(\d{0,3})(?::(\d{0,3}))?[\d:]*(?:;([\d:]*))?)?([u~A-HPQS])"
_XTERM_KEY = r"\x1b\[27;(\d{1,3});(\d{1,7})~"
_RELEASED = "3"  # the event of a key that was let go
_SHIFT, _ALT, _CTRL, _SUPER, _HYPER, _META = 1, 2, 4, 8, 16, 32
_MODIFIER_NAMES = {
    _ALT: "alt",
    _CTRL: "ctrl",
    _HYPER: "hyper",
    _META: "meta",
    _SHIFT: "shift",
    _SUPER: "super",
}  # in the order of Textual's names
_ALL_MODIFIERS = 63  # as bits
_COMMANDS = _SUPER | _HYPER | _META  # with these a key is a command and writes nothing
_MOST_DIGITS = 7  # of a code point
# By key name, the characters of keys that write no sign.
_CONTROLS = {"enter": "\r", "tab": "\t", "backspace": "\x7f", "escape": "\x1b"}
_JOINERS = "\u200c\u200d"  # write no sign of their own, but join the letters beside them or keep them apart


def key_name_of(letter: str) -> str:
    """Return Textual's name of the key of a character: « a », « question_mark »."""
    name = letter if letter.isalnum() else _character_to_key(letter)
    return KEY_NAME_REPLACEMENTS.get(name, name)


def kitty_key(sequence: str) -> Iterator[events.Key]:
    """Yield the key of a sequence, or a key for each character that it writes; nothing if it is not known."""
    if xterm_key := re.fullmatch(_XTERM_KEY, sequence):
        sequence = f"\x1b[{xterm_key[2]};{xterm_key[1]}u"
    match = re.fullmatch(_KEY, sequence)
    if match is None or match[4] == _RELEASED:
        return
    number, shifted_number, modifiers, _event, text, end = match.groups(default="")
    held = max(int(modifiers or 1) - 1, 0) & _ALL_MODIFIERS  # without the locks of capitals and numbers
    letter = _letter(number) if end == "u" else ""
    characters = "".join(map(_letter, text.split(":"))) if end == "u" else ""
    is_command = held & (_ALT | _CTRL) == _CTRL or bool(
        held & _COMMANDS
    )  # Ctrl and Alt together are AltGr, which writes
    if is_command or (held & _ALT and characters.lower() == letter.lower()):
        characters = ""
    function = FUNCTIONAL_KEYS.get(f"{int(number or 1)}{end}", "")  # the name of a key that is no letter: « f5 »
    if not characters and letter and not function and not held & (_CTRL | _COMMANDS):
        characters = (_letter(shifted_number) or letter.upper()) if held & _SHIFT else letter
        if held & _ALT:
            yield events.Key(f"alt+{key_name_of(characters)}", characters)
            return
    if characters:
        yield from (events.Key(key_name_of(letter), letter) for letter in characters)
    elif function or letter:
        yield _with_modifiers(function or key_name_of(letter), held)


def _letter(number: str) -> str:
    """Return the character of a code point in decimal digits; "" if it cannot be printed."""
    code = int(number) if number and len(number) <= _MOST_DIGITS else 0
    letter = chr(code) if code <= sys.maxunicode else ""
    return letter if letter.isprintable() or letter in _JOINERS else ""


def _with_modifiers(name: str, held: int) -> events.Key:
    """Return a key with the names of the modifiers held, « ctrl+shift+a »; `held` are their bits."""
    names = [] if name in MODIFIER_FUNCTIONAL_KEYS else [text for bit, text in _MODIFIER_NAMES.items() if held & bit]
    function = re.fullmatch(r"f(\d|1[0-2])", name)
    if function and "shift" in names:  # Shift+F1 is f13, as older terminals send it and the settings name it
        names.remove("shift")
        name = f"f{int(function[1]) + 12}"
    return events.Key("+".join([*names, name]), None if names else _CONTROLS.get(name))
