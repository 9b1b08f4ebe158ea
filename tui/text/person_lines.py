"""A line about a person as it is noted at the telephone, taken apart: name, title, mail, telephone, and remarks."""

from __future__ import annotations

import re

from tui.fast_dataclass import dataclass
from tui.text.name_matching import fold, words_of

_MAIL = r"""(?:mailto:)?(?:"[^"]*"|[^\s,;:<>()"]+)@[^\s,;:<>()"]+"""
_PHONE = r"(?<![\w@.])\+?\(?\d(?:[\s().-]{0,2}\d){6,14}(?:\s?(?:poste|ext\.?|x)\s?\d{1,6})?"
# What people write before a number or an address; it says nothing more once that stands in its own field.
_LABEL = (
    r"(?i)(?:\b(?:t[ée]l(?:[ée]phone)?|cell(?:ulaire)?|mobile|phone|ph|bureau|office|courriel|e-?mail|mail)\b[\s.:]*|"
    r"[☎📞✉]\s*)$"
)
_SIGNS = r"\b(?:signe|signera|signent|signataire|signs?|signatory|signer)\b"
_NOT = r"\b(?:ne|n|pas|not|no|never|jamais|doesn|won|isn)\b"
# Words that a title does not hold and a remark does: who does or says something, and when to call.
_REMARKING = frozenset(
    {
        *("cest", "elle", "il", "elles", "ils", "je", "nous", "vous", "qui", "que", "quand", "si", "mais", "ne", "se"),
        *("est", "sont", "sera", "etait", "ont", "va", "vont", "doit", "peut", "veut", "parle", "connait", "prefere"),
        *("rappeler", "appeler", "joindre", "absente", "absent", "revient", "arrive", "vient", "habite"),
        *("she", "he", "they", "we", "you", "its", "that", "who", "whom", "when", "if", "is", "are", "was", "will"),
        *("would", "could", "must", "has", "have", "had", "does", "wants", "prefers", "please", "knows", "comes"),
        *("goes", "leaves", "lives", "takes", "speaks"),
    }
)
_ELIDED = r"(?<![\w'])[scnj]'"  # « c'est », « s'occupe », « n'a », « j'ai »
_PARTICLES = frozenset({"de", "du", "des", "la", "le", "van", "von", "der", "den", "da", "di", "el", "al", "bin"})
_JOINING = frozenset({"et", "ou", "and", "or", "avec", "with"})


@dataclass(frozen=True, slots=True)
class PersonLine:
    """The parts of such a line, "" for what it does not say. `remarks` stay in the note: they are no title."""

    name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    signs: bool = False
    remarks: tuple[str, ...] = ()


def read_person(line: str) -> PersonLine:
    """« Marie Roy, directrice, tél. 519 555-0100, c'est elle qui signe »: its parts.

    What stands between commas is a title unless it says who does something. A line without commas is cut behind the
    capitals of the name: « Marie Roy directrice ».
    """
    line = re.sub(rf";[^;<>@]*<\s*({_MAIL})\s*>", r"; \1", line)  # « Bob Roy; Roy, B. <bob@b.ca> » names him twice
    found = {"email": "", "phone": ""}
    for part, pattern in (("email", _MAIL), ("phone", _PHONE)):
        said = []
        while match := re.search(pattern, line):
            said.append(match[0].removeprefix("mailto:").strip(" ."))
            line = f"{re.sub(_LABEL, '', line[: match.start()])},{line[match.end() :]}"
        found[part] = ", ".join(said)
    line = re.sub(r'^\s*"([^"]*)"', r"\1", line)
    pieces = [piece.strip(" .:–—-/") for piece in re.split(r"[,;()<>]|\s[–—-]\s", line)]
    pieces = [piece for piece in pieces if piece and piece not in _JOINING]
    if not pieces:
        return PersonLine("", "", found["email"], found["phone"])
    if _surname_first(line, pieces):
        pieces[:2] = [", ".join(pieces[:2])]
    name, behind = _name_apart(pieces[0])
    rest = [*([behind] if behind else []), *pieces[1:]]
    remarks = tuple(piece for piece in rest if _is_remark(piece))
    signs = any(re.search(_SIGNS, fold(piece)) and not re.search(_NOT, fold(piece)) for piece in rest)
    title = ", ".join(piece for piece in rest if piece not in remarks)
    return PersonLine(name, title, found["email"], found["phone"], signs, remarks)


def without_contacts(text: str) -> str:
    """Return what others may read of a line about a person: its name and title where it holds an address."""
    found = read_person(text)
    return ", ".join(filter(None, (found.name, found.title))) if found.email or found.phone else text


def _surname_first(line: str, pieces: list[str]) -> bool:
    """Return whether a line begins as mail programs and registers write a name: « Tremblay, Jean »."""
    if len(pieces) < 2 or not line.lstrip().startswith(pieces[0]):
        return False
    behind = line.partition(pieces[0])[2].lstrip().startswith(",")
    return behind and all(len(piece.split()) == 1 and piece[:1].isupper() for piece in pieces[:2])


def _is_remark(piece: str) -> bool:
    """Return whether a piece says that somebody does something, or that somebody signs: no title does."""
    words = words_of(piece)
    said = fold(piece)
    return bool(re.search(_SIGNS, said) or re.search(_ELIDED, said)) or any(word in _REMARKING for word in words)


def _name_apart(piece: str) -> tuple[str, str]:
    """Return the name at the beginning of a piece, and what follows its capitals: « Marie Roy », « directrice »."""
    words = piece.split()
    for at, word in enumerate(words):
        if word[:1].islower() and not _within_name(words, at):
            named = at > 1 and fold(word) not in _JOINING
            signs = at == 1 and re.fullmatch(_SIGNS, fold(" ".join(words[1:]).removesuffix(" l'entente")))
            return (" ".join(words[:at]), " ".join(words[at:])) if named or signs else (piece, "")
    return piece, ""


def _within_name(words: list[str], at: int) -> bool:
    """Return whether a small word stands between the capitals of a name: « Anne de la Tour », « Jean d'Arc »."""
    behind = next((word for word in words[at:] if fold(word) not in _PARTICLES), "")
    small = fold(words[at]) in _PARTICLES or words[at][:2].lower() in ("d'", "l'", "d’", "l’")
    return at > 0 and small and (behind[:1].isupper() or behind[2:3].isupper())
