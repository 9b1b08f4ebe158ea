"""What a key event is called in the table of commands: a letter as it is written, alt+letter, or the key's own name."""

from __future__ import annotations

from textual import events


def struck(event: events.Key) -> str:
    """« d », « D », « alt+d », « f8 »; a letter and alt+letter keep their capital."""
    if event.key.startswith("alt+"):
        letter = event.key.removeprefix("alt+")
        if event.character and event.is_printable and len(letter) > 1:
            letter = event.character  # a sign, or a letter under Textual's name for it
        return f"alt+{letter}"
    return event.character if event.is_printable and event.character else event.key
