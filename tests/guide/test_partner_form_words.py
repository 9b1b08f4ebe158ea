"""Tests that the words of the form are in both languages with the same placeholders."""

from __future__ import annotations

import string
import tomllib

import pytest

from tui.guide.guide_loading import DATA
from tui.guide.partner_form_words import form_choices, form_word

RAW = tomllib.loads((DATA / "partner_form.toml").read_text("utf-8"))


def _places(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(RAW["words"]))
def test_both_languages_fill_in_the_same_things(key: str) -> None:
    french, english = form_word(key, "fr"), form_word(key, "en")
    assert french and english and french != english
    assert _places(french) == _places(english)
    assert (french, english) == (RAW["words"][key]["fr"], RAW["words"][key]["en"])
    filled = form_word(key, "en", **dict.fromkeys(_places(english), "zut")) if _places(english) else english
    assert not _places(filled) and filled.count("zut") >= len(_places(english))


@pytest.mark.parametrize("name", sorted(RAW["choices"]))
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_two_boxes_of_a_list_have_the_same_words(name: str, lang: str) -> None:
    said = [words.get(lang) for words in form_choices(name).values()]
    assert said == [raw[lang] for raw in RAW["choices"][name].values()]
    assert all(said)
    assert len(set(said)) == len(said)
