"""A meeting on a real store: what is noted at it, which changes have it as their source, and its minutes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.export.plain_text import to_text
from tui.guide.guide_loading import load_guide
from tui.guide.guide_types import TEXT_KINDS, Field
from tui.partnership.completion import single_entry
from tui.partnership.meetings import HELD, PRESENCE, Seat, meeting_open_at, points_of, seats
from tui.partnership.partners import people
from tui.partnership.positions import POSITIONS
from tui.partnership.values import ORDER, Change
from tui.store import Author, Store
from tui.workspace import meeting_edits
from tui.workspace.workspace import Workspace, current_moment
from tui.workspace.writing import add_partners, choose, type_into

VISION = "gather.vision"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A partnership of two, open."""
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    store.create([])
    found = Workspace(load_guide(), store.load(store.list()[0].id), store)
    add_partners(found, "Université\nClinique")
    return found


def write(workspace: Workspace, text: str) -> None:
    """Type the vision."""
    field = workspace.guide.question(VISION).single
    assert field is not None
    type_into(workspace, single_entry(workspace.partnership, VISION, ()), field.fields[0], text)
    workspace.edits.end_typing()


def minutes(workspace: Workspace) -> str:
    """The minutes of the last meeting, with plain spaces."""
    meeting = workspace.partnership.rows(HELD, "rows")[-1]
    text = to_text(meeting_edits.composed_minutes(workspace, workspace.store, meeting), None)  # type: ignore[arg-type]
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_changes_made_while_it_runs_carry_the_meeting_and_no_others_do(workspace: Workspace) -> None:
    write(workspace, "avant")
    meeting = meeting_edits.open_meeting(workspace)
    write(workspace, "pendant la rencontre")
    meeting_edits.close_meeting(workspace, meeting)
    write(workspace, "bien après la rencontre")
    said = minutes(workspace)
    assert "pendant la rencontre" in said and "après" not in said and "avant" not in said


def test_undone_during_the_meeting_it_is_not_told(workspace: Workspace) -> None:
    meeting_edits.open_meeting(workspace)
    write(workspace, "un essai")
    assert workspace.undo()
    assert "un essai" not in minutes(workspace) and "Vision" not in minutes(workspace)


def test_one_key_marks_another_key_marks_again_and_an_empty_one_takes_back(workspace: Workspace) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    for mark in ("present", "excused", ""):
        meeting_edits.set_presence(workspace, meeting, seats(workspace.partnership, meeting.id, "fr")[0], mark)
        assert [seat.mark for seat in seats(workspace.partnership, meeting.id, "fr")] == [mark, ""]
    assert len(workspace.partnership.rows(HELD, PRESENCE)) == 1


def test_who_was_not_listed_becomes_a_person_of_the_partner_or_a_guest_kept_private(workspace: Workspace) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    partner = workspace.partnership.rows("open.who")[0].id
    meeting_edits.note_arrival(workspace, meeting, "Marie Roy; directrice", partner)
    meeting_edits.note_arrival(workspace, meeting, "Ana Li")
    assert [row.text("name", "fr") for row in people(workspace.partnership, partner)] == ["Marie Roy"]
    assert [(one.name, one.mark) for one in seats(workspace.partnership, meeting.id, "fr")] == [
        ("Marie Roy", "present"),
        ("", ""),
        ("Ana Li", "present"),
    ]
    assert "Ana Li" not in repr(workspace.view)
    assert "Université : Marie Roy, directrice" in minutes(workspace) and "Ana Li" in minutes(workspace)
    meeting_edits.note_arrival(workspace, meeting, "Léo Fox; bénévole")
    meeting_edits.note_arrival(workspace, meeting, "Ana Li")
    assert "Autres personnes : Ana Li; Léo Fox, bénévole; Ana Li" in minutes(workspace), "each guest is there"


@pytest.mark.parametrize("title", ["CLINIQUE", "directrice, Clinique"])
def test_a_guest_who_comes_with_the_name_of_an_organisation_is_of_it(workspace: Workspace, title: str) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    clinic = workspace.partnership.rows("open.who")[1]
    away = meeting_edits.note_arrival(workspace, meeting, "Jean Côté", clinic.id)
    meeting_edits.set_presence(workspace, meeting, seats(workspace.partnership, meeting.id, "fr")[1], "excused")
    assert "Clinique" not in minutes(workspace), "nobody of it is there"
    meeting_edits.note_arrival(workspace, meeting, f"Ann Roy; {title}")
    assert [row.text("name", "fr") for row in people(workspace.partnership, clinic.id)] == ["Jean Côté", "Ann Roy"]
    said = "Clinique : Ann Roy" + (", directrice" if "directrice" in title else "")
    assert said in minutes(workspace) and away.id and "Clinique : Jean Côté" in minutes(workspace)


@pytest.mark.parametrize(
    ("typed", "owner", "name", "title"),
    [
        ("Ann Roy; Clinique", 1, "Ann Roy", ""),
        ("Ann Roy; directrice, Clinique", 1, "Ann Roy", "directrice"),
        ("Ann Roy; Clinique; ann@exemple.ca", 1, "Ann Roy", ""),
        ("Ann Roy; Université", 0, "Ann Roy", ""),
        ("Ann Roy; directrice", 0, "Ann Roy", "directrice"),
        ("Clinique; Ann Roy", 0, "Clinique", "Ann Roy"),
    ],
)
def test_whose_title_names_another_partner_is_of_that_one(
    workspace: Workspace, typed: str, owner: int, name: str, title: str
) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    partners = workspace.partnership.rows("open.who")
    person = meeting_edits.note_arrival(workspace, meeting, typed, partners[0].id)
    assert person.subject == (partners[owner].id,)
    assert (person.text("name", "fr"), person.text("title", "fr")) == (name, title)


@pytest.mark.parametrize("at_partner", [True, False])
def test_who_is_listed_already_is_marked_and_noted_no_second_time(workspace: Workspace, at_partner: bool) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    university = workspace.partnership.rows("open.who")[0].id
    person = meeting_edits.note_arrival(workspace, meeting, "Marie Roy; directrice", university)
    (seat, *_others) = seats(workspace.partnership, meeting.id, "fr")
    meeting_edits.set_presence(workspace, meeting, seat, "excused")
    again = meeting_edits.note_arrival(workspace, meeting, "MARIE ROY", university if at_partner else "")
    assert again.id == person.id
    assert [(seat.name, seat.mark) for seat in seats(workspace.partnership, meeting.id, "fr")] == [
        ("Marie Roy", "present"),
        ("", ""),
    ]


def test_a_guest_of_the_name_of_two_people_listed_or_with_a_title_is_a_guest(workspace: Workspace) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    for partner in workspace.partnership.rows("open.who"):
        meeting_edits.note_arrival(workspace, meeting, "Marie Roy", partner.id)
    meeting_edits.note_arrival(workspace, meeting, "Marie Roy")
    meeting_edits.note_arrival(workspace, meeting, "Marie Roy; mairesse")
    assert [bool(seat.partner) for seat in seats(workspace.partnership, meeting.id, "fr")] == [True, True, False, False]


def test_an_address_said_with_a_name_stays_out_of_the_minutes_and_of_the_public_file(workspace: Workspace) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    partner = workspace.partnership.rows("open.who")[0].id
    meeting_edits.note_arrival(workspace, meeting, "Marie Roy; adjointe; 514 555-0101 ou marie@b.ca", partner)
    meeting_edits.note_arrival(workspace, meeting, "Ana Li, ana@maison")
    (person,) = people(workspace.partnership, partner)
    assert (person.text("name", "fr"), person.get("email"), person.get("phone")) == (
        "Marie Roy",
        "marie@b.ca",
        "514 555-0101",
    )
    for text in (minutes(workspace), repr(workspace.view)):
        assert not {found for found in ("marie@b.ca", "555", "ana@maison") if found in text}
    assert "Université : Marie Roy, adjointe" in minutes(workspace) and "Ana Li" in minutes(workspace)


def test_each_thing_noted_is_undone_as_one_and_opens_the_meeting_by_itself(workspace: Workspace) -> None:
    meeting_edits.note_decision(workspace, "on commence")
    assert meeting_open_at(workspace.partnership, current_moment()) is not None
    meeting_edits.note_task(workspace, "réserver; Marie; 15 janvier")
    row = meeting_edits.note_point(workspace, "qui paie; Marie; le jour venu")
    assert row.text("text", "fr") == "qui paie; Marie; le jour venu", "what is no date stays in the text"
    assert points_of(workspace.partnership, str(row.get("meeting"))) == (row,)
    for part, left in (("rows", 0), ("tasks", 0), ("decisions", 0)):
        workspace.undo()
        question = "extra.points" if part == "rows" else HELD
        assert len(workspace.partnership.rows(question, part)) == left


def test_what_was_typed_is_on_disk_before_the_minutes_are_read(workspace: Workspace) -> None:
    meeting_edits.note_decision(workspace, "on commence")
    assert workspace.edits.at_risk
    assert "on commence" in minutes(workspace) and not workspace.edits.at_risk


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


def test_what_is_noted_after_the_end_belongs_to_the_meeting_of_the_day(workspace: Workspace) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    meeting_edits.close_meeting(workspace, meeting)
    meeting_edits.note_decision(workspace, "une chose oubliée")
    assert (
        len(workspace.partnership.rows(HELD, "rows")) == 1
        and meeting_open_at(workspace.partnership, current_moment()) is None
    )
    assert "une chose oubliée" in minutes(workspace)


@pytest.mark.parametrize(
    ("typed", "who", "due"),
    [
        ("réserver ; le 15 décembre 2031", None, "2031-12-15"),
        ("réserver ; avant le 15 décembre 2031", None, "2031-12-15"),
        ("réserver ; d'ici le 15 décembre 2031", None, "2031-12-15"),
        ("réserver ; mars 2031", None, "2031-03"),
        ("réserver ; Marie", {"name": "Marie"}, None),
        ("réserver ; Marie ; le 15 décembre 2031", {"name": "Marie"}, "2031-12-15"),
        ("réserver ; le 15 décembre 2031 ; Marie", {"name": "Marie"}, "2031-12-15"),
        ("réserver ; ; le 15 décembre 2031", None, "2031-12-15"),
        ("réserver ; Avril", {"person"}, None),
        ("réserver ; Mars", {"partner"}, None),
        ("réserver ; Mars ; mai 2031", {"partner"}, "2031-05"),
        ("réserver ; Marie, le 15 décembre 2031", {"name": "Marie"}, "2031-12-15"),
        ("réserver ; Marie, directrice", {"name": "Marie, directrice"}, None),
    ],
)
@pytest.mark.parametrize("kind", ["note_task", "note_point"])
def test_a_date_goes_to_the_date_and_a_name_to_the_name(
    workspace: Workspace, kind: str, typed: str, who: object, due: str | None
) -> None:
    add_partners(workspace, "Mars")
    meeting_edits.new_row(
        workspace, "open.who", "people", {"name": "Avril"}, (workspace.partnership.rows("open.who")[0].id,)
    )
    row = getattr(meeting_edits, kind)(workspace, typed)
    found = row.get("who")
    assert (set(found) if isinstance(who, set) else found, row.get("due")) == (who, due)
    assert row.text("text", "fr") == "réserver"


@pytest.mark.parametrize(
    "when",
    ["demain", "lundi", "le 15", "fin décembre", "la semaine prochaine", "d'ici vendredi", "next Monday", "by 5 h"],
)
def test_words_that_say_when_and_are_no_date_are_nobody_s_name(workspace: Workspace, when: str) -> None:
    row = meeting_edits.note_task(workspace, f"réserver ; {when}")
    assert row.get("who") is None and row.text("text", "fr") == f"réserver ; {when}"
    add_partners(workspace, when)
    assert set(meeting_edits.note_task(workspace, f"réserver ; {when}").get("who")) == {"partner"}, (
        "unless one is called so"
    )


@pytest.mark.parametrize(
    ("said", "lang"),
    [("by December 15, 2031", "en"), ("on December 15, 2031", "en"), ("before December 15, 2031", "en"),
     *(("pour le 15 décembre 2031", "fr"), ("d’ici au 15 décembre 2031", "fr"))],
)  # fmt: skip
def test_a_deadline_is_read_with_the_words_before_it(said: str, lang: str) -> None:
    assert meeting_edits.day_ahead(said, lang, "2026-11-25") == "2031-12-15"


@pytest.mark.parametrize("question", POSITIONS)
def test_positions_are_counted_as_they_are_worth_once_one_is_given_there(workspace: Workspace, question: str) -> None:
    part = workspace.guide.question(question).single
    field = part.field("level") if part is not None else None
    assert field is not None
    first, second = (row.id for row in workspace.partnership.rows("open.who"))

    def answers(partner: str, level: str) -> None:
        choose(workspace, single_entry(workspace.partnership, question, (partner,)), field, level)

    type_into(workspace, single_entry(workspace.partnership, "gather.level", ()), level_text(workspace), "on se parle")
    answers(first, "agree")
    meeting = meeting_edits.open_meeting(workspace)
    assert meeting_edits.position_counts(workspace, meeting) == {}, "given before: not at this meeting"
    type_into(
        workspace, single_entry(workspace.partnership, "gather.level", ()), level_text(workspace), "on décide ensemble"
    )
    assert meeting_edits.position_counts(workspace, meeting) == {}
    answers(second, "reservation")
    meeting = workspace.partnership.entries[meeting.id]
    assert meeting_edits.position_counts(workspace, meeting) == {question: {"reopened": 1, "reservation": 1}}
    answers(first, "opposes")
    meeting_edits.close_meeting(workspace, meeting)
    counts = workspace.partnership.entries[meeting.id].get("counts")
    assert counts == {question: {"opposes": 1, "reservation": 1}}


def level_text(workspace: Workspace) -> Field:
    """The text of the question on the level of the partnership."""
    part = workspace.guide.question("gather.level").single
    assert part is not None
    return next(field for field in part.fields if field.kind in TEXT_KINDS)


def first_seat(workspace: Workspace, meeting: str) -> Seat:
    """The seat of the first partner."""
    return seats(workspace.partnership, meeting, "fr")[0]


@pytest.mark.parametrize("mark", ["present", "excused", "absent"])
def test_who_is_marked_while_a_meeting_runs_came_then(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, mark: str
) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    monkeypatch.setattr(meeting_edits, "current_moment", lambda: "2099-01-05T10:00:00-05:00")
    meeting_edits.set_presence(workspace, meeting, first_seat(workspace, meeting.id), mark)
    came = first_seat(workspace, meeting.id).came
    assert bool(came) == (mark == "present")
    monkeypatch.setattr(meeting_edits, "current_moment", lambda: "2099-01-05T11:00:00-05:00")
    meeting_edits.set_presence(workspace, meeting, first_seat(workspace, meeting.id), "present")
    assert bool(first_seat(workspace, meeting.id).came) and (not came or first_seat(workspace, meeting.id).came == came)
    meeting_edits.set_presence(workspace, meeting, first_seat(workspace, meeting.id), "absent")
    assert not first_seat(workspace, meeting.id).came


def test_who_is_marked_anew_has_not_left_and_stands_not_aside(workspace: Workspace) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    meeting_edits.set_presence(workspace, meeting, first_seat(workspace, meeting.id), "present")
    for toggle in (meeting_edits.toggle_left, meeting_edits.toggle_stands_aside):
        assert [toggle(workspace, first_seat(workspace, meeting.id)) for _time in range(3)] == [True, False, True]
    gone = first_seat(workspace, meeting.id)
    assert gone.left and gone.stands_aside
    meeting_edits.set_presence(workspace, meeting, gone, "present")
    back = first_seat(workspace, meeting.id)
    assert back.mark == "present" and not back.left and not back.stands_aside and back.came == gone.came


def test_who_is_marked_after_the_end_came_at_no_known_hour(workspace: Workspace) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    meeting_edits.close_meeting(workspace, meeting)
    ended = workspace.partnership.entries[meeting.id]
    meeting_edits.set_presence(workspace, ended, first_seat(workspace, meeting.id), "present")
    assert not first_seat(workspace, meeting.id).came


@pytest.mark.parametrize(("on", "opened"), [("", True), ("2099-12-03", False)])
def test_a_meeting_prepared_for_another_day_is_not_todays(workspace: Workspace, on: str, opened: bool) -> None:
    cells = {ORDER: "5", "place@fr": "salle 204", **({"on": on} if on else {})}
    workspace.edit([Change("prepared00", HELD, cell, value, "rows") for cell, value in cells.items()])
    todays = meeting_edits.meeting_to_open(workspace)
    assert (todays.id == "prepared00") is opened
    begun = meeting_edits.begin_meeting(workspace, todays)
    assert begun.get("on") == current_moment()[:10]
    assert workspace.partnership.entries["prepared00"].get("on") == (begun.get("on") if opened else on)


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("Ann Roy", True), ("ann roy ", True), ("Ann Roy; Clinique", True), ("Ann Roy; directrice, Clinique", True),
        ("Ann Roy; greffière de la Ville", False), ("Zoé Lis", False), ("Zoé Lis; greffière", False),
    ],
)  # fmt: skip
def test_only_who_is_meant_is_marked_as_present(workspace: Workspace, text: str, listed: bool) -> None:
    clinic = workspace.partnership.rows("open.who")[1].id
    cells = {ORDER: "5", "name": "Ann Roy"}
    workspace.edit(
        [Change("ann0000000", "open.who", cell, value, "people", (clinic,)) for cell, value in cells.items()]
    )
    meeting = meeting_edits.open_meeting(workspace)
    meeting_edits.note_arrival(workspace, meeting, text)
    (row,) = workspace.partnership.rows(HELD, PRESENCE)
    assert row.get("presence") == "present"
    assert (row.get("who") == {"person": "ann0000000"}) is listed and bool(row.get("guest")) is not listed
    assert len(people(workspace.partnership, clinic)) == 1
