"""Finds the differences between our lines and those of a returned text, word by word, each with its author."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tui.agreement.blocks import NOWHERE
from tui.comparison.filled_holes import fill_hole
from tui.comparison.line_matching import Step, align, line_key
from tui.comparison.returned_lines import (
    OriginalLine,
    Remark,
    ReturnedLine,
    TrackedChange,
)
from tui.comparison.returned_text import without_mark, without_signs
from tui.comparison.words_elsewhere import in_our_columns, stand_elsewhere, taken_from_another
from tui.fast_dataclass import dataclass
from tui.text.word_diff import Edit, apply_edit, likeness, plain_spaces, split_words, word_edits, word_keys, words_slice

__all__ = [
    "ADDED", "CHANGED", "MOVED", "REMARK", "REMOVED", "Difference", "OriginalLine", "Remark", "ReturnedLine",
    "TrackedChange", "match_lines",
]  # fmt: skip

CHANGED, ADDED, REMOVED, MOVED, REMARK = "changed", "added", "removed", "moved", "remark"  # `Difference.kind`
_REWRITTEN = 0.3  # a line that is less like ours than this is one difference, not one for each word
_PAGE_WORDS = frozenset(("page", "de", "of", "·"))  # of « Page 2 de 4 »
_BLANK = re.compile(r"_[_\s]*")  # a line to write on: « ______ »
_EXCERPT_SHARE = 0.3  # if more of our lines are missing, nobody removed them: only a part of the text was copied
_FEW_LINES = 8  # so many may be missing from a short text all the same
_EDGE_SHARE = 0.8  # a header or footer is ours if this share of its words is: its title may have been reworded since
_BETWEEN_CELLS = " | "
# Words about a text: « [Marie : non] », « (cinq ?) », « → cinq », « ??? », « (OK) », « Note : voir le conseil ».
_NOTE = re.compile(
    r"\[.*\]|\(.*\?\s*\)|(?:->|=>|→).*|[?!…]+|\(?(?:ok|oui|non|yes|no)[.!?]*\)?|"
    r"[.;,–-]?\s*(?:note|n\.?\s?b\.?|commentaire|comment|remarque)\b[^:]{0,30}:.*",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs between our text and a returned one: the user accepts or refuses it as a whole."""

    kind: str  # CHANGED, ADDED, REMOVED, MOVED or REMARK
    ours: OriginalLine  # our line; for an added one an empty line of the same section
    before: str = ""  # our line without the difference, "" if it was added
    after: str = ""  # our line with the difference, "" if it was removed
    author: str = ""
    date: str = ""  # ISO date, "" for none
    theirs: str = ""  # the line as it came back
    edit: Edit | None = None  # the words that changed, None if the line changed as a whole
    remark: str = ""  # the comment
    previous: OriginalLine | None = None  # our line before an added or moved one
    following: OriginalLine | None = None  # our line behind it
    cells: tuple[tuple[str, str], ...] = ()  # (field id, text) of each cell of an added row
    joined: tuple[OriginalLine, ...] = ()  # our lines that were split or joined
    uncertain: bool = False  # whether it is only shown, because no field can take it for certain

    @property
    def mark(self) -> str:
        """An id of 16 hex digits, the same whenever the same text is compared again."""
        origin = (self.previous or self.ours).origin
        place = (self.ours.heading, origin.entry, origin.field, origin.partner)
        content = "\0".join((self.kind, *place, self.before, self.after, self.author, self.remark))
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def was(self) -> str:
        """The words of ours that changed; the whole line if it changed as a whole."""
        if self.kind == REMARK or self.edit is None:
            return self.before
        return words_slice(self.ours.text, self.edit.start, self.edit.end)

    @property
    def about(self) -> str:
        """The words that a remark is about; "" for one that stands beside our text, as a header or a letter does."""
        return self.before if self.kind == REMARK and self.before != self.remark else ""

    @property
    def now(self) -> str:
        """The words that replace them."""
        if self.kind == REMARK or self.edit is None:
            return self.after
        return words_slice(self.theirs, self.edit.new_start, self.edit.new_end)


def match_lines(ours: Sequence[OriginalLine], lines: Sequence[ReturnedLine]) -> tuple[Difference, ...]:
    """Return the differences between our lines and those that came back, in reading order, whatever the typography."""
    theirs = in_our_columns(ours, [line for line in lines if not line.gone])
    differences = list(_LineDiff(ours, theirs, [line for line in lines if line.gone]).differences())
    knows_rows = any(line.row for line in theirs)
    return tuple(_uncertain_if_elsewhere(_with_joined_cells(differences, ours, knows_rows), ours))


def in_excerpt(differences: Sequence[Difference], ours: Sequence[OriginalLine]) -> tuple[Difference, ...]:
    """Return the differences; if so many lines of `ours` are missing that a part was copied, those are uncertain.

    A line removed as a tracked change, which has an author, was removed for certain.
    """
    lines = sum(bool(line.origin.entry) for line in ours)
    missing = [
        difference
        for difference in differences
        if difference.kind == REMOVED and difference.ours.origin.entry and not difference.author
    ]
    missing_lines = sum(1 + difference.before.count(_BETWEEN_CELLS) for difference in missing)
    if missing_lines <= max(_FEW_LINES, _EXCERPT_SHARE * lines):
        return tuple(differences)
    return tuple(
        replace(difference, uncertain=True) if difference in missing else difference for difference in differences
    )


def page_edge_words(ours: Sequence[OriginalLine], edges: Sequence[ReturnedLine]) -> frozenset[str]:
    """Return the words of our headers and footers: title, kind, version, « Page 2 de 4 ». `edges` are our own."""
    texts = (*(line.text for line in ours if not line.section), *(line.text for line in edges))
    return frozenset(word.casefold() for text in texts for word in word_keys(text)) | _PAGE_WORDS


def edge_differences(edges: Sequence[ReturnedLine], own_words: frozenset[str]) -> tuple[Difference, ...]:
    """Return a remark for each header or footer whose words are not among `own_words`; numbers do not count."""
    remarks = []
    for line in edges:
        line_words = {word.casefold() for word in word_keys(line.text) if not word.isdigit()}
        if len(line_words & own_words) < _EDGE_SHARE * len(line_words):
            remarks.append(remark_beside(line.text))
    return tuple(remarks)


def remark_beside(text: str, author: str = "") -> Difference:
    """Return a remark that stands beside the text: in a header, a footer, or the mail that brought it."""
    return Difference(REMARK, OriginalLine(""), text, text, author, theirs=text, remark=text)


class _LineDiff:
    """Finds the differences of two texts; `gone` are the lines that were removed as tracked changes."""

    def __init__(
        self, ours: Sequence[OriginalLine], theirs: Sequence[ReturnedLine], gone: Sequence[ReturnedLine]
    ) -> None:
        self._ours, self._theirs = ours, theirs
        self._gone: Mapping[tuple[str, ...], ReturnedLine] = {word_keys(line.text): line for line in gone}

    def differences(self) -> Iterator[Difference]:
        """Yield the differences of each step."""
        steps = align(self._ours, self._theirs)
        before: OriginalLine | None = None
        loose = False  # whether the lines stand below a heading that was added, so in no section of ours
        for at, step in enumerate(steps):
            ours = [self._ours[place] for place in step.ours]
            theirs = [self._theirs[place] for place in step.theirs]
            if not ours:
                loose = loose or theirs[0].heading
                yield from self._added(theirs, before, self._following(steps, at), loose)
                continue
            if not theirs:
                if any(line.text.strip() for line in ours):
                    yield self._removed(ours)
                before = ours[-1] if not loose else before
                continue
            loose = False
            if step.moved:
                yield self._moved(ours, theirs, before, self._following(steps, at))
            changed = self._changed(ours, theirs)
            follows = self._line_follows(steps, at)
            yield from (_uncertain_if_cut(difference) for difference in changed) if follows else changed
            before = ours[-1]

    def _following(self, steps: Sequence[Step], at: int) -> OriginalLine | None:
        """Return the line of ours that comes next in their order, None for none."""
        return next((self._ours[step.ours[0]] for step in steps[at + 1 :] if step.ours and step.theirs), None)

    def _line_follows(self, steps: Sequence[Step], at: int) -> bool:
        """Return whether an added line that is no item follows."""
        behind = steps[at + 1] if at + 1 < len(steps) else None
        return behind is not None and not behind.ours and not self._theirs[behind.theirs[0]].item

    def _changed(self, ours: Sequence[OriginalLine], theirs: Sequence[ReturnedLine]) -> Iterator[Difference]:
        """Yield what differs between lines that are counterparts."""
        if len(ours) == len(theirs):
            for line, other in zip(ours, theirs, strict=True):
                yield from changed_line(line, other)
        elif len(ours) == 1:
            yield from self._split(ours[0], theirs)
        elif len(theirs) == 1:
            yield from self._joined(ours, theirs[0])
        else:
            yield from self._other_cells(ours, theirs)

    def _split(self, ours: OriginalLine, theirs: Sequence[ReturnedLine]) -> Iterator[Difference]:
        """Yield the difference of one line that came back as several, then their remarks."""
        text = "\n\n".join(line.text for line in theirs)
        marks = [mark for line in theirs for mark in line.marks]
        author, date = (marks[0].author, marks[0].date) if marks else ("", "")
        yield Difference(CHANGED, ours, ours.text, text, author, date, text, joined=(ours,))
        for line in theirs:
            yield from _remarks(ours, line)

    def _joined(self, ours: Sequence[OriginalLine], line: ReturnedLine) -> Iterator[Difference]:
        """Yield the difference of several lines that came back as one; it is certain for paragraphs of one field."""
        first, *others = ours
        author, date = next(((mark.author, mark.date) for mark in line.marks), ("", ""))
        if all(
            (original_line.origin.entry, original_line.origin.field) == (first.origin.entry, first.origin.field)
            for original_line in others
        ):
            before = "\n\n".join(original_line.text for original_line in ours)
            yield Difference(CHANGED, first, before, line.text, author, date, line.text, joined=tuple(ours))
            yield from _remarks(first, line)
            return
        before = " · ".join(line.text for line in ours)
        yield Difference(CHANGED, first, before, line.text, author, date, line.text, uncertain=True)
        yield from _remarks(first, line)

    def _other_cells(self, ours: Sequence[OriginalLine], theirs: Sequence[ReturnedLine]) -> Iterator[Difference]:
        """Yield the difference of a row with more or fewer cells than ours: it is shown as a whole, and uncertain."""
        before, after = (_BETWEEN_CELLS.join(line.text for line in row) for row in (ours, theirs))
        if line_key(before) != line_key(after):
            yield Difference(CHANGED, replace(ours[0], text=before), before, after, theirs=after, uncertain=True)
        for line in theirs:
            yield from _remarks(ours[0], line)

    def _added(
        self, theirs: Sequence[ReturnedLine], before: OriginalLine | None, following: OriginalLine | None, loose: bool
    ) -> Iterator[Difference]:
        """Yield the difference of an added line or row, then its remarks; `loose` lines are in no section of ours."""
        beside = before or following or OriginalLine("")
        ours = replace(beside, text="", origin=NOWHERE, whole=False)
        author, date = next(
            ((mark.author, mark.date) for line in theirs for mark in line.marks if mark.end > mark.start), ("", "")
        )
        line = theirs[0]
        if len(theirs) > 1:
            yield self._added_row(
                theirs, Difference(ADDED, ours, "", "", author, date, "", None, "", before, following)
            )
        elif line.text.strip():
            leaves_list = line.item is False and before is not None and bool(before.item)
            uncertain = loose or bool(line.place) or leaves_list or bool(_NOTE.fullmatch(line.text.strip()))
            yield Difference(
                ADDED, ours, "", line.text, author, date, line.text, None, "", before, following, uncertain=uncertain
            )
        for returned_line in theirs:
            yield from _remarks(ours, returned_line)

    def _added_row(self, theirs: Sequence[ReturnedLine], difference: Difference) -> Difference:
        """Return the difference of an added row, its cells of the fields of the row above or below it."""
        texts = [line.text for line in theirs]
        text = _BETWEEN_CELLS.join(texts)
        for beside in (difference.previous, difference.following):
            fields = _fields(self._ours, beside) if beside is not None and beside.cell else []
            if len(fields) == len(texts):
                cells = tuple(zip(fields, texts, strict=True))
                return replace(difference, after=text, theirs=text, cells=cells)
        return replace(difference, after=text, theirs=text, uncertain=True)

    def _removed(self, ours: Sequence[OriginalLine]) -> Difference:
        """Return the difference of a removed line or row; its author is known if the change was tracked."""
        line = next(
            (
                gone_line
                for original_line in ours
                if (gone_line := self._gone.get(word_keys(original_line.text))) is not None
            ),
            None,
        )
        mark = line.marks[0] if line is not None and line.marks else TrackedChange(0, 0)
        first = next((original_line for original_line in ours if original_line.origin.entry), ours[0])
        text = _BETWEEN_CELLS.join(original_line.text for original_line in ours)
        return Difference(REMOVED, replace(first, text=text), text, "", mark.author, mark.date)

    def _moved(
        self,
        ours: Sequence[OriginalLine],
        theirs: Sequence[ReturnedLine],
        before: OriginalLine | None,
        following: OriginalLine | None,
    ) -> Difference:
        """Return the difference of a line or row that was moved between two others."""
        first = next((original_line for original_line in ours if original_line.origin.entry), ours[0])
        text = _BETWEEN_CELLS.join(original_line.text for original_line in ours)
        author, date = next(((mark.author, mark.date) for line in theirs for mark in line.marks), ("", ""))
        return Difference(
            MOVED, replace(first, text=text), text, text, author, date, text, previous=before, following=following
        )


def changed_line(ours: OriginalLine, line: ReturnedLine) -> Iterator[Difference]:
    """Yield the differences within one line, then the remarks about it."""
    filled = fill_hole(ours.text, ours.hole, _comparable(ours, line)) if ours.hole else None
    text = filled.text if filled is not None else _comparable(ours, line)
    struck = ours.struck and word_keys(line.whole) == word_keys(ours.text)
    edits = [] if ours.drawn or struck else word_edits(ours.text, text)
    edits = [edit for edit in edits if not _lost_hyphen(ours.text, text, edit)]
    if edits and (ours.whole or likeness(ours.text, text) < _REWRITTEN):
        edits = [Edit(0, len(word_keys(ours.text)), 0, len(word_keys(text)))]
    if edits and filled is not None and filled.edit is not None:
        edits = [filled.edit]
    for edit in edits:
        author, date = _author(line, text, edit)
        yield Difference(
            CHANGED, ours, ours.text, apply_edit(ours.text, text, edit), author, date, text, edit,
            uncertain=not filled.certain if filled is not None else _is_note(text, edit),
        )  # fmt: skip
    yield from _remarks(ours, line)


def _is_note(text: str, edit: Edit) -> bool:
    """Return whether added words speak about the text."""
    return edit.start == edit.end and bool(_NOTE.fullmatch(words_slice(text, edit.new_start, edit.new_end)))


def _blanked(text: str) -> str:
    """Return a text with each line to write on as a single « _ », and without one at its end."""
    return _BLANK.sub("_", plain_spaces(text)).rstrip("_ ")


def _uncertain_if_cut(difference: Difference) -> Difference:
    """Return the difference as uncertain if it shortens the end of a line, which may go on in the added line below."""
    at_end = difference.edit is not None and difference.edit.end == len(word_keys(difference.ours.text))
    is_shorter = len(word_keys(difference.now)) < len(word_keys(difference.was))
    return replace(difference, uncertain=True) if at_end and is_shorter else difference


def _comparable(ours: OriginalLine, line: ReturnedLine) -> str:
    """Return their text without what a program changed by itself, such as an item's mark that became letters."""
    if ours.is_heading and line_key(ours.text) == line_key(line.text):
        return ours.text
    if "_" in ours.text and _blanked(ours.text) == _blanked(line.text):
        return ours.text  # a line to write on « ____ » has another length
    if line.text.isupper() and line.text.casefold() == ours.text.casefold():
        return ours.text  # the title in capitals, as pages show it
    return without_signs(without_mark(line.text, ours.text), ours.text)


def _lost_hyphen(before: str, after: str, edit: Edit) -> bool:
    """Return whether only a hyphen is missing that a page broke a word at: « personnesclés » for « personnes-clés »."""
    was, now = words_slice(before, edit.start, edit.end), words_slice(after, edit.new_start, edit.new_end)
    return "-" in was and " " not in now and was.replace("-", "") == now


def _remarks(ours: OriginalLine, line: ReturnedLine) -> Iterator[Difference]:
    """Yield a difference for each remark about a line."""
    for remark in line.remarks:
        about = remark.about or line.text
        yield Difference(REMARK, ours, about, about, remark.author, remark.date, line.text, remark=remark.text)


def _author(line: ReturnedLine, text: str, edit: Edit) -> tuple[str, str]:
    """Return the author and date of an edit, "" for none: those of the tracked change that overlaps most of it.

    `text` is the text of the line as it was compared.
    """
    if not line.text.endswith(text):  # the brackets of a hole were removed: the offsets of `marks` do not fit `text`
        longest = max(line.marks, key=lambda item: item.end - item.start, default=None)
        return (longest.author, longest.date) if longest is not None else ("", "")
    words, shift = split_words(text), len(line.text) - len(text)
    if edit.new_start < edit.new_end:
        start, end = words[edit.new_start].start, words[edit.new_end - 1].end
    else:
        start = words[edit.new_start - 1].end if edit.new_start else 0
        end = words[edit.new_start].start if edit.new_start < len(words) else len(text)
    start, end = start + shift, end + shift  # as offsets in `line.text`
    touching = [mark for mark in line.marks if mark.start <= end and mark.end >= start]
    covering = max(touching, key=lambda mark: min(mark.end, end) - max(mark.start, start), default=None)
    return (covering.author, covering.date) if covering is not None else ("", "")


def _uncertain_if_elsewhere(
    all_differences: Iterable[Difference], ours: Sequence[OriginalLine]
) -> Iterator[Difference]:
    """Yield the differences, uncertain where what was removed, or what a line reads now, stands elsewhere as well."""
    differences = list(all_differences)
    added = [each.after for each in differences if each.kind == ADDED]
    rewritten = {id(each.ours) for each in differences if each.kind == CHANGED and _is_rewritten(each)}
    lost = [line for line in ours if id(line) in rewritten]
    for each in differences:
        removed = each.kind == REMOVED and stand_elsewhere(each.before.split(_BETWEEN_CELLS), added)
        exchanged = id(each.ours) in rewritten and taken_from_another(each.after, lost, each.ours)
        yield replace(each, uncertain=True) if removed or exchanged else each


def _is_rewritten(difference: Difference) -> bool:
    """Return whether all words of a text are others now; a value, such as a date, changes as a whole by itself."""
    edit, ours = difference.edit, difference.ours
    return edit is not None and not ours.whole and (edit.start, edit.end) == (0, len(word_keys(ours.text)))


def _with_joined_cells(
    differences: Sequence[Difference], ours: Sequence[OriginalLine], knows_rows: bool
) -> Iterator[Difference]:
    """Yield the differences; the cells of one row, added or removed in a row by a text without tables, become one.

    `knows_rows` says that the text has tables: its lines outside of them are no cells.
    """
    at = 0
    while at < len(differences):
        difference = differences[at]
        is_line = difference.kind == ADDED and not difference.cells and not knows_rows
        fields = _fields(ours, difference.previous) if is_line else []
        if difference.previous is not None and fields and fields[-1] != difference.previous.origin.field:
            fields = []  # it was added inside a row
        row = differences[at : at + len(fields)]
        if len(fields) > 1 and len(row) == len(fields) and all(
            each.kind == ADDED and each.previous is difference.previous and not each.uncertain for each in row
        ):  # fmt: skip
            cells = tuple(zip(fields, (each.after for each in row), strict=True))
            yield replace(difference, after=_BETWEEN_CELLS.join(text for _field, text in cells), cells=cells)
            at += len(row)
            continue
        end = at + 1
        while difference.kind == REMOVED and difference.ours.row and end < len(differences) and (
            differences[end].kind == REMOVED and differences[end].ours.row == difference.ours.row
        ):  # fmt: skip
            end += 1
        yield _removed_row(differences[at:end], ours) if end > at + 1 else difference
        at = end


def _removed_row(removed_cells: Sequence[Difference], ours: Sequence[OriginalLine]) -> Difference:
    """Return the removed cells of one row as one difference; it is uncertain if other cells of the row stay."""
    first = removed_cells[0]
    text = _BETWEEN_CELLS.join(each.before for each in removed_cells)
    whole = len(removed_cells) >= sum(line.row == first.ours.row and bool(line.text.strip()) for line in ours)
    return replace(first, ours=replace(first.ours, text=text), before=text, uncertain=not whole)


def _fields(ours: Sequence[OriginalLine], last: OriginalLine | None) -> list[str]:
    """Return the field ids, in their order, of the row that the cell `last` stands in; [] outside of tables."""
    if last is None or not last.cell or not last.origin.entry:
        return []
    index = next((index for index, original_line in enumerate(ours) if original_line is last), -1)
    if index < 0:
        return []
    first = end = index
    while first > 0 and _same_row(ours[first - 1], last):
        first -= 1
    while end + 1 < len(ours) and _same_row(ours[end + 1], last):
        end += 1
    return [original_line.origin.field for original_line in ours[first : end + 1]]


def _same_row(original_line: OriginalLine, other: OriginalLine) -> bool:
    """Return whether a line is a cell of the same row of a table as another."""
    return original_line.cell and original_line.origin.entry == other.origin.entry and original_line.row == other.row
