"""The changes that accept lines of a list, of a table or of a text that came, went or moved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from tui.comparison.field_changes import NOTHING, SAID_BY_MORE, TEXTS, Changes, FieldChanges
from tui.comparison.returned_diff import OriginalLine
from tui.guide.guide_types import Field, Part
from tui.partnership.ids import order_between
from tui.partnership.partners import WHO
from tui.partnership.values import ORDER, Entry
from tui.partnership.values import REMOVED as GONE
from tui.text.clean import clean, one_line
from tui.text.word_diff import Edit, carried, end_of_line, keys, likeness, plain_spaces, within

_GONE = 0.3  # a text that shares less with a line does not hold it any more
_STAYS = frozenset({WHO, "extra.title", "extra.name", "extra.groups"})  # too much hangs on these to go with a line
_OWNERS = "partners"  # the field that names those whose row it is, where they are others than the partner asked
_KEPT = ("state", _OWNERS)  # what a new row has in common with the one it is put beside
# The word above the first column, by question and list: drafts of before printed it above a column alone, too.
_HEADS = {
    ("extra.points", "rows"): "open_point",
    ("gather.governance", "bodies"): "body",
    ("gather.governance", "reports"): "report_what",
}
_MARKER = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+")


class LineChanges(FieldChanges):
    """Lines that came, went or moved."""

    def added(self) -> Changes | None:
        """A line put beside ours: one more row of its list, or one more paragraph of its text."""
        previous, following = self._one.previous, self._one.following
        if self._one.cells:
            return self._table_row()
        for beside, after in ((previous, True), (following, False)):
            if beside is None or beside.section != self._one.ours.section or beside.whole or beside.cell:
                continue
            entry = self._view.entry(beside.origin.entry)
            part = self._part(entry) if entry is not None else None
            field = self._field(beside.origin)
            if entry is None or part is None or field is None:
                continue
            ends = beside.label and after and (following is None or following.origin.entry != entry.id)
            if beside.label and (not ends or self._guide.by_id[entry.question].scope != "project"):
                continue  # inside a row that stands on several lines, or whose partner the line does not say
            if part.list and (field == part.main or ends) and entry.question not in SAID_BY_MORE and entry.stands:
                return self._beside(entry, part, after)
            if field.kind == "prose" and after:
                return self._paragraph(entry, field, beside)
        return None

    def _table_row(self) -> Changes | None:
        """A row more of a table, each cell read as its field is; None where one of them is not understood."""
        beside, after = self._row_beside()
        part = self._part(beside)
        if beside is None or part is None or part.main is None:
            return None
        texts = {field: one_line(plain_spaces(text)) for field, text in self._one.cells}
        owners = self._owners(beside, part, texts)
        if owners is None or texts.get(part.main.id, "") in NOTHING:
            return None
        if self._is_told(beside, part, texts, owners):
            return ()
        made = self._row_of(owners, beside, part, texts.pop(part.main.id), after)
        if not made:
            return made
        row = Entry(made[0].entry, beside.question, beside.part, made[0].subject)
        for name, text in texts.items():
            field = part.field(name)
            if text in NOTHING or (owners and name == _OWNERS):
                continue
            told = None if field is None else (
                self._set(row, field, text) if field.kind in TEXTS else self._read(row, field, text)
            )  # fmt: skip
            if told is None:
                return None  # half a row would say something else
            made += told
        return made

    def _row_beside(self) -> tuple[Entry | None, bool]:
        """The row of the same table that a new one stands behind (True), or else before (False)."""
        for line, after in ((self._one.previous, True), (self._one.following, False)):
            entry = self._view.entry(line.origin.entry) if line is not None and line.cell else None
            part = self._part(entry)
            if entry is not None and part is not None and part.list:
                return entry, after
        return None, True

    def _owners(self, beside: Entry, part: Part, texts: Mapping[str, str]) -> tuple[str, ...] | None:
        """The partners whose row a new one is, () in a list of nobody's; None where that cannot be told."""
        if self._is_shared(beside.question):
            return ()
        field = part.field(_OWNERS)
        if field is None or _OWNERS not in texts:
            return beside.givers if beside.get(_OWNERS) else None
        value = self._value_of(field, texts[_OWNERS])
        ids = value.get("ids") if isinstance(value, Mapping) else None
        return tuple(ids) if ids else None

    def _is_told(self, beside: Entry, part: Part, texts: Mapping[str, str], owners: tuple[str, ...]) -> bool:
        """Whether one entry of the same partners says a row already: a row of the list, or one that holds its words.

        So does a contribution that holds its time.
        """
        said = {name: text for name, text in texts.items() if not owners or name != _OWNERS}
        kinds = {field.id: field.kind for field in part.fields}
        wanted = {keys(text) for text in said.values() if text not in NOTHING}
        worded = len(wanted) > 1 and all(kinds.get(name) in TEXTS or text in NOTHING for name, text in said.items())
        for entry in self._view.entries.values():
            if not entry.stands or (owners and frozenset(entry.givers) != frozenset(owners)):
                continue
            if (entry.question, entry.part) == (beside.question, beside.part) and (
                all(self._holds(entry, part.field(name), text) for name, text in said.items())
            ):  # fmt: skip
                return True
            names = {cell.partition("@")[0] for cell in entry.cells}
            if worded and wanted <= {keys(entry.text(name, self._lang)) for name in names}:
                return True
        return False

    def _holds(self, entry: Entry, field: Field | None, text: str) -> bool:
        """Whether a field of an entry says what a cell does."""
        if field is None:
            return False
        if field.kind in TEXTS:
            return keys(entry.text(field.id, self._lang)) == (() if text in NOTHING else keys(text))
        return entry.get(field.id) is None if text in NOTHING else self._read(entry, field, text) == ()

    def _beside(self, entry: Entry, part: Part, after: bool) -> Changes | None:
        """One more row of the list of an entry, behind it or before it."""
        text = one_line(plain_spaces(self._one.after))
        head = _HEADS.get((entry.question, entry.part))
        if part.main is None or not text or (
            head is not None and keys(text) == keys(self._guide.word(head, self._lang))
        ):  # fmt: skip
            return None
        rows = self._list_of(entry.question, entry.part, entry.givers)
        if any(keys(row.text(part.main.id, self._lang)) == keys(text) for row in rows):
            return ()
        return self._row_of(entry.givers, entry, part, text, after)

    def _row_of(self, owners: tuple[str, ...], beside: Entry, part: Part, text: str, after: bool) -> Changes | None:
        """A new row of some partners, with its main words, behind another row or before it."""
        rows = self._list_of(beside.question, beside.part, owners)
        if all(row.id != beside.id for row in rows):
            rows = self._partnership.rows(beside.question, beside.part)  # of other partners than the row beside it
        at = next((at for at, row in enumerate(rows) if row.id == beside.id), len(rows) - 1)
        first, last = (at, at + 1) if after else (at - 1, at)
        order = order_between(rows[first].order if first >= 0 else "", rows[last].order if last < len(rows) else "")
        known = {key: beside.get(key) for key in _KEPT if beside.get(key) is not None}
        home = beside
        if owners and frozenset(owners) != frozenset(beside.givers):
            known.pop(_OWNERS, None)
            home = replace(beside, subject=owners[:1])
            known |= {_OWNERS: {"ids": list(owners), "group": ""}} if len(owners) > 1 else {}
        return self._row(home, part, text, order, known)

    def _paragraph(self, entry: Entry, field: Field, beside: OriginalLine) -> Changes | None:
        source, text = entry.text(field.id, self._lang), clean(plain_spaces(self._one.after)).strip()
        if within(keys(text), keys(source)) >= 0:
            return ()
        end = end_of_line(source, beside.text)
        if end < 0:
            return None
        marker = _MARKER.match(source[source.rfind("\n", 0, end) + 1 : end])
        said = f"\n{marker[0]}{one_line(text)}" if marker else f"\n\n{text}"
        return self._set(entry, field, source[:end] + said + source[end:])

    def removed(self) -> Changes | None:
        """A line taken out: its row, or its paragraph."""
        ours = self._one.ours
        entry = self._partnership.entry(ours.origin.entry)
        part = self._part(entry) if entry is not None else None
        field = self._field(ours.origin)
        if entry is None or part is None or entry.question in _STAYS or (part.list and ours.again):
            return None
        if entry.removed:
            return ()
        if part.list and part.main is not None and entry.id in self._view.entries:
            said = keys(entry.text(part.main.id, self._lang))
            whole = said and within(said, keys(ours.text)) >= 0
            return (self._change(entry, GONE, True),) if whole else None
        if field is None or field.kind not in TEXTS:
            return None
        source = entry.text(field.id, self._lang)
        if within(keys(ours.text), keys(source)) < 0:
            return () if likeness(ours.text, source) < _GONE else None
        text = carried(source, ours.text, "", Edit(0, len(keys(ours.text)), 0, 0))
        if text is None:
            return None
        kept = [line for line in text.split("\n") if not _MARKER.fullmatch(f"{line} ")]  # the mark of the item goes too
        return self._set(entry, field, re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n"))

    def moved(self) -> Changes | None:
        """A row of a list that goes to another place of it."""
        difference = self._one
        entry = self._view.entry(difference.ours.origin.entry)
        part = self._part(entry) if entry is not None else None
        if entry is None or part is None or not part.list or not entry.stands:
            return None
        beside = [
            self._view.entry(line.origin.entry) if line else None
            for line in (difference.previous, difference.following)
        ]
        rows = [row for row in self._list_of(entry.question, entry.part, entry.givers) if row.id != entry.id]
        first = next((at for at, row in enumerate(rows) if beside[0] is not None and row.id == beside[0].id), None)
        last = next((at for at, row in enumerate(rows) if beside[1] is not None and row.id == beside[1].id), None)
        if first is None and last is None:
            return None
        at = first + 1 if first is not None else last or 0
        before, behind = rows[at - 1].order if at else "", rows[at].order if at < len(rows) else ""
        if before < entry.order and (not behind or entry.order < behind):
            return ()
        return (self._change(entry, ORDER, order_between(before, behind)),)
