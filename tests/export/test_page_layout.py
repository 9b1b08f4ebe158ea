"""What all formats share: the paper of a region, columns of amounts, what stays on a page, words of a hole, days."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from tests.export.agreements import french, paragraph, table
from tui.agreement.blocks import Paragraph, Run, Signatory, Signature
from tui.export.page_layout import (
    is_amount_column,
    is_us_letter,
    language_tag,
    last_change_day,
    run_text,
    running_title,
    with_keep_flags,
)


@pytest.mark.parametrize(
    ("region", "lang", "letter"),
    [
        ("fr-CA", "fr", True), ("en-CA", "en", True), ("en-US", "en", True), ("fr-FR", "fr", False), ("", "fr", True),
        ("en-GB", "en", False),
    ],
)  # fmt: skip
def test_a_region_prints_on_its_own_paper(region: str, lang: str, letter: bool) -> None:
    text = replace(french(), region=region, lang=lang)
    assert is_us_letter(text) is letter and language_tag(text) == (region or f"{lang}-CA")


@pytest.mark.parametrize(
    ("cells", "right"),
    [
        (("1 500 $", "—"), True), (("$1,500", ""), True), (("12 h", "3"), True), (("10–20 %", "5 %"), True),
        (("—", ""), False), (("1 500 $", "à venir"), False), (("deux", "trois"), False),
    ],
)  # fmt: skip
def test_a_column_of_amounts_is_set_to_the_right_but_never_the_first(cells: tuple[str, ...], right: bool) -> None:
    made = table("", ("a", "b"), *((cell, cell) for cell in cells))
    assert [is_amount_column(made, column) for column in (0, 1)] == [False, right]


def signing(count: int, *, page: bool = False) -> Signature:
    """The signature block of a partner with so many people who sign."""
    return Signature("Ruche", tuple(Signatory(f"Ida {at}") for at in range(count)), page=page)


@pytest.mark.parametrize(
    ("blocks", "kept"),
    [
        ([paragraph("a", lead=True), paragraph("b")], [True, False]),
        ([paragraph("a")] * 6 + [signing(1)], [False, False, True, True, True, True, False]),
        ([signing(2), signing(2)], [True, False]),  # few: all on one page
        ([signing(2), signing(2), signing(1)], [False, True, False]),  # many: the last two
        ([signing(1), signing(1, page=True), signing(1, page=True)], [False, False, False]),  # pages of their own
    ],
)
def test_what_is_kept_with_what_follows(blocks: list[Paragraph | Signature], kept: list[bool]) -> None:
    assert [keep for _block, keep in with_keep_flags(blocks)] == kept


@pytest.mark.parametrize(
    ("run", "text"),
    [
        (Run("à préciser"), "à préciser"), (Run("à préciser", hole=True), "[à préciser]"),
        (Run("« à préciser »", hole=True), "[à préciser]"), (Run("[à préciser]", hole=True), "[à préciser]"),
    ],
)  # fmt: skip
def test_a_missing_answer_stands_in_one_pair_of_brackets(run: Run, text: str) -> None:
    assert run_text(run) == text


@pytest.mark.parametrize(
    ("iso", "day"),
    [
        ("2026-11-22", (2026, 11, 22)), ("2026-11", (2026, 11, 1)), ("2026", (2026, 1, 1)), ("", (1980, 1, 1)),
        ("2026-02-31", (1980, 1, 1)),
    ],
)  # fmt: skip
def test_a_file_is_dated_by_the_last_change_as_far_as_it_is_known(iso: str, day: tuple[int, int, int]) -> None:
    assert last_change_day(replace(french(), iso_date=iso)) == datetime(*day)


def test_a_long_title_at_the_head_of_a_page_is_cut_after_a_word_and_its_version_is_not() -> None:
    text = replace(french(), title="Ensemble pour la relève " * 8)
    line = running_title(text)
    assert line.endswith("… · Ébauche 3 · 22 novembre 2026") and len(line) <= 84
    assert text.title.startswith(line.partition("…")[0] + " ")
