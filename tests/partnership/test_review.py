"""Tests of the review of an agreement: each finding, its reason, and the field that it leads to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.partnership.told import GUIDE, Told
from tui import i18n
from tui.agreement.compose import Composer
from tui.partnership.review import (
    ADVICE,
    ESSENTIAL,
    LEVELS,
    WORDING,
    Finding,
    grouped,
    held_back_names,
    level_title,
    review,
)
from tui.partnership.values import Change, Conflict, as_of
from tui.workspace.samples import samples


def whole() -> Told:
    """Two partners and nothing to say against it."""
    told = Told()
    for name in ("Collège", "Centre"):
        people = [{"name": f"Zoé {name}", "accountable": True}, {"name": f"Luc {name}", "signs": True}]
        told.join(name, status="signatory", people=people)
        told.say("open.contributions", {"text": "prêter une salle", "state": "accepted"}, name, op="add")
    told.say("extra.decision_rule", {"rule": "Tous ensemble."})
    told.say("gather.lead", {"rows": [{"partner": "Collège"}]})
    told.say("extra.dates", {"label": "Hiver", "period": "2027-01-18..2027-04-30"}, op="add")
    told.say("extra.review", {"date": "2027-04"})
    return told


def first(told: Told, question: str, part: str = "rows") -> str:
    return told.partnership.rows(question, part)[0].id


def leaves(name: str) -> Callable[[Told], object]:
    return lambda told: told.say("open.who", {"status": "withdrawn"}, name)


def only_receives(told: Told) -> None:
    told.say("open.contributions", row=first(told, "open.contributions"), op="remove")
    told.say("commit.win_win", {"text": "du renfort"}, "Collège", op="add")


def unaccountable(told: Told) -> None:
    for row in told.partnership.rows("open.who", "people"):
        told.say("open.who", {"accountable": False}, row=row.id)


def owned_by_one_who_left(told: Told) -> None:
    told.say("gather.objectives", {"text": "ouvrir", "owner": "Zoé Centre"}, op="add")
    leaves("Centre")(told)


def amount_alone(told: Told) -> None:
    row = told.say("commit.funding", {"source": "Fonds", "amount": "100 CAD"}, op="add")[0]
    told.say("commit.funding", {"status": None}, row=row)


def typed_amount(told: Told) -> None:
    """An amount that nobody can read, kept as it was typed."""
    row = told.say("commit.funding", {"source": "Fonds"}, op="add")[0]
    told.take(Change(row, "commit.funding", "amount", {"typed": "cent balles"}, "rows"))


def still_wished(told: Told) -> None:
    told.say("open.contributions", {"text": "former", "state": "wished"}, "Centre", op="add")


def written_twice(told: Told) -> None:
    """Two people changed one text at the same time."""
    told.say("gather.vision", "Un.")
    rev = told.partnership.entries["gather.vision"].cells["vision@fr"].rev
    told.say("gather.vision", "Deux.")
    told.say("gather.vision", "Trois.", base=rev)


def half_translated(told: Told) -> None:
    told.say("gather.vision", {"vision": {"fr": "Un.", "en": "One."}, "goal": {"fr": "Deux."}})


def money_between_partners(told: Told) -> None:
    told.say("commit.funding", {"source": "Collège", "amount": "100 CAD", "status": "acquired",
                                "partners": ["Collège"], "recipients": ["Centre"]}, op="add")  # fmt: skip


def money_without_obligation(told: Told) -> None:
    money_between_partners(told)
    told.say("extra.legal", {"nature": "intention"})


FAULTS: dict[str, tuple[str, Callable[[Told], object]]] = {
    "objective_owner": (ADVICE, lambda told: told.say("gather.objectives", {"text": "ouvrir"}, op="add")),
    "no_commitment": (
        ESSENTIAL, lambda told: told.say("open.contributions", row=first(told, "open.contributions"), op="remove"),
    ),
    "only_receives": (ESSENTIAL, only_receives),
    "lead_outside": (ESSENTIAL, leaves("Collège")),
    "dates": (ESSENTIAL, lambda told: told.say("extra.review", {"date": "2029"})),
    "amount_status": (ESSENTIAL, amount_alone),
    "nobody_accountable": (ESSENTIAL, unaccountable),
    "no_decision_rule": (ESSENTIAL, lambda told: told.say("extra.decision_rule", {"rule": ""})),
    "no_review_date": (ESSENTIAL, lambda told: told.say("extra.review", {"date": None})),
    "one_contact": (ADVICE, lambda told: told.say("open.who", row=first(told, "open.who", "people"), op="remove")),
    "orphan": (ESSENTIAL, leaves("Centre")),
    "orphan_owner": (ESSENTIAL, owned_by_one_who_left),
    "two_texts": (ESSENTIAL, written_twice),
    "misread": (ESSENTIAL, typed_amount),
    "wished_for": (ADVICE, still_wished),
    "untranslated": (ADVICE, half_translated),
    "money_nature": (ESSENTIAL, money_without_obligation),
    "money_services": (ESSENTIAL, money_between_partners),
    "money_for": (ADVICE, lambda told: told.say("commit.funding", {"source": "Fonds", "amount": "100 CAD",
                                                                  "status": "acquired"}, op="add")),
    "review_past": (ESSENTIAL, lambda told: told.say("extra.review", {"date": "2025-04"})),
    "unexplained_rule": (ADVICE, lambda told: told.say("extra.decision_rule", {"rule": "Par consentement."})),
    "no_infinitive": (WORDING, lambda told: told.say("open.contributions", {"text": "peuvent prêter des locaux",
                                                     "state": "accepted"}, "Centre", op="add")),
    "prevails": (ADVICE, half_translated),
    "long_sentence": (WORDING, lambda told: told.say("gather.vision", {"vision": "mot " * 60})),
    "too_long": (WORDING, lambda told: told.say("gather.vision", {"vision": "Un mot. " * 1500})),
    "jargon": (WORDING, lambda told: told.say("gather.vision", {"vision": "Un livrable."})),
}  # fmt: skip


def found(told: Told, lang: str = "fr") -> list[Finding]:
    return list(review(GUIDE, told.partnership, lang))


def test_nothing_is_said_of_what_reads_well() -> None:
    assert found(whole()) == []


def test_a_commitment_is_read_behind_the_verb_that_the_document_has() -> None:
    told = whole()
    told.say("open.contributions", {"text": "peuvent prêter", "state": "accepted"}, "Centre", op="add")
    for nature, verb in (("binding", "s'engage à"), ("intention", "entend")):
        told.say("extra.legal", {"nature": nature})
        said = [one.words for one in found(told)]
        assert any(words.replace("\u00a0", " ").endswith(f"après « {verb} » ?") for words in said), said


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_with_its_reason_and_its_field(name: str) -> None:
    level, spoil = FAULTS[name]
    told = whole()
    spoil(told)
    one = next((one for one in found(told) if one.id == name), None)
    assert one is not None and one.level == level
    assert one.words.endswith("?") and one.reason.endswith(".") and "{" not in one.words + one.reason
    question = GUIDE.question(one.question)
    assert not one.field or any(part.field(one.field) for part in question.parts), "the key leads to a field there is"
    if one.partner:
        assert one.partner in told.ids.values()


def test_the_essential_stands_first_and_english_is_said_too() -> None:
    told = Told("Centre")
    told.say("gather.objectives", {"text": "ouvrir"}, op="add")
    told.say("gather.vision", {"vision": {"en": "A deliverable."}})
    levels = [one.level for one in found(told, "en")]
    assert levels == sorted(levels, key=LEVELS.index) and {*levels} == {ESSENTIAL, ADVICE, WORDING}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_asks_and_says_why_in_one_line(name: str, lang: i18n.Language) -> None:
    """Asked, nobody is judged; why it matters is one line of a terminal of 80 columns, below the question."""
    told = whole()
    FAULTS[name][1](told)
    i18n.use(lang)
    try:
        one = next(one for one in found(told) if one.id == name)
    finally:
        i18n.use("fr")
    assert one.words.endswith("?")
    assert len(one.reason) <= 74 and one.reason.count(".") == 1
    judging = r"\b(ne fait que|only|rien|nothing|nobody|personne ne|aucun|fails?|manque)\b"
    assert not re.search(judging, one.words.casefold())


def test_findings_of_one_kind_stand_together_with_their_reason_once() -> None:
    told = whole()
    for name in ("Nord", "Sud"):
        told.join(name, status="interested")
        told.say("gather.objectives", {"text": f"ouvrir {name}"}, op="add")
    groups = grouped(found(told))
    assert len({(group.level, group.reason) for group in groups}) == len(groups)
    sizes = {group.findings[0].id: len(group.findings) for group in groups}
    assert (sizes["no_commitment"], sizes["objective_owner"]) == (2, 2)
    assert [one for group in groups for one in group.findings] == found(told)
    assert len(LEVELS) == len({level_title(level) for level in LEVELS}) == 3


def test_what_is_asked_of_more_than_a_few_partners_is_one_question() -> None:
    told = whole()
    for at in range(9):
        told.join(f"Groupe {at}", status="contacted")
    (one,) = (finding for finding in found(told) if finding.id == "no_commitment")
    assert "Groupe 0" in one.words and "Groupe 8" in one.words and one.partner == told.ids["Groupe 0"]


def test_a_month_that_holds_the_first_day_is_not_before_it() -> None:
    told = whole()
    told.say("commit.time", {"effort": "3 h", "period": "2027-01..2027-04"}, "Centre", op="add")
    assert found(told) == []
    told.say("commit.time", {"effort": "3 h", "period": "2026-12..2027-04"}, "Centre", op="add")
    assert [one.id for one in found(told)] == ["dates"]


def test_the_example_that_is_ready_has_nothing_essential_against_it() -> None:
    assert [one.words for one in review(GUIDE, samples()[3].partnership, "fr") if one.level == ESSENTIAL] == []


@pytest.mark.parametrize("status", ["prospective", "contacted", "interested", "committed", "signatory"])
def test_what_is_said_of_a_name_agrees_with_the_document(status: str) -> None:
    told = whole()
    told.join("La Boussole", status=status)
    found = [one for one in review(GUIDE, told.partnership, "fr") if one.id == "no_commitment"]
    assert len(found) == 1
    printed = "La Boussole" in repr(Composer(GUIDE).agreement(told.partnership, "fr"))
    assert ("Son nom est dans l'entente" in found[0].reason) is printed
    assert ("sans le nommer" in found[0].reason) is not printed


def test_a_lead_that_ends_early_and_one_who_leaves_are_asked_about() -> None:
    told = Told("A", "B", status="signatory")
    told.say("extra.dates", {"period": "janvier 2027 à décembre 2027"}, op="add")
    told.say("gather.lead", {"partner": "A", "until": "juin 2027"}, op="add")
    told.say("open.contributions", {"text": "animer", "state": "accepted"}, "B", op="add")
    told.say(
        "open.who", {"until": "2027-05-31", "kind": "unincorporated", "people": [{"name": "Zoé", "signs": True}]}, "B"
    )
    found = {one.id: one for one in review(GUIDE, told.partnership, "fr")}
    assert "juin 2027" in found["lead_ends"].words and "animer" in found["leaving"].words
    assert found["unincorporated"].partner == told.ids["B"]
    told.say("gather.lead", {"partner": "B", "until": "décembre 2027"}, op="add")
    found = {one.id: one for one in review(GUIDE, told.partnership, "fr")}
    assert "lead_ends" in found, "the partner that leads next leaves before the term too"
    told.say("open.who", {"until": "2027-12-31"}, "B")
    assert not {"lead_ends", "leaving"} & {one.id for one in review(GUIDE, told.partnership, "fr")}


@pytest.mark.parametrize("nature", ["moral", "binding"])
def test_money_is_noticed_only_against_what_stands_in_the_nature(nature: str) -> None:
    told = whole()
    money_between_partners(told)
    told.say("extra.legal", {"nature": nature})
    assert not {one.id for one in found(told)} & {"money_nature", "money_services"}
    told.say("extra.legal", {"nature": "intention"})
    assert "money_nature" in {one.id for one in found(told)}
    told.say("extra.legal", {"text": "Ceci nous lie."})
    assert not {one.id for one in found(told)} & {"money_nature", "money_services"}


def test_a_promise_of_money_is_money_too() -> None:
    told = whole()
    told.say("open.contributions", {"text": "verser 500 $", "state": "accepted", "type": "money"}, "Centre", op="add")
    assert "money_nature" not in {one.id for one in found(told)}
    told.say("extra.legal", {"nature": "intention"})
    assert "money_nature" in {one.id for one in found(told)}


def test_a_review_date_passes_on_its_last_day() -> None:
    told = whole()
    told.say("extra.review", {"date": "2027-04"})
    days = {day: "review_past" in {one.id for one in review(GUIDE, as_of(told.partnership, day), "fr")}
            for day in ("2027-03-31", "2027-04-30", "2027-05-01")}  # fmt: skip
    assert days == {"2027-03-31": False, "2027-04-30": False, "2027-05-01": True}


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ("Par consentement", True),
        ("à la majorité", True),
        ("consensus", True),
        ("Par consentement ; à défaut, à la majorité des deux tiers à la rencontre suivante.", False),
        ("Par consensus : on en parle jusqu'à une proposition que tous appuient.", False),
        ("Tous ensemble.", False),
    ],
)
def test_a_rule_that_is_only_named_is_asked_about(rule: str, asked: bool) -> None:
    told = whole()
    told.say("extra.decision_rule", {"rule": rule})
    assert ("unexplained_rule" in {one.id for one in found(told)}) == asked


def test_a_body_that_decides_by_the_rule_that_is_explained_needs_no_other_word() -> None:
    told = whole()
    told.say("gather.governance", {"part": "bodies", "name": "Table", "decision": "par consensus"}, op="add")
    assert "unexplained_rule" in {one.id for one in found(told)}
    told.say("extra.decision_rule", {"rule": "Consensus : personne ne s'oppose."})
    assert "unexplained_rule" not in {one.id for one in found(told)}


def test_a_day_of_effect_behind_the_term_is_found() -> None:
    told = whole()
    told.say("extra.legal", {"effect": "on_date", "effect_on": "2028-01-01"})
    assert any("1er janvier 2028" in one.words and one.question == "extra.legal" for one in found(told))
    told.say("extra.legal", {"effect": "all_signed"})
    assert not any(one.question == "extra.legal" and "janvier" in one.words for one in found(told))


def test_equal_findings_are_one_that_says_of_how_many() -> None:
    told = whole()
    told.say("gather.vision", {"vision": "Un livrable.", "goal": "Un livrable de plus."})
    told.say("extra.context", {"background": "Un livrable encore."})
    jargon = [one for one in found(told) if one.id == "jargon" and "livrable" in one.words]
    assert len(jargon) == 1 and "(3 endroits)" in jargon[0].words


def test_a_long_document_names_the_sections_that_carry_it() -> None:
    told = whole()
    told.say("extra.context", {"background": "Un mot de plus. " * 500})
    told.say("gather.vision", {"vision": "Un mot. " * 300})
    long = next(one for one in found(told) if one.id == "too_long")
    assert "« Contexte" in long.words and "Vision" in long.words
    assert long.words.index("Contexte") < long.words.index("Vision"), "the longest first"


def test_a_document_of_lists_is_long_by_its_lines() -> None:
    told = whole()
    assert not any(one.id == "too_long" for one in found(told))
    told.say("gather.objectives", {"rows": [{"text": f"objectif {at}"} for at in range(130)]})
    long = next(one for one in found(told) if one.id == "too_long")
    assert "« Objectifs principaux »" in long.words and "6 pages" in long.words


NAMES = ("Municipalité de Saint-Aubin", "Centre de santé", "Association des aînés", "Ateliers du Nord", "La Boussole")


@pytest.mark.parametrize("name", NAMES)
def test_what_the_review_says_of_a_partner_calls_it_as_french_does(name: str) -> None:
    """« chez la Municipalité », « La Municipalité n'est pas … »: the article that the name itself tells."""
    told = Told()
    told.join(name, status="signatory", kind="unincorporated", people=[{"name": "Zoé Roy", "signs": True}])
    told.say("open.contributions", {"text": "prêter une salle", "state": "wished"}, name, op="add")
    i18n.use("fr")
    words = [one.words for one in review(GUIDE, told.partnership, "fr") if name.partition(" ")[2] in one.words]
    article = {"Municipalité": "la ", "Centre": "le ", "Association": "l'"}.get(name.split()[0], "")
    assert len(words) >= 3
    for said in words:
        at = said.index(name)
        before = said[:at]
        assert before.lower().endswith(article) and (at > 0 or not article)
        assert not said.startswith(("le ", "la ", "l'"))


@pytest.mark.parametrize(
    ("rule", "term", "fields"),
    [
        ({"notice": 30}, True, ["notice"]),
        ({"notice": 30, "renewal": "none"}, True, ["notice"]),
        ({"notice": 30, "renewal": "none"}, False, ["notice", "renewal"]),
        ({"renewal": "none"}, False, ["renewal"]),
        ({"notice": 30, "renewal": "tacit"}, True, []),
        ({"notice": 30, "renewal": "agreed"}, True, []),
        ({"renewal": "none"}, True, []),
        ({"notice": 0}, True, []),
    ],
)
def test_a_notice_of_no_renewal_and_an_end_without_a_term_are_named(
    rule: dict[str, object], term: bool, fields: list[str]
) -> None:
    told = whole()
    told.say("extra.review", rule)
    if not term:
        told.say("extra.dates", row=first(told, "extra.dates"), op="remove")
    found = [item for item in review(GUIDE, told.partnership, "fr") if item.id == "dates"]
    assert [item.field for item in found if item.question == "extra.review"] == fields


def test_a_name_held_back_is_told_where_it_stands_in_the_name_of_somebody_else() -> None:
    told = whole()
    told.join("Halte", status="prospective")
    told.say("gather.objectives", {"text": "ouvrir", "owner": "Marie Roy et la Halte"}, op="add")
    told.say("gather.governance", {"bodies": [{"name": "comité", "members": ["Collège", "les gens de la Halte"]}]})
    found = [item for item in review(GUIDE, told.partnership, "fr") if item.id == "held_name"]
    assert [(item.field, "(2 endroits)" in item.words) for item in found] == [("owner", True)]


@pytest.mark.parametrize("cell", ["name@fr", "name@en", "short_name@fr", "short_name@en", "person"])
@pytest.mark.parametrize("status", ["prospective", "interested"])
def test_each_name_of_who_may_not_appear_is_held_back(cell: str, status: str) -> None:
    told = Told()
    told.join("Refuge", status=status)
    who = (told.ids["Refuge"],)
    row, key, part = ("person0001", "name", "people") if cell == "person" else (who[0], cell, "")
    told.take(Change(row, "open.who", key, "Zanzibar", part, who))
    names = held_back_names(told.partnership, "dit Zanzibar hier")
    assert names == (("Zanzibar",) if status == "prospective" else ())


@pytest.mark.parametrize(("settled", "asked"), [("", True), ("mine", False), ("both", False)])
def test_two_texts_are_asked_about_until_one_is_chosen(settled: str, asked: bool) -> None:
    told = whole()
    conflict = Conflict("c", "gather.vision", "gather.vision", "vision@fr", "a", "b", "Ann", "Bob", "", 9, 1,
                        settled=settled)  # fmt: skip
    told.partnership = replace(told.partnership, conflicts=(conflict,))
    assert ("two_texts" in {finding.id for finding in found(told)}) is asked


def test_each_name_held_back_is_told_though_two_stand_in_two_fields_of_one_row() -> None:
    told = whole()
    for name in ("Halte", "Zanzibar"):
        told.join(name, status="prospective")
    told.say("gather.vision", {"vision": "avec la Halte", "goal": "avec Zanzibar"})
    names = [item.words for item in found(told) if item.id == "held_name" and item.question == "gather.vision"]
    assert sum("Halte" in words for words in names) == sum("Zanzibar" in words for words in names) == 1


@pytest.mark.parametrize(("owner", "asked"), [("Collège", False), ("", True)])
def test_an_objective_is_asked_about_until_somebody_carries_it(owner: str, asked: bool) -> None:
    told = whole()
    told.say("gather.objectives", {"text": "ouvrir le dimanche", **({"owner": owner} if owner else {})}, op="add")
    found_ids = [item.words for item in found(told) if item.id == "objective_owner"]
    assert any("dimanche" in words for words in found_ids) is asked


@pytest.mark.parametrize(("count", "questions"), [(3, 3), (4, 1)])
def test_up_to_three_partners_are_asked_one_by_one_and_none_that_it_is_not_for(count: int, questions: int) -> None:
    told = whole()
    for at in range(count):
        told.join(f"Groupe {at}", status="contacted")
    told.join("Observatoire", status="contacted")
    told.state("open.contributions", "not_applicable", "Observatoire")
    asked = [finding.words for finding in found(told) if finding.id == "no_commitment"]
    assert len(asked) == questions and not any("Observatoire" in words for words in asked)


@pytest.mark.parametrize("status", ["prospective", "contacted", "interested", "committed", "signatory"])
def test_a_wish_is_asked_about_of_who_said_yes_to_the_partnership(status: str) -> None:
    told = whole()
    told.join("Gîte", status=status)
    told.say("open.contributions", {"text": "une cour", "state": "wished"}, "Gîte", op="add")
    asked = {item.partner for item in found(told) if item.id == "wished_for"}
    assert asked == ({told.ids["Gîte"]} if status in ("committed", "signatory") else set())
