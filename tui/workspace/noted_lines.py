"""What can be done with a line noted at a meeting: entered in the agreement, turned into another kind, replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from tui.agreement.blocks import Origin
from tui.agreement.entered_lines import decision_facts, section_labels, sentences
from tui.agreement.phrasing import Phrasing
from tui.form.giving import last_order, read_typed
from tui.i18n import _
from tui.partnership.decisions import (
    AS_IT_STANDS,
    PLACE_OF_KIND,
    REASON,
    REPLACED_BY,
    REPLACED_ON,
    SENT,
    all_decisions,
    in_force,
    kind_of,
    sent_to,
)
from tui.partnership.field_kinds import someone_name
from tui.partnership.ids import new_id
from tui.partnership.meetings import DECISIONS, rows_of_meeting, source_of
from tui.partnership.partners import Partner, active
from tui.partnership.values import ORDER, REMOVED, Change, Entry
from tui.text.name_matching import fold
from tui.workspace import meeting_edits
from tui.workspace.note_preview import MadePublic, made_public_by
from tui.workspace.note_sorting import Destination, deliver, texts_at
from tui.workspace.workspace import Workspace, close_undo_step, current_moment


@contextmanager
def _with_meeting_as_source(workspace: Workspace, row: Entry, partner: str = "") -> Iterator[None]:
    """Inside the `with`, changes have the meeting of a line as their source, and `partner` is the present partner."""
    place, source = workspace.place, workspace.source
    workspace.source = source_of(workspace.partnership.entry(str(row.get("meeting", ""))))
    if partner:
        workspace.place = replace(place, partner=partner)
    try:
        yield
    finally:
        workspace.place, workspace.source = place, source


def enter_line(
    workspace: Workspace, row: Entry, destination: Destination, partner: str = "", replaced: str = ""
) -> None:
    """Write a noted line at a destination, and keep with the line where it went; it is one step of undo.

    `partner` is the id of the partner that the destination's question is asked of, "" for the present one. `replaced`
    is the id of the row whose words it replaces, as in `note_sorting.deliver`; "" for none.
    """
    with _with_meeting_as_source(workspace, row, partner), workspace.edits.as_one():
        slot = deliver(workspace, destination, row.text("text", workspace.lang), replaced)
        workspace.set(row, SENT, slot)
    close_undo_step(workspace)


def line_made_public(
    workspace: Workspace, row: Entry, destination: Destination, partner: str, replaced: str
) -> MadePublic | None:
    """Return what entering a line would make public, as it will be printed; None where it stays private."""
    with _with_meeting_as_source(workspace, row, partner):
        return made_public_by(workspace, destination, lambda trial: _deliver(trial, row, destination, replaced))


def _deliver(trial: Workspace, row: Entry, destination: Destination, replaced: str) -> None:
    deliver(trial, destination, row.text("text", trial.lang), replaced)


def replaceable(workspace: Workspace, destination: Destination, partner: str = "") -> list[tuple[str, str]]:
    """Return (entry id, words) of the texts at a destination that a line can replace; `partner` as in `enter_line`."""
    place = workspace.place
    workspace.place = replace(place, partner=partner or place.partner)
    try:
        return texts_at(workspace, destination)
    finally:
        workspace.place = place


def entered_words(workspace: Workspace, row: Entry) -> str:
    """Return « section 7 », the section that prints a line that was entered; "" where none does."""
    entry, _field = sent_to(row)
    label = section_labels(workspace.agreement).get(entry, "") if entry else ""
    return _("section {section}").format(section=label) if label else ""


def decision_beside(workspace: Workspace, row: Entry) -> tuple[str, ...]:
    """Return one line with who was there, the rule for decisions and the result of a decision; () without a rule."""
    phrasing = Phrasing(workspace.guide, workspace.view, workspace.lang)
    line = " · ".join(decision_facts(phrasing, workspace.partnership, row))
    return (line,) if line else ()


def partners_named(workspace: Workspace, text: str) -> list[Partner]:
    """Return the active partners whose name or short name is in a text."""
    words, lang = fold(text), workspace.lang
    candidates = active(workspace.partnership)
    return [
        partner
        for partner in candidates
        if any(fold(name) in words for name in (partner.name(lang), partner.short(lang)) if name)
    ]


def partners_by_words(workspace: Workspace, text: str) -> list[Partner]:
    """Return the active partners, those whose name is in a text first."""
    in_text = partners_named(workspace, text)
    return [*in_text, *(partner for partner in active(workspace.partnership) if partner not in in_text)]


def turn_into(workspace: Workspace, row: Entry, kind: str) -> Entry:
    """Turn a decision, a task or a point into another of the three (`kind`) and return its new row.

    The cells that the new row's part has too, as text, who and due, go with it.
    """
    if kind_of(row) == kind:
        return row
    question, part_id = PLACE_OF_KIND[kind]
    part = workspace.guide.question(question).part(part_id)
    assert part is not None
    field_ids = {field.id for field in part.fields}
    new = Entry(new_id(), question, part_id)
    cells = {key: cell.value for key, cell in row.cells.items() if key.partition("@")[0] in field_ids}
    cells[ORDER] = last_order(workspace.partnership, new)
    changes = [Change(new.id, question, cell, value, part_id) for cell, value in cells.items()]
    changes += [  # decisions that were replaced by this one are replaced by the new row
        Change(other.id, other.question, REPLACED_BY, new.id, other.part)
        for other in all_decisions(workspace.partnership)
        if other.get(REPLACED_BY) == row.id
    ]
    changes.append(Change(row.id, row.question, REMOVED, True, row.part, row.subject))
    with _with_meeting_as_source(workspace, row):
        workspace.edits.end_typing()
        workspace.edit(changes)
    close_undo_step(workspace)
    return workspace.partnership.entries[new.id]


def replace_decision(workspace: Workspace, row: Entry, by: str, reason: str) -> None:
    """Note that a decision is no longer in force; `by` is the id of the one that replaces it, "" for none."""
    cells = {
        REPLACED_ON: current_moment()[:10],
        REPLACED_BY: by or None,
        f"{REASON}@{workspace.typed_lang}": reason.strip() or None,
    }
    _set_cells(workspace, row, cells)


def put_in_force_again(workspace: Workspace, row: Entry) -> None:
    """Take back that a decision was replaced."""
    _set_cells(workspace, row, {REPLACED_ON: None, REPLACED_BY: None, f"{REASON}@{workspace.typed_lang}": None})


def proposer_words(workspace: Workspace, row: Entry) -> str:
    """Return the name of who proposed a line, "" for nobody. Not for the document."""
    return someone_name(workspace.partnership, row.get("proposer"), workspace.lang)


def name_proposer(workspace: Workspace, row: Entry, text: str) -> None:
    """Note who proposed a line, which stays private; "" clears it."""
    part = workspace.guide.question(row.question).part(row.part)
    field = part.field("proposer") if part is not None else None
    assert field is not None
    _set_cells(workspace, row, {field.id: read_typed(workspace.form_context, field, text)})


def _set_cells(workspace: Workspace, row: Entry, cells: Mapping[str, object]) -> None:
    """Set cells of a row as one step of undo."""
    workspace.edits.end_typing()
    workspace.edit([Change(row.id, row.question, cell, value, row.part, row.subject) for cell, value in cells.items()])
    close_undo_step(workspace)


def decisions_in_force(workspace: Workspace, besides: str) -> list[Entry]:
    """Return every decision in force, the last one first, without the one whose id is `besides`."""
    return [row for row in all_decisions(workspace.partnership)[::-1] if in_force(row) and row.id != besides]


def sentence_at(workspace: Workspace, origin: Origin) -> str:
    """Return the sentence that the document prints of a field; "" where the line is made by the program."""
    if not origin.entry or not origin.question:
        return ""
    shown = (sentence for section in workspace.shown_text.sections for sentence in sentences(section))
    return next((words for words, where in shown if words and where == origin), "")


def agree_as_it_stands(workspace: Workspace, origin: Origin) -> bool:
    """Note, as a decision of today's meeting, that it agrees to a sentence as it is; if that is noted, take it back.

    Return whether it is noted now. The sentence is `sentence_at(origin)`, which must not be "".
    """
    sentence, slot = sentence_at(workspace, origin), f"{origin.entry}/{origin.field}"
    meeting = meeting_edits.todays_meeting(workspace)
    for row in rows_of_meeting(workspace.partnership, meeting.id, DECISIONS) if meeting is not None else ():
        is_same_sentence = row.get(SENT) == slot and row.text("text", workspace.doc_lang) == sentence
        if row.get(AS_IT_STANDS) and is_same_sentence:
            _set_cells(workspace, row, {REMOVED: True})
            return False
    cells = {f"text@{workspace.doc_lang}": sentence, SENT: slot, AS_IT_STANDS: True}
    meeting_edits.note_line(workspace, DECISIONS, cells)
    return True
