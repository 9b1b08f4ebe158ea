"""A mail saved as a file: the file attached to it first, else its text, else its page; the sender is the author."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from tests.comparison.returned_cases import PARTNERSHIPS
from tests.partnership.told import GUIDE
from tui.agreement.compose import Composer
from tui.comparison.returned_lines import CannotRead, Returned, ReturnedLine
from tui.comparison.returned_mail import is_mail, read_mail
from tui.comparison.returned_match import parse_returned
from tui.export.formats import render


def mail(text: str = "Bonjour,\n\nC'est noté.\n") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Simone Arcand <simone@exemple.example>"
    message["To"], message["Subject"] = "nadia@exemple.example", "Ébauche"
    message["Date"] = "Tue, 1 Dec 2026 09:30:00 -0500"
    if text:
        message.set_content(text)
    return message


def test_the_text_of_a_mail_is_read_with_its_sender() -> None:
    found = parse_returned(bytes(mail()), "réponse.eml")
    assert [line.text for line in found.lines] == ["Bonjour,", "C'est noté."]
    assert found.author == "Simone Arcand"


def test_the_word_file_attached_comes_first() -> None:
    message = mail()
    data = render(Composer(GUIDE).agreement(next(iter(PARTNERSHIPS.values())), "fr"), "docx").data
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename="entente.docx")
    found = parse_returned(bytes(message), "")
    assert found.word and len(found.lines) > 20 and found.author == "Simone Arcand"


def test_a_page_is_read_where_there_is_no_text() -> None:
    message = mail("")
    message.set_content("<p>Oui&nbsp;: <b>le mardi</b></p>", subtype="html")
    found = parse_returned(bytes(message), "x.eml")
    assert found.page and [line.text.replace("\u00a0", " ") for line in found.lines] == ["Oui : le mardi"]


def test_a_mail_without_words_is_refused() -> None:
    with pytest.raises(CannotRead):
        parse_returned(bytes(mail(" \n")), "x.eml")


def test_a_text_with_colons_is_no_mail() -> None:
    assert not is_mail(b"Entre :\nObjectif : un\nDate : mars\nSubject : deux\n", "x.txt")


@pytest.mark.parametrize("told", ["utf-8", "us-ascii", "x-nobody-knows", "iso-8859-1", ""])
@pytest.mark.parametrize("written", ["utf-8", "cp1252"])
def test_accents_are_read_whatever_the_mail_says_of_its_letters(told: str, written: str) -> None:
    text = "Réserve à l’été : « oui »"
    head = f"Content-Type: text/plain{f'; charset={told}' if told else ''}\nContent-Transfer-Encoding: 8bit"
    raw = f"From: Simone <s@exemple.example>\nSubject: x\nMIME-Version: 1.0\n{head}\n\n".encode()
    found = parse_returned(raw + text.encode(written) + b"\n", "réponse.eml")
    if (told, written) != ("iso-8859-1", "cp1252"):  # what Latin-1 cannot hold is a control there
        assert [line.text for line in found.lines] == [text]
    assert found.lines[0].text.startswith("Réserve à l")


@pytest.mark.parametrize(
    ("data", "name", "is_one"),
    [
        (b"From: a\nTo: b\nSubject: c\n\nOui\n", "x.txt", True), (b"FROM: a\r\nTo: b\r\nDate: c\r\n\r\nOui", "", True),
        (b"From: a\nSubject: c\n\nOui\n", "x.txt", False), (b"Oui\n\nFrom: a\nTo: b\nSubject: c\n", "", False),
        (b"Oui", "x.EML", True), (b"Oui", "x.mht", True), (b"Oui", "x.docx", False),
    ],
)  # fmt: skip
def test_a_mail_is_known_by_its_name_or_by_three_of_its_heads(data: bytes, name: str, is_one: bool) -> None:
    assert is_mail(data, name) is is_one


def read(message: EmailMessage, author: str = "") -> tuple[Returned, list[tuple[str, str]]]:
    """What a mail gives, by a reader that notes what it is given: (text, name of the file)."""
    given: list[tuple[str, str]] = []

    def noting(data: bytes, name: str) -> Returned:
        given.append((data.decode().strip(), name))
        return Returned((ReturnedLine("lu"),), author)

    return read_mail(bytes(message), noting), given


def test_the_author_is_that_of_the_file_else_the_sender() -> None:
    message = mail()
    message.add_attachment(b"Entente", maintype="text", subtype="plain", filename="e.txt")
    found, given = read(message, "Zoé Roy")
    assert found.author == "Zoé Roy" and found.name == "e.txt"
    assert given == [("Entente", "e.txt"), ("Bonjour,\n\nC'est noté.", "mail.txt")]
    assert read(message)[0].author == "Simone Arcand"
    del message["From"]
    message["From"] = "s@exemple.example"
    assert read(message)[0].author == "s@exemple.example"


def test_of_a_mail_in_two_forms_the_text_is_read_and_mended() -> None:
    message = mail("Ã\x89tÃ© et dÃ©jÃ\xa0 lÃ\xa0\n")
    message.add_alternative("<p>Une page</p>", subtype="html")
    assert read(message)[1] == [("Été et déjà là", "mail.txt")]
    page = mail("")
    page.set_content("<p>dÃ©jÃ\xa0 lÃ\xa0</p>", subtype="html")
    assert read(page)[1] == [("<p>dÃ©jÃ\xa0 lÃ\xa0</p>", "mail.html")]


@pytest.mark.parametrize("unsent", [True, False])
def test_our_own_letter_is_no_word_of_a_partner(unsent: bool) -> None:
    message = mail("Voici l'ébauche.\n")
    if unsent:  # as our mail drafts are, before a mail program sends them
        message["X-Unsent"] = "1"
    message.add_attachment("Une porte ouverte.", filename="texte.txt")
    assert parse_returned(bytes(message), "x.eml").letter == ("" if unsent else "Voici l'ébauche.")


@pytest.mark.parametrize(("name", "read"), [
    ("ATT00001.txt", False), ("att00002.htm", False), ("attente.txt", True), ("texte.txt", True),
])  # fmt: skip
def test_what_a_server_made_of_a_mail_is_no_attached_file(name: str, read: bool) -> None:
    message = mail("Voici le texte.\n")
    message.add_attachment("Une porte ouverte.", filename=name)
    found = parse_returned(bytes(message), "x.eml")
    assert (found.name, bool(found.others)) == ((name, True) if read else ("", False))
