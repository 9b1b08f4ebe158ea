"""A mail saved as a file: our Word file attached to it first, else its text, else its page."""

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
_HEADERS = ("from", "to", "subject", "date", "message-id", "mime-version", "received", "return-path", "x-unsent")


def is_mail(data: bytes, name: str) -> bool:
    """Return whether bytes are a mail: by the ending of the file, or because headers of a mail stand first."""
    if PurePath(name).suffix.lower() in _MAILS:
        return True
    first = data[:2000].split(b"\n\n")[0].split(b"\r\n\r\n")[0].lower()
    known = [line.split(b":")[0].strip().decode("ascii", "replace") for line in first.splitlines() if b":" in line]
    return len(known) > 2 and sum(text in _HEADERS for text in known) > 2


def read_mail(data: bytes, read: Callable[[bytes, str], Returned]) -> Returned:
    """What a mail brings; `read` reads a file by its bytes and name. CannotRead where neither file nor words are there.

    The author is the sender where the file names none.
    """
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    sender = mail_sender(message)
    for part in message.walk():  # those of a mail that was forwarded as a file, too
        name = part.get_filename() or ""
        content = part.get_payload(decode=True)
        if PurePath(name).suffix.lower() in _ATTACHED and isinstance(content, bytes) and content:
            found = read(content, name)
            return found if found.author else Returned(found.lines, sender, found.word, found.page, found.raw)
    body = mail_text(message)
    if body is None:
        raise CannotRead(
            _("This mail holds no text and no Word file. Save the file attached to it, and give that one.")
        )
    text, is_page = body
    found = read(text.encode(), "mail.html" if is_page else "mail.txt")
    return Returned(found.lines, sender, found.word, found.page, found.raw)


def mail_text(message: EmailMessage) -> tuple[str, bool] | None:
    """Return the words of a mail, and whether they are an HTML page; None where it has none."""
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
    """Return the name of who sent it, its address where it says no name."""
    header = message["from"]
    addresses = getattr(header, "addresses", ())
    return next((address.display_name or address.addr_spec for address in addresses), "")
