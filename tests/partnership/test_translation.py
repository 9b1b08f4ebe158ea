"""Tests of which texts lack a translation, and which translations are out of date."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.partnership.told import GUIDE, Told
from tui.form.answer_json import answer
from tui.partnership.changes import apply
from tui.partnership.partners import WHO
from tui.partnership.review import review
from tui.partnership.translation import (
    DONE,
    MISSING,
    STALE,
    bilingual,
    in_other_places,
    negotiated_in,
    negotiated_language,
    other_wording,
    pairs,
    read_again,
    source_language,
    typed_language,
    untranslated_words,
)
from tui.partnership.values import SETTINGS, Cell, Change, Partnership


def told(partnership: Partnership, question: str, value: object, lang: str = "fr") -> Partnership:
    changes = answer(GUIDE, partnership, {"question": question, "value": value, "lang": lang}).changes
    return apply(partnership, changes, by="moi", at="2026-11-22T10:00:00").partnership


def states(partnership: Partnership) -> dict[str, str]:
    return {f"{one.entry.question}/{one.field.id}": one.state for one in pairs(GUIDE, partnership)}


def test_a_text_is_missing_then_done_then_stale() -> None:
    partnership = told(Partnership("aaaaaaaaaa"), "gather.vision", {"vision": "ensemble", "goal": "mieux"})
    assert states(partnership) == {"gather.vision/vision": MISSING, "gather.vision/goal": MISSING}
    partnership = told(partnership, "gather.vision", {"vision": "together"}, "en")
    assert states(partnership)["gather.vision/vision"] == DONE
    partnership = told(partnership, "gather.vision", {"vision": "tous ensemble"})
    assert states(partnership)["gather.vision/vision"] == STALE
    found = {one.id for one in review(GUIDE, partnership, "fr")}
    assert {"untranslated", "stale_translation"} <= found
    (stale,) = (one for one in pairs(GUIDE, partnership) if one.state == STALE)
    partnership = apply(partnership, [read_again(stale)], by="moi", at="2026-11-22T10:00:00").partnership
    assert states(partnership)["gather.vision/vision"] == DONE
    partnership = told(partnership, "gather.vision", {"vision": "vraiment tous ensemble"})
    assert states(partnership)["gather.vision/vision"] == STALE


def test_both_texts_given_in_one_answer_are_of_one_age() -> None:
    for texts in ({"fr": "a", "en": "b"}, {"en": "b", "fr": "a"}):
        partnership = told(Partnership("aaaaaaaaaa"), "gather.vision", {"vision": texts})
        assert states(partnership)["gather.vision/vision"] == DONE


def test_one_language_alone_asks_for_no_other() -> None:
    partnership = told(Partnership("aaaaaaaaaa"), "gather.vision", {"vision": "ensemble"})
    assert "untranslated" not in {one.id for one in review(GUIDE, partnership, "fr")}


def test_a_document_of_one_language_is_written_on_in_it_until_it_is_set_to_the_other() -> None:
    def typed(partnership: Partnership) -> list[str]:
        return [typed_language(GUIDE, partnership, lang) for lang in ("fr", "en")]

    empty = Partnership("aaaaaaaaaa")
    assert typed(empty) == ["fr", "en"]
    french = told(empty, "gather.vision", {"vision": "ensemble"})
    assert typed(french) == ["fr", "fr"], "whatever the screen speaks, and though nobody said"
    assert typed(told(empty, "gather.vision", {"vision": "together"}, "en")) == ["en", "en"]
    assert typed(told(french, "gather.vision", {"goal": "open at night"}, "en")) == ["fr", "en"], "it has both"
    english = apply(french, [Change(SETTINGS, SETTINGS, "lang", "en")], by="moi", at="").partnership
    assert typed(english) == ["fr", "en"], "the first English text of a French document"
    named = apply(empty, [Change("a", WHO, "name@fr", "Collège", "", ("a",))], by="moi", at="").partnership
    assert typed(named) == ["fr", "en"], "a name is the same in both"


def test_nothing_private_and_no_note_is_to_be_translated() -> None:
    partnership = told(Partnership("aaaaaaaaaa"), "extra.points", [{"text": "qui paie le gardien"}])
    changes = answer(
        GUIDE, partnership, {"question": "open.who", "op": "add", "value": {"name": "Clinique", "reason": "zut"}}
    )
    partnership = apply(partnership, changes.changes, by="", at="").partnership
    assert all(one.field.id != "reason" and "Clinique" not in one.texts for one in pairs(GUIDE, partnership))
    assert "extra.points/text" in states(partnership)
    (row,) = partnership.rows("extra.points", "rows")
    gone = Change(row.id, "extra.points", "#removed", True, "rows")
    assert states(apply(partnership, [gone], by="", at="").partnership) == {}, "nor what was removed"


@pytest.mark.parametrize(
    ("question", "value", "printed"),
    [
        ("extra.name", {"name": "La Passerelle"}, True), ("extra.groups", {"name": "les voisins"}, True),
        ("gather.procedures", {"level": "agree", "leave": "yes", "reservation": "trop vite"}, False),
        ("commit.consensus", {"level": "disagree", "leave": "yes", "reservation": "trop cher"}, False),
        ("follow.annexes", {"what": "le plan"}, False),
    ],
)  # fmt: skip
def test_what_the_document_prints_is_to_be_translated(question: str, value: object, printed: bool) -> None:
    told = Told("Collège")
    scope = GUIDE.question(question).scope
    told.say(question, value, "Collège" if scope == "partner" else "", **({} if scope == "partner" else {"op": "add"}))
    found = [one.state for one in pairs(GUIDE, told.partnership) if one.entry.question == question]
    assert found == ([MISSING] if printed else []), question


def test_private_words_say_nothing_of_the_language_that_is_typed() -> None:
    told = Told()
    told.join("Collège")
    told.take(Change(told.ids["Collège"], WHO, "reason@en", "they have a hall", "", (told.ids["Collège"],)))
    assert typed_language(GUIDE, told.partnership, "fr") == "fr"


@pytest.mark.parametrize(
    ("texts", "setting", "first"),
    [
        ({}, "en", "en"), ({}, "fr", "fr"), ({}, "en+fr", "fr"), ({"vision": "fr", "goal": "en"}, "en", "en"),
        ({"vision": "fr", "goal": "en"}, "fr", "fr"), ({"vision": "fr"}, "en", "fr"), ({"vision": "en"}, "fr", "en"),
    ],
)  # fmt: skip
def test_source_is_the_language_of_more_texts_else_the_documents(
    texts: dict[str, str], setting: str, first: str
) -> None:
    partnership = Partnership("aaaaaaaaaa")
    for field, lang in texts.items():
        partnership = told(partnership, "gather.vision", {field: "texte"}, lang)
    assert source_language(pairs(GUIDE, partnership), setting) == first


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("noted", ["", "fr", "en"])
def test_other_wording_says_whether_it_was_negotiated(lang: str, noted: str) -> None:
    partnership = told(Partnership("aaaaaaaaaa"), "gather.vision", {"vision": "ensemble"})
    partnership = told(partnership, "gather.vision", {"vision": "together"}, "en")
    (pair,) = pairs(GUIDE, partnership)
    if noted:
        change = negotiated_in(pair.entry, pair.field, noted)
        partnership = apply(partnership, [change], by="", at="").partnership
    entry = partnership.entries[pair.entry.id]
    negotiated = noted or "fr"
    words = other_wording(entry, pair.field, lang).replace("\u00a0", " ")
    kind = "traduction" if negotiated == lang else "négocié"
    assert negotiated_language(entry, pair.field) == negotiated
    assert words.endswith("ensemble" if lang == "en" else "together") and kind in words.split(":")[0], words


def test_names_alone_need_no_translation_and_make_no_text_bilingual() -> None:
    told = Told("Collège")
    told.take(Change(told.ids["Collège"], WHO, "short_name@fr", "CGV", "", (told.ids["Collège"],)))
    name = Change(told.ids["Collège"], WHO, "name@en", "College", "", (told.ids["Collège"],))
    told.take(name)
    found = pairs(GUIDE, told.partnership)
    assert {one.field.id: one.state for one in found} == {"name": DONE, "short_name": DONE}
    assert not bilingual(found) and untranslated_words(GUIDE, told.partnership, ["en+fr"]) == ""


def test_the_mark_of_reading_changes_no_word_of_the_agreement() -> None:
    from tui.partnership.positions import points
    from tui.partnership.privacy import public_view
    from tui.partnership.versions import whole_text

    partnership = told(Partnership("aaaaaaaaaa"), "gather.vision", {"vision": {"fr": "a", "en": "b"}})
    after = apply(partnership, [read_again(pairs(GUIDE, partnership)[0])], by="", at="").partnership
    before, now = public_view(GUIDE, partnership), public_view(GUIDE, after)
    assert points(GUIDE, before) == points(GUIDE, now) and whole_text(GUIDE, before) == whole_text(GUIDE, now)


def test_the_name_of_a_partner_in_both_languages_is_no_sentence_that_was_negotiated() -> None:
    told = Told("Collège")
    entry = told.partnership.entries[told.ids["Collège"]]
    entry = replace(entry, cells={**entry.cells, "name@en": Cell("College", 2)})
    (field,) = (field for field in GUIDE.question(WHO).parts[0].fields if field.id == "name")
    assert negotiated_language(entry, field) == "fr"
    assert other_wording(entry, field, "fr") == ""


@pytest.mark.parametrize(("first", "second"), [("fr", "en"), ("en", "fr")])
def test_a_translation_is_stale_once_what_was_written_first_changes(first: str, second: str) -> None:
    partnership = told(Partnership("aaaaaaaaaa"), "gather.vision", {"vision": "one", "goal": "two"}, first)
    partnership = told(partnership, "gather.vision", {"vision": "three"}, second)
    partnership = told(partnership, "gather.vision", {"vision": "four"}, second)
    assert states(partnership)["gather.vision/vision"] == DONE, "the translation was bettered"
    partnership = told(partnership, "gather.vision", {"vision": "five"}, first)
    assert states(partnership) == {"gather.vision/vision": STALE, "gather.vision/goal": MISSING}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_translation_is_given_to_the_same_words_of_the_same_field_alone(lang: str) -> None:
    other = "en" if lang == "fr" else "fr"
    partnership = Partnership("aaaaaaaaaa")
    for text in ("same", "same", "same", "another"):
        line = {"question": "gather.objectives", "value": {"text": text}, "lang": other, "op": "add"}
        partnership = apply(
            partnership, answer(GUIDE, partnership, line).changes, by="moi", at="2026-11-22"
        ).partnership
    partnership = told(partnership, "gather.vision", {"vision": "same", "goal": "other"}, other)
    first, second, third, _another = partnership.rows("gather.objectives", "rows")
    for row, text in ((first, "here"), (third, "there")):
        change = Change(row.id, "gather.objectives", f"text@{lang}", text, "rows")
        partnership = apply(partnership, [change], by="moi", at="2026-11-22").partnership
    found = pairs(GUIDE, partnership)
    pair = next(one for one in found if one.entry.id == first.id)
    changes = in_other_places(found, pair, lang)
    assert [(one.entry, one.cell, one.value) for one in changes] == [(second.id, f"text@{lang}", "here")]
    assert in_other_places(found, next(one for one in found if one.entry.id == second.id), lang) == []
