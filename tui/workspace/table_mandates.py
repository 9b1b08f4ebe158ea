"""Who speaks for a partner at the table: a mandate given or taken back, somebody replaced, who gave a position."""

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
    running,
    seats,
    spokesperson,
)
from tui.partnership.partners import people
from tui.partnership.positions import POSITIONS
from tui.partnership.values import ORDER, Change, Entry, Value, order_behind
from tui.text.name_matching import fold
from tui.workspace.workspace import Workspace, close_undo_step, current_moment


def give_mandate(workspace: Workspace, meeting: Entry, seat: Seat, code: str) -> None:
    """Say that somebody decides, reports back or observes (a code of MANDATES); "" takes it back."""
    _set(workspace, meeting, seat, MANDATE, code or None)


def replace_person(workspace: Workspace, meeting: Entry, seat: Seat, text: str) -> None:
    """Say whom somebody stands in for, by a name; "" takes it back."""
    part = workspace.guide.question(HELD).part(PRESENCE)
    field = part.field(STANDS_IN) if part is not None else None
    assert field is not None
    known = [row for row in people(workspace.partnership, seat.partner) if row.id != seat.key] if seat.partner else []
    own = next((row for row in known if fold(row.text("name", workspace.lang)) == fold(text)), None)
    value: Value = {"person": own.id} if own is not None else read_typed(workspace.form_context, field, text.strip())
    _set(workspace, meeting, seat, STANDS_IN, value or None)


def _set(workspace: Workspace, meeting: Entry, seat: Seat, cell: str, value: Value) -> None:
    """Set a cell of somebody's row at a meeting, which is made where nothing was noted of them yet."""
    close_undo_step(workspace)
    name = seat.row or new_id()
    cells: dict[str, Value] = {cell: value}
    if not seat.row:
        order = order_behind(workspace.partnership, HELD, PRESENCE)
        cells = {ORDER: order, "meeting": meeting.id, "who": dict(seat.who), **cells}
    workspace.edit([Change(name, HELD, key, held, PRESENCE) for key, held in cells.items()])
    workspace.edits.end_typing()


def mandate_words(workspace: Workspace, seat: Seat) -> str:
    """« décide, remplace Marie Tremblay »; "" where nothing was said of them."""
    lang = workspace.lang
    said = [workspace.guide.choice("mandate", seat.mandate, lang)] if seat.mandate else []
    if seat.stands_in:
        name = someone_name(workspace.partnership, dict(seat.stands_in), lang)
        said.append(workspace.guide.word("stands_in_for", lang, name=name))
    return ", ".join(said)


def read_mandate(workspace: Workspace, text: str) -> str:
    """Return the code that a word means, in either language. Raises BadValue for another word."""
    said = fold(text)
    for code in MANDATES:
        if said and any(fold(word).startswith(said) for word in workspace.guide.words_of("mandate", code)):
            return code
    words = ", ".join(workspace.guide.choice("mandate", code, workspace.lang) for code in MANDATES)
    raise BadValue(_("“{text}” is no mandate: {words}.").format(text=text[:40], words=words))


# -- who gave a position -----------------------------------------------------------------------------------------------


def giver_changes(workspace: Workspace, entry: Entry, level: Value) -> Iterator[Change]:
    """Yield the change that keeps who gave a position at the meeting that runs, "" for whoever that was before."""
    if entry.question not in POSITIONS or entry.part or not entry.subject:
        return
    meeting = running(workspace.partnership, current_moment())
    seat = spokesperson(workspace.partnership, meeting.id, entry.subject[0], workspace.lang) if meeting else None
    value = dict(seat.who) if seat is not None and level and "person" in seat.who else None
    if value is not None or entry.get(GIVEN_BY) is not None:
        yield Change(entry.id, entry.question, GIVEN_BY, value, entry.part, entry.subject)


def may_give(workspace: Workspace, partner: str) -> tuple[Seat, ...]:
    """Return the people of a partner who are at the meeting that runs: one of them gave its position."""
    meeting = running(workspace.partnership, current_moment())
    found = seats(workspace.partnership, meeting.id, workspace.lang) if meeting is not None else ()
    return tuple(seat for seat in found if seat.partner == partner and seat.mark == "present" and "person" in seat.who)


def note_giver(workspace: Workspace, entry: Entry, seat: Seat) -> None:
    """Say who gave a position, where that is another than the one who was taken for it."""
    close_undo_step(workspace)
    workspace.edit([Change(entry.id, entry.question, GIVEN_BY, dict(seat.who), entry.part, entry.subject)])
    workspace.edits.end_typing()


def giver_words(workspace: Workspace, entry: Entry) -> str:
    """« Marie Tremblay, rapporte »: who gave a position, with the mandate they have; "" where it is not known."""
    name = someone_name(workspace.partnership, entry.get(GIVEN_BY), workspace.lang)
    meeting = running(workspace.partnership, current_moment())
    found = seats(workspace.partnership, meeting.id, workspace.lang) if meeting is not None else ()
    seat = next((mandate for mandate in found if mandate.key == _person(entry)), None)
    words = workspace.guide.choice("mandate", seat.mandate, workspace.lang) if seat is not None and seat.mandate else ""
    return ", ".join(filter(None, (name, words))) if name else ""


def _person(entry: Entry) -> str:
    value = entry.get(GIVEN_BY)
    return str(value.get("person", "")) if isinstance(value, dict) else ""
