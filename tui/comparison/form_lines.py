"""Reads the lines of a file that may be a partner's form: a mail with attachments, a Word file, an HTML page, a text.

`returned_form` finds the answers in them.
"""

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

_QUOTE = re.compile(r"(?:[ \t\u00a0]{0,3}[>|][ \t\u00a0]?)+")  # the quote signs before a line: « > > »
# A drawn box, with or without a mark, unless it stands in a box of ours: « [✓] ».
_TICKED, _BLANK = re.compile(r"(?<!\[)[☑☒✓✔✗✘](?!\s*\])"), re.compile(r"(?<!\[)[☐□](?!\s*\])")
_READABLE = (".docx", ".html", ".htm", ".txt", ".eml")
_UNREADABLE = (".odt", ".doc", ".rtf", ".pdf")  # an attachment of these is refused with advice, not passed over
_PAGES = (".html", ".htm", ".xhtml")
_ZIP_BEGINS = b"PK\x03\x04"  # a Word file is a ZIP archive
_MAIL_LEVELS = 3  # mails attached to mails are opened so deep


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line of a file, without its quote signs."""

    text: str
    quoted: bool = False  # whether it had quote signs, so that it is ours
    ends: bool = False  # whether it ends the answer above it: a heading, or a line between two tables


@dataclass(frozen=True, slots=True)
class FormFile:
    """The lines of one file, or of the text of a mail."""

    lines: tuple[FormLine, ...]
    means: str  # how it came: a code of choices.toml [answer_means]
    author: str = ""  # the author it names, "" for none
    date: str = ""  # the ISO date it names, "" for none
    name: str = ""  # the file name of an attachment
    refused: str = ""  # why it cannot be read and what to do, "" if it was read

    @property
    def quotes(self) -> bool:
        """Whether lines are quoted: then our words have quote signs, and lines without one are the partner's."""
        return any(line.quoted for line in self.lines)


def form_files(data: bytes, name: str) -> tuple[FormFile, ...]:
    """Return the texts that may hold a form: one for a file, one for the text and for each attachment of a mail.

    Raises CannotRead if a single file cannot be read; an attachment that cannot be read is `refused`.
    """
    if is_mail(data, name):
        return tuple(_read_mail(data, _MAIL_LEVELS))
    return (_read_file(data, name),)


def _read_mail(data: bytes, levels: int) -> Iterator[FormFile]:
    """Yield the text of a mail, then its attachments that may hold a form; attached mails are opened `levels` deep."""
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    author, date = mail_sender(message), _date(message)
    body = mail_text(message)
    if body is not None:
        text, is_page = body
        lines = _page_lines(text) if is_page else _text_lines(text)
        yield FormFile(lines, PAGE if _sent_by_page(lines) else MAIL, author, date)
    for part in message.iter_attachments():
        content = part.get_content() if part.get_content_type() == "message/rfc822" else part.get_payload(decode=True)
        name = part.get_filename() or ""
        if isinstance(content, EmailMessage) and levels:
            yield from _read_mail(content.as_bytes(), levels - 1)
        elif isinstance(content, bytes) and content and PurePath(name).suffix.lower() in (*_READABLE, *_UNREADABLE):
            shown_name = clean(name, multiline=False)
            try:
                opens_as_mail = levels > 0 and is_mail(content, name)
                files = _read_mail(content, levels - 1) if opens_as_mail else [_read_file(content, name)]
                for file in files:
                    yield replace(file, author=author or file.author, date=date or file.date, name=shown_name)
            except CannotRead as error:
                yield FormFile((), WORD, author, date, shown_name, str(error))


def _date(message: EmailMessage) -> str:
    """Return the ISO date on which a mail was sent, in the time zone of its sender; "" if it does not say."""
    header = message["date"]
    try:
        when = getattr(header, "datetime", None)
    except (TypeError, ValueError):
        return ""
    return when.date().isoformat() if isinstance(when, datetime) else ""


def _read_file(data: bytes, name: str) -> FormFile:
    """Return the lines of a file that is no mail. Raises CannotRead if it cannot be read."""
    text = decode(data) if _is_text(data, name) else ""
    if PurePath(name).suffix.lower() in _PAGES or text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        return FormFile(_page_lines(text), PAGE)
    returned = parse_returned(data, name)
    if returned.word:
        return FormFile(tuple(_word_lines(returned)), WORD, returned.author)
    lines = _text_lines("\n".join(returned.raw))
    return FormFile(lines, PAGE if _sent_by_page(lines) else MAIL, returned.author)


def _is_text(data: bytes, name: str) -> bool:
    """Return whether bytes are neither a Word file nor another binary file, by their beginning and the name."""
    return b"\0" not in data[:4096] and data[:4] != _ZIP_BEGINS and PurePath(name).suffix.lower() != ".docx"


def _text_lines(text: str) -> tuple[FormLine, ...]:
    """Return the lines of a plain text."""
    lines = []
    for raw in clean(text).split("\n"):
        quote = _QUOTE.match(raw)
        text_behind = raw[quote.end() :] if quote is not None else raw
        lines.append(FormLine(_with_our_boxes(text_behind), quote is not None))
    return tuple(lines)


def _with_our_boxes(text: str) -> str:
    """Return the text with drawn boxes (☑, ☐) written as ours: « [x] » and « [ ] »."""
    return _BLANK.sub("[ ]", _TICKED.sub("[x]", text))


def _sent_by_page(lines: Sequence[FormLine]) -> bool:
    """Return whether the button of our HTML form wrote these lines: one is « [MARK]=… », of 14 letters and digits."""
    return any(re.match(r"\[[a-z2-7]{14}\]=", line.text) for line in lines)


def _word_lines(returned: Returned) -> Iterator[FormLine]:
    """Yield the lines of a Word file; those outside of tables, the headings and the remarks end an answer.

    In the form each item is a row of a table: its question, then the cell with its boxes.
    """
    for line in returned.lines:
        if line.gone:
            continue
        for text in line.text.split("\n"):
            yield FormLine(_with_our_boxes(text), ends=line.heading or not line.row)
        for remark in line.remarks:
            for text in remark.text.split("\n"):
                yield FormLine(text, ends=True)


# -- the page ----------------------------------------------------------------------------------------------------------


def _page_lines(text: str) -> tuple[FormLine, ...]:
    """Return what was marked and typed in our HTML form as lines; of any other page return its lines."""
    reader = _PageFields()
    reader.feed(clean(text))
    reader.close()
    if reader.marks:
        return tuple(reader.lines())
    returned = parse_returned(text.encode(), "form.html")  # the name says that it is to be read as HTML
    lines = (piece for line in returned.lines if not line.gone for piece in line.text.split("\n"))
    return tuple(FormLine(_with_our_boxes(piece)) for piece in lines)


class _PageFields(HTMLParser):
    """Gathers the answers in our HTML form, its code, and the text that it offers to be copied into a mail."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.marks: list[tuple[str, list[str]]] = []  # the mark of each item, with what was marked and typed there
        self._other: list[str] = []  # the code of the form, and the text to be copied
        self._typed: list[str] | None = None  # the pieces of the text field being read, None outside of one
        self._in_code = self._in_copy = False  # whether the code, or the text to be copied, is being read
        self._lang = "fr"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a marked box, or the beginning of an item, a text field or the code."""
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
            self._typed, self._in_copy = [], attributes.get("id") == "text"
        if tag == "p":
            self._in_code = attributes.get("id") == "code"

    def handle_endtag(self, tag: str) -> None:
        """Note the text of a field that ends."""
        if tag == "textarea" and self._typed is not None:
            text, self._typed = "".join(self._typed), None
            if self.marks and not self._in_copy:
                self.marks[-1][1].append(form_word("answer", self._lang) + text)
            else:
                self._other += text.split("\n")
        if tag == "p":
            self._in_code = False

    def handle_data(self, data: str) -> None:
        """Note text inside a field, or the code."""
        if self._typed is not None:
            self._typed.append(data)
        elif self._in_code:
            self._other.append(data)

    def lines(self) -> Iterator[FormLine]:
        """Yield for each item its mark and its answers, then a rule, then the code and the text to be copied."""
        for mark, answers in self.marks:
            yield FormLine(mark)
            for text in answers:
                yield from (FormLine(_with_our_boxes(part)) for part in text.split("\n"))
        yield FormLine("===")
        for text in self._other:
            yield FormLine(_with_our_boxes(text))
