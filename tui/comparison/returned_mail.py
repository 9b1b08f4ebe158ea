"""Reads a mail saved as a file: the first file attached to it that can be read, else its plain text, else its HTML."""

from __future__ import annotations

import email
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import default
from pathlib import PurePath

from tui.comparison.returned_lines import CannotRead, Returned
from tui.comparison.returned_text import mended
from tui.i18n import _

_ATTACHED = (".docx", ".html", ".htm", ".txt", ".md")
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

    The author is the one that the file names, else the sender. Raises CannotRead if the mail has neither.
    """
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    sender = mail_sender(message)
    for part in message.walk():  # the attachments of a mail forwarded as a file, too
        name = part.get_filename() or ""
        content = part.get_payload(decode=True)
        if PurePath(name).suffix.lower() in _ATTACHED and isinstance(content, bytes) and content:
            attached = read(content, name)
            if attached.author:
                return attached
            return Returned(attached.lines, sender, attached.word, attached.page, attached.raw)
    body = mail_text(message)
    if body is None:
        raise CannotRead(
            _("This mail holds no text and no Word file. Save the file attached to it, and give that one.")
        )
    text, is_page = body
    returned = read(text.encode(), "mail.html" if is_page else "mail.txt")
    return Returned(returned.lines, sender, returned.word, returned.page, returned.raw)


def mail_text(message: EmailMessage) -> tuple[str, bool] | None:
    """Return the text of a mail, and whether it is HTML; None for none."""
    body = message.get_body(("plain", "html"))
    content = body.get_payload(decode=True) if body is not None else None
    if body is None or not isinstance(content, bytes) or not content.strip():
        return None
    charset = body.get_content_charset() or "utf-8"
    try:
        text = content.decode(charset)
    except (LookupError, UnicodeDecodeError):
        text = content.decode("cp1252", "replace")
    is_page = body.get_content_type() == "text/html"
    # What a browser hands to a mail program by « mailto: » may come through as UTF-8 that was read as Latin-1.
    return text if is_page else mended(text), is_page


def mail_sender(message: EmailMessage) -> str:
    """Return the name of the sender, else the address, "" for neither."""
    header = message["from"]
    addresses = getattr(header, "addresses", ())
    return next((address.display_name or address.addr_spec for address in addresses), "")
