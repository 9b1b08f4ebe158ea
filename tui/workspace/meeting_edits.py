"""The changes a meeting makes: opened, people present, decisions, tasks, points, closed with its minutes."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from tui.agreement.blocks import Agreement
from tui.agreement.minutes import minutes
from tui.partnership.field_kinds import someone_name
from tui.partnership.ids import new_id, order_between
from tui.partnership.meetings import (
    DECISIONS,
    HELD,
    MEETINGS,
    POINTS,
    PRESENCE,
    PRESENT,
    TASKS,
    Seat,
    meetings,
    running,
)
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.positions import POSITIONS, heard, points
from tui.partnership.values import ORDER, REMOVED, Change, Entry, Past, Value
from tui.text.dates import parse_date
from tui.workspace.workspace import Desk, keep_apart, now
from tui.workspace.writing import value_of


class Archive(Protocol):
    """What minutes need of a store."""

    def history(self, project_id: str, /) -> list[Past]: ...


def current(desk: Desk) -> Entry | None:
    """The meeting that is running."""
    return running(desk.project, now())


def latest(desk: Desk) -> Entry | None:
    """The meeting that is running, else the last one there was."""
    return current(desk) or next(reversed(meetings(desk.project)), None)


def opened(desk: Desk) -> Entry:
    """The meeting that is running, else the last one of today (what is still noted belongs to it), else a new one."""
    at = now()
    today = [row for row in meetings(desk.project) if row.get("on") == at[:10]]
    found = current(desk) or (today[-1] if today else None)
    if found is not None:
        return found
    keep_apart(desk)
    return _row(desk, HELD, MEETINGS, {"on": at[:10], "opened": at})


def close(desk: Desk, meeting: Entry) -> None:
    """End a meeting and keep the counts of the round it held."""
    keep_apart(desk)
    cells: dict[str, Value] = {"counts": counts(desk, meeting) or None, "closed": now()}
    desk.edit([Change(meeting.id, HELD, cell, value, MEETINGS) for cell, value in cells.items()])
    desk.edits.end_stretch()


def counts(desk: Desk, meeting: Entry) -> dict[str, dict[str, int]]:
    """How many hold each position, for each question a partner answered since the meeting was opened."""
    since = meeting.cells["opened"].rev if "opened" in meeting.cells else 0
    answers = heard(desk.project, points(desk.guide, desk.view))
    found: dict[str, dict[str, int]] = {}
    for question in POSITIONS:
        rows = desk.project.rows(question)
        if any(row.cells["level"].rev > since for row in rows if "level" in row.cells):
            tally = found.setdefault(question, {})
            for (asked, _partner), one in answers.items():
                if asked == question:
                    tally[one.code] = tally.get(one.code, 0) + 1
    return found


def resume(desk: Desk, meeting: Entry) -> None:
    """Take a meeting up again that was ended."""
    keep_apart(desk)
    desk.edit([Change(meeting.id, HELD, "closed", None, MEETINGS)])
    desk.edits.end_stretch()


def place(desk: Desk, meeting: Entry, text: str) -> bool:
    """Say where a meeting is held."""
    desk.edits.end_stretch()
    done = desk.edit([Change(meeting.id, HELD, f"place@{desk.lang}", text.strip() or None, MEETINGS)])
    desk.edits.end_stretch()
    return done


def mark(desk: Desk, meeting: Entry, seat: Seat, presence: str) -> None:
    """Say that someone is present, excused or absent; "" takes it back."""
    desk.edits.end_stretch()
    if seat.row:
        desk.edit([Change(seat.row, HELD, "presence", presence or None, PRESENCE)])
    elif presence:
        _noted(desk, meeting, {"who": dict(seat.who), "presence": presence})
    desk.edits.end_stretch()


def arrive(desk: Desk, meeting: Entry, text: str, partner: str = "") -> Entry:
    """Someone who was not listed is there: « name; title », a person of `partner`, or a guest where that is ""."""
    name, _semicolon, title = (piece.strip() for piece in text.partition(";"))
    if not partner:
        return _noted(desk, meeting, {"guest": f"{name}, {title}" if title else name, "presence": PRESENT})
    cells = {"name": name, **({f"title@{desk.lang}": title} if title else {})}
    person = _row(desk, WHO, PEOPLE, cells, (partner,))
    return _noted(desk, meeting, {"who": {"person": person.id}, "presence": PRESENT})


def _noted(desk: Desk, meeting: Entry, cells: dict[str, Value]) -> Entry:
    return _row(desk, HELD, PRESENCE, {"meeting": meeting.id, **cells})


def decide(desk: Desk, text: str) -> Entry:
    """Note a decision of the running meeting."""
    meeting = opened(desk)
    return _row(desk, HELD, DECISIONS, {"meeting": meeting.id, f"text@{desk.lang}": text.strip()})


def task(desk: Desk, text: str) -> Entry:
    """Note who does what by when, from « what; who; when »."""
    meeting = opened(desk)
    return _row(desk, HELD, TASKS, {"meeting": meeting.id, **_three(desk, HELD, TASKS, text)})


def set_aside(desk: Desk, text: str) -> Entry:
    """A point for section 14 from « text; who; when »; it belongs to the meeting that is running, if one is."""
    meeting = current(desk)
    mine = {"meeting": meeting.id} if meeting is not None else {}
    return _row(desk, POINTS, "rows", {**mine, **_three(desk, POINTS, "rows", text)})


def reword(desk: Desk, row: Entry, text: str) -> None:
    """Write the text of something noted anew; emptied, it is taken out."""
    desk.edits.end_stretch()
    if text.strip():
        desk.set(row, f"text@{desk.lang}", text.strip())
    else:
        desk.set(row, REMOVED, True)
    desk.edits.end_stretch()


def who_words(desk: Desk, row: Entry) -> str:
    """Who a thing noted is given to, for those who work on the partnership; "" for nobody."""
    return someone_name(desk.project, row.get("who"), desk.lang)


def _three(desk: Desk, question: str, name: str, text: str) -> dict[str, Value]:
    """Text, who and due of « text; who; when »; when the last is no date, all stays in the text: nothing is lost."""
    part = desk.guide.question(question).part(name)
    who = part.field("who") if part is not None else None
    assert who is not None
    pieces = [piece.strip() for piece in text.split(";")]
    day = day_ahead(pieces[2], desk.lang) if len(pieces) == 3 else ""
    if len(pieces) > 3 or (len(pieces) == 3 and pieces[2] and not day):
        pieces = [text.strip()]
    cells: dict[str, Value] = {f"text@{desk.lang}": pieces[0]}
    if len(pieces) > 1 and pieces[1]:
        cells["who"] = value_of(desk, who, pieces[1])
    return {**cells, "due": day} if day else cells


def _row(desk: Desk, question: str, part: str, cells: dict[str, Value], subject: tuple[str, ...] = ()) -> Entry:
    """A new row behind the others, made and undone as one step."""
    name = new_id()
    last = max((row.order for row in desk.project.rows(question, part)), default="")
    made = {ORDER: order_between(last, ""), **cells}
    desk.edits.end_stretch()
    desk.edit([Change(name, question, cell, value, part, subject) for cell, value in made.items()])
    desk.edits.end_stretch()
    return desk.project.entries[name]


def day_ahead(text: str, lang: str, today: str = "") -> str:
    """The stored form of a date as it is said at a table: « 15 janvier » is the next one; "" for what is no date."""
    found = parse_date(text, lang)
    if found:
        return found
    start = date.fromisoformat((today or now())[:10])
    for year in (start.year, start.year + 1):
        for said in (f"{text} {year}", f"{text}, {year}"):
            found = parse_date(said, lang)
            if found and found >= start.isoformat()[: len(found)]:
                return found
    return ""


def written(desk: Desk, store: Archive, meeting: Entry) -> Agreement:
    """The minutes of a meeting in the document's language; what was typed is saved first (StoreError if it cannot)."""
    desk.flush()
    return minutes(desk.guide, desk.project, store.history(desk.project.id), meeting, desk.doc_lang)
