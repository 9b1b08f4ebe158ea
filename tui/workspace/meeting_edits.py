"""What a meeting writes into a partnership: its opening and end, who is there, decisions, tasks, points to discuss."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from tui.agreement.blocks import Agreement
from tui.agreement.minutes import minutes
from tui.form.giving import read_typed
from tui.guide.guide_types import Field
from tui.i18n import _
from tui.partnership.agendas import held_meetings, next_meeting
from tui.partnership.field_kinds import someone_name
from tui.partnership.ids import new_id
from tui.partnership.meetings import (
    CAME,
    DECISIONS,
    HELD,
    LEFT,
    MEETINGS,
    POINTS,
    PRESENCE,
    PRESENT,
    RESULT,
    STANDS_ASIDE,
    TASKS,
    Seat,
    attendance_now,
    meeting_open_at,
    meetings,
    organisation_row,
    present_ids,
    seats,
)
from tui.partnership.partners import PEOPLE, WHO, find
from tui.partnership.positions import POSITIONS
from tui.partnership.review import held_back_names
from tui.partnership.values import ORDER, REMOVED, TIME_ZONE, Cell, Change, Entry, HistoryEntry, Value, order_behind
from tui.partnership.versions import ADOPTED_MARK
from tui.text.date_reading import is_time_expression, read_date
from tui.text.moments import zone_name
from tui.text.name_matching import fold
from tui.text.person_lines import without_contacts
from tui.workspace.workspace import Workspace, close_undo_step, current_moment
from tui.workspace.writing import person_cells

_DEADLINE_WORDS = r"(?i)^(?:avant|d['’]ici(?: au)?|pour|by|before)\s+"  # before a date, as in « d'ici au 15 mars »


class HistoryStore(Protocol):
    """What minutes need of a store: earlier values, from which they tell what a meeting changed."""

    def history(self, partnership_id: str, /) -> list[HistoryEntry]: ...


def running_meeting(workspace: Workspace) -> Entry | None:
    """Return the meeting that is running, None if none is."""
    return meeting_open_at(workspace.partnership, current_moment())


def latest_meeting(workspace: Workspace) -> Entry | None:
    """Return the meeting that is running, else the last one held, else None; one still ahead does not count."""
    return running_meeting(workspace) or next(
        reversed(held_meetings(workspace.partnership, current_moment()[:10])), None
    )


def todays_meeting(workspace: Workspace) -> Entry | None:
    """Return the meeting that is running, else the last one of today, to which late notes belong; None for neither."""
    today = current_moment()[:10]
    meetings_today = [row for row in meetings(workspace.partnership) if row.get("on") == today]
    return running_meeting(workspace) or (meetings_today[-1] if meetings_today else None)


def meeting_to_open(workspace: Workspace) -> Entry:
    """Return the running or latest meeting of today, else one prepared without a date, else a new one, not kept yet."""
    ahead = next_meeting(workspace.partnership, current_moment()[:10])
    prepared = ahead if ahead is not None and not ahead.get("on") else None
    known_meeting = todays_meeting(workspace) or prepared
    if known_meeting is not None:
        return known_meeting
    cells = {"on": Cell(current_moment()[:10], 0)}
    return Entry(new_id(), HELD, MEETINGS, (), cells)


def begin_meeting(workspace: Workspace, meeting: Entry) -> Entry:
    """Begin a meeting that was only prepared or is new, and return its row; one that was opened stays as it is."""
    stored = workspace.partnership.entry(meeting.id)
    if stored is not None and (stored.get("opened") or stored.get("closed")):
        return stored
    close_undo_step(workspace)
    if (zone := zone_name()) and not workspace.partnership.setting(TIME_ZONE):
        # The minutes are dated in the zone of the meeting, wherever they are read.
        workspace.set_setting(TIME_ZONE, zone)
    now = current_moment()
    cells: dict[str, Value] = {"on": now[:10], "opened": now}
    if stored is not None and stored.is_in_use:  # prepared before, and not removed
        workspace.edit([Change(stored.id, HELD, cell, value, MEETINGS) for cell, value in cells.items()])
        workspace.edits.end_typing()
        return workspace.partnership.entries[stored.id]
    return new_row(workspace, HELD, MEETINGS, cells, entry_id=meeting.id)


def open_meeting(workspace: Workspace) -> Entry:
    """Begin what `meeting_to_open` returns, unless it has begun, and return it."""
    return begin_meeting(workspace, meeting_to_open(workspace))


def close_meeting(workspace: Workspace, meeting: Entry) -> None:
    """End a meeting and keep how many partners hold each position (`position_counts`)."""
    close_undo_step(workspace)
    cells: dict[str, Value] = {"counts": position_counts(workspace, meeting) or None, "closed": current_moment()}
    workspace.edit([Change(meeting.id, HELD, cell, value, MEETINGS) for cell, value in cells.items()])
    workspace.edits.end_typing()


def position_counts(workspace: Workspace, meeting: Entry) -> dict[str, dict[str, int]]:
    """Return how many partners hold each position, by question id and position code.

    Only questions that a partner answered since the meeting was opened are counted.
    """
    since = meeting.cells["opened"].rev if "opened" in meeting.cells else 0
    answers = workspace.public.answers
    counts: dict[str, dict[str, int]] = {}
    for question in POSITIONS:
        rows = workspace.partnership.rows(question)
        if any(row.cells["level"].rev > since for row in rows if "level" in row.cells):
            tally = counts.setdefault(question, {})
            for (asked, _partner), status in answers.items():
                if asked == question:
                    tally[status.code] = tally.get(status.code, 0) + 1
    return counts


def reopen_meeting(workspace: Workspace, meeting: Entry) -> None:
    """Open a meeting again that was ended."""
    close_undo_step(workspace)
    workspace.edit([Change(meeting.id, HELD, "closed", None, MEETINGS)])
    workspace.edits.end_typing()


def set_place(workspace: Workspace, meeting: Entry, text: str) -> bool:
    """Set where a meeting is held. Return whether it changed."""
    workspace.edits.end_typing()
    cells = place_cells(workspace, meeting, text.strip())
    is_changed = workspace.edit([Change(meeting.id, HELD, cell, value, MEETINGS) for cell, value in cells.items()])
    workspace.edits.end_typing()
    return is_changed


def place_cells(workspace: Workspace, meeting: Entry, place: str) -> dict[str, Value]:
    """Return the cells that set where a meeting is held, "" for nowhere; {} where that is what stands there.

    The former place goes in both languages: nobody is sent to it by a text in the other one.
    """
    if place == meeting.text("place", workspace.lang):
        return {}
    cells: dict[str, Value] = {key: None for key in meeting.cells if key.partition("@")[0] == "place"}
    return {**cells, **({f"place@{workspace.typed_lang}": place} if place else {})}


def set_presence(workspace: Workspace, meeting: Entry, seat: Seat, presence: str) -> None:
    """Set the presence of a seat: present, excused or absent; "" takes it back.

    Where the organisation was marked without a name, the first of its people who is marked takes over its row.
    """
    close_undo_step(workspace)
    is_person = "person" in seat.who
    row_of_organisation = organisation_row(workspace.partnership, meeting.id, seat.partner) if is_person else None
    cells: dict[str, Value] = {"presence": presence or None, **_times(meeting, seat, presence)}
    if seat.row:
        workspace.edit([Change(seat.row, HELD, cell, value, PRESENCE) for cell, value in cells.items()])
    elif presence and row_of_organisation is not None:
        cells["who"] = dict(seat.who)
        workspace.edit([Change(row_of_organisation.id, HELD, cell, value, PRESENCE) for cell, value in cells.items()])
    elif presence:
        _note_presence(workspace, meeting, {"who": dict(seat.who), **cells})
    workspace.edits.end_typing()


def _times(meeting: Entry, seat: Seat, presence: str) -> dict[str, Value]:
    """Return the cells of a seat that change with its presence.

    Somebody marked present while the meeting runs came now, unless they came before. Who is marked anew has not left
    and does not stand aside (take no part in the present subject).
    """
    cells: dict[str, Value] = {}
    is_running = meeting.get("opened") and not meeting.get("closed")
    if presence != PRESENT:
        cells[CAME] = None
    elif is_running and not seat.came:
        cells[CAME] = current_moment()
    if seat.left:
        cells[LEFT] = None
    if seat.stands_aside:
        cells[STANDS_ASIDE] = None
    return cells


def toggle_left(workspace: Workspace, seat: Seat) -> bool:
    """Note that someone who was there leaves now, or is back. Return whether they have left."""
    return _set_seat_cell(workspace, seat, LEFT, "" if seat.left else current_moment())


def toggle_stands_aside(workspace: Workspace, seat: Seat) -> bool:
    """Note that someone takes no part in the present subject (a conflict of interest), or takes part again.

    It stays private. Return whether they stand aside.
    """
    return _set_seat_cell(workspace, seat, STANDS_ASIDE, not seat.stands_aside)


def _set_seat_cell(workspace: Workspace, seat: Seat, cell: str, value: Value) -> bool:
    """Set a cell of a seat, or clear it where `value` is empty, and close the undo step. Return whether it is set."""
    workspace.edits.end_typing()
    workspace.edit([Change(seat.row, HELD, cell, value or None, PRESENCE)])
    close_undo_step(workspace)
    return bool(value)


def write_result(workspace: Workspace, row: Entry, text: str) -> None:
    """Write the result of a decision, such as « adopté », as a person words it; it is never derived from the count."""
    close_undo_step(workspace)
    workspace.set(row, f"{RESULT}@{workspace.typed_lang}", text.strip() or None)
    workspace.edits.end_typing()


def note_arrival(workspace: Workspace, meeting: Entry, text: str, partner: str = "") -> Entry:
    """Note that someone is there, from « name; title »: a person of `partner` (its id), "" for a guest.

    Whose title names another partner (« Ann Roy; the Clinic », « Ann Roy; director, the Clinic ») is a person of that
    one. Somebody who is listed already is marked present, and noted no second time. Return the row of the person, or
    for a guest the row of presence.
    """
    name, _semicolon, title = (piece.strip() for piece in text.partition(";"))
    title_cell = f"title@{workspace.typed_lang}"
    cells: dict[str, Value] = {"name": name, **({title_cell: title} if title else {})}
    # An address or a telephone goes to private cells of its own; a name and a title may be read by all.
    if without_contacts(text) != text:
        cells = person_cells(text, workspace.typed_lang)
    named_partner, rest = _partner_in_title(workspace, str(cells.get(title_cell, "")))
    if named_partner:
        partner, cells[title_cell] = named_partner, rest or None
    listed = _listed_seat(workspace, meeting, str(cells["name"]), partner)
    if listed is not None and (partner or not title):
        with workspace.edits.as_one():
            set_presence(workspace, meeting, listed, PRESENT)
        return workspace.partnership.entries[listed.who["person"]]
    if not partner:
        return _note_presence(workspace, meeting, {"guest": f"{name}, {title}" if title else name, "presence": PRESENT})
    cells = {cell: value for cell, value in cells.items() if value is not None}
    with workspace.edits.as_one():
        person = new_row(workspace, WHO, PEOPLE, cells, (partner,))
        set_presence(workspace, meeting, Seat({"person": person.id}, partner, name), PRESENT)
    return person


def _listed_seat(workspace: Workspace, meeting: Entry, name: str, partner: str) -> Seat | None:
    """Return the seat of the person of that name, of one partner or of any for ""; None for none, or for several."""
    matching = [
        seat
        for seat in seats(workspace.partnership, meeting.id, workspace.lang)
        if "person" in seat.who and fold(seat.name) == fold(name) and partner in ("", seat.partner)
    ]
    return matching[0] if len(matching) == 1 else None


def _partner_in_title(workspace: Workspace, title: str) -> tuple[str, str]:
    """Return (the id of the partner that a guest's title names, the title without it); ("", `title`) for none."""
    before, _comma, last = title.rpartition(",")
    for name, rest in ((title, ""), (last, before)):
        partner_ids = [partner.id for partner in find(workspace.partnership, name) if partner.active]
        if len(partner_ids) == 1:
            return partner_ids[0], rest.strip()
    return "", title


def _note_presence(workspace: Workspace, meeting: Entry, cells: dict[str, Value]) -> Entry:
    """Note a new row of presence at a meeting and return it."""
    return new_row(workspace, HELD, PRESENCE, {"meeting": meeting.id, **cells})


def naming_warning(workspace: Workspace, meeting: Entry | None, text: str) -> str:
    """Return the sentence that a text of a meeting names somebody who may not be named yet; "" where it does not.

    Those who are at the meeting may be named to each other.
    """
    present = present_ids(workspace.partnership, meeting.id) if meeting is not None else frozenset()
    names = held_back_names(workspace.partnership, text, present)
    return _("Named there, and not to be named yet: {names}.").format(names=", ".join(names)) if names else ""


def note_decision(workspace: Workspace, text: str) -> Entry:
    """Note a decision of today's meeting (`open_meeting`) and return its row."""
    return note_line(workspace, DECISIONS, {f"text@{workspace.typed_lang}": text.strip()})


def note_line(workspace: Workspace, part: str, cells: dict[str, Value], entry_id: str = "") -> Entry:
    """Note a row of today's meeting (`open_meeting`) in `part` and return it; `entry_id` is its id, "" for a new one.

    A decision also keeps who was there.
    """
    meeting = open_meeting(workspace)
    if part == DECISIONS:
        cells = {**_present_cells(workspace, meeting), **cells}
    return new_row(workspace, HELD, part, {"meeting": meeting.id, **cells}, entry_id=entry_id)


def _present_cells(workspace: Workspace, meeting: Entry) -> dict[str, Value]:
    """Return the cells of a decision that keep who is there now; cells that would name nobody are left out."""
    present = attendance_now(workspace.partnership, meeting.id)
    return {cell: {"who": names} for cell, names in present.items() if names}


def note_task(workspace: Workspace, text: str) -> Entry:
    """Note who does what by when, from « what; who; when », and return the row."""
    return note_line(workspace, TASKS, what_who_when(workspace, HELD, TASKS, text))


def note_afterwards(workspace: Workspace, meeting: Entry, question: str, part: str, text: str) -> Entry:
    """Note what was written on paper at a meeting, and return its row; the meeting is not opened by it.

    In a list of decisions `text` is the decision, in another list « text; who; when ».
    """
    if part == DECISIONS:
        cells = {**_present_cells(workspace, meeting), f"text@{workspace.typed_lang}": text}
    else:
        cells = what_who_when(workspace, question, part, text)
    marks = point_marks(workspace) if question == POINTS else {}
    return new_row(workspace, question, part, {"meeting": meeting.id, **marks, **cells})


def note_point(workspace: Workspace, text: str) -> Entry:
    """Note a point to discuss (section 14 of the agreement) from « text; who; when », and return its row.

    It belongs to the meeting that is running, if one is. After an adoption the point is to be discussed only: the
    adopted text stays as it is.
    """
    meeting = running_meeting(workspace)
    marks: dict[str, Value] = {"meeting": meeting.id} if meeting is not None else {}
    marks |= point_marks(workspace)
    return new_row(workspace, POINTS, "rows", {**marks, **what_who_when(workspace, POINTS, "rows", text)})


def point_marks(workspace: Workspace) -> dict[str, Value]:
    """Return the cells of a point that keep after which adopted version it is noted; {} before the first adoption."""
    mark = workspace.partnership.setting(ADOPTED_MARK)
    return {"version": str(mark["version"])} if isinstance(mark, Mapping) and mark.get("version") else {}


def reword(workspace: Workspace, row: Entry, text: str) -> None:
    """Replace the text of a noted row; "" removes the row. The register of decisions still has the earlier wording."""
    close_undo_step(workspace)
    if text.strip():
        workspace.set(row, f"text@{workspace.typed_lang}", text.strip())
    else:
        workspace.set(row, REMOVED, True)
    workspace.edits.end_typing()


def who_words(workspace: Workspace, row: Entry) -> str:
    """Return the name of the person or partner to whom a noted row is given; "" for nobody."""
    return someone_name(workspace.partnership, row.get("who"), workspace.lang)


def what_who_when(workspace: Workspace, question: str, part_id: str, text: str) -> dict[str, Value]:
    """Return the cells text, who and due that are read from « text; who; when ».

    « who » and « when » may be missing, or stand the other way round. If what stands there is not one name and one date
    at most, the whole text goes to the cell text: a vague « demain » becomes no person. A word that is both a month and
    the name of somebody known (« Avril ») is the name.
    """
    part = workspace.guide.question(question).part(part_id)
    who = part.field("who") if part is not None else None
    assert who is not None
    what, *others = [piece.strip() for piece in text.split(";")]
    pieces = [piece for other in others for piece in _name_and_day(workspace, who, other)]
    days = [
        piece for piece in pieces if piece and not _is_known(workspace, who, piece) and day_ahead(piece, workspace.lang)
    ]
    names = [piece for piece in pieces if piece and piece not in days]
    has_vague_time = any(is_time_expression(piece) and not _is_known(workspace, who, piece) for piece in names)
    has_too_much = len(pieces) > 2 or len(days) > 1 or len(names) > 1
    if has_vague_time or has_too_much:
        return {f"text@{workspace.typed_lang}": text.strip()}
    cells: dict[str, Value] = {f"text@{workspace.typed_lang}": what}
    if names:
        cells["who"] = read_typed(workspace.form_context, who, names[0])
    return {**cells, "due": day_ahead(days[0], workspace.lang)} if days else cells


def _name_and_day(workspace: Workspace, who: Field, text: str) -> tuple[str, ...]:
    """Return « Marie, 15 mars » as its two pieces, a name and a date; any other text as one piece."""
    name, comma, day = text.rpartition(",")
    if not comma:
        return (text,)
    is_whole = _is_known(workspace, who, text) or bool(day_ahead(text, workspace.lang))  # a name or a date with a comma
    if day_ahead(day, workspace.lang) and not is_whole:
        return name.strip(), day.strip()
    return (text,)


def _is_known(workspace: Workspace, who: Field, text: str) -> bool:
    """Return whether `text` is the name of a partner or a person of the partnership."""
    return "name" not in read_typed(workspace.form_context, who, text)


def new_row(
    workspace: Workspace,
    question: str,
    part: str,
    cells: dict[str, Value],
    subject: tuple[str, ...] = (),
    *,
    entry_id: str = "",
) -> Entry:
    """Make a row behind the others, as one step of undo, and return it; `entry_id` is its id, "" for a new one."""
    entry_id = entry_id or new_id()
    cells = {ORDER: order_behind(workspace.partnership, question, part), **cells}
    workspace.edits.end_typing()
    workspace.edit([Change(entry_id, question, cell, value, part, subject) for cell, value in cells.items()])
    workspace.edits.end_typing()
    return workspace.partnership.entries[entry_id]


def day_ahead(text: str, lang: str, today: str = "") -> str:
    """Return the ISO day of a date as people say it, "" for no date; « 15 janvier » is the next 15 January.

    `today` is an ISO day, "" for the present one.
    """
    date_text = re.sub(_DEADLINE_WORDS, "", text.strip(), count=1)
    reading = read_date(date_text, lang, today)
    return reading.day or (reading.candidates[0] if reading.doubt == "year" else "")


def composed_minutes(workspace: Workspace, store: HistoryStore, meeting: Entry) -> Agreement:
    """Return the minutes of a meeting in the document's language, after saving what was typed. Raises StoreError."""
    workspace.flush()
    partnership = workspace.partnership
    past = store.history(partnership.id)
    view, text = workspace.view, workspace.agreement
    return minutes(workspace.guide, partnership, past, meeting, workspace.doc_lang, view=view, text=text)
