"""What was struck: a key by its name in the table of commands, lines to walk, a text pasted where none is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp

_ALL = 10**6


def struck(event: events.Key) -> str:
    """« d », « D », « alt+d », « f8 »; a letter and alt+letter keep their capital."""
    if event.key.startswith("alt+"):
        letter = event.key.removeprefix("alt+")
        if event.character and event.is_printable and len(letter) > 1:
            letter = event.character  # a sign, or a letter under Textual's name for it
        return f"alt+{letter}"
    return event.character if event.is_printable and event.character else event.key


def walked(key: str, page: int) -> int:
    """How many lines an arrow walks, a page being `page` of them; to either end more than any text has; else 0."""
    return {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -_ALL, "end": _ALL}.get(key, 0)


def astray(app: EntenteApp) -> None:
    """Say that a pasted text was not taken: its letters are no commands."""
    app.say(_("A text was pasted where nothing is written: stand in a field, then paste it."))
