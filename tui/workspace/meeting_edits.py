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
from tui.partnership.positions import POSITIONS, points, position_statuses
from tui.partnership.values import ORDER, REMOVED, Change, Entry, HistoryEntry, Value
from tui.text.dates import parse_date
from tui.workspace.workspace import Workspace, close_undo_step, current_moment
from tui.workspace.writing import value_of


class Archive(Protocol):
    """What minutes need of a store."""

    def history(self, partnership_id: str, /) -> list[HistoryEntry]: ...


def current(workspace: Workspace) -> Entry | None:
    """The meeting that is running."""
    return running(workspace.partnership, current_moment())


def latest(workspace: Workspace) -> Entry | None:
    """The meeting that is running, else the last one there was."""
    return current(workspace) or next(reversed(meetings(workspace.partnership)), None)


def opened(workspace: Workspace) -> Entry:
    """The meeting that is running, else the last one of today (what is still noted belongs to it), else a new one."""
    at = current_moment()
    today = [row for row in meetings(workspace.partnership) if row.get("on") == at[:10]]
    found = current(workspace) or (today[-1] if today else None)
    if found is not None:
        return found
    close_undo_step(workspace)
    return _row(workspace, HELD, MEETINGS, {"on": at[:10], "opened": at})


def close(workspace: Workspace, meeting: Entry) -> None:
    """End a meeting and keep the counts of the round it held."""
    close_undo_step(workspace)
    cells: dict[str, Value] = {"counts": counts(workspace, meeting) or None, "closed": current_moment()}
    workspace.edit([Change(meeting.id, HELD, cell, value, MEETINGS) for cell, value in cells.items()])
    workspace.edits.end_stretch()


def counts(workspace: Workspace, meeting: Entry) -> dict[str, dict[str, int]]:
    """How many hold each position, for each question a partner answered since the meeting was opened."""
    since = meeting.cells["opened"].rev if "opened" in meeting.cells else 0
    answers = position_statuses(workspace.partnership, points(workspace.guide, workspace.view))
    found: dict[str, dict[str, int]] = {}
    for question in POSITIONS:
        rows = workspace.partnership.rows(question)
        if any(row.cells["level"].rev > since for row in rows if "level" in row.cells):
            tally = found.setdefault(question, {})
            for (asked, _partner), one in answers.items():
                if asked == question:
                    tally[one.code] = tally.get(one.code, 0) + 1
    return found


def resume(workspace: Workspace, meeting: Entry) -> None:
    """Take a meeting up again that was ended."""
    close_undo_step(workspace)
    workspace.edit([Change(meeting.id, HELD, "closed", None, MEETINGS)])
    workspace.edits.end_stretch()


def place(workspace: Workspace, meeting: Entry, text: str) -> bool:
    """Say where a meeting is held."""
    workspace.edits.end_stretch()
    done = workspace.edit([Change(meeting.id, HELD, f"place@{workspace.lang}", text.strip() or None, MEETINGS)])
    workspace.edits.end_stretch()
    return done


def mark(workspace: Workspace, meeting: Entry, seat: Seat, presence: str) -> None:
    """Say that someone is present, excused or absent; "" takes it back."""
    workspace.edits.end_stretch()
    if seat.row:
        workspace.edit([Change(seat.row, HELD, "presence", presence or None, PRESENCE)])
    elif presence:
        _noted(workspace, meeting, {"who": dict(seat.who), "presence": presence})
    workspace.edits.end_stretch()


def arrive(workspace: Workspace, meeting: Entry, text: str, partner: str = "") -> Entry:
    """Someone who was not listed is there: « name; title », a person of `partner`, or a guest where that is ""."""
    name, _semicolon, title = (piece.strip() for piece in text.partition(";"))
    if not partner:
        return _noted(workspace, meeting, {"guest": f"{name}, {title}" if title else name, "presence": PRESENT})
    cells = {"name": name, **({f"title@{workspace.lang}": title} if title else {})}
    person = _row(workspace, WHO, PEOPLE, cells, (partner,))
    return _noted(workspace, meeting, {"who": {"person": person.id}, "presence": PRESENT})


def _noted(workspace: Workspace, meeting: Entry, cells: dict[str, Value]) -> Entry:
    return _row(workspace, HELD, PRESENCE, {"meeting": meeting.id, **cells})


def decide(workspace: Workspace, text: str) -> Entry:
    """Note a decision of the running meeting."""
    meeting = opened(workspace)
    return _row(workspace, HELD, DECISIONS, {"meeting": meeting.id, f"text@{workspace.lang}": text.strip()})


def task(workspace: Workspace, text: str) -> Entry:
    """Note who does what by when, from « what; who; when »."""
    meeting = opened(workspace)
    return _row(workspace, HELD, TASKS, {"meeting": meeting.id, **_three(workspace, HELD, TASKS, text)})


def set_aside(workspace: Workspace, text: str) -> Entry:
    """A point for section 14 from « text; who; when »; it belongs to the meeting that is running, if one is."""
    meeting = current(workspace)
    mine = {"meeting": meeting.id} if meeting is not None else {}
    return _row(workspace, POINTS, "rows", {**mine, **_three(workspace, POINTS, "rows", text)})


def reword(workspace: Workspace, row: Entry, text: str) -> None:
    """Write the text of something noted anew; emptied, it is taken out."""
    workspace.edits.end_stretch()
    if text.strip():
        workspace.set(row, f"text@{workspace.lang}", text.strip())
    else:
        workspace.set(row, REMOVED, True)
    workspace.edits.end_stretch()


def who_words(workspace: Workspace, row: Entry) -> str:
    """Who a thing noted is given to, for those who work on the partnership; "" for nobody."""
    return someone_name(workspace.partnership, row.get("who"), workspace.lang)


def _three(workspace: Workspace, question: str, name: str, text: str) -> dict[str, Value]:
    """Text, who and due of « text; who; when »; when the last is no date, all stays in the text: nothing is lost."""
    part = workspace.guide.question(question).part(name)
    who = part.field("who") if part is not None else None
    assert who is not None
    pieces = [piece.strip() for piece in text.split(";")]
    day = day_ahead(pieces[2], workspace.lang) if len(pieces) == 3 else ""
    if len(pieces) > 3 or (len(pieces) == 3 and pieces[2] and not day):
        pieces = [text.strip()]
    cells: dict[str, Value] = {f"text@{workspace.lang}": pieces[0]}
    if len(pieces) > 1 and pieces[1]:
        cells["who"] = value_of(workspace, who, pieces[1])
    return {**cells, "due": day} if day else cells


def _row(
    workspace: Workspace, question: str, part: str, cells: dict[str, Value], subject: tuple[str, ...] = ()
) -> Entry:
    """A new row behind the others, made and undone as one step."""
    name = new_id()
    last = max((row.order for row in workspace.partnership.rows(question, part)), default="")
    made = {ORDER: order_between(last, ""), **cells}
    workspace.edits.end_stretch()
    workspace.edit([Change(name, question, cell, value, part, subject) for cell, value in made.items()])
    workspace.edits.end_stretch()
    return workspace.partnership.entries[name]


def day_ahead(text: str, lang: str, today: str = "") -> str:
    """The stored form of a date as it is said at a table: « 15 janvier » is the next one; "" for what is no date."""
    found = parse_date(text, lang)
    if found:
        return found
    start = date.fromisoformat((today or current_moment())[:10])
    for year in (start.year, start.year + 1):
        for said in (f"{text} {year}", f"{text}, {year}"):
            found = parse_date(said, lang)
            if found and found >= start.isoformat()[: len(found)]:
                return found
    return ""


def written(workspace: Workspace, store: Archive, meeting: Entry) -> Agreement:
    """The minutes of a meeting in the document's language; what was typed is saved first (StoreError if it cannot)."""
    workspace.flush()
    return minutes(
        workspace.guide, workspace.partnership, store.history(workspace.partnership.id), meeting, workspace.doc_lang
    )
