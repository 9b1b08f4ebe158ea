"""Tests of finding partners and groups by name, and of rows that several partners give."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui.form.answer_json import answer
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import (
    GONE,
    LEFT_AS,
    MAY_APPEAR,
    active,
    find,
    find_group,
    find_partner,
    givers,
    group_members,
    join,
    partners,
    rows_of,
    staying,
)
from tui.partnership.values import REMOVED, Change, as_of


@pytest.fixture
def told() -> Told:
    return Told("Université de Windsor", "ACSM Windsor-Essex", "Maison des jeunes")


@pytest.mark.parametrize("text", ["Université de Windsor", "universite de windsor", "  Université  de WINDSOR "])
def test_a_partner_is_found_without_case_accents_and_spaces(told: Told, text: str) -> None:
    assert [one.id for one in find(told.partnership, text)] == [told.ids["Université de Windsor"]]


def test_a_partner_is_found_by_id_and_by_short_name_in_any_language(told: Told) -> None:
    name = told.ids["Université de Windsor"]
    told.say("open.who", {"short_name": {"fr": "UdeW", "en": "UWin"}}, partner=name)
    assert [[one.id for one in find(told.partnership, text)] for text in (name, "udew", "UWIN")] == [[name]] * 3


def test_a_part_of_a_name_and_nothing_find_nobody(told: Told) -> None:
    assert find(told.partnership, "Université") == find(told.partnership, "") == ()


def test_an_id_wins_over_a_name(told: Told) -> None:
    name = told.ids["Maison des jeunes"]
    told.say("open.who", {"short_name": name}, partner="ACSM Windsor-Essex")
    assert [one.id for one in find(told.partnership, name)] == [name]


def test_two_partners_of_one_name_are_said_with_their_ids(told: Told) -> None:
    told.say("open.who", {"short_name": "Maison des jeunes"}, partner="ACSM Windsor-Essex")
    with pytest.raises(BadValue, match=told.ids["Maison des jeunes"]):
        answer(
            GUIDE, told.partnership, {"question": "open.involvement", "partner": "Maison des jeunes", "value": "leads"}
        )


def test_a_name_is_given_once(told: Told) -> None:
    with pytest.raises(BadValue, match="acsm windsor-essex"):
        told.say("open.who", "acsm windsor-essex", op="add")


def test_who_left_does_not_count_and_who_was_taken_out_is_not_there(told: Told) -> None:
    told.say("open.who", {"status": "declined"}, partner="Maison des jeunes")
    told.say("open.who", None, partner="ACSM Windsor-Essex", op="remove")
    assert [one.name("fr") for one in partners(told.partnership)] == ["Université de Windsor", "Maison des jeunes"]
    assert [one.name("fr") for one in active(told.partnership)] == ["Université de Windsor"]


def test_a_row_given_by_several_belongs_to_each(told: Told) -> None:
    (row,) = told.say("open.contributions", {"text": "prêter une salle", "partners": "tous, sauf Maison des jeunes"})
    entry = told.partnership.entries[row]
    assert givers(entry) == (told.ids["Université de Windsor"], told.ids["ACSM Windsor-Essex"])
    owned = {name: rows_of(told.partnership, "open.contributions", "rows", one) for name, one in told.ids.items()}
    assert owned == {"Université de Windsor": (entry,), "ACSM Windsor-Essex": (entry,), "Maison des jeunes": ()}


def test_joining_a_group_commits_no_one(told: Told) -> None:
    (group,) = told.say("extra.groups", {"name": "les locaux", "members": ["ACSM Windsor-Essex", "Maison des jeunes"]})
    (row,) = told.say("open.contributions", {"text": "prêter une salle", "partners": "les locaux"})
    before = givers(told.partnership.entries[row])
    told.say("extra.groups", {"members": "tous"}, row=group)
    assert givers(told.partnership.entries[row]) == before
    assert set(group_members(told.partnership, group)) == set(told.ids.values())


def test_a_group_that_is_gone_names_nobody(told: Told) -> None:
    (group,) = told.say("extra.groups", {"name": "les locaux", "members": "tous"})
    assert find_group(told.partnership, "LES LOCAUX") is not None
    told.take(Change(group, "extra.groups", REMOVED, True, "rows"))
    assert find_group(told.partnership, "les locaux") is None
    assert group_members(told.partnership, group) == ()


def test_the_order_is_the_one_of_joining(told: Told) -> None:
    assert [one.name("fr") for one in partners(told.partnership)] == list(told.ids)


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["A"], "A"), (["A", "", "B"], "A et B"), (["A", "B", "C"], "A, B et C")]
)
def test_names_in_a_row(names: list[str], said: str) -> None:
    assert join(names, "et") == said


@pytest.mark.parametrize("status", GUIDE.choices["status"])
@pytest.mark.parametrize(
    ("until", "day", "before_its_end"),
    [
        ("2027-03-15", "2027-03-14", True),
        ("2027-03-15", "2027-03-15", True),  # to the end of that day
        ("2027-03-15", "2027-03-16", False),
        ("2027-03", "2027-03-31", True),
        ("2027-03", "2027-04-01", False),
        ("", "2027-03-15", None),
    ],
)
def test_a_leaving_date_decides_who_takes_part_but_for_who_declined(
    status: str, until: str, day: str, before_its_end: bool | None
) -> None:
    told = Told()
    told.join("Ruche", status=status, **({"until": until} if until else {}))
    takes_part = status not in GONE if before_its_end is None else before_its_end and status != "declined"
    assert bool(active(as_of(told.partnership, day))) is takes_part
    assert bool(staying(as_of(told.partnership, day))) is (status not in GONE), "whatever the day"


@pytest.mark.parametrize("status", GUIDE.choices["status"])
@pytest.mark.parametrize("left_as", [None, *GUIDE.choices["status"]])
@pytest.mark.parametrize("named", [None, True])
def test_a_name_is_shown_of_who_is_in_or_was_when_it_left(status: str, left_as: str | None, named: bool | None) -> None:
    told = Told()
    partner = told.join("Ruche", status=status, **({"named": True} if named else {}))
    told.take(Change(partner, "open.who", LEFT_AS, left_as, "", (partner,)))
    (found,) = partners(told.partnership)
    was_shown = status == "withdrawn" and left_as in MAY_APPEAR
    assert found.may_appear is (status in MAY_APPEAR or was_shown or bool(named))


def test_only_the_entry_of_a_partner_is_one(told: Told) -> None:
    (person,) = told.say("open.who", {"part": "people", "name": "Ida"}, "Maison des jeunes", op="add")[-1:]
    name = told.ids["Maison des jeunes"]
    found = find_partner(told.partnership, name)
    assert found is not None and found.id == name
    rows = told.partnership.rows("open.who", "people")
    assert rows and all(find_partner(told.partnership, row.id) is None for row in rows) and person
    assert find_partner(told.partnership, "nobody") is None


@pytest.mark.parametrize(("lang", "called"), [("fr", "CDP"), ("en", "CDP")])
def test_a_partner_without_a_full_name_is_called_by_its_short_one(told: Told, lang: str, called: str) -> None:
    told.take(*(Change("short00000", "open.who", cell, value, "", ("short00000",))
                for cell, value in (("#order", "z"), ("short_name@fr", "CDP"))))  # fmt: skip
    known = find_partner(told.partnership, "short00000")
    assert known is not None and (known.name(lang), known.in_sentence(lang)) == ("", called)


def test_an_english_article_is_no_part_of_a_name() -> None:
    told = Told("the Harbourmere House")
    for text in ("Harbourmere House", "THE HARBOURMERE HOUSE"):
        assert [one.id for one in find(told.partnership, text)] == list(told.ids.values())
