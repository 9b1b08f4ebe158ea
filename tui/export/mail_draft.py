"""Write mail drafts (.eml), which the person's own mail program opens, ready to be addressed and sent."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr, parseaddr

from tui.agreement.blocks import Agreement
from tui.export.formats import Rendered, file_stem
from tui.export.legible_text import make_legible
from tui.export.page_layout import document_name, wording

_TYPES = {  # MIME types by ending
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".pdf": ("application", "pdf"),
    ".ics": ("text", "calendar"),
}
_MAX_NAME = 60  # characters, so that ` filename="…"` stays within the 76 of a header line


def write(agreement: Agreement) -> Rendered:
    """Return a draft with the Word file attached and one line of text."""
    from tui.export import word_document

    document = word_document.write(agreement)
    data = to_eml(agreement, attachments=((f"{file_stem(agreement)}.docx", document.data),))
    return Rendered(data, document.warnings)


def to_eml(
    agreement: Agreement,
    *,
    to: Sequence[str] = (),
    subject: str = "",
    body: str = "",
    attachments: Sequence[tuple[str, bytes]] = (),
) -> bytes:
    """Return a draft; `attachments` are (file name, bytes), `to` are addresses (« Ida Roy <ida@ex.ca> »).

    The subject defaults to the document's name and version, the body to a line that names the document. Raises
    ValueError as `compose_draft` does.
    """
    clean, _warnings = make_legible(agreement, laid_out=False)
    name = " ".join(document_name(clean).split())
    default_subject = f"{name} ({clean.version})" if clean.version else name
    body = body or wording(clean).attached.format(document=name)
    return compose_draft(to, subject or default_subject, body, attachments)


def compose_draft(to: Sequence[str], subject: str, text: str, attachments: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """Return a draft with a plain text; `attachments` are (file name, bytes).

    Raises ValueError when an address, the subject or a file name holds a line break, which could add a header (RFC 5322
    § 2.2). `X-Unsent: 1` makes Outlook open the draft for writing. Date and sender are left to the mail program, so
    equal input gives equal bytes.
    """
    _refuse_breaks(subject, *to, *(name for name, _data in attachments))
    message = EmailMessage(policy=SMTP)
    message.set_content(text.rstrip("\n") + "\n", cte="quoted-printable")
    for file_name, data in attachments:
        ending = file_name[file_name.rfind(".") :].lower()
        main_type, subtype = _TYPES.get(ending, ("application", "octet-stream"))
        name = _attachment_name(file_name)
        message.add_attachment(data, maintype=main_type, subtype=subtype, filename=name, params={"name": name})
    if message.is_multipart():
        message.set_boundary(_boundary(text, attachments))
    return _headers(subject, to) + message.as_bytes()


def _headers(subject: str, to: Sequence[str]) -> bytes:
    """Return the headers of the draft, written here: Python 3.11's EmailMessage loses spaces in an accented subject."""
    plain = subject.isascii()
    lines = [
        "Subject: " + Header(subject, "us-ascii" if plain else "utf-8", header_name="Subject").encode(linesep="\r\n")
    ]
    if to:
        lines.append("To: " + ",\r\n ".join(formataddr(parseaddr(address)) for address in to))  # an address a line
    lines.append("X-Unsent: 1")
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _attachment_name(file_name: str) -> str:
    """Return the name of an attachment in the draft: plain ASCII, at most `_MAX_NAME` characters.

    Longer or accented names would be split or encoded (RFC 2231), and some mail programs then show « sans titre ».
    """
    stem, dot, ending = file_name.rpartition(".")  # without a dot the whole name is in `ending`
    decomposed = unicodedata.normalize("NFKD", stem if dot else ending)
    unaccented = "".join(character for character in decomposed if not unicodedata.combining(character))
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", unaccented).strip("-.") or "document"
    if not dot:
        return plain[:_MAX_NAME]
    shortened = plain[: _MAX_NAME - len(f".{ending}")].rstrip("-.")
    return f"{shortened}.{ending}"


def _refuse_breaks(*headers: str) -> None:
    """Raise ValueError if a header holds a line break or a control character."""
    for header in headers:
        if len(header.splitlines()) > 1 or any(ord(character) < 32 for character in header):
            raise ValueError(f"a line break or control may not stand in a mail header: {header!r}")


def _boundary(text: str, attachments: Sequence[tuple[str, bytes]]) -> str:
    """Return the line between the parts, made of a checksum: no part holds it, and equal parts give the same line."""
    digest = hashlib.sha256(text.encode())
    for name, data in attachments:
        digest.update(name.encode() + b"\0" + data)
    return f"=_{digest.hexdigest()[:40]}"
