"""Tests of the checks of a review on words: the length of sentences, jargon, and only in the language that is read."""

from __future__ import annotations

import re

import pytest

from tests.partnership.told import GUIDE, Told
from tui.guide.guide_loading import jargon
from tui.partnership.privacy import published
from tui.partnership.text_checks import LONG_SENTENCE, read_over

OTHER = {"fr": "en", "en": "fr"}


def found_in(told: Told, lang: str) -> list[str]:
    """The ids of what is found in the text in `lang`."""
    return [check[0] for check in read_over(GUIDE, published(GUIDE, told.partnership), lang)]


def saying(text: str, lang: str = "fr") -> Told:
    """A partnership whose vision is `text`."""
    told = Told("Collège", "Clinique")
    told.say("gather.vision", {"vision": text}, lang=lang)
    return told


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("mot " * LONG_SENTENCE, 0),
        ("mot " * (LONG_SENTENCE + 1), 1),
        ("mot " * LONG_SENTENCE + ". " + "mot " * LONG_SENTENCE, 0),
        ("mot " * LONG_SENTENCE + "\n" + "mot " * LONG_SENTENCE, 0),
        ("mot " * 50 + "? " + "mot " * 50, 2),
    ],
)
def test_a_sentence_is_long_by_its_own_words_in_its_language(text: str, number: int, lang: str) -> None:
    told = saying(text, lang)
    assert found_in(told, lang) == ["long_sentence"] * number
    assert found_in(told, OTHER[lang]) == []


@pytest.mark.parametrize(
    ("lang", "word"), [(lang, word) for lang, words in sorted(jargon().items()) for word in sorted(words)]
)
def test_jargon_is_found_as_a_whole_word_also_in_the_plural(lang: str, word: str) -> None:
    for text in (word, f"{word.capitalize()}s.", f"({word})"):
        assert found_in(saying(text, lang), lang) == ["jargon"], text
    for text in (f"x{word}", f"{word}x"):
        assert found_in(saying(text, lang), lang) == [], text
    assert found_in(saying(word, lang), OTHER[lang]) == []


def test_what_is_not_public_is_not_read() -> None:
    told = Told("Collège", "Clinique")
    for state, number in (("wished", 0), ("accepted", 1)):
        told.say("open.contributions", {"text": "un livrable", "state": state}, "Collège", op="add")
        assert found_in(told, "fr") == ["jargon"] * number


@pytest.mark.parametrize(("partners", "pages"), [(3, 0), (4, 5), (5, 6), (9, 11)])
def test_pages_that_are_signed_apart_count_but_for_the_first(partners: int, pages: int) -> None:
    told = Told(*(f"Maison {number}" for number in range(partners)), status="signatory")
    assert found_in(told, "fr") == []
    told.say("extra.legal", {"counterparts": True})
    said = [check[1] for check in read_over(GUIDE, published(GUIDE, told.partnership), "fr")]
    assert [re.findall(r"(\d+) pages", words) for words in said] == ([[str(pages)]] if pages else [])
