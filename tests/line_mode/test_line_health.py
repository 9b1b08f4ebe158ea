"""The check of health at the line prompts."""

from __future__ import annotations

from tests.line_mode.person import Person
from tui.partnership.health import health_answers


def test_statements_are_asked_one_by_one(pair: Person) -> None:
    assert "0 sur au moins 3" in pair.types("/santé")
    said = pair.types("/santé ACSM Windsor-Essex", "oui", "peut-être", "en partie", "", "/annuler")
    assert "Nous voulons la même chose" in said and "« peut-être » n'est rien de ceci" in said
    given = health_answers(pair.partnership, pair.partner(2))
    assert [row.get("answer") for row in given.values()] == ["yes", "partly"]
