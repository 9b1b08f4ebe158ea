"""What stands in the way of an adoption: each answer on the whole text, by its level, its words and its exceptions."""

from __future__ import annotations

from itertools import product

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.i18n import Language, use
from tui.partnership.positions import CONSENSUS, EXCEPTIONS, points
from tui.partnership.privacy import public_view
from tui.partnership.values import ORDER, Change, answer_id
from tui.workspace.adoption_obstacles import obstacles
from tui.workspace.workspace import Workspace

DISSENT = ("disagree", "stands_aside", "opposes")
UNSAID = ("absent", "none")


def said(level: str, *, now: bool, left_out: bool, lang: str) -> list[str]:
    """What is said of the one partner that has not simply agreed on these words."""
    told = Told("Ruche", "Nid", status="committed")
    told.say("gather.objectives", {"text": "ouvrir le soir"}, op="add")
    (sentence,) = told.partnership.rows("gather.objectives", "rows")
    seen = dict(points(GUIDE, public_view(GUIDE, told.partnership)))
    for name, answer, words in (("Ruche", "agree", seen), ("Nid", level, seen if now else {**seen, "gone": "x"})):
        whom = (told.ids[name],)
        position = answer_id(CONSENSUS, whom)
        cells = {"level": answer, "seen": words}
        told.take(*(Change(position, CONSENSUS, cell, value, "", whom) for cell, value in cells.items()))
    if left_out:
        row = {ORDER: "5", "text@fr": "ouvrir le soir", "point": sentence.id}
        told.take(*(Change("except0000", CONSENSUS, cell, value, EXCEPTIONS, whom) for cell, value in row.items()))
    store = Memory()
    store.partnership = told.partnership
    workspace = Workspace(GUIDE, told.partnership, store)
    workspace.lang = lang
    return [one.words for one in obstacles(workspace) if one.partner == whom[0] and one.question == CONSENSUS]


WORDS = {
    "fr": {
        "dissent": "Nid n'est pas d'accord avec le texte.",
        "unsaid": "Nid n'a pas répondu.",
        "reopened": "Nid a répondu sur d'autres mots.",
        "reservation": "Nid a une réserve : réglez-la d'abord, le texte adopté n'en porte aucune.",
        "discuss": "Encore à discuter : Dire oui, Nid",
        "left out": "Nid s'oppose à une phrase.",
    },
    "en": {
        "dissent": "Nid disagrees with the text.",
        "unsaid": "Nid has not answered.",
        "reopened": "Nid answered on other words.",
        "reservation": "Nid has a reservation: settle it first, for the adopted text prints none.",
        "discuss": "Still to be discussed: Saying yes, Nid",
        "left out": "Nid objects to a sentence.",
    },
}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("level", GUIDE.choices["position"])
def test_each_answer_stands_in_the_way_as_what_it_is_worth(level: str, lang: Language) -> None:
    use(lang)
    for now, left_out in product((True, False), repeat=2):
        kind = "dissent" if level in DISSENT else "unsaid" if level in UNSAID else "" if now else "reopened"
        kind = kind or (level if level in ("reservation", "discuss") else "")
        expected = [WORDS[lang][one] for one in (kind, "left out" * left_out) if one]
        found = said(level, now=now, left_out=left_out, lang=lang)
        assert [one.replace("\u00a0", " ").replace("’", "'") for one in found] == expected, (now, left_out)
