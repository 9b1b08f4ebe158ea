"""Tests of the files that may hold a form: what a mail carries, from whom and of which day, and what is refused."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO

import docx
import pytest

from tests.workspace.returns import line as paragraph
from tests.workspace.returns import removed, said
from tests.workspace.returns import word_file as word_of
from tui.comparison.form_lines import FormFile, form_files
from tui.guide.partner_form_words import form_word
from tui.partnership.form_codes import item_mark
from tui.partnership.received_answers import MAIL, PAGE, WORD

SENT, ELSE = "Mon, 30 Nov 2026 23:30:00 -0500", "Tue, 01 Dec 2026 09:00:00 +0100"


def word_file(author: str, text: str = "une salle") -> bytes:
    """A Word file of one paragraph, last saved by somebody."""
    document = docx.Document()
    document.add_paragraph(text)
    document.core_properties.author = document.core_properties.last_modified_by = author
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def message(sender: str, date: str, text: str = "ci-joint") -> EmailMessage:
    """A mail of that sender and date, "" for none."""
    made = EmailMessage(policy=SMTP)
    for head, value in (("From", sender), ("Date", date), ("To", "c@d.example"), ("Subject", "Re")):
        if value:
            made[head] = value
    made.set_content(text)
    return made


def with_files(made: EmailMessage, *files: tuple[str, bytes]) -> EmailMessage:
    """The mail with these files attached."""
    for name, data in files:
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return made


def read(made: EmailMessage) -> tuple[FormFile, ...]:
    return form_files(bytes(made), "r.eml")


@pytest.mark.parametrize(
    ("sender", "date", "author", "on"),
    [
        ("Ann Roy <a@b.example>", SENT, "Ann Roy", "2026-11-30"),  # the day where it was sent
        ("Ann Roy <a@b.example>", "", "Ann Roy", ""),
        ("", SENT, "Jean Nid", "2026-11-30"),
        ("", "", "Jean Nid", ""),
        ("Ann Roy <a@b.example>", "hier", "Ann Roy", ""),
    ],
)
def test_an_attached_file_is_of_who_sent_it_and_else_of_who_saved_it(
    sender: str, date: str, author: str, on: str
) -> None:
    _text, file = read(with_files(message(sender, date), ("form.docx", word_file("Jean Nid"))))
    assert (file.author, file.date, file.name, file.means) == (author, on, "form.docx", WORD)
    assert [line.text for line in file.lines] == ["une salle"]


def test_a_mail_in_a_mail_is_of_who_sent_the_outer_one() -> None:
    inner = with_files(message("Jean Nid <j@n.example>", ELSE, "dedans"), ("form.docx", word_file("Zoé Lis")))
    outer = message("Ann Roy <a@b.example>", SENT, "dehors")
    outer.add_attachment(bytes(inner), maintype="application", subtype="octet-stream", filename="inner.eml")
    files = read(outer)
    texts = [[line.text for line in file.lines if line.text] for file in files]
    assert texts == [["dehors"], ["dedans"], ["une salle"]]
    assert {(file.author, file.date) for file in files} == {("Ann Roy", "2026-11-30")}


@pytest.mark.parametrize(
    ("name", "taken", "refused"),
    [
        ("a.docx", True, False),
        ("A.DOCX", True, False),
        ("a.txt", True, False),
        ("a.html", True, False),
        ("a.pdf", True, True),
        ("a.odt", True, True),
        ("a.png", False, False),
        ("a", False, False),
    ],
)
def test_of_attachments_those_that_may_hold_a_form_are_read_or_refused_in_words(
    name: str, taken: bool, refused: bool
) -> None:
    data = word_file("Jean Nid") if name.lower().endswith("docx") else b"%PDF-1.7\0" if refused else b"une salle"
    _text, *files = read(with_files(message("Ann Roy <a@b.example>", SENT), (name, data)))
    assert [(file.name, bool(file.refused)) for file in files] == ([(name, refused)] if taken else [])
    assert all(bool(file.lines) is not refused for file in files)


@pytest.mark.parametrize(
    ("text", "name", "means"),
    [
        ("une salle", "", MAIL),
        ("<!DOCTYPE html><p>une salle", "", PAGE),
        ("<html><p>une salle", "", PAGE),
        ("une salle", "a.html", PAGE),
        ("[abcdefghijk234]=une salle", "", PAGE),  # the button of our page wrote it
        ("[abcdefghijk23]=une salle", "", MAIL),
    ],
)
def test_it_is_known_by_which_means_it_came(text: str, name: str, means: str) -> None:
    (file,) = form_files(text.encode(), name)
    assert file.means == means and "une salle" in file.lines[0].text


def test_quoted_lines_are_ours_and_drawn_boxes_are_read() -> None:
    (file,) = form_files("> ☑ oui ☐ non\nune salle\n > > [✓] oui".encode(), "")
    assert [(line.text, line.quoted) for line in file.lines] == [
        ("[x] oui [ ] non", True), ("une salle", False), ("[✓] oui", True),
    ]  # fmt: skip
    assert file.quotes and not form_files(b"une salle", "")[0].quotes


@pytest.mark.parametrize("sign", "☑☒✓✔✗✘")
def test_every_sign_that_marks_a_box_does(sign: str) -> None:
    (file,) = form_files(f"{sign} oui □ non".encode(), "")
    assert file.lines[0].text == "[x] oui [ ] non"


def test_mails_in_mails_are_opened_three_deep() -> None:
    made = message("Ann Roy <a@b.example>", SENT, "au fond")
    for depth in range(5):
        outer = message("Ann Roy <a@b.example>", SENT, f"en {depth}")
        if depth % 2:
            outer.add_attachment(made)
        else:
            outer.add_attachment(bytes(made), maintype="application", subtype="octet-stream", filename="m.eml")
        made = outer
    texts = [text for file in read(made) for text in [line.text for line in file.lines if line.text]]
    assert texts == ["en 4", "en 3", "en 2", "en 1"]


def test_what_stands_outside_of_tables_ends_an_answer() -> None:
    row = "".join(f"<w:tc>{paragraph(said(text))}</w:tc>" for text in ("Vision", "[x] oui"))
    heading = '<w:pPr><w:pStyle w:val="Heading2"/></w:pPr>'
    body = paragraph(said("Merci")) + f"<w:tbl><w:tr>{row}</w:tr></w:tbl>" + paragraph(removed("vieux"))
    body += f"<w:tbl><w:tr><w:tc>{paragraph(said('Titre'), properties=heading)}</w:tc></w:tr></w:tbl>"
    (file,) = form_files(word_of(body), "f.docx")
    assert [(one.text, one.ends) for one in file.lines] == [
        ("Merci", True), ("Vision", False), ("[x] oui", False), ("Titre", True),
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_saved_page_says_what_was_marked_and_typed_in_it(lang: str) -> None:
    first, second = item_mark("text/level", "a"), item_mark("text/reason", "b")
    page = (
        f'<html lang="{lang}"><p id="code">ENT-abc</p><p>Bonjour</p>'
        f'<fieldset id="{first.anchor}"><input type="radio" value="[x] oui" checked>'
        '<input type="radio" value="[x] non"><input type="radio" value="" checked></fieldset>'
        f'<fieldset id="{second.anchor}"><textarea>le mardi\nsoir</textarea></fieldset>'
        '<textarea id="text">une copie</textarea></html>'
    )
    (file,) = form_files(page.encode(), "f.html")
    label = form_word("answer", lang)
    assert [one.text for one in file.lines] == [
        first.text, "[x] oui", second.text, f"{label}le mardi", "soir", "===", "ENT-abc", "une copie",
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "means"), [
    ("[abcdefghijklmn]=agree\n", PAGE), ("[abcdefghijklmn] =agree\n", MAIL), ("[abc]=agree\n", MAIL),
    ("Bonjour\n[abcdefghijkl23]=discuss\n", PAGE), ("D'accord\n", MAIL),
])  # fmt: skip
def test_what_the_button_of_the_page_sent_came_by_the_page(text: str, means: str) -> None:
    (found,) = form_files(message("Zoé <z@x.example>", SENT, text).as_bytes(), "r.eml")
    (as_text,) = form_files(text.encode(), "r.txt")
    assert (found.means, as_text.means) == (means, means)
