"""The outcome of a promise noted in one line: its state in either language, and where the other pieces go."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui import i18n
from tui.i18n import Language
from tui.partnership.field_kinds import BadValue
from tui.partnership.outcomes import CHANGED, DONE, DROPPED, KEPT, OUTCOMES, PARTLY
from tui.workspace.outcome_notes import note_outcome_line, outcome_codes, promise_numbered
from tui.workspace.workspace import Workspace


def promised() -> Workspace:
    """An objective, then a contribution that was confirmed and one that was only wished for."""
    told = Told("Clinique")
    told.say("gather.objectives", {"text": "ouvrir le soir"}, op="add")
    told.say("open.contributions", {"text": "payer le gardien", "state": "wished"}, "Clinique", op="add")
    told.say("open.contributions", {"text": "prêter une salle", "state": "confirmed"}, "Clinique", op="add")
    memory = Memory()
    memory.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, memory)


@pytest.mark.parametrize(("number", "words"), [("1", "ouvrir le soir"), ("2", "prêter une salle")])
def test_promises_are_numbered_from_one(number: str, words: str) -> None:
    assert promise_numbered(promised(), number).text("text", "fr") == words


@pytest.mark.parametrize("number", ["0", "3", "-1", "", "x", "²", "٢"])
def test_number_that_no_promise_has_is_refused(number: str) -> None:
    with pytest.raises(BadValue):
        promise_numbered(promised(), number)


@pytest.mark.parametrize("number", ["1", "2"])
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("screen", ["fr", "en"])
@pytest.mark.parametrize("code", [DONE, KEPT, PARTLY, CHANGED, DROPPED])
def test_state_is_read_in_either_language(number: str, lang: Language, screen: Language, code: str) -> None:
    workspace = promised()
    workspace.lang = screen
    i18n.use(screen)
    entry = promise_numbered(workspace, number)
    line = GUIDE.choice("outcome", code, lang).upper() + " ; ; Solange"
    if code in ((DONE, KEPT)[number == "1"],):
        assert code not in outcome_codes(entry)
        with pytest.raises(BadValue):
            note_outcome_line(workspace, entry, line)
        assert not workspace.partnership.rows(OUTCOMES, "rows")
        return
    note_outcome_line(workspace, entry, line)
    (row,) = workspace.partnership.rows(OUTCOMES, "rows")
    assert (row.get("state"), row.get("about")) == (code, entry.id)


@pytest.mark.parametrize("doc_lang", ["fr", "en"])
def test_pieces_of_the_line_go_to_their_fields(doc_lang: str) -> None:
    workspace = promised()
    workspace.doc_lang = doc_lang
    for line in ("partly", "partly; deux soirs; Clinique; 2027-03-04"):
        note_outcome_line(workspace, promise_numbered(workspace, "2"), line)
    note_outcome_line(workspace, promise_numbered(workspace, "1"), "partly; ; Clinique")
    bare, row, known = workspace.partnership.rows(OUTCOMES, "rows")
    assert not known.text("text", doc_lang) and known.get("by") == row.get("by"), "a piece may be left out"
    workspace.undo()
    assert bare.get("on") is None and not bare.text("text", "fr")
    assert row.get(f"text@{doc_lang}") == "deux soirs", "in the language of the document"
    assert row.get("on") == "2027-03-04" and row.get("by")
    workspace.undo()
    assert workspace.partnership.rows(OUTCOMES, "rows") == (bare,), "each line is a step of undo"
