"""Tests of meetings: which one is open, who is late, who speaks for a partner, and who was there at a decision."""

from __future__ import annotations

from typing import Any

import pytest

from tests.partnership.told import Told
from tui.partnership.meetings import (
    ABSENT,
    ASIDE,
    DECIDES,
    DECISIONS,
    EXCUSED,
    HELD,
    MEETINGS,
    OBSERVES,
    PRESENCE,
    PRESENT,
    REPORTS,
    THERE,
    Seat,
    attendance_now,
    came_late,
    meeting_open_at,
    partners_there,
    seats,
    spokesperson,
)
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.values import Cell, Change, Entry, Value

OPENED = "2027-02-10T10:00:00-05:00"


def add(told: Told, row: str, part: str, cells: dict[str, Value]) -> None:
    told.take(*(Change(row, HELD, cell, value, part) for cell, value in cells.items()))


def at_the_table(**people: dict[str, Value]) -> Told:
    """A meeting m; each person of the Ruche with the cells of its row of presence."""
    told = Told("Ruche", "Nid")
    if people:
        told.say(WHO, {"people": [{"name": name} for name in people]}, "Ruche")
    add(told, "m", MEETINGS, {"opened": OPENED, "#order": "b"})
    for row, (name, cells) in zip(told.partnership.rows(WHO, PEOPLE), people.items(), strict=True):
        told.ids[name] = row.id
        add(told, f"seat{name}", PRESENCE, {"who": {"person": row.id}, "meeting": "m", **cells})
    return told


def here(**cells: Value) -> dict[str, Value]:
    return {"presence": PRESENT, **cells}


@pytest.mark.parametrize(
    ("at", "cells", "is_open"),
    [
        (OPENED, {}, True),
        ("2027-02-10T22:00:00-05:00", {}, True),
        ("2027-02-10T22:00:01-05:00", {}, False),  # nobody closed it
        ("2027-02-10T09:59:59-05:00", {}, False),
        ("2027-02-10T16:00:00+00:00", {}, True),
        (OPENED, {"closed": OPENED}, False),
        ("2027-02-10T10:00:00", {}, False),  # without a time zone nobody knows
        ("bientôt", {}, False),
    ],
)
def test_a_meeting_is_open_until_it_is_closed_or_half_a_day_passed(
    at: str, cells: dict[str, Value], is_open: bool
) -> None:
    told = at_the_table()
    add(told, "m", MEETINGS, {"place": "la salle", **cells})
    assert (meeting_open_at(told.partnership, at) is not None) is is_open


def test_of_two_open_meetings_the_later_one_runs() -> None:
    told = at_the_table()
    add(told, "n", MEETINGS, {"opened": "2027-02-10T11:00:00-05:00", "#order": "a"})
    found = meeting_open_at(told.partnership, "2027-02-10T12:00:00-05:00")
    assert found is not None and found.id == "n"


@pytest.mark.parametrize(
    ("came", "late"),
    [("10:09:59", False), ("10:10:00", True), ("11:00:00", True), ("09:00:00", False)],
)
def test_who_comes_ten_minutes_after_the_opening_is_late(came: str, late: bool) -> None:
    meeting = Entry("m", HELD, MEETINGS, (), {"opened": Cell(OPENED, 1)})
    assert came_late(meeting, Seat({}, "", "", came=f"2027-02-10T{came}-05:00")) is late
    assert not came_late(meeting, Seat({}, "", ""))


@pytest.mark.parametrize(
    ("zoe", "luc", "speaker"),
    [
        (here(), None, "Zoé"),
        (here(), here(), ""),  # two who could
        (here(mandate=DECIDES), here(), "Zoé"),
        (here(mandate=DECIDES), here(mandate=REPORTS), "Zoé"),
        (here(mandate=DECIDES), here(mandate=DECIDES), ""),
        (here(mandate=OBSERVES), here(), "Luc"),
        (here(mandate=OBSERVES), None, ""),
        (here(mandate=DECIDES, left=OPENED), here(), "Luc"),
        (here(left=OPENED), None, ""),
        ({"presence": ABSENT, "mandate": DECIDES}, here(), "Luc"),
        ({"presence": EXCUSED}, None, ""),
    ],
)
def test_one_person_who_is_there_speaks_for_a_partner(
    zoe: dict[str, Value], luc: dict[str, Value] | None, speaker: str
) -> None:
    told = at_the_table(Zoé=zoe, **({"Luc": luc} if luc else {}))
    found = spokesperson(told.partnership, "m", told.ids["Ruche"], "fr")
    assert (found.name if found else "") == speaker
    assert spokesperson(told.partnership, "m", told.ids["Nid"], "fr") is None


def test_a_mandate_holds_from_the_last_meeting_before_and_not_from_a_later_one() -> None:
    told = at_the_table(Zoé=here())
    assert [seat.mandate for seat in seats(told.partnership, "m", "fr")] == ["", ""]
    for meeting, opened, mandate in (
        ("l", "2027-01-10", REPORTS),
        ("k", "2026-12-10", OBSERVES),
        ("n", "2027-03-10", DECIDES),
    ):
        add(told, meeting, MEETINGS, {"opened": f"{opened}T10:00:00-05:00"})
        who: dict[str, Any] = {"who": {"person": told.ids["Zoé"]}, "meeting": meeting, "mandate": mandate}
        add(told, f"seat{meeting}", PRESENCE, who)
    mandates = {meeting: seats(told.partnership, meeting, "fr")[0].mandate for meeting in "klmn"}
    assert mandates == {"k": OBSERVES, "l": REPORTS, "m": REPORTS, "n": DECIDES}
    add(told, "seatgone", PRESENCE, {"who": {"person": told.ids["Zoé"]}, "meeting": "gone", "mandate": DECIDES})
    assert seats(told.partnership, "m", "fr")[0].mandate == REPORTS, "a meeting that was removed gives no mandate"
    add(told, "seatZoé", PRESENCE, {"mandate": OBSERVES})
    assert seats(told.partnership, "m", "fr")[0].mandate == OBSERVES


def test_a_decision_keeps_who_is_there_apart_from_who_stands_aside_and_who_left() -> None:
    told = at_the_table(Zoé=here(), Luc=here(stands_aside=True), Ann=here(left=OPENED), Max={"presence": EXCUSED})
    found = attendance_now(told.partnership, "m")
    assert found == {THERE: [told.ids["Zoé"]], ASIDE: [told.ids["Luc"]]}


@pytest.mark.parametrize("status", [None, "declined", "withdrawn"])
def test_of_those_there_the_partners_that_still_take_part_count(status: str | None) -> None:
    told = at_the_table(Zoé=here())
    ids: list[Value] = [told.ids["Zoé"], told.ids["Nid"], "guest00000"]
    add(told, "d", DECISIONS, {"text@fr": "on commence", THERE: {"who": ids}})
    if status:
        told.say(WHO, {"status": status}, "Ruche")
    expected = {told.ids["Nid"], *([] if status else [told.ids["Ruche"]])}
    assert partners_there(told.partnership, told.partnership.entries["d"]) == expected


@pytest.mark.parametrize("marked", [False, True])
def test_a_partner_noted_without_names_has_a_seat_until_one_of_its_people_is_marked(marked: bool) -> None:
    told = at_the_table(Ann=here() if marked else {}, Zoé={})
    add(told, "seatRuche", PRESENCE, {"who": {"partner": told.ids["Ruche"]}, "meeting": "m", **here()})
    found = [(seat.name, seat.mark) for seat in seats(told.partnership, "m", "fr")]
    people = [("Ann", PRESENT if marked else ""), ("Zoé", "")]
    own = [] if marked else [("", PRESENT)]
    assert found == [*people, *own, ("", "")], "the Nid has no people: it has a seat itself"


def test_a_mandate_is_that_of_the_latest_meeting_whatever_the_order_of_the_rows() -> None:
    told = at_the_table(Ann={})
    who = {"person": told.ids["Ann"]}
    for meeting, on, mandate in (("m2", "2027-02-01", OBSERVES), ("m1", "2027-01-01", DECIDES)):
        add(told, meeting, MEETINGS, {"opened": f"{on}T10:00:00-05:00", "#order": "a"})
        row = {"who": who, "meeting": meeting, "mandate": mandate, "#order": f"{meeting == 'm1':d}"}
        add(told, f"seat{meeting}", PRESENCE, row)
    (ann,) = (seat for seat in seats(told.partnership, "m", "fr") if seat.name == "Ann")
    assert ann.mandate == OBSERVES
