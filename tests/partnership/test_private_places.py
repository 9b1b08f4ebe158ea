"""Tests that every private place of the guide stays out of the public view and of all that is made from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.partnership.private_places import ALWAYS, MARKS, STATED, Places, everywhere
from tests.partnership.told import AT, GUIDE, Told
from tui.partnership.changes import apply
from tui.partnership.milestones import milestones
from tui.partnership.positions import points
from tui.partnership.privacy import PublicView, is_public, public_entries, public_view, stored_tallies
from tui.partnership.values import Conflict, Partnership


@pytest.fixture(scope="module")
def made() -> Places:
    return everywhere()


def told(view: Partnership) -> str:
    """All that a public view says."""
    return repr((view.entries, view.conflicts, view.tallies))


def test_the_table_has_every_field_and_mark_that_may_be_private(made: Places) -> None:
    known = {(one.change.question, one.change.part, one.change.cell.partition("@")[0]) for one in made.private}
    for name, question in GUIDE.by_id.items():
        for part in (one for one in question.parts if not one.store):
            for field in part.fields:
                if question.private or field.private or field.without_leave:
                    assert (name, part.id, field.id) in known
            if question.private:
                assert {(name, part.id, mark) for mark in MARKS} <= known
    assert made.told_by(repr(made.partnership())) == [str(one) for one in made.private]


def test_no_view_and_nothing_read_of_it_tells_a_private_place(made: Places) -> None:
    partnership = made.partnership()
    view = public_view(GUIDE, partnership)
    assert made.told_by(told(view)) == []
    assert made.told_by(repr(public_entries(GUIDE, partnership).entries)) == []
    assert made.told_by(repr((points(GUIDE, view), stored_tallies(PublicView(GUIDE), partnership)))) == []
    assert made.told_by(repr(milestones(GUIDE, partnership))) == []


def test_each_cell_is_private_or_public_as_the_guide_says(made: Places) -> None:
    """Hiding too much would be wrong too: a status, a leave, an answer that no state hides may all be seen."""
    partnership, private = made.partnership(), {(one.change.entry, one.change.cell) for one in made.private}
    parts = [(name, part) for name, question in GUIDE.by_id.items() for part in question.parts]
    always = {(name, part.id, one.id) for name, part in parts for one in part.fields if one.always_public}
    hiding = {(name, part.id, one.field) for name, part in parts for one in part.public_when if one.field != "leave"}
    for entry in partnership.entries.values():
        for cell in entry.cells:
            seen = is_public(GUIDE, partnership, entry, cell)
            if (entry.question, entry.part, cell) not in hiding - always:
                assert seen is ((entry.id, cell) not in private), f"{entry.question}/{entry.part}.{cell} of {entry.id}"
    view = public_view(GUIDE, partnership)
    assert public_entries(GUIDE, partnership).entries == view.entries


def test_no_entry_of_a_private_question_is_in_the_view(made: Places) -> None:
    view = public_view(GUIDE, made.partnership())
    assert [one.id for one in view.entries.values() if GUIDE.by_id[one.question].private] == []


def test_the_mark_of_a_whole_question_is_seen() -> None:
    """« Sans objet » takes a heading out of the document; it is no secret, of whatever question that may be told of."""
    for question in (one for one in GUIDE.by_id.values() if not one.private):
        told = Told("A")
        told.say(question.id, state="not_applicable")
        assert repr(public_view(GUIDE, told.partnership)).count("not_applicable") == 1, question.id


def test_what_a_state_hides_is_seen_once_the_state_lets_it_out() -> None:
    opened = everywhere(opened=True)
    view = told(public_view(GUIDE, opened.partnership()))
    assert opened.told_by(view) == opened.stated()


def test_a_view_that_is_kept_hides_again_what_it_showed(made: Places) -> None:
    views, partnership = PublicView(GUIDE), made.partnership()
    views.of(partnership)
    shown = apply(partnership, made.opens, by="Marie", at=AT).partnership
    assert made.told_by(told(views.of(shown).view)) == made.stated()
    hidden = apply(shown, made.closing(), by="Marie", at=AT).partnership
    assert made.told_by(told(views.of(hidden).view)) == []


def test_a_conflict_about_a_private_place_is_private_and_stays_so(made: Places) -> None:
    partnership, other = made.partnership(), everywhere(first=10_000)
    refused = [replace(one.change, base=0) for one in other.private]
    torn = apply(partnership, refused, by="Jean", at=AT).partnership
    assert len(torn.conflicts) == len(made.private)
    assert made.told_by(told(public_view(GUIDE, torn))) == other.told_by(told(public_view(GUIDE, torn))) == []
    opened = apply(torn, made.opens, by="Marie", at=AT).partnership
    seen = public_view(GUIDE, opened)
    assert {one.cell for one in seen.conflicts if one.cell[0] == "#"} and other.told_by(told(seen), STATED)
    assert other.told_by(told(seen), ALWAYS) == made.told_by(told(seen), ALWAYS) == []
    kept = replace(opened, conflicts=tuple(replace(one, private=True) for one in opened.conflicts))
    assert public_view(GUIDE, kept).conflicts == ()


def test_a_conflict_about_an_entry_that_is_not_there_is_in_no_view(made: Places) -> None:
    partnership = made.partnership()
    gone = Conflict("c", "nobody", "gather.vision", "vision@fr", "un", "deux", "Ann", "Bob", AT, 2, 1)
    assert public_view(GUIDE, replace(partnership, conflicts=(gone,))).conflicts == ()
