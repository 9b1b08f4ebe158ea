"""Recognise « oui si… », « non tant que… » and « à surveiller » at the beginning of a line, and write them there.

They are the kinds of conditional answers of a partner.
"""

from __future__ import annotations

import re

YES_IF, NO_UNTIL, TO_WATCH = "yes_if", "no_until", "to_watch"
# Behind a no it says how long the no holds, the contrary of “until”: it stays with the condition.
_AS_LONG_AS = r"(?:as|so)\s+long\s+as\s+"
_BEGINNINGS = (  # (kind, pattern), tried in this order
    (TO_WATCH, r"(?:[àa]\s+surveiller|to\s+watch)\s*[:,]\s*"),
    (NO_UNTIL, r"(?:non|no)?[,:]?\s*(?:tant\s+(?:que\s+|qu['’]\s*)|(?:until|unless)\s+)"),
    (NO_UNTIL, rf"no\b[,:]?\s*(?={_AS_LONG_AS})"),
    (
        YES_IF,
        r"(?:oui|yes|d['’]accord|agreed?)?[,:]?\s*"
        rf"(?:si\s+|s['’](?=ils?\b)|(?:if|provided(?:\s+that)?)\s+|{_AS_LONG_AS})",
    ),
)
_VOWEL = r"(?i)[aeiouyàâäéèêëîïôöùûüœæ]"
_IL = r"(?i)ils?\b"


def read_condition(text: str) -> tuple[str, str]:
    """Return (kind, rest of the line): YES_IF, NO_UNTIL or TO_WATCH by its first words in either language, else ""."""
    text = text.strip()
    for kind, pattern in _BEGINNINGS:
        match = re.match(pattern, text, re.IGNORECASE)
        if match and text[match.end() :].strip():
            return kind, text[match.end() :].strip()
    return "", text


def join_condition(answer_words: str, text: str, lang: str) -> str:
    """Return the words of an answer and its condition, elided: « oui s'il paie », « non tant qu'elle refuse ».

    A condition that begins with “as long as” needs no “until” before it.
    """
    head = answer_words
    if lang != "fr" and re.match(_AS_LONG_AS, text, re.IGNORECASE):
        head = head.removesuffix(" until")
    if lang == "fr" and head.endswith("si") and re.match(_IL, text):
        return f"{head[:-1]}'{text}"
    if lang == "fr" and head.endswith("que") and re.match(_VOWEL, text):
        return f"{head[:-1]}'{text}"
    return " ".join(filter(None, (head, text)))
