"""Tests of money that a commitment promises: how much and to whom, by its fields or its sentence."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui import i18n
from tui.partnership.call_sheet import promised_to
from tui.partnership.promised_money import paid_to, promised_amount, promised_money
from tui.partnership.review import review

NAMES = ("Ville de Port-Clair", "Commission scolaire des Collines", "Cégep du Littoral", "Option-Jeunesse")


def promised(text: str, lang: str = "fr", **more: object) -> Told:
    told = Told(*NAMES)
    told.say("open.who", {"short_name": "la Commission"}, NAMES[1])
    told.say("open.who", {"short_name": "the Board"}, NAMES[1], lang="en")
    told.say("extra.groups", {"name": "les organismes du milieu", "members": [NAMES[2], NAMES[3]]}, op="add")
    row = {"text": text, "type": "money", "state": "accepted", **more}
    told.say("open.contributions", row, NAMES[0], op="add", lang=lang)
    return told


SAID = [
    ("verser 8 000 $ par année à la Commission pour le chauffage", (1,)),
    ("verser 8 000 $ au Cégep du Littoral et à Option-Jeunesse", (2, 3)),
    ("donner jusqu'à 500 $ à Option-Jeunesse", (3,)),
    ("verser 900 $ aux organismes du milieu, en mai", (2, 3)),
    ("verser 8 000 $ au Cégep", ()),  # which one?
    ("verser 8 000 $ à Option-Jeunesse-Nord", ()),
    ("verser 8 000 $ à la Commission scolaire des Collines-Est", ()),
    ("verser 8 000 $ à la fête de la Commission", ()),
    ("verser 8 000 $ pour le transport de la Commission à Option-Jeunesse", ()),
    ("verser 8 000 $ à la Commission et 500 $ à Option-Jeunesse", ()),
    ("verser 8 000 $ à Ville de Port-Clair", ()),  # to itself
]


@pytest.mark.parametrize(("text", "whom"), [*SAID, ("pay the Board $2,000", (1,)), ("pay $50 to the Board", (1,))])
def test_a_sentence_names_who_is_paid_or_nobody(text: str, whom: tuple[int, ...]) -> None:
    told = promised(text)
    (row,) = told.partnership.rows("open.contributions", "rows")
    ids = [told.ids[NAMES[at]] for at in whom]
    assert list(paid_to(told.partnership, row, "fr").get("ids", ())) == ids
    i18n.use("fr")
    assert any(one.id == "money_for" for one in review(GUIDE, told.partnership, "fr")) is not bool(ids)
    for name in NAMES:
        assert (row in promised_to(told.partnership, told.ids[name], "fr")) is (told.ids[name] in ids)


def test_the_field_says_otherwise_and_an_offer_of_a_room_pays_nobody() -> None:
    told = promised("verser 8 000 $ à la Commission", recipients=[NAMES[3]])
    (row,) = told.partnership.rows("open.contributions", "rows")
    assert paid_to(told.partnership, row, "fr")["ids"] == [told.ids[NAMES[3]]]
    told.say("open.contributions", {"type": "space"}, NAMES[0], row=row.id)
    (row,) = told.partnership.rows("open.contributions", "rows")
    assert not paid_to(told.partnership, row, "fr")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("verser 8 000 $ par année", {"amount": "8000", "currency": "CAD"}),
        ("verser jusqu'à 8 000 $", None),
        ("verser 8 000 $ en 2027 et 9 000 $ en 2028", None),
        ("payer 45 élèves", None),
    ],
)
def test_the_only_amount_of_a_sentence_is_its_sum(text: str, amount: object) -> None:
    (row,) = promised(text).partnership.rows("open.contributions", "rows")
    assert promised_amount(row, "fr") == amount


@pytest.mark.parametrize("state", GUIDE.choices["contribution_state"])
@pytest.mark.parametrize("status", [None, "declined", "withdrawn"])
def test_money_is_promised_once_accepted_and_until_who_gives_it_leaves(state: str, status: str | None) -> None:
    told = promised("verser 8 000 $ à la Commission", state=state)
    if status:
        told.say("open.who", {"status": status}, NAMES[0])
    given = state in ("accepted", "confirmed") and status is None
    assert bool(promised_money(told.partnership)) is given
    assert bool(promised_to(told.partnership, told.ids[NAMES[1]], "fr")) is given


def test_beside_a_ceiling_the_amount_of_the_sentence_is_not_what_is_promised() -> None:
    (row,) = promised("verser 8 000 $", ceiling="selon les besoins").partnership.rows("open.contributions", "rows")
    assert promised_amount(row, "fr") is None
