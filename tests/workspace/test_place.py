"""The place where a person is: made valid, walked on, left for a call note and back, kept for the next start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.partnership.told import GUIDE, Told
from tui.form.question_walk import question_order
from tui.partnership.values import Partnership
from tui.workspace.place import (
    NOTE,
    Place,
    at_question,
    keep_place,
    last_open,
    next_partner_place,
    place_before_note,
    place_further,
    place_in_note,
    place_of,
    valid_place,
)

WALK = question_order(GUIDE)
PAIR = next(question.id for step in GUIDE.walked_steps for question in step.questions if question.scope == "pair")


def three(*statuses: str) -> Told:
    """Partners a, b and c with these statuses."""
    told = Told()
    for name, status in zip("abc", statuses, strict=True):
        told.join(name, status=status)
    return told


@pytest.mark.parametrize("gone", ["declined", "withdrawn"])
def test_partner_that_is_not_there_is_replaced_by_an_active_one(gone: str) -> None:
    told = three(gone, "interested", "interested")
    assert valid_place(Place(partner="x" * 10), GUIDE, told.partnership).partner == told.ids["b"]
    assert valid_place(Place(partner=told.ids["a"]), GUIDE, told.partnership).partner == told.ids["a"]
    told = three(gone, gone, gone)
    assert valid_place(Place(), GUIDE, told.partnership).partner == told.ids["a"]
    assert valid_place(Place(partner="x" * 10), GUIDE, Partnership("aaaaaaaaaa")).partner == ""


def test_second_partner_of_a_pair_is_another_that_is_there() -> None:
    told = three("interested", "interested", "interested")
    a, b = told.ids["a"], told.ids["b"]
    kept = {other: valid_place(Place(PAIR, a, other), GUIDE, told.partnership).other for other in (b, a, "x" * 10, "")}
    assert kept == {b: b, a: "", "x" * 10: "", "": ""}


@pytest.mark.parametrize("question", WALK)
def test_second_partner_stays_but_where_one_may_be_asked_alone(question: str) -> None:
    place = Place(PAIR, "a", "b", "slot", (1, 2), "back")
    alone = GUIDE.question(question).scope == "partner_or_pair"
    assert at_question(place, GUIDE, question) == Place(question, "a", "" if alone else "b")


@pytest.mark.parametrize("by", [-1, 1])
def test_walk_ends_at_its_first_and_last_question(by: int) -> None:
    end = WALK[0] if by < 0 else WALK[-1]
    assert place_further(Place(end), GUIDE, by).question == end
    assert place_further(Place(WALK[3]), GUIDE, by).question == WALK[3 + by]
    assert place_further(Place(WALK[3]), GUIDE, by * len(WALK)).question == end


@pytest.mark.parametrize("by", [-1, 1])
def test_walk_goes_on_from_where_a_call_note_was_opened(by: int) -> None:
    note = place_in_note(Place(WALK[5], "a", slot="s"), (3, 4), "moving", 7)
    assert place_further(note, GUIDE, by) == Place(WALK[5 + by], "a")


@pytest.mark.parametrize("came", ["writing", "moving", "document", "field"])
@pytest.mark.parametrize("cursor", [None, (0, 0), (3, 14)])
@pytest.mark.parametrize("row", [0, 12])
def test_call_note_leads_back_to_where_one_was(came: str, cursor: tuple[int, int] | None, row: int) -> None:
    place = Place(WALK[5], "a", "b", "slot")
    note = place_in_note(place, cursor, came, row)
    assert (note.question, note.partner, note.cursor) == (NOTE, "a", None)
    back = place_before_note(note)
    assert (back.place, back.activity, back.row) == (replace(place, cursor=cursor), came, row)


def test_call_note_without_an_origin_leads_to_the_first_question() -> None:
    back = place_before_note(Place(NOTE, "a"))
    assert (back.place, back.activity, back.row) == (Place("open.who", "a"), "writing", 0)


@pytest.mark.parametrize("gone", ["declined", "withdrawn"])
def test_partners_follow_each_other_and_those_who_left_come_last(gone: str) -> None:
    told = three(gone, "interested", "interested")
    names = {partner: name for name, partner in told.ids.items()}

    def after(partner: str, by: int) -> str:
        place = Place("open.trust", told.ids.get(partner, "x" * 10), "other", "slot", (0, 1))
        moved = next_partner_place(place, told.partnership, by)
        assert moved == Place("open.trust", moved.partner)
        return names[moved.partner]

    assert [after(name, 1) for name in "bca"] == ["c", "a", "b"]
    assert [after(name, -1) for name in "bca"] == ["a", "b", "c"]
    assert [after("", by) for by in (1, -1)] == ["b", "b"], "one that is not there any more"


@pytest.mark.parametrize(
    ("cursor", "read"),
    [([2, 3], (2, 3)), ([0, 0], (0, 0)), ([-1, 3], None), ([2, -1], None), ([1], None), ("12", None), (None, None)],
)
def test_cursor_that_is_no_position_is_not_read(cursor: object, read: tuple[int, int] | None) -> None:
    raw = {"question": "open.trust", "partner": "a", "slot": 3, "cursor": cursor}
    assert Place.read(raw) == Place("open.trust", "a", cursor=read)


def test_places_of_the_last_two_hundred_partnerships_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "entente" / "places.json"
    for number in range(200):
        assert keep_place(path, f"p{number}", {"question": f"q{number}"}, last=f"p{number}")
    keep_place(path, "p0", {"question": "again"}, last="p0")
    keep_place(path, "new", {"question": "open.who"}, last="new")
    assert place_of(path, "p1") == {}, "the one kept longest ago"
    assert place_of(path, "p0") == {"question": "again"} and place_of(path, "p2") == {"question": "q2"}
    assert last_open(path) == "new"
    keep_place(path, "p2", None, last="")
    assert place_of(path, "p2") == {"question": "q2"} and last_open(path) == ""


@pytest.mark.parametrize("text", ["", "[]", "{", '{"last": 3, "p": []}', "[" * 9999])
def test_file_of_places_that_cannot_be_read_holds_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "places.json"
    path.write_text(text, encoding="utf-8")
    assert place_of(path, "p") == {} and last_open(path) == ""
    assert keep_place(path, "q", {"question": "open.who"}, last="q") and place_of(path, "q") == {"question": "open.who"}
