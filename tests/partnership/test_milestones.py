"""Tests of what is missing for the meeting: an answer of each partner, unless it does not apply or the partner left."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui.partnership.milestones import (
    AWAITED_RATIFICATION,
    Missing,
    awaited,
    group_alike,
    meeting_questions,
    milestones,
)
from tui.partnership.partners import WHO
from tui.partnership.positions import CONSENSUS
from tui.partnership.privacy import published

NAMES = ("Ruche", "Nid", "Cour")
# The questions that the meeting needs, but for that on the partners: a partner with a name has answered it.
ASKED = [name for name, question in GUIDE.by_id.items() if question.milestone == "meeting" and name != WHO]


def missing(told: Told) -> set[tuple[str, str]]:
    """What is missing for the meeting: (question, name of the partner or the reason)."""
    names = {partner: name for name, partner in told.ids.items()}
    found = milestones(GUIDE, told.partnership).meeting
    return {(item.question, names.get(item.partner, item.reason)) for item in found}


def test_each_partner_has_to_answer_what_the_meeting_needs() -> None:
    assert ASKED and set(ASKED) | {WHO} <= meeting_questions(GUIDE)
    assert missing(Told(*NAMES)) == {(question, name) for question in ASKED for name in NAMES}


@pytest.mark.parametrize("question", ASKED)
@pytest.mark.parametrize(("state", "lacks"), [("not_applicable", False), ("to_discuss", True), ("to_confirm", True)])
def test_what_does_not_apply_to_a_partner_is_not_missing(question: str, state: str, lacks: bool) -> None:
    told = Told(*NAMES)
    told.state(question, state, "Nid")
    assert ((question, "Nid") in missing(told)) is lacks
    assert (question, "Ruche") in missing(told)


@pytest.mark.parametrize("status", ["declined", "withdrawn"])
def test_nothing_is_missing_of_who_left_but_two_have_to_stay(status: str) -> None:
    told = Told(*NAMES)
    told.say(WHO, {"status": status}, "Cour")
    assert {name for _question, name in missing(told)} == {"Ruche", "Nid"}
    told.say(WHO, {"status": status}, "Nid")
    assert missing(told) == {(WHO, "partners")}


@pytest.mark.parametrize(
    ("first", "second", "enough"), [("interested", "committed", True), ("signatory", "prospective", False)]
)
def test_two_partners_have_to_be_interested(first: str, second: str, enough: bool) -> None:
    told = Told()
    for name, status in (("Ruche", first), ("Nid", second), ("Cour", "prospective")):
        told.join(name, status=status)
    assert ((WHO, "interested") in missing(told)) is not enough


@pytest.mark.parametrize(("count", "groups"), [(3, [1, 1, 1]), (4, [4])])
def test_what_more_than_three_partners_lack_alike_is_one_thing(count: int, groups: list[int]) -> None:
    alike = [Missing(CONSENSUS, f"partner{number}", reason="position") for number in range(count)]
    others = [Missing("gather.vision", hole="vision", reason="hole"), Missing(CONSENSUS, "other", reason="discuss")]
    assert [len(group) for group in group_alike([*alike, *others])] == [*groups, 1, 1]


@pytest.mark.parametrize(
    ("adopted", "changed", "towards"), [(True, False, "adopted"), (True, True, "meeting"), (False, False, "meeting")]
)
def test_a_text_that_changed_since_is_adopted_no_more(adopted: bool, changed: bool, towards: str) -> None:
    found = milestones(GUIDE, Told(*NAMES).partnership, adopted=adopted, changed=changed)
    assert (found.adopted, found.changed, found.next) == (towards == "adopted", changed, towards)
    assert bool(found.missing) is (towards != "adopted")


@pytest.mark.parametrize(
    ("level", "reason"),
    [("agree", ""), ("disagree", ""), ("none", "position"), ("absent", "position"), ("discuss", "discuss")],
)
def test_who_is_silent_or_asks_to_talk_first_is_missing_for_the_adoption(level: str, reason: str) -> None:
    told = Told(*NAMES)
    told.say(CONSENSUS, {"level": level}, "Nid")
    found = milestones(GUIDE, told.partnership).adoption
    reasons = [item.reason for item in found if (item.question, item.partner) == (CONSENSUS, told.ids["Nid"])]
    assert reasons == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("cells", "awaited_so"),
    [
        ({"ratify_by": "CA"}, True), ({"ratify_on": "2027-01-12"}, True), ({}, False),
        ({"ratify_by": "CA", "resolution": "CA-7"}, False), ({"ratify_by": "CA", "ratified_on": "2027-01-12"}, False),
    ],
)  # fmt: skip
def test_a_ratification_is_awaited_until_its_number_or_its_day_is_known(
    cells: dict[str, str], awaited_so: bool
) -> None:
    told = Told(*NAMES)
    told.say(CONSENSUS, {"level": "agree", **cells}, "Nid")
    kinds = {item.kind for item in awaited(told.partnership, published(GUIDE, told.partnership).answers, "fr")
             if item.partner == told.ids["Nid"]}  # fmt: skip
    assert (AWAITED_RATIFICATION in kinds) is awaited_so
