"""A call noted: who called whom, what came of it, what is to be done next; the note of the call before is kept."""

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

_WORDS = ("text@fr", "text@en")  # the cells of a note's words


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is noted of a call on the ISO day `on`; `outcome` is one of OUTCOMES, the names are as they were typed."""

    on: str
    outcome: str = SPOKE
    caller: str = ""
    called: str = ""


def log_call(workspace: Workspace, partner: str, facts: CallFacts, settled: Iterable[Entry] = ()) -> Entry:
    """Note a call with a partner and return its row; one step of undo takes all of it back.

    Where somebody was spoken to, the note of an earlier call is kept with that call first, so that it is empty for
    this one. `settled` are the calls whose next step is done by it. Who was spoken to is no longer only thought of.
    """
    part = workspace.guide.question(CALLS).parts[0]
    lang = workspace.lang
    cells: dict[str, Value] = {"on": facts.on, "outcome": facts.outcome}
    for name, text in (("caller", facts.caller), ("called", facts.called)):
        if said := one_line(text).strip():
            cells[f"{name}@{lang}"] = said
    workspace.edits.end_typing()
    with workspace.edits.as_one():
        if facts.outcome == SPOKE:
            keep_earlier_note(workspace, partner, facts.on)
        row, changes = giving.new_row(workspace.form_context, Entry("", CALLS, ROWS, (partner,)), part, cells)
        workspace.edit(changes)
        for earlier in settled:
            workspace.edit([_came(earlier, DONE)])
        known = find_partner(workspace.partnership, partner)
        if facts.outcome == SPOKE and known is not None and known.status == "prospective":
            workspace.edit([Change(partner, known.entry.question, "status", "contacted", "", known.entry.subject)])
    close_undo_step(workspace)
    return workspace.partnership.entries[row.id]


def is_of_earlier_call(workspace: Workspace, partner: str, day: str) -> bool:
    """Return whether a partner's call note has words, and those of another call than one that begins on an ISO day."""
    note = single_entry(workspace.partnership, NOTE, (partner,))
    if not any(str(note.get(cell, "")).strip() for cell in _WORDS):
        return False
    known = row_of_note(workspace.partnership, partner, day)
    return note.get("on") != day or (known is not None and known.get("outcome") == SPOKE)


def keep_earlier_note(workspace: Workspace, partner: str, day: str) -> None:
    """Keep a partner's call note with its call where it is not of the call that begins on an ISO day."""
    if is_of_earlier_call(workspace, partner, day):
        note = single_entry(workspace.partnership, NOTE, (partner,))
        workspace.edit(giving.keep_call(workspace.form_context, note))
        held = (cell for cell in _WORDS if cell in note.cells)
        workspace.edit([Change(note.id, NOTE, cell, None, "", note.subject) for cell in held])


def add_to_note(workspace: Workspace, partner: str, text: str, day: str) -> None:
    """Write words into a partner's call note of an ISO day, behind those of that day; one of another day is kept."""
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
    workspace.edit([_came(row, DONE)])
    close_undo_step(workspace)


def _came(row: Entry, state: str) -> Change:
    return Change(row.id, CALLS, CAME, state, ROWS, row.subject)


def set_next_step(workspace: Workspace, row: Entry, text: str) -> None:
    """Say what is to be done after a call, « rappeler Solange; 3 mars »; without words there is nothing to do.

    Raises BadValue where what stands behind « ; » is no date.
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


# What people type for each, besides the words of the choice; the last says that the other side called.
_ALSO = {
    SPOKE: ("joint", "jointe", "rejoint", "parle", "reached"),
    MESSAGE: ("boite vocale", "voicemail"),
    WRONG: ("erreur", "mauvais numero", "wrong number"),
    NO_ANSWER: ("absent", "sans reponse"),
}
_THEY_CALLED = ("recu", "on nous a appeles", "received", "they called us")


def call_meant(guide: Guide, word: str, lang: str) -> tuple[str, bool]:
    """Return (one of OUTCOMES, whether the other side called) for a code, or the words for it or their first letters.

    Raises BadValue for anything else; its sentence lists the words in `lang`.
    """
    said = fold(word)
    known = {
        (code, False): {fold(name) for name in (code, *guide.words_of("call_outcome", code), *_ALSO[code])}
        for code in OUTCOMES
    }
    known[SPOKE, True] = set(_THEY_CALLED)
    exact = [meant for meant, names in known.items() if said in names]
    found = exact or [meant for meant, names in known.items() if said and any(name.startswith(said) for name in names)]
    if len(found) == 1:
        return found[0]
    there = ", ".join((*(guide.choice("call_outcome", code, lang) for code in OUTCOMES), _("they called us")))
    raise BadValue(_("“{word}” is none of: {choices}.").format(word=word.strip(), choices=there))
