"""Tests of calls with a partner: their order, the last real contact, what is to be done after a call."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.counted_calls import counted_calls
from tests.partnership.told import GUIDE, Told
from tui.partnership.call_sheet import call_sheet, points_for_call
from tui.partnership.calls import (
    BY_ANSWER,
    BY_CALL,
    BY_MEETING,
    OUTCOMES,
    SPOKE,
    Contact,
    calls_of,
    last_contacts,
    next_steps,
    row_of_note,
)
from tui.partnership.due import AFTER_CALL, DueItem, due, due_words, without_private
from tui.partnership.privacy import published
from tui.partnership.received_answers import noted_changes
from tui.partnership.values import Change

DAY = "2027-02-10"


def called(told: Told, partner: str, **cells: Any) -> None:
    """Note a call with a partner."""
    told.say("note.calls", cells, partner, op="add")


def due_of(told: Told, day: str = DAY) -> tuple[DueItem, ...]:
    """What is due of a told partnership on a day."""
    public = published(GUIDE, told.partnership)
    return due(told.partnership, public.view, public.answers, day, "")


def contacts(told: Told) -> dict[str, Contact]:
    """The last contact of each partner by its name."""
    found = last_contacts(told.partnership, DAY)
    return {name: found[known] for name, known in told.ids.items() if known in found}


def test_last_call_comes_first_and_has_the_present_note() -> None:
    told = Told("Clinique")
    called(told, "Clinique", on="2027-01-05", text="offre une salle", outcome="spoke", caller="Ida", called="Solange")
    called(told, "Clinique", on="2027-02-01", outcome="message")
    called(told, "Clinique", on="2027-02-03", outcome="spoke")
    told.say("note.call", {"text": "Solange signe", "on": "2027-02-03"}, "Clinique")
    found = calls_of(told.partnership, told.ids["Clinique"], "fr")
    assert [(call.on, call.outcome, call.text) for call in found] == [
        ("2027-02-03", "spoke", "Solange signe"),
        ("2027-02-01", "message", ""),
        ("2027-01-05", "spoke", "offre une salle"),
    ]
    assert (found[-1].caller, found[-1].called) == ("Ida", "Solange")


def test_note_of_another_day_is_a_call_of_its_own() -> None:
    told = Told("Clinique")
    called(told, "Clinique", on="2027-02-03", outcome="spoke")
    told.say("note.call", {"text": "offre une salle", "on": "2027-01-05"}, "Clinique")
    found = calls_of(told.partnership, told.ids["Clinique"], "fr")
    assert [(call.on, call.text) for call in found] == [("2027-02-03", ""), ("2027-01-05", "offre une salle")]


def test_words_of_a_noted_call_go_to_it_when_the_next_note_comes_by_answer() -> None:
    told = Told("Clinique")
    called(told, "Clinique", on="2027-01-05", outcome="spoke", called="Solange")
    told.say("note.call", {"text": "offre une salle", "on": "2027-01-05"}, "Clinique")
    told.say("note.call", {"text": "signe", "on": "2027-02-05"}, "Clinique")
    (row,) = told.partnership.rows("note.calls", "rows")
    assert (row.text("text", "fr"), row.text("called", "fr"), row.get("on")) == (
        "offre une salle", "Solange", "2027-01-05",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("calls", "owner"),
    [
        ([("spoke", ""), ("spoke", "")], 1), ([("spoke", ""), ("message", "")], 0), ([("message", ""), ("", "")], 1),
        ([("spoke", ""), ("spoke", "déjà noté")], 0), ([("spoke", "déjà noté")], None),
    ],
)  # fmt: skip
def test_note_of_a_day_belongs_to_its_last_call_without_words(calls: list[tuple[str, str]], owner: int | None) -> None:
    told = Told("Clinique")
    for outcome, text in calls:
        cells = {"outcome": outcome, "text": text}
        called(told, "Clinique", on=DAY, **{name: value for name, value in cells.items() if value})
    told.say("note.call", {"text": "Solange signe", "on": DAY}, "Clinique")
    rows = told.partnership.rows("note.calls", "rows")
    found = row_of_note(told.partnership, told.ids["Clinique"], DAY)
    assert found is (rows[owner] if owner is not None else None)


def test_note_that_was_taken_out_is_no_call() -> None:
    told = Told("Clinique")
    told.say("note.call", {"text": "Solange signe", "on": DAY}, "Clinique")
    partner = told.ids["Clinique"]
    assert len(calls_of(told.partnership, partner, "fr")) == 1
    told.take(Change(f"note.call:{partner}", "note.call", "#removed", True, "", (partner,)))
    assert calls_of(told.partnership, partner, "fr") == ()


@pytest.mark.parametrize(("on", "days"), [("2027-02-01", 9), (DAY, 0), ("2027-02", 0), ("2027-01", 10)])
def test_days_since_a_contact_are_never_below_none(on: str, days: int) -> None:
    assert Contact(on, BY_CALL).days_until(DAY) == days


@pytest.mark.parametrize(
    ("cells", "is_open"),
    [
        ({"next": "rappeler"}, True), ({"next_on": "2027-03-01"}, True), ({}, False),
        ({"next": "rappeler", "came": "partly"}, True), ({"next": "rappeler", "came": "done"}, False),
    ],
)  # fmt: skip
def test_step_after_a_call_is_open_until_what_came_of_it_closes_it(cells: dict[str, str], is_open: bool) -> None:
    told = Told("Clinique")
    called(told, "Clinique", on="2027-01-05", outcome="spoke")
    (row,) = told.partnership.rows("note.calls", "rows")
    told.take(*(Change(row.id, "note.calls", cell, value, "rows", row.subject) for cell, value in cells.items()))
    assert bool(list(next_steps(told.partnership))) is is_open


def test_message_left_is_no_contact() -> None:
    told = Told("Clinique")
    for outcome in ("message", "wrong", "no_answer"):
        called(told, "Clinique", on="2027-02-01", outcome=outcome, text="rappellera")
    assert contacts(told) == {}
    called(told, "Clinique", on="2027-01-20", outcome="spoke")
    assert contacts(told) == {"Clinique": Contact("2027-01-20", BY_CALL)}
    assert contacts(told)["Clinique"].days_until(DAY) == 21


def test_answer_that_came_and_meeting_attended_are_contacts() -> None:
    told = Told("Clinique", "Collège", "ACSM")
    told.say("open.who", {"people": [{"name": "Nadia"}]}, "Collège")
    nadia = told.partnership.rows("open.who", "people")[0].id
    told.take(*noted_changes(told.partnership, "answer0000", told.ids["Clinique"], {"on": "2027-02-02"}))
    cells = {"#order": "5", "on": "2027-02-04", "opened": "2027-02-04T10:00:00-05:00"}
    told.take(*(Change("meeting000", "meeting.held", cell, value, "rows") for cell, value in cells.items()))
    for number, (who, mark) in enumerate((({"person": nadia}, "present"), ({"partner": told.ids["ACSM"]}, "absent"))):
        seat = {"#order": str(number), "who": who, "presence": mark, "meeting": "meeting000"}
        told.take(*(Change(f"seat00000{number}", "meeting.held", cell, value, "presence")
                    for cell, value in seat.items()))  # fmt: skip
    assert contacts(told) == {
        "Clinique": Contact("2027-02-02", BY_ANSWER), "Collège": Contact("2027-02-04", BY_MEETING),
    }  # fmt: skip


def test_next_step_is_due_until_its_outcome_is_noted_and_told_to_nobody() -> None:
    told = Told("Clinique")
    called(told, "Clinique", on="2027-01-05", outcome="spoke", next="rappeler Solange", next_on="2027-02-03")
    called(told, "Clinique", on="2027-01-06", outcome="spoke", next="envoyer le bilan")
    found = [item for item in due_of(told) if item.kind == AFTER_CALL]
    assert [item.date for item in found] == ["2027-02-03", ""]
    assert due_words(GUIDE, told.partnership, found[0], "fr") == "Suite d'un appel : rappeler Solange (Clinique)"
    assert without_private(found) == ()
    told.say("note.calls", {"came": "done"}, row=found[0].about)
    assert [item.date for item in due_of(told) if item.kind == AFTER_CALL] == [""]


def meeting_attended(told: Told, partner: str, on: str, **cells: str) -> None:
    """Note that a partner was present at a meeting; `cells` are further cells of that meeting."""
    rows: dict[tuple[str, str], dict[str, object]] = {
        ("meeting000", "rows"): {"on": on, **cells},
        ("seat000000", "presence"): {"who": {"partner": partner}, "presence": "present", "meeting": "meeting000"},
    }
    for (row, part), values in rows.items():
        told.take(*(Change(row, "meeting.held", cell, value, part) for cell, value in values.items()))


def reach(told: Told, way: str, on: str) -> None:
    """Reach the Clinique on a day by a call, an answer or a meeting."""
    clinique = told.ids["Clinique"]
    if way == BY_CALL:
        called(told, "Clinique", on=on, outcome="spoke")
    elif way == BY_ANSWER:
        told.take(*noted_changes(told.partnership, "answer0000", clinique, {"on": on}))
    else:
        meeting_attended(told, clinique, on, opened="2027-01-05T10:00:00-05:00")


@pytest.mark.parametrize("way", [BY_CALL, BY_ANSWER, BY_MEETING])
@pytest.mark.parametrize(
    ("on", "counts"),
    [("2027-02-09", True), (DAY, True), ("2027-02-11", False), ("2027-01", True), ("2027-02", False), ("2027", False)],
)
def test_a_contact_counts_once_its_last_day_has_come(way: str, on: str, counts: bool) -> None:
    told = Told("Clinique")
    reach(told, way, on)
    assert contacts(told) == ({"Clinique": Contact(on, way)} if counts else {})


@pytest.mark.parametrize("way", [BY_CALL, BY_ANSWER, BY_MEETING])
@pytest.mark.parametrize("status", ["declined", "withdrawn"])
def test_who_left_was_not_reached_whichever_way(way: str, status: str) -> None:
    told = Told("Clinique", "Collège")
    reach(told, way, "2027-01-05")
    assert set(contacts(told)) == {"Clinique"}
    told.say("open.who", {"status": status}, "Clinique")
    assert contacts(told) == {}


def test_a_meeting_that_was_not_opened_reached_nobody() -> None:
    told = Told("Clinique")
    meeting_attended(told, told.ids["Clinique"], "2027-01-05")
    assert contacts(told) == {}


@pytest.mark.parametrize("status", ["declined", "withdrawn"])
def test_nothing_is_kept_to_be_done_or_said_with_who_left(status: str) -> None:
    told = Told("Clinique", "Collège")
    for name, partner in told.ids.items():
        called(told, name, on="2027-01-05", outcome="spoke", next="rappeler")
        (point,) = told.say("extra.points", {"text": "leur salle"}, op="add")
        told.take(Change(point, "extra.points", "for_call", partner, "rows"))
    told.say("open.who", {"status": status}, "Clinique")
    assert [row.subject for row in next_steps(told.partnership)] == [(told.ids["Collège"],)]
    counts = {name: len(points_for_call(told.partnership, partner)) for name, partner in told.ids.items()}
    assert counts == {"Clinique": 0, "Collège": 1}


_DATES = st.dates(date(2026, 1, 1), date(2027, 12, 31)).map(str)
_CALLS = st.lists(
    st.fixed_dictionaries({"on": _DATES}, optional={"outcome": st.sampled_from(OUTCOMES), "text": st.just("salle")}),
    max_size=6,
)


@given(_CALLS)
def test_each_call_stands_once_and_the_contact_is_one_of_them(noted: list[dict[str, str]]) -> None:
    told = Told("Clinique")
    for cells in noted:
        called(told, "Clinique", **cells)
    found = calls_of(told.partnership, told.ids["Clinique"], "fr")
    assert sorted(call.on for call in found) == sorted(cells["on"] for cells in noted)
    assert [call.on for call in found] == sorted((call.on for call in found), reverse=True)
    reached = [call.on for call in found if call.has_reached_somebody and call.on <= DAY]
    contact = contacts(told).get("Clinique")
    assert (contact.on if contact else "") == max(reached, default="")


@pytest.mark.parametrize("state", ["to_confirm", "to_discuss", "not_applicable"])
def test_what_waits_to_be_confirmed_is_still_to_be_asked(state: str) -> None:
    told = Told("Clinique")
    told.say("open.contributions", {"text": "prêter une salle", "state": "confirmed"}, "Clinique", op="add")
    told.state("open.contributions", state, "Clinique")
    sheet = call_sheet(GUIDE, told.partnership, told.ids["Clinique"], DAY, "fr")
    asked = "open.contributions" in {question.id for question in sheet.to_ask}
    assert asked is (state != "not_applicable")


def with_calls(partners: int) -> Told:
    """A partnership in which each partner was called twelve times, and each call has a next step."""
    told = Told(*(f"Partenaire {number}" for number in range(partners)))
    changes = []
    for at, partner in enumerate(told.ids.values()):
        for number in range(12):
            row, on = f"c{at:04}{number:05}", (date(2026, 1, 1) + timedelta(days=number * 20)).isoformat()
            cells = {
                "#order": f"{at:03}{number:03}",
                "on": on,
                "outcome": SPOKE,
                "text@fr": "salle " * 60,
                "next@fr": "x",
            }
            changes += [Change(row, "note.calls", cell, value, "rows", (partner,)) for cell, value in cells.items()]
    told.take(*changes)
    return told


@pytest.mark.slow
def test_last_contacts_and_next_steps_cost_the_same_a_partner() -> None:
    def cost(told: Told, partners: int) -> int:
        def read() -> None:
            assert len(last_contacts(told.partnership, DAY)) == partners
            assert len(list(next_steps(told.partnership))) == 12 * partners

        read()  # what is worked out once for a partnership
        return counted_calls(read)

    assert cost(with_calls(40), 40) < 1.5 * 4 * cost(with_calls(10), 10)


def test_page_before_a_call_costs_the_same_a_partner() -> None:
    def cost(partners: int) -> int:
        told = Told(*(f"Partenaire {number}" for number in range(partners)))
        for name in told.ids:
            told.say("open.contributions", {"text": "prêter une salle " * 20, "state": "confirmed"}, name, op="add")
            called(told, name, on="2027-01-05", outcome="spoke", text="salle " * 600, next="rappeler")

        def read() -> None:
            sheet = call_sheet(GUIDE, told.partnership, told.ids["Partenaire 7"], DAY, "fr")
            assert sheet.contact == Contact("2027-01-05", BY_CALL) and len(sheet.steps) == 1

        read()
        return counted_calls(read)

    assert cost(40) < 1.5 * 4 * cost(10)


def test_page_before_a_call_says_what_was_promised_answered_and_is_still_to_be_asked() -> None:
    told = Told("Clinique", "Collège")
    told.say("open.contributions", {"text": "prêter une salle", "state": "confirmed"}, "Clinique", op="add")
    told.say("commit.win_win", {"receives": [{"text": "deux stagiaires"}]}, "Clinique")
    told.say("commit.funding", {"source": "Fonds du soir", "recipients": "Clinique"}, op="add")
    told.say("commit.funding", {"source": "Autre fonds", "recipients": "Collège"}, op="add")
    told.say("open.history", {"note": "fâchés en 2015"}, "Clinique")
    (point,) = told.say("extra.points", {"text": "leur salle"}, op="add")
    told.take(Change(point, "extra.points", "for_call", told.ids["Clinique"], "rows"))
    sheet = call_sheet(GUIDE, told.partnership, told.ids["Clinique"], DAY, "fr")
    assert [row.text("text", "fr") or row.text("source", "fr") for row in sheet.promised] == [
        "deux stagiaires", "Fonds du soir",
    ]  # fmt: skip
    assert len(sheet.answered) == 1 and "prêter une salle" in sheet.answered[0].words
    asked = {question.id for question in sheet.to_ask}
    assert "open.contributions" not in asked and "open.involvement" in asked and "open.history" not in asked
    assert [row.id for row in sheet.points] == [point]
    assert "2015" not in repr(sheet)
