"""Tests of the rule on silence and absence: counted separately, and never stored as a yes."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from tests.agreement.reading import agreed, everything, said
from tests.partnership.told import GUIDE, Told
from tui.form.form import FormContext, form_of
from tui.form.form_words import facts
from tui.partnership.milestones import awaited
from tui.partnership.positions import CONSENSUS
from tui.partnership.privacy import public_view, published
from tui.partnership.silence import QUESTIONS_UNDER_RULE, SILENCE, partners_by_rule
from tui.partnership.values import Partnership, as_of

PROCEDURES, RULE = "gather.procedures", "extra.decision_rule"
NAMES = ("Collège", "Centre", "Clinique", "Collectif", "Coopérative", "Maison")
AFTER, BEFORE = "2026-11-21", "2026-11-20"


def network(**accepted: Any) -> Told:
    """Six partners, five of which agree to the procedures; « Maison » said nothing and accepted the rule."""
    told = Told(*NAMES)
    told.say(RULE, {"rule": "Par consentement.", "silence": True, "until": "2026-11-20", "absence": True})
    for name in NAMES[:5]:
        told.say(PROCEDURES, {"level": "agree"}, name)
    row = {"partner": "Maison", "on": "2026-10-01", "notice": "2026-11-05"} | accepted
    told.say(RULE, {one: value for one, value in row.items() if value}, op="add", part="accepted")
    return told


def on(told: Told, day: str) -> Told:
    told.partnership = as_of(told.partnership, day)
    return told


def words(told: Told, lang: str = "fr") -> str:
    return "\n".join(said(told, "structure", lang)).replace(" ;", ";").replace("’", "'")


def test_the_count_sets_silence_apart() -> None:
    told = on(network(), AFTER)
    assert "5 accords; 1 sans réponse au 20 novembre 2026, règle du silence." in words(told)
    assert re.search(r"5 \w+; 1 without an answer by November 20, 2026, rule of silence\.", words(told, "en"))
    assert "est réputé d'accord avec ces procédures s'il n'a pas répondu d'ici le 20 novembre 2026" in words(told)
    assert "ne valent jamais adoption, signature ou ratification" in words(told)


def test_counts_that_know_of_no_more_do_not_hide_whom_the_rule_counts() -> None:
    told = on(network(), AFTER)
    told.partnership = replace(told.partnership, tallies={PROCEDURES: {"agree": 5}})
    assert public_view(GUIDE, told.partnership).tallies[PROCEDURES] == {"agree": 5, SILENCE: 1}


def test_those_whom_the_rule_counts_do_not_hide_that_few_answered() -> None:
    told = on(network(), AFTER)
    for number, name in enumerate(NAMES[:5]):
        told.say(PROCEDURES, {"level": None if number > 1 else "agree"}, name)
    assert "accord" in words(on(network(), AFTER)) and "accords" not in words(told)
    assert "règle du silence" not in words(told)


def test_the_form_says_the_same() -> None:
    told = on(network(), AFTER)
    form = form_of(FormContext(GUIDE, told.partnership, "fr"), GUIDE.question(PROCEDURES), told.ids["Collège"])
    lines = [fact.text.replace("\u00a0", " ") for fact in facts(form)]
    assert "5 accords ; 1 sans réponse au 20 novembre 2026, règle du silence" in lines


@pytest.mark.parametrize(
    ("accepted", "day"),
    [
        ({}, BEFORE),  # the day has not passed
        ({"on": None}, AFTER),
        ({"notice": None}, AFTER),
        ({"notice": "2026-11-25"}, "2026-12-01"),  # the notice came after the day
        ({"partner": "Collège"}, AFTER),  # who answered needs no rule
    ],
)
def test_only_who_accepted_and_was_told_in_time_is_counted(accepted: dict[str, Any], day: str) -> None:
    told = on(network(**accepted), day)
    assert "règle du silence" not in words(told)
    assert "5 accords." in words(told)


def test_notice_on_the_day_itself_came_in_time() -> None:
    told = on(network(notice="2026-11-20", on="2026-11-20"), AFTER)
    assert partners_by_rule(told.partnership, PROCEDURES, {}) == {told.ids["Maison"]: SILENCE}


def test_without_the_rule_nobody_is_counted() -> None:
    told = network()
    told.say(RULE, {"silence": None})
    assert "sans réponse au" not in words(on(told, AFTER))


def test_an_absence_is_counted_by_its_own_rule() -> None:
    told = network()
    told.say(PROCEDURES, {"level": "absent"}, "Maison")
    assert "5 accords; 1 absent, règle de l'absence." in words(on(told, AFTER))
    told.say(RULE, {"absence": None})
    assert "règle de l'absence" not in words(on(told, AFTER)) and "1 absent," in words(told)


def test_silence_is_no_yes_in_the_data() -> None:
    told = on(network(), AFTER)
    view = published(GUIDE, told.partnership)
    assert (PROCEDURES, told.ids["Maison"]) not in view.answers
    assert view.view.tallies[PROCEDURES] == {"agree": 5, SILENCE: 1}
    waiting = [one.partner for one in awaited(told.partnership, view.answers, "fr")]
    assert told.ids["Maison"] in waiting  # its answer to the text is still awaited


def test_no_rule_speaks_for_adoption_commitments_or_money() -> None:
    told = network()
    for name in NAMES[:5]:
        told.say(CONSENSUS, {"level": "agree"}, name)
    on(told, AFTER)
    assert {PROCEDURES} == QUESTIONS_UNDER_RULE
    assert partners_by_rule(told.partnership, CONSENSUS, {}) == {}
    assert SILENCE not in published(GUIDE, told.partnership).view.tallies[CONSENSUS]
    assert "règle du silence" not in "\n".join(said(told, "signatures"))


def test_who_accepted_what_stays_private() -> None:
    told = on(network(), AFTER)
    view = public_view(GUIDE, told.partnership)
    assert not view.rows(RULE, "accepted")
    assert "2026-11-05" not in everything(agreed(told)) and "5 novembre" not in everything(agreed(told))


def test_the_count_outlives_a_copy_without_the_answers() -> None:
    """Who gets the public file alone reads the same count, and it is told from an answer there too."""
    told = on(network(), AFTER)
    view = public_view(GUIDE, told.partnership)
    other: Partnership = as_of(view, AFTER)
    assert published(GUIDE, other).view.tallies[PROCEDURES] == {"agree": 5, SILENCE: 1}
