"""Minutes on a real store: a draft, approved at a later meeting, then unchanged, with dated notes below."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.workspace.test_meeting_edits import write
from tui.agreement.kept_minutes import kept_minutes
from tui.agreement.minutes import minutes
from tui.cli.command_line import main
from tui.export.plain_text import to_text
from tui.guide.guide_loading import load_guide
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import APPROVED, HELD, PRESENT, meetings, rows_of_meeting, seats
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.values import ORDER, Change, Entry
from tui.store import Author, Store
from tui.workspace import agenda_edits, meeting_edits, minutes_edits
from tui.workspace.workspace import Workspace
from tui.workspace.writing import add_partners

CANARY = "zanzibar00041z"
MARIE, DANIEL = "Marie Tremblay", "Daniel Roy"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A partnership of two with a person each, open on a real store."""
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    store.create([])
    found = Workspace(load_guide(), store.load(store.list()[0].id), store)
    add_partners(found, "Université\nClinique")
    for at, (partner, name) in enumerate(zip(found.partnership.rows(WHO), (MARIE, DANIEL), strict=True)):
        cells = {ORDER: f"a{at}", "name": name, "title@fr": "directrice", "email": f"p{at}@exemple.org"}
        found.edit([Change(f"person{at:04}", WHO, cell, value, PEOPLE, (partner.id,)) for cell, value in cells.items()])
    return found


def held(workspace: Workspace, *decisions: str) -> Entry:
    """A meeting that was held and has ended: both are there, these decisions were noted."""
    meeting = meeting_edits.open_meeting(workspace)
    for seat in seats(workspace.partnership, meeting.id, "fr"):
        meeting_edits.set_presence(workspace, meeting, seat, PRESENT)
    for text in decisions:
        meeting_edits.note_decision(workspace, text)
    meeting_edits.close_meeting(workspace, meeting)
    return on_day(workspace, meeting, "2026-11-25")


def on_day(workspace: Workspace, meeting: Entry, day: str) -> Entry:
    """The same meeting, held on another day."""
    workspace.edit([Change(meeting.id, HELD, "on", day, "rows")])
    return workspace.partnership.entries[meeting.id]


def told(workspace: Workspace, meeting: Entry, lang: str = "fr") -> str:
    """The minutes of a meeting as text, with plain spaces."""
    workspace.flush()
    store: Any = workspace.store
    past = store.history(workspace.partnership.id)
    known = workspace.partnership.entries[meeting.id]
    text = to_text(minutes(workspace.guide, workspace.partnership, past, known, lang), None)
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'")


def store_of(workspace: Workspace) -> Any:
    """The store a workspace stands on."""
    return workspace.store


def test_minutes_are_a_draft_until_a_later_meeting_approves_them(workspace: Workspace) -> None:
    first = held(workspace, "on commence en janvier")
    assert "Ébauche, jusqu'à son approbation" in told(workspace, first)
    decision = minutes_edits.approve(workspace, store_of(workspace), first)
    second = meetings(workspace.partnership)[-1]
    assert decision.get("meeting") == second.id != first.id
    said = "Le compte rendu de la rencontre du 25 novembre 2026 est approuvé"
    assert said in told(workspace, second)
    assert "The minutes of the meeting of November 25, 2026 are approved" in told(workspace, second, "en")
    assert "Approuvé le " in told(workspace, first) and "Approved on " in told(workspace, first, "en")
    assert workspace.undo()
    assert "Ébauche" in told(workspace, first) and said not in told(workspace, second), "one step of undo"


def test_approved_minutes_stay_word_for_word_in_both_languages(workspace: Workspace) -> None:
    first = held(workspace, "on commence en janvier")
    minutes_edits.approve(workspace, store_of(workspace), first)
    before = {lang: told(workspace, first, lang) for lang in ("fr", "en")}
    (row,) = rows_of_meeting(workspace.partnership, first.id, "decisions")
    meeting_edits.reword(workspace, row, "on commence en mars")
    write(workspace, "une tout autre vision")
    assert {lang: told(workspace, first, lang) for lang in ("fr", "en")} == before
    with pytest.raises(BadValue, match=r"approuv|approved"):
        minutes_edits.approve(workspace, store_of(workspace), first)


def test_minutes_say_what_they_are_worth_whether_they_were_mailed_or_not(workspace: Workspace) -> None:
    first = held(workspace, "on commence en janvier")
    minutes_edits.note_mailed(workspace, store_of(workspace), first)
    assert "Ébauche, envoyée pour correction le " in told(workspace, first)
    minutes_edits.approve(workspace, store_of(workspace), first)
    assert "Approuvé le " in told(workspace, first) and "envoyée pour correction" not in told(workspace, first)


def test_what_is_kept_of_approved_minutes_is_their_words_alone(workspace: Workspace) -> None:
    first = held(workspace, "on commence en janvier")
    minutes_edits.note_mailed(workspace, store_of(workspace), first)
    workspace.edit(minutes_edits.note_changes(workspace, first, {"text@fr": "la salle était la 205"}))
    minutes_edits.approve(workspace, store_of(workspace), first)
    for lang in ("fr", "en"):
        kept = kept_minutes(workspace.partnership.entries[first.id], lang)
        assert kept is not None and kept.version == "" and "la salle était la 205" not in to_text(kept)
        assert told(workspace, first, lang).count("la salle était la 205") == 1


def test_minutes_to_approve_are_the_last_that_are_no_more_written(workspace: Workspace) -> None:
    assert minutes_edits.last_draft(workspace) is None
    older, newer = (on_day(workspace, held(workspace, day), day) for day in ("2026-10-07", "2026-11-04"))
    here = meeting_edits.open_meeting(workspace)
    for draft in (newer, older):
        found = minutes_edits.last_draft(workspace)
        assert found is not None and found.id == draft.id != here.id
        minutes_edits.approve(workspace, store_of(workspace), draft)
    assert minutes_edits.last_draft(workspace) is None


def test_a_meeting_does_not_approve_its_own_minutes(workspace: Workspace) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    meeting_edits.note_decision(workspace, "on commence")
    with pytest.raises(BadValue):
        minutes_edits.approve(workspace, store_of(workspace), workspace.partnership.entries[meeting.id])
    meeting_edits.close_meeting(workspace, meeting)
    with pytest.raises(BadValue):
        minutes_edits.approve(workspace, store_of(workspace), workspace.partnership.entries[meeting.id])
    assert len(meetings(workspace.partnership)) == 1


def test_a_correction_after_the_approval_is_a_dated_note(workspace: Workspace) -> None:
    first = held(workspace, "on commence en janvier")
    with pytest.raises(BadValue):
        minutes_edits.add_note(workspace, first, "trop tôt")
    minutes_edits.approve(workspace, store_of(workspace), first)
    minutes_edits.add_note(workspace, first, "la salle était la 205")
    said = told(workspace, first)
    assert "Notes ajoutées" in said and ": la salle était la 205" in said and "on commence en janvier" in said


def test_a_name_withdrawn_is_gone_with_its_title_and_a_note_says_so_without_it(workspace: Workspace) -> None:
    first = held(workspace, f"{MARIE} appelle la Ville")
    minutes_edits.approve(workspace, store_of(workspace), first)
    assert f"{MARIE}, directrice" in told(workspace, first)
    with pytest.raises(BadValue):
        minutes_edits.withdraw_name(workspace, first, "Personne Ici")
    assert minutes_edits.withdraw_name(workspace, first, "marie tremblay") == 4  # twice in each language
    said = told(workspace, first)
    assert MARIE not in said and "[nom retiré] appelle la Ville" in said and "un nom a été retiré" in said
    assert "Université : [nom retiré]\n" in said, "the title went with the name"
    assert DANIEL in said and MARIE not in told(workspace, first, "en")
    assert workspace.undo() and MARIE in told(workspace, first)


def test_the_approval_of_the_last_minutes_is_offered_for_the_agenda_and_passes_with_the_rest(
    workspace: Workspace,
) -> None:
    meeting = agenda_edits.meeting_ahead(workspace)
    assert not [one for one in agenda_edits.suggestions(workspace, meeting) if one.about.startswith("minutes:")]
    first = held(workspace, "on commence en janvier")
    meeting = agenda_edits.meeting_ahead(workspace)
    (offered,) = [one for one in agenda_edits.suggestions(workspace, meeting) if one.about.startswith("minutes:")]
    assert offered.text == "Approuver le compte rendu de la rencontre du 25 novembre 2026"
    row = agenda_edits.add_item(workspace, meeting, offered.text, offered.about)
    assert minutes_edits.approval_item(workspace, first) is None, "no meeting approves its own"
    kept = workspace.partnership.entries[str(row.get("meeting"))]
    assert minutes_edits.approve_together(workspace, store_of(workspace), kept) == 0, "it is to be talked over"
    agenda_edits.toggle_together(workspace, row)
    ahead = meeting_edits.begin_meeting(workspace, workspace.partnership.entries[str(row.get("meeting"))])
    assert agenda_edits.pass_together(workspace, store_of(workspace), ahead) == 1
    assert workspace.partnership.entries[first.id].get(APPROVED)
    assert agenda_edits.pass_together(workspace, store_of(workspace), ahead) == 0, "passed once"
    assert len(rows_of_meeting(workspace.partnership, ahead.id, "decisions")) == 1
    assert "(accepté par tous)" in told(workspace, ahead)


def test_what_was_kept_and_cannot_be_read_shows_the_minutes_as_they_were_noted(workspace: Workspace) -> None:
    first = held(workspace, "on commence en janvier")
    minutes_edits.approve(workspace, store_of(workspace), first)
    for broken in ("zanzibar", {"fr": "zanzibar", "en": [1]}, {"fr": {"is": "Paragraph", "runs": []}}):
        workspace.edit([Change(first.id, HELD, "kept_minutes", broken, "rows")])
        assert "on commence en janvier" in told(workspace, first)


def test_who_may_not_be_named_yet_stands_in_kept_minutes_and_in_no_public_file(
    workspace: Workspace, tmp_path: Path
) -> None:
    """Those who were there saw each other; the file that is handed over is for others too."""
    name = workspace.partnership.rows(WHO)[0].id
    workspace.edit([Change(name, WHO, "name@fr", CANARY, "", (name,))])
    first = held(workspace, "on commence en janvier")
    assert not workspace.partnership.entries[name].get("status")
    minutes_edits.note_mailed(workspace, store_of(workspace), first)
    minutes_edits.approve(workspace, store_of(workspace), first)
    assert CANARY in told(workspace, first)
    folder = tmp_path / "store" / workspace.partnership.id
    public = [path for path in folder.iterdir() if path.is_file() and "private" not in path.name]
    assert any(path.name.startswith("project.json") for path in public)
    assert [path.name for path in public if CANARY in path.read_text("utf-8", "replace")] == []


def test_words_taken_out_for_good_go_from_kept_and_mailed_minutes_too(workspace: Workspace, tmp_path: Path) -> None:
    first = held(workspace, f"{MARIE} appelle la Ville")
    minutes_edits.note_mailed(workspace, store_of(workspace), first)
    minutes_edits.approve(workspace, store_of(workspace), first)
    workspace.flush()
    name, root = workspace.partnership.id, tmp_path / "store"
    assert main(["erase", name, MARIE, "--for-good", "--store", str(root)]) == 0
    left = [path.name for path in (root / name).iterdir() if path.is_file() and MARIE.encode() in path.read_bytes()]
    assert left == []


def test_minutes_are_approved_at_no_meeting_that_has_ended(workspace: Workspace) -> None:
    first = held(workspace, "on commence en janvier")
    todays = meeting_edits.open_meeting(workspace)
    meeting_edits.close_meeting(workspace, todays)
    with pytest.raises(BadValue):
        minutes_edits.approve(workspace, store_of(workspace), first)
    assert not workspace.partnership.entries[first.id].get(APPROVED)
    meeting_edits.reopen_meeting(workspace, workspace.partnership.entries[todays.id])
    minutes_edits.approve(workspace, store_of(workspace), first)
    assert workspace.partnership.entries[first.id].get(APPROVED)


@pytest.mark.parametrize("typed", ["", " ", "M", "e ", "Zoé"])
def test_what_is_no_name_in_the_minutes_is_not_withdrawn(workspace: Workspace, typed: str) -> None:
    first = held(workspace, "on commence en janvier")
    minutes_edits.approve(workspace, store_of(workspace), first)
    before = told(workspace, first)
    with pytest.raises(BadValue):
        minutes_edits.withdraw_name(workspace, first, typed)
    assert told(workspace, first) == before
