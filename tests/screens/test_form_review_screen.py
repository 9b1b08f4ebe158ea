"""The page of a form that came back: keys, undo, what cannot be taken, the plain yeses of all; at 80x24."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.comparison.answered_forms import Answer, replied
from tests.screens.caged import press
from tests.screens.opened import ORG, filled_store, opened, shown, workspace_of
from tui.app.app import EntenteApp
from tui.screens import form_review_screen
from tui.screens.answers_screen import AwaitedScreen
from tui.screens.form_review_screen import FormReviewScreen, PlainYesesScreen
from tui.workspace.form_review import present_forms, read_returned_form, receive

YES = {"text/level": Answer(("agree",)), "capacity": Answer(("organisation",))}
OTHER = "bbbbbbbbbb"


def receive_reply(app: EntenteApp, answers: dict[str, Answer], partner_id: str = ORG) -> str:
    """Keep a reply of a partner (id) to its form, and return the id of the row that notes it."""
    workspace = workspace_of(app)
    data = replied(present_forms(workspace, partner_id, 0)[0], answers).encode()
    read = read_returned_form(workspace, data, "")
    assert read is not None
    return receive(workspace, read, data, "reponse.txt", "2026-11-30").id


def level_of_position(app: EntenteApp, partner_id: str = ORG) -> object:
    """Return the level of the position of a partner (id); None if it has no position."""
    entry = workspace_of(app).partnership.entry(f"commit.consensus:{partner_id}")
    return entry.get("level") if entry is not None else None


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
async def test_an_answer_is_accepted_undone_changed_and_put_aside(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(filled_store(tmp_path / "s"), size=size) as (app, pilot):
        answers = {
            **YES,
            "text/reason": Answer((), "sauf le loyer"),
            f"{ORG}/answer/name": Answer((), "Université d'Ici"),
        }
        receive_reply(app, answers)
        await press(pilot, "escape", "A", "enter")
        assert isinstance(app.screen, FormReviewScreen)
        said = shown(app, "sheet")
        assert "répondu par courriel" in said and "Université d'Ici" in said
        await press(pilot, "a")
        assert workspace_of(app).partnership.entries[ORG].get("name@fr") == "Université d'Ici"
        await press(pilot, "u")
        assert workspace_of(app).partnership.entries[ORG].get("name@fr") == "Université"
        await press(pilot, "right", "a")
        assert level_of_position(app) is None and "réserve" in shown(app, "sheet")
        await press(pilot, "c", "down", "enter")
        assert level_of_position(app) == "reservation"
        await press(pilot, "p")
        assert isinstance(app.screen, FormReviewScreen) and app.screen.review.open == []
        await press(pilot, "escape")
        assert isinstance(app.screen, AwaitedScreen)


async def test_plain_yeses_are_shown_then_accepted_together(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s"), size=(80, 24)) as (app, pilot):
        receive_reply(app, YES)
        receive_reply(app, {"text/level": Answer(("disagree",))}, OTHER)
        await press(pilot, "escape", "A")
        assert isinstance(app.screen, AwaitedScreen)
        assert app.screen.rows()[-1].text.endswith("· 1")
        await press(pilot, "end", "enter")
        assert isinstance(app.screen, PlainYesesScreen) and "Clinique" not in shown(app, "sheet")
        assert level_of_position(app) is None
        await press(pilot, "t")
        assert level_of_position(app) == "agree" and level_of_position(app, OTHER) is None


async def test_a_pasted_reply_opens_the_form_and_a_foreign_one_says_why(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s"), size=(100, 30)) as (app, pilot):
        form = present_forms(workspace_of(app), ORG, 0)[0]
        file = tmp_path / "reponse.txt"
        file.write_text(replied(form, YES), encoding="utf-8")
        await press(pilot, "escape", "&", *str(file), "tab", "enter")
        for _pause in range(100):  # the file is read in a thread
            await pilot.pause(0.05)
            if isinstance(app.screen, FormReviewScreen):
                break
        assert isinstance(app.screen, FormReviewScreen)


def unseen(
    monkeypatch: pytest.MonkeyPatch, *, accepts: bool = True, plain: int = 0
) -> tuple[FormReviewScreen, list[Any]]:
    """The page of a form that came back, seen by nobody, and what is done to its answers."""
    done: list[Any] = []

    def act(name: str) -> Any:
        def note(*what: Any) -> Any:
            done.append((name, *what))
            return what[0] if name == "changed" else accepts

        return note

    names = ("accept", "refuse", "set_aside", "changed")
    review: Any = SimpleNamespace(plain=range(plain), open=["an answer"], **{name: act(name) for name in names})
    screen = FormReviewScreen(review)
    monkeypatch.setattr(screen, "paint", lambda: None)
    return screen, done


@pytest.mark.parametrize("accepts", [True, False])
@pytest.mark.parametrize(
    ("letter", "what"), [("a", ["accept"]), ("r", ["refuse"]), ("p", ["set_aside"]), ("t", []), ("c", [])]
)
def test_each_letter_decides_as_it_says(
    monkeypatch: pytest.MonkeyPatch, letter: str, what: list[str], accepts: bool
) -> None:
    screen, done = unseen(monkeypatch, accepts=accepts)
    proposal: Any = SimpleNamespace(item=None)
    screen.decide(letter, proposal)
    assert done == [(name, proposal) for name in what]
    assert bool(screen.message) is ((letter == "a" and not accepts) or letter == "t"), "what is not done says why"


@pytest.mark.parametrize("plain", [0, 2])
def test_plain_yeses_are_shown_before_they_are_accepted(monkeypatch: pytest.MonkeyPatch, plain: int) -> None:
    screen, done = unseen(monkeypatch, plain=plain)
    nothing: Any = None
    screen.decide("t", nothing)
    assert screen.confirms_all is (plain > 0) and done == []


@pytest.mark.parametrize(
    ("boxes", "words", "chosen", "typed", "changed"),
    [
        (True, False, "agree", None, (["agree"],)), (True, False, "", None, ([],)), (True, False, None, None, None),
        (True, True, "agree", "le mardi", (["agree"], "le mardi")), (True, True, "", "", ([], "")),
        (True, True, "agree", None, None), (False, True, None, "le mardi", ([], "le mardi")),
    ],
)  # fmt: skip
def test_another_answer_has_the_box_and_the_words_that_are_given(
    monkeypatch: pytest.MonkeyPatch, boxes: bool, words: bool, chosen: str | None, typed: str | None, changed: Any
) -> None:
    screen, done = unseen(monkeypatch)
    dialogs = SimpleNamespace(push_screen=lambda dialog, take: take(chosen))
    monkeypatch.setattr(FormReviewScreen, "app", dialogs)
    monkeypatch.setattr(form_review_screen, "ask_text", lambda app, window, title, take, row, text: take(typed))
    choices = (SimpleNamespace(code="agree", label="d'accord"),) if boxes else ()
    item = SimpleNamespace(id="text/level", words=words, choices=choices)
    proposal: Any = SimpleNamespace(item=item, label="Réponse", answer=None, doubt="")
    screen._ask_other_answer(proposal)
    assert done == ([] if changed is None else [("changed", proposal, *changed), ("accept", proposal)])
