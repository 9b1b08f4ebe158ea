"""The lines of whatever may be a partner's form: a mail with what is attached to it, a Word file, a page, a text."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import PurePath

from tui.comparison.returned_lines import CannotRead, Returned
from tui.comparison.returned_mail import is_mail, mail_sender, mail_text
from tui.comparison.returned_match import parse_returned
from tui.comparison.returned_text import decode
from tui.fast_dataclass import dataclass
from tui.guide.partner_form_words import form_word
from tui.partnership.form_codes import mark_of_anchor
from tui.partnership.received_answers import MAIL, PAGE, WORD
from tui.text.clean import clean

_QUOTE = re.compile(r"(?:[ \t\u00a0]{0,3}[>|][ \t\u00a0]?)+")
_TICKED, _BLANK = re.compile(r"(?<!\[)[☑☒✓✔✗✘](?!\s*\])"), re.compile(r"(?<!\[)[☐□](?!\s*\])")
_ATTACHED = (".docx", ".html", ".htm", ".txt", ".eml")
_UNREADABLE = (".odt", ".doc", ".rtf", ".pdf")  # where one is attached, a message says what to do
_PAGES = (".html", ".htm", ".xhtml")
_DEPTH = 3  # levels of mails attached to mails that are opened


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line without its quote signs, and whether it was quoted.

    `ends` says that no answer goes on here: it is a heading or a line between two tables.
    """

    text: str
    quoted: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class FormFile:
    """The lines of one file or mail text; `means` is a code of choices.toml [answer_means].

    `author` and `date` (an ISO date) are those that it names, "" for none.
    """

    lines: tuple[FormLine, ...]
    means: str
    author: str = ""
    date: str = ""
    name: str = ""  # of a file that was attached
    refused: str = ""  # why it cannot be read, and what to do

    @property
    def quotes(self) -> bool:
        """Whether what we wrote bears quote signs there: then a line without is the partner's own."""
        return any(line.quoted for line in self.lines)


def form_files(data: bytes, name: str) -> tuple[FormFile, ...]:
    """Return the texts that may hold a form, the attachments of a mail each by itself.

    Raises CannotRead as `parse_returned` for a single file; an attachment that cannot be read says why (`refused`).
    """
    if is_mail(data, name):
        return tuple(_of_mail(data, _DEPTH))
    return (_of_file(data, name),)


def _of_mail(data: bytes, levels: int) -> Iterator[FormFile]:
    """Yield the text of a mail, then each attachment that may hold a form, mails in mails as many `levels` down."""
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    author, date = mail_sender(message), _date(message)
    body = mail_text(message)
    if body is not None:
        text, is_page = body
        lines = _of_page(text) if is_page else _of_text(text)
        yield FormFile(lines, PAGE if _sent_by_page(lines) else MAIL, author, date)
    for part in message.iter_attachments():
        content = part.get_content() if part.get_content_type() == "message/rfc822" else part.get_payload(decode=True)
        file = part.get_filename() or ""
        if isinstance(content, EmailMessage) and levels:
            yield from _of_mail(content.as_bytes(), levels - 1)
        elif isinstance(content, bytes) and content and PurePath(file).suffix.lower() in (*_ATTACHED, *_UNREADABLE):
            called = clean(file, multiline=False)
            try:
                found = (
                    _of_mail(content, levels - 1) if levels and is_mail(content, file) else [_of_file(content, file)]
                )
                for form_file in found:
                    yield replace(
                        form_file, author=author or form_file.author, date=date or form_file.date, name=called
                    )
            except CannotRead as error:
                yield FormFile((), WORD, author, date, called, str(error))


def _date(message: EmailMessage) -> str:
    """Return the day on which a mail was sent, in the zone of who sent it; "" where it does not say."""
    header = message["date"]
    try:
        when = getattr(header, "datetime", None)
    except (TypeError, ValueError):
        return ""
    return when.date().isoformat() if isinstance(when, datetime) else ""


def _of_file(data: bytes, name: str) -> FormFile:
    text = decode(data) if _is_text(data, name) else ""
    if PurePath(name).suffix.lower() in _PAGES or text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        return FormFile(_of_page(text), PAGE)
    returned = parse_returned(data, name)
    if returned.word:
        return FormFile(tuple(_of_word(returned)), WORD, returned.author)
    lines = _of_text("\n".join(returned.raw))
    return FormFile(lines, PAGE if _sent_by_page(lines) else MAIL, returned.author)


def _is_text(data: bytes, name: str) -> bool:
    return b"\0" not in data[:4096] and data[:4] != b"PK\x03\x04" and PurePath(name).suffix.lower() != ".docx"


def _of_text(text: str) -> tuple[FormLine, ...]:
    found = []
    for raw in clean(text).split("\n"):
        sign = _QUOTE.match(raw)
        said = raw[sign.end() :] if sign is not None else raw
        found.append(FormLine(_boxed(said), sign is not None))
    return tuple(found)


def _boxed(text: str) -> str:
    """Return the text with the boxes that a program draws written as ours: « [x] » and « [ ] »."""
    return _BLANK.sub("[ ]", _TICKED.sub("[x]", text))


def _sent_by_page(lines: Sequence[FormLine]) -> bool:
    """Return whether the button of a form's page wrote these lines: « [mark]=… »."""
    return any(re.match(r"\[[a-z2-7]{14}\]=", line.text) for line in lines)


def _of_word(returned: Returned) -> Iterator[FormLine]:
    """The cells of the tables in their order, the one that asks before its box; lines between tables end an answer."""
    for line in returned.lines:
        if line.gone:
            continue
        for text in line.text.split("\n"):
            yield FormLine(_boxed(text), ends=line.heading or not line.row)
        for remark in line.remarks:
            for text in remark.text.split("\n"):
                yield FormLine(text, ends=True)


# -- the page ----------------------------------------------------------------------------------------------------------


def _of_page(text: str) -> tuple[FormLine, ...]:
    """Return the fields of our page as lines, where it is our page; else what any page says, line by line."""
    reader = _PageFields()
    reader.feed(clean(text))
    reader.close()
    if reader.marks:
        return tuple(reader.lines())
    returned = parse_returned(text.encode(), "form.html")
    lines = (piece for line in returned.lines if not line.gone for piece in line.text.split("\n"))
    return tuple(FormLine(_boxed(piece)) for piece in lines)


class _PageFields(HTMLParser):
    """Gathers what was marked and typed in our page, and the text that it lays ready to be copied."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.marks: list[tuple[str, list[str]]] = []  # each with what was marked and typed below it
        self._other: list[str] = []  # the code of the form, and the text to be copied
        self._typed: list[str] | None = None  # the text field being read
        self._code = self._copy = False  # whether the code, or the text to be copied, is being read
        self._lang = "fr"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a box that is marked, begin a field."""
        attributes = {name: value or "" for name, value in attrs}
        if tag == "html":
            self._lang = "en" if attributes.get("lang", "").startswith("en") else "fr"
        if tag == "fieldset" and (mark := mark_of_anchor(attributes.get("id", ""))) is not None:
            self.marks.append((mark.text, []))
        if tag == "input" and attributes.get("type") == "hidden" and attributes.get("name") == "Code":
            self._other.append(attributes.get("value", ""))
        if tag == "input" and "checked" in attributes and attributes.get("value") and self.marks:
            self.marks[-1][1].append(attributes["value"])
        if tag == "textarea":
            self._typed, self._copy = [], attributes.get("id") == "text"
        if tag == "p":
            self._code = attributes.get("id") == "code"

    def handle_endtag(self, tag: str) -> None:
        """End a field."""
        if tag == "textarea" and self._typed is not None:
            text, self._typed = "".join(self._typed), None
            if self.marks and not self._copy:
                self.marks[-1][1].append(form_word("answer", self._lang) + text)
            else:
                self._other += text.split("\n")
        if tag == "p":
            self._code = False

    def handle_data(self, data: str) -> None:
        """Take in what stands in a field, and the code."""
        if self._typed is not None:
            self._typed.append(data)
        elif self._code:
            self._other.append(data)

    def lines(self) -> Iterator[FormLine]:
        """The lines: of each field its mark, what was marked, what was typed; then the code and the text to copy."""
        for mark, said in self.marks:
            yield FormLine(mark)
            for text in said:
                yield from (FormLine(_boxed(part)) for part in text.split("\n"))
        yield FormLine("===")
        for text in self._other:
            yield FormLine(_boxed(text))
