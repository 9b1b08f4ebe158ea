"""E-mail addresses in what people type: « a@b ; c@d », « Tremblay, Jean <jean@b> », « a@b ou c@d » read to a list."""

from __future__ import annotations

import re
import unicodedata

from tui.fast_dataclass import dataclass

# A mailbox of RFC 5322 § 3.2.3 (dot-atom), wider in letters: an accented one is found, and then told.
_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]\\@]+@[^\s<>,;:\"()\[\]\\@]+")
_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LONGEST = 254  # characters of an address (RFC 5321 § 4.5.3.1.3, without the angle brackets)


@dataclass(frozen=True, slots=True)
class MailAddresses:
    """`found` as a mail header holds them, each once, in order; `unreadable` are the pieces that are no address."""

    found: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


def read_addresses(text: str) -> MailAddresses:
    """Return the addresses that `text` names; names, brackets and the words between them are left out.

    Domains are written by IDNA (RFC 5891): « info@école.example » is « info@xn--cole-9oa.example ». A mailbox with
    other letters than those of RFC 5322 is unreadable: hardly any mail server takes it.
    """
    visible = "".join(" " if char.isspace() else char for char in text if unicodedata.category(char) != "Cf")
    visible = re.sub(r"(?i)\bmailto:", " ", visible)
    found: dict[str, None] = {}
    unreadable: list[str] = []
    for match in _ADDRESS.finditer(visible):
        typed = match[0].strip(".'’«»“”")
        address = _in_a_header(typed)
        if address:
            found[address] = None
        else:
            unreadable.append(typed)
    rest = _ADDRESS.sub(" ", visible)
    if "@" in rest or (not found and not unreadable and rest.strip()):
        unreadable.append(rest.strip(" ,;"))
    return MailAddresses(tuple(found), tuple(unreadable))


def _in_a_header(address: str) -> str:
    """Return the address in ASCII, or "" if no mail program would take it."""
    mailbox, _at, domain = address.rpartition("@")
    if any(unicodedata.category(char)[0] not in "LMN" and char not in "-." for char in domain):
        return ""  # a dash or another comma between two addresses: RFC 5892 has no such sign in a domain
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
        known = ascii_domain.encode("ascii").decode("idna")
    except UnicodeError:  # an empty or over-long label
        return ""
    if not domain.isascii() and known.lower() != unicodedata.normalize(
        "NFC", domain.lower()
    ):  # RFC 5891 writes « ß » otherwise than this codec
        return ""
    labels = ascii_domain.split(".")
    if not _MAILBOX.fullmatch(mailbox) or len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        return ""
    whole = f"{mailbox}@{ascii_domain}"
    return whole if len(whole) <= _LONGEST else ""
