"""Tests that values which are kept from key to key equal those that are derived anew."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.agreement.reading import GUIDE, Told
from tests.agreement.test_compose import full
from tui.agreement.compose import Composer
from tui.partnership.changes import apply
from tui.partnership.completion import ProgressCache, progress
from tui.partnership.holes import open_holes, settled_holes
from tui.partnership.milestones import milestones
from tui.partnership.positions import points, position_statuses
from tui.partnership.privacy import PublicView, public_view
from tui.partnership.values import ORDER, REMOVED, SETTINGS, STATE, Change, Entry, Partnership
from tui.partnership.versions import ADOPTED_MARK, DRAFT_TEXT, DRAFT_WORDS, whole_text

pytestmark = pytest.mark.slow

START = full()
CONTRACT = full()  # whose document names its parties before the first section
for one in ("A", "B"):
    CONTRACT.say(
        "open.who", {"short_name": f"le {one}", "people": [{"name": "Zoé", "title": "directrice", "signs": True}]}, one
    )
CONTRACT.say("extra.title", {"kind": "agreement"})
CONTRACT.say("extra.preamble", "Attendu que.")
CELLS: dict[str, st.SearchStrategy[Any]] = {
    ORDER: st.sampled_from(["a", "m", "z", None]),
    REMOVED: st.sampled_from([True, None]),
    STATE: st.sampled_from(["not_applicable", "to_discuss", None]),
    "status": st.sampled_from(["prospective", "interested", "committed", "declined", "acquired", "requested"]),
    "state": st.sampled_from(["wished", "accepted", None]),
    "named": st.booleans(),
    "partners": st.sampled_from([None, {"ids": [START.ids["A"], START.ids["C"]]}, {"ids": [START.ids["B"]]}]),
}


def anew(partnership: Partnership) -> Partnership:
    """The same value, with nothing worked out yet."""
    return replace(partnership, entries=dict(partnership.entries))


@st.composite
def changes(draw: st.DrawFn, told: Told) -> Change:
    """A change of an entry of the partnership or of a new row: of a text, or of where it stands and is seen."""
    entry: Entry = draw(st.sampled_from(list(told.partnership.entries.values())))
    if entry.part and draw(st.booleans()):
        entry = replace(entry, id=f"z{entry.id[1:]}")
    texts = [key for key, cell in entry.cells.items() if isinstance(cell.value, str) and key[:1] != "#"]
    cell = draw(st.sampled_from([*texts, *texts, *CELLS]))
    value = draw(CELLS[cell]) if cell in CELLS else draw(st.sampled_from(["autre", "A, b", "", None]))
    return Change(entry.id, entry.question, cell, value, entry.part, entry.subject)


@pytest.mark.parametrize("told", [START, CONTRACT], ids=["statement", "contract"])
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_kept_is_what_is_made_anew(told: Told, data: st.DataObject) -> None:
    steps = data.draw(st.lists(st.lists(changes(told), min_size=1, max_size=2), min_size=1, max_size=8))
    partnership, composer, views, counted = told.partnership, Composer(GUIDE), PublicView(GUIDE), ProgressCache(GUIDE)
    for step in steps:
        _ = partnership.by_giver, composer.agreement(partnership, "fr")
        partnership = apply(partnership, step, by="Ann", at="2026-11-25T10:00:00").partnership
        fresh = anew(partnership)
        assert (partnership.by_part, partnership.by_giver) == (fresh.by_part, fresh.by_giver)
        found, public = views.of(partnership), public_view(GUIDE, fresh)
        view = found.view
        assert view == public
        assert (view.by_part, view.by_giver) == (anew(view).by_part, anew(view).by_giver)
        assert found.holes == tuple(
            (rule, name) for rule, name in open_holes(GUIDE, public) if rule.id not in settled_holes(fresh)
        )
        assert (found.points, found.answers) == (points(GUIDE, public), position_statuses(fresh, found.points))
        for question in GUIDE.by_id.values():
            assert counted.of(partnership, question) == progress(fresh, question), question.id
        assert milestones(GUIDE, partnership, found, progress_of=counted.of) == milestones(GUIDE, fresh)
        assert composer.agreement(partnership, "fr") == Composer(GUIDE).agreement(fresh, "fr")


@settings(deadline=None, max_examples=12)
@given(data=st.data())
def test_whether_a_sent_and_an_adopted_text_stand_is_what_is_told_anew(data: st.DataObject) -> None:
    composer, start = Composer(GUIDE), START.partnership
    text = whole_text(GUIDE, public_view(GUIDE, start))
    draft, adopted = (composer.words(start, final=final) for final in (False, True))
    kept = {"drafts": 1, DRAFT_TEXT: text, DRAFT_WORDS: draft, ADOPTED_MARK: {"text": text, "words": adopted}}
    marks = [Change(SETTINGS, SETTINGS, name, value) for name, value in kept.items()]
    sent = partnership = apply(start, marks, by="Ann", at="2026-11-25T10:00:00").partnership
    told = Told()
    for _ in range(3):
        assert (composer.is_last_draft(sent), composer.adoption(sent)) == (True, "adopted")
        told.partnership = data.draw(st.sampled_from([sent, partnership]))
        step = [data.draw(changes(told)), *data.draw(st.lists(changes(told), max_size=1))]
        partnership = apply(told.partnership, step, by="Ann", at="2026-11-25T10:00:00").partnership
        fresh = Composer(GUIDE)
        assert composer.is_last_draft(partnership) == fresh.is_last_draft(anew(partnership))
        assert composer.adoption(partnership) == fresh.adoption(anew(partnership))


def test_a_hole_that_a_private_answer_fills_is_gone_from_what_is_kept() -> None:
    told, composer = Told("A"), Composer(GUIDE)
    before = composer.agreement(told.partnership, "fr")
    told.say("commit.funding", {"rows": [{"source": "Fonds vert", "status": "sought"}]})
    (row,) = told.partnership.rows("commit.funding", "rows")
    sought = composer.agreement(told.partnership, "fr")
    assert sought.sections != before.sections
    assert sought == Composer(GUIDE).agreement(told.partnership, "fr")
    told.take(Change(row.id, row.question, REMOVED, True, row.part))
    assert composer.agreement(told.partnership, "fr").sections == before.sections


@pytest.mark.parametrize("renewal", ["tacit", "agreed", "none"])
@pytest.mark.parametrize("effect", ["all_signed", "on_date"])
def test_each_section_follows_the_kind_of_document(renewal: str, effect: str) -> None:
    told, composer = full(), Composer(GUIDE)
    told.say("open.who", {"people": [{"name": "Zoé", "title": "directrice", "signs": True}], "role": "lead"}, "A")
    told.say("open.who", {"people": [{"name": "Luc", "signs": True}], "address": "12, rue du Port"}, "B")
    told.say("extra.legal", {"nature": "intention", "effect": effect, "no_company": True, "counterparts": True})
    told.say("extra.review", {"renewal": renewal, "notice": 30, "date": "2027-03"})
    kinds = [*GUIDE.choices["document_kind"], "statement"]
    for kind in kinds:
        told.say("extra.title", {"kind": kind})
        for lang in ("fr", "en"):
            for final in (True, False):
                kept = composer.agreement(told.partnership, lang, final=final)
                assert kept == Composer(GUIDE).agreement(anew(told.partnership), lang, final=final)
