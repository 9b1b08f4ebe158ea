"""Pasting: spreadsheets, lists from elsewhere, and pages that arrive as keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from tests.screens.opened import ORG, filled_store, opened, shown, workspace_of
from tui import i18n
from tui.export.plain_text import to_text
from tui.screens.work_screen import WorkScreen
from tui.ui.dialog import OneKey

PAGE = "Organisme invité\nOuvre le soir x\nMaison des jeunes et ses amis"


@pytest.fixture(autouse=True)
def french() -> None:
    """The messages are compared in French."""
    i18n.use("fr")


async def test_spreadsheet_rows_become_partners_and_their_mail_stays_private(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, WorkScreen)
        screen.go_to_field("+")
        app.post_message(
            events.Paste('Nom\tRôle\tCourriel\n"Maison ""A"""\thôte\tzoe@a.ca\nCentre B\tpilote\tb@b.ca\n')
        )
        await pilot.pause()
        workspace = workspace_of(app)
        rows = workspace.partnership.rows("open.who")
        assert [row.text("name", "fr") for row in rows][2:] == ['Maison "A"', "Centre B"]
        assert [row.text("role", "fr") for row in rows][2:] == ["hôte", "pilote"]
        assert [row.get("email") for row in workspace.partnership.rows("open.who", "people")] == ["zoe@a.ca", "b@b.ca"]
        assert "@" not in to_text(workspace.agreement)
        await pilot.press("ctrl+z")
        assert len(workspace.partnership.rows("open.who")) == 2, "one step of undo"
        assert workspace.partnership.rows("open.who", "people") == ()


async def test_in_the_window_of_organisations_cells_are_cells_too(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("alt+a")
        await pilot.pause()
        app.post_message(events.Paste("Maison A\tzoe@a.ca\t514 555-0100\nCentre B\tb@b.ca"))
        await pilot.pause()
        await pilot.press("tab")
        rows = workspace_of(app).partnership.rows("open.who")
        assert [row.text("name", "fr") for row in rows][2:] == ["Maison A", "Centre B"]


async def test_a_partnership_begun_from_a_table_has_its_cells_and_names_no_address(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "q", "n", *"Nous", "enter", *"nous", "enter")
        app.post_message(events.Paste("Organisme\tPersonne\tCourriel\nCentre B\tZoé Roy\tz@b.ca\nCentre B\tLuc\t"))
        await pilot.pause()
        await pilot.press("tab")
        await pilot.pause()
        partnership = workspace_of(app).partnership
        assert [(row.text("name", "fr"), row.get("status")) for row in partnership.rows("open.who")] == [
            ("Nous", "interested"),
            ("Centre B", "prospective"),
        ]
        people = partnership.rows("open.who", "people")
        assert [(row.get("name"), row.get("email")) for row in people] == [("Zoé Roy", "z@b.ca"), ("Luc", None)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Maison A\tanimation", "1 ligne ajoutée"),
        ("Nom\tCourriel\nLa Ruche\tz@b.ca", "1 personne ajoutée à des organismes déjà inscrits."),
        ("Nom\tRôle\nLa Ruche\thôte", "Ces organismes sont déjà inscrits."),
    ],
)
async def test_a_pasted_table_says_what_it_added(tmp_path: Path, text: str, words: str) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, WorkScreen)
        screen.go_to_field("+")
        name = workspace_of(app).partnership.rows("open.who")[0].text("name", "fr")
        app.post_message(events.Paste(text.replace("La Ruche", name)))
        await pilot.pause()
        assert words in shown(app, "foot")


async def test_people_pasted_with_headings_become_people(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, WorkScreen)
        screen.go_to_field("+people")
        app.post_message(
            events.Paste("Prénom\tNom\tFonction\tCourriel\nZoé\tRoy\tdirectrice\tz@a.ca\nLuc\tCôté\tadjoint\t")
        )
        await pilot.pause()
        people = workspace_of(app).partnership.rows("open.who", "people", (ORG,))
        assert [(row.get("name"), row.text("title", "fr"), row.get("email")) for row in people] == [
            ("Zoé Roy", "directrice", "z@a.ca"),
            ("Luc Côté", "adjoint", None),
        ]


async def test_a_list_from_word_loses_its_marks_in_lists_and_takes_ours_in_prose(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "g", *"objectifs", "enter")
        app.post_message(events.Paste("\uf0b7\tOffrir un lieu\n\uf0b7\tFormer\n"))
        await pilot.pause()
        rows = workspace_of(app).partnership.rows("gather.objectives", "rows")
        assert [row.text("text", "fr") for row in rows] == ["Offrir un lieu", "Former"]
        await pilot.press("escape", "g", *"vision", "enter")
        app.post_message(events.Paste("Ensemble :\n•\tun lieu\n•\tdu temps"))
        await pilot.pause()
        assert isinstance(app.screen, WorkScreen) and app.screen.editor.text == "Ensemble :\n- un lieu\n- du temps"


@pytest.mark.parametrize("text", [PAGE, "une salle", "le soir, au 12"])
@pytest.mark.parametrize("where", ["plan", "list", "document"])
async def test_words_that_arrive_as_keys_all_at_once_command_nothing(tmp_path: Path, where: str, text: str) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await pilot.press(*{"plan": ["escape"], "list": ["escape", "q"], "document": ["f5"]}[where])
        await pilot.pause()
        before = [one.id for one in store.list()]
        page = app.screen
        for letter in text:
            app.post_message(events.Key("enter" if letter == "\n" else letter, None if letter == "\n" else letter))
        for _time in range(30):
            await pilot.pause()
        assert [one.id for one in store.list()] == before
        if where != "list":
            assert len(workspace_of(app).partnership.rows("open.who")) == 2, "no partner was taken out"
        if where == "plan":
            assert isinstance(app.screen, OneKey) and "d'un coup" in app.screen.title_text
            await pilot.press("1")
            await pilot.pause()
            assert isinstance(app.screen, WorkScreen) and text.partition("\n")[0] in app.screen.editor.text
        else:
            assert app.screen is page and "Collé là où rien" in shown(app, "foot")


async def test_letters_typed_one_by_one_are_still_commands(tmp_path: Path) -> None:
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        await pilot.press("escape", "j", "j", "k")
        for letter in "jjkjk":
            app.post_message(events.Key(letter, letter))
        for _time in range(10):
            await pilot.pause()
        assert workspace_of(app).place.question != "open.who"
