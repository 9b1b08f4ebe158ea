"""« Même réponse pour … » says what it will copy, and what it did; rows ask in the order people speak."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.opened import ORG, filled_store, opened, shown, workspace_of
from tui import i18n
from tui.screens.work_screen import WorkScreen
from tui.ui.partners_dialog import PartnersDialog

OTHER = "bbbbbbbbbb"


@pytest.fixture(autouse=True)
def french() -> None:
    """The messages are compared in French."""
    i18n.use("fr")


async def test_it_says_which_field_it_copies_and_what_it_did(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press(*"hôte du lieu", "alt+m")
        await pilot.pause()
        assert isinstance(app.screen, PartnersDialog) and "Rôle : hôte du lieu" in app.screen.title_text.replace(
            "\xa0", " "
        )
        assert "intéressé" not in app.screen.title_text, "where things stand is not copied, and not named"
        await pilot.press("t", "enter")
        await pilot.pause()
        assert "Rôle : hôte du lieu : la même réponse pour 1 partenaire" in shown(app, "foot")
        assert workspace_of(app).partnership.entries[OTHER].text("role", "fr") == "hôte du lieu"


async def test_where_nobody_else_is_ticked_nothing_changes_and_it_says_so(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"contributions", "enter", *"une salle", "enter", "escape")
        workspace = workspace_of(app)
        before = workspace.partnership.rows("open.contributions", "rows")
        await pilot.press("m", "enter")
        await pilot.pause()
        assert "Personne d'autre n'est coché : rien n'a changé." in shown(app, "foot").replace("\xa0", " ")
        assert workspace.partnership.rows("open.contributions", "rows") == before
        await pilot.press("m", "t", "enter")
        await pilot.pause()
        assert "2 partenaires" in shown(app, "foot").replace("\xa0", " ")
        await pilot.press("m", "enter")
        await pilot.pause()
        assert "rien n'a changé" in shown(app, "foot")


async def test_a_whole_answer_is_named_field_by_field(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"implication", "enter", "3", "alt+m")
        await pilot.pause()
        (answer,) = [
            one for one in workspace_of(app).partnership.entries.values() if one.question == "open.involvement"
        ]
        words = workspace_of(app).form_context.field_text(answer, workspace_of(app).question.parts[0].fields[0])
        assert isinstance(app.screen, PartnersDialog) and f" : {words}" in app.screen.title_text.replace("\xa0", " ")


async def test_an_empty_answer_is_named_as_empty(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("alt+m")
        await pilot.pause()
        assert isinstance(app.screen, PartnersDialog) and "Rôle : —" in app.screen.title_text.replace("\xa0", " ")


async def test_who_reports_is_asked_first_then_what_and_to_whom(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"gouvernance", "enter")
        screen = app.screen
        assert isinstance(screen, WorkScreen)
        screen.go_to_field("+reports")
        await pilot.press(*"univ", "enter", *"la fréquentation", "enter", *"clin", "enter", *"chaque mois")
        (row,) = workspace_of(app).partnership.rows("gather.governance", "reports")
        assert (row.get("who"), row.get("to")) == ({"partner": ORG}, {"partner": OTHER})
        assert (row.text("what", "fr"), row.text("frequency", "fr")) == ("la fréquentation", "chaque mois")
