"""Reads what a partner typed into a hole: words such as « [à préciser] » that our text prints for a missing answer.

They may be typed before, behind, between or instead of our words, with or without the brackets; all mean the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.fast_dataclass import dataclass
from tui.text.word_diff import Edit, Word, find_words, split_words, word_keys

_OPEN, _CLOSE = "[", "]"
_EMPTY_SIGNS = frozenset("[](){}\"'.,;:…_-*")  # a hole with nothing but these is still empty
_BETWEEN = " \u00a0\u202f\t:–—-=→"  # characters that people type between our words and theirs
_NO_SPACE_BEFORE = frozenset(".,)")


@dataclass(frozen=True, slots=True)
class FilledHole:
    """A returned line in the place of one of ours that has a hole."""

    text: str  # the line, without what is left of the hole
    edit: Edit | None = None  # what replaces the hole; None if nothing was typed, or if words around it changed too
    certain: bool = True  # False if brackets in it may be the partner's or ours


def fill_hole(ours: str, hole: str, theirs: str) -> FilledHole:
    """Return `theirs` read as our line in which the `hole`, given as printed (« [à préciser] »), was filled in."""
    mine, yours = word_keys(ours), word_keys(theirs)
    # `before` and `behind` are the numbers of words around the hole in our line.
    before = find_words(word_keys(hole), mine)
    behind = len(mine) - before - len(word_keys(hole))
    end = len(yours) - behind
    if before < 0 or end < before or mine[:before] != yours[:before] or mine[len(mine) - behind :] != yours[end:]:
        return FilledHole(theirs)
    found = split_words(theirs)
    start_at = found[before].start if before < end else len(theirs)
    end_at = found[end - 1].end if before < end else start_at
    typed = theirs[start_at:end_at]
    answer, certain = _read_answer(hole, typed)
    if not word_keys(answer):
        return FilledHole(ours)
    text = theirs[:start_at] + answer + theirs[end_at:]
    return FilledHole(text, Edit(before, len(mine) - behind, before, before + len(word_keys(answer))), certain)


def _read_answer(hole: str, text: str) -> tuple[str, bool]:
    """Return the answer in `text`, which stands where the hole was, "" for none, and whether it is certain."""
    found = split_words(text)
    marks = [word.key.casefold() for word in found]
    ours = [key.casefold() for key in word_keys(hole)]
    if set(marks) <= _EMPTY_SIGNS | set(ours) and _is_part(marks, ours):
        return "", True
    our_places = _our_words(marks, ours)
    rest, certain = _without(text, found, our_places).strip(_BETWEEN), True
    if not our_places:
        rest, certain = _without_brackets(text, found, marks)
    if not re.search(r"\w", rest):
        is_empty = set(word_keys(rest)) <= _EMPTY_SIGNS
        return ("", True) if is_empty else (text, False)
    return rest, certain


def _is_part(marks: list[str], ours: list[str]) -> bool:
    """Return whether the words, without `_EMPTY_SIGNS`, are some of ours in the same order."""
    our_rest = iter(ours)  # `in` goes on behind the word that it found last
    return all(mark in our_rest for mark in marks if mark not in _EMPTY_SIGNS)


def _our_words(marks: list[str], ours: list[str]) -> frozenset[int]:
    """Return the indexes in `marks` of our words and of our brackets around them; none if they are not certain.

    `marks` are the words that came back, `ours` those of the hole with its brackets.
    """
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
    # Words with others between them are ours only if both brackets are there; words in a row need one bracket.
    are_ours = len(brackets) == 2 or (at >= 0 and len(brackets) == 1)
    return frozenset((*places, *brackets)) if are_ours else frozenset()


def _in_order(marks: list[str], wanted: list[str]) -> Iterator[int]:
    """Yield the index of each wanted word behind the one before it, up to the first that is missing."""
    at = 0
    for word in wanted:
        if word not in marks[at:]:
            return
        at = marks.index(word, at)
        yield at
        at += 1


def _nearest(marks: list[str], bracket: str, other: str) -> int:
    """Return the index of the first `bracket`; -1 if there is none, or if the `other` bracket stands before it."""
    for at, mark in enumerate(marks):
        if mark in (bracket, other):
            return at if mark == bracket else -1
    return -1


def _without_brackets(text: str, found: tuple[Word, ...], marks: list[str]) -> tuple[str, bool]:
    """Return the text without the brackets that are ours, and whether that is certain.

    Ours are the pair around all of it, else each bracket without its other half. With any other pair it is uncertain:
    the partner may have typed it.
    """
    open_at: list[int] = []
    alone: list[int] = []  # brackets without their other half
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


def _without(text: str, found: tuple[Word, ...], removed: frozenset[int]) -> str:
    """Return the text without some of its words and signs, given by their indexes in `found`, spaces mended."""
    kept = [at for at in range(len(found)) if at not in removed]
    rest = ""
    for before, at in zip([-1, *kept], kept, strict=False):
        if before >= 0:
            rest += _gap(text, found, before, at)
        rest += text[found[at].start : found[at].end]
    return rest


def _gap(text: str, found: tuple[Word, ...], before: int, at: int) -> str:
    """Return the space to write between two kept words: as it was, or one, none or a line end for removed words."""
    first = text[found[before].end : found[before + 1].start]
    if at == before + 1:
        return first
    spaces = first + text[found[at - 1].end : found[at].start]
    glued = not spaces and not (found[before].key.isalnum() and found[at].key.isalnum())
    return "" if glued or found[at].key in _NO_SPACE_BEFORE else "\n" if "\n" in spaces else " "
