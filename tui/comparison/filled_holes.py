"""Reads what a partner typed into a hole: words such as « [à préciser] » that our text prints for a missing answer.

They may be typed before, behind, between or instead of our words, with or without the brackets; all mean the same. The
keys of a text are its words and signs, as they are compared.
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
    our_keys, their_keys = word_keys(ours), word_keys(theirs)
    # The hole is the words `start` to `our_end` of our line, what was typed there the words `start` to `end` of theirs.
    start = find_words(word_keys(hole), our_keys)
    our_end = start + len(word_keys(hole))
    end = len(their_keys) - (len(our_keys) - our_end)
    if start < 0 or end < start:
        return FilledHole(theirs)
    if our_keys[:start] != their_keys[:start] or our_keys[our_end:] != their_keys[end:]:
        return FilledHole(theirs)  # words around the hole changed too
    words = split_words(theirs)
    typed_start = words[start].start if start < end else len(theirs)
    typed_end = words[end - 1].end if start < end else typed_start
    answer, certain = _read_answer(hole, theirs[typed_start:typed_end])
    if not word_keys(answer):
        return FilledHole(ours)
    text = theirs[:typed_start] + answer + theirs[typed_end:]
    return FilledHole(text, Edit(start, our_end, start, start + len(word_keys(answer))), certain)


def _read_answer(hole: str, text: str) -> tuple[str, bool]:
    """Return the answer in `text`, which stands where the hole was, "" for none, and whether it is certain."""
    words = split_words(text)
    keys = [word.key.casefold() for word in words]
    our_keys = [key.casefold() for key in word_keys(hole)]
    if set(keys) <= _EMPTY_SIGNS | set(our_keys) and _are_some_of_ours(keys, our_keys):
        return "", True
    our_indexes = _indexes_of_ours(keys, our_keys)
    if our_indexes:
        rest, is_certain = _without(text, words, our_indexes).strip(_BETWEEN), True
    else:
        rest, is_certain = _without_brackets(text, words, keys)
    if not re.search(r"\w", rest):
        is_empty = set(word_keys(rest)) <= _EMPTY_SIGNS
        return ("", True) if is_empty else (text, False)
    return rest, is_certain


def _are_some_of_ours(keys: list[str], ours: list[str]) -> bool:
    """Return whether the words, without `_EMPTY_SIGNS`, are some of ours in the same order."""
    our_rest = iter(ours)  # `in` goes on behind the word that it found last
    return all(key in our_rest for key in keys if key not in _EMPTY_SIGNS)


def _indexes_of_ours(keys: list[str], ours: list[str]) -> frozenset[int]:
    """Return the indexes in `keys` of our words and of our brackets around them; none if they are not certain.

    `keys` are the words that came back, `ours` those of the hole with its brackets.
    """
    inner = ours[1:-1]
    starts = range(len(keys))
    start = next((start for start in starts if keys[start : start + len(inner)] == inner), -1)
    if start >= 0:
        places = [*range(start, start + len(inner))]
    else:  # words were typed between ours
        places = list(_in_order(keys, inner))
        if len(places) < len(inner):
            return frozenset()
    opening = _nearest(keys[: places[0]][::-1], _OPEN, _CLOSE)
    closing = _nearest(keys[places[-1] + 1 :], _CLOSE, _OPEN)
    brackets = [places[0] - 1 - opening] if opening >= 0 else []
    brackets += [places[-1] + 1 + closing] if closing >= 0 else []
    # Words with others between them are ours only if both brackets are there; words in a row need one bracket.
    are_ours = len(brackets) == 2 or (start >= 0 and len(brackets) == 1)
    return frozenset((*places, *brackets)) if are_ours else frozenset()


def _in_order(keys: list[str], wanted: list[str]) -> Iterator[int]:
    """Yield the index of each wanted word behind the one before it, up to the first that is missing."""
    start = 0
    for word in wanted:
        if word not in keys[start:]:
            return
        index = keys.index(word, start)
        yield index
        start = index + 1


def _nearest(keys: list[str], bracket: str, other: str) -> int:
    """Return the index of the first `bracket`; -1 if there is none, or if the `other` bracket stands before it."""
    for index, key in enumerate(keys):
        if key in (bracket, other):
            return index if key == bracket else -1
    return -1


def _without_brackets(text: str, words: tuple[Word, ...], keys: list[str]) -> tuple[str, bool]:
    """Return the text without the brackets that are ours, and whether that is certain.

    Ours are the pair around all of it, else each bracket without its other half. With any other pair it is uncertain:
    the partner may have typed it.
    """
    # All are indexes of `keys`.
    still_open: list[int] = []
    alone: list[int] = []  # brackets without their other half
    pairs: list[tuple[int, int]] = []  # (opening bracket, closing bracket)
    for index, key in enumerate(keys):
        if key == _OPEN:
            still_open.append(index)
        elif key == _CLOSE and still_open:
            pairs.append((still_open.pop(), index))
        elif key == _CLOSE:
            alone.append(index)
    alone += still_open
    if (0, len(keys) - 1) in pairs:
        return _without(text, words, frozenset((0, len(keys) - 1))), True
    if alone:
        return _without(text, words, frozenset(alone)), True
    return text, not pairs


def _without(text: str, words: tuple[Word, ...], removed: frozenset[int]) -> str:
    """Return the text without some of its words and signs, given by their indexes in `words`, spaces mended."""
    kept_indexes = [index for index in range(len(words)) if index not in removed]
    rest = ""
    for before, index in zip([-1, *kept_indexes], kept_indexes, strict=False):
        if before >= 0:
            rest += _gap(text, words, before, index)
        rest += text[words[index].start : words[index].end]
    return rest


def _gap(text: str, words: tuple[Word, ...], before: int, behind: int) -> str:
    """Return the space to write between the words `before` and `behind` (indexes), which stay.

    As it was where they are neighbours; for the words removed between them one space, none or a line end.
    """
    first_space = text[words[before].end : words[before + 1].start]
    if behind == before + 1:
        return first_space
    spaces = first_space + text[words[behind - 1].end : words[behind].start]
    are_glued = not spaces and not (words[before].key.isalnum() and words[behind].key.isalnum())
    if are_glued or words[behind].key in _NO_SPACE_BEFORE:
        return ""
    return "\n" if "\n" in spaces else " "
