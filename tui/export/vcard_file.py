"""Contacts from a vCard file (RFC 6350 and the 2.1 and 3.0 before it), as the rows that a table of contacts has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tui.i18n import _
from tui.partnership.field_kinds import BadValue

HEADS = ("organization", "name", "title", "email", "phone", "language")  # as `partnership.contacts_table` heads them
_BEGIN = "begin:vcard"


def is_vcard(data: bytes) -> bool:
    """Return whether bytes begin as a vCard does."""
    return data[:64].decode("utf-8-sig", "ignore").lstrip().lower().startswith(_BEGIN)


def read_vcards(data: bytes, name: str) -> list[list[str]]:
    """Return HEADS, then a row for each card; a card that names nobody, of an organisation alone, has an empty name.

    Raises BadValue that names the line where the file cannot be read; `name` is that of the file.
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
        said = _("“{name}” cannot be read as a vCard. Save the contacts anew as vCard or as CSV, then take that in.")
        at = " " + _("(line {n})").format(n=line) if line else ""
        raise BadValue(said.format(name=name) + at) from error
    return rows


def _cells(card: Any) -> Iterator[str]:
    """Yield the cells of a card, in the order of HEADS: of several e-mails or telephones the preferred one."""
    organisation = _first(card, "org")
    called = str(_first(card, "fn") or _joined(_first(card, "n")))
    yield str(organisation[0]) if isinstance(organisation, list) and organisation else str(organisation or "")
    yield "" if not isinstance(organisation, str) and _names_itself(called, organisation) else called
    said = (str(_first(card, kind) or "") for kind in ("title", "email", "tel", "lang"))
    yield from (text.removeprefix("mailto:").removeprefix("tel:") for text in said)  # 4.0 writes them as addresses


def _names_itself(called: str, organisation: Any) -> bool:
    """Return whether the card is of the organisation itself, as address books keep a switchboard."""
    return isinstance(organisation, list) and bool(organisation) and called.strip() == str(organisation[0]).strip()


def _joined(name: Any) -> str:
    """« Ida Roy » of a name that comes in its parts, "" for none."""
    parts = (getattr(name, part, "") for part in ("given", "additional", "family"))
    return " ".join(str(part) for part in parts if isinstance(part, str) and part)


def _first(card: Any, kind: str) -> Any:
    """Return the value of the preferred line of a kind, else of the first; None where there is none."""
    lines = card.contents.get(kind, [])
    preferred = [line for line in lines if _is_preferred(line.params)]
    return next((item.value for item in (*preferred, *lines) if item.value), None)


def _is_preferred(params: dict[str, list[str]]) -> bool:
    told = {str(text).lower() for key, values in params.items() for text in (key, *values)}
    return "pref" in told
