"""A source of money typed as one line: its amount and status are read, and no word is lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.told import GUIDE, Told
from tui.form.form import FormContext
from tui.form.money_line import FUNDING, read_money_line

PART = GUIDE.question(FUNDING).lists[0]
CAD = {"amount": "500", "currency": "CAD"}


def read(text: str, lang: str = "fr") -> tuple[str, dict[str, Any]]:
    """The line as it is read on a screen in `lang`."""
    return read_money_line(FormContext(GUIDE, Told().partnership, lang), PART, text)


@pytest.mark.parametrize(
    ("text", "words", "amount", "status"),
    [
        ("Fonds vert, 500 $, acquis", "Fonds vert", CAD, "acquired"),
        ("Fonds vert, 500 $", "Fonds vert", CAD, None),
        ("Fonds vert : 500 dollars (à chercher)", "Fonds vert", CAD, "sought"),
        ("subvention de la Ville, $500, demandée", "subvention de la Ville", CAD, "requested"),
        ("Green fund, $500, acquired.", "Green fund", CAD, "acquired"),
        ("Fonds vert, demandé", "Fonds vert", None, "requested"),
        ("Fonds vert, 500 $ par an, demandé", "Fonds vert, 500 $ par an", CAD, "requested"),
        ("la Résidence verse 500 $ à la Ville", "la Résidence verse 500 $ à la Ville", CAD, None),
        ("Fonds acquis", "Fonds acquis", None, None),
        ("Fonds pour 45 élèves, 3e année", "Fonds pour 45 élèves, 3e année", None, None),
        ("500 $", "500 $", CAD, None),
        ("Subventions, 500 $, acquises", "Subventions", CAD, "acquired"),
        ("Dons (confirmés)", "Dons (confirmés)", None, None),
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_amount_and_status_are_read_out_of_the_line(
    text: str, words: str, amount: Any, status: str | None, lang: str
) -> None:
    said, cells = read(text, lang)
    assert (said, cells.get("amount"), cells.get("status")) == (words, amount, status)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_example_of_the_guide_is_understood_as_it_stands(lang: str) -> None:
    example = GUIDE.question(FUNDING).example.get(lang).split(". ")[0]
    words, cells = read(example, lang)
    assert words == example.split(",")[0]
    assert cells == {"amount": {"amount": "12000", "currency": "CAD"}, "status": "acquired"}


@given(st.text(alphabet="Fonds 12,.$()àé:–", max_size=40))
def test_words_are_the_beginning_of_what_was_typed(text: str) -> None:
    words, cells = read(text)
    assert text.startswith(words)
    assert cells or words == text
