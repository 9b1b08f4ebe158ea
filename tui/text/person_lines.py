"""Split a quickly noted line about a person into name, title, mail, telephone and remarks."""

from __future__ import annotations

import re

from tui.fast_dataclass import dataclass
from tui.text.name_matching import fold, words_of

# « marie@ex.ca », « mailto:marie@ex.ca », « "M. Roy"@ex.ca ».
_MAIL = r"""(?:mailto:)?(?:"[^"]*"|[^\s,;:<>()"]+)@[^\s,;:<>()"]+"""
# « 519 555-0100 poste 12 », « +1 (519) 555-0100 »: 7 to 15 digits.
_PHONE = r"(?<![\w@.])\+?\(?\d(?:[\s().-]{0,2}\d){6,14}(?:\s?(?:poste|ext\.?|x)\s?\d{1,6})?"
# A label before a number or an address (« tél. », « courriel : »), which is dropped with it.
_LABEL = (
    r"(?i)(?:\b(?:t[ée]l(?:[ée]phone)?|cell(?:ulaire)?|mobile|phone|ph|bureau|office|courriel|e-?mail|mail)\b[\s.:]*|"
    r"[☎📞✉]\s*)$"
)
_SIGNS = r"\b(?:signe|signera|signent|signataire|signs?|signatory|signer)\b"
_NEGATION = r"\b(?:ne|n|pas|not|no|never|jamais|doesn|won|isn)\b"
# Words that occur in remarks (« c'est elle qui signe », « rappeler lundi ») and not in titles.
_REMARK_WORDS = frozenset(
    {
        *("cest", "elle", "il", "elles", "ils", "je", "nous", "vous", "qui", "que", "quand", "si", "mais", "ne", "se"),
        *("est", "sont", "sera", "etait", "ont", "va", "vont", "doit", "peut", "veut", "parle", "connait", "prefere"),
        *("rappeler", "appeler", "joindre", "absente", "absent", "revient", "arrive", "vient", "habite"),
        *("she", "he", "they", "we", "you", "its", "that", "who", "whom", "when", "if", "is", "are", "was", "will"),
        *("would", "could", "must", "has", "have", "had", "does", "wants", "prefers", "please", "knows", "comes"),
        *("goes", "leaves", "lives", "takes", "speaks"),
    }
)
# How a note of a call begins: « appelé Marie Roy », “spoke with Marie Roy”.
_REACHED = (
    r"(?i:(?:j'ai |nous avons |i |we )?(?:parlé (?:à|avec)|appelé|joint|rejoint|rencontré|called|phoned|reached|met|"
    r"met with|spoke (?:to|with)|talked (?:to|with)))\s+(?=[^\W\d_a-z])"
)
_ELIDED = r"(?<![\w'])[scnj]'"  # « c'est », « s'occupe », « n'a », « j'ai »
_PARTICLES = frozenset({"de", "du", "des", "la", "le", "van", "von", "der", "den", "da", "di", "el", "al", "bin"})
_JOINING = frozenset({"et", "ou", "and", "or", "avec", "with"})


@dataclass(frozen=True, slots=True)
class PersonLine:
    """The parts of a line about a person, "" for what it does not say."""

    name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""
    signs: bool = False  # whether the line says that the person signs
    remarks: tuple[str, ...] = ()  # the pieces that are neither name nor title


def read_person(line: str) -> PersonLine:
    """Return the parts of a line such as « Marie Roy, directrice, tél. 519 555-0100, c'est elle qui signe ».

    Pieces between commas are the title, unless they are remarks. Without commas, the name ends with its last capital
    word: « Marie Roy directrice ».
    """
    line = re.sub(rf";[^;<>@]*<\s*({_MAIL})\s*>", r"; \1", line)  # « Bob Roy; Roy, B. <bob@b.ca> » has the name twice
    line, email, phone = _apart(line)
    line = re.sub(rf"^\s*{_REACHED}", "", line)
    line = re.sub(r'^\s*"([^"]*)"', r"\1", line)  # « "Marie Roy", directrice »
    pieces = [piece.strip(" .:–—-/") for piece in re.split(r"[,;()<>]|\s[–—-]\s", line)]
    pieces = [piece for piece in pieces if piece and piece not in _JOINING]
    if not pieces:
        return PersonLine("", "", email, phone)
    if _surname_first(line, pieces):
        pieces[:2] = [", ".join(pieces[:2])]
    name, after_name = _split_name(pieces[0])
    rest = [*([after_name] if after_name else []), *pieces[1:]]
    remarks = tuple(piece for piece in rest if _is_remark(piece))
    signs = any(re.search(_SIGNS, fold(piece)) and not re.search(_NEGATION, fold(piece)) for piece in rest)
    title = ", ".join(piece for piece in rest if piece not in remarks)
    return PersonLine(name, title, email, phone, signs, remarks)


def read_contact(line: str) -> tuple[str, str, str]:
    """Return (what a line says beside them, its mail addresses, its telephones); a line without any stays as it is."""
    rest, email, phone = _apart(line)
    if not email and not phone:
        return line, "", ""
    # The brackets that an address stood in; a telephone has taken the first of its own.
    rest = re.sub(r"[(<\[]?\s*,[\s,]*[)>\]]", ",", rest)
    return re.sub(r"\s*(?:[,;]\s*)+", ", ", rest).strip(" ,:–—-/"), email, phone


def _apart(line: str) -> tuple[str, str, str]:
    """Return (a line with a comma for each mail address and telephone, the addresses, the telephones)."""
    values_by_pattern = []
    for pattern in (_MAIL, _PHONE):
        values = []
        while match := re.search(pattern, line):
            value = match[0].removeprefix("mailto:").strip(" .")
            values.append(value if ")" in value else value.lstrip("("))  # « (519 555-0100) » stands in brackets whole
            line = f"{re.sub(_LABEL, '', line[: match.start()])},{line[match.end() :]}"
        values_by_pattern.append(", ".join(values))
    return line, values_by_pattern[0], values_by_pattern[1]


def without_contacts(text: str) -> str:
    """Return only the name and title of a line that holds a mail address or telephone; any other line unchanged."""
    person = read_person(text)
    return ", ".join(filter(None, (person.name, person.title))) if person.email or person.phone else text


def _surname_first(line: str, pieces: list[str]) -> bool:
    """Return whether a line begins with a name written surname first: « Tremblay, Jean »."""
    if len(pieces) < 2 or not line.lstrip().startswith(pieces[0]):
        return False
    comma_follows = line.partition(pieces[0])[2].lstrip().startswith(",")
    return comma_follows and all(len(piece.split()) == 1 and piece[:1].isupper() for piece in pieces[:2])


def _is_remark(piece: str) -> bool:
    """Return whether a piece says that somebody does something, such as to sign, as a title does not."""
    folded = fold(piece)
    has_remark_word = any(word in _REMARK_WORDS for word in words_of(piece))
    return bool(re.search(_SIGNS, folded) or re.search(_ELIDED, folded)) or has_remark_word


def _split_name(piece: str) -> tuple[str, str]:
    """Return (name, what follows it) of a piece: « Marie Roy », « directrice »; the second is "" where all is name."""
    words = piece.split()
    for at, word in enumerate(words):
        if word[:1].islower() and not _within_name(words, at):
            has_two_names = at > 1 and fold(word) not in _JOINING
            only_signs = at == 1 and re.fullmatch(_SIGNS, fold(" ".join(words[1:]).removesuffix(" l'entente")))
            return (" ".join(words[:at]), " ".join(words[at:])) if has_two_names or only_signs else (piece, "")
    return piece, ""


def _within_name(words: list[str], at: int) -> bool:
    """Return whether the word at `at` is a particle inside a name: « Anne de la Tour », « Jean d'Arc »."""
    next_word = next((word for word in words[at:] if fold(word) not in _PARTICLES), "")
    is_particle = fold(words[at]) in _PARTICLES or words[at][:2].lower() in ("d'", "l'", "d’", "l’")
    begins_with_capital = next_word[:1].isupper() or next_word[2:3].isupper()  # « Tour », « d'Arc »
    return at > 0 and is_particle and begins_with_capital
