"""What came of the promises, at the line prompts."""

from __future__ import annotations

from tests.line_mode.person import Person
from tui.partnership.values import Change


def test_promise_is_told_and_noted(pair: Person) -> None:
    assert "Encore aucun objectif" in pair.types("/bilan")
    cells = {"#order": "5", "text@fr": "un guide"}
    pair.store.save(pair.id, [Change("objective0", "gather.objectives", name, cells[name], "rows") for name in cells])
    said = pair.types("/bilan 1 fait; remis", "/bilan", "/bilan 1 perdu")
    assert "1. un guide · fait : remis" in said and "« perdu » n'est rien de ceci" in said
