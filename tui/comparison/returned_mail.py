"""Reads a mail saved as a file: each file attached to it that can be read, its text, and its sender's own words."""

from __future__ import annotations

import email
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import EmailMessage, Message
from email.policy import default
from pathlib import PurePath

from tui.comparison.returned_lines import CannotRead, Returned
from tui.comparison.returned_text import ATTRIBUTION, is_quoted, mended
from tui.i18n import _
from tui.text.clean import clean

_ATTACHED = (".docx", ".docm", ".dotx", ".html", ".htm", ".txt", ".md", ".eml")
_NOT_READ = (
    ".odt",
    ".doc",
    ".rtf",
    ".pdf",
    ".pages",
    ".zip",
)  # a file of these is refused with advice, not passed over
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BY_THE_SERVER = re.compile(r"(?i)att\d+\.\w+")  # « ATT00001.txt »: what Exchange makes of a mail's own text
_ATTRIBUTION_LINES = 3
_MAILS = (".eml", ".mht", ".mhtml")  # a page that a browser or Outlook saved as one file is written as a mail is
_ENOUGH_HEADERS = 3  # so many at the beginning of a file show that it is a mail
_HEADERS = ("from", "to", "subject", "date", "message-id", "mime-version", "received", "return-path", "x-unsent")


def is_mail(data: bytes, name: str) -> bool:
    """Return whether bytes are a mail: by the ending of the file, or because three headers of a mail stand first."""
    if PurePath(name).suffix.lower() in _MAILS:
        return True
    first = data[:2000].split(b"\n\n")[0].split(b"\r\n\r\n")[0].lower()
    names = [line.split(b":")[0].strip().decode("ascii", "replace") for line in first.splitlines() if b":" in line]
    return sum(name in _HEADERS for name in names) >= _ENOUGH_HEADERS


def read_mail(data: bytes, read: Callable[[bytes, str], Returned]) -> Returned:
    """Return the first attached file that can be read, else the text of the mail; `read` reads bytes with a file name.

    The other texts of the mail, its own the last of them, are in `others`, what its sender wrote in `letter`, and
    `refused` tells why attached files cannot be read. The author is the one that the file names, else the sender.
    Raises CannotRead if the mail has neither a file that can be read nor a text.
    """
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    sender = mail_sender(message)
    texts: list[Returned] = []
    refused: list[str] = []
    for name, content in _attached_files(message):
        try:
            attached = read(content, name)
        except CannotRead as error:
            refused.append(str(error))
            continue
        texts.append(replace(attached, author=attached.author or sender, name=clean(name, multiline=False)))
    body = mail_text(message)
    letter = ""
    if body is not None:
        text, is_page = body
        own = replace(read(text.encode(), "mail.html" if is_page else "mail.txt"), author=sender)
        texts.append(own)
        lines = own.raw or tuple(line.text for line in own.lines)
        letter = "" if "X-Unsent" in message else _letter(lines)  # a draft of our own holds our letter
    if not texts:
        none = _("This mail holds no text and no Word file. Save the file attached to it, and give that one.")
        raise CannotRead(refused[0] if refused else none)
    first, *others = texts
    return replace(first, others=(*first.others, *others), letter=letter, refused=(*first.refused, *refused))


def _attached_files(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each attached document, those of a mail forwarded as a file too."""
    for part in message.walk():
        name = part.get_filename() or ""
        content = part.get_payload(decode=True)
        is_document = PurePath(name).suffix.lower() in (*_ATTACHED, *_NOT_READ) or part.get_content_type() == _WORD_TYPE
        if is_document and not _BY_THE_SERVER.fullmatch(name) and isinstance(content, bytes) and content:
            yield name or "mail.docx", content


def _letter(lines: tuple[str, ...]) -> str:
    """Return what the sender wrote above the mail that is quoted, without the signature below « -- »."""
    texts: list[str] = []
    for line in lines:
        text = line.strip()
        if is_quoted(line) or ATTRIBUTION.fullmatch(text):
            break
        texts += [text] if text else []
    for size in range(1, _ATTRIBUTION_LINES + 1):
        if ATTRIBUTION.fullmatch(" ".join(texts[-size:])):
            texts = texts[:-size]  # a mail program broke the line « Le 3 mai, X a écrit : »
    return "\n".join(texts)


def mail_text(message: EmailMessage) -> tuple[str, bool] | None:
    """Return the text of a mail, and whether it is HTML; None for none.

    Apple Mail puts an attached file into the middle of the text: what stands below it is read too.
    """
    body = message.get_body(("plain", "html"))
    if body is None:
        return None
    kind = body.get_content_type()
    below = [
        part
        for part in (message.iter_parts() if message.get_content_type() == "multipart/mixed" else ())
        if part is not body and part.get_content_type() == kind and not part.get_filename() and not part.is_attachment()
    ]
    text = "\n".join(filter(None, map(_decoded, (body, *below))))
    is_page = kind == "text/html"
    # What a browser hands to a mail program by « mailto: » may come through as UTF-8 that was read as Latin-1.
    return (text if is_page else mended(text), is_page) if text.strip() else None


def _decoded(part: Message) -> str:
    """Return the text of a part, "" for none; where its letters do not fit what it says of them, Windows' are tried."""
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("cp1252", "replace")


def mail_sender(message: EmailMessage) -> str:
    """Return the name of the sender, else the address, "" for neither."""
    header = message["from"]
    addresses = getattr(header, "addresses", ())
    return next((address.display_name or address.addr_spec for address in addresses), "")
