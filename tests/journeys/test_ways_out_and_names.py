"""What the first and the last line must not lose: the way out, the key of the next partner, the partnership's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.test_case_one import begin, opened, screen_text, write
from tui.guide.guide_loading import load_guide
from tui.partnership.cover_letter import LetterFacts, letter
from tui.screens.send_screen import SendScreen

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


async def test_everyday_words_find_the_command_and_names_find_the_question(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        wanted = {"imprimer": "Écrire des fichiers", "signer": "adopté", "courriel": "Envoyer", "sortir": "Quitter"}
        for word, name in wanted.items():
            await write(pilot, "f2", f":{word}")
            assert name in screen_text(app).replace("’", "'"), word
            await write(pilot, "escape")
        await write(pilot, "f2", ":période", "enter")
        assert app.workspace is not None
        assert app.workspace.place.question == "extra.dates"


async def test_the_letter_that_sorts_says_what_appears(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await write(pilot, "f7", ":prêter une salle", "ctrl+r")
        lines = screen_text(app).split("\n")
        (confirmed,) = [line for line in lines if "Contributions confirmées" in line]
        assert app.workspace is not None
        number = app.workspace.section_number("commitments")
        assert f"en {number} " in confirmed.split("confirmées")[1]
        (wished,) = [line for line in lines if "c  Contributions " in line]
        assert wished.split("c  Contributions")[1].split()[0] == "privé"


async def test_a_note_is_asked_for_by_name_where_no_partner_is_in_hand(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        workspace = app.workspace
        assert workspace is not None
        await write(pilot, "escape", "g", ":vision", "enter", "escape", "g", ":objectifs", "enter", "f7")
        assert workspace.place.question == "gather.objectives"
        await write(pilot, "down", "enter")
        assert workspace.place.question == "note.call"
        assert workspace.place.partner == workspace.partnership.rows("open.who")[1].id
        await write(pilot, "f7", "f7")
        assert workspace.place.question == "note.call"


async def test_undoing_a_removal_says_so(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot)
        await write(pilot, "f6", "escape", "O")
        await write(pilot, "ctrl+z")
        assert "Annulé : le retrait de « ACSM »" in screen_text(app).replace("\u00a0", " ")


async def test_sending_without_an_address_says_so_and_the_answers_are_awaited(tmp_path: Path) -> None:
    app = opened(tmp_path)
    async with app.run_test(size=(80, 40)) as pilot:
        await begin(pilot)
        await write(pilot, "escape", "E")
        assert "Aucun partenaire n'a d'adresse" in screen_text(app).replace("’", "'")
        screen = app.screen
        assert isinstance(screen, SendScreen)
        await write(pilot, *["down"] * 6, ":2026-12", "enter")
        assert screen.answer_by == "2026-12"
        screen.formats = {"eml"}
        assert app.workspace is not None
        own, waiting = (row.id for row in app.workspace.partnership.rows("open.who"))
        assert own in screen._options().partners
        assert waiting not in screen._options().partners, "one who is only thought of was given nothing"


def test_the_letter_reads_right_whatever_is_known_of_the_date() -> None:
    guide = load_guide()
    said = {
        by: letter(guide, "fr", LetterFacts("Entente", "A", "ébauche 1", answer_by=by)).body
        for by in ("2026-12-15", "2026-12", "2026")
    }
    assert "D'ici le 15 décembre 2026, dites-nous" in said["2026-12-15"].replace("’", "'").replace("\u00a0", " ")
    assert "D'ici décembre 2026, dites-nous" in said["2026-12"].replace("’", "'").replace("\u00a0", " ")
    assert "D'ici 2026, dites-nous" in said["2026"].replace("’", "'").replace("\u00a0", " ")
