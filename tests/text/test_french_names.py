"""Names in French sentences, over names of every initial, gender and number."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.french_names import ARTICLES, FrenchName, agreed, begins_with_vowel, capital, chosen, guess, typed_article

INITIALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÉÈÊÎÔÛÇŒÆ"
BASES = st.builds(
    lambda first, rest: first + rest,
    st.sampled_from(INITIALS),
    st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéèêïç -'"), min_size=1, max_size=20).map(str.rstrip),
).filter(lambda base: len(base.strip()) > 1)
GENDERS, NUMBERS = st.sampled_from(["", "m", "f"]), st.sampled_from(["", "singular", "plural"])
CONTRACTED = ("de le ", "de les ", "à le ", "à les ")


@given(BASES, st.sampled_from(["", *ARTICLES, "none"]), GENDERS, NUMBERS, st.sampled_from([None, True, False]))
def test_every_form_is_french_whatever_the_name(
    base: str, article: str, gender: str, number: str, elides: bool | None
) -> None:
    name = chosen(base, article, gender, number, elides)
    for form in (name.subject, name.of, name.to):
        assert base in form or name.contracts, "no letter of a name is lost"
        assert not any(form.startswith(one) for one in CONTRACTED)
        assert "' " not in form[:3] and "  " not in form.replace(base, "")
    if article in ("le", "les"):
        assert (name.of.split()[0], name.to.split()[0]) == {"le": ("du", "au"), "les": ("des", "aux")}[article]
    if article == "l'":
        assert (name.of, name.to) == (f"de l'{base}", f"à l'{base}")
    if article == "la":
        assert (name.of, name.to) == (f"de la {base}", f"à la {base}")
    if article == "none":
        vowel = unicodedata.normalize("NFKD", base[0].casefold())[0] in "aeiou" or base[0] in "ŒÆ"
        assert name.of == (f"d'{base}" if vowel and elides is not False and len(base.split()[0]) > 1 else name.of)
        assert name.to == f"à {base}"
    if gender:
        assert name.participle("représenté") == agreed("représenté", gender, name.plural)
    if number:
        assert name.plural == (number == "plural")


@given(st.sampled_from(INITIALS))
def test_one_initial_is_never_elided(initial: str) -> None:
    assert chosen(initial, "none").of == f"de {initial}" and chosen(f"{initial}.", "none").of == f"de {initial}."


@given(BASES, st.sampled_from(ARTICLES))
def test_an_article_that_is_typed_is_the_article(base: str, article: str) -> None:
    typed = article + base if article.endswith("'") else f"{article} {base}"
    assert typed_article(typed) == (article, base.strip())
    assert chosen(typed).subject == typed.strip() and chosen(typed).article == article


@pytest.mark.parametrize(
    ("typed", "subject", "of", "to", "gender"),
    [
        ("le Collège", "le Collège", "du Collège", "au Collège", "m"),
        ("l'Association", "l'Association", "de l'Association", "à l'Association", "f"),
        ("La Boussole", "La Boussole", "de La Boussole", "à La Boussole", "f"),
        ("Les Veilleuses", "Les Veilleuses", "des Veilleuses", "aux Veilleuses", "f"),
        ("Le Relais", "Le Relais", "du Relais", "au Relais", "m"),
        ("Option Jeunesse", "Option Jeunesse", "d'Option Jeunesse", "à Option Jeunesse", ""),
        ("Centraide", "Centraide", "de Centraide", "à Centraide", ""),
    ],
)
def test_names_as_bodies_have_them(typed: str, subject: str, of: str, to: str, gender: str) -> None:
    name = chosen(typed)
    assert (name.subject, name.of, name.to, name.gender) == (subject, of, to, gender)


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("Collège des Grands-Vents", "le"), ("Maison de la jeunesse", "la"), ("Université de Windsor", "l'"),
        ("Hôpital du Suroît", "l'"), ("Halte du Nord", "la"), ("MRC des Collines", "la"),
        ("Services à la famille", "les"),
        ("Zorglub", ""), ("YMCA de Québec", "le"),
    ],
)  # fmt: skip
def test_an_article_is_guessed_from_the_head_noun(name: str, article: str) -> None:
    assert guess(name).article == article
    assert chosen(name).article == "", "a guess is confirmed by hand before the document uses it"


def test_a_name_of_its_own_making_keeps_its_letters() -> None:
    assert [capital(text) for text in ("le Collège", "eCampus", "l'Université")] == [
        "Le Collège",
        "eCampus",
        "L'Université",
    ]
    assert not begins_with_vowel("Hibou") and begins_with_vowel("Hôpital") and not begins_with_vowel("Yellowknife")
    assert FrenchName("Amies", "les", "f", True).participle("représenté") == "représentées"
