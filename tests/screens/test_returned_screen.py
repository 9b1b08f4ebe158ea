"""A text that came back, on the screen: one difference at a time, decided by a letter, taken back by another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from tests.partnership.told import GUIDE
from tests.screens.opened import shown, workspace_of
from tests.workspace.returns import edited
from tui.agreement.compose import Composer
from tui.app.app import EntenteApp
from tui.comparison.returned_diff import CHANGED, REMARK
from tui.comparison.returned_match import MatchedText
from tui.export.formats import render
from tui.screens import returned_screen
from tui.screens.returned_screen import ReturnedScreen, _read_returned
from tui.settings import Settings
from tui.store import open_store
from tui.text.widths import width
from tui.workspace.samples import samples
from tui.workspace.workspace import Workspace


@asynccontextmanager
async def came_back(folder: Path, size: tuple[int, int]) -> AsyncIterator[tuple[EntenteApp, Pilot[None]]]:
    """The first example, whose Word file came back with two changes, laid beside today's text."""
    store = open_store(folder / "store")
    name = store.import_document(samples()[0].document)
    app = EntenteApp(store, Settings(), name)

    def change(text: str) -> str:
        return text.replace("Soutenir les", "Soutenir tous les").replace("15. Accord des", "15. Oui des")

    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        came = folder / "retour.docx"
        came.write_bytes(edited(render(workspace_of(app).agreement, "docx").data, change, "Marie Tremblay"))
        await pilot.press("escape", "ampersand")
        await pilot.pause()
        app.post_message(events.Paste(str(came)))
        await pilot.press("tab")
        await app.workers.wait_for_complete()
        await pilot.pause()
        yield app, pilot


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_differences_are_decided_one_by_one(tmp_path: Path, size: tuple[int, int]) -> None:
    async with came_back(tmp_path, size) as (app, pilot):
        workspace = workspace_of(app)
        assert isinstance(app.screen, ReturnedScreen)
        assert "1 sur 2" in shown(app, "head") and "retour.docx" in shown(app, "head")
        assert "{+ tous+}" in shown(app, "sheet") and "Marie Tremblay" in shown(app, "sheet")
        assert "Vision" in shown(app, "sheet") and "A accepter" in shown(app, "foot")
        await pilot.press("a")
        assert "Soutenir tous les" in str(workspace.partnership.entries["gather.vision"].cells["goal@fr"].value)
        assert "Elle ne vient d'aucun champ" in shown(app, "sheet") and "A accepter" not in shown(app, "foot")
        await pilot.press("p")
        assert "Tout est décidé." in shown(app, "sheet") and "1 acceptée" in shown(app, "sheet")
        points = [row.text("text", "fr") for row in workspace.partnership.rows("extra.points", "rows")]
        assert any("Oui des partenaires" in text for text in points)
        await pilot.press("u", "u")
        assert "Soutenir tous" not in str(workspace.partnership.entries["gather.vision"].cells["goal@fr"].value)
        assert "1 sur 2" in shown(app, "head")
        await pilot.press("escape")
        assert not isinstance(app.screen, ReturnedScreen)


@pytest.mark.slow
async def test_a_long_difference_is_read_to_its_end(tmp_path: Path) -> None:
    async with came_back(tmp_path, (80, 8)) as (app, pilot):
        await pilot.press("down", "x")
        assert app.screen.query_one("#sheet").scroll_offset.y == 1


@pytest.mark.slow
async def test_accepting_the_rest_shows_what_it_does_and_asks(tmp_path: Path) -> None:
    async with came_back(tmp_path, (80, 24)) as (app, pilot):
        workspace = workspace_of(app)

        def goal() -> str:
            return str(workspace.partnership.entries["gather.vision"].cells["goal@fr"].value)

        await pilot.press("t")
        told = shown(app, "sheet").replace("\u00a0", " ")
        assert "1 différence serait acceptée" in told and "{+ tous+}" in told and "Vision" in told
        assert "1 vous est laissée" in told and "tous" not in goal()
        await pilot.press("a")
        assert "tous" not in goal()
        await pilot.press("escape")
        assert isinstance(app.screen, ReturnedScreen) and "1 sur 2" in shown(app, "head")
        await pilot.press("t", "t")
        assert "Soutenir tous" in goal() and "1 sur 1" in shown(app, "head")
        await pilot.press("u")
        assert "tous" not in goal()


@pytest.mark.slow
@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_no_line_is_wider_than_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    async with came_back(tmp_path, size) as (app, pilot):
        for key in ("right", "t", "escape"):
            await pilot.press(key)
            assert all(width(line) <= size[0] for line in shown(app, "sheet").split("\n"))


def test_a_pasted_line_longer_than_a_file_name_is_read_as_a_text(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    name = store.import_document(samples()[0].document)
    workspace = Workspace(GUIDE, store.load(name), store)
    said: list[str] = []
    app: Any = SimpleNamespace(
        workspace=workspace, store=store, say=said.append, call_from_thread=lambda act, *words: act(*words)
    )
    typing: Any = None  # what is no text of ours leaves it as it is
    _read_returned(app, "Une phrase qui ne vient pas de nous. " * 10, typing)
    (answer,) = said
    assert answer.startswith("Rien de cette entente"), answer


@pytest.mark.parametrize("kind", [CHANGED, REMARK])
@pytest.mark.parametrize("after", ["des mots", ""])
@pytest.mark.parametrize("letter", "arpft")
def test_each_letter_decides_as_it_says(monkeypatch: pytest.MonkeyPatch, letter: str, after: str, kind: str) -> None:
    done: list[str] = []

    def act(name: str) -> Any:
        return lambda item: done.append(name)

    names = {"a": "accept", "r": "refuse", "p": "set_aside", "f": "make_article"}
    review: Any = SimpleNamespace(notes=False, open=["a difference"], **{name: act(name) for name in names.values()})
    screen = ReturnedScreen(review, "retour.docx")
    difference: Any = SimpleNamespace(after=after, kind=kind)
    screen.decide(letter, difference)
    becomes_article = bool(after) and kind != REMARK
    assert done == ([names[letter]] if letter in names and (letter != "f" or becomes_article) else [])
    assert screen.confirms_all is (letter == "t"), "the rest is shown before it is accepted"


@pytest.mark.parametrize("left", [0, 1])
def test_what_was_pasted_is_kept_until_all_is_decided(monkeypatch: pytest.MonkeyPatch, left: int) -> None:
    done: list[str] = []
    review = SimpleNamespace(open=range(left))
    monkeypatch.setattr(returned_screen, "review_of", lambda *what, **more: review)
    monkeypatch.setattr(returned_screen, "ReturnedScreen", lambda review, title: "page")
    app: Any = SimpleNamespace(say=lambda text: None, push_screen=lambda page, finish: finish(None))
    app.page = SimpleNamespace(refresh_in_place=lambda: None)
    matched: Any = MatchedText((), Composer(GUIDE).agreement(samples()[0].partnership, "fr"), None)
    typed: Any = [SimpleNamespace(done=lambda: done.append("done"))]
    workspace: Any = SimpleNamespace(lang="fr", partnership=samples()[0].partnership)
    returned_screen._show_differences(app, workspace, matched, None, "retour.txt", b"", typed)
    assert done == ([] if left else ["done"])
