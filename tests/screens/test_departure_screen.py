"""The page of a departure: noted by keyboard, its roles handed over, and all of it undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.caged import press
from tests.screens.opened import ORG, filled_store, opened, workspace_of
from tests.workspace.in_memory import Memory
from tui.partnership.partners import find_partner
from tui.partnership.values import Change
from tui.screens import departure_screen
from tui.screens.departure_screen import DepartureScreen
from tui.workspace.workspace import Workspace


async def test_departure_is_noted_and_its_roles_handed_over(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    lead = {"#order": "5", "partner": ORG, "mandate@fr": "coordonner"}
    store.save(store.list()[0].id, [Change("leadleadle", "gather.lead", cell, lead[cell], "rows") for cell in lead])
    async with opened(store) as (app, pilot):
        workspace = workspace_of(app)
        await press(pilot, "escape")
        app.run_command("leave")
        await pilot.pause()
        assert isinstance(app.screen, DepartureScreen)
        await press(pilot, *["down"] * 3, "enter", *"raison", "enter", *["down"] * 4, "enter")
        one = find_partner(workspace.partnership, ORG)
        assert one is not None and one.status == "withdrawn" and one.entry.get("status_reason@fr") == "raison"
        await press(pilot, "end", "enter", "enter")
        row = workspace.partnership.entry("leadleadle")
        assert row is not None and row.get("partner") == "bbbbbbbbbb"
        assert "Il ne reste rien à régler." in [each.text for each in app.screen.rows()]
        await press(pilot, "home", *["down"] * 5, "enter", *"au collège", "enter", "down", "down", "enter")
        (noted,) = workspace.partnership.rows("follow.departures", "rows")
        assert noted.get("money@fr") == "au collège"
        again = find_partner(workspace.partnership, ORG)
        assert again is not None and again.status == "withdrawn" and again.entry.get("left_as") == "interested"
        await press(pilot, "escape", "u", "u", "u")
        again = find_partner(workspace.partnership, ORG)
        assert again is not None and again.status == "interested"


def unseen(monkeypatch: pytest.MonkeyPatch) -> tuple[DepartureScreen, Told]:
    """The page of the first of three partners, seen by nobody."""
    told = Told("Collège", "Clinique", "Gîte", status="committed")
    workspace = Workspace(GUIDE, told.partnership, Memory())
    monkeypatch.setattr(DepartureScreen, "app", SimpleNamespace(say=lambda text: None))
    screen = DepartureScreen(workspace, told.ids["Collège"])
    monkeypatch.setattr(screen, "paint", lambda: None)
    return screen, told


@pytest.mark.parametrize("chosen", ["Clinique", "-", "#field", None])
def test_a_role_goes_to_who_is_chosen_to_nobody_or_stays(monkeypatch: pytest.MonkeyPatch, chosen: str | None) -> None:
    screen, told = unseen(monkeypatch)
    chosen_id = told.ids.get(chosen or "", chosen)
    monkeypatch.setattr(DepartureScreen, "app", SimpleNamespace(push_screen=lambda dialog, take: take(chosen_id)))
    settled: list[Any] = []
    gone: list[Any] = []
    monkeypatch.setattr(departure_screen, "role_words", lambda workspace, role: "le pilotage")
    monkeypatch.setattr(departure_screen, "settle_role", lambda workspace, *what: settled.append(what))
    monkeypatch.setattr(screen, "to_field", lambda *place: gone.append(place))
    role: Any = SimpleNamespace(question="gather.lead", entry="lead", field="partner")
    screen._role_asker(role)()
    leaving = told.ids["Collège"]
    taken = {"Clinique": [(role, leaving, chosen_id)], "-": [(role, leaving, "")]}
    assert settled == taken.get(chosen or "", [])
    assert gone == ([("gather.lead", "", "lead", "partner")] if chosen == "#field" else [])


def test_whether_the_notice_was_honoured_goes_from_unknown_to_yes_to_no(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, _told = unseen(monkeypatch)
    found = []
    for _time in range(4):
        found.append(screen.departure.honoured)
        screen._next_honoured()
    assert found == [None, True, False, None]


@pytest.mark.parametrize(
    ("typed", "day", "notice"),
    [("", "2027-06-30", ""), ("2027-07-31", "2027-07-31", "2027-07-31"), (None, "2027-06-30", "2027-05-01"),
     ("bientôt", "2027-06-30", "2027-05-01")],
)  # fmt: skip
def test_a_day_that_is_emptied_stays_and_a_notice_goes(
    monkeypatch: pytest.MonkeyPatch, typed: str | None, day: str, notice: str
) -> None:
    screen, _told = unseen(monkeypatch)
    screen.departure = replace(screen.departure, day="2027-06-30", notice="2027-05-01")
    monkeypatch.setattr(departure_screen, "ask_text", lambda app, window, title, take, text: take(typed))
    screen._ask_day()
    screen._ask_notice()
    assert (screen.departure.day, screen.departure.notice) == (day, notice)
