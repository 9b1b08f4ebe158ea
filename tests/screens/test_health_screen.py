"""The page of the check of health: one partner's answer written down, nothing shown below three."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.caged import press
from tests.screens.opened import ORG, filled_store, opened, workspace_of
from tests.workspace.in_memory import Memory
from tui.partnership.health import health_answers, shares_answers
from tui.partnership.partners import WHO
from tui.partnership.values import Change
from tui.screens.health_screen import HealthAnswersScreen, HealthRoundScreen, HealthScreen
from tui.workspace.adoption import AdoptionOptions, record_adoption
from tui.workspace.health_check import asked_statements, note_health
from tui.workspace.workspace import Workspace


async def test_answer_is_written_down_and_nothing_shown(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await press(pilot, "escape")
        app.run_command("health")
        await pilot.pause()
        assert isinstance(app.screen, HealthScreen)
        assert "rien ne se montre" in app.screen.rows()[0].text
        await press(pilot, "enter")
        assert isinstance(app.screen, HealthAnswersScreen)
        await press(pilot, "enter", "down", "enter")
        given = health_answers(workspace_of(app).partnership, ORG)
        assert {name: row.get("answer") for name, row in given.items()} == {"ops.vision": "partly"}
        await press(pilot, "ctrl+z")
        assert not health_answers(workspace_of(app).partnership, ORG)
        assert not any(row.behind == "en partie" for row in app.screen.rows())
        await press(pilot, "ctrl+y")
        await press(pilot, "escape")
        assert "1 sur au moins 3" in app.screen.rows()[0].text


async def test_round_in_a_meeting_ends_in_a_point_and_another_text(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    third = {"name@fr": "Refuge", "status": "interested", "#order": "9"}
    store.save(store.list()[0].id, [Change("cccccccccc", WHO, c, v, "", ("cccccccccc",)) for c, v in third.items()])
    async with opened(store) as (app, pilot):
        workspace = workspace_of(app)
        record_adoption(workspace, store, AdoptionOptions(reason="essai"))
        await press(pilot, "escape")
        app.run_command("health")
        await pilot.pause()
        await press(pilot, "end", "enter")
        assert isinstance(app.screen, HealthRoundScreen)
        assert app.screen.heading() == "Bilan de santé, énoncé 1 sur 27"
        await press(pilot, "enter", "enter", "down", "enter", *["down"] * 2, "enter", "down", "enter", "enter")
        assert [row.behind for row in app.screen.rows() if row.act][:3] == ["oui", "pas encore", "oui"]
        await press(pilot, "down", "enter")
        assert "2 sur 27" in app.screen.heading()
        await press(pilot, "escape")
        assert app.screen.rows()[1].text.endswith("2 oui, 1 pas encore")
        await press(pilot, "home", "enter", "enter", *"Clinique; 1er mars 2030", "enter")
        (point,) = workspace.partnership.rows("extra.points", "rows")
        assert point.get("due") == "2030-03-01" and point.get("who") == {"partner": "bbbbbbbbbb"}
        assert workspace.adoption == "adopted", "a point for the table changes no word of the adopted text"
        assert "pas encore" not in repr(workspace.agreement) and "une phrase" not in repr(workspace.agreement)
        await press(pilot, "enter", "down", "enter")
        assert workspace.place.question == "gather.vision"


async def test_pages_to_be_filled_in_are_written_and_sharing_is_turned(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await press(pilot, "escape")
        app.run_command("health")
        await pilot.pause()
        await press(pilot, "end", "up", "enter")
        names = sorted(path.name for path in (tmp_path / "Entente").iterdir())
        assert len(names) == 6 and sum("sante-universite" in name for name in names) == 2
        await press(pilot, "home", "enter", "enter", "enter", "end", "enter")
        (row,) = health_answers(workspace_of(app).partnership, ORG).values()
        assert row.get("shared") is True
        await press(pilot, "enter")
        (row,) = health_answers(workspace_of(app).partnership, ORG).values()
        assert not row.get("shared")


@pytest.mark.parametrize("before", [None, False, True])
@pytest.mark.parametrize("aloud", [False, True])
def test_an_answer_counts_where_those_before_did_or_it_was_said_aloud(
    monkeypatch: pytest.MonkeyPatch, before: bool | None, aloud: bool
) -> None:
    told = Told("Ruche", "Pré")
    memory = Memory()
    memory.partnership = told.partnership
    workspace, ruche = Workspace(GUIDE, told.partnership, memory), told.ids["Ruche"]
    if before is not None:
        note_health(workspace, ruche, [(asked_statements()[3].id, "yes")], shared=before)
    page = HealthRoundScreen(workspace) if aloud else HealthAnswersScreen(workspace, ruche)
    monkeypatch.setattr(
        type(page), "app", SimpleNamespace(push_screen=lambda picker, take: take("partly")), raising=False
    )
    monkeypatch.setattr(page, "paint", lambda: None)
    next(row for row in page.rows() if row.act).act()  # type: ignore[misc]
    found = health_answers(workspace.partnership, ruche)
    (said,) = [row for row in found.values() if row.get("answer") == "partly"]
    assert bool(said.get("shared")) is bool(aloud or before)
    assert shares_answers(workspace.partnership, ruche) is (bool(before) or (aloud and before is None))


def test_each_statement_stands_once_on_a_page_and_once_in_a_round(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told("Ruche", "Pré")
    workspace = Workspace(GUIDE, told.partnership, Memory())
    words = [statement.words.get("fr") for statement in asked_statements()]
    page = HealthAnswersScreen(workspace, told.ids["Ruche"])
    assert sorted(row.text for row in page.rows() if row.behind) == sorted(words)
    turn = HealthRoundScreen(workspace)
    moved: list[int] = []
    monkeypatch.setattr(turn, "paint", lambda: None)
    monkeypatch.setattr(turn, "_go_to_row", moved.append)
    asked = []
    for _statement in words:
        asked.append(turn.rows()[0].text)
        turn.rows()[-2].act()  # type: ignore[misc]
    assert asked == words and turn.index == len(words) - 1, "behind the last one nothing is asked"
    for _statement in words:
        turn.rows()[-1].act()  # type: ignore[misc]
    assert turn.index == 0 and moved == [0] * 2 * len(words)
