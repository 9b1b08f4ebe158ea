"""Amounts: read as people type them, exact to the cent, written in each language."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.amounts import amounts_in, format_amount, parse_amount

AMOUNTS = st.tuples(
    st.decimals(min_value=0, max_value=10**12, places=2).map(lambda d: str(d).removesuffix(".00")),
    st.sampled_from(["CAD", "USD", "EUR", "GBP", "CHF", "HTG"]),
)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12 000 $", ("12000", "CAD")),
        ("12\u00a0000\u202f$", ("12000", "CAD")),
        ("12,000.50 CAD", ("12000.50", "CAD")),
        ("1 500,50 €", ("1500.50", "EUR")),
        ("5000", ("5000", "CAD")),
        ("$12,000", ("12000", "CAD")),
        ("$12,000 CAD", ("12000", "CAD")),
        ("5 000 $ US", ("5000", "USD")),
        ("US$ 5,000", ("5000", "USD")),
        ("5 000 dollars", ("5000", "CAD")),
        ("12,5 $", ("12.50", "CAD")),
        ("1.500 €", ("1500", "EUR")),
        ("1,234,567 $", ("1234567", "CAD")),
        ("1.234.567", ("1234567", "CAD")),
        ("40 euros", ("40", "EUR")),
        ("40 US dollars", ("40", "USD")),
        ("40 dollars américains", ("40", "USD")),
        ("12 k$", ("12000", "CAD")),
        ("1,25 M$", ("1250000", "CAD")),
        ("0,00 $", ("0", "CAD")),
        ("007 $", ("7", "CAD")),
    ],
)
def test_amounts_as_people_type_them(typed, amount):
    assert parse_amount(typed, "fr") == parse_amount(typed, "en") == amount


@pytest.mark.parametrize(
    "typed", ["", "$", "-5 $", "12 00 0", "5000 heures", "1,500,50", "environ", "12 $ 13", "US$ 5 €", "1" * 99]
)
def test_what_is_no_amount_is_not_guessed(typed):
    assert parse_amount(typed, "fr") is None


def test_amounts_in_words():
    assert format_amount("12000", "CAD", "fr") == "12\u00a0000\u00a0$"
    assert format_amount("1500.50", "CAD", "fr-CA") == "1\u00a0500,50\u00a0$"
    assert format_amount("1500", "EUR", "fr") == "1\u00a0500\u00a0€"
    assert format_amount("5000", "USD", "fr") == "5\u00a0000\u00a0$\u00a0US"
    assert format_amount("12000", "CAD", "en") == "$12,000"
    assert format_amount("999.5", "USD", "en") == "US$999.50"
    assert format_amount("à voir", "CAD", "fr") == "à voir\u00a0CAD"
    assert format_amount("1500", "", "fr") == "1\u00a0500" and format_amount("1500", "", "en") == "1,500"


def test_a_sentence_tells_its_amounts_of_money_alone():
    text = "Le centre paie 1\u00a0200,50\u00a0$, puis 45 élèves versent 3 €."
    found = [(text[start:end], amount) for start, end, amount in amounts_in(text, "fr")]
    assert found == [("1\u00a0200,50\u00a0$", ("1200.50", "CAD")), ("3 €", ("3", "EUR"))]
    text = "It pays $12,000, then $5."
    assert [text[start:end] for start, end, _amount in amounts_in(text, "en")] == ["$12,000", "$5"]


@given(AMOUNTS, st.sampled_from(["fr", "en"]))
def test_an_amount_in_words_reads_back_to_the_cent(amount, lang):
    found = parse_amount(format_amount(amount[0], amount[1], lang), lang)
    assert found is not None
    assert (Decimal(found[0]), found[1]) == (Decimal(amount[0]), amount[1])


@pytest.mark.slow
@given(st.text(max_size=40))
def test_nothing_typed_makes_it_fail(text):
    found = parse_amount(text, "fr")
    assert found is None or Decimal(found[0]) >= 0


@pytest.mark.parametrize(
    ("typed", "lang"),
    [("12,345 $", "fr"), ("12,345 $", "en"), ("12,345", "fr"), ("12.345", "en"), ("$1.234", "fr"), ("0,125 $", "fr"),
     ("0.125", "en"), ("1234,567 $", "fr"), ("$1,234.567", "en")],
)  # fmt: skip
def test_three_decimals_are_refused_and_never_thousands(typed: str, lang: str) -> None:
    assert parse_amount(typed, lang) is None


@pytest.mark.parametrize(
    ("typed", "lang"), [("12,345", "en"), ("$12,345", "fr"), ("12,345 CAD", "en"), ("12.345", "fr"), ("12 345 $", "en")]
)
def test_thousands_as_they_are_written_where_one_writes_are_thousands(typed: str, lang: str) -> None:
    assert parse_amount(typed, lang) == ("12345", "CAD")
