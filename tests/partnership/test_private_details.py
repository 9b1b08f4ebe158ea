"""Tests that private details of a person or a shelter are found in public texts."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tui.partnership.private_details import details_in, private_details
from tui.partnership.review import review
from tui.partnership.values import Change


@pytest.mark.parametrize(
    ("detail", "text", "told"),
    [
        ("ana@refuge.org", "écrire à Ana@Refuge.org.", True),
        ("ana@refuge.org", "écrire à mariana@refuge.org", False),
        ("418 555-0134", "appeler au (418) 555.0134 le soir", True),
        ("418 555-0134", "+1 418-555-0134", True),
        ("418 555-0134", "418 555-0135, du 3 au 5 mai 2027", False),
        ("12, rue du Phare, Baie-Haute", "se voir au 12 rue du phare", True),
        ("12, rue du Phare, Baie-Haute", "se voir au 112, rue du Phare", False),
        ("Baie-Haute", "se voir à Baie-Haute", False),
    ],
)
def test_a_detail_is_known_however_it_is_written(detail: str, text: str, told: bool) -> None:
    assert details_in((detail,), text) == ((detail,) if told else ())


@pytest.mark.parametrize(("withheld", "listed", "found"), [(True, None, 3), (None, None, 2), (True, True, 1)])
def test_the_review_finds_a_private_detail_in_a_public_text(
    withheld: bool | None, listed: bool | None, found: int
) -> None:
    told = Told()
    person = {"name": "Ana Roy", "email": "ana@refuge.org", "phone": "418 555-0134", "listed": listed}
    told.join("Refuge", status="signatory", address="12, rue du Phare, Baie-Haute", address_withheld=withheld,
              people=[person])  # fmt: skip
    told.say("gather.vision", {"vision": "Un toit au 12, rue du Phare : ana@refuge.org, 418-555-0134."})
    assert len(private_details(told.partnership)) == found
    said = [item for item in review(GUIDE, told.partnership, "fr") if item.id == "held_detail"]
    assert [(item.question, item.field) for item in said] == [("gather.vision", "vision")] * found
    told.say("gather.vision", {"vision": "Un toit."})
    assert not [item for item in review(GUIDE, told.partnership, "fr") if item.id == "held_detail"]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_address_that_is_withheld_is_one_in_either_language(lang: str) -> None:
    told = Told("Refuge")
    who = (told.ids["Refuge"],)
    for cell, value in ((f"address@{lang}", "12 Lighthouse Road, Bay"), ("address_withheld", True)):
        told.take(Change(who[0], "open.who", cell, value, "", who))
    assert private_details(told.partnership) == ("12 Lighthouse Road, Bay",)
