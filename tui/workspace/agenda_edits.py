"""Edits the agenda of a meeting: suggests and adds items, orders them, notes their outcome, moves those left over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.fast_dataclass import dataclass
from tui.form.giving import move, read_typed
from tui.i18n import _
from tui.partnership import agendas
from tui.partnership.agendas import (
    ABOUT,
    AGENDA,
    LENGTH,
    MOVED,
    OUTCOME,
    PASSED,
    TEXT,
    TOGETHER,
    WHO,
    agenda_items,
    events_to_raise,
    held_meetings,
    next_meeting,
    unfinished_items,
)
from tui.partnership.field_kinds import BadValue, read_near_day
from tui.partnership.ids import new_id
from tui.partnership.meetings import DECISIONS, HELD, MEETINGS, POINTS, TASKS, rows_of_meeting
from tui.partnership.milestones import awaited
from tui.partnership.partners import find_partner
from tui.partnership.values import ORDER, REMOVED, Change, Entry, Value, order_behind
from tui.text.dates import format_date
from tui.text.name_matching import fold
from tui.workspace import meeting_edits
from tui.workspace.minutes_edits import approval_item, approve_together
from tui.workspace.workspace import Workspace, close_undo_step, current_moment

# « 10 », « 10 minutes », « 1 h 30 »; no agenda needs more digits.
_LENGTH = (
    r"(?:(?P<hours>\d{1,2})\s?(?:h|hrs?|heures?|hours?)(?:\s?(?:et|and)\s|\s?))?"
    r"(?:(?P<minutes>\d{1,4})\s?(?:min|mn|mins|minutes?)?\.?)?"
)
_LENGTH_WORDS = {  # folded
    "une heure": 60, "an hour": 60, "one hour": 60, "une demi-heure": 30, "demi-heure": 30, "half an hour": 30,
    "une heure et demie": 90, "an hour and a half": 90, "un quart d'heure": 15, "a quarter of an hour": 15,
}  # fmt: skip
_MOST_GAPS = 9  # gaps offered at once: nobody reads a longer list at a table


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An item that could stand on the agenda."""

    about: str  # where it comes from: the id of a row, "answers", "gap:…", or the minutes to approve
    text: str  # "" if its words are to be typed
    kind: str  # in words: « point set aside »; of a past event the names of its partners
    story: bool = False  # whether it is a past event to be raised, whose words are private


def meeting_ahead(workspace: Workspace) -> Entry:
    """Return the meeting to prepare: today's until it has ended, else the next, else a new one that is not kept yet."""
    meeting = meeting_edits.todays_meeting(workspace)
    return meeting_not_begun(workspace) if meeting is None or meeting.get("closed") else meeting


def meeting_not_begun(workspace: Workspace) -> Entry:
    """Return the next meeting, which has not begun, else a new one that is not kept yet."""
    meeting = next_meeting(workspace.partnership, current_moment()[:10])
    return meeting if meeting is not None else Entry(new_id(), HELD, MEETINGS)


def _stored_meeting(workspace: Workspace, meeting: Entry) -> Entry:
    """Return the meeting as a row of the partnership, which is made if there is none; the meeting does not begin."""
    stored = workspace.partnership.entry(meeting.id)
    if stored is not None and stored.is_in_use:
        return stored
    order = order_behind(workspace.partnership, HELD, MEETINGS)
    workspace.edit([Change(meeting.id, HELD, ORDER, order, MEETINGS)])
    return workspace.partnership.entries[meeting.id]


def _set_cells(workspace: Workspace, row: Entry, cells: dict[str, Value]) -> None:
    workspace.edits.end_typing()
    workspace.edit([Change(row.id, row.question, cell, value, row.part, row.subject) for cell, value in cells.items()])
    close_undo_step(workspace)


def suggestions(workspace: Workspace, meeting: Entry) -> tuple[Suggestion, ...]:
    """Return what may be added to the agenda: points set aside, tasks, awaited answers, minutes to approve, gaps.

    Past events to be raised stand last, without their text, which is private. What is on the agenda is left out.
    """
    on_agenda = {str(row.get(ABOUT, "")) for row in agenda_items(workspace.partnership, meeting.id)}
    return tuple(suggestion for suggestion in _all_suggestions(workspace, meeting) if suggestion.about not in on_agenda)


def _all_suggestions(workspace: Workspace, meeting: Entry) -> Iterator[Suggestion]:
    """Yield what could stand on the agenda: points, tasks, answers awaited, minutes, gaps, events to raise."""
    partnership, lang, word = workspace.partnership, workspace.lang, workspace.guide.word
    for row in partnership.rows(POINTS, "rows"):
        if row.text(TEXT, lang) and not row.get("for_call"):
            yield Suggestion(row.id, row.text(TEXT, lang), _("point set aside"))
    before = [row for row in held_meetings(partnership, current_moment()[:10]) if row.id != meeting.id]
    for row in rows_of_meeting(partnership, before[-1].id, TASKS) if before else ():
        yield Suggestion(row.id, row.text(TEXT, lang), _("task of the last meeting"))
    if awaited(partnership, workspace.public.answers, lang):
        yield Suggestion("answers", word("agenda_answers", lang), _("answers awaited"))
    if (approval := approval_item(workspace, meeting)) is not None:
        about, text = approval
        yield Suggestion(about, text, _("minutes"))
    labels = dict.fromkeys(hole.label for hole in workspace.agreement.holes)
    for label in list(labels)[:_MOST_GAPS]:
        yield Suggestion(f"gap:{label}", word("agenda_gap", lang, label=label), _("gap"))
    for row in events_to_raise(partnership):
        yield Suggestion(row.id, "", _partner_names(workspace, row), story=True)


def _partner_names(workspace: Workspace, row: Entry) -> str:
    """Return the short names of the partners that a row is about."""
    partners_of_row = (find_partner(workspace.partnership, partner_id) for partner_id in row.subject)
    return ", ".join(partner.short(workspace.lang) for partner in partners_of_row if partner is not None)


def add_item(workspace: Workspace, meeting: Entry, text: str, about: str = "") -> Entry:
    """Put « text; length in minutes; who brings it » at the end of the agenda, and return its row.

    `about` is as in `Suggestion`.
    """
    cells = {**_read_item(workspace, text), **({ABOUT: about} if about else {})}
    with workspace.edits.as_one():
        meeting = _stored_meeting(workspace, meeting)
        item_id = new_id()
        cells = {ORDER: order_behind(workspace.partnership, HELD, AGENDA), "meeting": meeting.id, **cells}
        workspace.edit([Change(item_id, HELD, cell, value, AGENDA) for cell, value in cells.items()])
    close_undo_step(workspace)
    return workspace.partnership.entries[item_id]


def reword_item(workspace: Workspace, row: Entry, text: str) -> None:
    """Write an item anew from « text; length in minutes; who brings it »; an empty text takes it out."""
    cells = _read_item(workspace, text) if text.strip() else {REMOVED: True}
    _set_cells(workspace, row, cells)


def _read_item(workspace: Workspace, text: str) -> dict[str, Value]:
    """Return the cells text, length (minutes) and who that are read from « text; 10; Marie ».

    Length and name may be missing, or stand the other way round. With two lengths or two names all goes to the text.
    """
    part = workspace.guide.question(HELD).part(AGENDA)
    who = part.field(WHO) if part is not None else None
    assert who is not None
    what, *others = [piece.strip() for piece in text.split(";")]
    lengths = [piece for piece in others if _minutes_in(piece)]
    names = [piece for piece in others if piece and piece not in lengths]
    if len(lengths) > 1 or len(names) > 1:
        return {f"{TEXT}@{workspace.typed_lang}": text.strip()}
    length = _minutes_in(lengths[0]) if lengths else None
    brought_by = read_typed(workspace.form_context, who, names[0]) if names else None
    return {f"{TEXT}@{workspace.typed_lang}": what, LENGTH: length, WHO: brought_by}


def _minutes_in(text: str) -> int:
    """Return the minutes of a length as people type it: « 10 », « 20 minutes », « 1 h 30 », « une heure »; else 0."""
    match = re.fullmatch(_LENGTH, " ".join(text.lower().split()), re.ASCII)
    if match is None:
        return _LENGTH_WORDS.get(fold(text), 0)
    return 60 * int(match["hours"] or 0) + int(match["minutes"] or 0)


def item_words(workspace: Workspace, row: Entry) -> str:
    """Return an item as it is typed: « le budget; 10; Marie »."""
    length = row.get(LENGTH)
    pieces = (row.text(TEXT, workspace.lang), str(length) if length else "", meeting_edits.who_words(workspace, row))
    return "; ".join(filter(None, pieces))


def move_item(workspace: Workspace, row: Entry, by: int) -> bool:
    """Put an item one place up (-1) or down (1). Return False if it is at that end already."""
    change = move(agenda_items(workspace.partnership, str(row.get("meeting", ""))), row, by)
    if change is None:
        return False
    workspace.edits.end_typing()
    workspace.edit([change])
    close_undo_step(workspace)
    return True


def toggle_together(workspace: Workspace, row: Entry) -> bool:
    """Put an item among those that pass at once, or pull it out. Return whether it is among them now."""
    _set_cells(workspace, row, {TOGETHER: None if row.get(TOGETHER) else True})
    return bool(workspace.partnership.entries[row.id].get(TOGETHER))


def set_meeting(workspace: Workspace, meeting: Entry, text: str, *, replaces: bool = False) -> None:
    """Set date, hour and place of a meeting from « date; hour; place or link »; any of them may be missing.

    What is missing stays as it was. If the text `replaces` `when_words`, as a person edited them, a missing hour or
    place was taken out, and is cleared. Raises BadValue for what is no date, and for a meeting that has begun and would
    be on a day ahead.
    """
    day, hour, *place = [piece.strip() for piece in (text + ";").split(";")]  # with « ; » there are always two pieces
    cells: dict[str, Value] = {"on": read_near_day(day, workspace.lang)} if day else {}
    if meeting.get("opened") and str(cells.get("on") or "") > current_moment()[:10]:
        raise BadValue(_("This meeting has begun: it is on no day ahead. The next one is dated once it has ended."))
    where = "; ".join(filter(None, place))
    if hour or replaces:
        cells["hour"] = hour or None
    if where or replaces:
        cells |= meeting_edits.place_cells(workspace, meeting, where)
    with workspace.edits.as_one():
        _stored_meeting(workspace, meeting)
        workspace.edit([Change(meeting.id, HELD, cell, value, MEETINGS) for cell, value in cells.items()])
    close_undo_step(workspace)


def when_words(workspace: Workspace, meeting: Entry) -> str:
    """Return « 3 décembre 2026; 18 h; salle 204 » of a meeting, as it is typed; "" where nothing is known."""
    day = format_date(str(meeting.get("on") or ""), workspace.lang)
    pieces = (day, str(meeting.get("hour") or ""), meeting.text("place", workspace.lang))
    return "; ".join(pieces).rstrip("; ")


def pass_together(workspace: Workspace, store: meeting_edits.HistoryStore, meeting: Entry) -> int:
    """Pass all items that are marked to pass together: each becomes a decision, and minutes among them are approved.

    Return how many passed; if none is marked, the meeting does not begin. Raises BadValue if minutes cannot be approved
    now, StoreError if what was typed before cannot be saved.
    """
    if not any(row.get(TOGETHER) for row in unfinished_items(workspace.partnership, meeting.id)):
        return 0
    meeting = meeting_edits.begin_meeting(workspace, meeting)
    count = approve_together(workspace, store, meeting)
    rows = [row for row in unfinished_items(workspace.partnership, meeting.id) if row.get(TOGETHER)]
    with workspace.edits.as_one():
        for row in rows:
            texts = {key: cell.value for key, cell in row.cells.items() if key.partition("@")[0] == TEXT}
            meeting_edits.note_line(workspace, DECISIONS, texts)
            workspace.edit([Change(row.id, HELD, OUTCOME, PASSED, AGENDA)])
    close_undo_step(workspace)
    return count + len(rows)


def next_item(workspace: Workspace, meeting: Entry) -> tuple[bool, Entry | None]:
    """Note the present item as done. Return (whether there was one, the item that is the present one now)."""
    remaining = unfinished_items(workspace.partnership, meeting.id)
    if remaining:
        meeting_edits.begin_meeting(workspace, meeting)
        _set_cells(workspace, remaining[0], {OUTCOME: agendas.DONE})
    return bool(remaining), remaining[1] if len(remaining) > 1 else None


def move_unfinished_items(workspace: Workspace, meeting: Entry, text: str) -> Entry:
    """Move the items without an outcome to the next meeting, given as « date; hour; place », and return that meeting.

    Raises BadValue for what is no date.
    """
    day = text.partition(";")[0].strip()
    if not day:
        raise BadValue(_("Type the date of the next meeting, then its hour and place with “;” between."))
    read_near_day(day, workspace.lang)
    remaining = unfinished_items(workspace.partnership, meeting.id)
    ahead = next_meeting(workspace.partnership, current_moment()[:10])
    target = ahead if ahead is not None and ahead.id != meeting.id else Entry(new_id(), HELD, MEETINGS)
    with workspace.edits.as_one():
        set_meeting(workspace, target, text)
        for row in remaining:
            # Keys with « # » are the program's own, such as the order.
            fields = {key: cell.value for key, cell in row.cells.items() if key[0] != "#"}
            cells = {ORDER: order_behind(workspace.partnership, HELD, AGENDA), **fields, "meeting": target.id}
            item_id = new_id()
            workspace.edit([Change(item_id, HELD, cell, value, AGENDA) for cell, value in cells.items()])
            workspace.edit([Change(row.id, HELD, OUTCOME, MOVED, AGENDA)])
    close_undo_step(workspace)
    return workspace.partnership.entries[target.id]


def keep_for_call(workspace: Workspace, row: Entry, partner_id: str) -> None:
    """Keep a point for the next call with a partner; "" takes that back."""
    _set_cells(workspace, row, {"for_call": partner_id or None})
