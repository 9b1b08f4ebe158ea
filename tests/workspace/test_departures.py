"""A partner's departure: what the text and the letter say of it, and what stays private."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tui.partnership.partners import WHO
from tui.partnership.values import ORDER, Change
from tui.workspace.departures import Departure, departure_letter, departure_of, note_departure, publish_reason
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
    assert (found.day, found.notice, found.honoured, found.told) == ("2027-06-30", "2027-05-01", True, told)
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
