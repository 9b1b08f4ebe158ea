"""A partner's departure: what the text and the letter say of it, and what stays private."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tui.partnership.field_kinds import BadValue
from tui.partnership.outcomes import outcomes
from tui.partnership.partners import LEFT_AS, PEOPLE, WHO, WITHDRAWN, people
from tui.partnership.values import ORDER, Change, Entry
from tui.text.dates import format_date
from tui.workspace.departures import (
    DEPARTURES,
    DUTIES,
    ROWS,
    Departure,
    departure_letter,
    departure_of,
    leaving_partner,
    note_departure,
    open_roles,
    person_named,
    person_of_any_partner,
    person_roles,
    publish_reason,
    replace_person,
    role_words,
    settle_role,
)
from tui.workspace.workspace import Workspace

LEAVING, STAYING = "partner000", "partner001"
WHY = "zanzibar"  # the reason


@pytest.fixture
def workspace() -> Workspace:
    """Two partners, the first of whom has a commitment of each state."""
    store = Memory()
    changes = []
    for at, name in enumerate((LEAVING, STAYING)):
        cells = {ORDER: f"a{at}", "name@fr": f"Organisme {at}", "status": "committed"}
        changes += [Change(name, WHO, cell, value, "", (name,)) for cell, value in cells.items()]
    for state in GUIDE.choices["contribution_state"]:
        cells = {ORDER: state, "text@fr": f"offre {state}", "state": state}
        changes += [
            Change(f"offer-{state}"[:10].ljust(10, "0"), "open.contributions", cell, value, "rows", (LEAVING,))
            for cell, value in cells.items()
        ]
    store.save("", changes)
    return Workspace(GUIDE, store.partnership, store)


@pytest.mark.parametrize("told", [False, True])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_reason_of_a_departure_is_told_with_leave_alone(workspace: Workspace, lang: str, told: bool) -> None:
    workspace.doc_lang = lang
    leaving = Departure(LEAVING, "2027-06-30", "2027-05-01", True, WHY, told, "le solde revient", "détruites")
    note_departure(workspace, leaving)
    letter = departure_letter(workspace, leaving, "Marie")
    assert (WHY in letter.body, WHY in repr(workspace.view)) == (told, told)
    assert "le solde revient" in letter.body and "détruites" in letter.body and letter.body.endswith("Marie\n")
    assert WHY in repr(workspace.partnership), "the facilitator knows it"
    found = departure_of(workspace.partnership, LEAVING)
    assert (found.day, found.notice, found.honoured, found.is_reason_public) == ("2027-06-30", "2027-05-01", True, told)
    publish_reason(workspace, leaving)
    assert WHY in repr(workspace.view)
    bare = replace(leaving, notice="", money="", data="", reason="")
    assert len(departure_letter(workspace, bare).body) < len(letter.body)


@pytest.mark.parametrize("status", ["prospective", "contacted", "interested", "committed", "signatory"])
def test_the_letter_tells_what_becomes_of_public_promises_alone(workspace: Workspace, status: str) -> None:
    workspace.edit([Change(LEAVING, WHO, "status", status, "", (LEAVING,))])
    leaving = Departure(LEAVING, "2027-06-30")
    note_departure(workspace, leaving)
    body, view = departure_letter(workspace, leaving).body, repr(workspace.view)
    told = [state for state in GUIDE.choices["contribution_state"] if f"offre {state}" in body]
    assert told == [state for state in ("confirmed", "accepted") if f"offre {state}" in view]


@pytest.mark.parametrize("status", ["prospective", "contacted", "interested", "committed", "signatory"])
def test_a_departure_noted_again_is_the_same_brought_up_to_date(workspace: Workspace, status: str) -> None:
    workspace.edit([Change(LEAVING, WHO, "status", status, "", (LEAVING,))])
    note_departure(workspace, Departure(LEAVING, "2027-06-30", "2027-05-01", honoured=False))
    note_departure(workspace, Departure(LEAVING, "2027-07-31", money="le solde revient"))
    entry = workspace.partnership.entries[LEAVING]
    assert (entry.get("status"), entry.get(LEFT_AS)) == (WITHDRAWN, status), "what it was is not forgotten"
    assert len(workspace.partnership.rows(DEPARTURES, ROWS)) == 1
    found = departure_of(workspace.partnership, LEAVING)
    assert found == Departure(LEAVING, "2027-07-31", "2027-05-01", honoured=False, money="le solde revient")


@pytest.mark.parametrize("new, key", [(None, "leaving_open"), ("", "leaving_dropped"), (STAYING, "leaving_goes_to")])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_letter_tells_what_becomes_of_each_promise(
    workspace: Workspace, lang: str, new: str | None, key: str
) -> None:
    workspace.doc_lang = lang
    note_departure(workspace, Departure(LEAVING, "2027-06-30"))
    (role,) = (role for role in open_roles(workspace, LEAVING) if role.entry == "offer-conf")
    if new is not None:
        settle_role(workspace, role, LEAVING, new)
    body = departure_letter(workspace, Departure(LEAVING, "2027-06-30")).body
    told = "– " + GUIDE.word(key, lang, text="offre confirmed", name="Organisme 1")
    assert told.replace("'", "’") in body.splitlines()


def joined(workspace: Workspace, partner: str, row: str, name: str, *duties: str) -> Entry:
    """Add a person to a partner, and return the row."""
    cells = {ORDER: row, "name": name, **dict.fromkeys(duties, True)}
    workspace.edit([Change(row, WHO, cell, value, PEOPLE, (partner,)) for cell, value in cells.items()])
    return workspace.partnership.entries[row]


@pytest.mark.parametrize("new, row", [("Ida", "ida0000000"), ("IDA ", "ida0000000"), ("Zoé", ""), ("Luc", "")])
@pytest.mark.parametrize("duties", [(), ("signs",), ("accountable",), DUTIES])
def test_duties_go_to_the_person_of_that_name_at_the_partner(
    workspace: Workspace, duties: tuple[str, ...], new: str, row: str
) -> None:
    old = joined(workspace, LEAVING, "max0000000", "Max", *duties)
    joined(workspace, LEAVING, "ida0000000", "Ida")
    joined(workspace, STAYING, "luc0000000", "Luc")
    assert tuple(role.field for role in person_roles(workspace, old)) == tuple(
        duty for duty in DUTIES if duty in duties
    )
    replace_person(workspace, old, new)
    here = {person.id: person for person in people(workspace.partnership, LEAVING)}
    assert old.id not in here
    taker = [person for person in here.values() if (person.id == row if row else person.get("name") == new)]
    given = {person.id: [duty for duty in DUTIES if person.get(duty)] for person in here.values()}
    if duties:
        assert [given.pop(person.id) for person in taker] == [[duty for duty in DUTIES if duty in duties]]
    assert not any(given.values())
    (luc,) = people(workspace.partnership, STAYING)
    assert not any(luc.get(duty) for duty in DUTIES), "who is of another partner keeps to it"


def fact_lines(leaving: Departure, lang: str) -> dict[str, str]:
    """The line of the letter that each fact of a departure makes."""
    return {
        "notice": GUIDE.word("leaving_notice", lang, date=format_date("2027-05-01", lang)),
        "reason": GUIDE.word("leaving_reason", lang, text=WHY),
        "money": GUIDE.word("leaving_money", lang, text="le solde revient"),
        "data": GUIDE.word("leaving_data", lang, text="détruites"),
    }


@pytest.mark.parametrize("facts", list(product((False, True), repeat=5)))
def test_the_letter_has_a_line_for_each_fact_that_is_known(workspace: Workspace, facts: tuple[bool, ...]) -> None:
    given: dict[str, Any] = {"notice": "2027-05-01", "reason": WHY, "money": "le solde revient", "data": "détruites"}
    names, told = [name for name, is_given in zip(given, facts, strict=False) if is_given], facts[-1]
    leaving = Departure(LEAVING, "2027-06-30", is_reason_public=told, **{name: given[name] for name in names})
    body = departure_letter(workspace, leaving).body.replace("\u2019", "'")
    lines = {name: line.replace("\u2019", "'") in body for name, line in fact_lines(leaving, "fr").items()}
    assert lines == {name: name in names and (name != "reason" or told) for name in given}


@pytest.mark.parametrize("status", ["prospective", "committed"])
def test_the_letter_speaks_of_commitments_and_names_where_it_may(workspace: Workspace, status: str) -> None:
    workspace.edit([Change(LEAVING, WHO, "status", status, "", (LEAVING,))])
    head = GUIDE.word("leaving_commitments", "fr").replace("\u2019", "'")
    leaving = Departure(LEAVING, "2027-06-30")
    letter = departure_letter(workspace, leaving)
    assert head in letter.body.replace("\u2019", "'")
    assert ("Organisme 0" in letter.subject + letter.body) is (status == "committed")
    rows = workspace.partnership.rows("open.contributions", "rows")
    workspace.edit([Change(row.id, row.question, "#removed", True, row.part, row.subject) for row in rows])
    assert head not in departure_letter(workspace, leaving).body.replace("\u2019", "'"), "nothing was promised"


def test_each_departure_has_its_own_row(workspace: Workspace) -> None:
    note_departure(workspace, Departure(LEAVING, "2027-06-30", money="le solde revient"))
    note_departure(workspace, Departure(STAYING, "2027-07-31", data="détruites"))
    found = [departure_of(workspace.partnership, name) for name in (LEAVING, STAYING)]
    assert [(one.day, one.money, one.data) for one in found] == [
        ("2027-06-30", "le solde revient", ""), ("2027-07-31", "", "détruites"),
    ]  # fmt: skip


def test_a_role_of_several_goes_on_without_the_one_that_leaves(workspace: Workspace) -> None:
    shared = {"ids": [LEAVING, STAYING], "group": ""}
    workspace.edit([Change("offer-acce", "open.contributions", "partners", shared, "rows", (LEAVING,))])
    (role,) = (role for role in open_roles(workspace, LEAVING) if role.entry == "offer-acce")
    settle_role(workspace, role, LEAVING, "")
    assert workspace.partnership.entries["offer-acce"].get("partners")["ids"] == [STAYING]
    assert outcomes(workspace.partnership) == {}, "what others go on with is not dropped"


@pytest.mark.parametrize(("status", "may_leave"), [("declined", False), (WITHDRAWN, False), ("contacted", True)])
def test_only_who_takes_part_can_leave(workspace: Workspace, status: str, may_leave: bool) -> None:
    workspace.edit([Change(LEAVING, WHO, "status", status, "", (LEAVING,))])
    if may_leave:
        assert leaving_partner(workspace.partnership, "Organisme 0") == LEAVING
        return
    with pytest.raises(BadValue, match="Organisme 0"):
        leaving_partner(workspace.partnership, "Organisme 0")


def test_a_person_is_named_by_id_where_two_have_one_name(workspace: Workspace) -> None:
    first = joined(workspace, LEAVING, "ida0000000", "Ida")
    assert (
        person_named(workspace.partnership, LEAVING, "IDA")
        == person_of_any_partner(workspace.partnership, "ida")
        == first
    )
    for owner, row in ((STAYING, "ida0000001"), (LEAVING, "ida0000002")):
        joined(workspace, owner, row, "Ida")
        with pytest.raises(BadValue):
            person_of_any_partner(workspace.partnership, "Ida")
    with pytest.raises(BadValue):
        person_named(workspace.partnership, LEAVING, "Ida")
    assert person_named(workspace.partnership, STAYING, "Ida").id == "ida0000001"
    assert person_named(workspace.partnership, LEAVING, "ida0000002").id == "ida0000002"


@pytest.mark.parametrize("duty", DUTIES)
def test_a_duty_in_words_names_nobody(workspace: Workspace, duty: str) -> None:
    person = joined(workspace, LEAVING, "max0000000", "Max", duty)
    (role,) = person_roles(workspace, person)
    part = GUIDE.question(WHO).part(PEOPLE)
    field = part.field(duty) if part is not None else None
    assert field is not None and role_words(workspace, role) == field.label.get("fr")


@pytest.mark.parametrize(("screen", "document"), [("fr", "en"), ("en", "fr")])
def test_the_letter_is_in_the_language_of_the_document(workspace: Workspace, screen: str, document: str) -> None:
    workspace.lang, workspace.doc_lang = screen, document
    body = departure_letter(workspace, Departure(LEAVING, "2027-06-30")).body
    assert body.startswith(GUIDE.word("letter_hello", document)) and "30" in body
    assert not body.startswith(GUIDE.word("letter_hello", screen))
