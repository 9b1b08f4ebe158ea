"""What stands in the way of an adoption: each answer on the whole text, by its level, its words and its exceptions."""

from __future__ import annotations

from itertools import product

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.i18n import Language, use
from tui.partnership.milestones import Missing
from tui.partnership.positions import CONSENSUS, EXCEPTIONS, points
from tui.partnership.privacy import public_view
from tui.partnership.values import ORDER, Change, answer_id
from tui.workspace.adoption_obstacles import hole_words, obstacles
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


def opened(told: Told, lang: Language = "fr") -> Workspace:
    """A partnership, open in memory."""
    store = Memory()
    store.partnership = told.partnership
    workspace = Workspace(GUIDE, told.partnership, store)
    workspace.lang = lang
    return workspace


def on_consensus(told: Told) -> list[str]:
    """What is said of the answers on the whole text, with plain apostrophes."""
    found = [one.words for one in obstacles(opened(told)) if one.question == CONSENSUS]
    return [words.replace("\u00a0", " ").replace("’", "'") for words in found]


@pytest.mark.parametrize("count", [3, 4])
def test_from_four_on_who_lacks_the_same_stands_in_one_line(count: int) -> None:
    names = ["Ruche", "Nid", "Gîte", "Val"][:count]
    told = Told(*names, status="committed")
    alone = [f"{name} n'a pas répondu." for name in names]
    assert on_consensus(told) == (alone if count < 4 else [f"Pas encore de réponse : {', '.join(names)}."])


def test_who_is_silent_and_who_answered_on_other_words_stand_apart() -> None:
    told = Told("Ruche", "Nid", "Gîte", "Val", "Foyer", "Clos", "Pré", "Cap", status="committed")
    for name in ("Ruche", "Nid", "Gîte", "Val"):
        whom = (told.ids[name],)
        cells = {"level": "agree", "seen": {"gone": "x"}}
        told.take(*(Change(answer_id(CONSENSUS, whom), CONSENSUS, cell, value, "", whom)
                    for cell, value in cells.items()))  # fmt: skip
    assert on_consensus(told) == [
        "Ont répondu sur d'autres mots : Ruche, Nid, Gîte, Val.", "Pas encore de réponse : le Foyer, Clos, Pré, Cap.",
    ]  # fmt: skip


@pytest.mark.parametrize("level", ["disagree", "reservation"])
def test_an_answer_on_the_procedures_stands_in_no_way(level: str) -> None:
    told = Told("Ruche", "Nid", status="committed")
    told.say("gather.procedures", {"level": level, "reservation": "trop vite"}, "Nid")
    assert on_consensus(told) == ["Ruche n'a pas répondu.", "Nid n'a pas répondu."]


@pytest.mark.parametrize(("leave", "told_so"), [(None, True), ("no", True), ("ask", True), ("yes", False)])
def test_a_ratification_says_where_the_text_keeps_silent_on_it(leave: str | None, told_so: bool) -> None:
    told = Told("Ruche", "Nid", status="committed")
    told.say(CONSENSUS, {"level": "agree", "ratify_by": "le conseil", **({"leave": leave} if leave else {})}, "Nid")
    (words,) = [one for one in on_consensus(told) if "entériner" in one]
    assert ("Sans son accord" in words) is told_so


@pytest.mark.parametrize(("lang", "alone"), [("fr", "la vision commune"), ("en", "the shared vision")])
def test_a_hole_of_nobody_in_particular_names_nobody(lang: str, alone: str) -> None:
    told = Told("Ruche", status="committed")
    assert hole_words(GUIDE, told.partnership, lang, [Missing("gather.vision", "", "vision", "hole")]) == alone
    of_one = hole_words(
        GUIDE, told.partnership, lang, [Missing("open.contributions", told.ids["Ruche"], "commitments")]
    )
    assert of_one.endswith("Ruche")
