"""Dates and amounts typed in a field: shown in full before they count, in doubt they say so, edited as typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.screens.opened import filled_store, opened, shown, workspace_of
from tui import i18n
from tui.app.app import EntenteApp
from tui.partnership.values import Value
from tui.screens.work_screen import WorkScreen


@pytest.fixture(autouse=True)
def french() -> None:
    """The messages are compared in French."""
    i18n.use("fr")


def stored(app: EntenteApp) -> Value:
    """The date of review."""
    entry = next(
        (one for one in workspace_of(app).partnership.entries.values() if one.question == "extra.review"), None
    )
    return entry.get("date") if entry is not None else None


def next_year_of(month: int, day: int) -> int:
    """The year of the next such day."""
    today = date.today()
    return today.year if (today.month, today.day) <= (month, day) else today.year + 1


@pytest.mark.parametrize("key", ["enter", "tab", "right", "down", "f4", "escape"])
async def test_a_day_without_its_year_is_shown_in_full_before_it_counts(tmp_path: Path, key: str) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"revue", "enter", *"12 décembre")
        full = f"12 décembre {next_year_of(12, 12)}"
        assert f"→ {full}" in shown(app, "foot")
        assert stored(app) == {"typed": "12 décembre"}, "it does not count yet"
        await pilot.press(key)
        assert stored(app) == f"{next_year_of(12, 12)}-12-12"
        await pilot.press("escape", "g", *"revue", "enter")
        assert full in shown(app, "question") or (isinstance(app.screen, WorkScreen) and app.screen.editor.text == full)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("12/05/2026", "12 mai 2026 ou 5 décembre 2026"), ("lundi 15 décembre 2026", "est un mardi")],
)
async def test_a_date_in_doubt_says_why_at_once_and_when_one_has_left_it(tmp_path: Path, typed: str, said: str) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"revue", "enter", *typed)
        assert said in shown(app, "foot")
        await pilot.press("enter")
        assert stored(app) == {"typed": typed}
        assert said in " ".join(shown(app, "question").split())


@pytest.mark.parametrize("typed", ["2026-12-15", "15 déc. 2026", "dec 15, 2026"])
async def test_a_date_is_edited_as_it_was_typed(tmp_path: Path, typed: str) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"revue", "enter", *typed, "enter")
        assert "15 décembre 2026" in shown(app, "question")
        await pilot.press("shift+tab")
        assert isinstance(app.screen, WorkScreen) and app.screen.editor.text == typed
        await pilot.press("ctrl+l")
        await pilot.resize_terminal(100, 30)
        assert app.screen.editor.text == typed, "it is not rewritten under the hand"


async def test_an_amount_of_three_decimals_is_refused_in_words(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"argent", "enter", *"Fondation", "tab", *"12,345 $", "enter")
        assert "trois décimales" in " ".join(shown(app, "question").split())


async def test_english_examples_are_english(tmp_path: Path) -> None:
    from tui.settings import Settings

    i18n.use("en")
    async with opened(filled_store(tmp_path / "s"), Settings(lang="en")) as (app, pilot):
        await pilot.press("escape", "g", *"review", "enter", *"Dec 15")
        assert f"→ December 15, {next_year_of(12, 15)}" in shown(app, "foot")
        await pilot.press("enter")
        assert stored(app) == f"{next_year_of(12, 15)}-12-15"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("combien", "quelques-uns", "Organismes (au moins) : « quelques-uns » ne se comprend pas ici. Tapez un nombre"),
        ("revue", "bientôt", "Date de révision : « bientôt » n'est pas une date"),
    ],
)
@pytest.mark.parametrize("key", ["f4", "f3"])
async def test_what_is_not_understood_is_told_again_to_whoever_leaves_its_question(
    tmp_path: Path, key: str, field: str, typed: str, said: str
) -> None:
    async with opened(filled_store(tmp_path / "s"), size=(80, 24)) as (app, pilot):
        await pilot.press("escape", "g", *field, "enter", *typed)
        question = workspace_of(app).place.question
        await pilot.press(key)
        assert workspace_of(app).place.question != question
        assert said in " ".join(shown(app, "foot").split())
        await pilot.press("f4")
        assert typed not in shown(app, "foot"), "it is said once"


@pytest.mark.parametrize("key", ["enter", "tab", "f4", "escape"])
async def test_a_source_of_money_is_typed_in_one_line_as_the_help_gives_it(tmp_path: Path, key: str) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        workspace = workspace_of(app)
        await pilot.press("escape", "g", *"ressources", "enter")
        await pilot.press(*"Fonds vert, 500 $, acquis", key)
        (row,) = workspace.partnership.rows("commit.funding", "rows")
        assert row.text("source", "fr") == "Fonds vert" and row.get("status") == "acquired"
        assert row.get("amount") == {"amount": "500", "currency": "CAD"}
        await pilot.press("ctrl+z")
        (row,) = workspace.partnership.rows("commit.funding", "rows")
        assert row.text("source", "fr") == "Fonds vert, 500 $, acquis" and row.get("amount") is None
