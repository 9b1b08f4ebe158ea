"""Who speaks for a partner at a meeting: the mandate of each person, whom they stand in for, who gave a position."""

from __future__ import annotations

from collections.abc import Iterator

from tui.form.giving import read_typed
from tui.i18n import _
from tui.partnership.field_kinds import BadValue, someone_name
from tui.partnership.ids import new_id
from tui.partnership.meetings import (
    GIVEN_BY,
    HELD,
    MANDATE,
    MANDATES,
    PRESENCE,
    STANDS_IN,
    Seat,
    meeting_open_at,
    seats,
    spokesperson,
)
from tui.partnership.partners import people
from tui.partnership.positions import POSITIONS
from tui.partnership.values import ORDER, Change, Entry, Value, order_behind
from tui.text.name_matching import fold
from tui.workspace.workspace import Workspace, close_undo_step, current_moment

_QUOTED_LETTERS = 40  # at most, of what was typed


def give_mandate(workspace: Workspace, meeting: Entry, seat: Seat, code: str) -> None:
    """Note a person's mandate: whether they decide, report back or observe (a code of MANDATES); "" clears it."""
    _set_presence_cell(workspace, meeting, seat, MANDATE, code or None)


def replace_person(workspace: Workspace, meeting: Entry, seat: Seat, text: str) -> None:
    """Note whom the person of a seat stands in for, by a name; "" clears it."""
    part = workspace.guide.question(HELD).part(PRESENCE)
    field = part.field(STANDS_IN) if part is not None else None
    assert field is not None
    colleagues = people(workspace.partnership, seat.partner) if seat.partner else ()
    # A person of the same partner comes first: another partner may have somebody of that name.
    colleague = next((row for row in colleagues if fold(row.text("name", workspace.lang)) == fold(text)), None)
    value: Value = (
        {"person": colleague.id} if colleague is not None else read_typed(workspace.form_context, field, text.strip())
    )
    _set_presence_cell(workspace, meeting, seat, STANDS_IN, value or None)


def _set_presence_cell(workspace: Workspace, meeting: Entry, seat: Seat, cell: str, value: Value) -> None:
    """Set a cell of a seat's row of presence, which is made if it is not there yet."""
    close_undo_step(workspace)
    row_id = seat.row or new_id()
    cells: dict[str, Value] = {cell: value}
    if not seat.row:
        order = order_behind(workspace.partnership, HELD, PRESENCE)
        cells = {ORDER: order, "meeting": meeting.id, "who": dict(seat.who), **cells}
    workspace.edit([Change(row_id, HELD, key, new_value, PRESENCE) for key, new_value in cells.items()])
    workspace.edits.end_typing()


def mandate_words(workspace: Workspace, seat: Seat) -> str:
    """Return a seat's mandate in words: « décide, remplace Marie Tremblay »; "" for none."""
    lang = workspace.lang
    facts = [workspace.guide.choice("mandate", seat.mandate, lang)] if seat.mandate else []
    if seat.stands_in:
        name = someone_name(workspace.partnership, dict(seat.stands_in), lang)
        facts.append(workspace.guide.word("stands_in_for", lang, name=name))
    return ", ".join(facts)


def read_mandate(workspace: Workspace, text: str) -> str:
    """Return the code of the mandate that a word or its first letters mean, in either language. Raises BadValue."""
    letters = fold(text)
    for code in MANDATES:
        if letters and any(fold(word).startswith(letters) for word in workspace.guide.words_of("mandate", code)):
            return code
    words = ", ".join(workspace.guide.choice("mandate", code, workspace.lang) for code in MANDATES)
    raise BadValue(_("“{text}” is no mandate: {words}.").format(text=text[:_QUOTED_LETTERS], words=words))


# -- who gave a position -----------------------------------------------------------------------------------------------


def giver_changes(workspace: Workspace, entry: Entry, level: Value) -> Iterator[Change]:
    """Yield the change that keeps who gave a position: its partner's spokesperson at the running meeting.

    Without such a person, or with an empty `level`, it clears who gave the earlier position, if that was known.
    """
    if entry.question not in POSITIONS or entry.part or not entry.subject:
        return
    meeting = meeting_open_at(workspace.partnership, current_moment())
    seat = spokesperson(workspace.partnership, meeting.id, entry.subject[0], workspace.lang) if meeting else None
    value = dict(seat.who) if seat is not None and level and "person" in seat.who else None
    if value is not None or entry.get(GIVEN_BY) is not None:
        yield Change(entry.id, entry.question, GIVEN_BY, value, entry.part, entry.subject)


def may_give(workspace: Workspace, partner: str) -> tuple[Seat, ...]:
    """Return the seats of a partner's people present at the running meeting: any of them may give its position."""
    meeting = meeting_open_at(workspace.partnership, current_moment())
    all_seats = seats(workspace.partnership, meeting.id, workspace.lang) if meeting is not None else ()
    partner_seats = (seat for seat in all_seats if seat.partner == partner)
    return tuple(seat for seat in partner_seats if seat.mark == "present" and "person" in seat.who)


def note_giver(workspace: Workspace, entry: Entry, seat: Seat) -> None:
    """Note who gave a position, in the place of the person that `giver_changes` kept."""
    close_undo_step(workspace)
    workspace.edit([Change(entry.id, entry.question, GIVEN_BY, dict(seat.who), entry.part, entry.subject)])
    workspace.edits.end_typing()


def giver_words(workspace: Workspace, entry: Entry) -> str:
    """Return who gave a position, with their mandate: « Marie Tremblay, rapporte »; "" where it is not known."""
    name = someone_name(workspace.partnership, entry.get(GIVEN_BY), workspace.lang)
    meeting = meeting_open_at(workspace.partnership, current_moment())
    all_seats = seats(workspace.partnership, meeting.id, workspace.lang) if meeting is not None else ()
    seat = next((seat for seat in all_seats if seat.key == _giver_id(entry)), None)
    words = workspace.guide.choice("mandate", seat.mandate, workspace.lang) if seat is not None and seat.mandate else ""
    return ", ".join(filter(None, (name, words))) if name else ""


def _giver_id(entry: Entry) -> str:
    """Return the id of the person who gave a position; "" for none."""
    value = entry.get(GIVEN_BY)
    return str(value.get("person", "")) if isinstance(value, dict) else ""
