"""A line noted at a meeting becomes a clause, another kind of line or a replaced decision, each in one step of undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workspace.test_meeting_edits import minutes
from tui.agreement.decision_register import decision_register
from tui.agreement.entered_lines import sentences
from tui.export.plain_text import to_text
from tui.guide.guide_loading import load_guide
from tui.partnership.changes import apply
from tui.partnership.decisions import DECISION, KINDS, POINT, TASK, all_decisions, in_force, kind_of, sent_to
from tui.partnership.meetings import PRESENT, Seat, came_late, partners_there, seat_name, seats, source_of
from tui.partnership.partners import active
from tui.partnership.privacy import public_view
from tui.partnership.values import Change, Entry
from tui.store import Author, Store
from tui.workspace import meeting_edits, noted_lines
from tui.workspace.note_sorting import DESTINATIONS, Destination
from tui.workspace.workspace import Workspace
from tui.workspace.writing import add_partners

CANARY = "zanzibar00001z"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A partnership of two, open, on a real store."""
    store = Store(tmp_path / "store", author=Author("x" * 10, "Marie"))
    store.create([])
    found = Workspace(load_guide(), store.load(store.list()[0].id), store)
    add_partners(found, "Université\nClinique")
    return found


def place(letter: str) -> Destination:
    """Where a letter sends a line."""
    return next(one for one in DESTINATIONS if one.letter == letter)


def register(workspace: Workspace, lang: str = "fr") -> str:
    """The register of decisions as text, with plain spaces."""
    past = workspace.store.history(workspace.partnership.id)  # type: ignore[attr-defined]
    document = decision_register(workspace.guide, workspace.partnership, past, "2026-11-25", lang)
    return to_text(document, None).replace("\u00a0", " ").replace("\u202f", " ")


def noted(workspace: Workspace, kind: str, text: str) -> Entry:
    """A line noted at the meeting."""
    note = {DECISION: meeting_edits.note_decision, TASK: meeting_edits.note_task, POINT: meeting_edits.note_point}[kind]
    return note(workspace, text)


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_becomes_a_clause_with_its_source_and_the_minutes_say_where(workspace: Workspace, kind: str) -> None:
    meeting_edits.open_meeting(workspace)
    row = noted(workspace, kind, "offrir du soutien le soir")
    noted_lines.enter_line(workspace, row, place("o"))
    (clause,) = workspace.partnership.rows("gather.objectives", "rows")
    assert clause.text("text", "fr") == "offrir du soutien le soir"
    row = workspace.partnership.entries[row.id]
    assert sent_to(row) == (clause.id, "text")
    number = workspace.section_number("objectives")
    assert f"inscrit à la section {number}" in minutes(workspace)
    workspace.undo()
    assert not workspace.partnership.rows("gather.objectives", "rows")
    assert not sent_to(workspace.partnership.entries[row.id])[0], "one step of undo"


def test_entered_the_evening_after_a_clause_still_carries_its_meeting(workspace: Workspace) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    row = noted(workspace, DECISION, "offrir du soutien")
    meeting_edits.close_meeting(workspace, meeting)
    noted_lines.enter_line(workspace, row, place("o"))
    past = workspace.store.history(workspace.partnership.id)  # type: ignore[attr-defined]
    (clause,) = workspace.partnership.rows("gather.objectives", "rows")
    assert {one.source for one in past if one.entry == clause.id} == {source_of(meeting)}
    assert workspace.source == "", "what is written next carries it no more"


def test_a_line_takes_the_place_of_a_text_that_stands(workspace: Workspace) -> None:
    first = noted(workspace, DECISION, "un soir par semaine")
    noted_lines.enter_line(workspace, first, place("o"))
    second = noted(workspace, DECISION, "deux soirs par semaine")
    ((name, words),) = noted_lines.replaceable(workspace, place("o"))
    assert words == "un soir par semaine"
    shown = noted_lines.line_made_public(workspace, second, place("o"), "", name)
    assert shown is not None and any("deux soirs" in line for line in shown.lines)
    noted_lines.enter_line(workspace, second, place("o"), "", name)
    (clause,) = workspace.partnership.rows("gather.objectives", "rows")
    assert clause.text("text", "fr") == "deux soirs par semaine"


def test_a_line_goes_to_the_partner_it_is_sent_to_and_the_place_stays(workspace: Workspace) -> None:
    before = workspace.place
    row = noted(workspace, DECISION, "la Clinique prête sa salle")
    (named,) = noted_lines.partners_named(workspace, "la clinique prête sa salle")
    noted_lines.enter_line(workspace, row, place("C"), named.id)
    (clause,) = workspace.partnership.rows("open.contributions", "rows")
    assert clause.subject == (named.id,)
    assert workspace.place == before


def test_what_is_sent_to_a_private_place_is_in_no_minutes(workspace: Workspace) -> None:
    meeting_edits.open_meeting(workspace)
    row = noted(workspace, POINT, "le vieux projet")
    noted_lines.enter_line(workspace, row, place("h"), workspace.place.partner)
    assert noted_lines.entered_words(workspace, workspace.partnership.entries[row.id]) == ""
    assert "inscrit" not in minutes(workspace)


def test_each_kind_becomes_each_other_with_all_it_says_and_comes_back_by_undo(workspace: Workspace) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    for kind in KINDS:
        for other in KINDS:
            text = "on loue" if kind == DECISION else "louer ; Clinique ; 15 janvier 2027"
            row = noted(workspace, kind, text)
            said = {key: cell.value for key, cell in row.cells.items() if not key.startswith("#")}
            made = noted_lines.turn_into(workspace, row, other)
            assert kind_of(made) == other
            assert {key: cell.value for key, cell in made.cells.items() if not key.startswith("#")} == said
            back = noted_lines.turn_into(workspace, made, kind)
            assert back.get("meeting") == meeting.id
            assert {key: cell.value for key, cell in back.cells.items() if not key.startswith("#")} == said
    row = noted(workspace, DECISION, "une dernière")
    noted_lines.turn_into(workspace, row, TASK)
    workspace.undo()
    assert workspace.partnership.entries[row.id].is_in_use


def test_a_decision_is_replaced_or_taken_back_and_the_register_says_why(workspace: Workspace) -> None:
    first, second = (noted(workspace, DECISION, text) for text in ("un gardien", "deux gardiens"))
    meeting_edits.reword(workspace, workspace.partnership.entries[first.id], "un seul gardien")
    noted_lines.replace_decision(workspace, first, second.id, "trop de monde")
    told = register(workspace)
    assert "remplacée par la décision 2 : trop de monde" in told
    assert "libellé écarté : « un gardien »" in told
    assert "en vigueur" in told
    assert "remplacée par la décision 2" in minutes(workspace)
    assert noted_lines.decisions_in_force(workspace, "") == [workspace.partnership.entries[second.id]]
    assert noted_lines.decisions_in_force(workspace, second.id) == [], "nothing is replaced by itself"
    noted_lines.put_in_force_again(workspace, workspace.partnership.entries[first.id])
    assert workspace.partnership.entries[first.id].get("replaced_by") is None
    noted_lines.replace_decision(workspace, first, second.id, "trop de monde")
    noted_lines.replace_decision(workspace, second, "", "")
    assert "n'est plus en vigueur depuis le" in register(workspace).replace("’", "'")
    assert "no longer in force since" in register(workspace, "en")
    noted_lines.put_in_force_again(workspace, workspace.partnership.entries[second.id])
    assert [in_force(row) for row in all_decisions(workspace.partnership)] == [False, True]


def test_partners_that_a_line_names_in_full_or_in_short_come_first(workspace: Workspace) -> None:
    university, clinic = active(workspace.partnership)
    workspace.edit([Change(clinic.id, "open.who", "short_name@fr", "CDP", "", (clinic.id,))])
    for words, first in (("avec la CDP", clinic.id), ("la CLINIQUE paie", clinic.id), ("rien", university.id)):
        assert noted_lines.partners_by_words(workspace, words)[0].id == first, words
    assert [partner.id for partner in noted_lines.partners_named(workspace, "cdp, université")] == [
        university.id, clinic.id,
    ]  # fmt: skip


def test_a_decision_replaced_by_one_that_became_a_task_keeps_the_link(workspace: Workspace) -> None:
    first, second = (noted(workspace, DECISION, text) for text in ("un", "deux"))
    noted_lines.replace_decision(workspace, first, second.id, "")
    made = noted_lines.turn_into(workspace, second, TASK)
    assert workspace.partnership.entries[first.id].get("replaced_by") == made.id
    back = noted_lines.turn_into(workspace, made, DECISION)
    assert "remplacée par la décision 2" in register(workspace) and back.is_in_use


def test_a_sentence_is_agreed_as_it_stands_in_one_act_and_taken_back_by_the_same(workspace: Workspace) -> None:
    row = noted(workspace, DECISION, "offrir du soutien")
    noted_lines.enter_line(workspace, row, place("o"))
    (clause,) = workspace.partnership.rows("gather.objectives", "rows")
    section = next(one for one in workspace.agreement.sections if one.id == "objectives")
    where = next(where for _words, where in sentences(section) if where.entry == clause.id)
    assert noted_lines.agree_as_it_stands(workspace, where)
    said = minutes(workspace)
    assert f"convenu tel quel, section {section.label}" in said
    assert not noted_lines.agree_as_it_stands(workspace, where)
    assert "convenu tel quel" not in minutes(workspace)


def test_a_sentence_reworded_since_is_agreed_anew_and_the_former_stays(workspace: Workspace) -> None:
    row = noted(workspace, DECISION, "offrir du soutien")
    noted_lines.enter_line(workspace, row, place("o"))
    (clause,) = workspace.partnership.rows("gather.objectives", "rows")

    def agree() -> bool:
        section = next(one for one in workspace.agreement.sections if one.id == "objectives")
        where = next(where for _words, where in sentences(section) if where.entry == clause.id)
        return noted_lines.agree_as_it_stands(workspace, where)

    assert agree()
    workspace.edit([Change(clause.id, "gather.objectives", "text@fr", "offrir un repas", "rows")])
    assert agree() and minutes(workspace).count("convenu tel quel") == 2
    assert not agree() and minutes(workspace).count("convenu tel quel") == 1, "the last is taken back alone"


def test_who_proposed_stays_out_of_minutes_register_and_public_view(workspace: Workspace) -> None:
    for kind in KINDS:
        row = noted(workspace, kind, f"une ligne {kind}")
        noted_lines.name_proposer(workspace, row, CANARY)
        assert noted_lines.proposer_words(workspace, workspace.partnership.entries[row.id]) == CANARY
    assert CANARY not in minutes(workspace) + register(workspace)
    view = public_view(workspace.guide, workspace.partnership)
    assert CANARY not in repr(view.entries)


def seat_of(workspace: Workspace, name: str) -> Seat:
    """The seat of a partner, or of a person, at the meeting that runs."""
    meeting = meeting_edits.open_meeting(workspace)
    listed = seats(workspace.partnership, meeting.id, "fr")
    return next(seat for seat in listed if seat_name(workspace.partnership, seat, "fr") == name)


def clock(monkeypatch: pytest.MonkeyPatch, time: str) -> None:
    """It is that time of the day of the meeting."""
    monkeypatch.setattr(meeting_edits, "current_moment", lambda: f"2026-11-25T{time}:00-05:00")
    monkeypatch.setattr("tui.workspace.workspace.current_moment", lambda: f"2026-11-25T{time}:00-05:00")


def test_who_came_late_or_left_is_told_with_the_time(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.set_setting("timezone", "America/Toronto")
    clock(monkeypatch, "18:00")
    meeting = meeting_edits.open_meeting(workspace)
    meeting_edits.set_presence(workspace, meeting, seat_of(workspace, "Université"), PRESENT)
    first = noted(workspace, DECISION, "avant")
    clock(monkeypatch, "18:25")
    meeting_edits.set_presence(workspace, meeting, seat_of(workspace, "Clinique"), PRESENT)
    both = noted(workspace, DECISION, "ensemble")
    clock(monkeypatch, "19:05")
    assert meeting_edits.toggle_left(workspace, seat_of(workspace, "Université"))
    last = noted(workspace, DECISION, "après")
    there = [len(partners_there(workspace.partnership, row)) for row in (first, both, last)]
    assert there == [1, 2, 1]
    clinic = seat_of(workspace, "Clinique").who["partner"]
    gone = apply(workspace.partnership, [Change(clinic, "open.who", "status", "declined", "", (clinic,))],
                 by="Ann", at="2026-11-30T10:00:00").partnership  # fmt: skip
    assert len(partners_there(gone, both)) == 1, "of one partner two are never said to have been there"
    came, left = seat_of(workspace, "Clinique"), seat_of(workspace, "Université")
    assert came_late(workspace.partnership.entries[meeting.id], came) and left.left
    assert not came_late(workspace.partnership.entries[meeting.id], left)
    said = minutes(workspace).replace("’", "'")
    assert "Clinique, à partir de " in said and "Université, jusqu'à " in said
    assert not meeting_edits.toggle_left(workspace, left), "the same again: they are back"


def test_who_stands_aside_is_in_no_minutes_and_not_counted(workspace: Workspace) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    for name in ("Université", "Clinique"):
        meeting_edits.set_presence(workspace, meeting, seat_of(workspace, name), PRESENT)
    before = minutes(workspace)
    assert meeting_edits.toggle_stands_aside(workspace, seat_of(workspace, "Clinique"))
    assert minutes(workspace) == before
    row = noted(workspace, DECISION, "louer à la Clinique")
    clinic = seat_of(workspace, "Clinique").who["partner"]
    assert row.get("aside") == {"who": [clinic]} and clinic not in partners_there(workspace.partnership, row)
    view = public_view(workspace.guide, workspace.partnership)
    assert view.entries[row.id].get("aside") is None
    assert all(one.get("stands_aside") is None for one in view.entries.values())


def test_a_quorum_of_its_own_stands_beside_the_count_and_in_the_text(workspace: Workspace) -> None:
    held = meeting_edits.open_meeting(workspace)
    for seat in seats(workspace.partnership, held.id, "fr")[:1]:
        meeting_edits.set_presence(workspace, held, seat, PRESENT)
    row = noted(workspace, DECISION, "offrir du soutien")
    quorum = Change("extra.decision_rule", "extra.decision_rule", "quorum@fr", "la moitié des partenaires")
    workspace.edit([quorum])
    said = " ".join(noted_lines.decision_beside(workspace, workspace.partnership.entries[row.id]))
    said = said.replace("\u00a0", " ")
    assert "1 organisme présent sur 2" in said and "quorum écrit : « la moitié des partenaires »" in said
    text = to_text(workspace.agreement, None).replace("\u00a0", " ")
    assert "Quorum : la moitié des partenaires" in text


def test_count_and_rule_stand_side_by_side_and_a_person_writes_the_result(workspace: Workspace) -> None:
    meeting = meeting_edits.open_meeting(workspace)
    meeting_edits.set_presence(workspace, meeting, seat_of(workspace, "Clinique"), PRESENT)
    row = noted(workspace, DECISION, "on commence")
    assert noted_lines.decision_beside(workspace, row) == (), "nothing where no rule was written"
    rule = Change("extra.decision_rule", "extra.decision_rule", "rule@fr", "aux deux tiers")
    workspace.edit([rule])
    (line,) = noted_lines.decision_beside(workspace, row)
    assert line.replace("\u00a0", " ") == "1 organisme présent sur 2 · règle écrite : « aux deux tiers »"
    meeting_edits.write_result(workspace, row, "reporté, le quorum n'y est pas")
    assert "résultat : reporté" in minutes(workspace)
