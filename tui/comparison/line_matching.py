"""Our lines and those that came back, each with its counterpart: by anchor, then by likeness in the order of both.

Never by position. Rows of tables are matched whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from tui.comparison.returned_lines import ANSWER, CHUNK, OriginalLine, ReturnedLine
from tui.fast_dataclass import dataclass
from tui.text.word_diff import keys

ALIKE = 0.4  # lines that share less are no versions of each other
_MOVED_ALIKE = 0.7  # a line that moved and was changed shares at least this much with itself
_JOINED_ALIKE = 0.75  # two lines together must share this much with one to be it, split or joined
_JOIN_GAIN = 0.08  # how much more two lines together must share with one than either alone does
_MANY = 4000  # pairs of units beyond which the likest are no longer looked for: it would take seconds
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})?\.\s+")
Line = OriginalLine | ReturnedLine


@dataclass(frozen=True, slots=True)
class Step:
    """Lines of ours that became lines of theirs, both by their places.

    No `theirs`: taken out; no `ours`: put in. Several of one side: split or joined; several of both: a row of a table.
    """

    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    moved: bool = False


def line_key(text: str) -> tuple[str, ...]:
    """Return what a line is found by, whatever its capitals; the number of a heading says nothing."""
    return tuple(word.casefold() for word in keys(_NUMBER.sub("", text, count=1)))


def align(ours: Sequence[OriginalLine], theirs: Sequence[ReturnedLine]) -> list[Step]:
    """The steps that make our lines into theirs, in their reading order; a line taken out stands where it was."""
    rows = any(line.row for line in theirs)
    return _Alignment(_units(ours, rows), _units(theirs, rows)).steps()


@dataclass(frozen=True, slots=True)
class _Unit:
    """One line, or the cells of one row of a table."""

    places: tuple[int, ...]
    texts: tuple[str, ...]
    key: tuple[str, ...]
    anchors: frozenset[str]
    row: bool
    outside: bool = False  # not of the running text: it has no counterpart
    drawn: bool = False  # its words come from no answer, such as a label that the document prints by itself


def _units(lines: Sequence[Line], rows: bool) -> list[_Unit]:
    found: list[_Unit] = []
    at = 0
    while at < len(lines):
        end = at + 1
        while rows and lines[at].row and end < len(lines) and lines[end].row == lines[at].row:
            end += 1
        part = lines[at:end]
        anchors = {name for line in part for name in _anchors(line)}
        texts = tuple(line.text for line in part)
        key = (
            tuple(word for text in texts for word in (*line_key(text), "|"))[:-1]
            if len(part) > 1
            else line_key(texts[0])
        )
        outside = any(isinstance(line, ReturnedLine) and line.place in (ANSWER, CHUNK) for line in part)
        drawn = all(isinstance(line, OriginalLine) and not line.origin.entry for line in part)
        found.append(
            _Unit(tuple(range(at, end)), texts, key, frozenset(anchors), rows and bool(part[0].row), outside, drawn)
        )
        at = end
    return found


def _anchors(line: Line) -> tuple[str, ...]:
    if isinstance(line, OriginalLine):
        return (line.anchor,) if line.anchor else ()
    return line.anchors


class _Alignment:
    """Pairs units of both sides; `pairs` holds for each place of theirs the places of ours, and the other way round."""

    def __init__(self, ours: list[_Unit], theirs: list[_Unit]) -> None:
        self._ours, self._theirs = ours, theirs
        self._of_theirs: dict[int, tuple[int, ...]] = {}
        self._of_ours: dict[int, tuple[int, ...]] = {}
        self._moved: set[int] = set()  # places of theirs

    def steps(self) -> list[Step]:
        """Pair what is known, then what is alike between it, then what moved."""
        known = self._by_anchor()
        known |= self._by_words(known)
        backbone = _longest_rising(sorted(known.items()))
        for at, other in backbone:
            self._pair((at,), (other,))
        self._split_by_anchor()
        for first, last in self._gaps():
            self._fill(range(first[0], last[0]), range(first[1], last[1]))
        for first, last in self._gaps():
            self._replace(range(first[0], last[0]), range(first[1], last[1]))
        for at, other in known.items():
            if at not in self._of_ours and other not in self._of_theirs:
                self._pair((at,), (other,))
                self._moved.add(other)
        self._find_moved()
        return list(self._in_order())

    def _pair(self, ours: tuple[int, ...], theirs: tuple[int, ...]) -> None:
        for at in ours:
            self._of_ours[at] = theirs
        for at in theirs:
            self._of_theirs[at] = ours

    def _by_anchor(self) -> dict[int, int]:
        """Return by place of ours the place of theirs with its anchor; of several, the most alike."""
        places = {name: at for at, unit in enumerate(self._ours) for name in unit.anchors}
        votes: dict[int, Counter[int]] = {}
        for at, unit in enumerate(self._theirs):
            for name in unit.anchors:
                if name in places:
                    votes.setdefault(places[name], Counter())[at] += 1
        found: dict[int, int] = {}
        for at, counts in sorted(votes.items()):  # of joined lines the first is paired, the others join it
            best = max(counts, key=lambda other: (counts[other], self._alike(at, other), -other))
            if best not in found.values() and self._ours[at].row == self._theirs[best].row:
                found[at] = best
        return found

    def _by_words(self, known: dict[int, int]) -> dict[int, int]:
        """Return by place of ours the place of theirs, for units whose words stand once on either side."""
        taken = set(known.values())
        mine = _unique(self._ours, set(known))
        yours = _unique(self._theirs, taken)
        return {at: yours[key] for key, at in mine.items() if key in yours}

    def _split_by_anchor(self) -> None:
        """Pair paragraphs that were split, whose halves bear one anchor, and those joined to one, which bears two."""
        for at, theirs in list(self._of_ours.items()):
            unit = self._ours[at]
            if unit.row or not unit.anchors:
                continue
            if self._theirs[theirs[0]].key == unit.key:
                continue  # it holds all of it: what stands beside was put in
            first, last = theirs[0], theirs[-1]
            while self._bears(first - 1, unit):
                first -= 1
            while self._bears(last + 1, unit):
                last += 1
            if first < last:
                self._pair((at,), tuple(range(first, last + 1)))
        for other, ours in list(self._of_theirs.items()):
            unit, end = self._theirs[other], ours[-1] + 1
            if len(ours) > 1 or unit.row or len(self._of_ours[ours[0]]) > 1:
                continue
            while end < len(self._ours) and end not in self._of_ours and unit.anchors & self._ours[end].anchors:
                ours = (*ours, end)
                end += 1
            if len(ours) > 1:
                self._pair(ours, (other,))

    def _bears(self, other: int, unit: _Unit) -> bool:
        """Return whether a line of theirs that has no counterpart bears an anchor of a unit of ours."""
        there = 0 <= other < len(self._theirs) and other not in self._of_theirs
        return there and bool(unit.anchors & self._theirs[other].anchors)

    def _gaps(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Return the gaps between what is paired in order, each as its ends: (place of ours, place of theirs) twice."""
        pairs = sorted((at, theirs[0], theirs[-1]) for at, theirs in self._of_ours.items())
        found, before = [], (0, 0)
        for at, first, last in pairs:
            if first < before[1]:
                continue  # the second of two joined lines
            found.append((before, (at, first)))
            before = (at + 1, last + 1)
        return [*found, (before, (len(self._ours), len(self._theirs)))]

    def _fill(self, ours: range, theirs: range) -> None:
        """Pair what is alike within a gap, in order."""
        mine = [at for at in ours if at not in self._of_ours]
        yours = [at for at in theirs if at not in self._of_theirs and not self._theirs[at].outside]
        if not mine or not yours:
            return
        if len(mine) * len(yours) > _MANY:
            first, second = [self._ours[at].key for at in mine], [self._theirs[at].key for at in yours]
            for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
                for step in range(block.size):
                    self._pair((mine[block.a + step],), (yours[block.b + step],))
            return
        for some, others in self._likest(mine, yours):
            self._pair(some, others)

    def _replace(self, ours: range, theirs: range) -> None:
        """Pair the two lines of a gap that has one on each side: it was written anew."""
        mine = [at for at in ours if self._ours[at].key]
        yours = [at for at in theirs if self._theirs[at].key]
        if len(mine) == len(yours) == 1 and not self._theirs[yours[0]].outside and (
            self._ours[mine[0]].row == self._theirs[yours[0]].row
        ):  # fmt: skip
            self._pair((mine[0],), (yours[0],))

    def _likest(self, mine: list[int], yours: list[int]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Yield the pairs that share the most words in all; two lines may have become one, or one two."""
        n, m = len(mine), len(yours)
        best = [[0.0] * (m + 2) for _row in range(n + 2)]
        choice: dict[tuple[int, int], tuple[int, int]] = {}
        for at in range(n - 1, -1, -1):
            for other in range(m - 1, -1, -1):
                options = [
                    (score + best[at + from_ours][other + from_theirs], (from_ours, from_theirs))
                    for from_ours, from_theirs, score in self._scores(mine[at : at + 2], yours[other : other + 2])
                ]
                options += [(best[at + 1][other], (1, 0)), (best[at][other + 1], (0, 1))]
                best[at][other], choice[at, other] = max(options, key=lambda option: option[0])
        at = other = 0
        while at < n and other < m:
            from_ours, from_theirs = choice[at, other]
            if from_ours and from_theirs:
                yield tuple(mine[at : at + from_ours]), tuple(yours[other : other + from_theirs])
            at, other = at + from_ours, other + from_theirs

    def _scores(self, mine: list[int], yours: list[int]) -> Iterator[tuple[int, int, float]]:
        """Yield how many units of ours and of theirs may be one, (1, 1), (1, 2) or (2, 1), and how much they share."""
        alone = self._alike(mine[0], yours[0])
        if alone > ALIKE:
            yield 1, 1, alone
        first, second = self._ours[mine[0]], self._theirs[yours[0]]
        if first.row or second.row or alone >= 1 or min(len(first.key), len(second.key)) < 2:
            return
        if len(yours) > 1 and yours[1] == yours[0] + 1 and not self._theirs[yours[1]].row:
            both = _share(first.key, (*second.key, *self._theirs[yours[1]].key))
            if both > max(_JOINED_ALIKE, alone + _JOIN_GAIN, self._alike(mine[0], yours[1]) + _JOIN_GAIN):
                yield 1, 2, both
        if len(mine) > 1 and mine[1] == mine[0] + 1 and not self._ours[mine[1]].row:
            both = _share((*first.key, *self._ours[mine[1]].key), second.key)
            if both > max(_JOINED_ALIKE, alone + _JOIN_GAIN, self._alike(mine[1], yours[0]) + _JOIN_GAIN):
                yield 2, 1, both

    def _alike(self, at: int, other: int) -> float:
        """Return how much two units share, 0 to 1; 2 for equal ones. A hole may have become anything."""
        mine, yours = self._ours[at], self._theirs[other]
        if mine.row != yours.row:
            return 0.0
        if mine.key == yours.key:
            return 2.0 if mine.key else 0.5
        if mine.row and len(mine.texts) == len(yours.texts):
            shares = [_share(line_key(a), line_key(b)) for a, b in zip(mine.texts, yours.texts, strict=True)]
            return (shares[0] + sum(shares)) / (len(shares) + 1)
        if mine.texts[0].startswith("[") and mine.texts[0].endswith("]"):
            return ALIKE + 0.01
        return _share(mine.key, yours.key)

    def _find_moved(self) -> None:
        """Pair what was taken out in one place and put in at another, where no two are so alike."""
        mine = [at for at, unit in enumerate(self._ours) if at not in self._of_ours and len(unit.key) > 2]
        yours = [
            at for at, unit in enumerate(self._theirs)
            if at not in self._of_theirs and len(unit.key) > 2 and not unit.outside
        ]  # fmt: skip
        if len(mine) * len(yours) > _MANY:
            return
        for at in mine:
            scores = sorted((self._alike(at, other), other) for other in yours if other not in self._of_theirs)
            if not scores or scores[-1][0] < (2 if self._ours[at].drawn else _MOVED_ALIKE):
                continue
            rivals = [number for number in mine if number != at and number not in self._of_ours]
            if any(self._alike(rival, scores[-1][1]) >= scores[-1][0] for rival in rivals):
                continue
            self._pair((at,), (scores[-1][1],))
            self._moved.add(scores[-1][1])

    def _in_order(self) -> Iterator[Step]:
        """Yield the steps in their reading order, each line of ours that was taken out behind the one it followed."""
        told: set[int] = set()

        def removed(start: int) -> Iterator[Step]:
            at = start
            while at < len(self._ours) and at not in self._of_ours:
                if at not in told:
                    told.add(at)
                    yield Step(self._ours[at].places, ())
                at += 1

        yield from removed(0)
        done: set[int] = set()
        for other in range(len(self._theirs)):
            if other in done:
                continue
            ours = self._of_theirs.get(other, ())
            theirs = self._of_ours[ours[0]] if ours else (other,)
            done.update(theirs)
            yield Step(
                tuple(place for at in ours for place in self._ours[at].places),
                tuple(place for at in theirs for place in self._theirs[at].places),
                moved=other in self._moved,
            )
            if ours and other not in self._moved:
                yield from removed(ours[-1] + 1)
        for at in range(len(self._ours)):
            if at not in self._of_ours and at not in told:
                told.add(at)
                yield Step(self._ours[at].places, ())


def _unique(units: Sequence[_Unit], without: set[int]) -> dict[tuple[str, ...], int]:
    """The places of the units whose words stand once among all; those of one word or none are left to likeness."""
    counts = Counter(unit.key for unit in units)
    return {
        unit.key: at
        for at, unit in enumerate(units)
        if at not in without and counts[unit.key] == 1 and len(unit.key) > 1 and not unit.outside
    }


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs in which both places rise."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_mine, yours) in enumerate(pairs):
        length = bisect_left(tails, yours)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [yours]
        ends[length : length + 1] = [at]
    found, at = [], ends[-1] if ends else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _share(sequence: Sequence[str], other: Sequence[str]) -> float:
    """How many words two lines share, from 0 to 1, their order set aside; a line that holds the other shares much."""
    first, second = Counter(sequence), Counter(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0
