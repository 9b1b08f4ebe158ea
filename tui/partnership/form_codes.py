"""The code of a form that a partner answers, the marks of what it asks, and what a reader of a form gives back.

A code says which partnership, which draft and which partner a form is of; a mark says which item an answer is to, and
on which words it was given. Both are letters and digits that mail, Word and copying leave alone, and tell nobody
anything: of ids that are not random, and of words, they hold a hash.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections.abc import Iterable, Mapping

from tui.fast_dataclass import dataclass
from tui.partnership.ids import LENGTH, id_for_key, is_id
from tui.partnership.positions import canonical
from tui.partnership.received_answers import given_entries, noted_by_telephone
from tui.partnership.values import Partnership

KEY, WORDS, CHECK = 8, 6, 2  # letters of base32: of an item, of the words it was printed with, of a code's check
_LETTER = "[a-zA-Z2-7]"
# A hyphen as mail and Word leave it: wrapped, quoted, made a dash. Bounded, since what comes back may be hostile.
_BETWEEN = r"[\s>|]{0,24}[-\u2010-\u2015\u2212]?[\s>|]{0,24}"
_CODE = re.compile(
    rf"\bENT{_BETWEEN}({_LETTER}{{{LENGTH}}}){_BETWEEN}(\d{{1,6}}){_BETWEEN}({_LETTER}{{{LENGTH}}}){_BETWEEN}"
    rf"({_LETTER}{{{WORDS}}}){_BETWEEN}({_LETTER}{{{CHECK}}})(?!{_LETTER})",
    re.IGNORECASE,
)
_ANCHOR = "entf_"  # before a mark, where it names a bookmark of Word: letters, digits, underscores, 40 at most
_MARK = re.compile(rf"\[\s*({_LETTER}{{{KEY}}})({_LETTER}{{{WORDS}}})\s*\]")


@dataclass(frozen=True, slots=True)
class FormCode:
    """Which form an answer is to: `partnership` and `partner` as `code_of_id` gives them, and the words it was on.

    `number` is the draft it asks about, 0 for today's text as it then was; `words` the mark of all its points
    (`words_of_points`).
    """

    partnership: str
    partner: str
    number: int
    words: str

    @property
    def text(self) -> str:
        """The code as it is printed: « ENT-abcdefghij-3-klmnopqrst-k7q2ma-x4 », 26 to 43 characters without a space."""
        said = f"{self.partnership}-{self.number}-{self.partner}-{self.words}"
        return f"ENT-{said}-{_hash(said, CHECK)}"


@dataclass(frozen=True, slots=True)
class FormMark:
    """Which item of a form an answer is to (`key`, of its id), and on which words it was printed (`words`)."""

    key: str
    words: str

    @property
    def text(self) -> str:
        """The mark as it is printed, at the beginning of its item: « [k7q2mabcbc3d9x] »."""
        return f"[{self.key}{self.words}]"

    @property
    def anchor(self) -> str:
        """The mark as a name within a file, of the box that takes the answer: « entf_k7q2mabcbc3d9x »."""
        return f"{_ANCHOR}{self.key}{self.words}"


def code_of_id(name: str) -> str:
    """Return the ten letters that stand for an id in a code: the id itself where it is one, else a hash of it."""
    return name if is_id(name) else id_for_key(name)


def item_mark(item_id: str, words: str) -> FormMark:
    """Return the mark of an item: `words` is the fingerprint of its point, or else what it was printed with."""
    return FormMark(item_key(item_id), _hash(words, WORDS))


def item_key(item_id: str) -> str:
    """Return the letters that stand for an item's id in its mark; the same in every form and language."""
    return _hash(item_id, KEY)


def words_of_points(points: Mapping[str, str]) -> str:
    """Return the letters that stand for all points (entry id → fingerprint) of the text a form is on."""
    return _hash("\0".join(f"{name}={points[name]}" for name in sorted(points)), WORDS)


def find_codes(text: str) -> tuple[FormCode, ...]:
    """Return the codes that a text holds, each once, as mail and Word may have left them; one mistyped is none."""
    found: dict[FormCode, None] = {}
    for match in _CODE.finditer(text):
        partnership, number, partner, words, check = match.groups()
        code = FormCode(partnership.lower(), partner.lower(), int(number), words.lower())
        if code.text.endswith(f"-{check.lower()}"):
            found[code] = None
    return tuple(found)


def find_mark(line: str) -> tuple[FormMark, str] | None:
    """Return the mark that a line begins with, after signs of a quote, and what stands behind it; None for no mark."""
    match = _MARK.match(line.lstrip(" \t\u00a0>|*"))
    if match is None:
        return None
    return FormMark(match[1].lower(), match[2].lower()), match.string[match.end() :].strip()


def mark_of_anchor(name: str) -> FormMark | None:
    """Return the mark that a bookmark or an id in a file is named after; None for a name that is not ours."""
    found = find_mark(f"[{name[len(_ANCHOR) :]}]") if name.startswith(_ANCHOR) else None
    return found[0] if found is not None and not found[1] else None


def id_meant(code: str, ids: Iterable[str]) -> str:
    """Return which of some ids a part of a code stands for, "" for none of them."""
    return next((name for name in ids if code_of_id(name) == code), "")


def _hash(text: str, length: int) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return b32encode(digest)[:length].decode().lower()


def confirmation_code(partnership: Partnership, partner: str) -> FormCode:
    """Return the code of the mail that asks to confirm what was noted: it names the partner, and the words noted."""
    said = {row.id: canonical(dict(given_entries(row))) for row in noted_by_telephone(partnership, partner)}
    return FormCode(code_of_id(partnership.id), code_of_id(partner), 0, words_of_points(said))
