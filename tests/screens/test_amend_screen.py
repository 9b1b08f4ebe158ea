"""The page of an amendment: why there is none, what it does, and its adoption by keyboard."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.caged import press
from tests.screens.opened import filled_store, opened, workspace_of
from tests.workspace.in_memory import Memory
from tui.partnership.field_kinds import BadValue
from tui.partnership.versions import read_versions
from tui.screens import amend_screen
from tui.screens.amend_screen import AmendScreen, LetterScreen
from tui.screens.versions_screen import ReadOnlyScreen
from tui.workspace.adoption import AdoptionOptions, record_adoption
from tui.workspace.workspace import Workspace


async def test_amendment_is_read_and_adopted(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        workspace = workspace_of(app)
        await press(pilot, "escape", "|")
        assert "Aucun texte n'est encore adopté" in app.screen.rows()[0].text  # type: ignore[attr-defined]
        await press(pilot, "escape")
        record_adoption(workspace, store, AdoptionOptions(reason="essai"))
        entry = workspace.partnership.entry("aaaaaaaaaa")
        assert entry is not None
        workspace.set(entry, "role@fr", "hôte")
        await press(pilot, "|")
        assert isinstance(app.screen, AmendScreen)
        assert "remplacé" in app.screen.rows()[1].text
        await press(pilot, "down", "down", "enter", *"essai", "escape")
        assert "—" in app.screen.rows()[5].text
        await press(pilot, "enter", "enter", "down", "enter")
        assert isinstance(app.screen, ReadOnlyScreen)
        await press(pilot, "escape", "end", "up", "up", "enter")
        assert isinstance(app.screen, LetterScreen)
        told = [row.text.replace("\u00a0", " ") for row in app.screen.rows()]
        assert "Avant :" in told and "Après :" in told and any("hôte" in line for line in told)
        await press(pilot, "escape", "end", "enter", "down", "enter")
        last = read_versions(store.versions(workspace.partnership.id))[-1]
        assert last.amendment["number"] == 1 and workspace.adoption == "adopted"


def unseen(monkeypatch: pytest.MonkeyPatch, answer: str | None) -> tuple[Any, list[Any]]:
    """The page, seen by nobody, each question answered so; and what it does."""
    done: list[Any] = []

    def ask(_app: Any, window: str, _title: str, take: Any, **_how: Any) -> SimpleNamespace:
        done.append((window, take(answer)))
        return SimpleNamespace(done=lambda: done.append((window, "done")))

    def refuse(*_facts: Any) -> None:
        raise BadValue("rien à modifier")

    monkeypatch.setattr(amend_screen, "ask_text", ask)
    monkeypatch.setattr(amend_screen, "amendment_to_make", refuse)
    app = SimpleNamespace(store=None, push_screen=lambda screen, take: take(answer), say=done.append)
    app.repaint = lambda: None
    monkeypatch.setattr(AmendScreen, "app", app)
    monkeypatch.setattr(AmendScreen, "paint", lambda page: None)
    monkeypatch.setattr(AmendScreen, "dismiss", lambda page, result: done.append("left"))
    return AmendScreen(Workspace(GUIDE, Told("Collège", "Gîte").partnership, Memory())), done


@pytest.mark.parametrize(
    ("answer", "effect", "words"),
    [
        ("2027-01-05", "2027-01-05", "2027-01-05"), ("", "", ""), (" ", "", ""), (None, "", "avant"),
        ("jamais", "2026-12-01", "jamais"),
    ],
)  # fmt: skip
def test_a_fact_of_an_amendment_is_typed_and_emptied_again(
    monkeypatch: pytest.MonkeyPatch, answer: str | None, effect: str, words: str
) -> None:
    page, done = unseen(monkeypatch, answer)
    page.effect_on, page.resolution, page.reason = "2026-12-01", "avant", "avant"
    page._ask_effect()
    page._ask_resolution()
    page._ask_reason()
    assert (page.effect_on, page.resolution, page.reason) == (effect, words, words)
    taken = [fact for fact in done if isinstance(fact, tuple)]
    assert taken == [("amend.effect", answer != "jamais"), ("amend.resolution", False), ("amend.reason", False)]


@pytest.mark.parametrize("answer", ["yes", "no", None])
@pytest.mark.parametrize("refused", [False, True])
def test_an_amendment_is_recorded_with_its_facts_once_it_is_confirmed(
    monkeypatch: pytest.MonkeyPatch, answer: str | None, refused: bool
) -> None:
    page, done = unseen(monkeypatch, answer)
    monkeypatch.setattr(amend_screen, "amendment_to_make", lambda *facts: facts[2:])
    recorded: list[Any] = []

    def adopt(_workspace: Workspace, _store: object, amendment: Any, options: AdoptionOptions) -> None:
        recorded.append((amendment, options))
        if refused:
            raise OSError("disque plein")

    monkeypatch.setattr(amend_screen, "adopt_amendment", adopt)
    monkeypatch.setattr(amend_screen, "adopted_words", lambda amendment: "adopté")
    page._ask_resolution()
    page._ask_reason()
    page.resolution, page.reason, page.effect_on, page.joiner = "CA-8", "assez", "2027-01-05", "p" * 10
    done.clear()
    page._adopt()
    facts = (("2027-01-05", "p" * 10), AdoptionOptions(resolution="CA-8", reason="assez"))
    assert recorded == ([facts] if answer == "yes" else [])
    finished = [("amend.resolution", "done"), ("amend.reason", "done")]
    assert [fact for fact in done if isinstance(fact, tuple)] == (finished if answer == "yes" and not refused else [])
    assert ("left" in done) is (answer == "yes" and not refused)


@pytest.mark.parametrize(("answer", "joiner"), [("#text", ""), ("p" * 10, "p" * 10), (None, "avant00000")])
def test_who_joins_is_chosen_or_the_text_alone_changes(
    monkeypatch: pytest.MonkeyPatch, answer: str | None, joiner: str
) -> None:
    page, _done = unseen(monkeypatch, answer)
    monkeypatch.setattr(amend_screen, "joiners", lambda workspace, store: (("p" * 10, "Gîte"),))
    page.joiner = "avant00000"
    page._ask_joiner()
    assert page.joiner == joiner


@pytest.mark.parametrize("adoption", ["draft", "adopted", "changed"])
@pytest.mark.parametrize("may", [False, True])
def test_who_joins_is_asked_only_of_a_text_that_changed(
    monkeypatch: pytest.MonkeyPatch, adoption: str, may: bool
) -> None:
    page, _done = unseen(monkeypatch, None)
    monkeypatch.setattr(Workspace, "adoption", adoption)
    monkeypatch.setattr(amend_screen, "joiners", lambda workspace, store: (("p" * 10, "Gîte"),) if may else ())
    rows = page.rows()
    assert rows[0].text == "rien à modifier"
    assert len(rows) == (2 if may and adoption == "changed" else 1)
