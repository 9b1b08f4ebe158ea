"""The way to the signatures in words: what a letter asks of a partner tells only what that one let be told."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui.partnership.conditions import CONDITIONS
from tui.partnership.positions import CONSENSUS
from tui.partnership.road import CONDITION, RATIFY, own_part
from tui.partnership.values import ORDER, Change, answer_id
from tui.workspace.road_words import road_lines, road_map

DAY = "2027-01-10"
BODY = {f"ratify_by@{lang}": "the zanzibar committee" for lang in ("fr", "en")}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("leave", [None, "ask", "no", "yes"])
@pytest.mark.parametrize(
    "known",
    [
        {**BODY}, {**BODY, "ratify_on": "2027-03-15"},
        {**BODY, "ratify_sittings@fr": "15 mars 2027", "ratify_papers": 10},
    ],
)  # fmt: skip
def test_a_letter_names_the_body_that_ratifies_with_leave_alone(
    known: dict[str, object], leave: str | None, lang: str
) -> None:
    told = Told("Ruche", "Nid")
    whom = (told.ids["Nid"],)
    cells = {"level": "agree", "leave": leave, **known}
    told.take(*(Change(answer_id(CONSENSUS, whom), CONSENSUS, cell, value, "", whom) for cell, value in cells.items()))
    shown = road_map(GUIDE, told.partnership, DAY, lang)
    (step,) = (step for step in own_part(shown.road, whom[0]) if step.kind == RATIFY)
    asked = shown.asked_of_partner(step).replace("\u00a0", " ")
    if leave != "yes":
        assert asked == GUIDE.word("part_ratified", lang)
    else:
        assert "zanzibar" in asked and ("2027" in asked) == (len(known) > 2)
    assert "zanzibar" in " ".join(road_lines(shown)), "the facilitator knows it"


@pytest.mark.parametrize("status", ["contacted", "interested"])
def test_who_can_meet_a_condition_is_asked_by_name(status: str) -> None:
    told = Told("Ruche")
    told.join("Nid", status=status, people=[{"name": "Zoé Lis"}])
    told.say("commit.consensus", {"level": "reservation"}, "Ruche")
    (person,) = told.partnership.rows("open.who", "people", (told.ids["Nid"],))
    whom = (told.ids["Ruche"],)
    cells = {ORDER: "5", "answer": "yes_if", "text@fr": "la salle est libre", "who": {"person": person.id}}
    told.take(*(Change("condition0", CONDITIONS, cell, value, "rows", whom) for cell, value in cells.items()))
    shown = road_map(GUIDE, told.partnership, DAY, "fr")
    (step,) = (step for step in shown.road.steps if step.kind == CONDITION)
    assert "Zoé Lis" in shown.words(step) and "la salle est libre" in shown.words(step)
