"""Draft minutes are mailed to those who were there; corrected ones are decided sentence by sentence."""

from __future__ import annotations

import email
import zipfile
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from tests.workspace.test_minutes_edits import DANIEL, MARIE, held, store_of, told, workspace
from tui.comparison.returned_match import parse_returned
from tui.export.plain_text import to_text
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import EXCUSED, HELD, PRESENT, TASKS, rows_of_meeting, seats
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.values import Change, Entry
from tui.workspace import meeting_edits, minutes_edits
from tui.workspace.kept_versions import versions_of
from tui.workspace.minutes_mail import correction_files, readers
from tui.workspace.output_files import write
from tui.workspace.returned_decisions import ReturnedReview
from tui.workspace.returned_minutes import ReturnedMinutes, review_of, review_returned
from tui.workspace.workspace import Workspace

pytestmark = pytest.mark.sampled

__all__ = ["workspace"]  # the fixture

ASIDE, STORY = "zanzibar00021z", "zanzibar00022z"


def mails(workspace: Workspace, meeting: Entry, folder: Path) -> dict[str, EmailMessage]:
    """The mails as they are written, by whom they go to."""
    files = write(folder, correction_files(workspace, store_of(workspace), meeting, folder)).files
    minutes_edits.note_mailed(workspace, store_of(workspace), meeting)
    assert {path.name for path in files if path.suffix == ".eml"} == {
        Path(name).name for path in files if path.suffix == ".zip" for name in zipfile.ZipFile(path).namelist()
    }
    read = [email.message_from_bytes(path.read_bytes(), policy=default) for path in files if path.suffix == ".eml"]
    return {str(mail["To"]): mail for mail in read if isinstance(mail, EmailMessage)}


def body(mail: EmailMessage) -> str:
    """The text of a mail, with plain spaces."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def test_each_partner_that_was_there_gets_its_mail_and_nobody_else(workspace: Workspace, tmp_path: Path) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    first, second = seats(workspace.partnership, meeting.id, "fr")
    meeting_edits.set_presence(workspace, meeting, first, PRESENT)
    meeting_edits.set_presence(workspace, meeting, second, EXCUSED)
    meeting_edits.note_decision(workspace, "on commence en janvier")
    with pytest.raises(BadValue):
        correction_files(workspace, store_of(workspace), meeting, tmp_path)
    meeting_edits.close_meeting(workspace, meeting)
    found = mails(workspace, meeting, tmp_path)
    assert list(found) == ["p0@exemple.org"]
    said = body(found["p0@exemple.org"])
    assert said.startswith("Bonjour Marie Tremblay") and "on commence en janvier" in said and "p1@" not in said
    (paper,) = found["p0@exemple.org"].iter_attachments()
    assert str(paper.get_filename()).endswith(".docx")


def test_what_is_mailed_holds_nothing_private(workspace: Workspace, tmp_path: Path) -> None:
    name = workspace.partnership.rows(WHO)[0].id
    workspace.edit([Change(f"open.history:{name}", "open.history", "note@fr", STORY, "", (name,))])
    meeting = held(workspace, "on commence en janvier")
    (row,) = rows_of_meeting(workspace.partnership, meeting.id, "decisions")
    workspace.edit([Change(row.id, HELD, "proposer", {"name": ASIDE}, "decisions")])
    for mail in mails(workspace, meeting, tmp_path).values():
        assert STORY not in mail.as_string() and ASIDE not in mail.as_string() and ASIDE not in body(mail)


def test_an_organisation_marked_without_a_name_gets_them_for_all_its_people(workspace: Workspace) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    workspace.edit([Change("presence01", HELD, cell, value, "presence") for cell, value in {
        "meeting": meeting.id, "presence": PRESENT, "who": {"partner": workspace.partnership.rows(WHO)[0].id},
    }.items()])  # fmt: skip
    (reader,) = readers(workspace, meeting)
    assert reader.addresses == ("p0@exemple.org",)


def test_who_was_not_there_gets_no_minutes_though_a_colleague_was(workspace: Workspace) -> None:
    owner = workspace.partnership.rows(WHO)[0].id
    cells = {"#order": "z", "name": "Luc Savard", "email": "luc@exemple.org"}
    workspace.edit([Change("person0009", WHO, cell, value, PEOPLE, (owner,)) for cell, value in cells.items()])
    meeting = meeting_edits.open_meeting(workspace)
    marie = next(seat for seat in seats(workspace.partnership, meeting.id, "fr") if seat.name == MARIE)
    meeting_edits.set_presence(workspace, meeting, marie, PRESENT)
    (reader,) = readers(workspace, meeting)
    assert (reader.names, reader.addresses) == ((MARIE,), ("p0@exemple.org",))


def test_two_people_of_one_name_get_the_mail_of_their_own_organisation(workspace: Workspace, tmp_path: Path) -> None:
    workspace.edit([Change("person0001", WHO, "name", MARIE, PEOPLE, (workspace.partnership.rows(WHO)[1].id,))])
    meeting = held(workspace, "on commence en janvier")
    assert [reader.addresses for reader in readers(workspace, meeting)] == [("p0@exemple.org",), ("p1@exemple.org",)]
    assert sorted(mails(workspace, meeting, tmp_path)) == ["p0@exemple.org", "p1@exemple.org"]


def returned(workspace: Workspace, text: str, name: str = "retour.txt") -> ReturnedReview:
    """What came back, ready to be decided."""
    raw = text.encode()
    read = parse_returned(raw, name)
    laid, meeting = review_returned(
        workspace, store_of(workspace), versions_of(workspace, store_of(workspace)), read, raw
    )
    return review_of(workspace, laid, meeting, source=name, raw=raw)


@pytest.mark.parametrize("quote", ["", "> "])
def test_a_sentence_corrected_in_the_answer_goes_to_its_line(workspace: Workspace, tmp_path: Path, quote: str) -> None:
    meeting = held(workspace, "on commence en janvier", "la salle est louée")
    meeting_edits.reopen_meeting(workspace, meeting)
    mailed = body(mails_after_close(workspace, meeting, tmp_path))
    answer = "\n".join(quote + line for line in mailed.split("\n")).replace("en janvier", "en février")
    review = returned(workspace, answer)
    assert isinstance(review, ReturnedMinutes) and review.meeting.id == meeting.id
    (difference,) = review.differences
    assert "janvier" in difference.before and "février" in difference.after
    assert review.accept(difference)
    assert "on commence en février" in told(workspace, meeting) and "la salle est louée" in told(workspace, meeting)


def mails_after_close(workspace: Workspace, meeting: Entry, folder: Path) -> EmailMessage:
    """The first mail of a meeting that has ended."""
    meeting_edits.close_meeting(workspace, meeting)
    return next(iter(mails(workspace, meeting, folder).values()))


def test_a_task_and_a_point_are_corrected_in_their_rows(workspace: Workspace, tmp_path: Path) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    for seat in seats(workspace.partnership, meeting.id, "fr"):
        meeting_edits.set_presence(workspace, meeting, seat, PRESENT)
    meeting_edits.note_task(workspace, f"louer la grande salle; {MARIE}; 15 janvier 2027")
    meeting_edits.note_point(workspace, "qui garde la clé du soir")
    mailed = body(mails_after_close(workspace, meeting, tmp_path))
    review = returned(workspace, mailed.replace("grande salle", "petite salle").replace("la clé", "les clés"))
    assert len(review.differences) == 2
    assert review.accept_all() == 2
    (task,) = rows_of_meeting(workspace.partnership, meeting.id, TASKS)
    assert task.text("text", "fr") == "louer la petite salle"
    assert "qui garde les clés du soir" in told(workspace, meeting)


def test_what_no_field_takes_becomes_a_dated_note(workspace: Workspace, tmp_path: Path) -> None:
    meeting = held(workspace, "on commence en janvier")
    mailed = body(next(iter(mails(workspace, meeting, tmp_path).values())))
    review = returned(workspace, mailed.replace(f"Clinique : {DANIEL}", f"Clinique : {DANIEL}, arrivé en retard"))
    (difference,) = review.open
    assert review.notes and not review.changes(difference)
    review.make_article(difference)
    assert not review.open
    said = told(workspace, meeting)
    assert "Notes ajoutées" in said and "arrivé en retard" in said


def test_what_comes_back_after_the_approval_changes_no_word(workspace: Workspace, tmp_path: Path) -> None:
    meeting = held(workspace, "on commence en janvier")
    mailed = body(next(iter(mails(workspace, meeting, tmp_path).values())))
    minutes_edits.approve(workspace, store_of(workspace), meeting)
    review = returned(workspace, mailed.replace("en janvier", "en février"))
    assert review.accept_all() == 0 and review.open
    review.make_article(review.open[0])
    said = told(workspace, meeting)
    assert "on commence en janvier" in said and "on commence en février" in said.split("Notes ajoutées")[1]
    with pytest.raises(BadValue):
        correction_files(workspace, store_of(workspace), workspace.partnership.entries[meeting.id], tmp_path)


def test_the_agreement_that_came_back_is_no_minutes(workspace: Workspace) -> None:
    held(workspace, "on commence en janvier")
    assert not returned(workspace, to_text(workspace.agreement, None)).notes


def test_the_answer_of_a_second_partner_is_laid_beside_what_was_mailed(workspace: Workspace, tmp_path: Path) -> None:
    meeting = held(workspace, "on commence en janvier", "la salle est louée")
    first, second = map(body, mails(workspace, meeting, tmp_path).values())
    review = returned(workspace, first.replace("en janvier", "en février"), "un.txt")
    assert review.accept_all() == 1
    review = returned(workspace, second.replace("louée", "réservée"), "deux.txt")
    assert [difference.after for difference in review.open] == ["la salle est réservée"]
    assert review.accept_all() == 1
    said = told(workspace, meeting)
    assert "on commence en février" in said and "la salle est réservée" in said


def test_an_answer_of_one_sentence_is_read_on_the_page_of_its_minutes(workspace: Workspace) -> None:
    meeting = held(workspace, "on commence en janvier avec tout le monde", "la salle est louée")
    raw = "on commence en février avec tout le monde".encode()
    store = store_of(workspace)
    laid, found = review_returned(workspace, store, versions_of(workspace, store), parse_returned(raw), raw, meeting)
    assert found is not None
    changed = [difference.after for difference in laid.differences if difference.kind == "changed"]
    assert changed == ["on commence en février avec tout le monde"]
    review = review_of(workspace, laid, found, raw=raw)
    assert review.accept_all() == 1, "what the answer leaves out was not taken out"


@pytest.mark.parametrize("is_there", [False, True])
def test_who_writes_the_mails_is_told_of_a_name_held_back(workspace: Workspace, tmp_path: Path, is_there: bool) -> None:
    other = "zan0000000"
    for cell, value in {"name@fr": "Zanzibar", "status": "prospective", "#order": "z"}.items():
        workspace.edit([Change(other, WHO, cell, value, "", (other,))])
    meeting = meeting_edits.open_meeting(workspace)
    all_seats = seats(workspace.partnership, meeting.id, "fr")
    for seat in (all_seats[0], *([all_seats[-1]] if is_there else [])):
        meeting_edits.set_presence(workspace, meeting, seat, PRESENT)
    meeting_edits.note_decision(workspace, "le prêt de Zanzibar est accepté")
    meeting_edits.close_meeting(workspace, workspace.partnership.entries[meeting.id])
    row = workspace.partnership.entries[meeting.id]
    written = write(tmp_path, correction_files(workspace, store_of(workspace), row, tmp_path))
    told_of_it = [warning for warning in written.warnings if "Zanzibar" in warning]
    assert bool(told_of_it) != is_there, "those who were there may be named to each other"
