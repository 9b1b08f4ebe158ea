"""The desk at a meeting, on a real store: what is noted, what carries the meeting, and the minutes it ends with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.export.plain_text import to_text
from tui.guide.guide_loading import load_guide
from tui.partnership.answers import single_entry
from tui.partnership.meetings import HELD, PRESENCE, points_of, running, seats
from tui.partnership.partners import people
from tui.store import Author, Store
from tui.workspace import meeting_edits
from tui.workspace.workspace import Desk, now
from tui.workspace.writing import add_partners, type_into

VISION = "gather.vision"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A partnership of two, open."""
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    store.create([])
    found = Desk(load_guide(), store.load(store.list()[0].id), store)
    add_partners(found, "Université\nClinique")
    return found


def write(desk: Desk, text: str) -> None:
    """Type the vision."""
    field = desk.guide.question(VISION).single
    assert field is not None
    type_into(desk, single_entry(desk.project, VISION, ()), field.fields[0], text)
    desk.edits.end_stretch()


def minutes(desk: Desk) -> str:
    """The minutes of the last meeting, with plain spaces."""
    meeting = desk.project.rows(HELD, "rows")[-1]
    text = to_text(meeting_edits.written(desk, desk.store, meeting), None)  # type: ignore[arg-type]
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_changes_made_while_it_runs_carry_the_meeting_and_no_others_do(desk: Desk) -> None:
    write(desk, "avant")
    meeting = meeting_edits.opened(desk)
    write(desk, "pendant la rencontre")
    meeting_edits.close(desk, meeting)
    write(desk, "bien après la rencontre")
    said = minutes(desk)
    assert "pendant la rencontre" in said and "après" not in said and "avant" not in said


def test_undone_during_the_meeting_it_is_not_told(desk: Desk) -> None:
    meeting_edits.opened(desk)
    write(desk, "un essai")
    assert desk.undo()
    assert "un essai" not in minutes(desk) and "Vision" not in minutes(desk)


def test_one_key_marks_another_key_marks_again_and_an_empty_one_takes_back(desk: Desk) -> None:
    meeting = meeting_edits.opened(desk)
    for mark in ("present", "excused", ""):
        meeting_edits.mark(desk, meeting, seats(desk.project, meeting.id, "fr")[0], mark)
        assert [seat.mark for seat in seats(desk.project, meeting.id, "fr")] == [mark, ""]
    assert len(desk.project.rows(HELD, PRESENCE)) == 1


def test_who_was_not_listed_becomes_a_person_of_the_partner_or_a_guest_kept_private(desk: Desk) -> None:
    meeting = meeting_edits.opened(desk)
    partner = desk.project.rows("open.who")[0].id
    meeting_edits.arrive(desk, meeting, "Marie Roy; directrice", partner)
    meeting_edits.arrive(desk, meeting, "Ana Li")
    assert [row.text("name", "fr") for row in people(desk.project, partner)] == ["Marie Roy"]
    assert [(one.name, one.mark) for one in seats(desk.project, meeting.id, "fr")] == [
        ("Marie Roy", "present"),
        ("", ""),
        ("Ana Li", "present"),
    ]
    assert "Ana Li" not in repr(desk.view)
    assert "Université : Marie Roy, directrice" in minutes(desk) and "Ana Li" in minutes(desk)


def test_each_thing_noted_is_undone_as_one_and_opens_the_meeting_by_itself(desk: Desk) -> None:
    meeting_edits.decide(desk, "on commence")
    assert running(desk.project, now()) is not None
    meeting_edits.task(desk, "réserver; Marie; 15 janvier")
    row = meeting_edits.set_aside(desk, "qui paie; Marie; le jour venu")
    assert row.text("text", "fr") == "qui paie; Marie; le jour venu", "what is no date stays in the text"
    assert points_of(desk.project, str(row.get("meeting"))) == (row,)
    for part, left in (("rows", 0), ("tasks", 0), ("decisions", 0)):
        desk.undo()
        question = "extra.points" if part == "rows" else HELD
        assert len(desk.project.rows(question, part)) == left


def test_what_was_typed_is_on_disk_before_the_minutes_are_read(desk: Desk) -> None:
    meeting_edits.decide(desk, "on commence")
    assert desk.edits.at_risk
    assert "on commence" in minutes(desk) and not desk.edits.at_risk


@pytest.mark.parametrize(
    ("said", "lang", "day"),
    [
        ("15 janvier", "fr", "2027-01-15"),
        ("January 15", "en", "2027-01-15"),
        ("26 novembre", "fr", "2026-11-26"),
        ("25 novembre", "fr", "2026-11-25"),
        ("24 novembre", "fr", "2027-11-24"),
        ("décembre 2028", "fr", "2028-12"),
        ("bientôt", "fr", ""),
        ("31 février", "fr", ""),
    ],
)
def test_a_day_said_without_its_year_is_the_next_one(said: str, lang: str, day: str) -> None:
    assert meeting_edits.day_ahead(said, lang, "2026-11-25") == day


def test_what_is_noted_after_the_end_belongs_to_the_meeting_of_the_day(desk: Desk) -> None:
    meeting = meeting_edits.opened(desk)
    meeting_edits.close(desk, meeting)
    meeting_edits.decide(desk, "une chose oubliée")
    assert len(desk.project.rows(HELD, "rows")) == 1 and running(desk.project, now()) is None
    assert "une chose oubliée" in minutes(desk)
