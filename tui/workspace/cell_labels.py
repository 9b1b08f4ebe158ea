"""One cell named for a person: question, partner, field, and the value in words."""

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
    """Return the field a cell belongs to; None for marks (« #state ») and for what this guide does not know."""
    known = workspace.guide.by_id.get(question)
    of = known.part(part) if known is not None else None
    return of.field(cell.partition("@")[0]) if of is not None else None


def where(workspace: Workspace, question: str, part: str, cell: str, subject: tuple[str, ...]) -> str:
    """« Contributions, ACSM Windsor-Essex : Type »."""
    known = workspace.guide.by_id.get(question)
    pieces = [known.short.get(workspace.lang) if known is not None else question]
    pieces += [
        partner.short(workspace.lang)
        for name in subject
        if (partner := find_partner(workspace.partnership, name)) is not None
    ]
    field = field_of(workspace, question, part, cell)
    label = field.label.get(workspace.lang) if field is not None else _mark(cell)
    head = ", ".join(filter(None, pieces))
    return _("{question}: {name}").format(question=head, name=label) if label else head


def _mark(cell: str) -> str:
    return {STATE: _("mark"), REMOVED: _("taken out"), ORDER: _("place in the list")}.get(cell, cell)


def _decision(what: str) -> str:
    """Return what was decided of something that came back, in words."""
    return {
        TAKEN: _("accepted"), REFUSED: _("refused"), ASIDE: _("put aside as a point"), ARTICLE: _("made an article"),
    }.get(what, what)  # fmt: skip


def _taken_back(workspace: Workspace, change: Change) -> str:
    """Return what an undo took back by one change: an addition and a removal are named as what was done."""
    if change.cell != REMOVED:
        return where(workspace, change.question, change.part, change.cell, change.subject)
    what = _words_of(workspace, change) or where(
        workspace, change.question, change.part, "", change.subject or (change.entry,)
    )
    return (_("the addition of “{what}”") if change.value else _("the removal of “{what}”")).format(what=what)


def _words_of(workspace: Workspace, change: Change) -> str:
    """Return the main words of the row or partner that a change takes out or brings back; "" for none."""
    entry, known = workspace.partnership.entry(change.entry), workspace.guide.by_id.get(change.question)
    part = known.part(change.part) if known is not None else None
    if entry is None or part is None or part.main is None:
        return ""
    main = part.main
    cell = next((cell for cell in entry.cells if cell.partition("@")[0] == main.id), main.id)
    value = entry.text(main.id, workspace.lang) if main.translatable else entry.get(cell)
    return short(value_words(workspace, change.question, change.part, cell, value))


def undone(workspace: Workspace, changes: Sequence[Change], *, again: bool = False) -> str:
    """« Annulé : Contributions, ACSM : État »: what an undo took back; `again` tells of a redo: « Rétabli : … »."""
    what = turned_back(workspace, changes)
    if not what:
        return _("Redone.") if again else _("Undone.")
    return (_("Redone: {what}") if again else _("Undone: {what}")).format(what=what)


def turned_back(workspace: Workspace, changes: Sequence[Change]) -> str:
    """« Contributions, ACSM : État »: what an undo or redo changed, the first and how many more; "" for none."""
    seen = {entry: _("the addition of “{what}”").format(what=words) for entry, words in _added_rows(workspace, changes)}
    for change in reversed(changes):
        if change.entry != SETTINGS and (change.cell != ORDER or len(changes) == 1):
            seen.setdefault(change.entry, _taken_back(workspace, change))
    if not seen:
        return ""
    first, *more = seen.values()
    return first + (_(" (and {n} more)").format(n=len(more)) if more else "")


def _added_rows(workspace: Workspace, changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """Yield (entry, its words) of each row or partner of which the turn changed everything from or to nothing."""
    for history_entry in workspace.edits.last_turned:
        entry = workspace.partnership.entry(history_entry.entry)
        known = workspace.guide.by_id.get(history_entry.question)
        part = known.part(history_entry.part) if known is not None else None
        if entry is None or part is None or part.main is None:
            continue
        if not part.list and (history_entry.question, history_entry.part) != (WHO, ""):
            continue
        touched = {change.cell for change in changes if change.entry == history_entry.entry}
        others = (cell.value for key, cell in entry.cells.items() if key not in touched and key != ORDER)
        if (
            history_entry.cell.partition("@")[0] == _naming_field(workspace, part, history_entry.entry)
            and (history_entry.value is None) != (history_entry.new is None)
            and not any(value is not None for value in others)
        ):
            value = history_entry.new if history_entry.value is None else history_entry.value
            yield (
                history_entry.entry,
                value_words(workspace, history_entry.question, history_entry.part, history_entry.cell, value),
            )


def _naming_field(workspace: Workspace, part: Part, entry: str) -> str:
    """Return the field by which a row that was turned is known: the main one, else the first line of words in it."""
    turned = {item.cell.partition("@")[0] for item in workspace.edits.last_turned if item.entry == entry}
    if part.main is not None and part.main.id in turned:
        return part.main.id
    return next((field.id for field in part.fields if field.kind == "line" and field.id in turned), "")


def left_bare(workspace: Workspace, entry: str) -> str:
    """That a heading of an entry stands in the document without a text, for whoever has just emptied one; "" else."""
    words = next((words for words, origin in bare_headings(workspace.agreement) if origin.entry == entry), "")
    return _("In the document the heading “{heading}” has no text now.").format(heading=words) if words else ""


def value_words(workspace: Workspace, question: str, part: str, cell: str, value: Value) -> str:
    """Return a value as a person would write it; "" for none."""
    if value is None:
        return ""
    field = field_of(workspace, question, part, cell)
    if field is not None and field.id == SETTLED and isinstance(value, str):
        return _decision(value)
    if field is None or field.translatable:
        return value if isinstance(value, str) else _("yes") if value is True else str(value)
    try:
        return format_value(ParseContext(workspace.guide, workspace.partnership, workspace.lang), field, value)
    except (AttributeError, KeyError, TypeError, ValueError):  # written by a newer program: shown as it is
        return str(value)
