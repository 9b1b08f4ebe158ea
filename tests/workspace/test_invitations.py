"""The calendar entry of an invitation: where and when, in the language of who is invited."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.partners import WHO
from tui.workspace.invitations import invitation_files
from tui.workspace.workspace import Workspace


@pytest.mark.parametrize("screen", ["fr", "en"])
@pytest.mark.parametrize(("own", "place"), [("fr", "Salle bleue"), ("en", "Blue room")])
def test_the_place_is_told_in_the_language_of_who_is_invited(own: str, place: str, screen: str) -> None:
    told = Told("Ruche", status="committed")
    told.say(WHO, {"people": [{"name": "Ida", "accountable": True, "language": own}]}, "Ruche")
    where = {"fr": "Salle bleue", "en": "Blue room"}
    (row,) = told.say("meeting.held", {"rows": [{"on": "2027-02-03", "hour": "18 h 30", "place": where}]})
    workspace = Workspace(GUIDE, told.partnership, Memory())
    workspace.lang = screen
    files = {file.name: file.make for file in invitation_files(workspace, told.partnership.entries[row])}
    entry = files["ruche.ics"]().data.decode()
    assert f"LOCATION:{place}" in entry and "20270203T183000" in entry
