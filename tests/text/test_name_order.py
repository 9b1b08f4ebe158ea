"""Names sort as readers of each language look for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.partnership.organisations import read_organisations, sorted_organisations
from tui.partnership.values import Value
from tui.text.name_order import name_key

FRENCH = ["10 rue", "cote", "côte", "coté", "Coté", "côté", "eau", "Émile", "étage", "oeuvre", "œuvre", "offre", "Zéro"]
ENGLISH = ["cote", "coté", "Coté", "côte", "côté", "Emile", "Émile", "strasse", "straße", "Zebra"]
NAMES = st.text(st.sampled_from("aàeéèêœæcçßıi AÉŒ'-3δΔбжשم"), max_size=8)


@pytest.mark.parametrize(("lang", "names"), [("fr", FRENCH), ("en", ENGLISH)])
def test_the_order_of_each_language(lang: str, names: list[str]) -> None:
    keys = [name_key(name, lang) for name in names]
    assert keys == sorted(keys) and len(set(keys)) == len(keys)


@given(st.lists(NAMES, max_size=8, unique=True), st.sampled_from(["fr", "en"]))
def test_every_two_names_have_one_order(names: list[str], lang: str) -> None:
    keys = [name_key(name, lang) for name in names]
    assert len(set(keys)) == len(names)


def test_the_directory_lists_by_it_one_s_own_first() -> None:
    names = ["Œuvre du soir", "Étape", "Coté", "côte", "offre", "Zone"]
    documents: list[dict[str, Value]] = [{"id": f"{at:a>10}", "name@fr": name} for at, name in enumerate(names)]
    documents += [{"id": "z" * 10, "name@fr": "Zut", "own": True}]
    assert [one.name("fr") for one in sorted_organisations(read_organisations(documents), "fr")] == [
        *("Zut", "côte", "Coté", "Étape", "Œuvre du soir", "offre", "Zone"),
    ]
