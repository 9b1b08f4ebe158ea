"""A text that came back is decided at the line prompts, difference by difference, as on its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line_mode.person import Person
from tui.agreement.compose import Composer
from tui.export.formats import render
from tui.guide.guide_loading import load_guide

pytestmark = pytest.mark.sampled

VISION, GOAL = "Personne ne reste seul le soir.", "Ouvrir un lieu d'accueil."


@pytest.fixture
def came(pair: Person, tmp_path: Path) -> tuple[Person, Path]:
    """Somebody whose text was changed by others in two sentences, and has one sentence more."""
    pair.types("/aller vision", VISION, "", GOAL, "")
    file = tmp_path / "revenu.txt"
    text = render(Composer(load_guide()).agreement(pair.partnership, "fr", ""), "txt").data.decode()
    text = text.replace("\xa0", " ").replace("’", "'")
    changed = text.replace("Personne ne reste seul le soir", "Personne ne reste seul la nuit")
    changed = changed.replace("Ouvrir un lieu d'accueil", "Ouvrir deux lieux d'accueil")
    assert changed.count("la nuit") == changed.count("deux lieux") == 1
    file.write_text(changed, encoding="utf-8")
    return pair, file


def spoken(text: str) -> str:
    return text.replace("\xa0", " ").replace("’", "'")


def test_each_difference_is_heard_and_decided(came: tuple[Person, Path]) -> None:
    person, file = came
    said = spoken(person.types(f"/revenu {file}", "accepter", "refuser"))
    assert "2 différences." in said and "Différence 1 sur 2. " in said and "Différence 2 sur 2. " in said
    assert f"Notre texte : {VISION}" in said and "Le leur : Personne ne reste seul la nuit." in said
    assert "Acceptée, elle va dans : Vision et but : Vision commune" in said
    assert "Enregistré : nos mots restent." in said
    answer = person.answer("gather.vision")
    assert (answer.text("vision", "fr"), answer.text("goal", "fr").replace("’", "'")) == (
        "Personne ne reste seul la nuit.", GOAL,
    )  # fmt: skip
    assert "Il ne reste rien à décider" in spoken(person.types(f"/revenu {file}"))


def test_what_is_left_waits_and_can_be_made_a_point(came: tuple[Person, Path]) -> None:
    person, file = came
    said = spoken(person.types(f"/revenu {file}", "", "point"))
    assert "c'est un point à discuter" in said
    assert len(person.partnership.rows("extra.points", "rows")) == 1
    assert "1 différence." in spoken(person.types(f"/revenu {file}", "/annuler")), "one was left for later"
    assert person.answer("gather.vision").text("vision", "fr") == VISION


def test_a_line_that_is_new_can_become_an_article(came: tuple[Person, Path]) -> None:
    person, file = came
    file.write_text(file.read_text(encoding="utf-8") + "\nUne phrase venue d'ailleurs.\n", encoding="utf-8")
    said = spoken(person.types(f"/revenu {file}", "", "", "article"))
    assert "3 différences." in said and "c'est un article libre" in said
    assert len(person.partnership.rows("extra.articles", "rows")) == 1


def test_in_english_and_what_cannot_be_read(came: tuple[Person, Path], tmp_path: Path) -> None:
    person, file = came
    said = person.types(f"/returned {file}", "accept", "accept", lang="en")
    assert said.count("Saved, accepted:") == 2 and "Laid beside: Today's text" in said.replace("’", "'")
    (tmp_path / "bad.bin").write_bytes(b"\0" * 300)
    said = spoken(person.types(f"/revenu {tmp_path / 'bad.bin'}", f"/revenu {tmp_path / 'none'}", "/revenu"))
    assert "ne peut être lu" in said and "none" in said and "Le chemin du fichier est vide" in said


def test_the_levels_are_read(pair: Person) -> None:
    pair.types(
        "/aller 1", "1", "", "engagé", "/aller involvement", "décide", "/aller contributions", "prêter une salle"
    )
    said = spoken(pair.types("/niveaux"))
    assert "Université de Windsor" in said and "prêter une salle" in said
