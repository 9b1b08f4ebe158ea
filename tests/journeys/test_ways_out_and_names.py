"""What the first and the last line must not lose: the way out, the key of the next partner, the partnership's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.test_case_one import begin, opened, screen_text, write

SIZES = ((80, 24), (40, 15))


def last_line(text: str) -> str:
    """The last row of a screen."""
    return text.split("\n")[-1]


@pytest.mark.parametrize("size", SIZES)
async def test_each_page_says_how_one_leaves_it(tmp_path: Path, size: tuple[int, int]) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        for key in ("f5", "f1", "E", "e", "M", "*", "@"):
            await write(pilot, *(("escape", key) if len(key) == 1 else (key,)))
            assert "Échap" in last_line(screen_text(app)), key
            await write(pilot, "escape")
        await write(pilot, "f9")
        assert "Échap retour" in last_line(screen_text(app))


@pytest.mark.parametrize("size", SIZES)
async def test_small_windows_say_their_own_keys_over_those_of_the_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        await write(pilot, "escape", "g")
        assert " ".join(last_line(screen_text(app)).split()) == "Entrée choisir ↑↓ Échap laisser"
        await write(pilot, "escape", "a")
        foot = " ".join(last_line(screen_text(app)).split())
        assert foot.startswith("Tab terminer")
        assert foot.endswith("Échap laisser")
        assert ("Entrée ligne suivante" in foot) == (size[0] == 80)
        await write(pilot, "escape", "w")
        assert "Échap laisser" in last_line(screen_text(app))
        assert "Un exemple" in screen_text(app)
        await write(pilot, "escape")
        assert "Entrée écrire" in last_line(screen_text(app))


async def test_the_next_partner_has_its_key_where_there_is_one(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await write(pilot, "enter", ":Association des gens du Centre de la ville", "enter", ":ACSM", "tab")
        await write(pilot, "escape", "g", ":contributions", "enter")
        foot = last_line(screen_text(app))
        assert "F4 suivante  F6 partenaire" in foot
        assert "Association" in foot
        await write(pilot, "escape")
        assert "F4 suivante  F6 partenaire" in last_line(screen_text(app))
        await write(pilot, "f7")
        assert "F6 partenaire" in last_line(screen_text(app))
        await write(pilot, "f7", "escape", "g", ":vision", "enter")
        assert "F6" not in last_line(screen_text(app))


@pytest.mark.parametrize("size", [(100, 30), (40, 15)])
async def test_the_name_of_the_partnership_is_left_before_the_rest(tmp_path: Path, size: tuple[int, int]) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=size) as pilot:
        await begin(pilot)
        await write(pilot, "escape", "t", *["backspace"] * 40, ":Concertation pour les aines du nord", "enter")
        await write(pilot, "escape", "M", "escape")
        first = screen_text(app).split("\n")[0]
        assert "Concertation pour les" in first
        assert "enregistr" in first or "en cours" in first
