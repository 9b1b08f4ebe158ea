"""Answers shared by partners (one answer or row given to several), exceptions to a yes, and second wordings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui.agreement.blocks import Agreement
from tui.comparison.compare import flat, units
from tui.form import giving
from tui.form.form import form_field
from tui.guide.guide_types import Field
from tui.i18n import _
from tui.partnership.completion import single_entry
from tui.partnership.partners import ALL, WHO, active
from tui.partnership.positions import CONSENSUS, EXCEPTIONS
from tui.partnership.values import Change, Entry, Value, is_second_wording_cell, second_wording, second_wording_cell
from tui.partnership.versions import Version
from tui.text.clean import one_line
from tui.workspace.place import subject
from tui.workspace.workspace import Workspace, close_undo_step
from tui.workspace.writing import new_row

_SECTIONS_WITHOUT_SENTENCES = frozenset({"partners", "open_points", "signatures"})
# The fields that identify an organisation: `same_field` never gives them to another one.
IDENTITY_FIELDS = frozenset({"name", "short_name", "address", "organisation"})


def note_text_seen(workspace: Workspace, version: Version | None) -> bool:
    """Note which text the present partner saw when it gave its position: a version, or today's text for None.

    Return whether anything changed.
    """
    points = dict(version.points) if version is not None else workspace.public.points
    question = workspace.question.id
    is_changed = workspace.set(single_entry(workspace.partnership, question, workspace.subject), "seen", points)
    workspace.edits.end_typing()
    return is_changed


def sentences(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Return the sentences that a yes can leave out, as (entry id, words): the first printed sentence of each entry."""
    points = workspace.public.points
    first_words: dict[str, str] = {}  # by entry id
    for entry_id, words in _printed_sentences(workspace.agreement):
        if entry_id in points:
            first_words.setdefault(entry_id, words)
    return tuple(first_words.items())


def _printed_sentences(agreement: Agreement) -> list[tuple[str, str]]:
    """Return (entry id, words) of each printed sentence, without those about partners, open points and signatures."""
    return [
        (unit.origin.entry, flat(unit.cells[0]))
        for section in agreement.sections
        if section.id not in _SECTIONS_WITHOUT_SENTENCES
        for unit in units(section.blocks)
        if unit.origin.entry and unit.origin.question != WHO and unit.kind != "subheading"
    ]


def leave_out(workspace: Workspace, point: str) -> Entry:
    """Note that the present partner says yes except to one sentence, and return the row that says so.

    `point` is the id of the entry that the sentence comes from. If there is a row for it already, that is returned.
    """
    rows = workspace.partnership.rows(CONSENSUS, EXCEPTIONS, workspace.subject)
    existing = next((row for row in rows if row.get("point") == point), None)
    if existing is not None:
        return existing
    words = dict(sentences(workspace)).get(point, "")
    part = workspace.guide.question(CONSENSUS).part(EXCEPTIONS)
    assert part is not None
    cells = {"point": point, f"text@{workspace.doc_lang}": words, "level": "disagree"}
    empty_row = Entry("", CONSENSUS, EXCEPTIONS, workspace.subject)
    row, changes = giving.new_row(workspace.form_context, empty_row, part, cells)
    workspace.edit(changes)
    workspace.edits.end_typing()
    return workspace.partnership.entries[row.id]


def both_wordings(workspace: Workspace, entry: Entry, field: Field) -> tuple[str, str]:
    """Return (the text in use, the second wording) of a field, as they are now; "" for each that is empty."""
    present = workspace.partnership.entry(entry.id) or entry
    cell = field.cell(workspace.typed_lang)
    return str(present.get(cell, "")), second_wording(present, cell)


def set_second_wording(workspace: Workspace, entry: Entry, field: Field, text: str) -> bool:
    """Set the second wording; a blank text, or one equal to the first, removes it. Return whether it changed."""
    cell = field.cell(workspace.typed_lang)
    first, _second = both_wordings(workspace, entry, field)
    value = text if text.strip() and text != first else None
    return workspace.set(entry, second_wording_cell(cell), value, typed_cell=f"{entry.id}/{second_wording_cell(cell)}")


def keep_wording(workspace: Workspace, entry: Entry, field: Field, number: int) -> bool:
    """Keep the first (1) or the second (2) wording alone, as one step of undo; the other one stays in the history.

    Return whether anything changed: False where there is no second wording.
    """
    cell = field.cell(workspace.typed_lang)
    _first, second = both_wordings(workspace, entry, field)
    if not second:
        return False
    close_undo_step(workspace)  # both wordings are in the history before one of them goes
    cells: dict[str, Value] = {second_wording_cell(cell): None}
    if number == 2:
        cells[cell] = second
    changes = [
        Change(entry.id, entry.question, key, value, entry.part, entry.subject, reason="wording")
        for key, value in cells.items()
    ]
    is_changed = workspace.edit(changes)
    workspace.edits.end_typing()
    return is_changed


def given_words(workspace: Workspace, field: Field | None = None) -> str:
    """Return what `same_answer` gives, or `same_field` with `field`, in words: « Niveau : contribue · Convenu : oui ».

    Where nothing is answered yet it is the first label with a dash, « Rôle : — »; "—" where there is nothing to give.
    """
    question = workspace.question
    part = question.single
    entry = single_entry(workspace.partnership, question.id, workspace.subject)
    if part is None:
        return "—"
    fields = [field] if field is not None else [each for each in part.fields if not each.hidden]
    form_fields = [
        form_field(workspace.form_context, part, entry, each)
        for each in fields
        if not giving.is_own(question.id, each.id)
    ]
    # A choice shown by default has an answer without a value: it is not given.
    answered = [each for each in form_fields if each.answer and (each.value is not None or each.text)]
    if answered:
        return " · ".join(each.label + _(": ") + one_line(each.answer) for each in answered)
    return form_fields[0].label + _(": ") + "—" if form_fields else "—"


def give_rows(workspace: Workspace, row: Entry, ids: Sequence[str], group: str | None = None) -> int:
    """Set the partners (ids) that a row, as a contribution, is from; () clears them. Return the number of `ids`.

    Ids of partners that are not active are left out. A `group` (ALL, or a named group's id) is kept with the ids, so
    that the document names it. With None, two or more partners count as ALL where at most one is missing.
    """
    everyone = [partner.id for partner in active(workspace.partnership)]
    if group is None:
        is_nearly_everyone = len(ids) > 1 and len(ids) >= len(everyone) - 1
        group = ALL if is_nearly_everyone else ""
    value = {"ids": [partner_id for partner_id in everyone if partner_id in ids], "group": group} if ids else None
    workspace.edits.end_typing()
    workspace.set(row, "partners", value)
    workspace.edits.end_typing()
    return len(ids)


def new_group(workspace: Workspace, name: str, ids: Sequence[str]) -> Entry:
    """Make a named group of partners (ids) and return its row.

    A row given to the group keeps the ids of its members: who joins the group later is not committed by it.
    """
    question = workspace.guide.question("extra.groups")
    part = question.lists[0]
    row = new_row(workspace, Entry("", question.id, part.id), part, name, {"members": {"ids": list(ids), "group": ""}})
    workspace.edits.end_typing()
    return row


def same_field(workspace: Workspace, field: Field, ids: Sequence[str]) -> int:
    """Copy one field of the present organisation, as its role, to the partners of `ids`.

    Return how many others it was written for, also where it was the same already; 0 for `IDENTITY_FIELDS`.
    """
    source = workspace.partnership.entry(workspace.place.partner)
    if source is None or field.id in IDENTITY_FIELDS:
        return 0
    others = [partner_id for partner_id in ids if partner_id != source.id]
    workspace.edits.end_typing()
    workspace.edit([change for partner_id in others for change in _same_cells(workspace, source, field, partner_id)])
    workspace.edits.end_typing()
    return len(others)


def _same_cells(workspace: Workspace, source: Entry, field: Field, partner_id: str) -> list[Change]:
    """Return the changes that give a partner a field of another, in each language in which one of the two has it."""
    target = workspace.partnership.entries[partner_id]
    keys = (
        key
        for key in {**source.cells, **target.cells}
        if key.partition("@")[0] == field.id and not is_second_wording_cell(key)
    )
    return [Change(partner_id, WHO, key, source.get(key), "", (partner_id,)) for key in keys]


def same_answer(workspace: Workspace, ids: Sequence[str]) -> int:
    """Copy the present partner's answer to the partners of `ids`, over the answers that they had.

    For an answer about a pair, each of `ids` takes the place of the present partner in it. Return how many answers were
    written, also where they were the same already.
    """
    question = workspace.question
    source = single_entry(workspace.partnership, question.id, workspace.subject)
    subjects = [
        subject(replace(workspace.place, partner=partner_id), question)
        for partner_id in ids
        if partner_id != workspace.place.other
    ]
    others = [ids_asked for ids_asked in subjects if ids_asked != workspace.subject]
    changes = giving.copy_to_subjects(workspace.form_context, question, source, others)
    workspace.edits.end_typing()
    workspace.edit(changes)
    workspace.edits.end_typing()
    return len({change.entry for change in changes})
