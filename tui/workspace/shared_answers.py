"""Answers that concern more than one partner or wording: one answer or row given to several, positions, wordings."""

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
from tui.partnership.values import Change, Entry, Value, second_wording, second_wording_cell
from tui.partnership.versions import Version
from tui.text.clean import one_line
from tui.workspace.place import subject
from tui.workspace.workspace import Workspace, close_undo_step
from tui.workspace.writing import new_row

_SECTIONS_WITHOUT_SENTENCES = frozenset({"partners", "open_points", "signatures"})
# The fields by which an organisation is known: never given to another one.
IDENTITY_FIELDS = frozenset({"name", "short_name", "address", "organisation"})


def saw(workspace: Workspace, version: Version | None) -> bool:
    """Note which text the present partner's position was given on: a version, or today's text for None.

    Return whether anything changed.
    """
    seen = dict(version.points) if version is not None else workspace.public.points
    question = workspace.question.id
    changed = workspace.set(single_entry(workspace.partnership, question, workspace.subject), "seen", seen)
    workspace.edits.end_typing()
    return changed


def sentences(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Return what can be left out of today's text, as (entry id, words): the first sentence of each entry."""
    points = workspace.public.points
    found: dict[str, str] = {}
    for entry_id, words in _printed_sentences(workspace.agreement):
        if entry_id in points:
            found.setdefault(entry_id, words)
    return tuple(found.items())


def _printed_sentences(agreement: Agreement) -> list[tuple[str, str]]:
    """Return (entry id, words) of what the document prints of answers, without partners, subheadings and signatures."""
    return [
        (unit.origin.entry, flat(unit.cells[0]))
        for section in agreement.sections
        if section.id not in _SECTIONS_WITHOUT_SENTENCES
        for unit in units(section.blocks)
        if unit.origin.entry and unit.origin.question != WHO and unit.kind != "subheading"
    ]


def leave_out(workspace: Workspace, point: str) -> Entry:
    """Note that the present partner says yes except to one sentence, and return the row that says so.

    `point` is the id of the entry that the sentence comes from. A row that stands for it already is returned as it is.
    """
    rows = workspace.partnership.rows(CONSENSUS, EXCEPTIONS, workspace.subject)
    known = next((row for row in rows if row.get("point") == point), None)
    if known is not None:
        return known
    words = dict(sentences(workspace)).get(point, "")
    part = workspace.guide.question(CONSENSUS).part(EXCEPTIONS)
    assert part is not None
    cells = {"point": point, f"text@{workspace.doc_lang}": words, "level": "disagree"}
    home = Entry("", CONSENSUS, EXCEPTIONS, workspace.subject)
    row, changes = giving.new_row(workspace.form_context, home, part, cells)
    workspace.edit(changes)
    workspace.edits.end_typing()
    return workspace.partnership.entries[row.id]


def texts(workspace: Workspace, entry: Entry, field: Field) -> tuple[str, str]:
    """Return (the text in use, the second wording) of a field, as they are now; "" for each that is empty."""
    now = workspace.partnership.entry(entry.id) or entry
    cell = field.cell(workspace.typed_lang)
    return str(now.get(cell, "")), second_wording(now, cell)


def hold(workspace: Workspace, entry: Entry, field: Field, text: str) -> bool:
    """Write the second wording; a blank one, or one that equals the first, takes it away. Return whether it changed."""
    cell = field.cell(workspace.typed_lang)
    first, _second = texts(workspace, entry, field)
    value = text if text.strip() and text != first else None
    return workspace.set(entry, second_wording_cell(cell), value, typed_cell=f"{entry.id}/{second_wording_cell(cell)}")


def choose(workspace: Workspace, entry: Entry, field: Field, number: int) -> bool:
    """Keep the first (1) or the second (2) wording alone, as one step of undo; the other one stays in the history.

    Return whether anything changed: False where there is no second wording.
    """
    cell = field.cell(workspace.typed_lang)
    _first, second = texts(workspace, entry, field)
    if not second:
        return False
    close_undo_step(workspace)  # both wordings are in the history before one of them goes
    cells: dict[str, Value] = {second_wording_cell(cell): None}
    if number == 2:
        cells[cell] = second
    changed = workspace.edit(
        [
            Change(entry.id, entry.question, key, value, entry.part, entry.subject, reason="wording")
            for key, value in cells.items()
        ]
    )
    workspace.edits.end_typing()
    return changed


def given_words(workspace: Workspace, field: Field | None = None) -> str:
    """Return in words what `same_answer` gives, or `same_field` that `field`: « Niveau : contribue · Convenu : oui ».

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
    filled = [shown for shown in form_fields if shown.answer and (shown.value is not None or shown.text)]
    if filled:
        return " · ".join(shown.label + _(": ") + one_line(shown.answer) for shown in filled)
    return form_fields[0].label + _(": ") + "—" if form_fields else "—"


def give_rows(workspace: Workspace, row: Entry, ids: Sequence[str], group: str | None = None) -> int:
    """Let a row be given by exactly these partners (ids) and return how many `ids` there are; none clears it.

    Ids of partners that do not count (`partners.active`) are left out. A `group` ("all", or a named group's id) is kept
    with the ids, so that the document names it. Without one (None), two or more partners are « all » where at most one
    is missing.
    """
    everyone = [partner.id for partner in active(workspace.partnership)]
    if group is None:
        group = ALL if len(ids) > 1 and len(ids) >= len(everyone) - 1 else ""
    value = {"ids": [partner_id for partner_id in everyone if partner_id in ids], "group": group} if ids else None
    workspace.edits.end_typing()
    workspace.set(row, "partners", value)
    workspace.edits.end_typing()
    return len(ids)


def new_group(workspace: Workspace, name: str, ids: Sequence[str]) -> Entry:
    """Give a name to some partners and return the group's row.

    What the group is given keeps the ids of its members of that day: who joins it later is committed to nothing.
    """
    question = workspace.guide.question("extra.groups")
    part = question.lists[0]
    row = new_row(workspace, Entry("", question.id, part.id), part, name, {"members": {"ids": list(ids), "group": ""}})
    workspace.edits.end_typing()
    return row


def same_field(workspace: Workspace, field: Field, ids: Sequence[str]) -> int:
    """Give one field of the present organisation (where things stand, its role …) to those of `ids`.

    Return how many others it was written for, those included that had the same already; 0 for `IDENTITY_FIELDS`.
    """
    source = workspace.partnership.entry(workspace.place.partner)
    if source is None or field.id in IDENTITY_FIELDS:
        return 0
    cell = field.cell(workspace.typed_lang)
    value = source.text(field.id, workspace.typed_lang) if field.translatable else source.get(cell)
    others = [partner_id for partner_id in ids if partner_id != source.id]
    changes = [Change(partner_id, WHO, cell, value, "", (partner_id,)) for partner_id in others]
    workspace.edits.end_typing()
    workspace.edit(changes)
    workspace.edits.end_typing()
    return len(changes)


def same_answer(workspace: Workspace, ids: Sequence[str]) -> int:
    """Write the present single answer for other partners too, over what they had.

    Return how many answers were written, those included that were the same already. Of a pair, the present partner is
    the one that is replaced.
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
