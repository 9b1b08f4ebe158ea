"""Tests of finding partners and groups by name, and of rows that several partners give."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui.form.answer_json import answer
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import active, find, find_group, givers, group_members, join, partners, rows_of
from tui.partnership.values import REMOVED, Change


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
