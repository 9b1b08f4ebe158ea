"""« Oui si… », « non tant que… » read from the beginning of a line, and put before what a condition says."""

from __future__ import annotations

import re

YES_IF, NO_UNTIL = "yes_if", "no_until"
_BEGINNINGS = (
    (NO_UNTIL, r"(?:non|no)?[,:]?\s*(?:tant\s+(?:que\s+|qu['’]\s*)|(?:until|unless|as\s+long\s+as|so\s+long\s+as)\s+)"),
    (YES_IF, r"(?:oui|yes|d['’]accord|agreed?)?[,:]?\s*(?:si\s+|s['’](?=ils?\b)|(?:if|provided(?:\s+that)?)\s+)"),
)
_VOWEL = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]", re.IGNORECASE)
_IL = re.compile(r"ils?\b", re.IGNORECASE)


def read_beginning(text: str) -> tuple[str, str]:
    """Return YES_IF, NO_UNTIL or "" by the words a line begins with, in either language, and the line without them."""
    text = text.strip()
    for answer, pattern in _BEGINNINGS:
        found = re.match(pattern, text, re.IGNORECASE)
        if found and text[found.end() :].strip():
            return answer, text[found.end() :].strip()
    return "", text


def put_before(answer_words: str, text: str, lang: str) -> str:
    """« oui s'il paie », « non tant qu'elle refuse »: the words of an answer before what it depends on."""
    head = answer_words
    if lang == "fr" and head.endswith("si") and _IL.match(text):
        return f"{head[:-1]}'{text}"
    if lang == "fr" and head.endswith("que") and _VOWEL.match(text):
        return f"{head[:-1]}'{text}"
    return " ".join(filter(None, (head, text)))
