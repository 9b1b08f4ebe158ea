"""Every kind of field: what is understood, what is refused with what to type instead, what is said of it."""

from __future__ import annotations

import pytest

from tests.line_mode.person import Person
from tui.partnership.values import Change


@pytest.mark.parametrize(
    ("typed", "code"),
    [("3", "contributes"), ("contribue", "contributes"), ("DÉCIDE AVEC LES AUTRES", "decides"), ("déc", "decides"),
     ("leads", "leads"), ("5.", "leads"), ("avec autres", "decides")],
)  # fmt: skip
def test_choice_by_number_words_or_some_letters(pair: Person, typed: str, code: str) -> None:
    said = pair.types("/aller 3", typed)
    assert pair.answer("open.involvement", 1).get("level") == code
    assert "\n3. contribue\n" in said and "Enregistré : " in said


@pytest.mark.parametrize("typed", ["6", "0", "con", "peut-être", "…"])
def test_choice_that_is_none_is_asked_again(pair: Person, typed: str) -> None:
    said = pair.types("/aller 3", typed, "pilote")
    assert f"« {typed} » n’est pas un des choix" in said
    assert pair.answer("open.involvement", 1).get("level") == "leads"


@pytest.mark.parametrize(
    ("typed", "value"), [("oui", True), ("oui.", True), ("o", True), ("Yes", True), ("non", False), ("N", False)]
)
def test_flag(pair: Person, typed: str, value: bool) -> None:
    said = pair.types("/aller 3", "", "bof", typed)
    assert "« bof » ne se comprend pas ici. Tapez oui ou non." in said
    assert pair.answer("open.involvement", 1).get("agreed") is value


def test_number_is_asked_again_until_it_is_one(pair: Person) -> None:
    said = pair.types("/aller 2", "deux", "2")
    assert "Tapez un nombre entier" in said
    assert pair.answer("open.how_many").get("min") == 2


def test_date_is_asked_again_until_it_is_one(pair: Person) -> None:
    said = pair.types("/aller révision", "bientôt", "22 novembre 2026", "en réunion")
    assert "« bientôt » n" in said and "Enregistré : 22 novembre 2026." in said
    review = pair.answer("extra.review")
    assert (review.get("date"), review.text("how", "fr")) == ("2026-11-22", "en réunion")


def test_a_date_without_its_year_is_the_next_one(pair: Person) -> None:
    pair.types("/aller révision", "22 novembre", "en réunion")
    assert str(pair.answer("extra.review").get("date")).endswith("-11-22")


def test_period_that_is_none_makes_no_row(pair: Person) -> None:
    pair.types("/aller 23", "un de ces jours", "d'octobre 2026 à mars 2027")
    (row,) = pair.partnership.rows("extra.dates", "rows")
    assert row.get("period") == {"start": "2026-10", "end": "2027-03"}


def test_amount_partners_and_flags_of_a_row(pair: Person) -> None:
    said = pair.types(
        "/aller 17", "Fonds d'innovation", "1", "/plus", "", "beaucoup", "12 000 $", "acquis", "oui", "non",
        "tous, sauf ACSM Windsor-Essex", "ACSM Windsor-Essex", "mars 2027",
    )  # fmt: skip
    (row,) = pair.partnership.rows("commit.funding", "rows")
    assert row.get("amount") == {"amount": "12000", "currency": "CAD"}
    assert (row.get("status"), row.get("ceiling"), row.get("each"), row.get("due")) == (
        "acquired", True, False, "2027-03",
    )  # fmt: skip
    assert row.get("partners")["ids"] == [pair.partner(1)]
    assert row.get("recipients")["ids"] == [pair.partner(2)]
    assert "« beaucoup »" in said


def test_partner_by_some_letters_and_people(pair: Person) -> None:
    said = pair.types("/aller pilotage", "Hydro", "windsor-e", "1", "", "Anne Roy", "coordonner", "2027", "", "/voir 6")
    (row,) = pair.partnership.rows("gather.lead", "rows")
    assert row.get("partner") == pair.partner(2)
    assert (row.get("person"), row.text("mandate", "fr"), row.get("until")) == (
        {"name": "Anne Roy"},
        "coordonner",
        "2027",
    )
    assert "Hydro" in said and "Anne Roy" in said.rpartition("6. Pilotage")[2]


def test_someones_of_a_body(pair: Person) -> None:
    pair.types("/aller gouvernance", "comité de pilotage", "1", "", "Université de Windsor, Anne Roy", "chaque mois")
    (row,) = pair.partnership.rows("gather.governance", "bodies")
    assert row.get("members") == [{"partner": pair.partner(1)}, {"name": "Anne Roy"}]


def test_a_short_text_is_continued_on_its_line(pair: Person) -> None:
    said = pair.types(
        "/aller 18", "Counseling", "/retour", "/ajouter", "après", "les heures", "", "/aller 3", "/ajouter"
    )
    assert pair.answer("extra.name").text("name", "fr") == "Counseling après les heures"
    assert "pas de texte à continuer" in said


@pytest.mark.parametrize("end", ["", "."])
def test_prose_ends_with_an_empty_line_or_a_dot(pair: Person, end: str) -> None:
    pair.types("/aller vision", "Une ville où", "- chacun", "- chacune", end, "le but", end)
    vision = pair.answer("gather.vision")
    assert (vision.text("vision", "fr"), vision.text("goal", "fr")) == ("Une ville où\n- chacun\n- chacune", "le but")


def test_prose_is_replaced_by_typing_and_continued_by_a_command(pair: Person) -> None:
    pair.types("/aller vision", "premier", "")
    said = pair.types("/aller vision", "second", "", "/retour", "/ajouter", "troisième", "")
    assert pair.answer("gather.vision").text("vision", "fr") == "second\n\ntroisième"
    assert "Vision commune, actuellement : premier" in said


def test_a_text_that_begins_like_a_command_is_typed_with_the_sign_doubled(pair: Person) -> None:
    said = pair.types("/aller nom", "/etc", "//etc", "/aller nom", "...suite")
    assert "Aucune commande ne s’appelle « etc »" in said and "Enregistré." in said
    assert pair.answer("extra.name").text("name", "fr") == "...suite"


def test_private_is_said_in_words(pair: Person) -> None:
    said = pair.types("/aller 4", "/aller 13", "", "à revoir", "")
    assert "ne paraîtra jamais dans le document" in said
    assert "À retravailler (privé)" in said


def test_a_pair_is_told_by_two_numbers_or_names(pair: Person) -> None:
    pair.types("/aller 1", "Ville de Windsor")
    said = pair.types(
        "/aller confiance", "1", "1 et 9", "1 et 3", "bonne", "", "acsm, ville", "2", "note", "", "/répéter"
    )
    assert pair.answer("open.trust", 1, 3).get("scale") == "good"
    assert pair.answer("open.trust", 2, 3).text("note", "fr") == "note"
    assert "1 partenaire a été compris" in said
    assert "Université de Windsor, et Ville de Windsor" in said


def test_position_keeps_the_words_it_was_given_on(pair: Person) -> None:
    pair.types("/aller vision", "Une vision", "", "/aller 15", "", "accord")
    assert pair.answer("commit.consensus", 1).get("seen")


@pytest.mark.parametrize("typed", ["7", "opposition"])
def test_a_level_of_the_long_form_that_stands_is_offered_in_the_short_one(pair: Person, typed: str) -> None:
    who = pair.partner(1)
    cells = {"level": "opposes", "reservation@fr": "non"}
    name = f"commit.consensus:{who}"
    pair.store.save(pair.id, [Change(name, "commit.consensus", cell, one, "", (who,)) for cell, one in cells.items()])
    said = pair.types("/aller 15", "", typed)
    assert "Position, actuellement : opposition" in said and "6. sans réponse\n7. opposition\nTapez" in said
    assert "aucun des choix" not in said and pair.answer("commit.consensus", 1).get("level") == "opposes"
    assert "7. " not in pair.types("/aller 15", "/partenaire 2", "").partition("Partenaire 2")[2]


def test_clear_takes_an_answer_out(pair: Person) -> None:
    said = pair.types("/aller 3", "pilote", "/retour", "/effacer", "/aller 7", "/effacer")
    assert pair.answer("open.involvement", 1).get("level") is None
    assert "aucune réponse" in said and "pas ici de réponse à effacer" in said
