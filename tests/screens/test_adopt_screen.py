"""The page of an adoption: what stands in the way, its date, its resolution, the reason to adopt all the same."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.caged import press
from tests.screens.opened import filled_store, opened
from tests.workspace.in_memory import Memory
from tui.partnership.versions import read_versions
from tui.screens import adopt_screen
from tui.screens.adopt_screen import AdoptScreen
from tui.workspace.adoption import AdoptionOptions
from tui.workspace.adoption_obstacles import Obstacle
from tui.workspace.workspace import Workspace


async def test_what_stands_in_the_way_is_told_and_a_reason_is_kept(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        workspace = app.workspace
        assert workspace is not None
        await press(pilot, "escape", "Y")
        seen = "\n".join(row.text for row in app.screen.rows())  # type: ignore[attr-defined]
        assert "Ce qui s'y oppose" in seen and "n'a pas répondu" in seen and "Adopter quand même" in seen
        assert "Ce sera la version 1." in seen
        await press(pilot, "down", "down", "down", "down", "enter")
        assert not workspace.partnership.setting("adopted"), "nothing is adopted without a reason"
        await press(pilot, "up", "up", "up", "up", "enter", *"CA-7", "enter")
        await press(pilot, "down", "enter", *["backspace"] * 30, *"2026-11-20", "enter")
        await press(pilot, "down", "down", "enter", *"assez", "enter", "down", "enter", "down", "enter")
        mark = workspace.partnership.setting("adopted")
        assert (mark["on"], mark["number"], mark["resolution"]) == ("2026-11-20", 1, "CA-7")
        (version,) = read_versions(store.versions(workspace.partnership.id))
        assert (version.date, version.reason, version.resolution) == ("2026-11-20", "assez", "CA-7")
        text = json.dumps(version.snapshots["fr"], ensure_ascii=False).replace("\u00a0", " ")
        assert "Version 1, adoptée le 20 novembre 2026, résolution n° CA-7." in text


WAITS = (Obstacle("La Clinique n'a pas répondu.", "commit.consensus", "b" * 10),)


def unseen(monkeypatch: pytest.MonkeyPatch, answer: str | None, waits: tuple[Obstacle, ...]) -> tuple[Any, list[Any]]:
    """The page with what stands in the way, seen by nobody, each question answered so; and what it does."""
    done: list[Any] = []
    monkeypatch.setattr(adopt_screen, "obstacles", lambda workspace: waits)
    monkeypatch.setattr(adopt_screen, "version_number_words", lambda workspace, store: "")
    monkeypatch.setattr(adopt_screen, "ask_text", lambda app, window, title, take, **how: take(answer))
    monkeypatch.setattr(AdoptScreen, "app", SimpleNamespace(store=None, push_screen=lambda screen, take: take(answer)))
    monkeypatch.setattr(AdoptScreen, "paint", lambda page: None)
    monkeypatch.setattr(AdoptScreen, "say_to_room", lambda page, text: done.append("refused"))
    monkeypatch.setattr(AdoptScreen, "_record", lambda page: done.append("adopted"))
    monkeypatch.setattr(AdoptScreen, "to_field", lambda page, *place: done.append(place))
    return AdoptScreen(Workspace(GUIDE, Told("Collège").partnership, Memory())), done


@pytest.mark.parametrize(
    ("answer", "waits", "reason", "done"),
    [
        ("yes", (), "", ["adopted"]), ("no", (), "", []), (None, (), "", []), ("yes", WAITS, "", ["refused"]),
        ("yes", WAITS, "assez attendu", ["adopted"]), ("no", WAITS, "assez attendu", []),
    ],
)  # fmt: skip
def test_a_text_is_adopted_once_it_is_confirmed_and_explained(
    monkeypatch: pytest.MonkeyPatch, answer: str | None, waits: tuple[Obstacle, ...], reason: str, done: list[str]
) -> None:
    page, found = unseen(monkeypatch, answer, waits)
    page.reason = reason
    next(row for row in page.rows() if row.style == "strong").act()
    assert found == done


def test_enter_goes_to_the_partner_who_stands_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    page, found = unseen(monkeypatch, None, WAITS)
    page.rows()[-1].act()
    assert found == [("commit.consensus", "b" * 10)]


@pytest.mark.parametrize(("answer", "kept"), [(" ", None), (None, Path("texte.docx"))])
def test_an_emptied_path_means_the_text_as_it_stands(
    monkeypatch: pytest.MonkeyPatch, answer: str | None, kept: Path | None
) -> None:
    page, _found = unseen(monkeypatch, answer, ())
    page.file = Path("texte.docx")
    page._ask_file()
    assert page.file == kept


def kept_typing(monkeypatch: pytest.MonkeyPatch, module: Any, text: str) -> list[tuple[str, bool]]:
    """Each dialog of the page is answered with `text`; what is done with its kept typing comes into this list."""
    done: list[tuple[str, bool]] = []

    def ask(_app: Any, window: str, _title: str, take: Any, **_how: Any) -> SimpleNamespace:
        done.append((window, take(text)))
        return SimpleNamespace(done=lambda: done.append((window, True)))

    monkeypatch.setattr(module, "ask_text", ask)
    return done


@pytest.mark.parametrize("adopted", [False, True])
def test_what_is_typed_is_kept_until_the_text_is_adopted(monkeypatch: pytest.MonkeyPatch, adopted: bool) -> None:
    page, _done = unseen(monkeypatch, "yes", WAITS)
    done = kept_typing(monkeypatch, adopt_screen, "2027-01-05")
    monkeypatch.setattr(adopt_screen, "read_paper", Path)
    monkeypatch.setattr(adopt_screen, "typed_path", lambda text, what: text)
    monkeypatch.setattr(AdoptScreen, "_record", lambda page: adopted)
    rows = [row for row in page.rows() if row.act]
    for row in rows[:4]:
        row.act()
    said = [("adopt.resolution", False), ("adopt.date", True), ("adopt.file", False), ("adopt.reason", False)]
    assert done == said, "the day alone is known once it is typed"
    rows[4].act()
    kept = [(window, True) for window, is_done in said if not is_done]
    assert done == said + (kept if adopted else [])


@pytest.mark.parametrize("refused", [False, True])
def test_each_fact_of_an_adoption_is_recorded(monkeypatch: pytest.MonkeyPatch, refused: bool) -> None:
    recorded: list[AdoptionOptions] = []

    def record(_workspace: Workspace, _store: object, options: AdoptionOptions) -> None:
        recorded.append(options)
        if refused:
            raise OSError("disque plein")

    said: list[str] = []
    monkeypatch.setattr(adopt_screen, "record_adoption", record)
    app = SimpleNamespace(store=None, say=said.append, repaint=lambda: None)
    monkeypatch.setattr(AdoptScreen, "app", app)
    page = AdoptScreen(Workspace(GUIDE, Told("Collège").partnership, Memory()))
    monkeypatch.setattr(page, "dismiss", lambda result: said.append("left"))
    page.resolution, page.reason, page.day, page.file = "CA-7", "assez", "2027-01-05", Path("texte.docx")
    assert page._record() is not refused
    assert recorded == [AdoptionOptions("2027-01-05", "CA-7", "assez", Path("texte.docx"))]
    assert len(said) == (1 if refused else 2) and ("left" in said) is not refused
