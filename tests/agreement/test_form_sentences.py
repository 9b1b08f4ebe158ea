"""Tests of the sentences of a text that a partner may answer one by one."""

from __future__ import annotations

from tests.agreement.reading import GUIDE, Told, agreed
from tui.agreement.form_sentences import FormSentence, form_sentences
from tui.partnership.privacy import published


def _sentences(told: Told, lang: str = "fr") -> tuple[FormSentence, ...]:
    return form_sentences(agreed(told, lang), published(GUIDE, told.partnership).points)


def test_a_line_above_a_list_is_no_sentence_and_names_whose_list_it_is() -> None:
    told = Told("La Boussole", status="committed")
    told.say("open.contributions", {"text": "prêter une salle", "state": "accepted"}, "La Boussole", op="add")
    (one,) = _sentences(told)
    assert one.text == "prêter une salle"
    assert one.heading.split(" · ")[1:] == ["La Boussole", "S’engage à\u00a0:"]


def test_paragraphs_of_one_field_are_one_sentence() -> None:
    told = Told("La Boussole")
    told.say("extra.communication", {"confidentiality": "Rien n'est noté.\n\nSauf le danger."})
    (one,) = _sentences(told)
    assert one.text == "Rien n’est noté.\nSauf le danger."


def test_a_row_of_a_table_is_told_in_words_without_its_empty_cells() -> None:
    told = Told("La Boussole", "Le Collège")
    told.say("gather.objectives", {"text": "ouvrir le soir", "due": "2027-12"}, op="add")
    told.say("gather.objectives", {"text": "former des pairs"}, op="add")
    french = [one.text for one in _sentences(told)]
    assert french == [
        "Objectif\u00a0: ouvrir le soir · Échéance\u00a0: décembre 2027",
        "Objectif\u00a0: former des pairs",
    ]
    assert _sentences(told, "en")[0].text.startswith("Objective: ")


def test_what_stands_in_two_sections_is_asked_once() -> None:
    told = Told("La Boussole", "Le Collège")
    told.say("gather.lead", {"partner": told.ids["La Boussole"], "mandate": "convoque le comité"}, op="add")
    origins = [one.origin.entry for one in _sentences(told)]
    assert len(origins) == len(set(origins)) == 1


def test_who_takes_part_and_what_is_missing_are_no_sentences() -> None:
    assert _sentences(Told("La Boussole", "Le Collège")) == ()


def test_each_field_of_an_answer_is_asked_about_where_it_is_printed() -> None:
    told = Told("La Boussole", "Le Collège")
    told.say("extra.title", {"kind": "agreement"})
    told.say("extra.legal", {"nature": "binding", "effect": "all_signed", "no_company": True})
    asked = {one.origin.field: one.heading.split(". ")[1] for one in _sentences(told)}
    assert asked == {
        "effect": "Durée, calendrier et révision",
        "text": "Valeur de ce document",
        "no_company": "Valeur de ce document",
    }


def test_what_silence_and_what_absence_count_for_are_asked_about() -> None:
    told = Told("La Boussole", "Le Collège")
    told.say("extra.decision_rule", {"rule": "par consentement", "silence": True, "absence": True})
    assert [one.origin.field for one in _sentences(told)] == ["rule", "silence", "absence"]
