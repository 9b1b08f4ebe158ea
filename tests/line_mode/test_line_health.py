"""The check of health at the line prompts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line_mode.person import Person
from tui.partnership.health import health_answers
from tui.workspace.health_check import asked_statements


def test_statements_are_asked_one_by_one(pair: Person) -> None:
    assert "0 sur au moins 3" in pair.types("/santé")
    said = pair.types("/santé ACSM Windsor-Essex", "oui", "peut-être", "en partie", "", "/annuler")
    assert "Nous voulons la même chose" in said and "« peut-être » n'est rien de ceci" in said
    given = health_answers(pair.partnership, pair.partner(2))
    assert [row.get("answer") for row in given.values()] == ["yes", "partly"]
    assert not any(row.get("shared") for row in given.values()), "nobody was asked whether they are shared"


@pytest.mark.parametrize("shared", ["oui", "non"])
def test_who_let_its_answers_count_everywhere_is_not_asked_again(pair: Person, shared: str) -> None:
    asked, question = ["oui"] * len(asked_statements()), "Compter ces réponses"
    first = pair.types("/santé Université de Windsor", *asked, shared)
    again = pair.types("/santé Université de Windsor", *asked, shared)
    assert question in first and (question in again) is (shared == "non")
    found = health_answers(pair.partnership, pair.partner(1)).values()
    assert {bool(row.get("shared")) for row in found} == {shared == "oui"}


def test_round_statements_points_and_pages(pair: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    said = pair.types("/santé rencontre", "oui", "pas encore", "", "", "/annuler", "/santé énoncés")
    assert "Université de Windsor" in said and "27. " in said
    assert [row.get("shared") for row in health_answers(pair.partnership, pair.partner(1)).values()] == [True]
    said = pair.types("/santé discuter 4; ACSM Windsor-Essex; 1er mars 2030", "/santé discuter 99")
    assert "Pilotage (gather.lead)" in said and "Aucun énoncé" in said
    (point,) = pair.partnership.rows("extra.points", "rows")
    assert point.get("who") == {"partner": pair.partner(2)} and point.get("due") == "2030-03-01"
    assert pair.types("/santé écrire").count("~/Entente/") == 2, "who may not be named yet gets no page"


@pytest.mark.parametrize("name", ["Rencontre", "Écrire", "Meeting"])
def test_a_partner_called_by_a_word_of_the_command_is_asked(person: Person, name: str) -> None:
    person.types("Alpha", name, "")
    assert f"{name}." in person.types(f"/santé {name}", "/annuler") and not person.rows("extra.points")
