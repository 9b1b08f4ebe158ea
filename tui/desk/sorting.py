"""Sorting a call note: a line goes to the question it belongs to, and stays in the note, marked as sent."""

from __future__ import annotations

from dataclasses import dataclass

from tui.desk.desk import Desk
from tui.desk.place import NOTE
from tui.desk.writing import new_row, type_into
from tui.project.answers import single_entry
from tui.project.partners import WHO
from tui.project.values import Entry

SENT = "✓ "  # before a line that was sent


@dataclass(frozen=True, slots=True)
class Home:
    """Where a line may go: the letter that sends it, the question, and the list part or the field it lands in."""

    letter: str
    question: str
    part: str = ""
    field: str = ""


HOMES = (
    Home("c", "open.contributions", "rows"),
    Home("p", WHO, "people"),
    Home("h", "open.history", "", "note"),
    Home("t", "commit.time", "rows"),
    Home("b", "commit.win_win", "receives"),
    Home("r", WHO, "", "reason"),
    Home("o", "gather.objectives", "rows"),
    Home("m", "extra.points", "rows"),
)


def send(desk: Desk, note: str, first: int, last: int, home: Home) -> str:
    """Send the lines `first` to `last` (counted from 0) of a note to `home`; returns the note with them marked.

    Lines that are blank or were sent already stay as they are.
    """
    lines = note.split("\n")
    partner = desk.place.partner
    for at in range(first, min(last, len(lines) - 1) + 1):
        text = lines[at].strip().removeprefix("- ").strip()
        if not text or lines[at].startswith(SENT):
            continue
        _deliver(desk, home, partner, text)
        lines[at] = SENT + lines[at]
    return "\n".join(lines)


def _deliver(desk: Desk, home: Home, partner: str, text: str) -> None:
    question = desk.guide.question(home.question)
    part = question.part(home.part)
    assert part is not None
    subject = () if question.scope == "project" else (partner,)
    if part.list:
        new_row(desk, Entry("", question.id, part.id, subject), part, text)
        return
    field = part.field(home.field)
    assert field is not None
    entry = single_entry(desk.project, question.id, subject)
    before = entry.text(field.id, desk.lang)
    type_into(desk, entry, field, f"{before}\n{text}" if before else text)


def unsent(desk: Desk, partner: str) -> int:
    """How many lines of a partner's note are still to be sorted."""
    entry = desk.project.entry(f"{NOTE}:{partner}")
    text = entry.text("text", desk.lang) if entry is not None else ""
    return sum(bool(line.strip()) and not line.startswith(SENT) for line in text.split("\n"))
