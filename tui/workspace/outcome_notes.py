"""Notes the outcome of a promise from one line: « tenu ; deux soirs ; Solange » (state; in short; from whom)."""

from __future__ import annotations

from tui.form.answer_json import answer
from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.partnership.outcomes import CHANGED, DONE, DROPPED, KEPT, OUTCOMES, PARTLY, promises
from tui.partnership.values import Change, Entry
from tui.text.list_numbers import list_number
from tui.text.name_matching import fold
from tui.workspace.workspace import Workspace

_OBJECTIVE_OUTCOMES = (DONE, PARTLY, CHANGED, DROPPED)
_COMMITMENT_OUTCOMES = (KEPT, PARTLY, CHANGED, DROPPED)
_FIELDS = ("text", "by", "on")  # what the pieces of the line after its state are, in their order


def outcome_codes(entry: Entry) -> tuple[str, ...]:
    """Return the codes of the outcomes that a promise may have."""
    return _OBJECTIVE_OUTCOMES if entry.question == "gather.objectives" else _COMMITMENT_OUTCOMES


def promise_numbered(workspace: Workspace, number: str) -> Entry:
    """Return the promise of that number in the list of the page, from 1. Raises BadValue where there is none."""
    rows = promises(workspace.partnership)
    at = list_number(number, len(rows))
    if not at:
        raise BadValue(_("There is no line {number}: there are {n}.").format(number=number, n=len(rows)))
    return rows[at - 1]


def note_outcome_line(workspace: Workspace, entry: Entry, line: str) -> None:
    """Note the outcome of a promise from « state; in short; from whom it is known; date »; only the state is required.

    Raises BadValue where the state, the person or the date cannot be read: nothing is noted then.
    """
    state, *pieces = (piece.strip() for piece in line.split(";"))
    fields = {name: piece for name, piece in zip(_FIELDS, pieces, strict=False) if piece}
    value = {"state": _state(workspace, entry, state), **fields}
    # As `entente answer` takes it: a row is added to the outcomes.
    json_line = {"question": OUTCOMES, "op": "add", "value": value, "lang": workspace.doc_lang}
    result = answer(workspace.guide, workspace.partnership, json_line)
    about = Change(result.rows[0], OUTCOMES, "about", entry.id, "rows")
    workspace.edit((*result.changes, about))


def _state(workspace: Workspace, entry: Entry, word: str) -> str:
    """Return the code of the outcome that a word means, in either language. Raises BadValue for none."""
    codes = outcome_codes(entry)
    for code in codes:
        if fold(word) in {fold(words) for words in (code, *workspace.guide.words_of("outcome", code))}:
            return code
    choices = ", ".join(workspace.guide.choice("outcome", code, workspace.lang) for code in codes)
    raise BadValue(_("“{word}” is none of: {choices}.").format(word=word, choices=choices))
