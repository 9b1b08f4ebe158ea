"""What came of a promise, noted in a line for the page, line mode and the command: « tenu ; deux soirs ; Solange »."""

from __future__ import annotations

from tui.form.answer_json import answer
from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.partnership.outcomes import CHANGED, DONE, DROPPED, KEPT, OUTCOMES, PARTLY, promises
from tui.partnership.values import Change, Entry
from tui.text.name_matching import fold
from tui.workspace.workspace import Workspace

_OBJECTIVE = (DONE, PARTLY, CHANGED, DROPPED)
_COMMITMENT = (KEPT, PARTLY, CHANGED, DROPPED)
_FIELDS = ("text", "by", "on")


def outcome_codes(entry: Entry) -> tuple[str, ...]:
    """Return the codes of what may have come of a promise."""
    return _OBJECTIVE if entry.question == "gather.objectives" else _COMMITMENT


def promise_numbered(workspace: Workspace, number: str) -> Entry:
    """Return the promise of that number in the list of the page, from 1. Raises BadValue where there is none."""
    listed = promises(workspace.partnership)
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= len(listed):
        raise BadValue(_("There is no line {number}: there are {n}.").format(number=number, n=len(listed)))
    return listed[int(number) - 1]


def note_outcome_line(workspace: Workspace, entry: Entry, line: str) -> None:
    """Note what came of a promise: its state, then in short, by a word from whom, since when, with « ; » between them.

    Raises BadValue where the state, the person or the date cannot be read: nothing is noted then.
    """
    said, *more = (part.strip() for part in line.split(";"))
    told = {name: part for name, part in zip(_FIELDS, more, strict=False) if part}
    value = {"state": _state(workspace, entry, said), **told}
    given = {"question": OUTCOMES, "op": "add", "value": value, "lang": workspace.doc_lang}
    found = answer(workspace.guide, workspace.partnership, given)
    about = Change(found.rows[0], OUTCOMES, "about", entry.id, "rows")
    workspace.edits.end_typing()
    workspace.edit((*found.changes, about))


def _state(workspace: Workspace, entry: Entry, word: str) -> str:
    codes = outcome_codes(entry)
    for code in codes:
        if fold(word) in {fold(said) for said in (code, *workspace.guide.words_of("outcome", code))}:
            return code
    there = ", ".join(workspace.guide.choice("outcome", code, workspace.lang) for code in codes)
    raise BadValue(_("“{word}” is none of: {choices}.").format(word=word, choices=there))
