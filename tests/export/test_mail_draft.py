"""The mail draft: a mail program finds subject, text and files; nobody can slip in a header."""

from __future__ import annotations

import email
import io
from email.message import EmailMessage
from email.policy import default

import docx
import pytest

from tests.export.agreements import english, french, hostile
from tui.export.formats import render
from tui.export.mail_draft import to_eml


def parsed(data: bytes) -> EmailMessage:
    """Return the message as a mail program reads it."""
    message = email.message_from_bytes(data, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_draft_carries_what_it_was_given() -> None:
    to = ("Maëlle Lœwenbrück <maelle@exemple.test>", "b@exemple.test")
    files = (("Énoncé — été.docx", b"PK\x03\x04"), ("a.pdf", b"%PDF-"))
    words, subject = "Bonjour à tous,\n\nà demain.", "Notre énoncé : à relire"
    message = parsed(to_eml(french(), to=to, subject=subject, body=words, attachments=files))
    assert message["Subject"] == subject and message["X-Unsent"] == "1"
    assert [(one.display_name, one.addr_spec) for one in message["To"].addresses] == [
        ("Maëlle Lœwenbrück", "maelle@exemple.test"),
        ("", "b@exemple.test"),
    ]
    body, *attached = message.iter_parts()
    assert body.get_content().replace("\r\n", "\n") == words + "\n"
    assert [(one.get_filename(), one.get_content_subtype(), one.get_content()) for one in attached] == [
        ("Enonce-ete.docx", "vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
        ("a.pdf", "pdf", b"%PDF-"),
    ]


def test_the_rendered_draft_holds_the_word_file() -> None:
    message = parsed(render(french(), "eml").data)
    assert message["Subject"] == "Énoncé de partenariat — Mieux-être et relève dans la Vallée (ébauche 3)"
    body, attached = message.iter_parts()
    assert body.get_content().startswith("Vous trouverez ci-joint\u00a0: Énoncé")
    assert attached.get_filename() == "mieux-etre-ebauche-3-fr.docx"
    assert docx.Document(io.BytesIO(attached.get_content())).core_properties.title == french().title
    assert parsed(render(english(), "eml").data)["Subject"].endswith("in the Valley (adopted)")


def test_no_sender_and_no_date() -> None:
    message = parsed(render(french(), "eml").data)
    assert {name.lower() for name in message.keys()} == {"subject", "x-unsent", "mime-version", "content-type"}  # noqa: SIM118


@pytest.mark.parametrize("bad", ["a\nBcc: x@exemple.test", "a\r\nb", "a\rb", "fin\n", "a\u2028b", "a\x00b"])
def test_a_line_break_in_a_header_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="header"):
        to_eml(french(), subject=bad)
    with pytest.raises(ValueError, match="header"):
        to_eml(french(), to=("ok@exemple.test", bad))
    with pytest.raises(ValueError, match="header"):
        to_eml(french(), attachments=((bad, b""),))


def test_hostile_words_add_no_header() -> None:
    message = parsed(render(hostile(), "eml").data)
    assert len(message.keys()) == 4 and len(list(message.iter_parts())) == 2


@pytest.mark.parametrize("words", ["long " * 60, "élève " * 60, "日本語" * 40])
def test_a_long_subject_reads_back_and_folds(words: str) -> None:
    data = to_eml(french(), subject=words.strip())
    assert parsed(data)["Subject"] == words.strip()
    assert max(map(len, data.split(b"\r\n"))) <= 998 and b"\n" not in data.replace(b"\r\n", b"")


def test_attachments_have_one_plain_quoted_name() -> None:
    name = "Énoncé de partenariat · La Boussole, Collège des Grands-Vents et Centre de santé, ébauche 2.docx"
    data = to_eml(french(), attachments=((name, b"x"), ("東京.pdf", b"y")))
    lines = [line for line in data.decode().splitlines() if "name=" in line]
    assert all(line.isascii() and len(line) < 76 and "*" not in line for line in lines), lines
    named = [part.get_filename() for part in parsed(data).iter_attachments()]
    assert named == ["Enonce-de-partenariat-La-Boussole-College-des-Grands-Ve.docx", "document.pdf"]
    types = [part.get_content_type() for part in parsed(data).iter_attachments()]
    assert [part["Content-Type"].params["name"] for part in parsed(data).iter_attachments()] == named
    assert types == ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/pdf"]
