"""Tests of documents in both languages: one set of signatures, untranslated texts marked, which version prevails."""

from __future__ import annotations

import pytest

from tests.agreement.reading import GUIDE, Told, agreed, everything, lines
from tui.agreement.bilingual import text_in_both_languages, unmarked
from tui.agreement.blocks import Agreement, Signature
from tui.agreement.partner_copies import addressed_copy, addressees
from tui.export.formats import render
from tui.export.plain_text import to_text
from tui.partnership.translation import untranslated_words


def told_in_french() -> Told:
    told = Told()
    told.join("Collège de l'Est", status="signatory", short_name="le Collège", people=[
        {"name": "Ana Roy", "title": "directrice", "signs": True}])  # fmt: skip
    told.join("Centre", status="signatory")
    told.say("gather.vision", {"vision": "Une porte ouverte.\n\nLe soir aussi.", "goal": "Accueillir."})
    told.say("open.contributions", {"text": "prêter une salle", "state": "accepted"}, "Centre", op="add")
    told.say("extra.title", {"kind": "memorandum"})
    return told


def signatures(agreement: Agreement) -> list[Signature]:
    return [block for section in agreement.sections for block in section.blocks if isinstance(block, Signature)]


@pytest.mark.parametrize(("first", "second"), [("fr", "en"), ("en", "fr")])
def test_it_is_signed_once_at_its_end_in_both_languages(first: str, second: str) -> None:
    text = text_in_both_languages(GUIDE, told_in_french().partnership, first, second)
    assert text.also is not None and not signatures(text)
    blocks = signatures(text.also)
    assert [one.origin.partner for one in blocks] == [one.id for one in addressees(text)] and len(blocks) == 2
    assert "Signé à" in blocks[0].place_label and "Signed at" in blocks[0].place_label
    assert blocks[0].name_label.count(" / ") == 1 and blocks[0].signature_label == "Signature"
    printed = to_text(text, None)
    assert first != "fr" or "en anglais; le texte anglais suit." in printed.replace("\n", " ")
    assert printed.count("Ana Roy") == 3  # each half names her as its party's, and she signs once
    for_one = addressed_copy(GUIDE, text, blocks[1].origin.partner)
    assert for_one.also is not None and signatures(for_one.also)[0] == blocks[1] and for_one.copy and for_one.also.copy


def test_no_sentence_of_the_other_language_stands_in_a_half_without_a_mark() -> None:
    told = told_in_french()
    told.say("gather.vision", {"goal": {"fr": "Accueillir.", "en": "To welcome."}})
    text = text_in_both_languages(GUIDE, told.partnership, "fr", "en")
    assert text.also is not None
    assert "[" not in everything(text).replace("[à préciser]", "")
    english = everything(text.also)
    for sentence in ("Une porte ouverte.", "Le soir aussi.", "prêter une salle"):
        assert f"{sentence} [in French]" in english
    assert "To welcome." in english and "To welcome. [" not in english and "Accueillir" not in english
    assert "Collège de l’Est [" not in english, "a name is no sentence"
    assert "[in French]" not in everything(agreed(told, "en")), "a document in one language is as it was"
    assert unmarked(GUIDE, english).count("Une porte ouverte.\n") == 1


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_line_that_is_marked_is_in_no_way_ours(lang: str) -> None:
    """What we say ourselves is said in each language: only lines that somebody typed are marked."""
    told = told_in_french()
    text = text_in_both_languages(GUIDE, told.partnership, lang, "en" if lang == "fr" else "fr")
    other = text if lang == "en" else text.also
    assert other is not None
    marked = [line for section in other.sections for line in lines(section.blocks) if "[in French]" in line]
    assert len(marked) == 4  # two lines of the vision, the goal, the commitment


@pytest.mark.parametrize(
    ("choice", "french", "english"),
    [
        ("", "", ""),
        ("equal", "Les versions française et anglaise font également foi.", "are equally authoritative."),
        ("fr", "La version française prévaut.", "The French version prevails."),
        ("en", "La version anglaise prévaut.", "The English version prevails."),
    ],
)
def test_which_version_prevails_is_said_only_once_it_is_chosen(choice: str, french: str, english: str) -> None:
    told = told_in_french()
    if choice:
        told.say("extra.legal", {"prevails": choice})
    text = text_in_both_languages(GUIDE, told.partnership, "fr", "en")
    assert text.also is not None
    said = everything(text), everything(text.also)
    if choice:
        assert french in said[0] and english in said[1]
    else:
        assert "prévaut" not in said[0] and "prevail" not in said[1] and "font également foi" not in said[0]


def test_the_choice_says_that_a_public_body_of_quebec_may_have_to_contract_in_french() -> None:
    meanings = GUIDE.definitions["prevails"]
    assert all("Québec" in words.get(lang) for words in meanings.values() for lang in ("fr", "en"))
    assert set(meanings) == {"fr", "en"}
    field = GUIDE.question("extra.legal").parts[0].field("prevails")
    assert field is not None and field.default is None


@pytest.mark.parametrize("languages", [("fr",), ("en",), ("fr+en",), ("fr", "en")])
def test_it_is_said_how_many_texts_are_not_translated(languages: tuple[str, ...]) -> None:
    told = told_in_french()
    said = untranslated_words(GUIDE, told.partnership, languages)
    assert (said == "") == (languages == ("fr",))
    if said:
        assert said.split()[0].isdigit() and "ne sont pas traduits" in said
        assert ("marqués" in said) == ("+" in languages[0])


@pytest.mark.parametrize("name", ["docx", "pdf", "html", "md", "text"])
def test_each_format_carries_the_marks(name: str) -> None:
    data = render(text_in_both_languages(GUIDE, told_in_french().partnership, "fr", "en"), name).data
    if name not in ("docx", "pdf"):
        assert "in French" in data.decode()
    assert data
