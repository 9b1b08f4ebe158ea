"""Tests of shared costs: sums of each budget line and year, differences, and what the review says about them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.told import GUIDE, Told
from tui import i18n
from tui.form.cost_line import read_cost_line
from tui.form.form import FormContext
from tui.guide.guide_types import LANGUAGES
from tui.i18n import Language
from tui.partnership.changes import apply
from tui.partnership.cost_shares import COSTS, FUNDING, cost_lines, same_sum, typed_twice
from tui.partnership.partners import active
from tui.partnership.review import ESSENTIAL, review
from tui.partnership.values import ORDER, Cell, Change, Entry, Partnership, Value
from tui.workspace.samples import samples

SAMPLE = samples()[3].partnership
FIRST, SECOND = (partner.id for partner in active(SAMPLE)[:2])
PART = GUIDE.question(FUNDING).part(COSTS)


def with_costs(*rows: dict[str, Value]) -> Partnership:
    """The sample with these rows of costs."""
    changes = [
        Change(f"cost{at}", FUNDING, cell, value, COSTS)
        for at, row in enumerate(rows)
        for cell, value in ({ORDER: f"{at:03}"} | row).items()
    ]
    return apply(SAMPLE, changes, by="Marie", at="2026-11-27T12:00:00Z").partnership


def cost(item: str, amount: str = "", partner: str = "", year: str = "2027", **more: Value) -> dict[str, Value]:
    """A row of costs; without a partner it says what is budgeted."""
    row: dict[str, Value] = {"item@fr": item, "year": year, **more}
    row |= {"amount": {"amount": amount, "currency": "CAD"}} if amount else {}
    return row | ({"partner": partner} if partner else {})


def found(partnership: Partnership, lang: Language) -> list[str]:
    """What the review finds of costs."""
    i18n.use(lang)
    return [one.words for one in review(GUIDE, partnership, lang) if one.id in ("cost_sum", "cost_line")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_difference_is_an_essential_finding_in_money_and_in_kind_together(lang: Language) -> None:
    kept = with_costs(
        cost("Coordination", "10000"),
        cost("coordination", "6000", FIRST),
        cost("Coordination", "2500", SECOND, in_kind=True),
    )
    (said,) = found(kept, lang)
    assert (
        "10" in said
        and "8" in said
        and ("1 500" in said.replace("\u202f", " ").replace("\u00a0", " ") or "1,500" in said)
    )
    (finding,) = [one for one in review(GUIDE, kept, lang) if one.id == "cost_sum"]
    assert finding.level == ESSENTIAL and (finding.question, finding.entry, finding.field) == (
        FUNDING,
        "cost0",
        "amount",
    )


@pytest.mark.slow
@given(st.lists(st.integers(0, 99_999_99), min_size=1, max_size=6), st.integers(-500, 500))
def test_nothing_is_found_where_the_sums_agree_to_the_cent(shares: list[int], off: int) -> None:
    total = sum(shares) + off
    if total < 0:
        return
    kept = with_costs(
        cost("Salle", f"{total / 100:.2f}"),
        *(cost("Salle", f"{share / 100:.2f}", FIRST if at % 2 else SECOND) for at, share in enumerate(shares)),
    )
    (line,) = cost_lines(kept, "fr")
    assert line.difference == Decimal(off) / 100
    assert len(found(kept, "fr")) == (1 if off else 0)


def test_years_and_currencies_are_apart_and_a_budget_nobody_shares_yet_is_no_difference() -> None:
    kept = with_costs(
        cost("Salle", "100"),
        cost("Salle", "100", FIRST),
        cost("Salle", "90", FIRST, "2028"),
        cost("Loyer", "50", year="2029"),
    )
    (said,) = found(kept, "fr")
    assert "Salle" in said and "quel poste" in said  # 2028 has no budget; 2029 waits for its shares
    assert not found(with_costs(cost("Salle", "90", FIRST)), "fr")  # no budget at all: nothing to compare with
    assert not found(SAMPLE, "fr")


@pytest.mark.parametrize(
    ("typed", "words", "cells"),
    [
        ("Coordination 2027, 10 000 $", "Coordination", {"year": "2027", "amount": "10000"}),
        ("Coordination 2027, Collège, 4 000 $, en nature", "Coordination",
         {"year": "2027", "partner": True, "amount": "4000", "in_kind": True}),
        ("Coordination; 2027-2028; 12,50 $; en argent", "Coordination",
         {"year": "2027-2028", "amount": "12.50", "in_kind": False}),
        ("Salle, matériel et café", "Salle, matériel et café", {}),
        ("2027", "2027", {}),
        ("4 000 $", "4 000 $", {}),
    ],
)  # fmt: skip
def test_a_line_is_read_as_it_is_said(typed: str, words: str, cells: dict[str, object]) -> None:
    context = FormContext(GUIDE, SAMPLE, "fr")
    assert PART is not None
    said, told = read_cost_line(context, PART, typed)
    amount = told.get("amount")
    plain = {**told, **({"amount": amount["amount"]} if isinstance(amount, dict) else {})}
    plain |= {"partner": True} if "partner" in plain else {}
    assert (said, plain) == (words, cells)


def money(**cells: Value) -> Entry:
    """A row of money, with these cells."""
    return Entry("m", FUNDING, "rows", (), {key.replace("__", "@"): Cell(value, 1) for key, value in cells.items()})


SUM = {"amount": "8000", "currency": "CAD"}


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, True), ({"source__fr": "FONDS du College"}, True), ({"source__fr": "Fonds de la Ville"}, False),
        ({"source__fr": ""}, False), ({"amount": {**SUM, "amount": "9000"}}, False), ({"amount": None}, True),
        ({"due": "2027-04"}, False), ({"due": None}, True), ({"status": "sought"}, False), ({"status": None}, True),
        ({"partners": {"ids": ["b"], "group": ""}}, False), ({"each": True}, True),
    ],
)  # fmt: skip
def test_a_row_is_typed_twice_where_nothing_that_both_say_differs(changed: dict[str, Value], same: bool) -> None:
    cells = {"source__fr": "Fonds du Collège", "amount": SUM, "due": "2027-03", "status": "acquired",
             "partners": {"ids": ["a"], "group": ""}}  # fmt: skip
    row, other = money(**cells), money(**{**cells, **changed})
    assert typed_twice(row, other, "fr") is same
    assert not typed_twice(money(**{**cells, "amount": None}), row, "fr"), "without an amount nobody knows"


@pytest.mark.parametrize(
    ("cells", "same"),
    [
        ({"partners": {"ids": ["Collège"], "group": ""}}, True), ({"source": "Fonds du Collège"}, True),
        ({"source": "don anonyme"}, False), ({"partners": {"ids": ["Collège", "Clinique"], "group": ""}}, False),
        ({"partners": {"ids": ["Clinique"], "group": ""}}, False),
        ({"source": "Fonds du Collège", "amount": {**SUM, "currency": "USD"}}, False),
        ({"source": "Fonds du Collège", "amount": {**SUM, "amount": "800"}}, False),
        ({"source": "Fonds du Collège", "recipients": {"ids": ["Clinique"], "group": ""}}, True),
        ({"source": "Fonds du Collège", "recipients": {"ids": ["Collège"], "group": ""}}, False),
    ],
)  # fmt: skip
def test_money_and_a_promise_are_one_sum_paid_by_the_same_to_the_same(cells: dict[str, Value], same: bool) -> None:
    told = Told("Collège", "Clinique")
    promise = {"text": "verser 8 000 $", "type": "money", "state": "accepted", "recipients": ["Clinique"]}
    (row_id,) = told.say("open.contributions", promise, "Collège", op="add")

    def with_ids(value: Value) -> Value:
        is_named = isinstance(value, dict) and "ids" in value
        return {**value, "ids": [told.ids[name] for name in value["ids"]]} if is_named else value

    row = money(**{"amount": SUM, **{key: with_ids(value) for key, value in cells.items()}})
    assert same_sum(told.partnership, row, told.partnership.entries[row_id], "fr") is same
