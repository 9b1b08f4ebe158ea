"""Tests of sections 1 and 7 line by line: who is listed and how, what each partner gives and receives."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from tests.agreement.reading import lines, section
from tests.partnership.told import AT, GUIDE, Told
from tui.agreement.compose import Composer
from tui.agreement.partner_sections import commitments
from tui.agreement.phrasing import Phrasing
from tui.agreement.signature_section import FEW
from tui.partnership.changes import apply
from tui.partnership.partners import MAY_APPEAR, WHO, WITHDRAWN
from tui.partnership.positions import CONSENSUS, DISSENT, EXCEPTIONS, UNSAID
from tui.partnership.privacy import public_view
from tui.partnership.values import STATE, Change, Partnership, answer_id

pytestmark = pytest.mark.sampled

GIVES = "open.contributions"
STATES = (None, *GUIDE.choices["contribution_state"])
WORDS = {
    "fr": {
        "accepted": ("S'engage à :", "S'engagent à :"), "confirmed": ("Propose de :", "Proposent de :"),
        "receives": ("A reçoit :",), "and": "et", "hole": "à préciser",
    },
    "en": {
        "accepted": ("Undertakes to:", "Undertake to:"), "confirmed": ("Offers to:", "Offer to:"),
        "receives": ("A receives:",), "and": "and", "hole": "to be specified",
    },
}  # fmt: skip


def _row(name: str, question: str, part: str, subject: tuple[str, ...], **cells: Any) -> list[Change]:
    return [Change(name, question, cell.replace("_", "@"), value, part, subject) for cell, value in cells.items()]


def partnership(own: str | None, shared: str | None, receives: bool, void: bool, other_left: bool) -> Partnership:
    """A with what it gives alone (in a state, or None for nothing), with B, and receives; B gives a line of its own."""
    both = {"ids": ["A", "B"], "group": ""}
    changes = [
        *_row("A", WHO, "", ("A",), name_fr="A", status="signatory"),
        *_row("B", WHO, "", ("B",), name_fr="B", status="withdrawn" if other_left else "signatory"),
        *_row("b", GIVES, "rows", ("B",), text_fr="venir", state="accepted"),
    ]
    if own is not None:
        changes += _row("own", GIVES, "rows", ("A",), text_fr="prêter une salle", state=own)
    if shared is not None:
        changes += _row("shared", GIVES, "rows", (), text_fr="former", state=shared, partners=both)
    if receives:
        changes += _row("gets", "commit.win_win", "receives", ("A",), text_fr="du renfort")
    if void:
        changes.append(Change(answer_id(GIVES, ("A",)), GIVES, STATE, "not_applicable", "", ("A",)))
    return apply(Partnership("aaaaaaaaaa"), changes, by="Marie", at=AT).partnership


def expected(own: str | None, shared: str | None, receives: bool, void: bool, other_left: bool, lang: str) -> list[str]:
    """What both give first; then each one's own, none of A's where it does not apply, else a hole for nothing."""
    words: dict[str, Any] = WORDS[lang]
    own = None if void else own
    if void and other_left:  # asked of nobody: what is received was asked elsewhere, and stays
        return ["# A", words["receives"][0], "- du renfort"] * receives
    told: list[str] = []
    if shared in ("confirmed", "accepted") and not other_left:
        told += [f"# A {words['and']} B", words[shared][1], "- former"]
    given = {state: ["- prêter une salle"] * (own == state) for state in ("accepted", "confirmed")}
    if shared in given and other_left:
        given[shared] = sorted([*given[shared], "- former"], key=lambda line: line == "- former")
    mine = [line for state, found in given.items() if found for line in (words[state][0], *found)]
    mine += [words["receives"][0], "- du renfort"] * receives
    gives = own in given or shared in given
    missing = not gives and not void
    told += [*(["# A"] if mine or missing else []), *mine, *([words["hole"]] if missing else [])]
    return told + ([] if other_left else ["# B", words["accepted"][0], "- venir"])


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("own", STATES)
def test_the_commitments_section_line_by_line(own: str | None, lang: str) -> None:
    for case in product(STATES, (False, True), (False, True), (False, True)):
        found = section(Composer(GUIDE).agreement(partnership(own, *case), lang), "commitments")
        told = list(lines(found.blocks)) if found is not None else []
        assert [one.replace("\u00a0", " ").replace("’", "'") for one in told] == expected(own, *case, lang), case


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("shared", STATES)
def test_the_commitments_are_the_same_where_nothing_is_kept(shared: str | None, lang: str) -> None:
    for case in product((None, "accepted"), (False, True), (False, True)):
        own, receives, other_left = case
        made = partnership(own, shared, receives, False, other_left)
        blocks = commitments(Phrasing(GUIDE, public_view(GUIDE, made), lang))
        told = [line.replace("\u00a0", " ").replace("’", "'") for line in lines(blocks)]
        hole = expected(own, shared, receives, False, other_left, lang)
        assert [line.strip("[]") for line in told] == hole, case


LISTED = {
    "fr": ("- A", "- Un organisme à confirmer", "a quitté le partenariat", "partenaire jusqu'au 1er mai 2026"),
    "en": ("- A", "- An organization to be confirmed", "has withdrawn", "partner until May 1, 2026"),
}


@pytest.mark.parametrize("lang", LISTED)
def test_the_section_of_partners_line_by_line(lang: str) -> None:
    named, unnamed, left, until_may = LISTED[lang]
    for status, may_be_named, until in product(GUIDE.choices["status"], (None, True), (None, "2026-05-01")):
        changes = [
            *_row("B", WHO, "", ("B",), name_fr="B", status="signatory", **{"#order": "a"}),
            *_row("A", WHO, "", ("A",), name_fr="A", status=status, **{"#order": "b"}, named=may_be_named, until=until),
        ]
        told = apply(Partnership("aaaaaaaaaa"), changes, by="Marie", at=AT).partnership
        found = section(Composer(GUIDE).agreement(told, lang), "partners")
        assert found is not None
        shown = bool(may_be_named) or status in MAY_APPEAR
        behind = (until and until_may) or (status == WITHDRAWN and left)
        gone = status == "declined" or (not shown and bool(until or status == WITHDRAWN))
        expected = [] if gone else [", ".join(filter(None, (named, behind or "")))] if shown else [unnamed]
        said = [one.replace("\u00a0", " ").replace("’", "'") for one in lines(found.blocks)]
        assert said == ["- B", *expected], (status, may_be_named, until)


OTHERS = ((), ("agree",), ("agree", "reservation"), ("agree", "agree", "agree"), ("disagree",), ("opposes", "none"))


@pytest.mark.parametrize("level", [None, "agree", "reservation", "disagree", "stands_aside", "absent", "none"])
def test_who_opposes_or_stays_silent_beside_others_undertakes_nothing_yet(level: str | None) -> None:
    for others, left_out in product(OTHERS, (False, True) if level else (False,)):
        changes = _row("gift", GIVES, "rows", ("A",), text_fr="venir", state="accepted")
        for name, said in zip("ABCD", (level, *others, None, None, None), strict=False):
            changes += _row(name, WHO, "", (name,), name_fr=name, status="signatory")
            changes += _row(answer_id(CONSENSUS, (name,)), CONSENSUS, "", (name,), level=said)
        if left_out:
            changes += _row("row", CONSENSUS, EXCEPTIONS, ("A",), point="gift", text_fr="venir")
        told = apply(Partnership("aaaaaaaaaa"), changes, by="Marie", at=AT).partnership
        answered = [one for one in (level, *others) if one not in UNSAID | {None}]
        opposed = (left_out and level not in UNSAID) or any(one in DISSENT for one in answered)
        silent = level in UNSAID | {None}
        unsure = level in DISSENT or left_out or (silent and (opposed or len(answered) >= FEW))
        for final in (False, True):
            found = section(Composer(GUIDE).agreement(told, "fr", final=final), "commitments")
            assert found is not None
            expected = "S'engage à (à confirmer) :" if unsure and not final else "S'engage à :"
            said_of_it = [one.replace("\u00a0", " ").replace("’", "'") for one in lines(found.blocks)]
            assert said_of_it[:3] == ["# A", expected, "- venir"], (others, left_out, final)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_two_partners_without_a_name_share_no_row_of_the_responsibilities(lang: str) -> None:
    told = Told("Collège", status="signatory")
    for name in ("Un", "Deux"):
        told.join(name, named=False)
    told.say("gather.lead", {"rows": [{"partner": "Un"}, {"partner": "Deux"}, {"partner": "Un"}]})
    told.say("gather.objectives", {"rows": [{"text": "ouvrir", "owner": "Un"}, {"text": "fermer", "owner": "Deux"}]})
    agreement = Composer(GUIDE).agreement(told.partnership, lang)
    first, other = (GUIDE.word(word, lang).capitalize() for word in ("an_organisation", "another_organisation"))
    said = {part.id: list(lines(part.blocks)) for part in agreement.sections}
    shared = said["responsibilities"]
    assert [line.count(first) for line in shared if first in line] == [1]
    assert [line.count(other) for line in shared if other in line] == [1]
    leads = [line for line in said["lead"] if first in line or other in line]
    assert [other in line for line in leads] == [False, True, False]
