"""What was struck: a key under its name in the table of commands, or a text pasted where nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp


def struck(event: events.Key) -> str:
    """« d », « D », « alt+d », « f8 »; a letter and alt+letter keep their capital."""
    if event.key.startswith("alt+"):
        letter = event.key.removeprefix("alt+")
        if event.character and event.is_printable and len(letter) > 1:
            letter = event.character  # a sign, or a letter under Textual's name for it
        return f"alt+{letter}"
    return event.character if event.is_printable and event.character else event.key


def astray(app: EntenteApp) -> None:
    """Say that a pasted text was not taken: its letters are no commands."""
    app.say(_("A text was pasted where nothing is written: stand in a field, then paste it."))
