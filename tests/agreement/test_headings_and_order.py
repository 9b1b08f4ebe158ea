"""Tests of the form of the document: title, order of sections, headings, articles, short names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tests.agreement.reading import agreed, said
from tests.partnership.told import GUIDE, Told
from tui.agreement.blocks import Agreement
from tui.agreement.compose import Composer
from tui.comparison.compare import compare, texts_differ
from tui.export.plain_text import to_text
from tui.form.answer_json import answer
from tui.partnership.changes import apply
from tui.partnership.positions import points
from tui.partnership.privacy import public_view
from tui.partnership.section_order import ORDERED
from tui.partnership.values import Partnership
from tui.text.typography import regional_typography
from tui.workspace.samples import samples

START = samples()[0].partnership
AT = START.changed


def told(*lines: dict[str, Any], partnership: Partnership = START) -> Partnership:
    for line in lines:
        partnership = apply(partnership, answer(GUIDE, partnership, line).changes, by="", at=AT).partnership
    return partnership


def document(partnership: Partnership, lang: str = "fr") -> Agreement:
    return Composer(GUIDE).agreement(partnership, lang)


def shown(partnership: Partnership, lang: str = "fr") -> str:
    return to_text(document(partnership, lang), None).replace("\u00a0", " ").replace("’", "'")


def order(*names: str) -> list[dict[str, Any]]:
    return [{"question": ORDERED, "op": "add", "value": {"section": name}} for name in names]


def heads(partnership: Partnership, lang: str = "fr") -> Sequence[tuple[int, str]]:
    return [(one.number, one.id) for one in document(partnership, lang).sections]


def test_sections_come_in_the_order_that_is_asked_and_the_numbers_follow() -> None:
    partnership = told(*order("commitments", "vision"))
    assert heads(partnership)[:4] == [(1, "commitments"), (2, "vision"), (3, "partners"), (4, "background")]
    assert [one for one, _name in heads(partnership)] == sorted(one for one, _name in heads(partnership))
    assert {name for _one, name in heads(partnership)} == {name for _one, name in heads(START)}
    structure = next(one for one, name in heads(partnership) if name == "structure")
    assert f"la gouvernance (section {structure})" in shown(partnership)


def test_a_composer_that_is_kept_moves_them_too_and_moves_them_back() -> None:
    composer = Composer(GUIDE)
    first = composer.agreement(START, "fr")
    partnership = told(*order("signatures"))
    assert composer.agreement(partnership, "fr") == document(partnership)
    assert composer.agreement(partnership, "fr").sections[0].id == "signatures"
    assert composer.agreement(START, "fr") == first


def test_a_heading_of_ones_own_in_each_language() -> None:
    partnership = told({"question": ORDERED, "op": "add", "value": {"section": "lead", "heading": {"fr": "Qui mène"}}})
    assert "1. Qui mène" in shown(partnership) and "1. Lead" in shown(partnership, "en")


def test_the_order_is_no_sentence_but_it_is_a_change() -> None:
    partnership = told(*order("vision"))
    assert points(GUIDE, public_view(GUIDE, partnership)) == points(GUIDE, public_view(GUIDE, START))
    assert texts_differ(document(START), document(partnership)) and not texts_differ(document(START), document(START))
    assert "ordre des sections a changé." in to_text(compare(GUIDE, document(START), document(partnership)), None)


def test_an_unknown_section_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="section"):
        answer(GUIDE, START, {"question": ORDERED, "op": "add", "value": {"section": "annexe"}})


@pytest.mark.parametrize(
    ("value", "said"),
    [({"kind": "agreement"}, "ENTENTE"), ({"kind": "memorandum"}, "PROTOCOLE"), ({"own": "Pacte"}, "PACTE")],
)
def test_the_title_of_the_document(value: dict[str, str], said: str) -> None:
    assert said in shown(told({"question": "extra.title", "value": value})).splitlines()[2]


def test_articles_go_where_they_are_put() -> None:
    line = {
        "question": "extra.articles",
        "op": "add",
        "value": {"title": "Transport", "text": "Chacun paie le sien.", "place": "lead"},
    }
    sections = {one.id: one for one in document(told(line)).sections}
    assert "Transport" in str(sections["lead"].blocks) and "Transport" not in str(sections["commitments"].blocks)


def test_preamble_definitions_address_and_short_name() -> None:
    name = START.rows("open.who")[0].id
    text = shown(
        told(
            {"question": "extra.preamble", "value": "Nous nous réunissons."},
            {"question": "extra.definitions", "op": "add", "value": {"word": "Cas aigu", "meaning": "en danger"}},
            {"question": "open.who", "partner": name, "value": {"address": "12, rue du Quai", "short_name": "l'Univ"}},
        )
    )
    assert text.index("Nous nous réunissons.") < text.index("1. Partenaires")
    assert "Cas aigu : en danger" in text and "12, rue du Quai" in text and "ci-après « l'Univ »" in text


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("gather.vision", "vision"), ("gather.objectives", "objectives"), ("gather.lead", "lead"),
        ("extra.legal", "nature"), ("gather.governance", "accountability"), ("extra.context", "background"),
    ],
)  # fmt: skip
def test_without_object_takes_the_heading_away(question: str, section: str) -> None:
    partnership = told({"question": question, "state": "not_applicable"})
    assert section in {name for _one, name in heads(START)} and section not in {
        name for _one, name in heads(partnership)
    }


# What a question may take along: the section that it feeds, and the answers there that other questions gave.
FED_BY_SEVERAL = {
    "commit.funding": ("resources", ["contributions en nature"]),
    "open.contributions": ("commitments", ["- un local"]),
    "gather.level": ("structure", ["Comité", "À la majorité"]),
    "gather.governance": ("structure", ["Niveau du lien : réseautage.", "À la majorité"]),
    "extra.decision_rule": ("structure", ["Niveau du lien : réseautage.", "Comité"]),
    "extra.dates": ("term", ["2 h par mois", "juin 2027"]),
    "commit.time": ("term", ["hiver", "juin 2027"]),
    "extra.review": ("term", ["hiver", "2 h par mois"]),
    "extra.context": ("background", ["- Soirée : de 17 h à 21 h"]),
    "extra.definitions": ("background", ["D'où l'on vient"]),
    "extra.legal": ("nature", ["Toutes les personnes"]),
    "extra.inclusive": ("nature", ["Rien n'oblige"]),
    "extra.communication": ("communication", ["un article"]),
    "gather.lead": ("responsibilities", ["les clés"]),
    "extra.responsibilities": ("responsibilities", ["pilotage"]),
}


def full() -> Told:
    """Two partners, and an answer to each question that shares a section with another."""
    made = Told("A", "B")
    made.say("open.contributions", {"text": "prêter une salle", "type": "space", "state": "accepted"}, "A", op="add")
    made.say("commit.win_win", {"text": "un local"}, "B", part="receives", op="add")
    made.say("commit.funding", {"source": "Fondation", "amount": "100 $", "status": "acquired"}, op="add")
    made.say("gather.level", {"level": "networking"})
    made.say("gather.governance", {"name": "Comité"}, part="bodies", op="add")
    made.say("gather.lead", {"partner": "A", "mandate": "convoque"}, op="add")
    made.say("extra.decision_rule", "à la majorité")
    made.say("extra.dates", {"period": "janvier 2027", "label": "hiver"}, op="add")
    made.say("commit.time", {"effort": "2 h par mois"}, "A", op="add")
    made.say("extra.review", {"date": "juin 2027"})
    made.say("extra.context", {"background": "d'où l'on vient"})
    made.say("extra.definitions", {"word": "Soirée", "meaning": "de 17 h à 21 h"}, op="add")
    made.say("extra.legal", "rien n'oblige")
    made.say("extra.inclusive", "toutes les personnes")
    made.say("extra.communication", {"communication": "un nom"})
    made.say("extra.responsibilities", {"what": "les clés", "who": "B"}, op="add")
    made.say("extra.articles", {"title": "un article", "text": "un texte", "place": "communication"}, op="add")
    return made


OWN_WORDS = {
    "commit.funding": "100 $", "open.contributions": "prêter une salle", "gather.level": "réseautage",
    "gather.governance": "Comité", "extra.decision_rule": "À la majorité", "extra.dates": "hiver",
    "commit.time": "2 h par mois", "extra.review": "juin 2027", "extra.context": "D'où l'on vient",
    "extra.definitions": "Soirée", "extra.legal": "Rien n'oblige", "extra.inclusive": "Toutes les personnes",
    "extra.communication": "Un nom", "gather.lead": "convoque", "extra.responsibilities": "les clés",
}  # fmt: skip


@pytest.mark.parametrize("question", FED_BY_SEVERAL)
def test_without_object_takes_its_own_answers_and_no_others(question: str) -> None:
    made = full()
    name, others = FED_BY_SEVERAL[question]
    before = "\n".join(said(made, name)).replace("’", "'")
    assert OWN_WORDS[question] in to_text(agreed(made), None).replace("\u00a0", " ").replace("’", "'")
    assert all(one in before for one in others)
    made.state(question, "not_applicable")
    after = to_text(agreed(made), None).replace("\u00a0", " ").replace("’", "'")
    assert OWN_WORDS[question] not in after
    kept = "\n".join(said(made, name)).replace("’", "'")
    assert all(one in kept for one in others)


def test_the_line_on_its_value_is_ones_own() -> None:
    partnership = told({"question": "extra.legal", "value": "Ce texte engage chacun."})
    assert regional_typography("Ce texte engage chacun.", "fr-CA") in shown(
        partnership
    ) and "intention commune" not in shown(partnership)
