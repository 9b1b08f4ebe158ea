"""Every question, walked to by the « next » key: one always sees where one writes, and what one writes is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.test_case_one import begin, opened, screen_text, write
from tui.guide.guide_loading import load_guide
from tui.screens.work_screen import WorkScreen


@pytest.mark.parametrize("size", [(40, 15), (80, 24)])
async def test_one_place_is_marked_on_arrival_at_every_question(tmp_path: Path, size: tuple[int, int]) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        workspace = app.workspace
        assert workspace is not None
        seen = []
        while workspace.place.question not in seen:
            seen.append(workspace.place.question)
            screen = app.screen
            assert isinstance(screen, WorkScreen)
            marked = [text for line in screen.form.lines if (text := "".join(piece.text for piece in line))[:1] == "›"]
            assert len(marked) == 1, (workspace.place.question, marked)
            await write(pilot, "f4")
        assert set(seen) >= {question.id for step in app.guide.steps if not step.aside for question in step.questions}


async def test_letters_on_arrival_at_an_old_story_are_its_note(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await write(pilot, "f4", "f4", "f4", ":fâchés depuis 2015")
        assert app.workspace is not None
        (story,) = [one for one in app.workspace.partnership.entries.values() if one.question == "open.history"]
        assert story.text("note", "fr") == "fâchés depuis 2015"
        assert len(story.subject) == 1


def test_a_question_says_all_the_sections_it_comes_to() -> None:
    guide = load_guide()
    numbers = {"structure": "4", "accountability": "8"}
    said = guide.appears(guide.question("gather.governance"), "fr", numbers)
    assert said == "Structure et fonction du partenariat, 4 ; Reddition de comptes, 8"
    assert guide.appears(guide.question("gather.governance"), "en", {}) == (
        "Structure and function of the partnership; Accountability"
    )
    assert guide.appears(guide.question("open.trust"), "en", numbers) == ""


async def test_the_question_one_jumps_to_from_the_plan_is_the_one_on_the_screen(tmp_path: Path) -> None:
    """On a narrow screen the plan hides the form: what it was before must not come back with it."""
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        assert app.workspace is not None
        for name in ("communication", "pilotage", "vision", "titre", "nom du", "durée"):
            await write(pilot, "escape", "g", f":{name}", "enter")
            asked = app.workspace.question.text.get("fr").split()[:3]
            assert " ".join(asked) in screen_text(app), name


@pytest.mark.parametrize("size", [(40, 15), (80, 24), (120, 30)])
async def test_the_last_of_a_long_list_is_in_sight(tmp_path: Path, size: tuple[int, int]) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        await write(pilot, "f2", "up")
        assert "Quitter" in screen_text(app)
