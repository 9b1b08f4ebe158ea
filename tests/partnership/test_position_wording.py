"""Tests that a position is tied to the exact words it was given on: a changed sentence reopens it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from tests.partnership.told import AT, GUIDE, Told
from tui.partnership.changes import apply
from tui.partnership.completion import answer_entry
from tui.partnership.milestones import milestones
from tui.partnership.positions import UNPRINTED_QUESTIONS, changed_since, points, position_statuses
from tui.partnership.privacy import public_view
from tui.partnership.values import ORDER, Change, Entry


@pytest.fixture
def told() -> Told:
    told = Told("A", "B")
    told.say("gather.vision", {"vision": "Une oreille le soir"})
    told.say("gather.objectives", ["offrir", "former"])
    told.say("open.contributions", {"text": "prêter une salle", "state": "confirmed"}, "A", op="add")
    told.say("open.contributions", {"text": "un souhait"}, "B", op="add")
    told.say("commit.consensus", "agree", "A")
    return told


def now(told: Told) -> dict[str, str]:
    """The points of the text as it stands."""
    return points(GUIDE, public_view(GUIDE, told.partnership))


def holds(told: Told) -> bool:
    """Whether A's position stands on the present words."""
    position = answer_entry(told.partnership, "commit.consensus", (told.ids["A"],))
    assert position is not None
    seen = position.get("seen")
    return isinstance(seen, Mapping) and not changed_since(seen, now(told))


def objective(told: Told) -> str:
    return told.partnership.rows("gather.objectives", "rows")[1].id


CHANGES: dict[str, Callable[[Told], object]] = {
    "a sentence": lambda told: told.say("gather.vision", {"vision": "Une oreille la nuit"}),
    "a sentence in the other language": lambda told: told.say("gather.vision", {"vision": "An ear"}, lang="en"),
    "a new sentence": lambda told: told.say("gather.objectives", "évaluer", op="add"),
    "a sentence taken out": lambda told: told.say("gather.objectives", row=objective(told), op="remove"),
    "a date": lambda told: told.say("gather.objectives", {"due": "2027"}, row=objective(told)),
    "a wish confirmed": lambda told: told.say(
        "open.contributions", {"state": "confirmed"}, row=told.partnership.rows("open.contributions", "rows")[1].id
    ),
    "a heading taken out": lambda told: told.state("gather.lead", "not_applicable"),
    "a partner who joins": lambda told: told.join("C", status="interested"),
    "a partner who joins and is not named yet": lambda told: told.join("C", status="contacted"),
    "a partner who leaves": lambda told: told.say("open.who", {"status": "withdrawn"}, "B"),
    "a partner who may no longer be named": lambda told: told.say("open.who", {"status": "contacted"}, "B"),
}
NO_CHANGES: dict[str, Callable[[Told], object]] = {
    "typography": lambda told: told.setting("region_fr", "fr-FR"),
    "the language of the document": lambda told: told.setting("lang", "en"),
    "a draft sent": lambda told: told.setting("drafts", 3),
    "another's position": lambda told: told.say("commit.consensus", "disagree", "B"),
    "a wish": lambda told: told.say("open.contributions", "un autre souhait", "B", op="add"),
    "a private note": lambda told: told.say("open.history", "le projet de 2015", "A"),
    "a satisfaction": lambda told: told.say("commit.win_win", {"satisfaction": "mixed"}, "A"),
    "a mark to confirm": lambda told: told.state("gather.vision", "to_confirm"),
    "a mark to discuss": lambda told: told.state("gather.objectives", "to_discuss"),
    "a point set aside": lambda told: told.say("extra.points", "le gardien du soir"),
    "the order of a list": lambda told: told.take(Change(objective(told), "gather.objectives", ORDER, "01", "rows")),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_the_words_reopens(told: Told, name: str) -> None:
    assert holds(told)
    CHANGES[name](told)
    assert not holds(told)


@pytest.mark.parametrize("name", NO_CHANGES)
def test_what_changes_no_word_reopens_nothing(told: Told, name: str) -> None:
    rev = told.partnership.rev
    NO_CHANGES[name](told)
    assert told.partnership.rev > rev, "something was changed"
    assert holds(told)


def test_composed_and_decomposed_letters_are_the_same_words(told: Told) -> None:
    told.say("gather.vision", {"vision": "Zoé"})
    told.say("commit.consensus", "agree", "A")
    told.say("gather.vision", {"vision": "Zoe\u0301"})
    assert holds(told)


def test_the_former_words_bring_the_position_back(told: Told) -> None:
    told.say("gather.vision", {"vision": "autre chose"})
    told.say("gather.vision", {"vision": "Une oreille le soir"})
    assert holds(told)


def test_only_the_changed_sentence_is_named(told: Told) -> None:
    before = now(told)
    told.say("gather.objectives", "former le personnel", row=objective(told))
    assert changed_since(before, now(told)) == (objective(told),)


def test_a_changed_sentence_reopens_positions_and_nothing_else(told: Told) -> None:
    before = {one.question for one in milestones(GUIDE, told.partnership).adoption if one.reason != "position"}
    told.say("gather.vision", {"vision": "Une oreille la nuit"})
    after = milestones(GUIDE, told.partnership).adoption
    assert {one.question for one in after if one.reason != "position"} == before
    assert {one.partner for one in after if one.reason == "position"} == set(told.ids.values())


def test_the_procedures_are_reopened_by_what_is_said_of_structure_and_lead() -> None:
    """« D'accord avec ces procédures ? » asks of these sections; a new objective leaves the answer as it is."""
    told = Told("A")
    told.say("gather.procedures", "agree", "A")
    fed = [
        one
        for one in GUIDE.by_id.values()
        if one.feeds and one.id not in UNPRINTED_QUESTIONS and one.scope == "project"
    ]
    assert len(fed) > 15
    for question in fed:
        entry = Entry(f"new {question.id}", question.id, question.parts[0].id)
        main = question.parts[0].main
        assert main is not None
        cell = f"{main.id}@fr" if main.translatable else main.id
        shows = {one.field: one.values[0] for one in question.parts[0].public_when}
        changes = [Change(entry.id, entry.question, key, one, entry.part) for key, one in {cell: "x", **shows}.items()]
        changed = apply(told.partnership, changes, by="Ann", at=AT).partnership
        found = position_statuses(changed, points(GUIDE, public_view(GUIDE, changed)))
        answer = found["gather.procedures", told.ids["A"]]
        assert answer.partner == told.ids["A"]
        assert answer.reopened is bool({"structure", "lead"} & set(question.sections)), question.id


def test_what_only_those_who_left_would_do_reopens_nothing_any_more() -> None:
    """The document prints nothing of it, so nobody has said yes to it."""
    told = Told("A", "B", "C")
    told.say("open.contributions", {"text": "venir", "state": "accepted"}, "B", op="add")
    row = told.say("open.contributions", {"text": "aider", "state": "accepted", "partners": ["B", "C"]}, op="add")[0]
    told.say("open.who", {"status": "withdrawn"}, "B")
    told.say("commit.consensus", "agree", "A")
    own = told.partnership.rows("open.contributions", "rows")[0].id
    told.say("open.contributions", {"text": "ne pas venir"}, row=own)
    assert holds(told)
    told.say("open.contributions", {"text": "ne pas aider"}, row=row)
    assert not holds(told), "C is still to do it"


def test_an_answer_on_the_procedures_is_reopened_by_a_sentence_nobody_knows_any_more() -> None:
    told = Told("A")
    told.say("gather.procedures", "agree", "A")
    position = answer_entry(told.partnership, "gather.procedures", (told.ids["A"],))
    assert position is not None
    told.take(Change(position.id, position.question, "seen", {**now(told), "gone": "x"}, "", position.subject))
    assert position_statuses(told.partnership, now(told))["gather.procedures", told.ids["A"]].reopened
