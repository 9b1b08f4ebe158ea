"""What somebody typed where our text says « [à préciser] », without the brackets and the words that are ours.

Typed before, behind, between or in the place of our words: all of them mean the same to whoever typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.fast_dataclass import dataclass
from tui.text.word_diff import Edit, Word, keys, within, words

_OPEN, _CLOSE = "[", "]"
_SILENT = frozenset("[](){}\"'.,;:…_-*")  # signs that say nothing where they stand alone, as words are compared
_BETWEEN = " \u00a0\u202f\t:–—-=→"  # what people put between our words and theirs
_CLOSELY = frozenset(".,)")  # no space stands before these


@dataclass(frozen=True, slots=True)
class FilledHole:
    """A line of theirs in the place of one of ours with a hole.

    `text` is the line as it is to be read, `edit` the words that take the place of the hole (None where nothing was
    typed, or where the words around the hole changed too). It is not `certain` where brackets may be of either.
    """

    text: str
    edit: Edit | None = None
    certain: bool = True


def fill_hole(ours: str, hole: str, theirs: str) -> FilledHole:
    """Read `theirs` as our line with its `hole`, as it is printed (« [à préciser] »), filled in."""
    mine, yours = keys(ours), keys(theirs)
    # How many words of our line stand before the hole, and behind it.
    before = within(keys(hole), mine)
    behind = len(mine) - before - len(keys(hole))
    end = len(yours) - behind
    if before < 0 or end < before or mine[:before] != yours[:before] or mine[len(mine) - behind :] != yours[end:]:
        return FilledHole(theirs)
    found = words(theirs)
    start_at = found[before].start if before < end else len(theirs)
    end_at = found[end - 1].end if before < end else start_at
    typed = theirs[start_at:end_at]
    said, certain = _typed(hole, typed)
    if not keys(said):
        return FilledHole(ours)
    text = theirs[:start_at] + said + theirs[end_at:]
    return FilledHole(text, Edit(before, len(mine) - behind, before, before + len(keys(said))), certain)


def _typed(hole: str, text: str) -> tuple[str, bool]:
    """Return what was typed in the place of a hole, "" for nothing, and whether that is certain."""
    found = words(text)
    marks = [word.key.casefold() for word in found]
    ours = [key.casefold() for key in keys(hole)]
    if set(marks) <= _SILENT | set(ours) and _is_part(marks, ours):
        return "", True
    taken = _our_words(marks, ours)
    rest, certain = _without(text, found, taken).strip(_BETWEEN), True
    if not taken:
        rest, certain = _without_brackets(text, found, marks)
    if not re.search(r"\w", rest):
        silent = set(keys(rest)) <= _SILENT
        return ("", True) if silent else (text, False)
    return rest, certain


def _is_part(marks: list[str], ours: list[str]) -> bool:
    """Return whether the words are some of ours, in their order; signs that say nothing aside."""
    left = iter(ours)
    return all(mark in left for mark in marks if mark not in _SILENT)


def _our_words(marks: list[str], ours: list[str]) -> frozenset[int]:
    """The places of our words with their brackets; none where the brackets went, or other words are in their place."""
    inner = ours[1:-1]
    at = next((at for at in range(len(marks)) if marks[at : at + len(inner)] == inner), -1)
    if at >= 0:
        places = [*range(at, at + len(inner))]
    else:  # words were typed between ours
        places = list(_in_order(marks, inner))
        if len(places) < len(inner):
            return frozenset()
    opening = _nearest(marks[: places[0]][::-1], _OPEN, _CLOSE)
    closing = _nearest(marks[places[-1] + 1 :], _CLOSE, _OPEN)
    brackets = [places[0] - 1 - opening] if opening >= 0 else []
    brackets += [places[-1] + 1 + closing] if closing >= 0 else []
    # Words that stand apart are ours only between both brackets; those that stand together, beside one of them too.
    are_ours = len(brackets) == 2 or (at >= 0 and len(brackets) == 1)
    return frozenset((*places, *brackets)) if are_ours else frozenset()


def _in_order(marks: list[str], wanted: list[str]) -> Iterator[int]:
    at = 0
    for word in wanted:
        if word not in marks[at:]:
            return
        at = marks.index(word, at)
        yield at
        at += 1


def _nearest(marks: list[str], bracket: str, other: str) -> int:
    """Return how far the next bracket is; -1 where there is none, or where one of another pair stands before it."""
    for at, mark in enumerate(marks):
        if mark in (bracket, other):
            return at if mark == bracket else -1
    return -1


def _without_brackets(text: str, found: tuple[Word, ...], marks: list[str]) -> tuple[str, bool]:
    """The text without the pair around all of it, or a bracket without its other; another pair may be of either."""
    open_at: list[int] = []
    alone: list[int] = []
    pairs: list[tuple[int, int]] = []
    for at, mark in enumerate(marks):
        if mark == _OPEN:
            open_at.append(at)
        elif mark == _CLOSE and open_at:
            pairs.append((open_at.pop(), at))
        elif mark == _CLOSE:
            alone.append(at)
    alone += open_at
    if (0, len(marks) - 1) in pairs:
        return _without(text, found, frozenset((0, len(marks) - 1))), True
    if alone:
        return _without(text, found, frozenset(alone)), True
    return text, not pairs


def _without(text: str, found: tuple[Word, ...], taken: frozenset[int]) -> str:
    """Return the text without some of its words and signs; where they stood between two, a space is left or nothing."""
    kept = [at for at in range(len(found)) if at not in taken]
    said = ""
    for before, at in zip([-1, *kept], kept, strict=False):
        if before >= 0:
            said += _gap(text, found, before, at)
        said += text[found[at].start : found[at].end]
    return said


def _gap(text: str, found: tuple[Word, ...], before: int, at: int) -> str:
    """Return what stands between two words that are kept."""
    first = text[found[before].end : found[before + 1].start]
    if at == before + 1:
        return first
    spaces = first + text[found[at - 1].end : found[at].start]
    glued = not spaces and not (found[before].key.isalnum() and found[at].key.isalnum())
    return "" if glued or found[at].key in _CLOSELY else "\n" if "\n" in spaces else " "
