"""What another wording costs, in words: whose answers, how each was given, and out of how many."""

from __future__ import annotations

from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.positions import CONSENSUS
from tui.partnership.privacy import published
from tui.partnership.received_answers import noted_changes, words_digest
from tui.partnership.values import Change, answer_id
from tui.workspace.cost_words import draft_cost, sentence_cost
from tui.workspace.workspace import Workspace

OBJECTIVE = "gather.objectives"


def opened(told: Told) -> Workspace:
    """A partnership, open in memory."""
    store = Memory()
    store.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, store)


def agreed(told: Told, name: str, **cells: Any) -> str:
    """Note that a partner agrees to today's text; the id of its position."""
    whom = (told.ids[name],)
    place = answer_id(CONSENSUS, whom)
    given = {"level": "agree", "seen": dict(published(GUIDE, told.partnership).points)}
    for cell, value in {**given, **cells}.items():
        told.take(Change(place, CONSENSUS, cell, value, "", whom))
    return place


@pytest.fixture
def told() -> Told:
    """Three partners and an objective."""
    told = Told("ACSM", "Clinique", "Ruche")
    told.say(OBJECTIVE, {"text": "un guide"}, op="add")
    return told


def plain(text: str) -> str:
    """Text with plain spaces and apostrophes."""
    return text.replace("\u00a0", " ").replace("’", "'")


def objective(told: Told) -> str:
    """The id of the objective."""
    return told.partnership.rows(OBJECTIVE, "rows")[0].id


@pytest.mark.parametrize(
    ("cells", "means", "how"),
    [
        ({}, "", "ACSM."),
        ({}, "mail", "ACSM."),
        ({}, "telephone", "ACSM (au téléphone)."),
        ({"ratify_by@fr": "conseil"}, "", "ACSM."),
        ({"ratify_by@fr": "conseil", "resolution@fr": "CA-7"}, "", "ACSM (le conseil)."),
        ({"ratify_by@fr": "conseil", "ratified_on": "2027-02-03"}, "", "ACSM (le conseil, le 3 février 2027)."),
        ({"ratify_by@fr": "conseil", "resolution@fr": "CA-7"}, "telephone", "ACSM (le conseil, au téléphone)."),
    ],
)
def test_an_answer_that_is_reopened_is_told_with_how_it_was_given(
    told: Told, cells: dict[str, str], means: str, how: str
) -> None:
    place = agreed(told, "ACSM", **cells)
    if means:
        fields = {"on": "2027-01-20", "means": means, "entries": {place: words_digest(told.partnership.entries[place])}}
        told.take(*noted_changes(told.partnership, "received01", told.ids["ACSM"], fields))
    said = plain(sentence_cost(opened(told), objective(told), "", "deux guides"))
    assert said.startswith(f"Rouvre 1 réponse sur 1 : {how}")


@pytest.mark.parametrize(
    ("first", "then", "said"),
    [
        ((), (), []),
        (("ACSM",), (), ["Rouvre 1 réponse sur 1 : ACSM."]),
        (("ACSM", "Ruche"), ("ACSM",), ["Rouvre 1 réponse sur 2 : Ruche."]),
        (("ACSM", "Ruche", "Clinique"), ("Ruche",), ["Rouvre 2 réponses sur 3 : ACSM, Clinique."]),
        (("ACSM", "Ruche"), ("ACSM", "Ruche"), ["Ne rouvre aucune réponse."]),
    ],
)
def test_todays_text_reopens_some_of_all_answers(
    told: Told, first: tuple[str, ...], then: tuple[str, ...], said: list[str]
) -> None:
    for name in first:
        agreed(told, name)
    told.take(Change(objective(told), OBJECTIVE, "text@fr", "deux guides", "rows"))
    for name in then:
        agreed(told, name)
    found = [plain(line) for line in draft_cost(opened(told), ())]
    assert found == (said or ["Ne rouvre rien : aucune phrase du document ne change."])
