"""Forms answered as partners do it: between the lines of a mail, in the boxes of a Word file, on the page."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from html import escape

import docx
from docx.text.paragraph import Paragraph

from tests.agreement.forms import form_of
from tui.agreement.partner_form import FormItem, PartnerForm
from tui.export.partner_form_page import form_page
from tui.export.partner_form_text import form_text
from tui.export.partner_form_word import form_word_file
from tui.partnership.form_codes import FormCode, find_mark
from tui.partnership.partners import active
from tui.partnership.values import Partnership


@dataclass(frozen=True)
class Answer:
    """What a partner answers to one item: the codes it marks, and its words."""

    choices: tuple[str, ...] = ()
    text: str = ""


Answers = Mapping[str, Answer]  # by the id of the item


def answered_text(form: PartnerForm, answers: Answers) -> str:
    """The form as text, answered where it is typed: marks between the brackets, words behind « Réponse : »."""
    lines = []
    here: FormItem | None = None
    for line in form_text(form).split("\n"):
        found = find_mark(line)
        if found is not None:
            here = next(one for one in form.items if one.mark == found[0])
        elif line.startswith("==="):
            here = None
        lines.append(_answered_line(form, line, here, answers))
    return "\n".join(lines)


def _answered_line(form: PartnerForm, line: str, here: FormItem | None, answers: Answers) -> str:
    given = answers.get(here.id) if here is not None else None
    if here is None or given is None:
        return line
    for choice in here.choices:
        label = choice.label.replace("\u00a0", " ").replace("\u202f", " ")
        if choice.code in given.choices:
            pieces = [f"[x] {label}" if one == f"[ ] {label}" else one for one in line.split("   ")]
            line = "   ".join(pieces)
    if given.text and line in ("Réponse :", "Answer:"):
        return f"{line} {given.text}"
    return line


def quoted(text: str, width: int = 72, sign: str = "> ") -> str:
    """The text as a mail program quotes it, wrapped again."""
    lines = []
    for line in text.split("\n"):
        pieces = textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
        lines += [f"{sign}{piece}".rstrip() for piece in pieces]
    return "\n".join(lines)


def replied(form: PartnerForm, answers: Answers, width: int = 72) -> str:
    """A reply: all that we wrote is quoted and wrapped, the words of the partner stand on lines of their own."""
    lines = ["Bonjour,", "", "Le lun. 30 nov. 2026 à 09:12, Solange Viau <s@college.example> a écrit :"]
    for line in answered_text(form, answers).split("\n"):
        for label in ("Réponse : ", "Answer: "):
            if line.startswith(label):
                lines += [quoted(label.strip()), *textwrap.wrap(line[len(label) :], width)]
                break
        else:
            lines.append(quoted(line, width))
    return "\n".join(lines)


def mail(text: str, sender: str = "Joan Whitlow <joan@clinic.example>") -> bytes:
    """A mail saved as a file."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, "s@college.example", "Re: formulaire"
    message["Date"] = "Mon, 30 Nov 2026 18:04:00 -0500"
    message.set_content(text, cte="quoted-printable")
    return bytes(message)


def word_file(form: PartnerForm, answers: Answers) -> bytes:
    """The Word file, typed in by hand: boxes marked and words written behind « Réponse : »."""
    document = docx.Document(io.BytesIO(form_word_file(form).data))
    for table in document.tables:
        for row in table.rows:
            asked, box = row.cells
            found = find_mark(asked.text)
            assert found is not None
            item = next(one for one in form.items if one.mark == found[0])
            given = answers.get(item.id)
            for paragraph in box.paragraphs:
                _type(paragraph, item, given or Answer())
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _type(paragraph: Paragraph, item: FormItem, given: Answer) -> None:
    text = paragraph.text
    for choice in item.choices:
        if choice.code in given.choices:
            pieces = [f"[x] {choice.label}" if one == f"[ ] {choice.label}" else one for one in text.split("   ")]
            text = "   ".join(pieces)
    if given.text and not text.startswith("[") and text.strip():
        text = f"{text} {given.text}"
    if text != paragraph.text:
        paragraph.runs[0].text = text
        for run in paragraph.runs[1:]:
            run.text = ""


def page_mail(form: PartnerForm, answers: Answers) -> str:
    """What the button of the page hands to the mail program: the fields of its form as text/plain (HTML, 4.10.21.8)."""
    lines = [f"Code={form.code.text}"]
    answer = form.phrase("answer")
    for item in form.items:
        given = answers.get(item.id, Answer())
        chosen = [one for one in item.choices if one.code in given.choices]
        for choice in chosen:
            lines.append(f"{item.mark.text}=[x] {choice.label}")
        if len(item.choices) > 1 and not chosen:
            lines.append(f"{item.mark.text}=")
        if item.words:
            lines.append(f"{item.mark.text} {answer}={given.text}")
    return "\r\n".join(lines) + "\r\n"


def saved_page(form: PartnerForm, answers: Answers) -> bytes:
    """The page saved by a browser that keeps what was marked and typed."""
    text = form_page(form).data.decode()
    for item in form.items:
        given = answers.get(item.id)
        if given is None:
            continue
        start = text.index(f'id="{item.mark.anchor}"')
        end = text.index("</fieldset>", start)
        part = text[start:end]
        for choice in item.choices:
            if choice.code in given.choices:
                value = f'value="[x] {_escaped(choice.label)}"'
                part = part.replace(' value="" checked', ' value=""').replace(value, f"{value} checked")
        if given.text:
            part = part.replace("></textarea>", f">{_escaped(given.text)}</textarea>")
        text = text[:start] + part + text[end:]
    return text.encode()


def _escaped(text: str) -> str:
    return escape(text)


WAYS: dict[str, Callable[[PartnerForm, Answers], tuple[bytes, str]]] = {
    "pasted": lambda form, answers: (answered_text(form, answers).encode(), ""),
    "quoted": lambda form, answers: (replied(form, answers).encode(), "reponse.txt"),
    "quoted narrow": lambda form, answers: (replied(form, answers, 40).encode(), "reponse.txt"),
    "quoted twice": lambda form, answers: (quoted(replied(form, answers), 90).encode(), "reponse.txt"),
    "mail": lambda form, answers: (mail(replied(form, answers)), "reponse.eml"),
    "word": lambda form, answers: (word_file(form, answers), "formulaire.docx"),
    "page's mail": lambda form, answers: (mail(page_mail(form, answers)), "reponse.eml"),
    "page": lambda form, answers: (saved_page(form, answers), "formulaire.html"),
}


def forms_of(partnership: Partnership) -> Callable[[FormCode], tuple[PartnerForm, ...]]:
    """Give the present forms of the partner that a code names, in both languages."""

    def found(code: FormCode) -> tuple[PartnerForm, ...]:
        one = next(one.id for one in active(partnership) if one.id == code.partner)
        return tuple(form_of(partnership, one, lang) for lang in ("fr", "en"))

    return found
