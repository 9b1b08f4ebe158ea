"""Read the e-mail addresses that people type: « a@b ; c@d », « Tremblay, Jean <jean@b> », « a@b ou c@d »."""

from __future__ import annotations

import re
import unicodedata

from tui.fast_dataclass import dataclass

# Anything like an address is found here, also with accents; `_MAILBOX` (RFC 5322 § 3.2.3, dot-atom) and `_LABEL` (of a
# domain) then decide.
_ADDRESS = re.compile(r"[^\s<>,;:\"()\[\]\\@]+@[^\s<>,;:\"()\[\]\\@]+")
_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_LONGEST = 254  # characters of an address (RFC 5321 § 4.5.3.1.3, without the angle brackets)


@dataclass(frozen=True, slots=True)
class MailAddresses:
    """The addresses in a text."""

    found: tuple[str, ...] = ()  # in ASCII, as a mail header holds them, each once, in order
    unreadable: tuple[str, ...] = ()  # pieces of the text that are no address, as typed


def read_addresses(text: str) -> MailAddresses:
    """Return the addresses in `text`, without names, brackets and the words between them.

    Domains are written by IDNA (RFC 5891): « info@école.example » is « info@xn--cole-9oa.example ». A mailbox with
    other letters than those of RFC 5322 is unreadable, since hardly any mail server accepts it.
    """
    visible = "".join(" " if char.isspace() else char for char in text if unicodedata.category(char) != "Cf")
    addresses: dict[str, None] = {}
    unreadable: list[str] = []
    for match in _ADDRESS.finditer(visible):
        typed = match[0].strip(".'’«»“”")
        address = _to_ascii(typed)
        if address:
            addresses[address] = None
        else:
            unreadable.append(typed)
    rest = _ADDRESS.sub(" ", visible)
    if "@" in rest or (not addresses and not unreadable and rest.strip()):
        unreadable.append(rest.strip(" ,;"))
    return MailAddresses(tuple(addresses), tuple(unreadable))


def _to_ascii(address: str) -> str:
    """Return an address in ASCII (its domain by IDNA), or "" if it is none."""
    mailbox, _at, domain = address.rpartition("@")
    if any(unicodedata.category(char)[0] not in "LMN" and char not in "-." for char in domain):
        return ""  # such as a long dash between two addresses: RFC 5892 allows no such sign in a domain
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
        decoded = ascii_domain.encode("ascii").decode("idna")
    except UnicodeError:  # an empty or over-long label
        return ""
    # For « ß », RFC 5891 has another form than Python's codec, which changes the letter.
    composed = unicodedata.normalize("NFC", domain.lower())
    if not domain.isascii() and decoded.lower() != composed:
        return ""
    labels = ascii_domain.split(".")
    if not _MAILBOX.fullmatch(mailbox) or len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)):
        return ""
    whole = f"{mailbox}@{ascii_domain}"
    return whole if len(whole) <= _LONGEST else ""
