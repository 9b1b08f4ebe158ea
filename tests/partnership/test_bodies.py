"""Tests that a body named in one language is not named in sentences of the other, and that the review asks for it."""

from __future__ import annotations

import re

import pytest

from tests.agreement.reading import lines
from tests.partnership.told import GUIDE
from tui import i18n
from tui.agreement.compose import Composer
from tui.guide.guide_types import LANGUAGES
from tui.i18n import Language
from tui.partnership.bodies import body_name
from tui.partnership.changes import apply
from tui.partnership.partners import WHO, active
from tui.partnership.review import review
from tui.partnership.values import Change, Partnership, answer_id
from tui.workspace.samples import samples

SAMPLE = samples()[3].partnership
FIRST = active(SAMPLE)[0].id
OTHER = {"fr": "en", "en": "fr"}
TYPED = {"en": "board of zebras", "fr": "conseil des zèbres"}  # by the language it is typed in
SAID = {"fr": "son instance dirigeante", "en": "its governing body"}


def typed_in(lang: str) -> Partnership:
    """The sample whose first partner named its body in one language alone, as what authorizes and what ratifies."""
    position = answer_id("commit.consensus", (FIRST,))
    changes = [
        change
        for one in LANGUAGES
        for text in (TYPED[one] if one == lang else None,)
        for change in (
            Change(FIRST, WHO, f"auth_body@{one}", text, "", (FIRST,)),
            Change(position, "commit.consensus", f"ratify_by@{one}", text, "", (FIRST,)),
        )
    ]
    done = ("resolution", "resolution@fr", "resolution@en")
    changes += [Change(position, "commit.consensus", cell, None, "", (FIRST,)) for cell in done]
    return apply(SAMPLE, changes, by="", at="2026-11-27T12:00:00Z").partnership


def document(partnership: Partnership, lang: str) -> str:
    """The whole text, its preamble included."""
    text = Composer(GUIDE).agreement(partnership, lang)
    blocks = (*text.preamble, *(block for section in text.sections for block in section.blocks))
    return "\n".join(lines(blocks)).replace("\u00a0", " ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_foreign_body_stands_in_a_sentence(lang: Language) -> None:
    kept = typed_in(OTHER[lang])
    text = document(kept, lang)
    assert "zebras" not in text and "zèbres" not in text
    assert SAID[lang] in text
    assert not re.search(r"\bpar (?:board|governing)|\bby instance", text)
    own = document(typed_in(lang), lang)
    assert TYPED[lang] in own and SAID[lang] not in own


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_review_asks_for_its_name_where_it_has_none(lang: Language) -> None:
    i18n.use(lang)
    found = [one for one in review(GUIDE, typed_in(OTHER[lang]), lang) if one.id == "untranslated_body"]
    assert [(one.partner, one.entry, one.field) for one in found] == [(FIRST, FIRST, "auth_body")]  # one of two places
    assert TYPED[OTHER[lang]] in found[0].words and "2" in found[0].words
    named = review(GUIDE, typed_in(lang), lang)
    assert not [one for one in named if one.id == "untranslated_body"]


def test_what_was_typed_before_there_were_languages_stays() -> None:
    kept = apply(SAMPLE, [
        *(Change(FIRST, WHO, f"auth_body@{one}", None, "", (FIRST,)) for one in LANGUAGES),
        Change(FIRST, WHO, "auth_body", "CA", "", (FIRST,)),
    ], by="", at="2026-11-27T12:00:00Z").partnership  # fmt: skip
    entry = kept.entry(FIRST)
    assert [body_name(entry, "auth_body", lang) for lang in LANGUAGES] == ["CA", "CA"]
