"""The words of a text, what changed between two texts, and a change carried over to the text it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from tui.text.result_cache import CachedByText

_WORD_OR_SPACE = re.compile(r"\w+|\s+|[^\w\s]")
_MOST = 20_000  # words, spaces and signs of both; beyond, they are only set one after the other: it would take seconds

Kind = Literal["same", "removed", "added"]


class DiffPiece(NamedTuple):
    """A run of text that is in both, or only in the first ("removed") or the second ("added")."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> list[DiffPiece]:
    """The pieces that make `before` into `after`, in reading order; what was removed comes before what was added.

    All but the added ones together are `before`, all but the removed ones `after`.
    """
    old, new = _WORD_OR_SPACE.findall(before), _WORD_OR_SPACE.findall(after)
    if len(old) + len(new) > _MOST:
        return [item for item in (DiffPiece("removed", before), DiffPiece("added", after)) if item.text]
    return list(_joined(_diff_pieces(old, new)))


def _diff_pieces(old: list[str], new: list[str]) -> Iterator[DiffPiece]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield DiffPiece("same", "".join(old[a:b]))
        else:
            yield DiffPiece("removed", "".join(old[a:b]))
            yield DiffPiece("added", "".join(new[c:d]))


def _joined(pieces: Iterator[DiffPiece]) -> Iterator[DiffPiece]:
    """Yield the pieces; a blank alone between two changes is part of both, so that changed words read as phrases."""
    removed = added = ""
    found = list(pieces)
    for at, (kind, text) in enumerate(found):
        if kind == "removed":
            removed += text
        elif kind == "added":
            added += text
        elif text.isspace() and "\n" not in text and removed + added and at + 1 < len(found):
            removed, added = removed + text, added + text
        else:
            yield from _change(removed, added)
            removed = added = ""
            yield DiffPiece("same", text)
    yield from _change(removed, added)


def _change(removed: str, added: str) -> Iterator[DiffPiece]:
    """Yield one change; blanks at the end that both sides share are no part of it."""
    end = 0
    while end < min(len(removed), len(added)) and removed[-1 - end] == added[-1 - end] and removed[-1 - end].isspace():
        end += 1
    tail = removed[len(removed) - end :]
    if removed[: len(removed) - end]:
        yield DiffPiece("removed", removed[: len(removed) - end])
    if added[: len(added) - end]:
        yield DiffPiece("added", added[: len(added) - end])
    if tail:
        yield DiffPiece("same", tail)


# Accents that stand apart, soft hyphens and joiners belong to the word they are in.
_WORD = re.compile("(?:\\w[\u0300-\u036f\u00ad\u200b-\u200d\u2060]*)+|\\.\\.\\.|[^\\w\\s]")
# What Word, LibreOffice and our own typography write in another way without saying anything else.
_ONE_SIGN = {"...": "…"}
_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-",
     "‐": "-", "−": "-", "\u00ad": None, "\u200b": None, "\u2060": None, "\ufeff": None}
)  # fmt: skip
_KEYBOARD = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "‑": "-"})
_SPACES_IN_A_ROW = re.compile("[ \u00a0\u202f]{2,}")
_MARKS = frozenset("*_~`\\")  # what light Markdown adds around words


class Word(NamedTuple):
    """One word or sign: what it is compared by, and where it stands in its text."""

    key: str
    start: int
    end: int


class Edit(NamedTuple):
    """The words `start` to `end` (not included) of a text, and those of the other text that stand in their place."""

    start: int
    end: int
    new_start: int
    new_end: int


@CachedByText
def words(text: str) -> tuple[Word, ...]:
    """Return the words and signs of a text, the spaces left out."""
    found = []
    for match in _WORD.finditer(text):
        key = _ONE_SIGN.get(match[0]) or unicodedata.normalize("NFC", match[0]).translate(_SIGNS)
        if key:
            found.append(Word(key, match.start(), match.end()))
    return tuple(found)


@CachedByText
def keys(text: str) -> tuple[str, ...]:
    """What a text is compared by: equal for two texts that differ in spaces, quotes, apostrophes or dashes alone."""
    return tuple(word.key for word in words(text))


def likeness(text: str, other: str) -> float:
    """Return how much two texts share, from 0 to 1; 0 where either has no word."""
    first, second = keys(text), keys(other)
    if not first or not second:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def edits(before: str, after: str) -> list[Edit]:
    """Return the changes that make `before` into `after`, in reading order.

    Two with a single sign between them in `before` are one.
    """
    old, new = keys(before), keys(after)
    found: list[Edit] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        last = found[-1] if found else None
        if last is not None and a - last.end == 1 and not old[last.end].isalnum():
            found[-1] = Edit(last.start, b, last.new_start, d)
        else:
            found.append(Edit(a, b, c, d))
    return found


def slice_of(text: str, start: int, end: int) -> str:
    """Return the words `start` to `end` (not included) of a text, as they are written."""
    found = words(text)
    return text[found[start].start : found[end - 1].end] if start < end else ""


def with_edit(before: str, after: str, edit: Edit) -> str:
    """`before` with this one change made."""
    return _put(before, edit.start, edit.end, before, after, edit)


def carried(source: str, before: str, after: str, edit: Edit) -> str | None:
    """`source` with the change made that `edit` makes in `before`, which holds `source`, or is `source` as printed.

    None where `source` lacks a word that was changed, or, for an addition, both of its neighbours: nothing is guessed.
    """
    here = words(source)
    places = _places(keys(before), tuple(word.key for word in here))
    if edit.start == edit.end:
        left, right = places.get(edit.start - 1), places.get(edit.start)
        if left is not None:
            return _put(source, left + 1, left + 1, before, after, edit)
        return None if right is None else _put(source, right, right, before, after, edit, stick=False)
    inside = [places[at] for at in range(edit.start, edit.end) if at in places]
    if len(inside) < edit.end - edit.start:
        return None
    between = [at for at in range(inside[0], inside[-1] + 1) if at not in inside]
    turns = sum(at - 1 not in between for at in between)  # how many times bold or emphasis begins or ends there
    if turns % 2 or any(here[at].key not in _MARKS for at in between):
        return None  # it would cut them in two, or other words came between since
    made = _put(source, inside[0], inside[-1] + 1, before, after, edit)
    return made if "****" in source else made.replace("****", "")  # nothing is left in bold there


def _places(before: Sequence[str], source: Sequence[str]) -> dict[int, int]:
    """Return where each word of a text stands in its source."""
    found: dict[int, int] = {}
    for block in SequenceMatcher(None, before, source, autojunk=False).get_matching_blocks():
        for at in range(block.size):
            found[block.a + at] = block.b + at
    return found


def _put(text: str, start: int, end: int, before: str, after: str, edit: Edit, *, stick: bool = True) -> str:
    """`text` with its words `start` to `end` replaced by the new ones of `after`, and the spaces that changed with it.

    A line break of `text` stays where it is; what is added there goes to the end of the line above when it is to
    `stick`, else to the beginning of the one below.
    """
    here, old, new = words(text), words(before), words(after)
    left = here[start - 1].end if start else 0
    right = here[end].start if end < len(here) else len(text)
    first, last = (here[start].start, here[end - 1].end) if start < end else (right, left)
    ahead, behind = text[left:first], text[last:right]
    middle = after[new[edit.new_start].start : new[edit.new_end - 1].end] if edit.new_start < edit.new_end else ""
    lead, tail = _gap(after, new, edit.new_start), _gap(after, new, edit.new_end)
    apart = bool(start and edit.new_start) and not _same_word_before(here, start, new, edit.new_start)
    between = start < end or 0 < start < len(here)  # else what is put in stands at an end, where no space is yet
    if apart or (between and lead == _gap(before, old, edit.start)):
        lead = ahead
    apart = end < len(here) and not _same_word_before(here, end + 1, new, edit.new_end + 1)
    if apart or (between and tail == _gap(before, old, edit.end)):
        tail = behind
    if not middle:
        lead, tail = _joint(ahead, behind, lead, at_start=not start, at_end=end == len(here)), ""
    elif start < end:
        lead = ahead if lead is None or not start or "\n" in ahead else lead
        tail = behind if tail is None or end == len(here) or "\n" in behind else tail
    else:
        broken = "\n" in ahead and 0 < start < len(here)
        lead = ahead if not start or (broken and not stick) else " " if lead is None or broken else lead
        tail = behind if end == len(here) or (broken and stick) else " " if tail is None or broken else tail
    return text[:left] + plain_spaces(lead + middle + tail) + text[right:]


def _same_word_before(here: Sequence[Word], at: int, new: Sequence[Word], other: int) -> bool:
    """Return whether the words before two places are the same."""
    return 0 < at <= len(here) and 0 < other <= len(new) and here[at - 1].key == new[other - 1].key


def _joint(ahead: str, behind: str, gap: str | None, *, at_start: bool, at_end: bool) -> str:
    """Return what is left between the neighbours of words taken out."""
    if at_start:
        return ahead
    if at_end:
        return behind
    broken = next((text for text in (behind, ahead) if "\n" in text), None)
    return broken if broken is not None else gap if gap is not None else behind or ahead


def _gap(text: str, found: Sequence[Word], at: int) -> str | None:
    """Return the spaces before the word `at`; None at either end of the text.

    Where words that stood between them were struck, two spaces are left that are one.
    """
    return _SPACES_IN_A_ROW.sub(" ", text[found[at - 1].end : found[at].start]) if 0 < at < len(found) else None


def plain_spaces(text: str) -> str:
    """Return the text with the spaces, apostrophes and hyphens of a keyboard: our typography adds its own again."""
    return text.translate(_KEYBOARD)


def says(source: str, after: str, edit: Edit) -> bool:
    """Return whether `source`, a part of a line that became `after`, says the new words already."""
    here = tuple(word.key for word in words(source))
    places = _places(keys(after), here)
    span = [places.get(at) for at in range(edit.new_start, edit.new_end)]
    left, right = places.get(edit.new_start - 1), places.get(edit.new_end)
    if None in span or (not span and left is None and right is None):
        return False
    first = span[0] if span else right
    last = span[-1] if span else left
    if span and any(number is not None and number != (first or 0) + at for at, number in enumerate(span)):
        return False
    beside_left = left is None or (first if first is not None else len(here)) == left + 1
    beside_right = right is None or (last if last is not None else -1) == right - 1
    return beside_left and beside_right


def within(part: Sequence[str], whole: Sequence[str]) -> int:
    """Return the index in `whole` where the words of `part` stand in a row; -1 for none, or an empty `part`."""
    size, wanted, held = len(part), tuple(part), tuple(whole)
    at = -1
    for _time in range(held.count(wanted[0]) if size else 0):
        at = held.index(wanted[0], at + 1)
        if held[at : at + size] == wanted:
            return at
    return -1


def end_of_line(source: str, said: str) -> int:
    """Return the offset, in characters, of the end of the line of `source` that holds the last of the words `said`.

    -1 where none of them is there.
    """
    here = words(source)
    found = _places(keys(said), tuple(word.key for word in here))
    if not found:
        return -1
    end = source.find("\n", here[found[max(found)]].end)
    return len(source) if end < 0 else end
