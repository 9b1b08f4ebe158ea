"""What the guide tells of its words, fields and questions, by those of the program and by some of our own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.partnership.told import GUIDE
from tui.guide.guide_types import NO_WORDS, Field, Part, Words

NAME, TEXT = (Field(name, "line", Words(name, name)) for name in ("name", "text"))


@pytest.mark.parametrize(
    ("key", "lang", "n", "said"),
    [
        ("except_on", "fr", 1, 0), ("except_on", "fr", 2, 1), ("except_on", "fr", 0, 0), ("except_on", "en", 0, 1),
        ("except_on", "en", 1, 0), ("except_on", "en", 2, 1),
    ],
)  # fmt: skip
def test_a_phrase_has_the_number_of_its_language(key: str, lang: str, n: int, said: int) -> None:
    forms = (Words("un seul", "a single one"), Words("plusieurs", "several"))
    guide = replace(GUIDE, words={**GUIDE.words, key: forms})
    assert guide.word(key, lang, n=n) == forms[said].get(lang)


def test_only_a_french_phrase_contracts_before_a_name() -> None:
    guide = replace(GUIDE, words={"x": Words("réponse de {name}", "answer de {name}")})
    assert guide.word("x", "fr", name="le Collège") == "réponse du Collège"
    assert guide.word("x", "en", name="le Collège") == "answer de le Collège"


def test_a_choice_is_known_by_all_its_words() -> None:
    assert GUIDE.choice("trust", "good", "fr") == "bon" and GUIDE.choice("trust", "good", "en") == "good"
    assert GUIDE.choice("trust", "of_tomorrow", "fr") == "of_tomorrow" == GUIDE.choice("nothing", "of_tomorrow", "en")
    assert GUIDE.words_of("trust", "good") == ("bon", "good", "bonne")
    assert GUIDE.definition("trust", "good", "en") == "each knows it can count on the other"
    assert GUIDE.definition("trust", "of_tomorrow", "en") == ""


def test_a_column_is_headed_by_its_own_word_else_a_short_name() -> None:
    question = GUIDE.question("open.who")
    assert (question.column_head, replace(question, column=NO_WORDS).column_head) == (question.column, question.short)


def test_a_question_appears_in_its_sections_unless_private() -> None:
    question = replace(GUIDE.question("gather.governance"), appears=NO_WORDS)
    assert len(question.sections) == 2
    first, second = (GUIDE.section(name) for name in question.sections)
    assert first is not None and second is not None
    said = f"{first.heading.fr}, 9 ; {second.heading.fr}"
    assert GUIDE.appears(question, "fr", {first.id: "9"}) == said
    assert GUIDE.appears(question, "en", {}) == f"{first.heading.en}; {second.heading.en}"
    assert GUIDE.appears(replace(question, private=True), "fr", {first.id: "9"}) == ""
    assert GUIDE.appears(replace(question, appears=Words("tête", "head")), "en", {first.id: "9"}) == "head"


def test_a_field_is_known_by_its_whole_id() -> None:
    part = Part("rows", (NAME, TEXT))
    assert (part.field("name"), part.field("text"), part.field("nam"), part.field("")) == (NAME, TEXT, None, None)


def test_the_main_field_is_the_marked_one_else_the_first() -> None:
    marked = replace(TEXT, main=True)
    assert (Part("", (NAME, marked)).main, Part("", (NAME, TEXT)).main, Part("", ()).main) == (marked, NAME, None)
    assert Part("rows", (), store="a.b/c").home("x.y") == ("a.b", "c") and Part("rows", ()).home("x.y") == (
        "x.y",
        "rows",
    )


@pytest.mark.parametrize(
    ("kind", "by_language", "cell"),
    [("line", True, "name@en"), ("prose", True, "name@en"), ("effort", True, "name@en"), ("line", False, "name"),
     ("date", True, "name"), ("choice", True, "name")],
)  # fmt: skip
def test_a_text_has_a_cell_a_language_and_another_value_one(kind: str, by_language: bool, cell: str) -> None:
    assert replace(NAME, kind=kind, by_language=by_language).cell("en") == cell
