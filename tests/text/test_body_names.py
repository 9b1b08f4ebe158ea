"""Boards and assemblies in sentences: each with its article in French, the partner's own in English."""

from __future__ import annotations

import re

import pytest

from tests.agreement.reading import Told, everything
from tests.agreement.reading import agreed as agreement_of
from tui.text.body_names import body_in_sentence, own_body

ENGLISH = (
    "board of governors", "Board of directors", "the board", "its council", "Senate", "general meeting", "members",
    "our executive committee", "municipal council", "MRC council", "assembly of chiefs", "board.",
)  # fmt: skip
FRENCH = {
    "conseil d'administration": "le conseil d'administration",
    "Conseil de bande": "le conseil de bande",
    "CA": "le CA",
    "AGA": "l'AGA",
    "assemblée générale": "l'assemblée générale",
    "Assemblée des chefs": "l'assemblée des chefs",
    "comité exécutif": "le comité exécutif",
    "exécutif": "l'exécutif",
    "bureau": "le bureau",
    "sénat académique": "le sénat académique",
    "direction générale": "la direction générale",
    "plénière": "la plénière",
    "le conseil": "le conseil",
    "son conseil": "son conseil",
    "Son conseil": "son conseil",
    "Conseil d'administration,": "le conseil d'administration",
    "notre conseil": "son conseil",
    "Notre assemblée générale": "son assemblée générale",
    "notre direction": "sa direction",
    "nos membres": "ses membres",
    "l'assemblée": "l'assemblée",
    "membres": "membres",
    "Town Council": "Town Council",
}


@pytest.mark.parametrize("typed", ENGLISH)
def test_an_english_body_is_the_partners_own(typed: str) -> None:
    said = body_in_sentence(typed, "en")
    assert re.fullmatch(r"its (?!the\b|its\b|our\b)\w.*[^.]", said)
    assert own_body(typed, "en") == said


@pytest.mark.parametrize("typed", ["a committee of three", "all members", "two directors", "le conseil", "l'assemblée"])
def test_an_english_body_keeps_a_determiner_of_its_own(typed: str) -> None:
    assert body_in_sentence(typed, "en") == typed


@pytest.mark.parametrize(("typed", "said"), FRENCH.items())
def test_a_french_body_has_its_article(typed: str, said: str) -> None:
    assert body_in_sentence(typed, "fr") == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("conseil d'administration", "son conseil d'administration"),
        ("assemblée générale", "son assemblée générale"),
        ("la direction générale", "sa direction générale"),
        ("CA", "son CA"),
        ("Conseil de la Ville", "son conseil de la Ville"),
        ("Comité Exécutif", "son Comité Exécutif"),
        ("Town Council", "son Town Council"),
        ("ses membres", "ses membres"),
        ("les membres", "ses membres"),
    ],
)
def test_a_french_body_may_be_the_partners_own(typed: str, said: str) -> None:
    assert own_body(typed, "fr") == said


@pytest.mark.parametrize(
    ("typed", "owner", "lang", "said"),
    [
        ("conseil de la MRC", "MRC des Hautes-Vallées", "fr", "le conseil de la MRC"),
        ("conseil d'administration de l'Alliance", "Regroupement du Nord l'Alliance", "fr",
         "le conseil d'administration de l'Alliance"),
        ("bureau du Centre", "Centre d'aide", "fr", "le bureau du Centre"),
        ("comité de direction", "Centre d'aide", "fr", "son comité de direction"),
        ("board of directors", "Board of Trade", "en", "its board of directors"),
        ("board of the Harbour Centre", "Harbour Centre", "en", "the board of the Harbour Centre"),
    ],
)  # fmt: skip
def test_a_body_that_names_its_owner_is_not_called_its_own_again(typed: str, owner: str, lang: str, said: str) -> None:
    assert own_body(typed, lang, owner) == said


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_body_is_no_words(lang: str) -> None:
    assert body_in_sentence(" ", lang) == own_body("", lang) == ""


NUMBERS: tuple[dict[str, str], ...] = (
    {},
    {"auth_number": "CA-2026-31"},
    {"auth_number": "no. 4", "auth_date": "2026-05-03"},
    {"auth_date": "2026-05-03"},
)


@pytest.mark.parametrize("facts", NUMBERS)
@pytest.mark.parametrize("typed", ["board of governors", "the general meeting", "Senate", ""])
@pytest.mark.parametrize("kind", ["agreement", "statement"])
def test_the_english_text_names_resolutions_and_bodies_as_english_does(
    typed: str, facts: dict[str, str], kind: str
) -> None:
    told = Told()
    told.say("extra.title", {"kind": kind})
    told.join("Grandview College", status="signatory",
              people=[{"name": "Zoe Roy", "signs": True}],
              auth_body=typed, **facts)  # fmt: skip
    told.say("commit.consensus", {"level": "agree", "ratify_by": typed, "leave": "yes"}, "Grandview College")
    text = everything(agreement_of(told, "en"))
    assert not re.search(r"(?i)\ba resolution no\.|\b(by|of) (board|senate|general)|\bunder resolution of\b", text)
    assert not re.search(r"(?i)\bits (the|its)\b|\bof of\b|\bby by\b|\S  \S", text)
