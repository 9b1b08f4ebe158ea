"""What an amendment says of each article, and how it and the consolidated text name themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.export.agreements import bullets, french, paragraph
from tests.partnership.told import GUIDE
from tui.agreement.amendment import (
    ADDED,
    DELETED,
    REPLACED,
    amendment_document,
    article_changes,
    consolidated_agreement,
)
from tui.agreement.blocks import Agreement, Section, Signatory, Signature
from tui.export.plain_text import to_text


def text(*sections: Section) -> Agreement:
    """An adopted text of these sections."""
    return replace(french(draft=False), sections=sections, edition="version 1", number=1)


def article(name: str, number: int, *words: str) -> Section:
    """A section with a paragraph for each of `words`; without any it has been deleted."""
    return Section(name, number, name.capitalize(), tuple(map(paragraph, words)))


SIGNATURES = Section("signatures", 16, "Accord", (paragraph("Bon pour accord."), Signature("Ruche", (Signatory(),))))
BEFORE = text(
    article("vision", 3, "Un lieu."), article("goals", 4, "Ouvrir."), article("lead", 6, "La Ruche."),
    article("money", 7), article("term", 8), article("last", 9, "Fin."), SIGNATURES,
)  # fmt: skip
AFTER = text(
    article("vision", 2, "Un lieu."), article("goals", 5, "Ouvrir tard."), article("more", 6, "De plus."),
    article("lead", 7), article("money", 8, "Mille dollars."), article("term", 9),
)  # fmt: skip


def test_each_article_that_differs_is_told_once_in_the_order_of_the_new_text() -> None:
    found = [(change.kind, change.label) for change in article_changes(BEFORE, AFTER)]
    assert found == [(REPLACED, "5"), (ADDED, "6"), (DELETED, "6"), (ADDED, "8"), (DELETED, "9")]
    assert article_changes(AFTER, AFTER) == ()


def test_signatures_are_no_article_whether_they_are_added_or_gone() -> None:
    without, signed = text(article("vision", 1, "Un lieu.")), text(article("vision", 1, "Un lieu."), SIGNATURES)
    assert article_changes(signed, without) == article_changes(without, signed) == ()


def test_a_list_that_gets_numbers_is_another_article() -> None:
    def listed(ordered: bool) -> Agreement:
        return text(Section("goals", 1, "Buts", (bullets("ouvrir", "former", ordered=ordered),)))

    assert [change.kind for change in article_changes(listed(False), listed(True))] == [REPLACED]


@pytest.mark.parametrize(
    ("adopted", "effect_on", "said"),
    [(False, "", ("Projet", "signé")), (True, "2027-04-01", ("Adopté", "1er avril 2027"))],
)
def test_an_amendment_says_whether_it_is_adopted_and_from_when_it_counts(
    adopted: bool, effect_on: str, said: tuple[str, str]
) -> None:
    made = amendment_document(
        GUIDE, BEFORE, replace(AFTER, also=AFTER), kind="agreement", number=2, of_date="2026-03-01",
        effect_on=effect_on, adopted=adopted,
    )  # fmt: skip
    state, effect = said
    whole = to_text(made, None).replace("\u00a0", " ")
    assert state.lower() in made.version.lower() and effect in whole and "1er mars 2026" in whole
    assert made.edition == "" and made.also is None and made.holes == ()
    assert [section.number for section in made.sections] == list(range(1, len(made.sections) + 1))
    assert "Ouvrir tard." in whole and "Un lieu." not in whole, "an article that stays is not told"


@pytest.mark.parametrize("joined", ["", "Clinique"])
def test_a_consolidated_text_is_no_draft_and_says_that_it_counts_for_nothing(joined: str) -> None:
    made = consolidated_agreement(GUIDE, replace(AFTER, draft=True, mark="Ébauche"), 3, "2027-04-01", joined)
    said = to_text(made, None)
    assert not made.draft and made.mark == made.edition == "" and made.version.endswith("2027")
    assert "valeur officielle" in said and ("Clinique" in said) is bool(joined)
