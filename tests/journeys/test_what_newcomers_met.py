"""What people who used it for the first time ran into, each as a journey by keyboard."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.test_case_one import begin, opened, screen_text, write
from tui.export.plain_text import to_text
from tui.partnership.review import review
from tui.screens.work_screen import WorkScreen


async def test_a_period_that_is_none_says_so_on_the_screen_and_in_the_review(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await write(pilot, "escape", "g", ":durée", "enter", ":du 32 mars au 45 avril", "enter")
        assert "n'est pas une période" in screen_text(app).replace("\u00a0", " ")
        assert app.workspace is not None
        assert "32 mars" not in to_text(app.workspace.agreement)
        found = [one for one in review(app.guide, app.workspace.partnership, "fr") if one.id == "misread"]
        assert [(one.question, one.field) for one in found] == [("extra.dates", "period")]


async def test_letters_on_a_choice_change_nothing(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        assert app.workspace is not None
        before = app.workspace.partnership.rows("open.who")[0].get("status")
        await write(pilot, "up", ":etablissement")
        assert app.workspace.partnership.rows("open.who")[0].get("status") == before
        assert "Les lettres n'écrivent rien" in screen_text(app).replace("’", "'")


async def test_the_second_digit_at_a_partner_changes_its_own_answer(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await write(pilot, "escape", "g", ":dire oui", "enter", "1", "3")
        assert app.workspace is not None
        asked = [one.id for one in app.workspace.partnership.rows("open.who")]
        given = {row.subject[0]: row.get("level") for row in app.workspace.partnership.rows("commit.consensus")}
        assert [given.get(one) for one in asked[:2]] == ["discuss", None]
        assert not app.workspace.partnership.rows("open.contributions", "rows")


async def test_an_answer_stays_in_sight_while_one_moves(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await write(pilot, ":demandeur", "up", "down", "escape", "escape")
        assert "demandeur" in screen_text(app)


async def test_enter_on_the_empty_line_that_adds_stays_at_the_question(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await write(pilot, "escape", "g", ":objectifs", "enter", "enter")
        assert app.workspace is not None
        assert app.workspace.place.question == "gather.objectives"
        assert "F4" in screen_text(app)


async def test_an_old_story_begins_with_the_partner_alone(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await write(pilot, "escape", "g", ":confiance", "enter", "2")
        assert app.workspace is not None
        await write(pilot, "f3")
        assert (app.workspace.place.question, app.workspace.place.other) == ("open.history", "")


async def test_the_document_follows_into_a_section_that_its_first_letter_makes(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(140, 20)) as pilot:
        await begin(pilot)
        await write(pilot, "escape", "g", ":communication", "enter", ":une marque commune")
        screen = app.screen
        assert isinstance(screen, WorkScreen)
        paper = screen.lines("paper")
        in_sight = paper.lines[paper.scroll_offset.y :][: paper.size.height]
        shown = ["".join(piece.text for piece in line) for line in in_sight]
        assert any("Une marque commune" in line for line in shown)


async def test_ctrl_c_never_quits_and_says_what_does(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await write(pilot, "escape", "ctrl+c")
        assert "F12" in screen_text(app)
        assert app.is_running
