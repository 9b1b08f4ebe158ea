"""Tests of what is needed and nobody offers: private by default, and never counted as an answer."""

from __future__ import annotations

import json

import pytest

from tests.partnership.told import GUIDE
from tui.agreement.blocks import to_json
from tui.agreement.compose import Composer
from tui.agreement.statement_page import statement_page
from tui.export.plain_text import to_text
from tui.partnership.changes import apply
from tui.partnership.completion import EMPTY, progress, state_of
from tui.partnership.milestones import milestones
from tui.partnership.partners import active
from tui.partnership.privacy import published
from tui.partnership.review import review
from tui.partnership.values import Change, Partnership
from tui.workspace.samples import samples

SECRET = "zanzibar"


def known(*changes: Change, number: int = 3) -> Partnership:
    return apply(samples()[number].partnership, changes, by="", at="2026-11-22T10:00:00-05:00").partnership


def needed(told: bool | None) -> Partnership:
    cells = {"text@fr": f"un interprète {SECRET}", "absent@fr": f"l'Association {SECRET}", "told": told}
    return known(*(Change("needed0000", "extra.needed", cell, value, "rows") for cell, value in cells.items()))


@pytest.mark.parametrize("told", [None, False, True])
def test_what_nobody_brings_is_private_until_it_is_published(told: bool | None) -> None:
    partnership = needed(told)
    text = to_text(Composer(GUIDE).agreement(partnership, "fr"), None)
    assert (SECRET in text) is bool(told)
    assert ("Ce que personne n" in text) is bool(told)
    whole = json.dumps(to_json(Composer(GUIDE).agreement(partnership, "en")))
    assert (SECRET in whole) is bool(told)


def test_it_is_a_finding_of_the_review_with_who_is_missing() -> None:
    (found,) = [one for one in review(GUIDE, needed(None), "fr") if one.id == "needed"]
    assert f"un interprète {SECRET}" in found.words and f"l'Association {SECRET}" in found.words.replace("’", "'")
    assert (found.question, found.entry) == ("extra.needed", "needed0000")
    assert not [one for one in review(GUIDE, known(), "fr") if one.id == "needed"]


def test_everyone_concerned_is_noted_once_for_both_questions_and_never_printed() -> None:
    one = active(samples()[3].partnership)[0].id
    cells = {"text@fr": f"leur CA {SECRET}", "heard": "not_yet"}
    partnership = known(*(Change("concerned0", "note.concerned", cell, value, "rows", (one,))
                          for cell, value in cells.items()))  # fmt: skip
    for name in ("gather.procedures", "commit.win_win"):
        assert GUIDE.question(name).part("concerned").store == "note.concerned/rows"  # type: ignore[union-attr]
    for lang in ("fr", "en"):
        text = Composer(GUIDE).agreement(partnership, lang)
        assert SECRET not in json.dumps(to_json(text)) and SECRET not in json.dumps(
            to_json(statement_page(GUIDE, text))
        )
    assert SECRET not in repr(published(GUIDE, partnership).view.entries.values())


def test_everyone_concerned_counts_for_nothing() -> None:
    one = active(samples()[0].partnership)[0].id
    before = samples()[0].partnership
    after = known(Change("concerned0", "note.concerned", "heard", "not_yet", "rows", (one,)), number=0)
    for name in ("gather.procedures", "commit.win_win"):
        question = GUIDE.question(name)
        assert progress(after, question) == progress(before, question)
        if state_of(before, question, (one,)) == EMPTY:
            assert state_of(after, question, (one,)) == EMPTY
    assert milestones(GUIDE, after).missing == milestones(GUIDE, before).missing
