"""Read contacts from a vCard file (versions 2.1, 3.0, and 4.0 of RFC 6350) as rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tui.i18n import _
from tui.partnership.field_kinds import BadValue

HEADS = (
    "organization",
    "name",
    "title",
    "email",
    "phone",
    "language",
)  # as `partnership.contacts_table` reads them
_BEGIN = "begin:vcard"
_LOOKED_AT = 64  # bytes: enough for a mark of the encoding, spaces and `_BEGIN`


def is_vcard(data: bytes) -> bool:
    """Return whether bytes begin as a vCard does."""
    return data[:_LOOKED_AT].decode("utf-8-sig", "ignore").lstrip().lower().startswith(_BEGIN)


def read_vcards(data: bytes, name: str) -> list[list[str]]:
    """Return HEADS, then a row for each card; the card of an organisation without a person has an empty name.

    `name` is the name of the file. Raises BadValue, which names the line, where the file cannot be read.
    """
    from vobject.base import ParseError, readComponents

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    rows = [list(HEADS)]
    try:
        rows += [list(_cells(card)) for card in readComponents(text, allowQP=True) if card.name == "VCARD"]
    except (ParseError, ValueError, LookupError) as error:
        line = getattr(error, "lineNumber", None)
        sentence = _(
            "“{name}” cannot be read as a vCard. Save the contacts anew as vCard or as CSV, then take that in."
        )
        line_words = " " + _("(line {n})").format(n=line) if line else ""
        raise BadValue(sentence.format(name=name) + line_words) from error
    return rows


def _cells(card: Any) -> Iterator[str]:
    """Yield the cells of a card in the order of HEADS; of several e-mails or telephones, the preferred one."""
    organisation = _first(card, "org")  # a list: the organisation, then its units
    full_name = str(_first(card, "fn") or _joined_name(_first(card, "n")))
    yield str(organisation[0]) if isinstance(organisation, list) and organisation else str(organisation or "")
    yield "" if _is_own_name(full_name, organisation) else full_name
    texts = (str(_first(card, kind) or "") for kind in ("title", "email", "tel", "lang"))
    yield from (text.removeprefix("mailto:").removeprefix("tel:") for text in texts)  # version 4.0 may write URIs


def _is_own_name(full_name: str, organisation: Any) -> bool:
    """Return whether a card's name is its organisation's: the card of a switchboard, not of a person."""
    return isinstance(organisation, list) and bool(organisation) and full_name.strip() == str(organisation[0]).strip()


def _joined_name(name: Any) -> str:
    """Return « Ida Roy » for a name in parts (vobject's `Name`); "" for None."""
    parts = (getattr(name, part, "") for part in ("given", "additional", "family"))
    return " ".join(str(part) for part in parts if isinstance(part, str) and part)


def _first(card: Any, kind: str) -> Any:
    """Return the value of a card's preferred line of a kind (« email »), else of its first; None if it has none."""
    lines = card.contents.get(kind, [])
    preferred = [line for line in lines if _is_preferred(line.params)]
    return next((item.value for item in (*preferred, *lines) if item.value), None)


def _is_preferred(params: dict[str, list[str]]) -> bool:
    """Return whether "pref" is a key (« PREF=1 ») or a value (« TYPE=pref ») among the parameters of a line."""
    words = {str(text).lower() for key, values in params.items() for text in (key, *values)}
    return "pref" in words
