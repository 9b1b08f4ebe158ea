"""A mail with several texts: the one that is ours is read, whatever stands beside it is listed."""

from __future__ import annotations

import io
from email.message import EmailMessage

import docx
import pytest

from tests.comparison.returned_cases import PARTNERSHIPS, Outcome, accepted_whole, changed_cells, plain
from tests.partnership.told import GUIDE
from tests.workspace.returns import edited
from tui.agreement.compose import Composer
from tui.export.formats import render
from tui.export.plain_text import to_text

pytestmark = pytest.mark.sampled

PARTNERSHIP = PARTNERSHIPS["04-une-porte-ouverte-le-soir.json"]
AGREEMENT = Composer(GUIDE).agreement(PARTNERSHIP, "fr")
WAS, NOW = "quatre soirs par semaine, un lieu", "cinq soirs par semaine, un lieu"
SENT = render(AGREEMENT, "docx").data
CHANGED = edited(SENT, lambda text: plain(text).replace(WAS, NOW) if WAS in plain(text) else text)
TEXT = plain(to_text(AGREEMENT)).replace(WAS, NOW)
QUOTED = "\n".join(f"> {line}" for line in TEXT.split("\n"))
GOAL = [("gather.vision", "goal@fr")]
LETTER = "Bonjour,\nNous ne pouvons pas signer avant mars."
OTHER = "Aussi en pièce jointe, à donner à part : {}"


def other_document() -> bytes:
    """The minutes of another board."""
    document, out = docx.Document(), io.BytesIO()
    for text in ("Procès-verbal du conseil", "Le budget est adopté à l'unanimité.", "La séance est levée à 21 h."):
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def answered(text: str, *files: tuple[str, bytes], below: str = "") -> Outcome:
    """What comes of a mail with this text and these files, once all that can be placed is accepted."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Marie Roy <m@b.example>", "n@c.example", "RE: Ébauche"
    message.set_content(text)
    for name, data in files:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if below:
        part = EmailMessage()
        part.set_content(below)
        message.attach(part)
    return accepted_whole(message.as_bytes(), "r.eml", PARTNERSHIP)


def changed(outcome: Outcome) -> list[tuple[str, str]]:
    assert outcome.after is not None, outcome.refused
    return list(changed_cells(PARTNERSHIP, outcome.after))


def remarks(outcome: Outcome) -> list[str]:
    return [plain(one.remark) for one in outcome.open if one.remark]


def test_our_file_is_found_behind_another_document() -> None:
    outcome = answered(LETTER, ("PV.docx", other_document()), ("entente.docx", CHANGED))
    assert changed(outcome) == GOAL
    assert remarks(outcome) == [LETTER, OTHER.format("PV.docx")]
    assert {one.author for one in outcome.open if one.remark} == {"Marie Roy"}


@pytest.mark.parametrize("name", ["entente.DOCX", "entente.docm", "entente.dotx"])
def test_what_the_mail_says_beside_its_file_is_a_remark(name: str) -> None:
    outcome = answered(LETTER, (name, CHANGED))
    assert changed(outcome) == GOAL and remarks(outcome) == [LETTER]


def test_the_mail_that_is_quoted_and_the_signature_are_no_part_of_the_letter() -> None:
    ours = "Le mar. 1 déc. 2026 à 10:12, Nadia Caron <nadia.caron@college.example> a\nécrit :\n> Bonjour,\n> Voici.\n"
    assert remarks(answered(f"{LETTER}\n\n{ours}", ("e.docx", CHANGED))) == [LETTER]
    assert remarks(answered(f"{LETTER}\n-- \nMarie Roy\n819 555-0100\n", ("e.docx", CHANGED))) == [LETTER]
    outlook = "-----Message d'origine-----\nDe : Nadia\nEnvoyé : mardi\nVoici l'ébauche.\n"
    assert remarks(answered(f"{LETTER}\n\n{outlook}", ("e.docx", CHANGED))) == [LETTER]


def test_answers_between_the_lines_are_read_where_the_file_came_back_untouched() -> None:
    outcome = answered(f"Voir plus bas.\n\n{QUOTED}", ("entente.docx", SENT))
    assert changed(outcome) == GOAL and remarks(outcome) == [OTHER.format("entente.docx")]


def test_a_file_that_came_back_untouched_is_no_difference() -> None:
    outcome = answered("Tout est parfait.", ("ATT00001.txt", b"Avis"), ("entente.docx", SENT))
    assert changed(outcome) == [] and remarks(outcome) == ["Tout est parfait."]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("entente.odt", b"PK\x03\x04", "est un fichier LibreOffice"), ("entente.pdf", b"%PDF-1.4", "entente.pdf"),
        ("entente.doc", b"\xd0\xcf\x11\xe0", "entente.doc"), ("entente.zip", b"PK\x03\x04", ".docx"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_with_what_to_ask_for(name: str, data: bytes, words: str) -> None:
    assert words in answered("Voici notre version.", (name, data)).refused
    outcome = answered(QUOTED, (name, data))
    assert changed(outcome) == GOAL and len(remarks(outcome)) == 1 and words in remarks(outcome)[0]


def test_text_below_a_file_in_the_middle_of_a_mail_is_read() -> None:
    """As Apple Mail writes it."""
    half = QUOTED.index("> 5. Structure")
    outcome = answered(QUOTED[:half], ("logo.png", b"\x89PNG"), below=QUOTED[half:])
    assert changed(outcome) == GOAL and len(outcome.open) == 1
