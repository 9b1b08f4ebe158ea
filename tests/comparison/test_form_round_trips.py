"""Forms that were answered and saved by LibreOffice and by Chromium read back as they were answered.

The files in `forms` came out of the programs; `make roundtrip` makes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.agreement.forms import sample, sample_forms
from tests.comparison.answered_forms import Answer, Answers, forms_of, mail, word_file
from tests.comparison.form_browser import posted
from tests.comparison.test_round_trips import converted
from tui.agreement.partner_form import PartnerForm
from tui.comparison.returned_form import read_form

pytestmark = pytest.mark.sampled

FILES = Path(__file__).with_name("forms")
WAYS = {
    "libreoffice.docx": "docx",
    "libreoffice-odt.docx": "odt",
    "libreoffice-rtf.docx": "rtf",
    "libreoffice-doc.docx": "doc",
    "libreoffice-text.txt": "txt",  # as the Word file reads that is copied into a mail
    "chromium-plain.txt": "plain",
    "chromium-mail.txt": "mail",
    "chromium-gathered.txt": "gathered",
}
_WORDS = "Écrire « d'ici le 1er mars » ; 12 000 $, pas plus – [à voir]"


def _form(lang: str) -> PartnerForm:
    return sample_forms(4, lang)[0]


def _answers(form: PartnerForm) -> Answers:
    """A yes, words, a correction, a refusal, a remark on a sentence, an answer to the whole, and who answers."""
    facts, rows = form.questions[0].items, [item for item in form.items if item.id.startswith("row/")]
    sentence = form.sentences[3]
    return {
        facts[0].id: Answer(("confirmed",)),
        form.questions[2].items[1].id: Answer((), "le 3 février 2027"),
        form.questions[3].items[2].id: Answer((), "luc@college.example"),
        rows[0].id: Answer(("changed",), _WORDS),
        rows[1].id: Answer(("confirmed",)),
        rows[2].id: Answer(("refused",)),
        sentence.id: Answer(("reservation",), "pas le lundi"),
        "text/level": Answer(("reservation",)),
        "text/reason": Answer((), "le délai est court"),
        "text/leave": Answer(("answer_only",)),
        "capacity": Answer(("organisation",)),
    }


def _write_anew(name: str, lang: str, kept: Path, folder: Path) -> None:
    """Answer the form and send it through the program."""
    form = _form(lang)
    if name.startswith("chromium"):
        kept.write_text(posted(form, _answers(form), folder / "profile", WAYS[name]), "utf-8")
        return
    sent = folder / "form.docx"
    sent.write_bytes(word_file(form, _answers(form)))
    found = converted(sent, WAYS[name], folder)
    found = converted(found, "docx", folder) if WAYS[name] not in ("docx", "txt") else found
    kept.write_bytes(found.read_bytes())


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_form_reads_back_as_it_was_answered(name: str, lang: str, tmp_path: Path) -> None:
    kept = FILES / f"{lang}-{name}"
    if os.environ.get("ROUND_TRIPS") == "write":
        FILES.mkdir(exist_ok=True)
        _write_anew(name, lang, kept, tmp_path)
    form = _form(lang)
    found = read_form(kept.read_bytes(), kept.name, forms_of(sample(4)))
    assert found is not None and found.lang == lang
    assert (found.code.partnership, found.code.partner, found.code.number) == (
        form.code.partnership, form.code.partner, form.code.number,
    )  # fmt: skip
    ids = {item.mark.key: item.id for item in form.items}
    assert {ids[key]: Answer(one.choices, one.text) for key, one in found.answers.items()} == _answers(form)
    assert not found.remarks and not any(one.stray for one in found.answers.values())


def test_a_mail_whose_accents_a_browser_mixed_up_is_read() -> None:
    """Chromium hands a posted form to the mail program as UTF-8 that it takes for Latin-1."""
    form = _form("fr")
    mixed_up = (FILES / "fr-chromium-plain.txt").read_bytes().decode("latin-1")
    assert "RÃ©ponse" in mixed_up
    found = read_form(mail(mixed_up), "reponse.eml", forms_of(sample(4)))
    assert found is not None
    ids = {item.mark.key: item.id for item in form.items}
    assert {ids[key]: Answer(one.choices, one.text) for key, one in found.answers.items()} == _answers(form)
