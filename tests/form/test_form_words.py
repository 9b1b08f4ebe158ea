"""Tests of words around a form: who is counted and named above its fields, what a typed name may mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.partnership.told import GUIDE, Told
from tui import i18n
from tui.form.form import FormContext, form_of
from tui.form.form_words import (
    Fact,
    answer_words,
    complete_last_name,
    facts,
    is_complete_name,
    name_in_sentence,
    short_name,
    suggestions,
)
from tui.guide.guide_types import Field
from tui.partnership.meetings import GIVEN_BY
from tui.partnership.partners import WHO
from tui.partnership.positions import CONSENSUS, PositionStatus
from tui.partnership.received_answers import ENTRIES, noted_changes, words_digest
from tui.partnership.record_cells import record_cells
from tui.partnership.values import Change
from tui.text.french_names import fill_sentence

NAMES = ("Collège", "Clinique", "Ruche")


def context_of(told: Told, lang: str = "fr") -> FormContext:
    return FormContext(GUIDE, told.partnership, lang)


def said(told: Told, question: str, name: str = "") -> list[str]:
    """The facts above the fields of a question, put to a partner or to all."""
    form = form_of(context_of(told), GUIDE.question(question), told.ids.get(name, ""))
    return [fact.text.replace("\u00a0", " ").replace("\u202f", " ") for fact in facts(form)]


def field_of(kind: str) -> Field:
    """A field of the guide of that kind."""
    parts = (part for question in GUIDE.by_id.values() for part in question.parts)
    return next(field for part in parts for field in part.fields if field.kind == kind)


@pytest.mark.parametrize("status", ["declined", "withdrawn"])
def test_who_left_is_neither_counted_nor_listed(status: str) -> None:
    told = Told(*NAMES)
    told.say(WHO, {"people": [{"name": "Zoé Lis"}]}, "Ruche")
    told.say(WHO, {"people": [{"name": "Ann Roy"}]}, "Clinique")
    assert said(told, "open.how_many") == ["3 organismes inscrits.", "2 personnes inscrites."]
    assert said(Told(*NAMES), "open.how_many") == ["3 organismes inscrits."], "no person is no line"
    assert sum("Clinique" in line for line in said(told, "commit.consensus", "Ruche")) == 1
    told.say(WHO, {"status": status}, "Clinique")
    assert said(told, "open.how_many") == ["2 organismes inscrits.", "1 personne inscrite."]
    assert not any("Clinique" in line for line in said(told, "commit.consensus", "Ruche"))


@pytest.mark.parametrize("state", GUIDE.choices["contribution_state"])
def test_a_partner_gives_what_it_accepted_or_confirmed(state: str) -> None:
    told = Told(*NAMES)
    told.say("open.contributions", {"text": "une salle", "state": state}, "Ruche", op="add")
    told.say("open.contributions", {"text": "une cour", "state": "accepted"}, "Clinique", op="add")
    (line,) = said(told, "commit.win_win", "Ruche")
    assert ("une salle" in line) is (state in ("accepted", "confirmed")) and "une cour" not in line


@pytest.mark.parametrize("level", ["agree", "disagree"])
def test_an_answer_to_other_words_is_told_as_such(level: str) -> None:
    told = Told(*NAMES)
    told.say("gather.objectives", {"text": "un guide"}, op="add")
    told.say("commit.consensus", {"level": level}, "Ruche")
    (mine,) = [line for line in said(told, "commit.consensus", "Ruche") if line.startswith("Ruche")]
    (row,) = told.partnership.rows("gather.objectives", "rows")
    told.say("gather.objectives", {"text": "trois guides"}, row=row.id)
    lines = said(told, "commit.consensus", "Ruche")
    (now,) = [line for line in lines if line.startswith("Ruche")]
    assert now != mine and ("à confirmer sur le nouveau texte" in now) is (level == "agree")
    assert lines[-1] == "1 phrase a changé depuis la réponse de Ruche."
    assert not any("a changé depuis" in line for line in said(told, "commit.consensus", "Clinique"))


@pytest.mark.parametrize("kind", ["partner", "partners", "someone", "someones"])
def test_names_are_offered_for_the_last_one_typed(kind: str) -> None:
    told = Told(*NAMES, "Collège du Nord")
    told.say(WHO, {"people": [{"name": "Claude Roy"}]}, "Ruche")
    told.say("extra.groups", {"name": "Clubs", "members": ["Ruche"]}, op="add")
    several, persons = kind in ("partners", "someones"), kind in ("someone", "someones")
    offered = suggestions(context_of(told), field_of(kind), "Ruche; cl" if several else "cl")
    assert set(offered) == {
        "Clinique", *(["Claude Roy"] if persons else []), *(["Clubs"] if kind == "partners" else []),
    }  # fmt: skip
    assert suggestions(context_of(told), field_of(kind), "Ruche; " if several else "  ") == []


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("ru", "Ruche", "Ruche"),
        ("Clinique, ru", "Ruche", "Clinique, Ruche"),
        ("Clinique; ru", "Ruche", "Clinique; Ruche"),
        ("Clinique, Roy; ru", "Ruche", "Clinique, Roy; Ruche"),
        ("Clinique, Ruche, ce", "Centre, Nord", "Clinique; Ruche; Centre, Nord"),
        ("Clinique, ce", "A; B", "Clinique; A; B"),
        ("Clinique; ce", "Centre, Nord", "Clinique; Centre, Nord"),
    ],
)
def test_a_completed_name_takes_the_place_of_the_last_one(text: str, name: str, whole: str) -> None:
    assert complete_last_name(field_of("partners"), text, name) == whole
    assert complete_last_name(field_of("partner"), text, name) == name


def test_an_organisation_without_a_name_has_words_of_its_own() -> None:
    told = Told("Ruche")
    told.say(WHO, {"short_name": "R"}, "Ruche")
    assert short_name(told.partnership, told.ids["Ruche"], "fr") == "R"
    assert short_name(told.partnership, "nobody", "fr") == "organisme sans nom"


def test_no_more_than_five_names_are_offered() -> None:
    told = Told(*(f"Club {number}" for number in range(7)))
    assert suggestions(context_of(told), field_of("partner"), "club") == [f"Club {number}" for number in range(5)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ruche", "partner partners someone someones"), ("RUCHE", "partner partners someone someones"),
        ("Clinique, ruche", "partners someones"), ("Clinique; Ruche", "partners someones"),
        ("zoé lis", "someone someones"), ("Clinique, Zoé Lis", "someones"),
        ("tous", "partner partners someone someones"), ("Ru", ""), ("Ruche, cli", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_name_is_complete_where_it_is_one_that_is_known(text: str, kinds: str) -> None:
    told = Told(*NAMES)
    told.say(WHO, {"people": [{"name": "Zoé Lis"}]}, "Ruche")
    known = ("partner", "partners", "someone", "someones")
    complete = [kind for kind in known if is_complete_name(context_of(told), field_of(kind), text)]
    assert complete == kinds.split()


def test_what_is_still_to_be_said_is_told_as_a_hole() -> None:
    told = Told(*NAMES)
    told.say("gather.vision", {"vision": "Une porte ouverte"})
    form = form_of(context_of(told), GUIDE.question("commit.clarity"), told.ids["Ruche"])
    vision, goal, *_objectives = facts(form)
    assert (vision.tone, goal.tone) == ("", "hole") and "Une porte ouverte" in vision.text


@pytest.mark.parametrize(
    ("question", "field", "told_of"), [("commit.win_win", "comment", True), ("open.history", "note", False)]
)
def test_the_source_of_an_answer_is_told_to_its_partner(question: str, field: str, told_of: bool) -> None:
    told = Told(*NAMES)
    told.say(question, {field: "Une salle"}, "Ruche")
    entry_id = f"{question}:{told.ids['Ruche']}"
    fields = {"means": "telephone", "said_by": "Zoé Lis", "on": "2026-11-22"}
    fields |= record_cells(ENTRIES, {entry_id: words_digest(told.partnership.entries[entry_id])})
    told.take(*noted_changes(told.partnership, "note000000", told.ids["Ruche"], fields))
    assert any("Zoé Lis" in line for line in said(told, question, "Ruche")) is told_of
    assert not any("Zoé Lis" in line for line in said(told, question, "Clinique"))


def test_only_the_time_noted_with_a_contribution_is_told() -> None:
    told = Told(*NAMES)
    told.say("open.contributions", [{"text": "une salle", "effort": "3 h"}, {"text": "une cour"}], "Ruche")
    assert said(told, "commit.time", "Ruche") == ["Déjà noté : 3 h, une salle"]
    assert said(told, "commit.time", "Clinique") == []


def lines_of_the_round(told: Told, asked: str) -> dict[str, Fact]:
    """The lines of the answers so far, by partner."""
    form = form_of(context_of(told), GUIDE.question(CONSENSUS), told.ids[asked])
    return {name: fact for fact in facts(form) for name in NAMES if fact.text.startswith(name)}


def test_a_round_shows_answers_to_other_words_and_ones_own() -> None:
    told = Told(*NAMES)
    told.say("gather.objectives", {"text": "un guide"}, op="add")
    told.say(CONSENSUS, {"level": "agree"}, "Ruche")
    told.say(CONSENSUS, {"level": "disagree"}, "Clinique")
    assert {name: fact.tone for name, fact in lines_of_the_round(told, "Ruche").items()} == {
        "Collège": "muted", "Clinique": "", "Ruche": "",
    }  # fmt: skip
    told.say(
        "gather.objectives", {"text": "trois guides"}, row=told.partnership.rows("gather.objectives", "rows")[0].id
    )
    found = lines_of_the_round(told, "Ruche")
    assert {name: (fact.tone, fact.is_asked) for name, fact in found.items()} == {
        "Collège": ("muted", False), "Clinique": ("warn", False), "Ruche": ("warn", True),
    }  # fmt: skip


def test_who_gave_an_answer_is_named_beside_it() -> None:
    told = Told(*NAMES)
    told.say(CONSENSUS, {"level": "agree"}, "Ruche")
    ruche = told.ids["Ruche"]
    told.take(Change(f"{CONSENSUS}:{ruche}", CONSENSUS, GIVEN_BY, {"name": "Ann Roy"}, "", (ruche,)))
    found = lines_of_the_round(told, "Clinique")
    assert found["Ruche"].text.endswith(", Ann Roy") and "Ann Roy" not in found["Clinique"].text


def test_a_position_is_said_with_its_exceptions_on_words_it_saw() -> None:
    agree, agreed = PositionStatus(CONSENSUS, "p", "agree"), GUIDE.choice("position", "agree", "fr")
    assert answer_words(GUIDE, None, "fr") == GUIDE.choice("position", "none", "fr")
    assert answer_words(GUIDE, agree, "fr") == agreed
    exceptions = replace(agree, exceptions=("e", "f"))
    assert answer_words(GUIDE, exceptions, "fr") == GUIDE.word("except_on", "fr", position=agreed, n=2)
    for on_other_words in (replace(exceptions, changed=("x",)), replace(agree, unseen=True)):
        assert answer_words(GUIDE, on_other_words, "fr") == "à confirmer sur le nouveau texte"


def test_letters_mean_a_choice_and_a_day_without_year_the_next() -> None:
    told = Told(*NAMES)
    status, date = (GUIDE.question(name).single for name in (WHO, "extra.review"))
    assert status is not None and date is not None
    choice, day = status.field("status"), date.field("date")
    assert choice is not None and day is not None
    assert (
        suggestions(context_of(told), choice, "inté") == ["intéressé"] == suggestions(context_of(told), choice, "INTE")
    )
    assert suggestions(context_of(told), choice, "zut") == suggestions(context_of(told), choice, " ") == []
    (meant,) = suggestions(context_of(told), day, "1er mars")
    assert meant.startswith("1er mars 20") and suggestions(context_of(told), day, "2026-03-01") == []


@pytest.mark.parametrize(
    ("name", "lang", "words", "sentence"),
    [
        ("École secondaire du Nord", "fr", "l'École secondaire du Nord", "Réserve de l'École secondaire du Nord"),
        ("Centre du Quai", "fr", "le Centre du Quai", "Réserve du Centre du Quai"),
        ("Ruche", "fr", "Ruche", "Réserve de Ruche"),
        ("Centre du Quai", "en", "Centre du Quai", "Reservation of Centre du Quai"),
    ],
)
def test_a_sentence_calls_a_partner_by_its_name_and_article(
    name: str, lang: i18n.Language, words: str, sentence: str
) -> None:
    i18n.use(lang)
    told = Told(name)
    called = name_in_sentence(told.partnership, told.ids[name], lang)
    assert called == words
    assert fill_sentence(i18n._("Reservation of {name}"), name=called) == sentence
    assert name_in_sentence(told.partnership, "nobody0000", lang) == i18n._("unnamed organization")
