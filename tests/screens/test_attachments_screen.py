"""The page of the annexes: a title and a file attach a paper, Enter on one changes it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.opened import filled_store, opened, shown, workspace_of
from tests.workspace.in_memory import Memory
from tui.partnership.attachments import attachments
from tui.screens import attachments_screen
from tui.screens.attachments_screen import AttachmentsScreen
from tui.settings import Settings
from tui.workspace.workspace import Workspace


@pytest.mark.slow
async def test_attached_by_keyboard_and_put_in_order(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    file = tmp_path / "b.csv"
    file.write_text("un", encoding="utf-8")
    async with opened(store, Settings(output=str(tmp_path / "out")), (80, 24)) as (app, pilot):
        await pilot.press("escape", "f2", *"annexes du", "enter")
        await pilot.pause()
        assert isinstance(app.screen, AttachmentsScreen)
        for title in ("Budget", "Carte"):
            await pilot.press("end")
            if title == "Carte":
                await pilot.press("up")
            await pilot.press("enter")
            await pilot.pause()
            await pilot.press(*title, "enter")
            await pilot.pause()
            await pilot.press(*str(file), "enter")
            await pilot.pause()
        assert "1. Budget" in shown(app, "sheet") and "2. Carte" in shown(app, "sheet")
        await pilot.press("home", "down", "enter")
        await pilot.pause()
        await pilot.press(*"une place plus haut", "enter")
        await pilot.pause()
        kept = [row.text("what", "fr") for row in attachments(workspace_of(app).partnership)]
        await pilot.press("end", "enter")
        await pilot.pause()
    assert kept == ["Carte", "Budget"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["annexe-1-carte.csv", "annexe-2-budget.csv"]


def unseen(monkeypatch: pytest.MonkeyPatch, chosen: str | None, *typed: str | None) -> tuple[Any, list[Any]]:
    """The page of three annexes, seen by nobody, this chosen of each menu and these words typed; what it does."""
    told = Told("Ruche")
    for title in ("Un", "Deux", "Trois"):
        told.say("follow.attachments", {"what": title, "on": "2026-11-03"}, op="add")
    memory = Memory()
    memory.partnership = told.partnership
    done: list[Any] = []
    words = iter(typed)

    def note(name: str) -> Any:
        return lambda workspace, store, *what: done.append((name, *what))

    monkeypatch.setattr(attachments_screen, "ask_text", lambda app, window, title, take, **how: take(next(words)))
    monkeypatch.setattr(attachments_screen, "read_paper", Path)
    monkeypatch.setattr(attachments_screen, "typed_path", lambda text, title: text)
    monkeypatch.setattr(attachments_screen, "replace_copy", note("replaced"))
    monkeypatch.setattr(attachments_screen, "attach", note("attached"))
    app = SimpleNamespace(store=None, say=done.append, save=lambda: None)
    app.push_screen = lambda picker, take: take(chosen)
    monkeypatch.setattr(AttachmentsScreen, "app", app)
    monkeypatch.setattr(AttachmentsScreen, "paint", lambda page: None)
    return AttachmentsScreen(Workspace(GUIDE, told.partnership, memory)), done


@pytest.mark.parametrize(
    ("action", "titles"),
    [
        ("up", ["Deux", "Un", "Trois"]), ("down", ["Un", "Trois", "Deux"]), ("out", ["Un", "Trois"]),
        ("title", ["Un", "Nouveau", "Trois"]), ("file", ["Un", "Deux", "Trois"]), (None, ["Un", "Deux", "Trois"]),
    ],
)  # fmt: skip
def test_what_is_chosen_of_an_annex_is_done_to_it_alone(
    monkeypatch: pytest.MonkeyPatch, action: str | None, titles: list[str]
) -> None:
    page, done = unseen(monkeypatch, action, "Nouveau")
    second = attachments(page.workspace.partnership)[1]
    page.rows()[1].act()
    assert [row.text("what", "fr") for row in attachments(page.workspace.partnership)] == titles
    assert done == ([("replaced", second, Path("Nouveau"))] if action == "file" else [])


@pytest.mark.parametrize(
    ("typed", "attached"),
    [
        (("Carte", "carte.pdf"), [("attached", "Carte", Path("carte.pdf"))]), (("Carte", " "), []),
        (("Carte", None), []), ((" ",), []), ((None,), []),
    ],
)  # fmt: skip
def test_a_paper_is_attached_once_its_title_and_file_are_known(
    monkeypatch: pytest.MonkeyPatch, typed: tuple[str | None, ...], attached: list[Any]
) -> None:
    page, done = unseen(monkeypatch, None, *typed)
    next(row for row in page.rows() if row.style == "accent").act()
    assert done == attached


def test_copies_can_be_written_where_one_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    page, _done = unseen(monkeypatch, None)
    assert len([row for row in page.rows() if row.act]) == 4
    page.workspace.set(attachments(page.workspace.partnership)[2], "file_hash", "f" * 64)
    assert len([row for row in page.rows() if row.act]) == 5


@pytest.mark.parametrize("action", ["title", "file"])
@pytest.mark.parametrize("typed", [None, "", "  "])
def test_no_words_change_nothing_of_an_annex(monkeypatch: pytest.MonkeyPatch, action: str, typed: str | None) -> None:
    page, done = unseen(monkeypatch, action, typed)
    page.rows()[1].act()
    assert [row.text("what", "fr") for row in attachments(page.workspace.partnership)] == ["Un", "Deux", "Trois"]
    assert done == []
