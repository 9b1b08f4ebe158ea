"""Tests of each kind of field in French and English: typed text, stored value, and the value in words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.told import GUIDE, Told
from tui.form.form_schema import CURRENCIES
from tui.guide.guide_types import Field, Words
from tui.partnership.field_kinds import (
    BadValue,
    ParseContext,
    date_doubt,
    format_value,
    meant_date,
    parse_error,
    read_near_day,
    read_value,
    unparsed_text,
)
from tui.partnership.ids import is_id
from tui.text import moments

NAMES = ("Université de Windsor", "ACSM, filiale de Windsor-Essex", "Aide; écoute", "Tous", "Un sauf deux", "MJ", "MJ")
MARIE, PAUL, PAULA = "Marie Tremblay", "Paul, dit le Grand", "Université de Windsor"
GROUPS = ("les locaux", "les deux, ensemble", "MJ")


def town() -> Told:
    """Return partners, people and groups with names that are hard to tell apart in a list."""
    told = Told(*NAMES[:-1])
    twin = told.join("MJ bis")
    told.say("open.who", {"name": "MJ"}, partner=twin)
    told.say("open.who", {"people": [MARIE, PAUL, PAULA, "Jean", "Jean"]}, partner=NAMES[0])
    for name in GROUPS:
        told.say("extra.groups", {"name": name, "members": [NAMES[0], NAMES[1], NAMES[2]]})
    return told


TOWN = town()
NBSP = "\N{NO-BREAK SPACE}"
IDS = [one.id for one in TOWN.partnership.rows("open.who")]
PEOPLE = [row.id for row in TOWN.partnership.rows("open.who", "people")]
GROUP_IDS = [row.id for row in TOWN.partnership.rows("extra.groups", "rows")]
UW, ACSM, AIDE = IDS[:3]


def named(value: object) -> str | None:
    """The name of a case: ids are made anew in each process, and names must be the same in all of them."""
    return "id" if is_id(value) else None


@pytest.fixture
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be the 1 November 2026."""
    monkeypatch.setattr(moments, "now", lambda: "2026-11-01T09:00:00-05:00")


def field(kind: str, choices: str = "") -> Field:
    """A field of a kind."""
    return Field(kind, kind, Words(kind, kind), choices=choices)


def read(kind: str, raw: Any, lang: str = "fr", choices: str = "") -> Any:
    """Read a value as typed in `lang`."""
    return read_value(ParseContext(GUIDE, TOWN.partnership, lang), field(kind, choices), raw)


@pytest.mark.parametrize(
    ("kind", "raw", "lang", "stored"),
    [
        ("line", "  deux\nlignes ", "fr", "deux lignes"),
        ("line", "", "fr", ""),
        ("prose", "un\r\n\x1b[31mdeux", "fr", "un\n[31mdeux"),
        ("effort", "3 h par semaine", "fr", "3 h par semaine"),
        ("flag", True, "fr", True),
        ("flag", "oui", "fr", True),
        ("flag", "No", "en", False),
        *(("flag", word, "fr", True) for word in ("yes", "TRUE", "Vrai", "x", "1")),
        *(("flag", word, "en", False) for word in ("non", "False", "faux", "0")),
        ("number", 0, "fr", 0),
        ("number", "123456789", "fr", 123456789),
        ("period", {"end": "2026"}, "fr", {"start": "", "end": "2026"}),
        ("period", {"start": "2026", "end": "novembre 2026"}, "fr", {"start": "2026", "end": "2026-11"}),
        ("period", {"start": "novembre 2026", "end": "2026"}, "fr", {"start": "2026-11", "end": "2026"}),
        ("amount", {"amount": "12.50"}, "fr", {"amount": "12.50", "currency": "CAD"}),
        ("reference", " deux\nlignes", "fr", "deux lignes"),
        ("record", "x", "fr", "x"),
        ("record", {"a": 1}, "fr", {"a": 1}),
        ("number", "", "fr", None),
        ("effort", "", "fr", ""),
        ("prose", "", "fr", ""),
        ("reference", "", "fr", None),
        ("number", 4, "fr", 4),
        ("number", " 12 ", "en", 12),
        ("date", "22 novembre 2026", "fr", "2026-11-22"),
        ("date", "November 22, 2026", "en", "2026-11-22"),
        ("date", "novembre 2026", "fr", "2026-11"),
        ("date", "2026", "en", "2026"),
        ("date", "1er mai 2017", "fr", "2017-05-01"),
        ("date", "", "fr", None),
        ("period", "d'octobre 2026 à mars 2027", "fr", {"start": "2026-10", "end": "2027-03"}),
        ("period", "from October 2026 to March 2027", "en", {"start": "2026-10", "end": "2027-03"}),
        ("period", {"start": "mai 2017", "end": "2018-03-31"}, "fr", {"start": "2017-05", "end": "2018-03-31"}),
        ("period", {"start": "2026"}, "fr", {"start": "2026", "end": ""}),
        ("period", "décembre 2018", "fr", {"start": "2018-12", "end": "2018-12"}),
        ("amount", "12 000 $", "fr", {"amount": "12000", "currency": "CAD"}),
        ("amount", "$12,000.50", "en", {"amount": "12000.50", "currency": "CAD"}),
        ("amount", {"amount": "40", "currency": "EUR"}, "fr", {"amount": "40", "currency": "EUR"}),
        ("amount", 12000, "fr", {"amount": "12000", "currency": "CAD"}),
        ("partner", "universite de windsor", "fr", UW),
        ("partner", UW, "en", UW),
        ("partners", [NAMES[0], ACSM], "fr", {"ids": [UW, ACSM], "group": ""}),
        ("partners", "Université de Windsor, ACSM, filiale de Windsor-Essex", "fr", {"ids": [UW, ACSM], "group": ""}),
        ("partners", "Université de Windsor; Un sauf deux", "fr", {"ids": [UW, IDS[4]], "group": ""}),
        ("partners", "tous les partenaires", "fr", {"ids": IDS, "group": "all"}),
        ("partners", "all except université de windsor", "en", {"ids": IDS[1:], "group": "all"}),
        ("partners", "Les locaux, sauf Université de Windsor", "fr",
         {"ids": [ACSM, AIDE], "group": GROUP_IDS[0]}),
        ("partners", {"group": "les locaux", "except": [ACSM]}, "fr", {"ids": [UW, AIDE], "group": GROUP_IDS[0]}),
        ("partners", {"ids": [UW], "group": "les locaux"}, "fr", {"ids": [UW], "group": GROUP_IDS[0]}),
        ("partners", [], "fr", None),
        ("someone", MARIE, "fr", {"person": PEOPLE[0]}),
        ("someone", "marie tremblay", "en", {"person": PEOPLE[0]}),
        ("someone", NAMES[0], "fr", {"partner": UW}),
        ("someone", "le fonds Trillium", "fr", {"name": "le fonds Trillium"}),
        ("someone", {"person": "Quelqu'un d'autre"}, "fr", {"name": "Quelqu'un d'autre"}),
        ("someones", "Marie Tremblay, Université de Windsor, la ministre", "fr",
         [{"person": PEOPLE[0]}, {"partner": UW}, {"name": "la ministre"}]),
        ("someones", ["", "x"], "fr", [{"name": "x"}]),
        ("someones", "all the partners", "en", [{"partner": one} for one in IDS]),
    ],
    ids=named,
)  # fmt: skip
def test_what_is_typed_and_what_is_stored(kind: str, raw: Any, lang: str, stored: Any) -> None:
    assert read(kind, raw, lang) == stored


@pytest.mark.parametrize("name", sorted(GUIDE.choices))
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_choice_is_read_by_code_and_by_word(name: str, lang: str) -> None:
    for code in GUIDE.choices[name]:
        words = format_value(ParseContext(GUIDE, TOWN.partnership, lang), field("choice", name), code)
        assert [read("choice", raw, lang, name) for raw in (code, words, words.upper())] == [code] * 3


TWINS = "plusieurs partenaires s'appellent « MJ » : donnez un identifiant, l'un de BOTH_IDS"
NO_DAY = "« {} » n'est pas une date ; écrivez 2026, novembre 2026 ou 22 novembre 2026"
NO_PERIOD = "« {} » n'est pas une période ; écrivez octobre 2026 à mars 2027"
NO_NUMBER = "« {} » ne se comprend pas ici. Tapez un nombre entier, par exemple 3."
NO_AMOUNT = "« {} » n'est pas un montant ; écrivez 12 000 $ ou 12000 CAD"
NO_ADDRESS = "« {} » n'est pas une adresse de courriel : écrivez-la comme nom@exemple.ca, sans accent avant le @."
THREE_DECIMALS = "« {} » a trois décimales, ou des milliers qui s'écrivent autrement ici ; écrivez 12 000 $ ou 12,50 $"
TWO_DAYS = "« {} » peut être deux jours : écrivez 4 mars 2026 ou 3 avril 2026"
SUNDAY = "« {} » : le 22 novembre 2026 est un dimanche"


@pytest.mark.parametrize(
    ("kind", "raw", "said"),
    [
        ("line", 7, "« line » attend un texte, pas 7"),
        ("line", ["x"], '« line » attend un texte, pas ["x"]'),
        ("choice", "jamais", "« jamais » n'est pas un choix de « choice » ; il attend l'un de : yes, no"),
        ("flag", "peut-être", "« flag » attend oui ou non, pas peut-être"),
        ("flag", 1, "« flag » attend oui ou non, pas 1"),
        ("number", "-3", NO_NUMBER.format("-3")),
        ("number", "plusieurs", NO_NUMBER.format("plusieurs")),
        ("number", "1234567890", NO_NUMBER.format("1234567890")),
        ("number", "١٢", NO_NUMBER.format("١٢")),
        ("number", -1, "« number » attend un nombre entier, pas -1"),
        ("number", 2.5, "« number » attend un nombre entier, pas 2.5"),
        ("number", True, "« number » attend un nombre entier, pas true"),
        ("number", 10**9, "« number » attend un nombre entier, pas 1000000000"),
        ("date", "31 février 2026", NO_DAY.format("31 février 2026")),
        ("date", "bientôt", NO_DAY.format("bientôt")),
        ("date", 2026, NO_DAY.format("2026")),
        ("date", "03/04/2026", TWO_DAYS.format("03/04/2026")),
        ("date", "lundi 22 novembre 2026", SUNDAY.format("lundi 22 novembre 2026")),
        ("date", "22 novembre", "« 22 novembre » ne dit pas l'année : écrivez 22 novembre 2026"),
        ("period", "un jour", NO_PERIOD.format("un jour")),
        ("period", {}, NO_PERIOD.format("{}")),
        ("period", {"start": "2027", "end": "2026"}, '« {"start": "2027", "end": "2026"} » finit avant de commencer'),
        ("period", {"start": 2026}, NO_DAY.format("2026")),
        ("period", "du 03/04/2026 au 31/12/2026", TWO_DAYS.format("du 03/04/2026 au 31/12/2026")),
        ("period", "du 22 novembre au 3 décembre",
         "« du 22 novembre au 3 décembre » ne dit pas l'année : écrivez du 22 novembre 2026 au 3 décembre 2026"),
        ("amount", "beaucoup", NO_AMOUNT.format("beaucoup")),
        ("amount", "12,000 $", THREE_DECIMALS.format("12,000 $")),
        ("amount", True, NO_AMOUNT.format("true")),
        ("amount", {"amount": "1.234", "currency": "CAD"}, NO_AMOUNT.format('{"amount": "1.234", "currency": "CAD"}')),
        ("amount", {"amount": "12", "currency": "BTC"}, NO_AMOUNT.format('{"amount": "12", "currency": "BTC"}')),
        ("amount", -5, NO_AMOUNT.format("-5")),
        ("partner", "Personne", "aucun partenaire ne s'appelle « Personne »"),
        ("partner", "MJ", TWINS),
        ("partners", "Université de Windsor, Personne", "aucun partenaire ne s'appelle « Personne »"),
        ("partners", "les locaux sauf Personne", "aucun partenaire ne s'appelle « Personne »"),
        ("partners", {"ids": [UW], "group": "n'importe"}, "aucun partenaire ne s'appelle « n'importe »"),
        ("partners", 7, "« partners » attend une liste de partenaires"),
        ("someone", {"nom": "x"}, "« someone » attend un partenaire, une personne ou un nom"),
        ("someones", {"name": "x"}, '« someones » attend un texte, pas {"name": "x"}'),
        ("record", 7, "« record » est tenu par le programme"),
    ],
    ids=named,
)  # fmt: skip
@pytest.mark.usefixtures("november")
def test_what_does_not_fit_is_said(kind: str, raw: Any, said: str) -> None:
    with pytest.raises(BadValue) as caught:
        read(kind, raw, choices="yes_no")
    assert str(caught.value).replace(NBSP, " ") == said.replace("BOTH_IDS", ", ".join(IDS[5:]))


def test_a_long_value_is_cut_in_the_message() -> None:
    with pytest.raises(BadValue) as caught:
        read("date", "x" * 5000)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("kind", "typed", "meant", "doubt", "error"),
    [
        ("date", "2026-11-22", "", "", ""),
        ("date", " ", "", "", ""),
        ("date", "22 novembre", "22 novembre 2026", "",
         "« 22 novembre » ne dit pas l'année : écrivez 22 novembre 2026"),
        ("date", "03/04/2026", "", TWO_DAYS, TWO_DAYS),
        ("date", "lundi 22 novembre 2026", "", SUNDAY, SUNDAY),
        ("date", "bientôt", "", "", NO_DAY),
        ("period", "du 22 novembre au 3 décembre", "du 22 novembre 2026 au 3 décembre 2026", "",
         "« du 22 novembre au 3 décembre » ne dit pas l'année : écrivez du 22 novembre 2026 au 3 décembre 2026"),
        ("period", "du 03/04/2026 au 31/12/2026", "", TWO_DAYS, TWO_DAYS),
        ("period", "bientôt", "", "", NO_PERIOD),
        ("line", "03/04/2026", "", "", ""),
        ("prose", "22 novembre", "", "", ""),
        ("amount", "beaucoup", "", "", NO_AMOUNT),
        ("amount", "12 $", "", "", ""),
        ("number", " ", "", "", ""),
        ("addresses", "a@b.ca, café@b.ca", "", "", NO_ADDRESS.format("café@b.ca")),
        ("addresses", "a@b.ca", "", "", ""),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("november")
def test_what_is_typed_is_meant_doubted_or_not_understood(
    kind: str, typed: str, meant: str, doubt: str, error: str
) -> None:
    reading = ParseContext(GUIDE, TOWN.partnership)
    asked = replace(field("line"), addresses=True) if kind == "addresses" else field(kind)
    assert meant_date(reading, asked, typed).replace(NBSP, " ") == meant
    assert date_doubt(reading, asked, typed).replace(NBSP, " ") == doubt.format(typed)
    assert parse_error(reading, asked, typed).replace(NBSP, " ") == error.format(typed)


@pytest.mark.parametrize(("typed", "said"), [("bientôt", NO_DAY), ("03/04/2026", TWO_DAYS)])
def test_a_day_that_is_none_or_two_is_refused_with_what_was_typed(typed: str, said: str) -> None:
    with pytest.raises(BadValue) as caught:
        read_near_day(typed, "fr")
    assert str(caught.value).replace(NBSP, " ") == said.format(typed)


@pytest.mark.parametrize(("typed", "day"), [("22 novembre", "2026-11-22"), ("12 mai 2027", "2027-05-12")])
@pytest.mark.usefixtures("november")
def test_a_day_without_its_year_is_the_next_one(typed: str, day: str) -> None:
    assert read_near_day(typed, "fr") == day


DATES = st.sampled_from(["2026", "2026-01", "2026-11", "2026-11-01", "2026-11-22", "2027-05-31"])
PLAIN = st.text(st.characters(codec="utf-8", exclude_characters=",;"), max_size=12).map(lambda t: read("line", t))
FREE = PLAIN.filter(bool).map(lambda name: {"name": name + " X"})
SOMEONE = st.sampled_from([{"partner": one} for one in IDS] + [{"person": one} for one in PEOPLE])
STORED: dict[str, st.SearchStrategy[Any]] = {
    "line": PLAIN,
    "effort": PLAIN,
    "prose": st.text(st.characters(codec="utf-8"), max_size=20).map(lambda text: read("prose", text)),
    "flag": st.booleans(),
    "number": st.integers(0, 10**9 - 1),
    "date": DATES,
    "period": st.lists(DATES | st.just(""), min_size=2, max_size=2)
    .filter(any)
    .map(lambda two: sorted(two) if all(two) else two)
    .map(lambda two: {"start": two[0], "end": two[1]}),
    "amount": st.tuples(st.integers(0, 10**9), st.integers(0, 99), st.sampled_from(CURRENCIES)).map(
        lambda it: {"amount": f"{it[0]}.{it[1]:02}" if it[1] else str(it[0]), "currency": it[2]}
    ),
    "partner": st.sampled_from(IDS),
    "partners": st.tuples(st.sampled_from(["", "", "all", *GROUP_IDS]), st.sets(st.sampled_from(IDS), min_size=1)).map(
        lambda it: read("partners", [one for one in IDS if one in it[1]] if not it[0] else {"group": it[0]})
    ),
    "someone": SOMEONE | FREE | st.just({"name": "Smith, John"}),
    "someones": st.lists(SOMEONE | FREE | st.just({"name": "Smith, John"}), min_size=1, max_size=4),
}


@pytest.mark.parametrize("kind", sorted(STORED))
@given(data=st.data(), lang=st.sampled_from(["fr", "en"]))
def test_reading_the_words_gives_the_value_again(kind: str, data: st.DataObject, lang: str) -> None:
    value = data.draw(STORED[kind])
    words = format_value(ParseContext(GUIDE, TOWN.partnership, lang), field(kind), value)
    assert read(kind, words, lang) == value


@given(st.sets(st.sampled_from(IDS), min_size=1), st.sampled_from(["all", *GROUP_IDS]), st.sampled_from(["fr", "en"]))
def test_everyone_but_some_is_read_again(left: set[str], group: str, lang: str) -> None:
    reading = ParseContext(GUIDE, TOWN.partnership, lang)
    members = read("partners", {"group": group})["ids"]
    value = read("partners", {"group": group, "except": [one for one in members if one in left]})
    if value is not None:
        assert read("partners", format_value(reading, field("partners"), value), lang) == value


def test_a_group_reads_well() -> None:
    told = Told("A", "B", "C")
    value = read_value(ParseContext(GUIDE, told.partnership), field("partners"), "tous sauf B")
    said = [
        format_value(ParseContext(GUIDE, told.partnership, lang), field("partners"), value) for lang in ("fr", "en")
    ]
    assert said == ["tous les partenaires, sauf B", "all the partners, except B"]


def test_what_was_typed_and_not_understood_is_said_as_typed() -> None:
    assert format_value(ParseContext(GUIDE, TOWN.partnership), field("date"), {"typed": "bientôt"}) == "bientôt"
    assert unparsed_text({"typed": "bientôt"}) == "bientôt"
    others: list[Any] = ["bientôt", {"ids": []}, None, 7]
    assert [unparsed_text(value) for value in others] == [""] * 4


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [("line", None, ""), ("date", None, ""), ("number", 12, "12"), ("line", "un", "un"), ("flag", True, "oui"),
     ("flag", False, "non"), ("choice", "no", "non"), ("period", {"start": "2026-10"}, "à partir d'octobre 2026"),
     ("period", {"end": "2027"}, "jusqu'en 2027"), ("amount", {"amount": "12000", "currency": "CAD"}, "12 000 $")],
)  # fmt: skip
def test_a_value_is_said_as_a_person_writes_it(kind: str, value: Any, words: str) -> None:
    said = format_value(ParseContext(GUIDE, TOWN.partnership, "fr"), field(kind, "yes_no"), value)
    assert said.replace(NBSP, " ") == words
