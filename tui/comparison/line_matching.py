"""Pairs the lines of our text with those of a returned text: by anchor, by equal words, then by likeness.

An anchor is the bookmark or HTML id that our exports put on a line. The position of a line alone never counts. The rows
of tables are paired as wholes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from tui.comparison.returned_lines import ANSWER, CHUNK, OriginalLine, ReturnedLine
from tui.fast_dataclass import dataclass
from tui.text.word_diff import word_keys

# Shares of common words, from 0 to 1.
ALIKE = 0.4  # two lines that share less are not versions of each other
_MOVED_ALIKE = 0.7  # a line that was moved and changed shares at least this much with the original
_JOINED_ALIKE = 0.75  # two lines and the one that they were joined to (or split from) share at least this much
_JOIN_GAIN = 0.08  # two lines together must share so much more with the one than either of them alone
_MANY_PAIRS = 4000  # for more pairs of units, comparing each with each would take seconds
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})?\.\s+")  # of a heading: « 3. », « 3.2. »
Line = OriginalLine | ReturnedLine


@dataclass(frozen=True, slots=True)
class Step:
    """Lines of ours that became lines of theirs, both as indexes.

    Without `theirs` they were removed, without `ours` added. Several on one side were split or joined, several on both
    are the cells of a row.
    """

    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    moved: bool = False


def line_key(text: str) -> tuple[str, ...]:
    """Return the words that lines are compared by: without capitals and without the number of a heading."""
    return tuple(word.casefold() for word in word_keys(_NUMBER.sub("", text, count=1)))


def align(ours: Sequence[OriginalLine], theirs: Sequence[ReturnedLine]) -> list[Step]:
    """Return the steps that make our lines into theirs, in their order; a removed line follows the one before it."""
    by_row = any(line.row for line in theirs)
    return _Alignment(_units(ours, by_row), _units(theirs, by_row)).steps()


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is paired: one line, or all cells of one row of a table."""

    places: tuple[int, ...]  # the indexes of its lines
    texts: tuple[str, ...]  # of its lines
    key: tuple[str, ...]  # its words, as by `line_key`, with "|" between cells
    anchors: frozenset[str]
    row: bool  # whether it is a row of a table
    outside: bool = False  # whether it is outside of the running text, so that it has no counterpart
    drawn: bool = False  # whether the program wrote all its words, such as a label


def _units(lines: Sequence[Line], by_row: bool) -> list[_Unit]:
    """Return the units of lines; `by_row` puts the cells of a row together, else each is a unit."""
    units: list[_Unit] = []
    at = 0
    while at < len(lines):
        end = at + 1
        while by_row and lines[at].row and end < len(lines) and lines[end].row == lines[at].row:
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
        units.append(
            _Unit(tuple(range(at, end)), texts, key, frozenset(anchors), by_row and bool(part[0].row), outside, drawn)
        )
        at = end
    return units


def _anchors(line: Line) -> tuple[str, ...]:
    """Return the anchors of a line of either text."""
    if isinstance(line, OriginalLine):
        return (line.anchor,) if line.anchor else ()
    return line.anchors


class _Alignment:
    """Pairs the units of two texts, which it names by their indexes: `at` in `_ours`, `other` in `_theirs`."""

    def __init__(self, ours: list[_Unit], theirs: list[_Unit]) -> None:
        self._ours, self._theirs = ours, theirs
        self._theirs_by_ours: dict[int, tuple[int, ...]] = {}  # the units of theirs that one of ours is paired with
        self._ours_by_theirs: dict[int, tuple[int, ...]] = {}  # the same pairs, the other way round
        self._moved: set[int] = set()  # units of theirs

    def steps(self) -> list[Step]:
        """Pair what is certain, then what is alike in the gaps between, then what moved; return the steps."""
        certain_pairs = self._by_anchor()
        certain_pairs |= self._by_words(certain_pairs)
        backbone = _longest_rising(sorted(certain_pairs.items()))  # the pairs that kept their order
        for at, other in backbone:
            self._pair((at,), (other,))
        self._split_by_anchor()
        for first, last in self._gaps():
            self._pair_alike(range(first[0], last[0]), range(first[1], last[1]))
        for first, last in self._gaps():
            self._pair_rewritten(range(first[0], last[0]), range(first[1], last[1]))
        for at, other in certain_pairs.items():
            if at not in self._theirs_by_ours and other not in self._ours_by_theirs:
                self._pair((at,), (other,))
                self._moved.add(other)
        self._pair_moved()
        return list(self._in_order())

    def _pair(self, ours: tuple[int, ...], theirs: tuple[int, ...]) -> None:
        """Note units of ours and of theirs as counterparts."""
        for at in ours:
            self._theirs_by_ours[at] = theirs
        for at in theirs:
            self._ours_by_theirs[at] = ours

    def _by_anchor(self) -> dict[int, int]:
        """Return by unit of ours the unit of theirs with its anchor; of several, the one with most, then the likest."""
        places = {name: at for at, unit in enumerate(self._ours) for name in unit.anchors}
        votes: dict[int, Counter[int]] = {}
        for at, unit in enumerate(self._theirs):
            for name in unit.anchors:
                if name in places:
                    votes.setdefault(places[name], Counter())[at] += 1
        theirs_by_ours: dict[int, int] = {}
        for at, counts in sorted(votes.items()):  # joined lines: the first here, others in _split_by_anchor
            best = max(counts, key=lambda other: (counts[other], self._alike(at, other), -other))
            if best not in theirs_by_ours.values() and self._ours[at].row == self._theirs[best].row:
                theirs_by_ours[at] = best
        return theirs_by_ours

    def _by_words(self, anchored_pairs: dict[int, int]) -> dict[int, int]:
        """Return by unit of ours the unit of theirs with the same words, where they occur once in either text."""
        mine = _unique(self._ours, set(anchored_pairs))
        yours = _unique(self._theirs, set(anchored_pairs.values()))
        return {at: yours[key] for key, at in mine.items() if key in yours}

    def _split_by_anchor(self) -> None:
        """Pair a split paragraph with its parts, which share its anchor, and joined ones with the line of both."""
        for at, theirs in list(self._theirs_by_ours.items()):
            unit = self._ours[at]
            if unit.row or not unit.anchors:
                continue
            if self._theirs[theirs[0]].key == unit.key:
                continue  # the first part has all its words: what follows was added
            first, last = theirs[0], theirs[-1]
            while self._has_anchor_of(first - 1, unit):
                first -= 1
            while self._has_anchor_of(last + 1, unit):
                last += 1
            if first < last:
                self._pair((at,), tuple(range(first, last + 1)))
        for other, ours in list(self._ours_by_theirs.items()):
            unit, end = self._theirs[other], ours[-1] + 1
            if len(ours) > 1 or unit.row or len(self._theirs_by_ours[ours[0]]) > 1:
                continue
            while end < len(self._ours) and end not in self._theirs_by_ours and unit.anchors & self._ours[end].anchors:
                ours = (*ours, end)
                end += 1
            if len(ours) > 1:
                self._pair(ours, (other,))

    def _has_anchor_of(self, other: int, unit: _Unit) -> bool:
        """Return whether a unit of theirs (which may not exist) has no counterpart and an anchor of a unit of ours."""
        is_free = 0 <= other < len(self._theirs) and other not in self._ours_by_theirs
        return is_free and bool(unit.anchors & self._theirs[other].anchors)

    def _gaps(self) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Return the gaps between the pairs: (first of ours, first of theirs) and (end of ours, end of theirs)."""
        pairs = sorted((at, theirs[0], theirs[-1]) for at, theirs in self._theirs_by_ours.items())
        gaps, before = [], (0, 0)
        for at, first, last in pairs:
            if first < before[1]:
                continue  # the second of two joined lines
            gaps.append((before, (at, first)))
            before = (at + 1, last + 1)
        return [*gaps, (before, (len(self._ours), len(self._theirs)))]

    def _pair_alike(self, ours: range, theirs: range) -> None:
        """Pair what is alike within a gap, without crossing."""
        mine = [at for at in ours if at not in self._theirs_by_ours]
        yours = [at for at in theirs if at not in self._ours_by_theirs and not self._theirs[at].outside]
        if not mine or not yours:
            return
        if len(mine) * len(yours) > _MANY_PAIRS:
            first, second = [self._ours[at].key for at in mine], [self._theirs[at].key for at in yours]
            for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
                for step in range(block.size):
                    self._pair((mine[block.a + step],), (yours[block.b + step],))
            return
        for some, others in self._likest(mine, yours):
            self._pair(some, others)

    def _pair_rewritten(self, ours: range, theirs: range) -> None:
        """Pair the two units of a gap that has one on each side: the line was rewritten."""
        mine = [at for at in ours if self._ours[at].key]
        yours = [at for at in theirs if self._theirs[at].key]
        if len(mine) == len(yours) == 1 and not self._theirs[yours[0]].outside and (
            self._ours[mine[0]].row == self._theirs[yours[0]].row
        ):  # fmt: skip
            self._pair((mine[0],), (yours[0],))

    def _likest(self, mine: list[int], yours: list[int]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Yield the pairs that share the most words in all; two lines may have become one, or one two.

        By dynamic programming: `best[at][other]` is the greatest sum of shares of `mine[at:]` and `yours[other:]`,
        `choice[at, other]` how many units of either the best first pair takes, 0 where a unit stays unpaired.
        """
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
        """Yield how many units of ours and of theirs may be a pair, 1 and 1, 1 and 2, or 2 and 1, and their share."""
        alone = self._alike(mine[0], yours[0])
        if alone > ALIKE:
            yield 1, 1, alone
        first, second = self._ours[mine[0]], self._theirs[yours[0]]
        if first.row or second.row or alone >= 1 or min(len(first.key), len(second.key)) < 2:
            return
        if len(yours) > 1 and yours[1] == yours[0] + 1 and not self._theirs[yours[1]].row:
            both = _shared_part(first.key, (*second.key, *self._theirs[yours[1]].key))
            if both > max(_JOINED_ALIKE, alone + _JOIN_GAIN, self._alike(mine[0], yours[1]) + _JOIN_GAIN):
                yield 1, 2, both
        if len(mine) > 1 and mine[1] == mine[0] + 1 and not self._ours[mine[1]].row:
            both = _shared_part((*first.key, *self._ours[mine[1]].key), second.key)
            if both > max(_JOINED_ALIKE, alone + _JOIN_GAIN, self._alike(mine[1], yours[0]) + _JOIN_GAIN):
                yield 2, 1, both

    def _alike(self, at: int, other: int) -> float:
        """Return how much two units share, from 0 to 1; 2 if they are equal (0.5 if both are empty).

        A line that is a hole, such as « [à préciser] », is a little more than ALIKE to any line: it may be filled in.
        """
        mine, yours = self._ours[at], self._theirs[other]
        if mine.row != yours.row:
            return 0.0
        if mine.key == yours.key:
            return 2.0 if mine.key else 0.5
        if mine.row and len(mine.texts) == len(yours.texts):
            shares = [_shared_part(line_key(a), line_key(b)) for a, b in zip(mine.texts, yours.texts, strict=True)]
            return (shares[0] + sum(shares)) / (len(shares) + 1)  # the first cell, which names the row, counts twice
        if mine.texts[0].startswith("[") and mine.texts[0].endswith("]"):
            return ALIKE + 0.01
        return _shared_part(mine.key, yours.key)

    def _pair_moved(self) -> None:
        """Pair what was removed in one place and added in another, unless another unit of ours is as much alike."""
        mine = [at for at, unit in enumerate(self._ours) if at not in self._theirs_by_ours and len(unit.key) > 2]
        yours = [
            at for at, unit in enumerate(self._theirs)
            if at not in self._ours_by_theirs and len(unit.key) > 2 and not unit.outside
        ]  # fmt: skip
        if len(mine) * len(yours) > _MANY_PAIRS:
            return
        for at in mine:
            scores = sorted((self._alike(at, other), other) for other in yours if other not in self._ours_by_theirs)
            if not scores or scores[-1][0] < (2 if self._ours[at].drawn else _MOVED_ALIKE):
                continue
            rivals = [number for number in mine if number != at and number not in self._theirs_by_ours]
            if any(self._alike(rival, scores[-1][1]) >= scores[-1][0] for rival in rivals):
                continue
            self._pair((at,), (scores[-1][1],))
            self._moved.add(scores[-1][1])

    def _in_order(self) -> Iterator[Step]:
        """Yield the steps in the order of theirs; a removed unit of ours follows the one that it stood behind."""
        yielded_removed: set[int] = set()

        def removed(start: int) -> Iterator[Step]:
            """Yield the units of ours without a counterpart from `start` on, up to the next that has one."""
            at = start
            while at < len(self._ours) and at not in self._theirs_by_ours:
                if at not in yielded_removed:
                    yielded_removed.add(at)
                    yield Step(self._ours[at].places, ())
                at += 1

        yield from removed(0)
        yielded: set[int] = set()  # units of theirs
        for other in range(len(self._theirs)):
            if other in yielded:
                continue
            ours = self._ours_by_theirs.get(other, ())
            theirs = self._theirs_by_ours[ours[0]] if ours else (other,)
            yielded.update(theirs)
            yield Step(
                tuple(place for at in ours for place in self._ours[at].places),
                tuple(place for at in theirs for place in self._theirs[at].places),
                moved=other in self._moved,
            )
            if ours and other not in self._moved:
                yield from removed(ours[-1] + 1)
        for at in range(len(self._ours)):
            if at not in self._theirs_by_ours and at not in yielded_removed:
                yielded_removed.add(at)
                yield Step(self._ours[at].places, ())


def _unique(units: Sequence[_Unit], without: set[int]) -> dict[tuple[str, ...], int]:
    """Return by key the index of each unit whose words occur once among all, without those of one word or none.

    `without` are indexes to leave out.
    """
    counts = Counter(unit.key for unit in units)
    return {
        unit.key: at
        for at, unit in enumerate(units)
        if at not in without and counts[unit.key] == 1 and len(unit.key) > 1 and not unit.outside
    }


def _longest_rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of the pairs, which are sorted by their first index, in which the second rises too.

    This is the longest increasing subsequence, by patience sorting.
    """
    tails: list[int] = []  # by length - 1: the smallest last value of a rising part so long
    ends: list[int] = []  # the same, as indexes of `pairs`
    before: list[int] = []  # by index of `pairs`: the pair before it in its rising part, -1 for none
    for at, (_mine, yours) in enumerate(pairs):
        length = bisect_left(tails, yours)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [yours]
        ends[length : length + 1] = [at]
    rising, at = [], ends[-1] if ends else -1
    while at >= 0:
        rising.append(pairs[at])
        at = before[at]
    return rising[::-1]


def _shared_part(sequence: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of common words of two lines, from 0 to 1, whatever their order."""
    first, second = Counter(sequence), Counter(other)
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 0.0
