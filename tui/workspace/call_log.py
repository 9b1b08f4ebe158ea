"""Notes calls: who called whom, what came of it, what to do next; the note of an earlier call is moved to that call."""

from __future__ import annotations

from collections.abc import Iterable

from tui.fast_dataclass import dataclass
from tui.form import giving
from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.partnership.calls import CALLS, CAME, MESSAGE, NO_ANSWER, NOTE, OUTCOMES, ROWS, SPOKE, WRONG, row_of_note
from tui.partnership.completion import single_entry
from tui.partnership.field_kinds import BadValue, read_near_day
from tui.partnership.outcomes import DONE
from tui.partnership.partners import find_partner
from tui.partnership.values import Change, Entry, Value
from tui.text.clean import one_line
from tui.text.name_matching import fold
from tui.workspace.workspace import Workspace, close_undo_step
from tui.workspace.writing import type_into

_TEXT_CELLS = ("text@fr", "text@en")  # the cells of a note's words
# What people type for an outcome, folded (`name_matching.fold`), besides its code and the words of the choice.
_OTHER_WORDS = {
    SPOKE: ("joint", "jointe", "rejoint", "parle", "reached"),
    MESSAGE: ("boite vocale", "voicemail"),
    WRONG: ("erreur", "mauvais numero", "wrong number"),
    NO_ANSWER: ("absent", "sans reponse"),
}
_THEY_CALLED = ("recu", "on nous a appeles", "received", "they called us")  # folded words: the partner called


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is noted of one call."""

    on: str  # an ISO day
    outcome: str = SPOKE  # one of OUTCOMES
    caller: str = ""  # the name as it was typed, "" where none was; so is `called`
    called: str = ""


def log_call(workspace: Workspace, partner: str, facts: CallFacts, settled: Iterable[Entry] = ()) -> Entry:
    """Note a call with a partner and return its row; it is one step of undo.

    Where somebody was spoken to, the note of an earlier call is moved to that call first, so that the note is empty for
    this one, and a partner whose status is "prospective" becomes "contacted". `settled` are the calls whose next step
    is done by this one.
    """
    part = workspace.guide.question(CALLS).parts[0]
    lang = workspace.lang
    cells: dict[str, Value] = {"on": facts.on, "outcome": facts.outcome}
    for name, text in (("caller", facts.caller), ("called", facts.called)):
        if words := one_line(text).strip():
            cells[f"{name}@{lang}"] = words
    workspace.edits.end_typing()
    with workspace.edits.as_one():
        if facts.outcome == SPOKE:
            keep_earlier_note(workspace, partner, facts.on)
        row, changes = giving.new_row(workspace.form_context, Entry("", CALLS, ROWS, (partner,)), part, cells)
        workspace.edit(changes)
        for earlier in settled:
            workspace.edit([_next_step_change(earlier, DONE)])
        called_partner = find_partner(workspace.partnership, partner)
        if facts.outcome == SPOKE and called_partner is not None and called_partner.status == "prospective":
            workspace.edit(
                [
                    Change(
                        partner, called_partner.entry.question, "status", "contacted", "", called_partner.entry.subject
                    )
                ]
            )
    close_undo_step(workspace)
    return workspace.partnership.entries[row.id]


def is_of_earlier_call(workspace: Workspace, partner: str, day: str) -> bool:
    """Return whether a partner's call note has words of an earlier call than the one that begins on the ISO `day`.

    It has where the note is of another day, or where a call of that day is noted already at which somebody was reached.
    """
    note = single_entry(workspace.partnership, NOTE, (partner,))
    if not any(str(note.get(cell, "")).strip() for cell in _TEXT_CELLS):
        return False
    call = row_of_note(workspace.partnership, partner, day)
    return note.get("on") != day or (call is not None and call.get("outcome") == SPOKE)


def keep_earlier_note(workspace: Workspace, partner: str, day: str) -> None:
    """Move a partner's call note to the earlier call that it belongs to, where `is_of_earlier_call` says so."""
    if is_of_earlier_call(workspace, partner, day):
        note = single_entry(workspace.partnership, NOTE, (partner,))
        workspace.edit(giving.keep_call(workspace.form_context, note))
        text_cells = [cell for cell in _TEXT_CELLS if cell in note.cells]
        workspace.edit([Change(note.id, NOTE, cell, None, "", note.subject) for cell in text_cells])


def add_to_note(workspace: Workspace, partner: str, text: str, day: str) -> None:
    """Add a line to a partner's call note of the ISO `day`; the note of another day is moved to its call first.

    It is one step of undo.
    """
    main = workspace.guide.question(NOTE).parts[0].main
    assert main is not None
    workspace.edits.end_typing()
    with workspace.edits.as_one():
        if single_entry(workspace.partnership, NOTE, (partner,)).get("on") != day:
            keep_earlier_note(workspace, partner, day)
        note = single_entry(workspace.partnership, NOTE, (partner,))
        before = note.text("text", workspace.typed_lang)
        if not before:
            workspace.edit([Change(note.id, NOTE, "on", day, "", note.subject)])
            note = single_entry(workspace.partnership, NOTE, (partner,))
        type_into(workspace, note, main, f"{before}\n{text}" if before else text)
    close_undo_step(workspace)


def settle_step(workspace: Workspace, row: Entry) -> None:
    """Note that what was to be done after a call is done."""
    workspace.edits.end_typing()
    workspace.edit([_next_step_change(row, DONE)])
    close_undo_step(workspace)


def _next_step_change(row: Entry, outcome: str) -> Change:
    """Return the change that says what came of the next step of a call: a code of `tui.partnership.outcomes`."""
    return Change(row.id, CALLS, CAME, outcome, ROWS, row.subject)


def set_next_step(workspace: Workspace, row: Entry, text: str) -> None:
    """Set what is to be done after a call, and by when: « rappeler Solange; 3 mars »; each side may be empty.

    The outcome of an earlier next step is cleared. Raises BadValue where the part after « ; » is no clear date.
    """
    words, _semicolon, date = (piece.strip() for piece in text.partition(";"))
    cells: dict[str, Value] = {
        f"next@{workspace.typed_lang}": one_line(words) or None,
        "next_on": read_near_day(date, workspace.lang) if date else None,
        CAME: None,
    }
    workspace.edits.end_typing()
    workspace.edit([Change(row.id, CALLS, cell, value, ROWS, row.subject) for cell, value in cells.items()])
    close_undo_step(workspace)


def read_outcome(guide: Guide, word: str, lang: str) -> tuple[str, bool]:
    """Return (one of OUTCOMES, whether the partner called) for a word: a code, its words, or their first letters.

    Words of both languages are known. Raises BadValue for anything else, and for first letters that may mean several;
    its sentence lists the words in `lang`.
    """
    letters = fold(word)
    names_of: dict[tuple[str, bool], set[str]] = {
        (code, False): {fold(name) for name in (code, *guide.words_of("call_outcome", code), *_OTHER_WORDS[code])}
        for code in OUTCOMES
    }
    names_of[SPOKE, True] = set(_THEY_CALLED)
    meanings = [meaning for meaning, names in names_of.items() if letters in names]
    if not meanings and letters:
        meanings = [meaning for meaning, names in names_of.items() if any(name.startswith(letters) for name in names)]
    if len(meanings) == 1:
        return meanings[0]
    choices = ", ".join((*(guide.choice("call_outcome", code, lang) for code in OUTCOMES), _("they called us")))
    raise BadValue(_("“{word}” is none of: {choices}.").format(word=word.strip(), choices=choices))
