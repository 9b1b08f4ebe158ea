"""Cells, values and undone changes in words: question, partner and field of a cell, and its value as it is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.agreement.bare_headings import bare_headings
from tui.guide.guide_types import Field, Part
from tui.i18n import _
from tui.partnership.field_kinds import ParseContext, format_value
from tui.partnership.name_references import short
from tui.partnership.partners import WHO, find_partner
from tui.partnership.received_answers import ARTICLE, ASIDE, REFUSED, SETTLED, TAKEN
from tui.partnership.values import ORDER, REMOVED, SETTINGS, STATE, Change, Value
from tui.workspace.workspace import Workspace


def field_of(workspace: Workspace, question: str, part: str, cell: str) -> Field | None:
    """Return the field of a cell; None for the program's own cells (« #state ») and for unknown ones."""
    guide_question = workspace.guide.by_id.get(question)
    guide_part = guide_question.part(part) if guide_question is not None else None
    return guide_part.field(cell.partition("@")[0]) if guide_part is not None else None


def cell_place(workspace: Workspace, question: str, part: str, cell: str, subject: tuple[str, ...]) -> str:
    """Return the place of a cell in words: « Contributions, ACSM Windsor-Essex : Type ».

    `question` and `part` are ids, `subject` are the ids of the partners that the question is asked of.
    """
    guide_question = workspace.guide.by_id.get(question)
    pieces = [guide_question.short.get(workspace.lang) if guide_question is not None else question]
    partners = (find_partner(workspace.partnership, partner_id) for partner_id in subject)
    pieces += [partner.short(workspace.lang) for partner in partners if partner is not None]
    field = field_of(workspace, question, part, cell)
    label = field.label.get(workspace.lang) if field is not None else _mark(cell)
    head = ", ".join(filter(None, pieces))
    return _("{question}: {name}").format(question=head, name=label) if label else head


def _mark(cell: str) -> str:
    """Return a cell that is no field in words."""
    return {STATE: _("mark"), REMOVED: _("taken out"), ORDER: _("place in the list")}.get(cell, cell)


def _decision_words(what: str) -> str:
    """Return what was decided of something that came back, in words."""
    return {
        TAKEN: _("accepted"), REFUSED: _("refused"), ASIDE: _("put aside as a point"), ARTICLE: _("made an article"),
    }.get(what, what)  # fmt: skip


def _change_words(workspace: Workspace, change: Change) -> str:
    """Return in words what was undone by a change: the addition or removal of a row, else the cell's place."""
    if change.cell != REMOVED:
        return cell_place(workspace, change.question, change.part, change.cell, change.subject)
    words = _row_words(workspace, change) or cell_place(
        workspace, change.question, change.part, "", change.subject or (change.entry,)
    )
    return (_("the addition of “{what}”") if change.value else _("the removal of “{what}”")).format(what=words)


def _row_words(workspace: Workspace, change: Change) -> str:
    """Return the main words of the row or partner that a change takes out or brings back; "" for none."""
    entry, guide_question = workspace.partnership.entry(change.entry), workspace.guide.by_id.get(change.question)
    part = guide_question.part(change.part) if guide_question is not None else None
    if entry is None or part is None or part.main is None:
        return ""
    main = part.main
    cell = next((cell for cell in entry.cells if cell.partition("@")[0] == main.id), main.id)
    value = entry.text(main.id, workspace.lang) if main.translatable else entry.get(cell)
    return short(value_words(workspace, change.question, change.part, cell, value))


def undone_words(workspace: Workspace, changes: Sequence[Change], *, again: bool = False) -> str:
    """Return what was undone: « Annulé : Contributions, ACSM : État »; with `again`, redone: « Rétabli : … »."""
    words = first_undone_words(workspace, changes)
    if not words:
        return _("Redone.") if again else _("Undone.")
    return (_("Redone: {what}") if again else _("Undone: {what}")).format(what=words)


def first_undone_words(workspace: Workspace, changes: Sequence[Change]) -> str:
    """Return what an undo or redo changed: the place of the first entry and how many more; "" for none."""
    addition = _("the addition of “{what}”")
    words_by_entry = {entry: addition.format(what=words) for entry, words in _added_rows(workspace, changes)}
    for change in reversed(changes):
        is_side_effect = change.cell == ORDER and len(changes) > 1  # a row that moves up where another one was added
        if change.entry != SETTINGS and not is_side_effect:
            words_by_entry.setdefault(change.entry, _change_words(workspace, change))
    if not words_by_entry:
        return ""
    first, *more = words_by_entry.values()
    return first + (_(" (and {n} more)").format(n=len(more)) if more else "")


def _added_rows(workspace: Workspace, changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """Yield (entry id, its words) of each row or partner that the last undo or redo removed or restored as a whole."""
    for past in workspace.edits.last_reversed:
        entry = workspace.partnership.entry(past.entry)
        guide_question = workspace.guide.by_id.get(past.question)
        part = guide_question.part(past.part) if guide_question is not None else None
        if entry is None or part is None or part.main is None:
            continue
        if not part.list and (past.question, past.part) != (WHO, ""):
            continue
        changed = {change.cell for change in changes if change.entry == past.entry}
        others = (cell.value for key, cell in entry.cells.items() if key not in changed and key != ORDER)
        is_name = past.cell.partition("@")[0] == _naming_field(workspace, part, past.entry)
        came_or_went = (past.value is None) != (past.new is None)
        if is_name and came_or_went and not any(value is not None for value in others):
            value = past.new if past.value is None else past.value
            yield past.entry, value_words(workspace, past.question, past.part, past.cell, value)


def _naming_field(workspace: Workspace, part: Part, entry: str) -> str:
    """Return which of the fields just undone names the row: the main one, else the first line of text; "" for none."""
    undone_fields = {past.cell.partition("@")[0] for past in workspace.edits.last_reversed if past.entry == entry}
    if part.main is not None and part.main.id in undone_fields:
        return part.main.id
    return next((field.id for field in part.fields if field.kind == "line" and field.id in undone_fields), "")


def bare_heading_words(workspace: Workspace, entry: str) -> str:
    """Return the sentence that a heading of an entry has no text in the document now; "" where each has one."""
    words = next((words for words, origin in bare_headings(workspace.agreement) if origin.entry == entry), "")
    return _("In the document the heading “{heading}” has no text now.").format(heading=words) if words else ""


def value_words(workspace: Workspace, question: str, part: str, cell: str, value: Value) -> str:
    """Return a value as a person would write it; "" for none."""
    if value is None:
        return ""
    field = field_of(workspace, question, part, cell)
    if field is not None and field.id == SETTLED and isinstance(value, str):
        return _decision_words(value)
    if field is None or field.translatable:
        return _("yes") if value is True else str(value)
    try:
        return format_value(ParseContext(workspace.guide, workspace.partnership, workspace.lang), field, value)
    except (AttributeError, KeyError, TypeError, ValueError):  # written by a newer program: shown as it is
        return str(value)
