"""The page of the answers: who is where, an answer noted by telephone, its mail, and the partner's word."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.caged import press
from tests.screens.opened import ORG, filled_store, opened, workspace_of
from tests.workspace.in_memory import Memory
from tui import i18n
from tui.app.app import EntenteApp
from tui.partnership.received_answers import RECEIVED
from tui.partnership.values import Change
from tui.screens.answers_screen import AwaitedScreen
from tui.screens.work_screen import WorkScreen
from tui.workspace.workspace import Workspace

CONSENSUS = "commit.consensus"


def lines(app: EntenteApp) -> list[str]:
    """What the page of the answers says."""
    assert isinstance(app.screen, AwaitedScreen)
    return [row.text.replace("\u00a0", " ") for row in app.screen.rows() if row.text]


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_answer_is_noted_by_telephone_told_back_and_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    store = filled_store(tmp_path / "s")
    cells = {"name@fr": "Solange Viau", "accountable": True, "#order": "5"}
    store.save(
        store.list()[0].id,
        [
            *(Change("person0000", "open.who", cell, value, "people", (ORG,)) for cell, value in cells.items()),
            Change(f"{CONSENSUS}:{ORG}", CONSENSUS, "level", "agree", "", (ORG,)),
        ],
    )
    async with opened(store, size=size) as (app, pilot):
        workspace = workspace_of(app)
        assert isinstance(app.screen, WorkScreen)
        position = workspace.partnership.entries[f"{CONSENSUS}:{ORG}"]
        workspace.set(position, "seen", dict(workspace.public.points))
        app.screen.go(workspace.place.__class__(CONSENSUS, ORG))
        await press(pilot, "escape", "#", "enter")
        (row,) = workspace.partnership.rows(RECEIVED, "rows")
        assert (row.get("said_by"), row.get("noted_by"), row.get("means")) == ("Solange Viau", "Marie", "telephone")
        await press(pilot, "A")
        assert lines(app)[0] == "À confirmer · 1"
        assert lines(app)[1].startswith("Université : ") and "au téléphone par Solange Viau" in lines(app)[1]
        await press(pilot, "enter", "down", "enter")
        made = list(tmp_path.rglob("*.eml"))
        assert len(made) == 1 and "Solange" in made[0].read_text(encoding="utf-8")
        await press(pilot, "enter", "enter")
        assert "Ont répondu · 1" in lines(app)
        await press(pilot, "escape", "u")
        assert workspace.partnership.entries[row.id].get("confirmed") is None


@pytest.mark.parametrize("plain", [(0, 0), (1, 0), (2, 1)])
def test_only_plain_yeses_are_offered_together(monkeypatch: pytest.MonkeyPatch, plain: tuple[int, ...]) -> None:
    i18n.use("fr")
    reviews: Any = [SimpleNamespace(plain=range(count), open=range(count + 2)) for count in plain]
    monkeypatch.setattr(AwaitedScreen, "app", SimpleNamespace())
    screen = AwaitedScreen(Workspace(GUIDE, Told("Collège").partnership, Memory()))
    monkeypatch.setattr(screen, "_reviews", lambda: reviews)
    offered = [row.text for row in screen.rows() if row.act == screen._show_plain_yeses]
    assert [text.rpartition(" · ")[2] for text in offered] == ([str(sum(plain))] if sum(plain) else [])
