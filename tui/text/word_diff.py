"""Compare two texts word by word, and apply a change between them to a third text.

The third text is the source of the first, such as the field that a printed line was made from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from tui.text.result_cache import CachedByText

_WORD_OR_SPACE = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_WORDS = 20_000  # words, spaces and signs of both texts; comparing more would take seconds

Kind = Literal["same", "removed", "added"]


class DiffPiece(NamedTuple):
    """A run of text that is in both, or only in the first ("removed") or the second ("added")."""

    kind: Kind
    text: str


def diff_words(before: str, after: str) -> list[DiffPiece]:
    """Return the pieces that make `before` into `after`, in reading order, what was removed before what was added.

    Joined without the added pieces they are `before`, without the removed ones `after`. Two very long texts are one
    removed and one added piece.
    """
    old, new = _WORD_OR_SPACE.findall(before), _WORD_OR_SPACE.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        return [item for item in (DiffPiece("removed", before), DiffPiece("added", after)) if item.text]
    return list(_joined(_diff_pieces(old, new)))


def _diff_pieces(old: list[str], new: list[str]) -> Iterator[DiffPiece]:
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield DiffPiece("same", "".join(old[start:end]))
        else:
            yield DiffPiece("removed", "".join(old[start:end]))
            yield DiffPiece("added", "".join(new[new_start:new_end]))


def _joined(pieces: Iterator[DiffPiece]) -> Iterator[DiffPiece]:
    """Yield the pieces; a blank between two changes becomes part of both, so that changed words read as one phrase."""
    removed = added = ""
    found = list(pieces)
    for at, (kind, text) in enumerate(found):
        if kind == "removed":
            removed += text
        elif kind == "added":
            added += text
        elif text.isspace() and "\n" not in text and removed + added and at + 1 < len(found):  # between two changes
            removed, added = removed + text, added + text
        else:
            yield from _change(removed, added)
            removed = added = ""
            yield DiffPiece("same", text)
    yield from _change(removed, added)


def _change(removed: str, added: str) -> Iterator[DiffPiece]:
    """Yield the pieces of one change; blanks at the end of both sides follow as "same"."""
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


# Combining accents, soft hyphens and joiners belong to the word they are in.
_WORD = re.compile("(?:\\w[\u0300-\u036f\u00ad\u200b-\u200d\u2060]*)+|\\.\\.\\.|[^\\w\\s]")
# Signs that Word, LibreOffice or our own typography exchange without a change of meaning.
_ONE_SIGN = {"...": "…"}
_SIGNS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-",
     "‐": "-", "−": "-", "\u00ad": None, "\u200b": None, "\u2060": None, "\ufeff": None}
)  # fmt: skip
# Typographic signs → those of a keyboard.
_KEYBOARD = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "‑": "-"})
_SPACES_IN_A_ROW = re.compile("[ \u00a0\u202f]{2,}")
_MARKS = frozenset("*_~`\\")  # what light Markdown adds around words


class Word(NamedTuple):
    """One word or sign of a text."""

    key: str  # what it is compared by
    start: int  # offset in the text, in characters
    end: int


class Edit(NamedTuple):
    """A change: the words `start` to `end` (not included) of a text are replaced by words of another text."""

    start: int  # indexes of words; equal to `end` where words are only added
    end: int
    new_start: int  # indexes of words of the other text; equal to `new_end` where words are only removed
    new_end: int


@CachedByText
def split_words(text: str) -> tuple[Word, ...]:
    """Return the words and signs of a text, without its spaces."""
    found = []
    for match in _WORD.finditer(text):
        key = _ONE_SIGN.get(match[0]) or unicodedata.normalize("NFC", match[0]).translate(_SIGNS)
        if key:
            found.append(Word(key, match.start(), match.end()))
    return tuple(found)


@CachedByText
def word_keys(text: str) -> tuple[str, ...]:
    """Return the keys of a text's words: equal for texts that differ only in spaces, quotes, apostrophes or dashes."""
    return tuple(word.key for word in split_words(text))


def likeness(text: str, other: str) -> float:
    """Return how similar two texts are, from 0 to 1; 0 where either has no word."""
    first, second = word_keys(text), word_keys(other)
    if not first or not second:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def word_edits(before: str, after: str) -> list[Edit]:
    """Return the changes that make `before` into `after`, in reading order.

    Two changes with a single sign (no word) between them count as one.
    """
    old, new = word_keys(before), word_keys(after)
    found: list[Edit] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        last = found[-1] if found else None
        if last is not None and start - last.end == 1 and not old[last.end].isalnum():
            found[-1] = Edit(last.start, end, last.new_start, new_end)
        else:
            found.append(Edit(start, end, new_start, new_end))
    return found


def words_slice(text: str, start: int, end: int) -> str:
    """Return the part of a text from its word `start` to its word `end` (not included)."""
    words = split_words(text)
    return text[words[start].start : words[end - 1].end] if start < end else ""


def apply_edit(before: str, after: str, edit: Edit) -> str:
    """Return `before` with `edit`, one of its changes to `after`, made."""
    return _put(before, edit.start, edit.end, before, after, edit)


def carry_edit(source: str, before: str, after: str, edit: Edit) -> str | None:
    """Return `source` with the change that `edit` makes in `before`; `before` is `source` as printed, or contains it.

    None where it is not certain how: `source` lacks a changed word, or both neighbours of an addition; or other words,
    or one end of a bold or emphasis, stand among the changed words.
    """
    source_words = split_words(source)
    places = _places(word_keys(before), tuple(word.key for word in source_words))
    if edit.start == edit.end:  # words are only added: next to the word before, else before the word after
        left, right = places.get(edit.start - 1), places.get(edit.start)
        if left is not None:
            return _put(source, left + 1, left + 1, before, after, edit)
        return None if right is None else _put(source, right, right, before, after, edit, stick=False)
    inside = [places[at] for at in range(edit.start, edit.end) if at in places]
    if len(inside) < edit.end - edit.start:
        return None
    between = [at for at in range(inside[0], inside[-1] + 1) if at not in inside]
    if any(source_words[at].key not in _MARKS for at in between):
        return None  # other words came between the changed ones since
    marks = sum(at - 1 not in between for at in between)  # groups of Markdown marks among the changed words
    if marks % 2:
        return None  # bold or emphasis begins among these words and ends elsewhere
    changed = _put(source, inside[0], inside[-1] + 1, before, after, edit)
    return changed if "****" in source else changed.replace("****", "")  # bold marks around nothing


def _places(before: Sequence[str], source: Sequence[str]) -> dict[int, int]:
    """Return index in `before` → index in `source` for each word (key) of `before` that is found in `source`."""
    found: dict[int, int] = {}
    for block in SequenceMatcher(None, before, source, autojunk=False).get_matching_blocks():
        for at in range(block.size):
            found[block.a + at] = block.b + at
    return found


def _put(text: str, start: int, end: int, before: str, after: str, edit: Edit, *, stick: bool = True) -> str:
    """Return `text` with its words `start` to `end` replaced by the new ones of `after`, with the spaces of `after`.

    A line break of `text` stays. Words added at a line break go to the end of the line above with `stick`, else to the
    beginning of the line below.
    """
    here, old, new = split_words(text), split_words(before), split_words(after)
    # `ahead` and `behind` are the spaces of `text` around the replaced words, `lead` and `tail` those to be written.
    left = here[start - 1].end if start else 0
    right = here[end].start if end < len(here) else len(text)
    first, last = (here[start].start, here[end - 1].end) if start < end else (right, left)
    ahead, behind = text[left:first], text[last:right]
    middle = after[new[edit.new_start].start : new[edit.new_end - 1].end] if edit.new_start < edit.new_end else ""
    lead, tail = _gap(after, new, edit.new_start), _gap(after, new, edit.new_end)
    between = start < end or 0 < start < len(here)  # not an addition at either end of `text`, where no space is yet
    # The spaces of `text` stay where its neighbouring word is another than in `after`, or where the edit changes none.
    other_before = bool(start and edit.new_start) and not _same_word_before(here, start, new, edit.new_start)
    if other_before or (between and lead == _gap(before, old, edit.start)):
        lead = ahead
    other_after = end < len(here) and not _same_word_before(here, end + 1, new, edit.new_end + 1)
    if other_after or (between and tail == _gap(before, old, edit.end)):
        tail = behind
    if not middle:
        lead, tail = _space_left(ahead, behind, lead, at_start=not start, at_end=end == len(here)), ""
    elif start < end:
        lead = ahead if lead is None or not start or "\n" in ahead else lead
        tail = behind if tail is None or end == len(here) or "\n" in behind else tail
    else:
        at_break = "\n" in ahead and 0 < start < len(here)
        if not start or (at_break and not stick):
            lead = ahead
        elif lead is None or at_break:
            lead = " "
        if end == len(here) or (at_break and stick):
            tail = behind
        elif tail is None or at_break:
            tail = " "
    return text[:left] + plain_spaces(lead + middle + tail) + text[right:]


def _same_word_before(here: Sequence[Word], at: int, new: Sequence[Word], other: int) -> bool:
    """Return whether the word before index `at` of `here` is the word before index `other` of `new`."""
    return 0 < at <= len(here) and 0 < other <= len(new) and here[at - 1].key == new[other - 1].key


def _space_left(ahead: str, behind: str, gap: str | None, *, at_start: bool, at_end: bool) -> str:
    """Return the space between the neighbours of removed words: a line break if there was one, else that of the edit.

    `ahead` and `behind` are the spaces that stood around the words, `gap` the new space, None where it is not known.
    """
    if at_start:
        return ahead
    if at_end:
        return behind
    line_break = next((space for space in (behind, ahead) if "\n" in space), None)
    if line_break is not None:
        return line_break
    return gap if gap is not None else behind or ahead


def _gap(text: str, words: Sequence[Word], at: int) -> str | None:
    """Return the spaces before the word `at`; None at either end of the text.

    Two spaces in a row, left where struck words stood, count as one.
    """
    return _SPACES_IN_A_ROW.sub(" ", text[words[at - 1].end : words[at].start]) if 0 < at < len(words) else None


def plain_spaces(text: str) -> str:
    """Return the text with plain spaces, apostrophes and hyphens; our typography is added when it is shown."""
    return text.translate(_KEYBOARD)


def holds_new_words(source: str, after: str, edit: Edit) -> bool:
    """Return whether `source`, part of a line that became `after`, already has the new words of `edit` in place.

    They must stand in a row, next to those of their neighbours in `after` that `source` has; it must have one.
    """
    here = word_keys(source)
    places = _places(word_keys(after), here)
    span = [places.get(at) for at in range(edit.new_start, edit.new_end)]  # where `source` has the new words, by index
    left, right = places.get(edit.new_start - 1), places.get(edit.new_end)  # of the neighbours of the new words
    if None in span or (not span and left is None and right is None):
        return False
    # Where words are only removed there are no new ones: then the two neighbours must stand next to each other.
    first = span[0] if span else right
    last = span[-1] if span else left
    if span and any(number is not None and number != (first or 0) + at for at, number in enumerate(span)):
        return False  # other words stand between them
    next_to_left = left is None or (first if first is not None else len(here)) == left + 1
    next_to_right = right is None or (last if last is not None else -1) == right - 1
    return next_to_left and next_to_right


def find_words(part: Sequence[str], whole: Sequence[str]) -> int:
    """Return the first index in `whole` where the words of `part` stand in a row; -1 for none, or an empty `part`."""
    size, sought, words = len(part), tuple(part), tuple(whole)
    at = -1
    # Only the places of the first word are tried: `index` finds them faster than a loop.
    for _time in range(words.count(sought[0]) if size else 0):
        at = words.index(sought[0], at + 1)
        if words[at : at + size] == sought:
            return at
    return -1


def end_of_last_line(source: str, text: str) -> int:
    """Return the offset, in characters, of the end of the line of `source` with the last word of `text` found there.

    -1 where no word of `text` is found.
    """
    words = split_words(source)
    places = _places(word_keys(text), tuple(word.key for word in words))
    if not places:
        return -1
    end = source.find("\n", words[places[max(places)]].end)
    return len(source) if end < 0 else end
