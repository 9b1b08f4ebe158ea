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
        return [piece for piece in (DiffPiece("removed", before), DiffPiece("added", after)) if piece.text]
    return list(_with_blanks_in_changes(_diff_pieces(old, new)))


def _diff_pieces(old: list[str], new: list[str]) -> Iterator[DiffPiece]:
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield DiffPiece("same", "".join(old[start:end]))
        else:
            yield DiffPiece("removed", "".join(old[start:end]))
            yield DiffPiece("added", "".join(new[new_start:new_end]))


def _with_blanks_in_changes(pieces: Iterator[DiffPiece]) -> Iterator[DiffPiece]:
    """Yield the pieces; a blank between two changes becomes part of both, so that changed words read as one phrase."""
    removed = added = ""
    all_pieces = list(pieces)
    for number, (kind, text) in enumerate(all_pieces, 1):
        is_blank = text.isspace() and "\n" not in text
        if kind == "removed":
            removed += text
        elif kind == "added":
            added += text
        elif is_blank and removed + added and number < len(all_pieces):  # between two changes
            removed, added = removed + text, added + text
        else:
            yield from _change(removed, added)
            removed = added = ""
            yield DiffPiece("same", text)
    yield from _change(removed, added)


def _change(removed: str, added: str) -> Iterator[DiffPiece]:
    """Yield the pieces of one change; blanks at the end of both sides follow as "same"."""
    blanks = 0  # at the end of both sides
    pairs = zip(reversed(removed), reversed(added), strict=False)
    for removed_sign, added_sign in pairs:
        if removed_sign != added_sign or not removed_sign.isspace():
            break
        blanks += 1
    words_end, new_words_end = len(removed) - blanks, len(added) - blanks
    if removed[:words_end]:
        yield DiffPiece("removed", removed[:words_end])
    if added[:new_words_end]:
        yield DiffPiece("added", added[:new_words_end])
    if blanks:
        yield DiffPiece("same", removed[words_end:])


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
    words = []
    for match in _WORD.finditer(text):
        key = _ONE_SIGN.get(match[0]) or unicodedata.normalize("NFC", match[0]).translate(_SIGNS)
        if key:
            words.append(Word(key, match.start(), match.end()))
    return tuple(words)


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
    edits: list[Edit] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        last = edits[-1] if edits else None
        if last is not None and start - last.end == 1 and not old[last.end].isalnum():
            edits[-1] = Edit(last.start, end, last.new_start, new_end)
        else:
            edits.append(Edit(start, end, new_start, new_end))
    return edits


def words_slice(text: str, start: int, end: int) -> str:
    """Return the part of a text from its word `start` to its word `end` (not included)."""
    words = split_words(text)
    return text[words[start].start : words[end - 1].end] if start < end else ""


def apply_edit(before: str, after: str, edit: Edit) -> str:
    """Return `before` with `edit`, one of its changes to `after`, made."""
    return _replace_words(before, edit.start, edit.end, before, after, edit)


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
            return _replace_words(source, left + 1, left + 1, before, after, edit)
        return None if right is None else _replace_words(source, right, right, before, after, edit, stick=False)
    changed = [places[index] for index in range(edit.start, edit.end) if index in places]
    if len(changed) < edit.end - edit.start:
        return None
    between = [index for index in range(changed[0], changed[-1] + 1) if index not in changed]
    if any(source_words[index].key not in _MARKS for index in between):
        return None  # other words came between the changed ones since
    groups_of_marks = sum(index - 1 not in between for index in between)  # of light Markdown, among the changed words
    if groups_of_marks % 2:
        return None  # bold or emphasis begins among these words and ends elsewhere
    text = _replace_words(source, changed[0], changed[-1] + 1, before, after, edit)
    return text if "****" in source else text.replace("****", "")  # bold marks around nothing


def _places(before: Sequence[str], source: Sequence[str]) -> dict[int, int]:
    """Return index in `before` → index in `source` for each word (key) of `before` that is found in `source`."""
    places: dict[int, int] = {}
    for block in SequenceMatcher(None, before, source, autojunk=False).get_matching_blocks():
        for offset in range(block.size):
            places[block.a + offset] = block.b + offset
    return places


class _Gaps(NamedTuple):
    """The spaces before and behind a place of a text: `old_` as they are, `new_` as the edit writes them."""

    at_start: bool  # whether no word of the text stands before the place
    at_end: bool  # whether no word of the text stands behind it
    old_before: str
    old_behind: str
    new_before: str | None  # None where the edit does not say
    new_behind: str | None


def _replace_words(text: str, start: int, end: int, before: str, after: str, edit: Edit, *, stick: bool = True) -> str:
    """Return `text` with its words `start` to `end` replaced by the new ones of `after`, with the spaces of `after`.

    A line break of `text` stays. Words added at a line break go to the end of the line above with `stick`, else to the
    beginning of the line below.
    """
    words = split_words(text)
    left = words[start - 1].end if start else 0  # where the word before the place ends
    right = words[end].start if end < len(words) else len(text)  # where the word behind it begins
    gaps = _gaps_around(text, start, end, before, after, edit)
    new_words = words_slice(after, edit.new_start, edit.new_end)
    if not new_words:
        space_before, space_behind = _space_of_removed(gaps), ""
    elif start < end:
        space_before, space_behind = _spaces_of_replaced(gaps)
    else:
        space_before, space_behind = _spaces_of_added(gaps, stick=stick)
    return text[:left] + plain_spaces(space_before + new_words + space_behind) + text[right:]


def _gaps_around(text: str, start: int, end: int, before: str, after: str, edit: Edit) -> _Gaps:
    """Return the spaces around the words `start` to `end` of `text`, in it and as `edit` writes them.

    The edit does not change a space of `text` whose neighbouring word is another than in `after`, nor one that is the
    same in `before` and `after`.
    """
    words, old, new = split_words(text), split_words(before), split_words(after)
    left = words[start - 1].end if start else 0
    right = words[end].start if end < len(words) else len(text)
    if start < end:
        old_before, old_behind = text[left : words[start].start], text[words[end - 1].end : right]
    else:  # words are only added: there is one space
        old_before = old_behind = text[left:right]
    new_before, new_behind = _gap(after, new, edit.new_start), _gap(after, new, edit.new_end)
    has_spaces = start < end or 0 < start < len(words)  # not an addition at either end of `text`, where no space is yet
    other_before = bool(start and edit.new_start) and not _same_word_before(words, start, new, edit.new_start)
    if other_before or (has_spaces and new_before == _gap(before, old, edit.start)):
        new_before = old_before
    other_behind = end < len(words) and not _same_word_before(words, end + 1, new, edit.new_end + 1)
    if other_behind or (has_spaces and new_behind == _gap(before, old, edit.end)):
        new_behind = old_behind
    return _Gaps(not start, end == len(words), old_before, old_behind, new_before, new_behind)


def _same_word_before(words: Sequence[Word], index: int, others: Sequence[Word], other_index: int) -> bool:
    """Return whether the word before `index` of `words` is the word before `other_index` of `others`."""
    if not 0 < index <= len(words) or not 0 < other_index <= len(others):
        return False
    return words[index - 1].key == others[other_index - 1].key


def _space_of_removed(gaps: _Gaps) -> str:
    """Return the space between the neighbours of removed words: a line break if there was one, else the new one."""
    if gaps.at_start:
        return gaps.old_before
    if gaps.at_end:
        return gaps.old_behind
    line_break = next((space for space in (gaps.old_behind, gaps.old_before) if "\n" in space), None)
    if line_break is not None:
        return line_break
    return gaps.new_before if gaps.new_before is not None else gaps.old_behind or gaps.old_before


def _spaces_of_replaced(gaps: _Gaps) -> tuple[str, str]:
    """Return the spaces before and behind words that replace others; a line break and the ends of the text stay."""
    space_before, space_behind = gaps.new_before, gaps.new_behind
    if space_before is None or gaps.at_start or "\n" in gaps.old_before:
        space_before = gaps.old_before
    if space_behind is None or gaps.at_end or "\n" in gaps.old_behind:
        space_behind = gaps.old_behind
    return space_before, space_behind


def _spaces_of_added(gaps: _Gaps, *, stick: bool) -> tuple[str, str]:
    """Return the spaces before and behind words that are added; `stick` is as in `_replace_words`."""
    is_at_break = "\n" in gaps.old_before and not gaps.at_start and not gaps.at_end
    space_before, space_behind = gaps.new_before, gaps.new_behind
    if gaps.at_start or (is_at_break and not stick):
        space_before = gaps.old_before
    elif space_before is None or is_at_break:
        space_before = " "
    if gaps.at_end or (is_at_break and stick):
        space_behind = gaps.old_behind
    elif space_behind is None or is_at_break:
        space_behind = " "
    return space_before, space_behind


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

    In place: they stand in a row, next to those of their neighbours in `after` that `source` has. Where words are only
    removed there are no new ones: their neighbours must stand together in `source`, which must have one of them.
    """
    source_keys = word_keys(source)
    places = _places(word_keys(after), source_keys)
    new_places = [places[index] for index in range(edit.new_start, edit.new_end) if index in places]
    left, right = places.get(edit.new_start - 1), places.get(edit.new_end)  # of the two neighbours, None for none
    if edit.new_start == edit.new_end:
        if left is None and right is None:
            return False
        behind_left = 0 if left is None else left + 1
        return behind_left == (len(source_keys) if right is None else right)
    if len(new_places) < edit.new_end - edit.new_start:
        return False
    first, last = new_places[0], new_places[-1]
    stand_in_a_row = new_places == list(range(first, last + 1))
    return stand_in_a_row and left in (None, first - 1) and right in (None, last + 1)


def find_words(part: Sequence[str], whole: Sequence[str]) -> int:
    """Return the first index in `whole` where the words of `part` stand in a row; -1 for none, or an empty `part`."""
    size, sought, words = len(part), tuple(part), tuple(whole)
    start = -1
    # Only the places of the first word are tried: `index` finds them faster than a loop.
    for _time in range(words.count(sought[0]) if size else 0):
        start = words.index(sought[0], start + 1)
        if words[start : start + size] == sought:
            return start
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
