"""Words looked for however they were written down, and taken out of texts: spacing, quotes, case and escapes aside."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

Span = tuple[int, int]  # where words begin in a text, and where they end

SHORTEST: Final = 2  # characters: a single letter stands nearly everywhere

_BLANK = r"(?:[\s\\*_~]|\\n|\\t|\\u00a0|\\u202f)*"  # what typography, Markdown or JSON may put between two words
_GAP = r"(?:[*_~]*(?:\s|\\n|\\t|\\u00a0|\\u202f)" + _BLANK + ")"
_ALIKE: Final = ("'’ʼ‘", '"«»“”', "-‐‑–—")  # characters that typography puts for one another
_SPACED_BEFORE: Final = ":;!?%$»"  # French typography sets a space before them
# A word ends where no letter or digit follows; in JSON the escape of a line break may stand before it.
_BEGINNING = r"(?:(?<![^\W_])|(?<=\\[nt])|(?<=\\u[0-9a-fA-F]{4}))"
_END = r"(?![^\W_])"


class SoughtText:
    """Words that a person wants gone, found in plain text and in JSON alike.

    Case does not count, nor does the width of a space, the form of a quote, an apostrophe or a dash, or how a letter is
    composed. Whole words alone are meant: « an » does not stand in « organisme ».
    """

    def __init__(self, words: str) -> None:
        """Raises ValueError for fewer than `SHORTEST` characters."""
        self.words = " ".join(unicodedata.normalize("NFC", words).split())
        if len(self.words) < SHORTEST:
            raise ValueError("too short to be looked for")
        self._pattern = re.compile(_pattern_of(self.words), re.IGNORECASE)

    def spans(self, text: str) -> list[Span]:
        """Return where the words stand in `text`, in order."""
        return [found.span() for found in self._pattern.finditer(text)]

    def stands_in(self, text: str) -> bool:
        """Return whether the words stand in `text`."""
        return self._pattern.search(text) is not None

    def without(self, text: str) -> str:
        """Return `text` without the words, wherever they stood."""
        return cut(text, self.spans(text))


def cut(text: str, spans: Iterable[Span]) -> str:
    """Return `text` without these stretches; of the spaces around each, at most those on one side stay."""
    for start, end in sorted(spans, reverse=True):
        head, tail = _without_marks(text[:start], text[start:end], text[end:])
        if tail[:1] in (" ", "\xa0", "\t", "") or not tail[:1].isalnum():
            stripped = head.rstrip(" \xa0\t")
            at_start = not stripped or stripped.endswith("\n")
            text = stripped + (tail.lstrip(" \xa0\t") if at_start else tail)
        else:
            text = head + tail
    return text


def _without_marks(head: str, gone: str, tail: str) -> tuple[str, str]:
    """What stands before and after words that go, without the Markdown marks that would be left around nothing."""
    before, after = re.search(r"[*_~]*$", head), re.match(r"[*_~]*", tail)
    opening, closing = before[0] if before else "", after[0] if after else ""
    if opening and (opening in gone or opening == closing):
        head = head[: -len(opening)]
    if closing and (closing in gone or opening == closing):
        tail = tail[len(closing) :]
    return head, tail


def _pattern_of(words: str) -> str:
    made = [_BEGINNING if words[0].isalnum() else ""]
    for at, letter in enumerate(words):
        if letter == " ":
            made.append(_BLANK if _may_touch(words, at) else _GAP)
        else:
            if letter in _SPACED_BEFORE and at and words[at - 1] != " ":
                made.append(_BLANK)
            made.append(_letter(letter))
            if letter == "«" and words[at + 1 : at + 2] != " ":
                made.append(_BLANK)
    made.append(_END if words[-1].isalnum() else "")
    return "".join(made)


def _may_touch(words: str, at: int) -> bool:
    """Whether the space at `at` may be missing: beside a quote or a sign, which another language sets closely."""
    return words[at + 1] in _SPACED_BEFORE or words[at - 1] == "«"


def _letter(letter: str) -> str:
    """Return every way in which a character may be written."""
    for alike in _ALIKE:
        if letter in alike:
            return "(?:" + "|".join(_forms(alike)) + ")"
    return "(?:" + "|".join(_forms({letter, letter.lower(), letter.upper()})) + ")"


def _forms(letters: Iterable[str]) -> list[str]:
    """Return the forms of these characters: composed, decomposed, and as JSON escapes them."""
    found: dict[str, None] = {}
    for letter in letters:
        for form in (letter, unicodedata.normalize("NFD", letter)):
            found[re.escape(form)] = None
            found[re.escape(json.dumps(form)[1:-1])] = None
    return sorted(found, key=len, reverse=True)


def fragments(texts: Sequence[str], sought: SoughtText) -> list[list[Span]]:
    """Return for each of the texts that a field held, oldest first, where the words or a part of them stand.

    A part is what was there while they were being typed or deleted: a text that differs from the next (or last) one by
    a piece of the words alone.
    """
    found = [sought.spans(text) for text in texts]
    for at in range(len(texts) - 2, -1, -1):
        _carry(texts[at + 1], found[at + 1], texts[at], found[at])
    for at in range(1, len(texts)):
        _carry(texts[at - 1], found[at - 1], texts[at], found[at])
    return found


def _carry(longer: str, spans: list[Span], shorter: str, into: list[Span]) -> None:
    """Add to `into` what `shorter` still holds of the stretches of `longer`, where one piece alone was left out."""
    gone = len(longer) - len(shorter)
    if into or not spans or gone < 0:
        return
    if longer == shorter:  # a line of history begins with what the line before it ended with
        into += spans
        return
    head = _shared(longer, shorter)
    tail = min(_shared(longer[::-1], shorter[::-1]), len(shorter) - head)
    if head + tail < len(shorter):
        return
    for start, end in spans:
        if start < head + gone and end > head:  # the piece that is gone was one of theirs
            first, last = min(start, head), max(head, end - gone)
            if first < last:
                into.append((first, last))


def _shared(text: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    pairs = enumerate(zip(text, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(text), len(other)))
