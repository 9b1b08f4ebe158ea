"""Each kind of field: what is typed in French and in English, what is stored, and the stored value in words again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.told import GUIDE, Told
from tui.form.form_schema import CURRENCIES
from tui.guide.guide_types import Field, Words
from tui.partnership.field_kinds import BadValue, ParseContext, date_doubt, format_value, read_near_day, read_value
from tui.partnership.ids import is_id

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
IDS = [one.id for one in TOWN.partnership.rows("open.who")]
PEOPLE = [row.id for row in TOWN.partnership.rows("open.who", "people")]
GROUP_IDS = [row.id for row in TOWN.partnership.rows("extra.groups", "rows")]
UW, ACSM, AIDE = IDS[:3]


def named(value: object) -> str | None:
    """The name of a case: ids are made anew in each process, and names must be the same in all of them."""
    return "id" if is_id(value) else None


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


@pytest.mark.parametrize(
    ("kind", "raw", "said"),
    [
        ("line", 7, "7"),
        ("line", ["x"], "x"),
        ("flag", "peut-être", "peut-être"),
        ("number", "-3", "-3"),
        ("number", "plusieurs", "un nombre entier, par exemple 3"),
        ("number", 2.5, "2.5"),
        ("number", True, "true"),
        ("number", 10**9, "1000000000"),
        ("date", "31 février 2026", "31 février 2026"),
        ("date", "bientôt", "bientôt"),
        ("period", "un jour", "un jour"),
        ("period", {}, "{}"),
        ("period", {"start": "2027", "end": "2026"}, "2027"),
        ("period", {"start": 2026}, "2026"),
        ("amount", "beaucoup", "beaucoup"),
        ("amount", {"amount": "1.234", "currency": "CAD"}, "1.234"),
        ("amount", {"amount": "12", "currency": "BTC"}, "BTC"),
        ("amount", -5, "-5"),
        ("partner", "Personne", "Personne"),
        ("partner", "MJ", IDS[5]),
        ("partners", "Université de Windsor, Personne", "Personne"),
        ("partners", "les locaux sauf Personne", "Personne"),
        ("partners", {"ids": [UW], "group": "n'importe"}, "n'importe"),
        ("partners", 7, "partners"),
        ("someone", {"nom": "x"}, "someone"),
        ("someones", {"name": "x"}, "x"),
        ("record", 7, "record"),
    ],
    ids=named,
)
def test_what_does_not_fit_is_said(kind: str, raw: Any, said: str) -> None:
    with pytest.raises(BadValue) as caught:
        read(kind, raw)
    assert said in str(caught.value)


def test_a_long_value_is_cut_in_the_message() -> None:
    with pytest.raises(BadValue) as caught:
        read("date", "x" * 5000)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("kind", "typed", "doubtful"),
    [("date", "03/04/2026", True), ("date", "22 novembre", False), ("date", "2026-11-22", False), ("date", " ", False),
     ("date", "bientôt", False), ("line", "03/04/2026", False)],
)  # fmt: skip
def test_a_date_that_may_be_two_days_is_said_to_be_in_doubt(kind: str, typed: str, doubtful: bool) -> None:
    assert ("03/04/2026" in date_doubt(ParseContext(GUIDE, TOWN.partnership), field(kind), typed)) is doubtful
    assert doubtful or date_doubt(ParseContext(GUIDE, TOWN.partnership), field(kind), typed) == ""


@pytest.mark.parametrize("typed", ["bientôt", "03/04/2026"])
def test_a_day_that_is_none_or_two_is_refused_with_what_was_typed(typed: str) -> None:
    with pytest.raises(BadValue, match=typed):
        read_near_day(typed, "fr")


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
