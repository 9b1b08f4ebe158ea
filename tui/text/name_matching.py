"""Compare names without case, accents or invisible marks, and find them by a few letters."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not decompose, and signs that are written in several ways.
_LETTERS = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "ð": "d",
        "ħ": "h",
        "þ": "th",
        "ŋ": "n",
        "ŧ": "t",
        "ـ": "",  # the stroke that Arabic lengthens a word with
        "’": "'",
        "ʼ": "'",
        "‘": "'",
        "ʻ": "'",
        "ʹ": "'",
        "‐": "-",
        "‑": "-",
    }
)
_WORD = r"[^\W_]+"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def fold(text: str) -> str:
    """Return `text` in lower case without accents or invisible marks, with single spaces."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        # The decomposition of « ℡ » has capitals.
        text = _NOT_ASCII.sub(_without_mark, decomposed).casefold().translate(_LETTERS)
    return " ".join(text.lower().split())


def _without_mark(match: re.Match[str]) -> str:
    """Return a character, or "" for an accent or an invisible one."""
    return "" if unicodedata.category(match[0]) in ("Mn", "Cf") else match[0]


def matches(query: str, text: str) -> bool:
    """Return whether each word of `query` begins a word of `text`, or is the initials of consecutive words.

    « acsm we » finds « ACSM Windsor-Essex ». Accents and case do not count; an empty query finds everything.
    """
    return finds(words_of(query), words_of(text))


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of `text` for `finds`, to be kept where a text is searched at each typed letter."""
    return tuple(re.findall(_WORD, fold(text)))


def finds(query: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Return what `matches` returns, for a query and a text already split by `words_of`."""
    if not query:
        return True
    initials = "".join([word[0] for word in words])
    return all(part in initials or any(word.startswith(part) for word in words) for part in query)
