"""The lines of a returned text matched to ours, and what differs, word by word, with its author."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from tui.agreement.blocks import NOWHERE, Origin
from tui.fast_dataclass import dataclass
from tui.text.word_diff import Edit, edits, keys, likeness, slice_of, with_edit, words

CHANGED, ADDED, REMOVED, MOVED, REMARK = "changed", "added", "removed", "moved", "remark"
_ALIKE = 0.4  # lines that share less are no versions of each other
_REWRITTEN = 0.3  # below this, word by word would only confuse
_MANY = 2500  # pairs of lines beyond which the likest are no longer looked for: it would take seconds


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """A tracked change: who added the letters `start` to `end` of a line, or took `removed` out at `start`."""

    start: int
    end: int
    author: str = ""
    date: str = ""  # ISO date
    removed: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the margin, and the words it is about."""

    text: str
    author: str = ""
    date: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """One paragraph, item or cell of what came back. One that was taken out with its marks kept is `gone`."""

    text: str
    marks: tuple[TrackedChange, ...] = ()
    remarks: tuple[Remark, ...] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class OriginalLine:
    """One line of our text: the field it comes from, the section it stands in, and whether it changes as a whole."""

    text: str
    origin: Origin = NOWHERE
    section: str = ""
    heading: str = ""
    lang: str = "fr"
    whole: bool = False
    cell: bool = False  # of a table
    drawn: bool = False  # written by the program (version and date): a change of it says nothing


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs. `before` and `after` are the line without and with it ("" where there is none).

    `theirs` is the line as it came back and `edit` the words that changed; `previous` and `following` are the lines
    of ours that an added one stands between.
    """

    kind: str
    ours: OriginalLine
    before: str = ""
    after: str = ""
    author: str = ""
    date: str = ""
    theirs: str = ""
    edit: Edit | None = None
    remark: str = ""
    previous: OriginalLine | None = None
    following: OriginalLine | None = None
    cells: tuple[tuple[str, str], ...] = ()  # of a row added to a table: the field each is of, and its words

    @property
    def mark(self) -> str:
        """16 letters that are the same for the same difference, when the text is laid beside ours again."""
        where = (self.previous or self.ours).origin
        place = (self.ours.heading, where.entry, where.field, where.partner)
        said = "\0".join((self.kind, *place, self.before, self.after, self.author, self.remark))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    @property
    def was(self) -> str:
        """The words that stood there."""
        if self.kind == REMARK or self.edit is None:
            return self.before
        return slice_of(self.ours.text, self.edit.start, self.edit.end)

    @property
    def now(self) -> str:
        """The words that are to stand there."""
        if self.kind == REMARK or self.edit is None:
            return self.after
        return slice_of(self.theirs, self.edit.new_start, self.edit.new_end)


Pair = tuple[int | None, int | None]


def match_lines(ours: Sequence[OriginalLine], lines: Sequence[ReturnedLine]) -> tuple[Difference, ...]:
    """What differs between our lines and those that came back, in reading order; typography differs from nothing."""
    theirs = [line for line in lines if not line.gone]
    gone = {keys(line.text): line for line in lines if line.gone}
    first, second = [keys(one.text) for one in ours], [keys(one.text) for one in theirs]
    found: list[Difference] = []
    before: OriginalLine | None = None
    for tag, a, b, c, d in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        pairs = zip(range(a, b), range(c, d), strict=True) if tag == "equal" else _paired(ours[a:b], theirs[c:d], a, c)
        for at, other in pairs:
            if at is None and other is not None:
                found += _added(theirs[other], before, _after(ours, before))
                continue
            assert at is not None
            if other is None:
                found.append(_removed(ours[at], gone))
            else:
                found += _changed(ours[at], theirs[other])
            before = ours[at]
    return tuple(_moved(list(_rows(found, ours))))


def _rows(found: Sequence[Difference], ours: Sequence[OriginalLine]) -> Iterator[Difference]:
    """Cells put in one behind the other after a row of a table are one row more of it."""
    at = 0
    while at < len(found):
        one = found[at]
        beside = one.previous
        fields = _fields(ours, beside) if one.kind == ADDED and beside is not None and beside.cell else []
        row = found[at : at + len(fields)]
        whole = len(fields) > 1 and len(row) == len(fields) and all(
            each.kind == ADDED and each.previous is beside for each in row
        )  # fmt: skip
        if whole:
            cells = tuple(zip(fields, (each.after for each in row), strict=True))
            yield replace(one, after=" | ".join(text for _field, text in cells), cells=cells)
        else:
            yield one
        at += len(row) if whole else 1


def _fields(ours: Sequence[OriginalLine], last: OriginalLine) -> list[str]:
    """The fields of the row of a table whose last cell this is."""
    found: list[str] = []
    at = next(at for at, one in enumerate(ours) if one is last)
    while at >= 0 and ours[at].cell and last.origin.entry and ours[at].origin.entry == last.origin.entry:
        found.insert(0, ours[at].origin.field)
        at -= 1
    return found


def _after(ours: Sequence[OriginalLine], before: OriginalLine | None) -> OriginalLine | None:
    """The line of ours that follows one."""
    if before is None:
        return ours[0] if ours else None
    at = next((at for at, one in enumerate(ours) if one is before), len(ours))
    return ours[at + 1] if at + 1 < len(ours) else None


def _paired(ours: Sequence[OriginalLine], theirs: Sequence[ReturnedLine], a: int, c: int) -> Iterator[Pair]:
    """Each line with the one it became, where one did; the order of both is kept."""
    n, m = len(ours), len(theirs)
    if n == m == 1:
        yield a, c
    elif not n or not m or n * m > _MANY:
        common = min(n, m) if n * m > _MANY else 0
        yield from ((a + at, c + at) for at in range(common))
        yield from ((a + at, None) for at in range(common, n))
        yield from ((None, c + at) for at in range(common, m))
    else:
        yield from (
            (None if at is None else a + at, None if to is None else c + to) for at, to in _likest(ours, theirs)
        )


def _likest(ours: Sequence[OriginalLine], theirs: Sequence[ReturnedLine]) -> Iterator[Pair]:
    """The pairs that share the most words in all."""
    n, m = len(ours), len(theirs)
    alike = [[_alike(one.text, other.text) for other in theirs] for one in ours]
    best = [[0.0] * (m + 1) for _row in range(n + 1)]
    for at in range(n - 1, -1, -1):
        for other in range(m - 1, -1, -1):
            together = best[at + 1][other + 1] + alike[at][other] if alike[at][other] > _ALIKE else 0.0
            best[at][other] = max(together, best[at + 1][other], best[at][other + 1])
    at = other = 0
    while at < n or other < m:
        if at < n and other < m and alike[at][other] > _ALIKE and (
            best[at][other] == best[at + 1][other + 1] + alike[at][other]
        ):  # fmt: skip
            yield at, other
            at, other = at + 1, other + 1
        elif other >= m or (at < n and best[at + 1][other] >= best[at][other + 1]):
            yield at, None
            at += 1
        else:
            yield None, other
            other += 1


def _alike(one: str, other: str) -> float:
    """How many words two lines share, from 0 to 1, their order set aside; a hole may have become anything."""
    if one.startswith("[") and one.endswith("]"):
        return _ALIKE + 0.01
    first, second = Counter(keys(one)), Counter(keys(other))
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0


def _changed(ours: OriginalLine, line: ReturnedLine) -> Iterator[Difference]:
    """What differs within one line, and what was remarked about it."""
    made = [] if ours.drawn else edits(ours.text, line.text)
    if made and (ours.whole or likeness(ours.text, line.text) < _REWRITTEN):
        made = [Edit(0, len(keys(ours.text)), 0, len(keys(line.text)))]
    for edit in made:
        author, date = _author(line, edit)
        yield Difference(
            CHANGED, ours, ours.text, with_edit(ours.text, line.text, edit), author, date, line.text, edit
        )  # fmt: skip
    yield from _remarks(ours, line)


def _remarks(ours: OriginalLine, line: ReturnedLine) -> Iterator[Difference]:
    for one in line.remarks:
        about = one.about or line.text
        yield Difference(REMARK, ours, about, about, one.author, one.date, line.text, remark=one.text)


def _author(line: ReturnedLine, edit: Edit) -> tuple[str, str]:
    """Who made a change, by the mark that covers it or stands nearest to it within the change."""
    found = words(line.text)
    if edit.new_start < edit.new_end:
        low, high = found[edit.new_start].start, found[edit.new_end - 1].end
    else:
        low = found[edit.new_start - 1].end if edit.new_start else 0
        high = found[edit.new_start].start if edit.new_start < len(found) else len(line.text)
    touching = [one for one in line.marks if one.start <= high and one.end >= low]
    covering = max(touching, key=lambda one: min(one.end, high) - max(one.start, low), default=None)
    return (covering.author, covering.date) if covering is not None else ("", "")


def _added(line: ReturnedLine, before: OriginalLine | None, following: OriginalLine | None) -> Iterator[Difference]:
    """A line that ours has not."""
    beside = before or following or OriginalLine("")
    ours = replace(beside, text="", origin=NOWHERE, whole=False)
    author, date = next(((one.author, one.date) for one in line.marks if one.end > one.start), ("", ""))
    yield Difference(ADDED, ours, "", line.text, author, date, line.text, None, "", before, following)
    yield from _remarks(ours, line)


def _removed(ours: OriginalLine, gone: Mapping[tuple[str, ...], ReturnedLine]) -> Difference:
    """A line that the other has not; its author is known where the change was tracked."""
    line = gone.get(keys(ours.text))
    mark = line.marks[0] if line is not None and line.marks else TrackedChange(0, 0)
    return Difference(REMOVED, ours, ours.text, "", mark.author, mark.date)


def _moved(found: Sequence[Difference]) -> Iterator[Difference]:
    """A line taken out here and put in there is one that moved."""
    removed = {keys(one.before): one for one in found if one.kind == REMOVED and len(keys(one.before)) > 2}
    added = {keys(one.after): one for one in found if one.kind == ADDED}
    for one in found:
        said = keys(one.after or one.before)
        if said in removed and said in added:
            if one.kind == ADDED:
                yield replace(one, kind=MOVED, ours=removed[said].ours, before=removed[said].before)
        else:
            yield one
