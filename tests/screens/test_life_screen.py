"""The page of a sentence's life: from the question and the document, and what of it may be shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.journeys.test_case_one import screen_text, write
from tests.partnership.told import GUIDE, Told
from tests.screens.test_meeting_screen import changes
from tests.workspace.in_memory import Memory
from tui.app.app import EntenteApp
from tui.screens.life_screen import LifeScreen
from tui.settings import Settings
from tui.store import Author, Store
from tui.workspace.workspace import Workspace


async def test_one_key_tells_where_a_sentence_comes_from(tmp_path: Path) -> None:
    told = Told("Université", "Clinique")
    told.say("gather.vision", {"vision": "une oreille pour tous"})
    told.say("commit.consensus", {"level": "agree"}, "Clinique")
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    store.create(list(changes(told)))
    app = EntenteApp(store, Settings(lang="fr", clipboard="none"), store.list()[0].id)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen: Any = app.screen
        screen.go(replace(screen.workspace.place, question="gather.vision", slot="gather.vision/vision"))
        await write(pilot, "escape", "_")
        assert isinstance(app.screen, LifeScreen)
        shown = screen_text(app).replace("\u00a0", " ")
        assert "1 oui à ces mots : Clinique" in shown and "Pas encore de oui à ces mots : Université" in shown
        await write(pilot, "p")
        shown = screen_text(app).replace("\u00a0", " ")
        assert "1 oui à ces mots" in shown and "Clinique" not in shown and "Université" not in shown
        await write(pilot, "escape")
        assert not isinstance(app.screen, LifeScreen)


@pytest.mark.parametrize(
    ("version", "entry", "to"), [("v1", "", "versions"), ("", "", "Collège"), ("", "gone", "Collège")]
)
def test_enter_opens_the_versions_or_the_place_of_a_step(
    monkeypatch: pytest.MonkeyPatch, version: str, entry: str, to: str
) -> None:
    told = Told("Collège")
    done: list[Any] = []
    monkeypatch.setattr(LifeScreen, "app", SimpleNamespace(run_command=done.append))
    monkeypatch.setattr(LifeScreen, "dismiss", lambda page, answer: None)
    monkeypatch.setattr(LifeScreen, "to_field", lambda page, question, partner, entry, field: done.append(partner))
    life: Any = SimpleNamespace(entry=told.partnership.rows("open.who")[0])
    step: Any = SimpleNamespace(version=version, entry=entry)
    LifeScreen(Workspace(GUIDE, told.partnership, Memory()), life)._opener(step)()
    assert done == [told.ids.get(to, to)]
