"""Tests of what the answers of a returned form would change: the name of an organisation, and leave to publish."""

from __future__ import annotations

import pytest

from tests.comparison.answered_forms import Answer
from tests.workspace.form_scene import Scene


@pytest.mark.parametrize(
    ("name", "free"),
    [("le Collège", True), ("COLLÈGE", True), ("Cégep", True), ("Clinique", False), ("CLINIQUE", False)],
)
def test_an_organisation_may_correct_its_name_but_not_take_another_s(name: str, free: bool) -> None:
    scene = Scene()
    (found,) = scene.review({f"{scene.whose}/answer/name": Answer((), name)}).proposals
    assert (found.changes is not None, found.doubt == "") == (free, free)


@pytest.mark.parametrize("second", ["agree", "discuss", "disagree"])
def test_a_second_answer_that_says_nothing_of_leave_has_none(second: str) -> None:
    scene = Scene()
    for level, leave in (("agree", ("all",)), (second, ())):
        answers = {"text/level": Answer((level,)), "text/leave": Answer(leave)}
        review = scene.review({key: answer for key, answer in answers.items() if answer.choices})
        assert all(review.accept(proposal) for proposal in review.open)
        assert (scene.position()["level"], scene.position().get("leave")) == (level, "yes" if leave else None)
