"""A departure at the line prompts."""

from __future__ import annotations

from tests.line_mode.person import Person
from tui.partnership.partners import WHO
from tui.partnership.values import Change


def test_departure_asks_when_why_and_what_becomes_of_each_role(pair: Person) -> None:
    first, second = pair.partner(1), pair.partner(2)
    pair.store.save(pair.id, [Change(one, WHO, "status", "committed", "", (one,)) for one in (first, second)])
    lead = {"#order": "5", "partner": second, "mandate@fr": "coordonner"}
    pair.store.save(pair.id, [Change("leadleadle", "gather.lead", cell, lead[cell], "rows") for cell in lead])
    assert "Quel partenaire part ?" in pair.types("/départ")
    said = pair.types("/départ ACSM Windsor-Essex", "2020-06-30", "", "faute de temps", "oui", "Université de Windsor")
    assert "coordonner" in said and "faute de temps" not in said
    row, left = pair.partnership.entry("leadleadle"), pair.partnership.entry(second)
    assert row is not None and left is not None
    assert row.get("partner") == first and (left.get("status"), left.get("until")) == ("withdrawn", "2020-06-30")
    assert "est déjà parti" in pair.types("/départ ACSM Windsor-Essex")
