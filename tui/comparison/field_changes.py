"""What taking a difference in needs: the entry and the field of a line, and the changes that set them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tui.agreement.blocks import Origin
from tui.comparison.returned_diff import Difference
from tui.form.form import FormContext
from tui.form.giving import new_row
from tui.guide.guide_types import Field, Guide, Part
from tui.partnership.changes import with_changes
from tui.partnership.field_kinds import BadValue, ParseContext, read_value
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.privacy import is_public
from tui.partnership.row_defaults import row_defaults
from tui.partnership.values import ORDER, Change, Entry, Partnership
from tui.text.clean import clean, one_line
from tui.text.word_diff import plain_spaces

TEXTS = frozenset({"line", "prose", "effort"})
# A row of these with its main field alone would stand nowhere: a person who has no part in it, an article or a task of
# which only half is said.
SAID_BY_MORE = frozenset({WHO, "extra.articles", "extra.responsibilities"})
NOTHING = frozenset({"", "—", "–", "-"})  # what a cell says that holds nothing
REFERENCES = frozenset({"partner", "partners", "someone", "someones"})
# Organisations and persons are references: other words in the place of a name mean another one, never a new name.
_NAMES = frozenset({(WHO, "", "name"), (WHO, "", "short_name"), (WHO, PEOPLE, "name")})
Changes = tuple[Change, ...]


class FieldChanges:
    """What taking a difference in needs: the entry and the field of a line, and the changes that set them."""

    def __init__(self, guide: Guide, partnership: Partnership, view: Partnership, difference: Difference) -> None:
        self._guide, self._partnership, self._view, self._difference = guide, partnership, view, difference
        self._lang = difference.ours.lang

    def may_be_seen(self, changes: Changes) -> bool:
        """Return whether all that the changes set is what anyone may see."""
        after = with_changes(self._partnership, changes)
        entries = after.entries
        return all(
            is_public(self._guide, after, entries[change.entry], change.cell)
            for change in changes
            if change.entry in entries
        )

    def _part(self, entry: Entry | None) -> Part | None:
        question = self._guide.by_id.get(entry.question) if entry is not None else None
        return question.part(entry.part) if question is not None and entry is not None else None

    def _entry(self, origin: Origin) -> Entry | None:
        """The entry a line comes from; a single answer that was never given is empty."""
        known = self._view.entry(origin.entry)
        if known is not None or not origin.entry:
            return known
        return Entry(origin.entry, origin.question) if origin.entry == origin.question else None

    def _is_shared(self, question: str) -> bool:
        """Return whether a question is answered once for all partners, and its lists are nobody's own."""
        known = self._guide.by_id.get(question)
        return known is None or known.scope == "project"

    def _list_of(self, question: str, part: str, owners: Sequence[str]) -> Sequence[Entry]:
        """Return the rows of one list as the text prints it: of these partners together, and of nobody else.

        A joint list and that of its first partner alone are two, whatever partner their rows were first noted of.
        """
        rows = self._partnership.rows(question, part)
        if self._is_shared(question):
            return rows
        return [row for row in rows if frozenset(row.givers) == frozenset(owners)]

    def _is_name(self, entry: Entry, field: Field) -> bool:
        return (entry.question, entry.part, field.id) in _NAMES

    def _field(self, origin: Origin) -> Field | None:
        entry = self._entry(origin)
        part = self._part(entry)
        return part.field(origin.field) if part is not None else None

    def _set(self, entry: Entry, field: Field, text: str) -> Changes | None:
        """The text of a field; None where it cannot be emptied: the document shows that of the other language."""
        read = clean(plain_spaces(text)) if field.kind == "prose" else one_line(plain_spaces(text))
        if not read and entry.get(field.cell(self._lang)) is None:
            return None
        return (self._change(entry, field.cell(self._lang), read or None),)

    def _value_of(self, field: Field, text: str) -> object:
        """Return the value that is typed for a field that is no text; None where it is not understood."""
        try:
            return read_value(ParseContext(self._guide, self._view, self._lang), field, one_line(plain_spaces(text)))
        except BadValue:
            return None

    def _read(self, entry: Entry, field: Field, text: str) -> Changes | None:
        """Return what is typed in a field that is no text, where it can be understood."""
        value = self._value_of(field, text)
        if value is None:
            return None
        if entry.get(field.id) == value or _is_of(entry, field, value):
            return ()
        if field.kind in REFERENCES and _strangers(value) - _strangers(entry.get(field.id)):
            return None  # a name that nobody here bears: who is meant has to be asked
        return (self._change(entry, field.id, value),)

    def _row(self, home: Entry, part: Part, text: str, order: str, known: dict[str, object]) -> Changes | None:
        if part.main is None or part.main.kind not in TEXTS or home.question in SAID_BY_MORE:
            return None
        begins = row_defaults(self._view, part, home.subject) | known
        cells = {ORDER: order, **begins, part.main.cell(self._lang): text}
        home = replace(home, id="", subject=() if "partners" in known else home.subject)
        return tuple(new_row(FormContext(self._guide, self._view, self._lang), home, part, cells)[1])

    def _change(self, entry: Entry, cell: str, value: object) -> Change:
        return Change(entry.id, entry.question, cell, value, entry.part, entry.subject)


def _is_of(entry: Entry, field: Field, value: object) -> bool:
    """Return whether partners read from a cell are those whose row it is, though no field of it names them."""
    return field.kind == "partners" and isinstance(value, Mapping) and tuple(value.get("ids", ())) == entry.givers


def _strangers(value: object) -> set[str]:
    """Return the names in a value that are of no partner and of no person here."""
    found = value if isinstance(value, list) else [value]
    return {str(item["name"]) for item in found if isinstance(item, Mapping) and "name" in item}
