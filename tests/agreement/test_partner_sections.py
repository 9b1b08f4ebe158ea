"""Section 7 of two partners, line by line: what one gives alone or with the other and receives, what is not asked."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from tests.agreement.reading import lines, section
from tests.partnership.told import AT, GUIDE
from tui.agreement.compose import Composer
from tui.partnership.changes import apply
from tui.partnership.partners import WHO
from tui.partnership.values import STATE, Change, Partnership, answer_id

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
    """What both give stands first; each one's own follows; a hole where A gives nothing and is still to be asked."""
    words: dict[str, Any] = WORDS[lang]
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
