"""The codes and marks printed in a partner's form, by which a form that comes back is recognised.

The code of a form says which partnership, draft and partner it belongs to; the mark of an item says which item an
answer is to, and on which words it was printed. Both are letters and digits that survive mail, Word and copying, and
they reveal nothing: they hold random ids and hashes.
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

KEY, WORDS, CHECK = 8, 6, 2  # lengths of hashes in base32 letters: of an item's id, of words, of a code's checksum
_LETTER = "[a-zA-Z2-7]"  # base32
# A hyphen as mail and Word may leave it: with a line break, quote signs, or as a dash. Its length is limited, since a
# hostile text might make the search slow.
_BETWEEN = r"[\s>|]{0,24}[-\u2010-\u2015\u2212]?[\s>|]{0,24}"
_CODE = re.compile(
    rf"\bENT{_BETWEEN}({_LETTER}{{{LENGTH}}}){_BETWEEN}(\d{{1,6}}){_BETWEEN}({_LETTER}{{{LENGTH}}}){_BETWEEN}"
    rf"({_LETTER}{{{WORDS}}}){_BETWEEN}({_LETTER}{{{CHECK}}})(?!{_LETTER})",
    re.IGNORECASE,
)
_ANCHOR = "entf_"  # begins the name of a Word bookmark made from a mark: letters, digits, underscores, 40 at most
_MARK = re.compile(rf"\[\s*({_LETTER}{{{KEY}}})({_LETTER}{{{WORDS}}})\s*\]")


@dataclass(frozen=True, slots=True)
class FormCode:
    """The code of one form."""

    partnership: str  # as `code_of_id` returns it
    partner: str  # as `code_of_id` returns it
    number: int  # of the draft it asks about, 0 for the text of that day
    words: str  # the hash of the text it asks about (`words_of_points`)

    @property
    def text(self) -> str:
        """The code as it is printed: « ENT-abcdefghij-3-klmnopqrst-k7q2ma-x4 », 26 to 43 characters without a space."""
        content = f"{self.partnership}-{self.number}-{self.partner}-{self.words}"
        return f"ENT-{content}-{_hash(content, CHECK)}"


@dataclass(frozen=True, slots=True)
class FormMark:
    """The mark of one item of a form."""

    key: str  # the hash of the item's id
    words: str  # the hash of the words it was printed with

    @property
    def text(self) -> str:
        """The mark as it is printed, at the beginning of its item: « [k7q2mabcbc3d9x] »."""
        return f"[{self.key}{self.words}]"

    @property
    def anchor(self) -> str:
        """The mark as the name of the answer's box within a file: « entf_k7q2mabcbc3d9x »."""
        return f"{_ANCHOR}{self.key}{self.words}"


def code_of_id(entry_id: str) -> str:
    """Return the ten letters that stand for an id in a code: a random id itself, or a hash of any other id."""
    return entry_id if is_id(entry_id) else id_for_key(entry_id)


def item_mark(item_id: str, words: str) -> FormMark:
    """Return the mark of an item; `words` are the fingerprint of its point, or the words it is printed with."""
    return FormMark(item_key(item_id), _hash(words, WORDS))


def item_key(item_id: str) -> str:
    """Return the hash of an item's id in its mark; it is the same in all forms and languages."""
    return _hash(item_id, KEY)


def words_of_points(points: Mapping[str, str]) -> str:
    """Return the hash of all points (entry id → fingerprint) of the text that a form asks about."""
    return _hash("\0".join(f"{entry_id}={points[entry_id]}" for entry_id in sorted(points)), WORDS)


def find_codes(text: str) -> tuple[FormCode, ...]:
    """Return the different codes in a text, also as mail and Word may have left them; mistyped codes are left out."""
    codes: dict[FormCode, None] = {}  # a dictionary instead of a set, to keep their order
    for match in _CODE.finditer(text):
        partnership, number, partner, words, check = match.groups()
        code = FormCode(partnership.lower(), partner.lower(), int(number), words.lower())
        if code.text.endswith(f"-{check.lower()}"):
            codes[code] = None
    return tuple(codes)


def find_mark(line: str) -> tuple[FormMark, str] | None:
    """Return (mark, rest of the line) for a line that begins with a mark, after any quote signs; None for no mark."""
    match = _MARK.match(line.lstrip(" \t\u00a0>|*"))
    if match is None:
        return None
    return FormMark(match[1].lower(), match[2].lower()), match.string[match.end() :].strip()


def mark_of_anchor(name: str) -> FormMark | None:
    """Return the mark in the name of a bookmark or id in a file; None for any other name."""
    mark = find_mark(f"[{name[len(_ANCHOR) :]}]") if name.startswith(_ANCHOR) else None
    return mark[0] if mark is not None and not mark[1] else None


def id_meant(code: str, ids: Iterable[str]) -> str:
    """Return which of some ids a part of a code stands for; "" for none of them."""
    return next((entry_id for entry_id in ids if code_of_id(entry_id) == code), "")


def _hash(text: str, length: int) -> str:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return b32encode(digest)[:length].decode().lower()


def confirmation_code(partnership: Partnership, partner: str) -> FormCode:
    """Return the code of the mail that asks a partner to confirm the answers noted by telephone."""
    noted = {row.id: canonical(dict(given_entries(row))) for row in noted_by_telephone(partnership, partner)}
    return FormCode(code_of_id(partnership.id), code_of_id(partner), 0, words_of_points(noted))
