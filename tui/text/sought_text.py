"""Find words however they are written (case, spacing, quotes, JSON escapes), and cut them out of texts.

Erasing personal data uses it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from tui.text.french_names import contracted

Span = tuple[int, int]  # (start, end) of a part of a text, in characters

SHORTEST: Final = 2  # characters: a single letter is found nearly everywhere

# Strings of patterns. Between two words: no space or more, or at least one.
_BLANK = r"(?:[\s\\*_~]|\\n|\\t|\\u00a0|\\u202f)*"
_GAP = r"(?:[*_~]*(?:\s|\\n|\\t|\\u00a0|\\u202f)" + _BLANK + ")"
_ALIKE: Final = ("'’ʼ‘", '"«»“”', "-‐‑–—")  # characters that typography exchanges
_SPACED_BEFORE: Final = ":;!?%$»"  # French typography sets a space before them
# The bounds of a whole word; in JSON an escape such as « \n » may stand right before it.
_BEGINNING = r"(?:(?<![^\W_])|(?<=\\[nt])|(?<=\\u[0-9a-fA-F]{4}))"
_END = r"(?![^\W_])"


class SoughtText:
    """Words to be found in plain text and in JSON.

    Case does not count, nor the width of a space, the form of a quote, apostrophe or dash, or whether an accent is
    composed. Only whole words are found: « an » is not in « organisme ».
    """

    def __init__(self, words: str, *other_forms: str) -> None:
        """Look for `words`, and for them in `other_forms`. Raise ValueError for fewer than `SHORTEST` characters."""
        forms = [" ".join(unicodedata.normalize("NFC", form).split()) for form in (words, *other_forms)]
        self.words = forms[0]
        if len(self.words) < SHORTEST:
            raise ValueError("too short to be looked for")
        self._pattern = re.compile("|".join(map(_pattern_of, forms)), re.IGNORECASE)

    @classmethod
    def of_name(cls, name: str) -> SoughtText:
        """Return how to look for a name, also behind « de » and « à »: « Le Phare » stands in « la salle du Phare ».

        Raise ValueError for fewer than `SHORTEST` characters.
        """
        return cls(name, *contracted(name))

    def spans(self, text: str) -> list[Span]:
        """Return each place of the words in `text`, in order."""
        return [match.span() for match in self._pattern.finditer(text)]

    def stands_in(self, text: str) -> bool:
        """Return whether the words stand in `text`."""
        return self._pattern.search(text) is not None

    def without(self, text: str) -> str:
        """Return `text` with the words cut out everywhere."""
        return cut_spans(text, self.spans(text))


def cut_spans(text: str, spans: Iterable[Span]) -> str:
    """Return `text` without these parts; of the spaces around each, at most those on one side stay."""
    for start, end in sorted(spans, reverse=True):
        head, tail = _without_marks(text[:start], text[start:end], text[end:])
        if not tail[:1].isalnum():  # a space, a sign or the end follows
            stripped = head.rstrip(" \xa0\t")
            at_start = not stripped or stripped.endswith("\n")
            text = stripped + (tail.lstrip(" \xa0\t") if at_start else tail)
        else:
            text = head + tail
    return text


def _without_marks(head: str, cut: str, tail: str) -> tuple[str, str]:
    """Return the text before and after the `cut` words without Markdown marks that would be left around nothing."""
    before, after = re.search(r"[*_~]*$", head), re.match(r"[*_~]*", tail)
    opening, closing = before[0] if before else "", after[0] if after else ""
    if opening and (opening in cut or opening == closing):
        head = head[: -len(opening)]
    if closing and (closing in cut or opening == closing):
        tail = tail[len(closing) :]
    return head, tail


def _pattern_of(words: str) -> str:
    """Return the regular expression that finds the words, however they are written."""
    patterns = [_BEGINNING if words[0].isalnum() else ""]
    for at, letter in enumerate(words):
        if letter == " ":
            patterns.append(_BLANK if _may_touch(words, at) else _GAP)
        else:
            if letter in _SPACED_BEFORE and at and words[at - 1] != " ":
                patterns.append(_BLANK)
            patterns.append(_letter(letter))
            if letter == "«" and words[at + 1 : at + 2] != " ":
                patterns.append(_BLANK)
    patterns.append(_END if words[-1].isalnum() else "")
    return "".join(patterns)


def _may_touch(words: str, at: int) -> bool:
    """Return whether the space at `at` may be missing: next to a sign that French sets off and English does not."""
    return words[at + 1] in _SPACED_BEFORE or words[at - 1] == "«"


def _letter(letter: str) -> str:
    """Return a pattern of every way in which a character may be written."""
    for alike in _ALIKE:
        if letter in alike:
            return "(?:" + "|".join(_forms(alike)) + ")"
    return "(?:" + "|".join(_forms({letter, letter.lower(), letter.upper()})) + ")"


def _forms(letters: Iterable[str]) -> list[str]:
    """Return patterns of these characters: composed, decomposed, and as JSON escapes."""
    patterns: dict[str, None] = {}
    for letter in letters:
        for form in (letter, unicodedata.normalize("NFD", letter)):
            patterns[re.escape(form)] = None
            patterns[re.escape(json.dumps(form)[1:-1])] = None
    return sorted(patterns, key=len, reverse=True)


def partial_spans(texts: Sequence[str], sought: SoughtText) -> list[list[Span]]:
    """Return for each text of a field's history, oldest first, the places of the words or of a part of them.

    A part is what the text held while the words were being typed or deleted: the text then lacks only a piece of the
    words that the text after (or before) it has.
    """
    spans_by_text = [sought.spans(text) for text in texts]
    for at in range(len(texts) - 2, -1, -1):
        _carry(texts[at + 1], spans_by_text[at + 1], texts[at], spans_by_text[at])
    for at in range(1, len(texts)):
        _carry(texts[at - 1], spans_by_text[at - 1], texts[at], spans_by_text[at])
    return spans_by_text


def _carry(longer: str, spans: list[Span], shorter: str, into: list[Span]) -> None:
    """Add to `into` the parts of `spans` of `longer` that are in `shorter`, if it is `longer` without one piece.

    `into`, the places in `shorter`, stays as it is where it is not empty.
    """
    missing = len(longer) - len(shorter)
    if into or not spans or missing < 0:
        return
    if longer == shorter:  # each line of history begins with the text that the line before it ended with
        into += spans
        return
    head = _shared(longer, shorter)
    tail = _shared(longer[::-1], shorter[::-1])
    if head + tail < len(shorter):
        return
    for start, end in spans:
        # The piece may stand in several places, as one of two spaces does: where it can be one of the words, it is.
        at = max(len(shorter) - tail, min(head, end - missing))
        if start <= at + missing and end >= at:  # the missing piece is part of the words, or the space beside them
            # `missing` characters are gone: what is left of the words ends by so many earlier.
            first, last = min(start, at), max(at, end - missing)
            if first < last:
                into.append((first, last))


def _shared(text: str, other: str) -> int:
    """Return how many characters at their beginning two texts have in common."""
    pairs = enumerate(zip(text, other, strict=False))
    return next((at for at, (left, right) in pairs if left != right), min(len(text), len(other)))
