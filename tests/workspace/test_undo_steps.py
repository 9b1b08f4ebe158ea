"""A long text is undone piece by piece back to its beginning, and redone."""

from __future__ import annotations

from dataclasses import replace

from tests.workspace.test_pending_edits import AT, FakeStore, change, value
from tui.workspace.pending_edits import Edits

CELL = "vision@fr"


def typed(edits: Edits, *texts: str) -> None:
    """Edits of one text, one after the other."""
    for text in texts:
        one = replace(change(CELL, text))
        edits.edit([one], at=AT, typed_cell=f"{one.entry}/{CELL}")


def letters(begun: str, more: str) -> list[str]:
    """The text after each letter of `more`."""
    return [begun + more[: at + 1] for at in range(len(more))]


def taken_back(edits: Edits) -> list[object]:
    """What the text says after each undo."""
    seen = []
    while edits.undo(at=AT, source=""):
        seen.append(value(edits.partnership, CELL))
    return seen


def test_a_short_text_is_one_step() -> None:
    edits = Edits(FakeStore().partnership)
    typed(edits, *letters("", "Marie Tremblay"))
    assert taken_back(edits) == [None]


def test_taking_letters_out_and_writing_again_are_steps_of_their_own() -> None:
    edits = Edits(FakeStore().partnership)
    typed(edits, *letters("", "mardi"), "mard", "mar", *letters("mar", "s"))
    assert taken_back(edits) == ["mar", "mardi", None]


def test_a_pasted_text_and_a_new_line_are_steps_of_their_own() -> None:
    edits = Edits(FakeStore().partnership)
    typed(edits, "un", "un lieu pasted", "un lieu pasted.", "un lieu pasted.\n", "un lieu pasted.\nd")
    assert taken_back(edits)[:3] == ["un lieu pasted.", "un lieu pasted", "un"]


def test_a_long_text_is_taken_back_by_lines_that_end_with_a_word() -> None:
    edits = Edits(FakeStore().partnership)
    text = "les partenaires se rencontrent une fois par mois dans la même salle et se disent ce qui a changé depuis"
    typed(edits, *letters("", text))
    steps = taken_back(edits)
    assert len(steps) == 2 and steps[-1] is None
    assert isinstance(steps[0], str) and text.startswith(steps[0]) and steps[0][-1] == " " and len(steps[0]) >= 60


def test_what_was_taken_back_is_done_again_until_something_else_is_written() -> None:
    edits = Edits(FakeStore().partnership)
    typed(edits, *letters("", "mardi"))
    edits.end_typing()
    typed(edits, *letters("mardi", " soir"))
    assert edits.redo(at=AT, source="") == ()
    edits.undo(at=AT, source="")
    edits.undo(at=AT, source="")
    edits.redo(at=AT, source="")
    assert value(edits.partnership, CELL) == "mardi"
    edits.redo(at=AT, source="")
    assert value(edits.partnership, CELL) == "mardi soir"
    edits.undo(at=AT, source="")
    typed(edits, "mardi matin")
    assert edits.redo(at=AT, source="") == () and value(edits.partnership, CELL) == "mardi matin"
    assert taken_back(edits) == ["mardi", None]
