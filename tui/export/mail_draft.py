"""The agreement as a mail draft (.eml) that the reader's own mail program opens, ready to be addressed and sent."""

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

_TYPES = {
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".pdf": ("application", "pdf"),
    ".ics": ("text", "calendar"),
}
_LONGEST_NAME = 60  # characters: with its parameter's name under the 76 of a header line


def write(agreement: Agreement) -> Rendered:
    """Return a draft that carries the Word file, with one line to introduce it."""
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
    """Return a draft: `attachments` are (file name, bytes); subject and body default to the document's name.

    Raises ValueError as `compose_draft` does.
    """
    clean, _warnings = make_legible(agreement, laid_out=False)
    name = " ".join(document_name(clean).split())
    usual = f"{name} ({clean.version})" if clean.version else name
    return compose_draft(to, subject or usual, body or wording(clean).attached.format(document=name), attachments)


def compose_draft(to: Sequence[str], subject: str, text: str, attachments: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """Return a draft with a plain text; `attachments` are (file name, bytes).

    Raises ValueError when an address, the subject or a file name holds a line break: it could add a header of its
    own (RFC 5322 § 2.2). `X-Unsent: 1` makes Outlook open it for writing. There is no date and no sender: the mail
    program gives both when it sends; so equal input gives equal bytes.
    """
    _refuse_breaks(subject, *to, *(name for name, _data in attachments))
    message = EmailMessage(policy=SMTP)
    message.set_content(text.rstrip("\n") + "\n", cte="quoted-printable")
    for file_name, data in attachments:
        ending = file_name[file_name.rfind(".") :].lower()
        main, sub = _TYPES.get(ending, ("application", "octet-stream"))
        name_there = _attachment_name(file_name)
        message.add_attachment(data, maintype=main, subtype=sub, filename=name_there, params={"name": name_there})
    if message.is_multipart():
        message.set_boundary(_boundary(text, attachments))
    return _headers(subject, to) + message.as_bytes()


def _headers(subject: str, to: Sequence[str]) -> bytes:
    """Return the headers of the draft; EmailMessage of 3.11 loses spaces when it folds an accented subject."""
    plain = subject.isascii()
    lines = [
        "Subject: " + Header(subject, "us-ascii" if plain else "utf-8", header_name="Subject").encode(linesep="\r\n")
    ]
    if to:
        lines.append("To: " + ",\r\n ".join(formataddr(parseaddr(address)) for address in to))
    lines.append("X-Unsent: 1")
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _attachment_name(file_name: str) -> str:
    """Return the name an attachment has in the draft: plain ASCII, at most `_LONGEST_NAME` characters.

    Longer or accented names are written in pieces or encoded (RFC 2231); some mail programs then show « sans titre ».
    """
    stem_part, dot, ending = file_name.rpartition(".")
    folded = unicodedata.normalize("NFKD", stem_part if dot else ending)
    plain = re.sub(
        r"[^A-Za-z0-9._-]+", "-", "".join(character for character in folded if not unicodedata.combining(character))
    )
    plain = plain.strip("-.") or "document"
    return f"{plain[: _LONGEST_NAME - len(ending) - 1].rstrip('-.')}.{ending}" if dot else plain[:_LONGEST_NAME]


def _refuse_breaks(*headers: str) -> None:
    for header in headers:
        if (
            len(header.splitlines()) > 1
            or header.endswith(("\n", "\r"))
            or any(ord(character) < 32 for character in header)
        ):
            raise ValueError(f"a line break or control may not stand in a mail header: {header!r}")


def _boundary(text: str, attachments: Sequence[tuple[str, bytes]]) -> str:
    """Return a line that stands in no part and is the same for the same parts."""
    digest = hashlib.sha256(text.encode())
    for name, data in attachments:
        digest.update(name.encode() + b"\0" + data)
    return f"=_{digest.hexdigest()[:40]}"
