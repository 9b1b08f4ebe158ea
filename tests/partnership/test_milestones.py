"""Tests of what is missing for the meeting: an answer of each partner, unless it does not apply or the partner left."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui.partnership.milestones import meeting_questions, milestones
from tui.partnership.partners import WHO

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
