"""The first real case typed at the line prompts from the first organisation to the document, in French."""

from __future__ import annotations

import pytest

from tests.line_mode.person import GUIDE, NBSP, Person
from tui.agreement.compose import Composer
from tui.export.plain_text import to_text

pytestmark = pytest.mark.sampled

LINES = [
    # the organisations, then each of them: name, status, role, reason, named already, people
    "Université de Windsor", "ACSM, filiale Windsor-Essex", "",
    "", "intéressé", "demandeur", "", "", "",
    "", "3", "prestataire", "Ses intervenantes reçoivent déjà des étudiants.", "", "", "",
    # how many, involvement
    "2", "3", "",
    "décide", "oui", "contribue", "oui",
    # old stories of each, then of the two; trust
    "", "", "oui",
    "Vingt ans d'histoire commune.", "Un projet s'est arrêté sans explication.", "", "à aborder", "",
    "", "", "",
    "bonne", ".",
    # contributions, each opened by its number to say that it is a commitment, and of what type
    "prêter des locaux pour les séances", "faire connaître le service auprès des étudiants",
    "1", "", "engagement", "locaux", "2", "", "3", "promotion", "",
    "offrir du personnel de counseling qualifié hors des heures habituelles", "1", "", "engagement", "personnel", "",
    # objectives, level and function, vision and goal
    "offrir du counseling après les heures habituelles pendant les examens",
    "augmenter la capacité du campus sans embauche", "",
    "services", "Un projet ponctuel, reconductible.", "",
    "Des étudiants soutenus aux périodes de pointe.", "", "Offrir des rendez-vous le soir.", ".",
    # lead, governance and accountability are not known
    "", "", "",
    # agreement with the procedures, clarity, time, saying yes: later
    "/passer", "oui", "", "/passer", "/passer",
    # what each receives; money is not known
    "une capacité accrue grâce à l'apport humain", "/passer",
    "/passer",
    # complements: name, background, the two periods, brand
    "Counseling après les heures", "/aller contexte",
    "Les deux organismes collaborent depuis environ vingt ans.",
    "L'université a constaté que les étudiants ont besoin de rendez-vous le soir.", "",
    "/aller extra.dates", "décembre 2018", "avril 2019", "",
    "/aller communication", "Toute publicité dit qui offre le service et à qui il s'adresse.", "",
    "/manque", "/document", "/quitter",
]  # fmt: skip


def test_case_01_gives_its_document_with_the_five_holes(person: Person) -> None:
    said = person.types(*LINES)
    agreement = Composer(GUIDE).agreement(person.partnership, "fr")
    assert person.code == 0
    holes = {hole.id for hole in agreement.holes}
    assert holes == {"lead", "governance", "accountability", "money", "review_date"}
    assert to_text(agreement, wrap=None).replace(NBSP, " ") in said
    assert agreement.title == "Counseling après les heures"
    assert "Partenaire 2 sur 2 : ACSM, filiale Windsor-Essex, pressenti." in said


def test_nothing_private_of_case_01_is_in_the_document(person: Person) -> None:
    person.types(*LINES)
    document = person.types("/document")
    assert "prêter des locaux" in document and "vingt ans." in document
    assert not any(word in document for word in ("sans explication", "reçoivent déjà", "bonne"))


def test_every_answer_of_case_01_is_where_it_belongs(person: Person) -> None:
    person.types(*LINES)
    assert person.rows("open.contributions") == [
        "prêter des locaux pour les séances",
        "faire connaître le service auprès des étudiants",
        "offrir du personnel de counseling qualifié hors des heures habituelles",
    ]
    rows = person.partnership.rows("open.contributions", "rows")
    assert [(row.get("state"), row.get("type")) for row in rows] == [
        ("accepted", "space"),
        ("accepted", "promotion"),
        ("accepted", "staff"),
    ]
    assert [row.get("period") for row in person.partnership.rows("extra.dates", "rows")] == [
        {"start": "2018-12", "end": "2018-12"},
        {"start": "2019-04", "end": "2019-04"},
    ]
    history = person.answer("open.history", 2)
    assert history.text("note", "fr") == "Vingt ans d'histoire commune.\nUn projet s'est arrêté sans explication."
    assert history.get("progress") == "to_raise"
    assert person.answer("open.trust", 1, 2).get("scale") == "good"
    assert person.answer("gather.level").get("level") == "services"
    assert person.answer("open.how_many").get("max") == 3
