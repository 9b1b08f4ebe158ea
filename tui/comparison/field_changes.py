"""The base of `difference_changes` and `line_changes`: finds the entry and field of a line, and makes their changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tui.agreement.blocks import Origin
from tui.comparison.returned_diff import Difference
from tui.form.form import FormContext
from tui.form.giving import new_row
from tui.guide.guide_types import TEXT_KINDS, Field, Guide, Part
from tui.partnership.changes import with_changes
from tui.partnership.field_kinds import BadValue, ParseContext, read_value
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.privacy import is_public
from tui.partnership.row_defaults import row_defaults
from tui.partnership.values import ORDER, Change, Entry, Partnership
from tui.text.clean import clean, one_line
from tui.text.word_diff import plain_spaces

# Rows of these questions need more than their main field, so no line of text can add one: a person without a role, or
# half of an article or of a responsibility, would not be printed.
MULTI_FIELD_QUESTIONS = frozenset({WHO, "extra.articles", "extra.responsibilities"})
EMPTY_VALUES = frozenset({"", "—", "–", "-"})  # how a cell without a value reads
REFERENCE_KINDS = frozenset({"partner", "partners", "someone", "someones"})  # fields that name partners or persons
# (question, part, field) of the names. Where a name was replaced by another, another partner or person is meant; nobody
# was renamed.
_NAMES = frozenset({(WHO, "", "name"), (WHO, "", "short_name"), (WHO, PEOPLE, "name")})
Changes = tuple[Change, ...]


class FieldChanges:
    """Finds the entry and field that a line comes from, and makes the changes that set them.

    `view` is the public view: what is not in it cannot be changed by a returned text.
    """

    def __init__(self, guide: Guide, partnership: Partnership, view: Partnership, difference: Difference) -> None:
        self._guide, self._partnership, self._view, self._difference = guide, partnership, view, difference
        self._lang = difference.ours.lang

    def are_public(self, changes: Changes) -> bool:
        """Return whether everything that the changes set is public."""
        after = with_changes(self._partnership, changes)
        entries = after.entries
        return all(
            is_public(self._guide, after, entries[change.entry], change.cell)
            for change in changes
            if change.entry in entries
        )

    def _part(self, entry: Entry | None) -> Part | None:
        """Return the part of the guide's question that an entry answers; None for no entry."""
        question = self._guide.by_id.get(entry.question) if entry is not None else None
        return question.part(entry.part) if question is not None and entry is not None else None

    def _entry(self, origin: Origin) -> Entry | None:
        """Return the entry a line comes from, an empty one for a single answer never given; None for none."""
        entry = self._view.entry(origin.entry)
        if entry is not None or not origin.entry:
            return entry
        # The single answer of a question that is asked once for all has the id of its question.
        return Entry(origin.entry, origin.question) if origin.entry == origin.question else None

    def _is_shared(self, question: str) -> bool:
        """Return whether a question is answered once for all partners, rather than by each."""
        guide_question = self._guide.by_id.get(question)
        return guide_question is None or guide_question.scope == "project"

    def _list_of(self, question: str, part: str, owners: Sequence[str]) -> Sequence[Entry]:
        """Return the rows of one list as the text prints it: those of exactly these partners together.

        The joint list of several partners and the list of the first of them alone are two lists.
        """
        rows = self._partnership.rows(question, part)
        if self._is_shared(question):
            return rows
        return [row for row in rows if frozenset(row.givers) == frozenset(owners)]

    def _is_name(self, entry: Entry, field: Field) -> bool:
        """Return whether a field is the name of a partner or a person."""
        return (entry.question, entry.part, field.id) in _NAMES

    def _field(self, origin: Origin) -> Field | None:
        """Return the field that a line comes from; None for none."""
        entry = self._entry(origin)
        part = self._part(entry)
        return part.field(origin.field) if part is not None else None

    def _set_text(self, entry: Entry, field: Field, text: str) -> Changes | None:
        """Return the change that sets the text of a field.

        None if it would empty a text that is missing in this language: the document shows the other language's there.
        """
        new_text = clean(plain_spaces(text)) if field.kind == "prose" else one_line(plain_spaces(text))
        if not new_text and entry.get(field.cell(self._lang)) is None:
            return None
        return (self._change(entry, field.cell(self._lang), new_text or None),)

    def _value_of(self, field: Field, text: str) -> object:
        """Return the value that `text` means for a field that is no text; None if it is not understood."""
        try:
            return read_value(ParseContext(self._guide, self._view, self._lang), field, one_line(plain_spaces(text)))
        except BadValue:
            return None

    def _set_value(self, entry: Entry, field: Field, text: str) -> Changes | None:
        """Return the change that sets a field that is no text to the value of `text`; () if it has it.

        None if the text is not understood, or names somebody unknown.
        """
        value = self._value_of(field, text)
        if value is None:
            return None
        if entry.get(field.id) == value or _are_givers(entry, field, value):
            return ()
        if field.kind in REFERENCE_KINDS and _unknown_names(value) - _unknown_names(entry.get(field.id)):
            return None  # no partner or person has this name: the user has to say who is meant
        return (self._change(entry, field.id, value),)

    def _add_row(
        self, home: Entry, part: Part, text: str, order: str, given_cells: dict[str, object]
    ) -> Changes | None:
        """Return the changes that make a new row with `text` in its main field; None if such a row cannot stand alone.

        `home` tells the question, part and subject, `order` its place, `given_cells` further cells by name. If these
        name the partners of the row, it has no subject.
        """
        if part.main is None or part.main.kind not in TEXT_KINDS or home.question in MULTI_FIELD_QUESTIONS:
            return None
        others = row_defaults(self._view, part, home.subject) | given_cells
        cells = {ORDER: order, **others, part.main.cell(self._lang): text}
        home = replace(home, id="", subject=() if "partners" in given_cells else home.subject)
        _row, changes = new_row(FormContext(self._guide, self._view, self._lang), home, part, cells)
        return tuple(changes)

    def _change(self, entry: Entry, cell: str, value: object) -> Change:
        """Return the change that sets a cell of an entry."""
        return Change(entry.id, entry.question, cell, value, entry.part, entry.subject)


def _are_givers(entry: Entry, field: Field, value: object) -> bool:
    """Return whether the value of a field of partners names exactly those whose row it is."""
    return field.kind == "partners" and isinstance(value, Mapping) and tuple(value.get("ids", ())) == entry.givers


def _unknown_names(value: object) -> set[str]:
    """Return the names in a value of references that belong to no known partner or person: {"name": …}, no id."""
    references = value if isinstance(value, list) else [value]
    return {str(item["name"]) for item in references if isinstance(item, Mapping) and "name" in item}
