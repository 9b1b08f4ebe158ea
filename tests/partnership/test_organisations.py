"""Tests of the directory: whom it finds and suggests, what it learns from a partnership, and what a merger keeps."""

from __future__ import annotations

import pytest

from tests.partnership.told import Told
from tui.partnership.organisations import (
    FORGOTTEN,
    INTO,
    LINK,
    OWN,
    Cells,
    Organisation,
    Profile,
    cells_to_merge,
    changes_to_join,
    directory_update,
    find_by_id,
    find_by_name,
    own_organisation,
    profiles,
    read_organisations,
    sorted_organisations,
    suggested_organisations,
)
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.values import Change, Value


def organisation(name: str, **cells: Value) -> Organisation:
    """An organisation whose id is its name."""
    return Organisation(name, {"name@fr": name, **cells})


KNOWN = (
    organisation("Zèbre", **{OWN: True, "short_name@fr": "Z"}),
    organisation("Abeille", **{"name@en": "Bee"}),
    organisation("Ruche", **{FORGOTTEN: True}),
    organisation("Nid", **{INTO: "Abeille"}),
    organisation("Maison", **{INTO: "Nid"}),
    organisation("Cour", **{INTO: "Ruche"}),
    organisation("A", **{INTO: "B"}),
    organisation("B", **{INTO: "A"}),
    organisation("Loin", **{INTO: "nobody"}),
)


def test_the_user_s_own_comes_first_and_neither_forgotten_nor_merged_ones_are_listed() -> None:
    assert [found.id for found in sorted_organisations(KNOWN, "fr")] == ["Zèbre", "Abeille"]
    found = own_organisation(KNOWN)
    assert found is not None and found.id == "Zèbre"
    assert own_organisation([organisation("Ruche", **{OWN: True, FORGOTTEN: True})]) is None


@pytest.mark.parametrize(
    ("name", "found"),
    [("Abeille", "Abeille"), ("Nid", "Abeille"), ("Maison", "Abeille"), ("Ruche", ""), ("Cour", ""), ("A", ""),
     ("Loin", ""), ("x", "")],
)  # fmt: skip
def test_a_merged_one_is_found_as_the_one_it_went_into(name: str, found: str) -> None:
    known = find_by_id(KNOWN, name)
    assert (known.id if known else "") == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("zebre", "Zèbre"), ("z", "Zèbre"), ("BEE", "Abeille"), ("Ruche", ""), ("Nid", ""), ("zeb", ""), (" ", "")],
)
def test_a_whole_name_in_any_language_finds_one_that_stands(text: str, found: str) -> None:
    known = find_by_name(KNOWN, text)
    assert (known.id if known else "") == found


def test_at_most_five_are_suggested_the_own_first_and_none_that_is_excluded() -> None:
    many = [organisation(f"Centre {at}") for at in range(7)] + [organisation("Centre à nous", **{OWN: True})]
    assert [found.id for found in suggested_organisations(many, "cen", "fr")] == [
        "Centre à nous",
        *(f"Centre {at}" for at in range(4)),
    ]
    assert (
        next(found.id for found in suggested_organisations(many, "cen", "fr", ["Centre 0", "Centre à nous"]))
        == "Centre 1"
    )
    assert suggested_organisations(many, " ", "fr") == ()
    assert [found.id for found in suggested_organisations(KNOWN, "ruche", "fr")] == []


def test_joining_fills_what_a_partner_lacks_and_replaces_nothing() -> None:
    told = Told("Ruche")
    told.say(WHO, {"address": "5, rue A", "people": [{"name": "Zoé Lis", "title": "présidente"}]}, "Ruche")
    facts: dict[str, Value] = {"address@fr": "7, rue B", "kind": "group", "person/p1/name": "ZOE LIS",
                               "person/p1/title": "x", "person/p2/name": "Luc Roy", "person/p2/email": "l@r.example",
                               "reason@fr": "secret"}  # fmt: skip
    known = Organisation("org", {"name@fr": "La Ruche", **facts})
    partner = told.partnership.rows(WHO)[0]
    told.take(*changes_to_join(known, partner, told.partnership))
    partner = told.partnership.rows(WHO)[0]
    values = [partner.get(key) for key in ("name@fr", "address@fr", "kind", LINK, "reason@fr")]
    assert values == ["Ruche", "5, rue A", "group", "org", None]
    people = [(row.text("name", "fr"), row.text("title", "fr"), row.get("email"))
              for row in told.partnership.rows(WHO, PEOPLE)]  # fmt: skip
    assert people == [("Zoé Lis", "présidente", None), ("Luc Roy", "", "l@r.example")]


@pytest.mark.parametrize(
    ("stored", "before", "now", "learns"),
    [
        ("", "", "5, rue A", True),
        ("", "5, rue A", "5, rue A", True),  # it fills what is empty
        ("7, rue B", "5, rue A", "5, rue A", False),  # an old partnership does not overwrite newer facts
        ("7, rue B", "5, rue A", "9, rue C", True),
        ("7, rue B", "", "9, rue C", True),
        ("9, rue C", "5, rue A", "9, rue C", False),
    ],
)
def test_the_directory_learns_what_was_changed_since(stored: str, before: str, now: str, learns: bool) -> None:
    known = [organisation("Ruche", **({"address@fr": stored} if stored else {}))]
    was = Profile({"name@fr": "Ruche", **({"address@fr": before} if before else {})}, {}, "Ruche")
    found, cells = directory_update(known, was, Profile({"name@fr": "Ruche", "address@fr": now}, {}, "Ruche"))
    assert (found, cells) == ("Ruche", {"address@fr": now} if learns else {})


@pytest.mark.parametrize(
    ("link", "name", "learns"),
    [
        ("Ruche", "Ruche", ""),
        ("Cour", "Cour", ""),
        ("Nid", "Nid", "Abeille"),
        ("", "Bee", "Abeille"),
        ("new", "Neuf", "new"),
    ],
)
def test_what_was_forgotten_is_not_learnt_again(link: str, name: str, learns: str) -> None:
    found, cells = directory_update(KNOWN, None, Profile({"name@fr": name, "address@fr": "5, rue A"}, {}, link))
    assert found == learns and bool(cells) is bool(learns)


def test_a_person_is_learnt_under_the_name_it_had() -> None:
    known = [organisation("Ruche", **{"person/p1/name": "Zoé Lis", "person/p1/email": "z@r.example"})]
    old, new = Profile({}, {"r1": {"name": "Zoé Lis"}}, "Ruche"), {"r1": {"name": "Zoé Lys"}, "r2": {"name": "Luc Roy"}}
    _found, cells = directory_update(known, old, Profile({}, new, "Ruche"))
    assert cells == {"person/p1/name": "Zoé Lys", "person/r2/name": "Luc Roy"}


def test_a_merger_keeps_what_the_first_has_and_adds_what_it_lacks() -> None:
    kept_cells: Cells = {"name@fr": "Ruche", "person/p1/name": "Zoé Lis", "person/p1/email": "z@r.example"}
    gone: Cells = {
        "name@fr": "La Ruche", "name@en": "Hive", FORGOTTEN: True, "address@fr": None, "person/q1/name": "zoe lis",
        "person/q1/email": "old@r.example", "person/q1/phone": "1", "person/q2/name": "Luc Roy",
    }  # fmt: skip
    changes = cells_to_merge(Organisation("a", kept_cells), Organisation("b", gone))
    assert changes == {"a": {"name@en": "Hive", "person/p1/phone": "1", "person/q2/name": "Luc Roy"}, "b": {INTO: "a"}}


def test_documents_that_are_not_understood_are_left_out() -> None:
    found = read_organisations(
        [{"id": "a", "name@fr": "Ruche", "kind": 3, OWN: "x", "more": 3}, {"name@fr": "Nid"}, {"id": ""}, {"id": 3}]
    )
    assert found == (Organisation("a", {"name@fr": "Ruche", "more": 3}),)


def test_of_two_of_one_name_the_user_s_own_is_found() -> None:
    twice = [Organisation("first", {"name@fr": "Nid"}), Organisation("own", {"name@fr": "Nid", OWN: True})]
    found = find_by_name(twice, "nid")
    assert found is not None and found.id == "own"


@pytest.mark.parametrize("empty", ["", False, None])
def test_what_is_empty_is_no_news_to_the_directory(empty: Value) -> None:
    told = Told("Nid")
    who = (told.ids["Nid"],)
    told.take(Change(who[0], WHO, "short_name@fr", "N", "", who))
    told.take(Change(who[0], WHO, "short_name@fr", empty, "", who))
    assert list(profiles(told.partnership)[who[0]].cells) == ["name@fr"]
