"""The list of answers at the line prompts, and an answer noted by telephone, told back and confirmed."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.line_mode.person import Person
from tests.line_mode.talk import Talk
from tests.partnership.told import Told
from tui.line_mode import line_answers
from tui.line_mode.line_dialog import LineDialog
from tui.line_mode.line_streams import LineStreams
from tui.partnership.received_answers import RECEIVED
from tui.workspace.awaited_answers import listed_answers


def test_answer_is_noted_told_back_and_confirmed(pair: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    before = pair.types("/réponses")
    assert "Pas encore sollicités" in before
    pair.types("/aller commit.consensus", "/partenaire 1", "", "accord")
    said = pair.types("/aller commit.consensus", "/partenaire 1", "/téléphone Solange Viau")
    assert "à confirmer" in said
    (row,) = pair.partnership.rows(RECEIVED, "rows")
    assert row.get("said_by") == "Solange Viau" and row.subject == (pair.partner(1),)
    told = pair.types("/réponses")
    assert "À confirmer (1)" in told and "dit au téléphone par Solange Viau" in told
    number = next(line.partition(".")[0] for line in told.splitlines() if "Solange" in line)
    assert "Répondez « exact » ou corrigez." in pair.types(f"/réponses {number} courriel").replace("\u00a0", " ")
    assert "Donnez le numéro d'une ligne" in pair.types(f"/réponses {number} peut-être")
    assert not pair.partnership.rows(RECEIVED, "rows")[0].get("confirmed")
    assert "confirmé" in pair.types(f"/réponses {number} exact")
    assert pair.partnership.rows(RECEIVED, "rows")[0].get("confirmed")


@pytest.mark.parametrize(
    "typed",
    ["/réponses 9 exact", "/réponses 0000019 exact", "/réponses 1 exact", "/réponses 1", "/réponses x", "/téléphone"],
)
def test_what_is_not_meant_is_said_and_changes_nothing(pair: Person, typed: str) -> None:
    before = pair.partnership.entries
    pair.types("/aller commit.consensus", typed)
    assert pair.partnership.entries == before


@pytest.mark.parametrize("number", [1, 2])
def test_the_form_that_is_decided_is_that_of_the_line(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    talk = Talk(Told("Collège", "Clinique"))
    answers = listed_answers(talk.workspace, "2026-11-27")
    reviews = [SimpleNamespace(partner=answer.partner) for answer in answers]
    decided: list[Any] = []
    monkeypatch.setattr(line_answers, "_reviews", lambda conversation: reviews[::-1])
    monkeypatch.setattr(line_answers, "_decide_proposals", lambda conversation, review: decided.append(review))
    talk.gives(line_answers.list_or_confirm_answers, str(number))
    assert decided == [reviews[number - 1]]


@pytest.mark.parametrize(("words", "lines"), [(True, ("2", "autre chose")), (True, ("", "")), (False, ("1",))])
@pytest.mark.parametrize("accepted", [True, False])
def test_a_changed_answer_has_the_box_and_the_words_that_are_typed(
    words: bool, lines: tuple[str, ...], accepted: bool
) -> None:
    changed: list[Any] = []
    boxes = (SimpleNamespace(code="agree", label="d'accord"), SimpleNamespace(code="discuss", label="à discuter"))
    proposal: Any = SimpleNamespace(item=SimpleNamespace(choices=boxes, words=words), doubt="à relire")

    def change(*what: Any) -> Any:
        changed.append(what)
        return proposal

    review: Any = SimpleNamespace(changed=change, accept=lambda new: accepted)
    said = io.StringIO()
    dialog = LineDialog(LineStreams(io.StringIO("".join(f"{line}\n" for line in lines)), said))
    line_answers._change(review, proposal, dialog)
    box = {"1": [], "2": ["agree"], "": []}[lines[0]]
    assert changed == [(proposal, box, (lines[1] if len(lines) > 1 else None))]
    assert ("à relire" in said.getvalue()) is not accepted, "what could not be taken says why"


@pytest.mark.parametrize(("subject", "partner"), [((), ""), (("a",), "a"), (("a", "b"), "")])
def test_who_said_it_and_who_noted_it_are_kept(
    monkeypatch: pytest.MonkeyPatch, subject: tuple[str, ...], partner: str
) -> None:
    noted: list[Any] = []
    monkeypatch.setattr(line_answers, "note_by_telephone", lambda workspace, *what: noted.append(what))
    monkeypatch.setattr(line_answers, "subject_of", lambda spot: subject)
    talk = Talk(Told("Collège"))
    talk.gives(line_answers.note_telephone_answer, "Solange Viau")
    assert noted[0][1:4] == (partner, "Solange Viau", "Marie"), "of a pair nobody answers for itself"
