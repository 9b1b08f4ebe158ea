"""Who speaks for a partner at a meeting: mandates, persons who stand in for another, and who gave a position."""

from __future__ import annotations

import pytest

from tests.workspace.test_minutes_edits import DANIEL, MARIE, told, workspace
from tui.form.form import Form, form_of
from tui.form.form_words import facts
from tui.partnership.completion import single_entry
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import (
    ABSENT,
    DECIDES,
    GIVEN_BY,
    HELD,
    MANDATES,
    OBSERVES,
    PRESENT,
    REPORTS,
    Seat,
    seats,
    spokesperson,
)
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.positions import POSITIONS
from tui.partnership.privacy import is_public
from tui.partnership.values import Change, Entry
from tui.workspace import meeting_edits, table_mandates
from tui.workspace.workspace import Workspace
from tui.workspace.writing import choose

__all__ = ["workspace"]  # the fixture

LUC = "Luc Savard"


def meeting_of(workspace: Workspace) -> Entry:
    """A meeting that runs; the first partner has two people, all are there."""
    owner = workspace.partnership.rows(WHO)[0].id
    cells = {"#order": "b", "name": LUC}
    workspace.edit([Change("person0009", WHO, cell, value, PEOPLE, (owner,)) for cell, value in cells.items()])
    meeting = meeting_edits.open_meeting(workspace)
    for seat in seats(workspace.partnership, meeting.id, "fr"):
        meeting_edits.set_presence(workspace, meeting, seat, PRESENT)
    return meeting


def seat_of(workspace: Workspace, meeting: Entry, name: str) -> Seat:
    """Somebody's seat as it is now."""
    return next(seat for seat in seats(workspace.partnership, meeting.id, "fr") if seat.name == name)


def answers(workspace: Workspace, question: str, code: str) -> Entry:
    """The first partner takes a position."""
    part = workspace.guide.question(question).single
    field = part.field("level") if part is not None else None
    assert field is not None
    name = workspace.partnership.rows(WHO)[0].id
    choose(workspace, single_entry(workspace.partnership, question, (name,)), field, code)
    return single_entry(workspace.partnership, question, (name,))


def workspace_form(workspace: Workspace, question: str) -> Form:
    """The form of a question, asked of the first partner."""
    name = workspace.partnership.rows(WHO)[0].id
    return form_of(workspace.form_context, workspace.guide.question(question), name)


@pytest.mark.parametrize("code", MANDATES)
def test_a_mandate_stands_in_the_minutes_and_holds_at_the_next_meeting(workspace: Workspace, code: str) -> None:
    meeting = meeting_of(workspace)
    table_mandates.give_mandate(workspace, meeting, seat_of(workspace, meeting, MARIE), code)
    word = workspace.guide.choice("mandate", code, "fr")
    assert f"{MARIE}, directrice, {word}" in told(workspace, meeting)
    assert f"{workspace.guide.choice('mandate', code, 'en')}" in told(workspace, meeting, "en")
    meeting_edits.close_meeting(workspace, meeting)
    workspace.edit([Change(meeting.id, HELD, cell, "2026-01-14T18:00", "rows") for cell in ("on", "opened")])
    later = meeting_edits.open_meeting(workspace)
    assert seat_of(workspace, later, MARIE).mandate == code and not seat_of(workspace, later, DANIEL).mandate
    other = next(one for one in MANDATES if one != code)
    table_mandates.give_mandate(workspace, later, seat_of(workspace, later, MARIE), other)
    assert seat_of(workspace, later, MARIE).mandate == other
    assert seat_of(workspace, meeting, MARIE).mandate == code, "what was said at the earlier one stays"
    assert workspace.undo() and seat_of(workspace, later, MARIE).mandate == code


def test_who_stands_in_for_whom_is_told(workspace: Workspace) -> None:
    meeting = meeting_of(workspace)
    table_mandates.replace_person(workspace, meeting, seat_of(workspace, meeting, LUC), "marie tremblay")
    assert f"{LUC}, remplace {MARIE}" in told(workspace, meeting)
    assert f"stands in for {MARIE}" in told(workspace, meeting, "en")
    table_mandates.replace_person(workspace, meeting, seat_of(workspace, meeting, LUC), "")
    assert "remplace" not in told(workspace, meeting)


def test_nothing_of_it_is_said_where_nothing_was_noted(workspace: Workspace) -> None:
    meeting = meeting_of(workspace)
    said = told(workspace, meeting)
    assert all(workspace.guide.choice("mandate", code, "fr") not in said for code in MANDATES)


@pytest.mark.parametrize("question", POSITIONS)
def test_the_position_of_a_partner_stays_one_and_says_who_gave_it(workspace: Workspace, question: str) -> None:
    meeting = meeting_of(workspace)
    entry = answers(workspace, question, "agree")
    assert entry.get(GIVEN_BY) is None, "two could have given it: no rule picks one"
    table_mandates.give_mandate(workspace, meeting, seat_of(workspace, meeting, MARIE), DECIDES)
    entry = answers(workspace, question, "discuss")
    assert entry.get(GIVEN_BY) == dict(seat_of(workspace, meeting, MARIE).who)
    assert table_mandates.giver_words(workspace, entry) == f"{MARIE}, décide"
    table_mandates.note_giver(workspace, entry, seat_of(workspace, meeting, LUC))
    assert table_mandates.giver_words(workspace, single_entry(workspace.partnership, question, entry.subject)) == LUC
    told_there = [fact.text for fact in facts(workspace_form(workspace, question))]
    assert any(LUC in text for text in told_there), "the page of the question says it, line by line too"
    assert len([row for row in workspace.partnership.rows(question) if row.get("level")]) == 1
    meeting_edits.close_meeting(workspace, meeting)
    assert answers(workspace, question, "agree").get(GIVEN_BY) is None, "given elsewhere, nobody at the table gave it"


def test_a_position_taken_back_was_given_by_nobody_and_none_by_who_is_away(workspace: Workspace) -> None:
    meeting = meeting_of(workspace)
    marie, luc = (seat_of(workspace, meeting, name) for name in (MARIE, LUC))
    table_mandates.give_mandate(workspace, meeting, marie, DECIDES)
    entry = answers(workspace, POSITIONS[1], "agree")
    assert [one.value for one in table_mandates.giver_changes(workspace, entry, "discuss")] == [dict(marie.who)]
    of_a_sentence = Entry("except0000", POSITIONS[1], "exceptions", entry.subject)
    assert list(table_mandates.giver_changes(workspace, of_a_sentence, "disagree")) == []
    for nothing in (None, ""):
        assert [one.value for one in table_mandates.giver_changes(workspace, entry, nothing)] == [None]
    assert [seat.name for seat in table_mandates.may_give(workspace, marie.partner)] == [MARIE, LUC]
    meeting_edits.set_presence(workspace, meeting, luc, ABSENT)
    assert [seat.name for seat in table_mandates.may_give(workspace, marie.partner)] == [MARIE]


def test_who_observes_or_has_left_speaks_for_nobody(workspace: Workspace) -> None:
    meeting = meeting_of(workspace)
    marie, luc = (seat_of(workspace, meeting, name) for name in (MARIE, LUC))
    partner = marie.partner
    table_mandates.give_mandate(workspace, meeting, marie, OBSERVES)
    found = spokesperson(workspace.partnership, meeting.id, partner, "fr")
    assert found is not None and found.name == LUC
    table_mandates.give_mandate(workspace, meeting, luc, REPORTS)
    entry = answers(workspace, POSITIONS[1], "agree")
    assert table_mandates.giver_words(workspace, entry) == f"{LUC}, rapporte"
    meeting_edits.toggle_left(workspace, luc)
    assert spokesperson(workspace.partnership, meeting.id, partner, "fr") is None


def test_who_gave_a_position_is_private_and_in_no_minutes(workspace: Workspace) -> None:
    meeting = meeting_of(workspace)
    table_mandates.give_mandate(workspace, meeting, seat_of(workspace, meeting, MARIE), DECIDES)
    entry = answers(workspace, POSITIONS[1], "agree")
    assert not is_public(workspace.guide, workspace.partnership, entry, GIVEN_BY)
    assert told(workspace, meeting).count(MARIE) == 1


@pytest.mark.parametrize(
    ("text", "code"), [("décide", DECIDES), ("decides", DECIDES), ("rapporte", REPORTS), ("observ", OBSERVES)]
)
def test_a_mandate_is_read_in_either_language(workspace: Workspace, text: str, code: str) -> None:
    assert table_mandates.read_mandate(workspace, text) == code
    for wrong in ("", "chante"):
        with pytest.raises(BadValue):
            table_mandates.read_mandate(workspace, wrong)


def test_a_mandate_given_later_was_none_at_the_meeting_before(workspace: Workspace) -> None:
    meeting = meeting_of(workspace)
    meeting_edits.close_meeting(workspace, meeting)
    workspace.edit([Change(meeting.id, HELD, cell, "2026-01-14T18:00", "rows") for cell in ("on", "opened")])
    later = meeting_edits.open_meeting(workspace)
    table_mandates.give_mandate(workspace, later, seat_of(workspace, later, MARIE), DECIDES)
    assert not seat_of(workspace, meeting, MARIE).mandate and "décide" not in told(workspace, meeting)
    assert seat_of(workspace, later, MARIE).mandate == DECIDES
