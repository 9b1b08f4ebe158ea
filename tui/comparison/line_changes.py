"""The changes that accept lines of a list, of a table or of a text that came, went or moved."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
_KEPT = ("state", "partners")  # what a new row has in common with the one it is put beside
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
        if self._one.cells and previous is not None:
            return self._table_row(previous)
        for beside, after in ((previous, True), (following, False)):
            if beside is None or beside.section != self._one.ours.section or beside.whole or beside.cell:
                continue
            entry = self._view.entry(beside.origin.entry)
            part = self._part(entry) if entry is not None else None
            field = self._field(beside.origin)
            if entry is None or part is None or field is None:
                continue
            if part.list and field == part.main and entry.question not in SAID_BY_MORE and entry.stands:
                return self._beside(entry, part, after)
            if field.kind == "prose" and after:
                return self._paragraph(entry, field, beside)
        return None

    def _table_row(self, previous: OriginalLine) -> Changes | None:
        """A row more of a table, each cell read as its field is; None where one of them is not understood."""
        entry = self._view.entry(previous.origin.entry)
        part = self._part(entry)
        if entry is None or part is None or not part.list or part.main is None:
            return None
        texts = {field: one_line(plain_spaces(text)) for field, text in self._one.cells}
        if texts.get(part.main.id, "") in NOTHING:
            return None
        if self._told_by_one_entry(part, texts):
            return ()
        made = self._beside(entry, part, after=True, text=texts.pop(part.main.id, ""))
        if not made:
            return made
        if entry.subject and not entry.get("partners") and "partners" not in texts:
            return None  # whose row it is cannot be told
        row = self._view.entry(made[0].entry) or Entry(made[0].entry, entry.question, entry.part, entry.subject)
        for name, text in texts.items():
            field = part.field(name)
            if text in NOTHING:
                continue
            told = None if field is None else (
                self._set(row, field, text) if field.kind in TEXTS else self._read(row, field, text)
            )  # fmt: skip
            if told is None:
                return None  # half a row would say something else
            made += told
        return made

    def _told_by_one_entry(self, part: Part, texts: Mapping[str, str]) -> bool:
        """Whether one entry holds all the words of a row already, as a contribution holds its time."""
        fields = {field.id for field in part.fields if field.kind in TEXTS}
        wanted = {keys(text) for name, text in texts.items() if name in fields and text not in NOTHING}
        return len(wanted) > 1 and any(
            wanted <= {keys(entry.text(name, self._lang)) for name in {cell.partition("@")[0] for cell in entry.cells}}
            for entry in self._view.entries.values()
            if entry.stands
        )

    def _beside(self, entry: Entry, part: Part, after: bool, text: str | None = None) -> Changes | None:
        text = one_line(plain_spaces(self._one.after)) if text is None else text
        rows = [row for row in self._partnership.rows(entry.question, entry.part) if row.subject == entry.subject]
        head = _HEADS.get((entry.question, entry.part))
        if not text or (head is not None and keys(text) == keys(self._guide.word(head, self._lang))):
            return None
        if part.main is None or any(keys(row.text(part.main.id, self._lang)) == keys(text) for row in rows):
            return None if part.main is None else ()
        at = next((at for at, row in enumerate(rows) if row.id == entry.id), len(rows) - 1)
        first, last = (at, at + 1) if after else (at - 1, at)
        order = order_between(rows[first].order if first >= 0 else "", rows[last].order if last < len(rows) else "")
        return self._row(entry, part, text, order, {key: entry.get(key) for key in _KEPT if entry.get(key) is not None})

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
        siblings = self._partnership.rows(entry.question, entry.part)
        rows = [row for row in siblings if row.id != entry.id and row.givers == entry.givers]
        first = next((at for at, row in enumerate(rows) if beside[0] is not None and row.id == beside[0].id), None)
        last = next((at for at, row in enumerate(rows) if beside[1] is not None and row.id == beside[1].id), None)
        if first is None and last is None:
            return None
        at = first + 1 if first is not None else last or 0
        before, behind = rows[at - 1].order if at else "", rows[at].order if at < len(rows) else ""
        if before < entry.order and (not behind or entry.order < behind):
            return ()
        return (self._change(entry, ORDER, order_between(before, behind)),)
