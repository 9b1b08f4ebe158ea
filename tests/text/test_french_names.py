"""Names in French sentences, over names of every initial, gender and number."""

from __future__ import annotations

import re
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.agreement.reading import Told, everything
from tests.agreement.reading import agreed as agreement_of
from tui.text.french_names import (
    ARTICLES,
    FrenchName,
    agree,
    at_sentence_start,
    begins_with_vowel,
    capitalize,
    fill_sentence,
    french_name,
    group_gender,
    guess_fields,
    guess_name,
    label_in_sentence,
    split_article,
    strip_quotes,
)

INITIALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÀÂÉÈÊÎÔÛÇŒÆ"
# Without an article of their own: that is put before them.
BASES = st.builds(
    lambda first, rest: first + rest,
    st.sampled_from(INITIALS),
    st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéèêïç -'"), min_size=1, max_size=20).map(str.rstrip),
).filter(lambda base: len(base.strip()) > 1 and not base.startswith(("L'", "Le ", "La ", "Les ")))
GENDERS, NUMBERS = st.sampled_from(["", "m", "f"]), st.sampled_from(["", "singular", "plural"])
CONTRACTED = ("de le ", "de les ", "à le ", "à les ")


@given(BASES, st.sampled_from(["", *ARTICLES, "none"]), GENDERS, NUMBERS, st.sampled_from([None, True, False]))
def test_every_form_is_french_whatever_the_name(
    base: str, article: str, gender: str, number: str, elides: bool | None
) -> None:
    name = french_name(base, article, gender, number, elides)
    for form in (name.subject, name.of, name.to):
        assert base in form or name.contracts, "no letter of a name is lost"
        assert not any(form.startswith(one) for one in CONTRACTED)
        assert "' " not in form.replace(base, "")[:3] and "  " not in form.replace(base, "")
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
        assert name.participle("représenté") == agree("représenté", gender, name.plural)
    if number:
        assert name.plural == (number == "plural")


@given(st.sampled_from(INITIALS))
def test_one_initial_is_never_elided(initial: str) -> None:
    assert (
        french_name(initial, "none").of == f"de {initial}" and french_name(f"{initial}.", "none").of == f"de {initial}."
    )


@given(BASES, st.sampled_from(ARTICLES))
def test_an_article_that_is_typed_is_the_article(base: str, article: str) -> None:
    typed = article + base if article.endswith("'") else f"{article} {base}"
    assert split_article(typed) == (article, base.strip())
    assert french_name(typed).subject == typed.strip() and french_name(typed).article == article


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
    name = french_name(typed)
    assert (name.subject, name.of, name.to, name.gender) == (subject, of, to, gender)


@pytest.mark.parametrize(
    ("name", "article"),
    [
        ("Collège des Grands-Vents", "le"), ("Maison de la jeunesse", "la"), ("Université de Windsor", "l'"),
        ("Hôpital du Suroît", "l'"), ("Halte du Nord", "la"), ("MRC des Collines", "la"),
        ("Services à la famille", "les"), ("Fonds du Nord", "le"),
        ("Zorglub", ""), ("YMCA de Québec", "le"),
    ],
)  # fmt: skip
def test_an_article_is_guessed_from_the_head_noun(name: str, article: str) -> None:
    assert guess_name(name).article == article
    assert french_name(name).article == "", "a guess is confirmed by hand before the document uses it"


@pytest.mark.parametrize(
    ("group", "gender"),
    [("les membres", "m"), ("les partenaires", "m"), ("les organismes", "m"), ("les haltes", "f"), ("les MRC", "f"),
     ("les “résidences”", "f"), ("les paroisses,", "f"), ("les travailleuses", "f"), ("les amies", "f"),
     ("les animatrices", "f"), ("les organisations", "f"), ("les maisonnettes", "f"), ("les agences", "f"),
     ("les instances", "f"), ("les signataires", ""), ("haltes", ""), ("les", ""), ("", "")],
)  # fmt: skip
def test_the_gender_of_a_group_is_known_by_its_noun(group: str, gender: str) -> None:
    assert group_gender(group) == gender


@pytest.mark.parametrize(
    ("typed", "name"),
    [("« Le Phare »", "Le Phare"), ("“The Hub” ", "The Hub"), ('"Le Phare"', "Le Phare"), ('""', '""'), ('"', '"'),
     ("Le « Phare »", "Le « Phare »"), ("« Phare » et « Quai", "« Phare » et « Quai")],
)  # fmt: skip
def test_quotes_around_a_whole_name_are_taken_off(typed: str, name: str) -> None:
    assert strip_quotes(typed) == name


@pytest.mark.parametrize(
    ("masculine", "gender", "plural", "agreed"),
    [("autorisé", "f", True, "autorisées"), ("autorisé", "m", True, "autorisés"), ("membre", "f", False, "membre"),
     ("membre", "f", True, "membres"), ("nombreux", "m", True, "nombreux"), ("admis", "m", True, "admis"),
     ("autorisé", "", False, "autorisé")],
)  # fmt: skip
def test_a_participle_agrees(masculine: str, gender: str, plural: bool, agreed: str) -> None:
    assert agree(masculine, gender, plural) == agreed
    assert FrenchName("Zorglub", "", gender, plural).participle(masculine, "?") == (agreed if gender else "?")
    assert FrenchName("Zorglub", "", gender, plural).participle(masculine) == agreed


def test_an_article_that_was_chosen_says_gender_and_number() -> None:
    chosen = [french_name("Zorglub", article) for article in ("le", "la", "l'", "les")]
    assert [(name.gender, name.plural) for name in chosen] == [("m", False), ("f", False), ("", False), ("", True)]


def test_a_name_of_its_own_making_keeps_its_letters() -> None:
    assert [capitalize(text) for text in ("le Collège", "eCampus", "l'Université")] == [
        "Le Collège",
        "eCampus",
        "L'Université",
    ]
    assert not begins_with_vowel("Hibou") and begins_with_vowel("Hôpital") and not begins_with_vowel("Yellowknife")
    english = ("Heritage House", "Harmony Inc.", "Hospitality Group", "Human Rights Hull", "Historic Hull")
    assert not any(map(begins_with_vowel, english)), "said with its h"
    french = ("Héritage", "HERITAGE MONTREAL", "Harmonie", "Hospitalité", "Humanité", "Historique de Hull")
    assert all(map(begins_with_vowel, french))
    assert not begins_with_vowel("Oui au Collège") and not begins_with_vowel("Onze") and begins_with_vowel("Ouïe")
    assert not begins_with_vowel("Onzième Porte")
    assert FrenchName("Amies", "les", "f", True).participle("représenté") == "représentées"


NAMES = st.one_of(BASES, st.builds("{} {}".format, st.sampled_from(["Le", "La", "Les", "le", "la", "les"]), BASES),
                  st.builds("{}{}".format, st.sampled_from(["L'", "l'"]), BASES), BASES.map(str.lower))  # fmt: skip


@given(NAMES)
def test_the_guess_that_is_shown_is_what_its_fields_say_once_confirmed(name: str) -> None:
    article, gender, number = guess_fields(name)
    confirmed = french_name(name, article, gender, number)
    for form in (confirmed.subject, confirmed.of, confirmed.to):
        assert not any(form.startswith(one) for one in CONTRACTED)
        assert not form.casefold().startswith(("le le ", "la la ", "les les ", "l'l'")) or name[:3].lower() == form[:3]
    own = split_article(name)[1].startswith(("Le ", "La ", "Les ", "L'"))
    assert article in ARTICLES if own else confirmed.article == (article if article in ARTICLES else "")
    assert confirmed.plural == (number == "plural") and (not gender or confirmed.gender == gender)


@given(NAMES, st.sampled_from(["réponse de {name}", "à côté de {name}", "remis à {name}", "ce que {name} a écrit"]))
def test_no_sentence_of_ours_is_glued_to_a_name(name: str, sentence: str) -> None:
    said = fill_sentence(sentence, name=name)
    assert not any(f" {one}" in f" {said}" for one in CONTRACTED)
    assert "que il" not in said and "{" not in said
    assert base_of(name) in said


def base_of(name: str) -> str:
    base = split_article(name)[1]
    return base.partition(" ")[2] if base.startswith(("Le ", "Les ")) else base


@pytest.mark.parametrize(
    ("sentence", "name", "said"),
    [
        ("à côté de {version}", "le texte d'aujourd'hui", "à côté du texte d'aujourd'hui"),
        ("à côté de {version}", "l'ébauche 2 du 3 mai", "à côté de l'ébauche 2 du 3 mai"),
        ("Réserve de {version}", "Les Veilleuses", "Réserve des Veilleuses"),
        ("partie à {version}", "les Amis", "partie aux Amis"),
        ("ce que {version} écrit", "Anne", "ce qu'Anne écrit"),
        ("ce que {version} écrit", "le Collège", "ce que le Collège écrit"),
        ("De {version}", "le Collège", "Du Collège"),
        ("the answer of {version}", "le Collège", "the answer of le Collège"),
    ],
)
def test_of_and_to_are_contracted_with_what_follows(sentence: str, name: str, said: str) -> None:
    assert fill_sentence(sentence, version=name) == said


def french_sentences() -> list[str]:
    catalogue = (files("tui") / "locale/fr/LC_MESSAGES/entente.po").read_text(encoding="utf-8")
    texts = re.findall(r'msgstr(?:\[\d\])? ((?:"(?:[^"\\]|\\.)*"\n?)+)', catalogue)
    return ["".join(re.findall(r'"((?:[^"\\]|\\.)*)"', one)) for one in texts]


def test_each_sentence_that_puts_a_name_behind_of_is_filled_in_with_its_article() -> None:
    """A new sentence of that kind belongs to `fill_sentence`, or its word is no name (an id, a date, an account)."""
    glued = {one for text in french_sentences() for one in re.findall(r"\b(?:de|à|que) \{(\w+)\}", text)}
    no_names = {"n", "zone", "owner", "id", "limit", "time", "ids", "states", "texts", "key", "other", "path", "rev"}
    assert glued - no_names <= {"name", "names", "version", "who"}
    for source in (path for path in Path(str(files("tui"))).rglob("*.py")):
        text = source.read_text(encoding="utf-8")
        for message in ("Reservation of {name}", "What does {name} bring", "beside {version}", "the yes of {name}",
                        "since the answer of {name}", "{n} change by {names}", "was sent already, to {names}",
                        "what {who} had typed was found"):  # fmt: skip
            assert message not in text or "fill_sentence(" in text, (source, message)


def test_a_sentence_begins_with_the_capital_of_an_article_alone() -> None:
    said = {"le Collège": "Le Collège", "l'Association": "L'Association", "the Centre": "The Centre",
            "La Boussole": "La Boussole", "artexte": "artexte", "leBus": "leBus", "theatre X": "theatre X"}  # fmt: skip
    assert {name: at_sentence_start(name) for name in said} == said


@pytest.mark.parametrize("name", ["artexte", "alinéa", "eCampus", "iPolitics", "bell hooks"])
def test_a_name_in_small_letters_keeps_them_at_the_head_of_a_line(name: str) -> None:
    told = Told()
    told.join(name, status="signatory", people=[{"name": "bell hooks", "accountable": True}])
    told.join("Collège", status="signatory", short_name="le Collège")
    for partner in (name, "Collège"):
        told.say("open.contributions", {"text": "prêter", "state": "accepted", "effort": "3 h"}, partner, op="add")
        told.say("commit.time", {"effort": "3 h par mois", "for": "le comité"}, partner, op="add")
    told.say("gather.lead", {"partner": name, "mandate": "tout"}, op="add")
    for lang in ("fr", "en"):
        text = everything(agreement_of(told, lang))
        assert f"{name[0].upper()}{name[1:]}" not in text.replace("Bell", "bell") or name[0].isupper()
        assert f"\n# {name}\n" in text
    assert "\n# Le Collège\n" in everything(agreement_of(told))


@pytest.mark.parametrize(
    ("label", "within"),
    [
        ("Rôle", "rôle"), ("Gender of the French name", "gender of the French name"), ("", ""), ("À qui", "à qui"),
        ("French article of the name", "French article of the name"), ("NEQ ou matricule", "NEQ ou matricule"),
    ],
)  # fmt: skip
def test_a_label_within_a_sentence_has_a_small_first_letter(label: str, within: str) -> None:
    assert label_in_sentence(label) == within
