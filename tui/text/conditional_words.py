"""Recognise « oui si… », « non tant que… » and « à surveiller » at the beginning of a line, and write them there.

They are the kinds of conditional answers of a partner. The *answer word* of a line is its « oui », “no” or « à
surveiller »; its *link* is the « si », « tant que » or “unless” before the condition.
"""

from __future__ import annotations

import re

YES_IF, NO_UNTIL, TO_WATCH = "yes_if", "no_until", "to_watch"
_ANSWER_WORDS = {
    TO_WATCH: r"(?:[àa]\s+surveiller|to\s+watch)\s*[:,]\s*",
    YES_IF: r"(?:oui|yes|ok(?:ay)?|d['’]accord|agreed?)\b(?P<mark>\s*[,:.!])?\s*",
    NO_UNTIL: r"(?:non|no|pas\s+d['’]accord|d[ée]saccord|disagreed?|not\s+agreed)\b(?P<mark>\s*[,:.!])?\s*",
}
# Links that the words of an answer say already, and which a condition is kept without.
_LINKS_SAID = {
    YES_IF: r"(?:si\s+|s['’](?=ils?\b)|(?:if|provided(?:\s+that)?|(?:as|so)\s+long\s+as)\s+)",
    NO_UNTIL: r"(?:tant\s+(?:que\s+|qu['’]\s*)|(?:until|unless)\s+)",
}
# Behind a yes and behind a no it says the contrary, so that alone it says neither.
_EITHER_WAY = r"(?:tant|aussi\s+longtemps)\s+(?:que\s|qu['’])"
# By language, links that stay with a condition: « oui tant que… », “no as long as…”, “yes unless…”.
_OWN_LINKS = {
    "fr": rf"{_EITHER_WAY}|si\s|s['’]ils?\b|seulement\s+si\s|sauf\b|[àa]\s+moins\s+(?:que|de|qu['’]|d['’])"
    r"|[àa]\s+(?:la\s+)?condition\b|pourvu\s+(?:que|qu['’])|sous\s+réserve\b|jusqu['’]|d[èe]s\s|quand\b|lorsqu|mais\b",
    "en": r"(?:as|so)\s+long\s+as\s|(?:only\s+)?if\s|unless\b|until\b|except\b|provided\b|on\s+condition\b|when\b"
    r"|once\b|but\b",
}
_LINK_OF_ANSWER = r"\s(?:si|tant\s+que|if|until)$"  # at the end of the words of an answer
_VOWEL = r"(?i)[aeiouyàâäéèêëîïôöùûüœæ]"
_IL = r"(?i)ils?\b"


def read_condition(text: str, asked: str = "") -> tuple[str, str]:
    """Return (kind, rest of the line): YES_IF, NO_UNTIL or TO_WATCH by its first words in either language, else "".

    A line without an answer word is of the kind `asked` for, "" for none. The rest is without the links that this kind
    of answer says already.
    """
    text = text.strip()
    kind, rest = _read_answer_word(text)
    if not kind and asked:
        kind = asked
    elif not kind:
        kind = next((kind for kind, link in _LINKS_SAID.items() if re.match(link, rest, re.IGNORECASE)), "")
        if says_either_way(text):
            kind = ""
    link_said = re.match(_LINKS_SAID.get(kind, "$"), rest, re.IGNORECASE)
    condition = rest[link_said.end() :].strip() if link_said else rest
    return (kind, condition) if condition else (asked, text)


def _read_answer_word(text: str) -> tuple[str, str]:
    """Return (kind, rest of the line) by the answer word of a line; ("", `text`) if it has none.

    A yes or a no is one only before a mark or a link: “no smoking” is none.
    """
    for kind, pattern in _ANSWER_WORDS.items():
        match = re.match(pattern, text, re.IGNORECASE)
        if match is None:
            continue
        rest = text[match.end() :]
        links = "|".join((*_LINKS_SAID.values(), *_OWN_LINKS.values()))
        if rest and (kind == TO_WATCH or match["mark"] or re.match(links, rest, re.IGNORECASE)):
            return kind, rest
    return "", text


def says_either_way(text: str) -> bool:
    """Return whether a line begins with « tant que » and no answer: it may belong to a yes, and to a no."""
    return re.match(_EITHER_WAY, text.strip(), re.IGNORECASE) is not None


def join_condition(answer_words: str, text: str, lang: str) -> str:
    """Return the words of an answer and its condition, elided: « oui s'il paie », « non tant qu'elle refuse ».

    A condition that has a link of its own takes the place of that of the answer: “no as long as it is unpaid”.
    """
    head = answer_words
    if re.match(_OWN_LINKS["fr" if lang == "fr" else "en"], text, re.IGNORECASE):
        head = re.sub(_LINK_OF_ANSWER, "", head)
    if lang == "fr" and head.endswith("si") and re.match(_IL, text):
        return f"{head[:-1]}'{text}"
    if lang == "fr" and head.endswith("que") and re.match(_VOWEL, text):
        return f"{head[:-1]}'{text}"
    return " ".join(filter(None, (head, text)))
