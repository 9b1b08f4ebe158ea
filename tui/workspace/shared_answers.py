"""Answers that concern several partners or two wordings: rows shared, positions on the text, the second wording."""

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
from tui.partnership.values import Change, Entry, second_wording, second_wording_cell
from tui.partnership.versions import Version
from tui.text.clean import one_line
from tui.workspace.place import subject
from tui.workspace.workspace import Workspace, close_undo_step
from tui.workspace.writing import new_row

_NO_SENTENCES = frozenset({"partners", "open_points", "signatures"})


def saw(workspace: Workspace, version: Version | None) -> bool:
    """Say which text the present partner's answer was given on: a version, or today's text for None."""
    seen = dict(version.points) if version is not None else workspace.public.points
    question = workspace.question.id
    done = workspace.set(single_entry(workspace.partnership, question, workspace.subject), "seen", seen)
    workspace.edits.end_typing()
    return done


def sentences(workspace: Workspace) -> tuple[tuple[str, str], ...]:
    """Return the sentences of today's text that can be left out, each once: (entry id, words)."""
    now = workspace.public.points
    found: dict[str, str] = {}
    for name, words in _told(workspace.agreement):
        if name in now:
            found.setdefault(name, words)
    return tuple(found.items())


def _told(agreement: Agreement) -> list[tuple[str, str]]:
    return [
        (unit.origin.entry, flat(unit.cells[0]))
        for section in agreement.sections
        if section.id not in _NO_SENTENCES
        for unit in units(section.blocks)
        if unit.origin.entry and unit.origin.question != WHO and unit.kind != "subheading"
    ]


def leave_out(workspace: Workspace, point: str) -> Entry:
    """Note that the present partner says yes but for one sentence; the row, made once a sentence."""
    subject = workspace.subject
    rows = workspace.partnership.rows(CONSENSUS, EXCEPTIONS, subject)
    known = next((row for row in rows if row.get("point") == point), None)
    if known is not None:
        return known
    words = dict(sentences(workspace)).get(point, "")
    part = workspace.guide.question(CONSENSUS).part(EXCEPTIONS)
    assert part is not None
    cells = {"point": point, f"text@{workspace.doc_lang}": words, "level": "disagree"}
    row, changes = giving.new_row(workspace.form_context, Entry("", CONSENSUS, EXCEPTIONS, subject), part, cells)
    workspace.edit(changes)
    workspace.edits.end_typing()
    return workspace.partnership.entries[row.id]


def texts(workspace: Workspace, entry: Entry, field: Field) -> tuple[str, str]:
    """Return (the text in use, the second wording) of a field, as they are now; "" for no text."""
    now = workspace.partnership.entry(entry.id) or entry
    cell = field.cell(workspace.typed_lang)
    return str(now.get(cell, "")), second_wording(now, cell)


def hold(workspace: Workspace, entry: Entry, field: Field, text: str) -> bool:
    """Write the second wording; one that is empty or says the same as the first is none."""
    cell = field.cell(workspace.typed_lang)
    first, _second = texts(workspace, entry, field)
    value = text if text.strip() and text != first else None
    return workspace.set(entry, second_wording_cell(cell), value, typed_cell=f"{entry.id}/{second_wording_cell(cell)}")


def choose(workspace: Workspace, entry: Entry, field: Field, number: int) -> bool:
    """Keep the first (1) or the second (2) wording alone, as one step of undo; the other one stays in the history."""
    cell = field.cell(workspace.typed_lang)
    _first, other = texts(workspace, entry, field)
    if not other:
        return False
    close_undo_step(workspace)  # both wordings are in the history before one of them goes
    cells = {second_wording_cell(cell): None, **({cell: other} if number == 2 else {})}
    part, subject = entry.part, entry.subject
    done = workspace.edit(
        [
            Change(entry.id, entry.question, name, value, part, subject, reason="wording")
            for name, value in cells.items()
        ]
    )
    workspace.edits.end_typing()
    return done


def given_words(workspace: Workspace, field: Field | None = None) -> str:
    """« Niveau : contribue · Convenu : oui »: what `same_answer` gives, or with `field` `same_field`.

    Where nothing is answered yet it is the label alone: « Rôle : — ».
    """
    question = workspace.question
    part = question.single
    entry = single_entry(workspace.partnership, question.id, workspace.subject)
    if part is None:
        return "—"
    fields = [field] if field is not None else [field for field in part.fields if not field.hidden]
    given = [field for field in fields if not giving.is_own(question.id, field.id)]
    places = [form_field(workspace.form_context, part, entry, field) for field in given]
    told = [place for place in places if place.answer and (place.value is not None or place.text)]
    if not told:
        return places[0].label + _(": ") + "—" if places else "—"
    return " · ".join(field.label + _(": ") + one_line(field.answer) for field in told)


NAMES = frozenset({"name", "short_name", "address", "organisation"})  # what makes an organisation itself


def give_rows(workspace: Workspace, row: Entry, ids: Sequence[str], group: str | None = None) -> int:
    """Let a row be given by exactly these partners; a group ("all", or a named one's id) is kept, to be printed so.

    Without `group`, all the partners but one or none count as « all ».
    """
    everyone = [partner.id for partner in active(workspace.partnership)]
    if group is None:
        group = ALL if len(ids) > 1 and len(ids) >= len(everyone) - 1 else ""
    value = {"ids": [text for text in everyone if text in ids], "group": group} if ids else None
    workspace.edits.end_typing()
    workspace.set(row, "partners", value)
    workspace.edits.end_typing()
    return len(ids)


def new_group(workspace: Workspace, name: str, ids: Sequence[str]) -> Entry:
    """Give a name to some partners, to be used again; joining it later commits no one."""
    question = workspace.guide.question("extra.groups")
    part = question.lists[0]
    row = new_row(workspace, Entry("", question.id, part.id), part, name, {"members": {"ids": list(ids), "group": ""}})
    workspace.edits.end_typing()
    return row


def same_field(workspace: Workspace, field: Field, ids: Sequence[str]) -> int:
    """Give one field of the present organisation (where things stand, its role …) to other ones; how many changed."""
    source = workspace.partnership.entry(workspace.place.partner)
    if source is None or field.id in NAMES:
        return 0
    cell = field.cell(workspace.typed_lang)
    value = source.text(field.id, workspace.typed_lang) if field.translatable else source.get(cell)
    changes = [Change(text, WHO, cell, value, "", (text,)) for text in ids if text != source.id]
    workspace.edits.end_typing()
    workspace.edit(changes)
    workspace.edits.end_typing()
    return len(changes)


def same_answer(workspace: Workspace, ids: Sequence[str]) -> int:
    """Write the present single answer for other partners too, over what they had. Returns how many changed."""
    question = workspace.question
    source = single_entry(workspace.partnership, question.id, workspace.subject)
    others = (
        subject(replace(workspace.place, partner=text), question) for text in ids if text != workspace.place.other
    )
    whom = [pair for pair in others if pair != workspace.subject]
    changes = giving.same_for(workspace.form_context, question, source, whom)
    workspace.edits.end_typing()
    workspace.edit(changes)
    workspace.edits.end_typing()
    return len({change.entry for change in changes})
