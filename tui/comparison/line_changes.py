"""Turns a line added, removed or moved in a returned text into changes of rows of lists and tables, and of texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from tui.comparison.field_changes import EMPTY_VALUES, MULTI_FIELD_QUESTIONS, Changes, FieldChanges
from tui.comparison.returned_diff import OriginalLine
from tui.guide.guide_types import TEXT_KINDS, Field, Part
from tui.partnership.ids import order_between
from tui.partnership.partners import WHO
from tui.partnership.values import ORDER, REMOVED, Entry
from tui.text.clean import clean, one_line
from tui.text.word_diff import Edit, carry_edit, end_of_last_line, find_words, likeness, plain_spaces, word_keys

_SHARED_LIKENESS = 0.3  # a text that shares less with a line does not contain the line any more
_KEPT_QUESTIONS = frozenset({WHO, "extra.title", "extra.name", "extra.groups"})  # a removed line never empties these
_OWNERS_FIELD = "partners"  # the field that names the partners of a row, if they are not its subject
_COPIED_FIELDS = ("state", _OWNERS_FIELD)  # a new row gets these from the row it is put beside
# The guide word above the first column, by question id and part id. Earlier drafts printed it as a line of its own,
# which must not become a row.
_HEAD_WORDS = {
    ("extra.points", "rows"): "open_point",
    ("gather.governance", "bodies"): "body",
    ("gather.governance", "reports"): "report_what",
}
# The marker of an item in a list of Markdown, with the spaces around it.
_ITEM_MARKER = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+")


class LineChanges(FieldChanges):
    """Makes the changes that accept a difference of whole lines.

    A method returns None if the difference cannot be accepted by a change, () if nothing is to be changed any more.
    """

    def added(self) -> Changes | None:
        """Return the changes for a line added beside one of ours: a new row of its list, or a paragraph of its text."""
        previous, following = self._difference.previous, self._difference.following
        if self._difference.cells:
            return self._table_row()
        for beside, after in ((previous, True), (following, False)):
            if beside is None or beside.section != self._difference.ours.section or beside.whole or beside.cell:
                continue
            entry = self._view.entry(beside.origin.entry)
            part = self._part(entry) if entry is not None else None
            field = self._field(beside.origin)
            if entry is None or part is None or field is None:
                continue
            # A line with a label is a cell of a row that is printed as several lines.
            ends_row = beside.label and after and (following is None or following.origin.entry != entry.id)
            if beside.label and (not ends_row or self._guide.by_id[entry.question].scope != "project"):
                continue  # The new line stands inside a row, or nothing tells which partner it is of.
            takes_rows = part.list and entry.is_in_use and entry.question not in MULTI_FIELD_QUESTIONS
            if takes_rows and (field == part.main or ends_row):
                return self._beside(entry, part, after)
            if field.kind == "prose" and after:
                return self._paragraph(entry, field, beside)
        return None

    def _table_row(self) -> Changes | None:
        """Return the changes for a new row of a table, each cell read as its field; None if one is not understood."""
        neighbour = self._row_beside()
        if neighbour is None:
            return None
        beside, part, after = neighbour
        assert part.main is not None  # Each list of a guide has a field.
        texts = {field: one_line(plain_spaces(text)) for field, text in self._difference.cells}
        owners = self._owners(beside, part, texts)
        if owners is None or texts.get(part.main.id, "") in EMPTY_VALUES:
            return None
        if self._exists(beside, part, texts, owners):
            return ()
        changes = self._row_of(beside, part, texts.pop(part.main.id), after, owners)
        if not changes:
            return changes
        row = Entry(changes[0].entry, beside.question, beside.part, changes[0].subject)
        for field_id, text in texts.items():
            field = part.field(field_id)
            if text in EMPTY_VALUES or (owners and field_id == _OWNERS_FIELD):
                continue
            if field is None:
                return None
            read = self._set_text if field.kind in TEXT_KINDS else self._set_value
            cell_changes = read(row, field, text)
            if cell_changes is None:
                return None  # A row without this cell would say something else.
            changes += cell_changes
        return changes

    def _row_beside(self) -> tuple[Entry, Part, bool] | None:
        """Return a neighbouring row of the same table, its part, and whether the new row stands behind it; or None."""
        for line, after in ((self._difference.previous, True), (self._difference.following, False)):
            entry = self._view.entry(line.origin.entry) if line is not None else None
            part = self._part(entry)
            if entry is not None and part is not None and part.list:
                return entry, part, after
        return None

    def _owners(self, beside: Entry, part: Part, texts: Mapping[str, str]) -> tuple[str, ...] | None:
        """Return the ids of the partners of a new row, () in a list shared by all; None if they cannot be told."""
        if self._is_shared(beside.question):
            return ()
        field = part.field(_OWNERS_FIELD)
        if field is None or _OWNERS_FIELD not in texts:
            return None
        value = self._value_of(field, texts[_OWNERS_FIELD])
        ids = value.get("ids") if isinstance(value, Mapping) else None
        return tuple(ids) if ids else None

    def _exists(self, beside: Entry, part: Part, texts: Mapping[str, str], owners: tuple[str, ...]) -> bool:
        """Return whether the same partners have an entry that says what the new row says, given by field (`texts`).

        It is a row of the same list with these cells, or an entry of any question that holds all these words, such as
        a contribution whose date is printed as a milestone.
        """
        cells = {name: text for name, text in texts.items() if not owners or name != _OWNERS_FIELD}
        kinds = {field.id: field.kind for field in part.fields}
        wanted = {word_keys(text) for text in cells.values() if text not in EMPTY_VALUES}
        only_texts = all(kinds.get(name) in TEXT_KINDS or text in EMPTY_VALUES for name, text in cells.items())
        compare_words = len(wanted) > 1 and only_texts
        for entry in self._view.entries.values():
            if not entry.is_in_use or (owners and frozenset(entry.givers) != frozenset(owners)):
                continue
            if (entry.question, entry.part) == (beside.question, beside.part) and (
                all(self._holds(entry, part.field(name), text) for name, text in cells.items())
            ):  # fmt: skip
                return True
            names = {cell.partition("@")[0] for cell in entry.cells}  # « text@fr » is the French of the field « text »
            if compare_words and wanted <= {word_keys(entry.text(name, self._lang)) for name in names}:
                return True
        return False

    def _holds(self, entry: Entry, field: Field | None, text: str) -> bool:
        """Return whether a field of an entry has the value that a table cell tells."""
        if field is None:
            return False
        if field.kind in TEXT_KINDS:
            return word_keys(entry.text(field.id, self._lang)) == (() if text in EMPTY_VALUES else word_keys(text))
        return entry.get(field.id) is None if text in EMPTY_VALUES else self._set_value(entry, field, text) == ()

    def _beside(self, entry: Entry, part: Part, after: bool) -> Changes | None:
        """Return the changes for a new row in the list of an entry, behind the entry or before it."""
        text = one_line(plain_spaces(self._difference.after))
        head = _HEAD_WORDS.get((entry.question, entry.part))
        if part.main is None or not text or (
            head is not None and word_keys(text) == word_keys(self._guide.word(head, self._lang))
        ):  # fmt: skip
            return None
        rows = self._list_of(entry.question, entry.part, entry.givers)
        if any(word_keys(row.text(part.main.id, self._lang)) == word_keys(text) for row in rows):
            return ()
        return self._row_of(entry, part, text, after)

    def _row_of(
        self, beside: Entry, part: Part, text: str, after: bool, owners: tuple[str, ...] = ()
    ) -> Changes | None:
        """Return the changes for a new row with its main text, behind the row `beside` (`after`) or before it.

        It is of the partners `owners` (ids); for () of those whose row it stands beside.
        """
        rows = self._partnership.rows(beside.question, beside.part)  # The row beside it may be of other partners.
        index = next((index for index, row in enumerate(rows) if row.id == beside.id), len(rows) - 1)
        above, below = (index, index + 1) if after else (index - 1, index)  # the rows that the new one stands between
        order = order_between(rows[above].order if above >= 0 else "", rows[below].order if below < len(rows) else "")
        cells = {key: beside.get(key) for key in _COPIED_FIELDS if beside.get(key) is not None}
        model = beside  # a row of the same question, part and subject as the new one
        if owners and frozenset(owners) != frozenset(beside.givers):
            cells.pop(_OWNERS_FIELD, None)
            model = replace(beside, subject=owners[:1])
            cells |= {_OWNERS_FIELD: {"ids": list(owners), "group": ""}} if len(owners) > 1 else {}
        return self._add_row(model, part, text, order, cells)

    def _paragraph(self, entry: Entry, field: Field, beside: OriginalLine) -> Changes | None:
        """Return the change that adds a paragraph, or an item of a list, behind a line of a text."""
        source, text = entry.text(field.id, self._lang), clean(plain_spaces(self._difference.after)).strip()
        if find_words(word_keys(text), word_keys(source)) >= 0:
            return ()
        end = end_of_last_line(source, beside.text)
        if end < 0:
            return None
        marker = _ITEM_MARKER.match(source[source.rfind("\n", 0, end) + 1 : end])
        addition = f"\n{marker[0]}{one_line(text)}" if marker else f"\n\n{text}"
        return self._set_text(entry, field, source[:end] + addition + source[end:])

    def removed(self) -> Changes | None:
        """Return the changes for a line taken out: its row is removed, or its paragraph."""
        ours = self._difference.ours
        entry = self._partnership.entry(ours.origin.entry)
        part = self._part(entry) if entry is not None else None
        field = self._field(ours.origin)
        if entry is None or part is None or entry.question in _KEPT_QUESTIONS or (part.list and ours.again):
            return None
        if entry.removed:
            return ()
        if part.list and part.main is not None and entry.id in self._view.entries:
            main_text = word_keys(entry.text(part.main.id, self._lang))
            is_whole_row = main_text and find_words(main_text, word_keys(ours.text)) >= 0
            return (self._change(entry, REMOVED, True),) if is_whole_row else None
        if field is None or field.kind not in TEXT_KINDS:
            return None
        source = entry.text(field.id, self._lang)
        if find_words(word_keys(ours.text), word_keys(source)) < 0:
            return () if likeness(ours.text, source) < _SHARED_LIKENESS else None
        text = carry_edit(source, ours.text, "", Edit(0, len(word_keys(ours.text)), 0, 0))
        if text is None:
            return None
        lines = [line for line in text.split("\n") if not _ITEM_MARKER.fullmatch(f"{line} ")]  # without empty items
        return self._set_text(entry, field, re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n"))

    def moved(self) -> Changes | None:
        """Return the change for a row moved to another place of its list."""
        difference = self._difference
        entry = self._view.entry(difference.ours.origin.entry)
        part = self._part(entry) if entry is not None else None
        if entry is None or part is None or not part.list or not entry.is_in_use:
            return None
        beside = [
            self._view.entry(line.origin.entry) if line else None
            for line in (difference.previous, difference.following)
        ]
        rows = [row for row in self._list_of(entry.question, entry.part, entry.givers) if row.id != entry.id]
        index_by_id = {row.id: index for index, row in enumerate(rows)}
        above, below = (index_by_id.get(other.id) if other is not None else None for other in beside)
        if above is None and below is None:
            return None
        index = above + 1 if above is not None else below or 0
        before, behind = rows[index - 1].order if index else "", rows[index].order if index < len(rows) else ""
        if before < entry.order and (not behind or entry.order < behind):
            return ()
        return (self._change(entry, ORDER, order_between(before, behind)),)
