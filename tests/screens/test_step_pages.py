"""The page of each sub-step, walked by the arrows, and the rail that tells how far the questions are."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.screens.opened import ORG, filled_store, opened, shown, workspace_of
from tui import i18n
from tui.app.app import EntenteApp
from tui.partnership.values import Change
from tui.screens.levels_screen import LevelsScreen
from tui.screens.send_screen import SendScreen
from tui.screens.signing_screen import SigningScreen
from tui.screens.table_projection import LevelsProjection, StepProjection
from tui.screens.work_screen import WorkScreen
from tui.store import Store
from tui.terminal.line_pane import Lines
from tui.text.widths import width
from tui.text.widths import width as width_of

SIZES = [(40, 15), (60, 20), (80, 24), (100, 30), (119, 30), (120, 40), (140, 40), (200, 50)]
CLINIC = "bbbbbbbbbb"
LONG = "Regroupement des organismes communautaires et des établissements de la région du Bas-Saint-Laurent"


def told_store(root: Path) -> Store:
    """A store with one partnership in which something was answered, in private too."""
    store = filled_store(root)
    pair = (ORG, CLINIC)
    changes = [
        Change(f"open.involvement:{ORG}", "open.involvement", "level", "leads", "", (ORG,)),
        Change(f"open.history:{ORG}", "open.history", "note@fr", "SECRET", "", (ORG,)),
        Change(f"open.trust:{ORG}+{CLINIC}", "open.trust", "scale", "fragile", "", pair),
        Change("cccccccccc", "open.contributions", "text@fr", "prêter une salle", "rows", (ORG,)),
        Change("cccccccccc", "open.contributions", "state", "confirmed", "rows", (ORG,)),
        Change("gather.vision", "gather.vision", "vision@fr", "Personne ne reste seul.", ""),
        Change("dddddddddd", "open.who", "name@fr", LONG, "", ("dddddddddd",)),
        Change("dddddddddd", "open.who", "status", "withdrawn", "", ("dddddddddd",)),
        Change("dddddddddd", "open.who", "#order", "~", "", ("dddddddddd",)),
    ]
    store.save(store.list()[0].id, changes)
    return store


def page(app: EntenteApp) -> str:
    """The text of the page, its lines joined by spaces."""
    return " ".join(shown(app, "question").split())


async def pressed(pilot: Pilot[None], *keys: str) -> None:
    """Press keys, each once the screen has settled."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


@pytest.fixture(autouse=True)
def _in_english() -> None:
    """Read the pages in English, but where a test says otherwise."""
    i18n.use("en")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The store of one partnership."""
    return told_store(tmp_path / "store")


async def test_projecting_the_page_shows_nothing_private(store: Store) -> None:
    async with opened(store, size=(100, 30)) as (app, pilot):
        await pressed(pilot, "escape", "1", "f9")
        assert isinstance(app.screen, StepProjection)
        text = shown(app, "head", "sheet", "foot")
        assert "Université" in text
        for word in ("Stories", "Trust", "noted", "leads", "of 6", "/17", "withd", LONG[:20], "SECRET"):
            assert word not in text, word
        assert "Who" in text
        await pressed(pilot, "enter")
        assert not app.screen.query_one("#field").display
        await pressed(pilot, "escape", "y", "enter")
        assert isinstance(app.screen, WorkScreen)
        assert app.screen.steps.is_open


async def test_the_first_sub_step_says_facts_not_ticks(store: Store) -> None:
    async with opened(store) as (app, pilot):
        await pressed(pilot, "escape", "1")
        text = page(app)
        guide = app.guide
        assert guide.main_steps[0].title.get("en") in text
        assert guide.asking.get("en") in text
        assert "Who Level Stories Trust Brings" in text
        assert "Université inter leads noted noted 1" in text
        assert "Clinique inter – – noted –" in text
        assert "SECRET" not in text
        assert "fragile" not in text


async def test_arrows_walk_enter_goes_there_and_escape_comes_back_to_the_cell(store: Store) -> None:
    async with opened(store) as (app, pilot):
        await pressed(pilot, "escape", "1", "home", "right", "right", "down")
        place = workspace_of(app).place
        assert (place.question, place.partner) == ("open.history", CLINIC)
        assert app.guide.question("open.history").text.get("en") in page(app)
        await pressed(pilot, "enter")
        screen = app.screen
        assert isinstance(screen, WorkScreen)
        assert screen.writing
        assert not screen.steps.is_open
        await pressed(pilot, "escape")
        assert screen.steps.is_open
        place = workspace_of(app).place
        assert (place.question, place.partner) == ("open.history", CLINIC)
        await pressed(pilot, "escape")
        assert not screen.steps.is_open
        assert not screen.writing


async def test_letters_of_the_plan_act_on_the_cell(store: Store) -> None:
    async with opened(store) as (app, pilot):
        await pressed(pilot, "escape", "1", "home", "right")
        await pressed(pilot, "question_mark")
        assert "leads?" in page(app)
        await pressed(pilot, "f6")
        assert workspace_of(app).place.partner == CLINIC
        await pressed(pilot, "z")
        assert not isinstance(app.screen, WorkScreen)
        await pressed(pilot, "escape")
        assert isinstance(app.screen, WorkScreen)
        assert app.screen.steps.is_open


async def test_next_and_previous_turn_the_sub_steps(store: Store) -> None:
    async with opened(store) as (app, pilot):
        await pressed(pilot, "escape", "1")
        titles = [step.title.get("en") for step in app.guide.main_steps]
        for key, at in (("f4", 1), ("f4", 2), ("f4", 2), ("f3", 1), ("3", 2), ("1", 0)):
            await pressed(pilot, key)
            assert [title in page(app) for title in titles] == [at == each for each in range(3)]


async def test_the_second_sub_step_lists_its_answers(store: Store) -> None:
    async with opened(store) as (app, pilot):
        await pressed(pilot, "escape", "2")
        text = page(app)
        assert "Vision and goal Personne ne reste seul." in text
        assert app.guide.question("gather.procedures").text.get("en") in text
        assert "Université nothing yet" in text


async def test_the_statement_stands_word_for_word_and_leads_to_sending(store: Store) -> None:
    i18n.use("fr")
    async with opened(store) as (app, pilot):
        await pressed(pilot, "escape", "3")
        statement = app.guide.main_steps[2].statement.fr.replace("\xa0", " ")
        assert statement.endswith("Transmettez ensuite ce document à vos partenaires.")
        assert statement in page(app)
        assert "Vision et buts communs" in page(app)
        await pressed(pilot, "end", "up", "up", "up", "up", "enter")
        assert isinstance(app.screen, SendScreen)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("size", SIZES)
async def test_every_place_of_each_page_is_seen_at_every_size(
    store: Store, size: tuple[int, int], lang: i18n.Language
) -> None:
    i18n.use(lang)
    async with opened(store, size=size) as (app, pilot):
        await pressed(pilot, "escape")
        for number in "123":
            await pressed(pilot, number, "home")
            screen = app.screen
            assert isinstance(screen, WorkScreen)
            pane = screen.lines("question")
            met = []
            for _step in range(40):
                at = screen.steps.target
                if at in met:
                    break
                met.append(at)
                row = next(y for y, line in enumerate(screen.steps.painted.grid) if at in line)
                top = pane.scroll_offset.y
                assert top <= screen.steps.painted.rows[row] < top + pane.size.height, (number, at)
                await pressed(pilot, "down")
            assert len(met) >= 3
            room = pane.line_width
            assert [line for line in pane.lines if width("".join(piece.text for piece in line).rstrip()) > room] == []


async def test_a_narrow_page_shows_one_partner_at_a_time(store: Store) -> None:
    async with opened(store, size=(40, 15)) as (app, pilot):
        await pressed(pilot, "escape", "1", "home")
        assert "Université" in page(app)
        assert "Clinique" not in page(app)
        assert "Level leads" in page(app)
        await pressed(pilot, "down", "right")
        assert "Clinique" in page(app)
        assert (workspace_of(app).place.question, workspace_of(app).place.partner) == ("open.involvement", CLINIC)
        await pressed(pilot, "end")
        assert workspace_of(app).place.question == "open.how_many" and "Clinique" in page(app)
        await pressed(pilot, "home")
        assert (workspace_of(app).place.question, workspace_of(app).place.partner) == ("open.who", CLINIC)


async def test_who_left_is_in_the_table_and_marked(store: Store) -> None:
    async with opened(store, size=(140, 40)) as (app, pilot):
        await pressed(pilot, "escape", "1")
        assert "withd" in page(app)


async def test_the_table_of_levels_is_projected_and_written(store: Store, tmp_path: Path) -> None:
    async with opened(store, size=(100, 30)) as (app, pilot):
        await pressed(pilot, "escape", "%")
        assert isinstance(app.screen, LevelsScreen)
        assert "prêter une salle" in shown(app, "sheet")
        await pressed(pilot, "f9")
        assert isinstance(app.screen, LevelsProjection)
        assert "prêter une salle" in shown(app, "sheet")
        assert "leads" not in shown(app, "sheet"), "nobody has agreed to that level"
        await pressed(pilot, "escape", "y", "enter")
        assert isinstance(app.screen, LevelsScreen)
        await pressed(pilot, "f8")
        assert any("level" in path or "niveaux" in path for path in app.last_written)


@pytest.mark.parametrize(("columns", "width"), [(59, 0), (60, 5), (80, 5), (119, 3), (120, 34), (140, 34)])
async def test_the_plan_is_beside_the_whole_document_too(store: Store, columns: int, width: int) -> None:
    async with opened(store, size=(columns, 24)) as (app, pilot):
        await pressed(pilot, "f5")
        plan = app.screen.query_one("#plan", Lines)
        assert (plan.outer_size.width if plan.display else 0) == width
        if width in (3, 5):
            assert counted(rail(app)) == "2/17"
        sheet = app.screen.query_one("#sheet", Lines)
        assert [line for line in sheet.lines if sum(width_of(piece.text) for piece in line) > sheet.line_width] == []
        await pressed(pilot, "f9")
        assert not app.screen.query_one("#plan").display


def rail(app: EntenteApp) -> list[str]:
    """The lines of the rail."""
    return ["".join(piece.text for piece in line) for line in app.screen.query_one("#plan", Lines).lines]


@pytest.mark.parametrize("columns", [60, 80, 100, 119])
async def test_the_rail_shows_each_question_s_state_beside_the_question(store: Store, columns: int) -> None:
    async with opened(store, size=(columns, 24)) as (app, _pilot):
        lines = rail(app)
        assert [line[0] for line in lines if line[:1].isdigit() and line[1:2] in "○◔●?!–" and line[1:2]] == [
            "1",
            "2",
            "3",
        ]
        assert len([line for line in lines if line[1:2] in "○◔●?!–"[:6] and line[1:2]]) >= 17
        assert [line for line in lines if "›" in line] == [lines[0]]
        assert counted(lines) == "2/17"
        assert app.screen.query_one("#plan").size.width <= 5
        assert app.screen.query_one("#plan").region.height == len(lines)


def counted(lines: list[str]) -> str:
    """The count at the foot of a rail, which takes two lines of a slim one."""
    return ("" if "/" in lines[-1][1:] else lines[-2].strip()) + lines[-1].strip()


async def test_the_rail_follows_the_question_and_the_answers(store: Store) -> None:
    async with opened(store, size=(80, 24)) as (app, pilot):
        await pressed(pilot, "f4")
        assert "›" in rail(app)[1]
        await pressed(pilot, "4", "f4")
        assert rail(app)[1][1] == "●"
        assert rail(app)[-1].strip() == "3/17"


async def test_a_low_rail_shows_the_questions_around_the_present_one(store: Store) -> None:
    async with opened(store, size=(80, 12)) as (app, pilot):
        for _each in range(17):
            assert [line for line in rail(app) if "›" in line], "the present question is in sight"
            assert "/17" in rail(app)[-1]
            assert app.screen.query_one("#plan").region.height == len(rail(app))
            await pressed(pilot, "f4")


@pytest.mark.parametrize("columns", [90, 100, 119])
async def test_the_document_keeps_its_columns_beside_the_rail(store: Store, columns: int) -> None:
    async with opened(store, size=(columns, 30)) as (app, _pilot):
        assert app.screen.query_one("#paper").outer_size.width == columns // 2
        assert app.screen.query_one("#form").outer_size.width == columns - columns // 2 - 3


async def test_wide_screens_show_the_whole_plan_and_narrow_ones_the_count(store: Store) -> None:
    async with opened(store, size=(120, 30)) as (app, _pilot):
        assert "Who, and why" in "\n".join(rail(app))
    async with opened(store, size=(59, 30)) as (app, _pilot):
        assert not app.screen.query_one("#plan").display
        assert "2 of 17" in shown(app, "head")
    async with opened(store, size=(40, 15)) as (app, _pilot):
        assert "2/17" in shown(app, "head")


@pytest.mark.parametrize("columns", [60, 80, 119])
async def test_escape_still_shows_the_whole_plan(store: Store, columns: int) -> None:
    async with opened(store, size=(columns, 24)) as (app, pilot):
        await pressed(pilot, "escape")
        assert "Who, and why" in shown(app, "plan")
        assert not app.screen.query_one("#form").display
        assert app.screen.query_one("#plan").size.width >= (columns if columns < 90 else columns // 2) - 1
        await pressed(pilot, "enter")
        assert "Who, and why" not in shown(app, "plan")


async def test_steps_behind_the_statement_are_reached_like_a_question(tmp_path: Path) -> None:
    i18n.use("fr")
    async with opened(filled_store(tmp_path / "later")) as (app, pilot):
        await pressed(pilot, "escape", "3", "end")
        assert "Suivi" in shown(app, "question")
        await pressed(pilot, "up", "enter")
        assert isinstance(app.screen, SigningScreen)
