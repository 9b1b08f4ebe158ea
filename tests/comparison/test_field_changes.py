"""Tests of a returned list of names: a known name may stay or go, and nobody unknown is added without being asked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.comparison.test_difference_changes import near, taking
from tests.comparison.test_difference_changes import told as lines_of
from tests.partnership.told import Told
from tui.comparison.returned_diff import OriginalLine
from tui.partnership.values import Change

A, B, C = "Centre A", "Centre B", "Centre C"


@pytest.mark.parametrize(
    ("members", "taken"),
    [
        ("Paul Lebrun, Ruche, Nid", ["Paul Lebrun", "Ruche", "Nid"]),
        ("Ruche", ["Ruche"]),
        ("Paul Lebrun", ["Paul Lebrun"]),
        ("Paul Lebrun, Ruche, Xavier Untel", None),
        ("Xavier Untel", None),
    ],
)
def test_a_list_of_names_takes_in_those_that_are_known(members: str, taken: list[str] | None) -> None:
    told = Told("Ruche", "Nid")
    told.say("gather.governance", {"bodies": [{"name": "Comité", "members": ["Paul Lebrun", "Ruche"]}]})
    ours = lines_of(told.partnership)
    at = next(at for at, line in enumerate(ours) if line.origin.field == "members")
    (difference,) = near(ours, at, f"Membres\u00a0: {members}")
    changes = taking(told.partnership, difference)
    if taken is None:
        assert changes is None
        return
    assert changes is not None and [change.cell for change in changes] == ["members"]
    names = {partner: name for name, partner in told.ids.items()}
    value = changes[0].value
    assert isinstance(value, list)
    assert [item.get("name") or names[item["partner"]] for item in value] == taken


@pytest.fixture(scope="module")
def shared() -> Told:
    """Three partners with a row of time of one, money of nobody, texts in French alone, and choices that are alike."""
    told = Told(A, B, C, status="committed")
    told.say("open.who", {"short_name": "le Centre"}, A)
    for name in (A, B):
        told.say("open.involvement", {"level": "consulted", "agreed": True}, name)
    told.say("commit.time", {"effort": "2 h par semaine", "for": "animer"}, A, op="add")
    told.say("commit.funding", {"source": "Ville", "amount": "100 $", "status": "acquired"}, op="add")
    told.say("commit.funding", {"fiscal_agent": B})
    told.say("extra.responsibilities", {"what": "tenir la liste", "who": A}, op="add")
    told.say("gather.vision", {"vision": "Une porte.\n\nUne cour.\n\nUne porte.\n\nUne cour.", "goal": "Un but commun"})
    return told


def place(ours: list[OriginalLine], start: str) -> int:
    """The place of the first line that begins so."""
    return next(at for at, line in enumerate(ours) if line.text.replace("\u00a0", " ").startswith(start))


def changed(told: Told, start: str, *theirs: str, gone: int = 1, lang: str = "fr") -> list[tuple[str, object]] | None:
    """The cells and values that are set where a line, and others below, came back as `theirs`; None for no field."""
    ours = lines_of(told.partnership, lang)
    (difference,) = near(ours, place(ours, start), *theirs, gone=gone)
    made = taking(told.partnership, difference)
    return None if made is None else [(change.cell, change.value) for change in made]


def test_a_row_of_several_is_not_that_of_the_first_of_them(shared: Told) -> None:
    ids, found = shared.ids, lines_of(shared.partnership)
    at = next(at for at, line in enumerate(found) if line.origin.question == "commit.time")
    assert found[at].text == "Le Centre"
    for names, partners in ((f"{A} et {C}", [ids[A], ids[C]]), (C, [ids[C]])):
        (difference,) = near(found, at, names)
        assert [one.value for one in taking(shared.partnership, difference) or ()] == [{"ids": partners, "group": ""}]
    (difference,) = near(found, at, A)
    assert taking(shared.partnership, difference) == (), "it is the row of this partner already"


@pytest.mark.parametrize(
    ("section", "part", "more"), [("commitments", "rows", {"state": "confirmed"}), ("accountability", "reports", {})]
)
def test_what_is_typed_into_a_hole_is_a_row_of_its_list(
    shared: Told, section: str, part: str, more: dict[str, str]
) -> None:
    ours = lines_of(shared.partnership)
    at = next(at for at, line in enumerate(ours) if line.section == section and line.hole)
    (difference,) = near(ours, at, "lire la gazette")
    made = taking(shared.partnership, difference) or ()
    assert {change.part for change in made} == {part} and {change.subject for change in made} == {
        (ours[at].owner,) if ours[at].owner else ()
    }
    cells = {change.cell: change.value for change in made if change.cell != "#order"}
    assert {cell: cells[cell] for cell in more} == more and "lire la gazette" in cells.values()


def test_an_amount_of_nobody_is_changed_as_any_other(shared: Told) -> None:
    assert changed(shared, "Montant : 100", "Montant : 200 $") == [("amount", {"amount": "200", "currency": "CAD"})]


def test_a_text_of_the_other_language_is_emptied_by_nobody(shared: Told) -> None:
    assert changed(shared, "Un but commun") == [("goal@fr", None)]
    assert changed(shared, "Un but commun", lang="en") is None


@pytest.mark.parametrize(
    ("start", "theirs"),
    [
        ("Le Centre : tenir la liste", ["Le Centre : tenir la liste", "Centre B : tenir la caisse"]),  # half of a row
        ("Centre A (ci-après", ["Centre A (ci-après « le Foyer »)"]),  # a name means somebody
        ("Une porte.", ["Une porte. Une cour."]),  # there are two such places
        ("Temps : 2 h", ["Temps : 2 h par semaine\nlire la gazette"]),  # what is below may be something else
    ],
)
def test_what_a_line_does_not_tell_is_taken_by_no_field(shared: Told, start: str, theirs: list[str]) -> None:
    assert changed(shared, start, *theirs, gone=2 if start == "Une porte." else 1) is None


def test_a_choice_is_that_of_the_partner_in_whose_item_it_stands(shared: Told) -> None:
    ours = lines_of(shared.partnership)
    places = [at for at, line in enumerate(ours) if "consulté" in line.text and line.owner]
    assert [ours[at].owner for at in places] == [shared.ids[A], shared.ids[B]]
    for at in places:
        (difference,) = near(ours, at, ours[at].text.replace("consulté", "contribue"))
        (change,) = taking(shared.partnership, difference) or ()
        assert (change.cell, change.value, change.subject) == ("level", "contributes", (ours[at].owner,))
        assert taking(shared.partnership, replace(difference, uncertain=True)) is None, "it is only shown"


def test_a_partner_that_was_replaced_since_is_not_replaced_again(shared: Told) -> None:
    ours = lines_of(shared.partnership)
    at = place(ours, "Organisme fiduciaire")
    (difference,) = near(ours, at, ours[at].text.replace(B, C))
    made = taking(shared.partnership, difference)
    assert made is not None and [change.cell for change in made] == ["fiscal_agent"]
    after = Told()
    after.partnership = shared.partnership
    after.take(Change(made[0].entry, made[0].question, "fiscal_agent", {"partner": shared.ids[A]}))
    assert taking(after.partnership, difference) is None


def test_of_two_changes_of_a_line_each_is_taken_by_itself(shared: Told) -> None:
    ours = lines_of(shared.partnership)
    at = next(at for at, line in enumerate(ours) if line.origin.question == "extra.legal")
    theirs = ours[at].text.replace("intention commune", "volonté commune").replace("partenaires", "organismes")
    first, second, *_others = near(ours, at, theirs)
    for one, here, there in ((first, "volonté", "organismes"), (second, "organismes", "volonté")):
        (change,) = taking(shared.partnership, one) or ()
        assert change.question == "extra.legal" and here in str(change.value) and there not in str(change.value)


def test_a_row_typed_into_a_hole_comes_behind_hidden_ones() -> None:
    told = Told(A, B, status="committed")
    told.say("gather.objectives", ["ouvrir", "fermer"])
    for row in told.partnership.rows("gather.objectives", "rows"):
        told.take(Change(row.id, row.question, "text@fr", None, row.part))
    ours = lines_of(told.partnership)
    at = next(at for at, line in enumerate(ours) if line.section == "objectives" and line.hole)
    (difference,) = near(ours, at, "lire la gazette")
    orders = [change.value for change in taking(told.partnership, difference) or () if change.cell == "#order"]
    assert orders and all(str(orders[0]) > row.order for row in told.partnership.rows("gather.objectives", "rows"))
