"""Tests of the signatures of a version: who has signed, since when it is in force, and that later changes leave it."""

from __future__ import annotations

from functools import cache
from itertools import permutations, product

import pytest

from tests.partnership.told import Told
from tui.partnership.signatures import (
    ALL_FROM,
    ALL_SIGNED,
    ON_DATE,
    Party,
    Signer,
    Signing,
    annex_changes,
    annexes_of,
    signature_changes,
    signatures_of,
    signing_of,
)
from tui.partnership.values import Change, Entry

EXPECTED = (("Solange Viau", "directrice"),)


def pair() -> Told:
    """Two partners who may be named."""
    return Told("Université", "Clinique")


def status(told: Told, version: str = "v1") -> Signing:
    """Where the signatures of a version stand that both partners sign, the second by somebody not named."""
    first, second = told.ids.values()
    return signing_of(told.partnership, version, [(first, "Université", EXPECTED), (second, "Clinique", (("", ""),))])


def signs(told: Told, partner: str, name: str, on: str, version: str = "v1") -> None:
    """Note a signature."""
    fields = {"name": name, "on": on, "means": "hand"}
    told.take(*signature_changes(told.partnership, version, told.ids[partner], fields))


def test_version_is_in_force_when_the_last_has_signed() -> None:
    told = pair()
    assert status(told).in_force_on == "" and len(status(told).signed) == 0
    signs(told, "Université", "solange viau", "2027-03-03")
    assert status(told).in_force_on == "" and len(status(told).signed) == 1
    signs(told, "Clinique", "Ida Roy", "2027-02-01")
    found = status(told)
    assert found.in_force_on == "2027-03-03"
    assert [one.name for party in found.parties for one in party.signers] == ["Solange Viau", "Ida Roy"]


def test_each_party_is_the_partner_whose_signatures_it_holds() -> None:
    told = pair()
    signs(told, "Clinique", "Ida Roy", "2027-02-01")
    first, second = told.ids.values()
    parties = [(party.partner, party.name, bool(party.signed_on)) for party in status(told).parties]
    assert parties == [(first, "Université", False), (second, "Clinique", True)]


def test_stated_day_binds_those_who_have_signed() -> None:
    told = pair()
    told.say("extra.legal", {"effect": "on_date", "effect_on": "2027-04-01"})
    signs(told, "Université", "Solange Viau", "2027-03-03")
    assert status(told).in_force_on == "", "an agreement takes two"
    signs(told, "Clinique", "Ida Roy", "2027-05-10")
    found = status(told)
    assert found.in_force_on == "2027-05-10"
    assert [found.binds_from(party) for party in found.parties] == ["2027-05-10", "2027-05-10"]


@pytest.mark.parametrize(
    ("days", "since"),
    [
        (("2027-01-01", "2027-02-01", ""), "2027-04-01"),
        (("2027-01-01", "", ""), ""),
        (("2027-05-01", "2027-06-01", ""), "2027-06-01"),
        (("2027-07-01", "2027-05-01", "2027-06-01"), "2027-06-01"),
    ],
)
def test_stated_day_needs_two_signatures(days: tuple[str, ...], since: str) -> None:
    parties = tuple(Party(str(n), "", (Signer("x", "", signed(day)),)) for n, day in enumerate(days))
    assert Signing("v", parties, ON_DATE, "2027-04-01").in_force_on == since
    assert Signing("v", parties, ALL_SIGNED).in_force_on == (max(days) if all(days) else "")


@pytest.mark.parametrize("rule", [ALL_SIGNED, ON_DATE, ALL_FROM])
def test_every_way_of_signing_binds_from_the_day_its_rule_says(rule: str) -> None:
    days = ("", "2027-03-01", "2027-05-01")
    ways = [(), *((day,) for day in days), *product(days, repeat=2)]  # of one party: nobody, one, or two signers
    for signed_days in product(ways, repeat=2):
        parties = tuple(
            Party(str(at), "", tuple(Signer("x", "", signed(day) if day else None) for day in found))
            for at, found in enumerate(signed_days)
        )
        whole = sorted(max(found) for found in signed_days if found and all(found))  # parties of whom each signed
        since = ""
        if len(whole) == 2:
            since = max(whole[-1], "" if rule == ALL_SIGNED else "2027-04-01")
        signing = Signing("v", parties, rule, "2027-04-01")
        assert [one.signed_on for one in parties] == [max(one) if one and all(one) else "" for one in signed_days]
        assert signing.in_force_on == since, signed_days
        assert [signing.binds_from(one) for one in parties] == [since] * 2
    assert Signing("v", (), rule, "2027-04-01").in_force_on == ""


@cache
def signed(day: str) -> Entry | None:
    """A row of that day."""
    told = pair()
    signs(told, "Clinique", "x", day)
    (row,) = told.partnership.rows("follow.signatures", "rows")
    return row


def test_signature_belongs_to_its_version_for_ever() -> None:
    told = pair()
    told.say("extra.legal", {"effect": "on_date", "effect_on": "2027-04-01"})
    signs(told, "Université", "Solange Viau", "2027-03-03")
    signs(told, "Clinique", "Ida Roy", "2027-03-04")
    told.say("extra.legal", {"effect": "all_signed"})
    told.say("open.who", {"people": [{"name": "Nouvelle directrice", "signs": True}]}, "Clinique")
    assert status(told).in_force_on == "2027-04-01", "the rule is that of the version signed"
    assert status(told).parties[1].signers[0].name == "Ida Roy"
    assert status(told, "v2").signed == ()
    assert status(told, "v2").rule == ALL_SIGNED, "another version has its own rule"


@pytest.mark.parametrize(
    ("signed_under", "later"),
    list(permutations([("all_signed", ""), ("on_date", "2027-04-01"), ("on_date", "2028-01-01")], 2)),
)
def test_a_later_rule_of_effect_moves_no_signed_version(signed_under: tuple[str, str], later: tuple[str, str]) -> None:
    told = pair()
    told.say("extra.legal", dict(zip(("effect", "effect_on"), signed_under, strict=True)))
    signs(told, "Université", "Solange Viau", "2027-03-03")
    signs(told, "Clinique", "Ida Roy", "2027-03-04")
    told.say("extra.legal", dict(zip(("effect", "effect_on"), later, strict=True)))
    assert (status(told).rule, status(told).effect_on) == signed_under
    assert status(told).in_force_on == (signed_under[1] or "2027-03-04")


def test_what_is_noted_without_a_name_or_a_rule_stands_for_nobody_in_particular() -> None:
    told = pair()
    assert (status(told).version, status(told).rule, status(told).effect_on) == ("v1", ALL_SIGNED, "")
    told.say("extra.legal", {"effect": "on_date", "effect_on": "2027-04"})
    assert (status(told).rule, status(told).effect_on) == (ALL_SIGNED, ""), "a month is no day"
    told.say("extra.legal", {"effect": "all_signed", "effect_on": "2027-04-01"})
    assert (status(told).rule, status(told).effect_on) == (ALL_SIGNED, ""), "the day of another rule"
    told.take(*signature_changes(told.partnership, "v1", told.ids["Université"], {"on": "2027-03-03"}))
    (party,) = signing_of(told.partnership, "v1", [(told.ids["Université"], "", (("None", ""),))]).parties
    assert [(one.name, one.signed_on) for one in party.signers] == [("None", ""), ("", "2027-03-03")]


def test_a_paper_is_noted_beside_its_version() -> None:
    told = pair()
    told.take(*annex_changes(told.partnership, "v1", {"title": "Annexe A", "file": ""}))
    (paper,) = annexes_of(told.partnership, "v1")
    assert paper.get("title") == "Annexe A" and "file" not in paper.cells and annexes_of(told.partnership, "v2") == ()
    told.take(*annex_changes(told.partnership, "v1", {"title": "Annexe B"}))
    papers = annexes_of(told.partnership, "v1")
    assert [one.get("title") for one in papers] == ["Annexe A", "Annexe B"] and papers[0].order < papers[1].order


def test_each_signature_stands_with_who_was_to_sign_and_what_is_left_stays_blank() -> None:
    told = pair()
    second = told.ids["Clinique"]
    people = (("Solange Viau", "directrice"), ("", ""), ("", ""))
    told.take(
        *signature_changes(
            told.partnership, "v1", second, {"name": "Luc Roy", "title@fr": "président", "on": "2027-01-05"}
        )
    )
    signing = signing_of(told.partnership, "v1", [(second, "Clinique", people)])
    (party,) = signing.parties
    assert [(signer.name, signer.title) for signer in party.signers] == [
        ("Solange Viau", "directrice"),
        ("Luc Roy", "président"),
        ("", ""),
    ]
    assert [row.subject for row in signatures_of(told.partnership, "v1")] == [(second,)]
    (row,) = signatures_of(told.partnership, "v1")
    told.say("extra.legal", {"effect": "on_date", "effect_on": "2027-04-01"})
    changes = signature_changes(told.partnership, "v1", second, {"title@en": "chair", "on": ""}, row)
    assert [(change.entry, change.cell, change.value) for change in changes] == [(row.id, "title@en", "chair")]
    told.take(*changes, *(Change(row.id, row.question, cell, None, row.part) for cell in ("title@fr", "name")))
    (party,) = signing_of(told.partnership, "v1", [(second, "", ())]).parties
    assert [(one.name, one.title) for one in party.signers] == [("", "chair")]
    assert signatures_of(told.partnership, "v2") == ()
