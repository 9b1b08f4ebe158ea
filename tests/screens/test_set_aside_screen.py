"""Changes in a file that was set aside: when they are offered, what is told of them, and of a ruined partnership."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.partners import WHO
from tui.partnership.values import ORDER, REMOVED, Change
from tui.screens import set_aside_screen
from tui.screens.set_aside_screen import TakeOverScreen, offer_set_aside_after, show_readable, show_set_aside
from tui.store.set_aside_files import SetAsideFile
from tui.store.store_errors import StoreError
from tui.workspace.workspace import Workspace


def opened(*files: SetAsideFile, damaged: bool = False) -> tuple[Any, list[TakeOverScreen], Told]:
    """A program with an open partnership, the pages it shows, and what is told of the partnership."""
    told = Told("Ruche", "Pré")
    pages: list[TakeOverScreen] = []

    def set_aside_files(_partnership: str) -> tuple[SetAsideFile, ...]:
        if damaged:
            raise StoreError("x", "illisible")
        return files

    said: list[str] = []
    app = SimpleNamespace(said=said, say=said.append, push_screen=lambda page, take: pages.append(page), lang="fr")
    app.store = SimpleNamespace(set_aside_files=set_aside_files)
    app.workspace, app.guide = Workspace(GUIDE, told.partnership, Memory()), GUIDE
    return app, pages, told


def file_of(*changes: Change, edited: bool = True) -> SetAsideFile:
    """A file that was set aside and that says so."""
    return SetAsideFile(Path("/x/project.json.edited"), edited, "2026-11-28T10:00:00Z", changes)


def words_of(page: TakeOverScreen) -> str:
    """The text of a page."""
    text = "\n".join("".join(piece.text for piece in line) for line in page.text(70))
    return text.replace("\u00a0", " ")


CHANGE = Change("gather.vision", "gather.vision", "vision@fr", "un lieu ouvert")


@pytest.mark.parametrize("files", [(), (file_of(),), (file_of(), file_of(CHANGE))], ids=["none", "same", "other"])
@pytest.mark.parametrize("kind", ["", "edited", "damaged", "twin", "unsealed", "unread", "synced", "restored"])
def test_what_differs_is_offered_and_that_nothing_does_is_said_on_demand(
    files: tuple[SetAsideFile, ...], kind: str
) -> None:
    differs = any(file.changes for file in files)
    app, pages, _told = opened(*files)
    show_set_aside(app)
    assert (len(pages), len(app.said)) == ((1, 0) if differs else (0, 1))
    app, pages, _told = opened(*files)
    problem: Any = SimpleNamespace(kind=kind)
    offer_set_aside_after(app, [problem] if kind else [])
    assert len(pages) == (differs and kind not in ("", "restored")) and not app.said
    app, pages, _told = opened(damaged=True)
    show_set_aside(app)
    assert (pages, app.said) == ([], ["illisible"])


@pytest.mark.parametrize("edited", [True, False])
def test_each_change_stands_between_the_text_here_and_there_but_no_order(edited: bool) -> None:
    app, pages, told = opened()
    whom = told.ids["Pré"]
    moved = Change(whom, WHO, ORDER, "zz", "", (whom,))
    app.store.set_aside_files = lambda name: [file_of(moved, CHANGE, edited=edited)]
    show_set_aside(app)
    (page,) = pages
    assert ("hors du programme" in page.heading()) is edited
    text = words_of(page)
    assert "project.json.edited" in text and "un lieu ouvert" in text
    assert "Pré" not in text and "zz" not in text


def test_of_a_ruined_partnership_what_is_in_use_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    app, pages, told = opened()
    told.say("gather.vision", {"vision": "un lieu ouvert"})
    for text, gone in (("une salle", False), ("un four", True)):
        (row,) = told.say("open.contributions", {"text": text}, "Ruche", op="add")
        if gone:
            told.take(Change(row, "open.contributions", REMOVED, True, "rows", (told.ids["Ruche"],)))
    app.store.readable = lambda name: SimpleNamespace(partnership=told.partnership, unread=3)
    monkeypatch.setattr(set_aside_screen, "title", lambda guide, partnership, lang: "")
    show_readable(app, "aaaaaaaaaa", StoreError("x", "abîmé"))
    (page,) = pages
    text = words_of(page)
    assert page.heading() == "aaaaaaaaaa" and "abîmé" in text and "3 morceaux" in text
    assert "un lieu ouvert" in text and "une salle" in text and "un four" not in text
