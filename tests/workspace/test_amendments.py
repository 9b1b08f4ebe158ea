"""Amendments and joinders: which number each has, who may join, and what is kept of them."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE
from tests.workspace.in_memory import Memory
from tui.partnership.field_kinds import BadValue
from tui.partnership.ids import new_id
from tui.partnership.partners import WHO
from tui.partnership.values import ORDER, Change
from tui.partnership.versions import Version
from tui.workspace.adoption import AdoptionOptions, CannotAdopt
from tui.workspace.amendments import (
    adopt_amendment,
    amendment_text,
    amendment_to_make,
    joiners,
    letter_of,
    text_to_sign,
)
from tui.workspace.draft_sending import adopt
from tui.workspace.workspace import Workspace


def joins(workspace: Workspace, name: str, status: str = "committed") -> str:
    """Add a partner, and return its id."""
    partner = new_id()
    cells = {ORDER: f"b{len(workspace.partnership.rows(WHO))}", "name@fr": name, "status": status}
    workspace.edit([Change(partner, WHO, cell, value, "", (partner,)) for cell, value in cells.items()])
    return partner


@pytest.fixture
def opened() -> tuple[Workspace, Memory]:
    """An agreement of two partners, adopted in memory."""
    store = Memory()
    workspace = Workspace(GUIDE, store.partnership, store)
    for name in ("Collège", "Clinique"):
        joins(workspace, name)
    workspace.edit([Change("extra.title", "extra.title", "kind", "agreement")])
    reword(workspace, 0)
    adopt(workspace, store, day="2026-03-03")
    return workspace, store


def reword(workspace: Workspace, number: int) -> None:
    """Change a word of the text."""
    workspace.edit([Change("extra.communication", "extra.communication", "communication@fr", f"Sous {number} noms.")])


def amended(workspace: Workspace, store: Memory, joinder: str = "") -> Version:
    """Adopt today's text by an amendment, or by the joinder of a partner."""
    found = amendment_to_make(workspace, store, "", joinder)
    return adopt_amendment(workspace, store, found, AdoptionOptions(day="2026-06-04", reason="essai"))


@pytest.mark.slow
def test_amendments_are_numbered_on_and_joinders_among_them_are_not(opened: tuple[Workspace, Memory]) -> None:
    workspace, store = opened
    acts = ("reword", "join", "join", "reword", "join", "reword")
    kept = []
    for at, act in enumerate(acts):
        partner = joins(workspace, f"Refuge {at}") if act == "join" else ""
        if act == "reword":
            reword(workspace, at + 1)
        version = amended(workspace, store, partner)
        kept.append((version.amendment["number"], "joinder" in version.amendment, version.amendment["of"]))
    assert kept == [
        (1, False, "2026-03-03"), (1, True, "2026-03-03"), (1, True, "2026-03-03"),
        (2, False, "2026-03-03"), (2, True, "2026-03-03"), (3, False, "2026-03-03"),
    ]  # fmt: skip
    reword(workspace, 9)
    adopt(workspace, store, day="2026-09-05")
    reword(workspace, 10)
    again = amendment_to_make(workspace, store, "", "")
    assert (again.number, again.of_date) == (1, "2026-09-05"), "a text adopted as a whole begins anew"


@pytest.mark.parametrize("status", GUIDE.choices["status"])
def test_who_may_join_is_named_and_no_party_yet(opened: tuple[Workspace, Memory], status: str) -> None:
    workspace, store = opened
    partner = joins(workspace, "Refuge", status)
    named = status in ("interested", "committed", "signatory")
    assert joiners(workspace, store) == (((partner, "Refuge"),) if named else ())
    if not named:
        with pytest.raises(BadValue):
            amended(workspace, store, partner)
        return
    for reason in ("", " \t"):
        with pytest.raises(CannotAdopt):
            found = amendment_to_make(workspace, store, "", partner)
            adopt_amendment(workspace, store, found, AdoptionOptions(reason=reason))
    amended(workspace, store, partner)
    assert joiners(workspace, store) == ()
    joins(workspace, "Gîte")
    with pytest.raises(BadValue, match="Refuge"):
        amendment_to_make(workspace, store, "", partner)
    reword(workspace, 7)
    with pytest.raises(BadValue):
        amendment_to_make(workspace, store, "", partner)


def test_there_is_nothing_to_amend_until_a_word_changes(opened: tuple[Workspace, Memory]) -> None:
    workspace, store = opened
    with pytest.raises(BadValue, match="adoption"):
        amendment_to_make(workspace, store, "", "")
    reword(workspace, 1)
    found = amendment_to_make(workspace, store, "2026-07-01", "")
    proposed = {lang: amendment_text(workspace, found, lang) for lang in ("fr", "en")}
    version = amended(workspace, store)
    for lang, text in proposed.items():
        signed = text_to_sign(workspace, version, lang)
        assert text is not None and signed is not None and signed != text, "adopted, no more proposed"
        assert signed.lang == lang and signed.title == text.title


@pytest.mark.parametrize(("status", "may"), [("prospective", False), ("contacted", False), ("committed", True)])
def test_who_may_not_be_named_yet_cannot_join(opened: tuple[Workspace, Memory], status: str, may: bool) -> None:
    workspace, store = opened
    joins(workspace, "Gîte")
    partner = joins(workspace, "Refuge", status)
    if may:
        assert amendment_to_make(workspace, store, "", partner).joinder == partner
        return
    with pytest.raises(BadValue) as refused:
        amendment_to_make(workspace, store, "", partner)
    assert "Refuge" not in str(refused.value)


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("count", [2, 20])
def test_the_letter_has_the_words_before_and_after_and_of_long_articles_the_changed_ones(
    opened: tuple[Workspace, Memory], lang: str, count: int
) -> None:
    workspace, store = opened

    def name_bodies(*names: str) -> None:
        for at, name in enumerate(names):
            cells = {ORDER: f"{at:02}", f"name@{lang}": name}
            workspace.edit([Change(f"body{at:06}", "gather.governance", cell, value, "bodies")
                            for cell, value in cells.items()])  # fmt: skip

    names = [f"comité {at:02}" for at in range(count)]
    name_bodies(*names)
    amended(workspace, store)
    name_bodies(*names[:-1], "conseil")
    found = amendment_to_make(workspace, store, "", "")
    letter = letter_of(workspace, found, lang, "Marie")
    assert letter is not None and letter.body.endswith("Marie\n")
    head = GUIDE.word("amendment_after", lang).split()[0]  # the spaces behind it are set by the typography
    before, after = letter.body.split(f"\n{head}")
    assert names[-1] in before and "conseil" not in before
    assert "conseil" in after and names[-1] not in after
    assert (names[0] in before, names[0] in after) == ((True, True) if count < 16 else (False, False))
