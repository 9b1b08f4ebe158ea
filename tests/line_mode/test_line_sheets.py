"""Sheets filled in by hand line by line: written to files, then asked for in the order of the paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line_mode.person import Person
from tui.partnership.partners import rows_of
from tui.partnership.values import answer_id


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.slow
def test_each_sheet_is_written_as_word_and_pdf(pair: Person) -> None:
    assert pair.types("/feuille 2").count("Écrit :") == 2
    assert pair.types("/feuille animation").count("feuille-de-l-animation") == 2
    assert pair.types("/sheet").count("Écrit :") == 4
    assert "l’ordre du jour" in pair.types("/feuille agenda") and "Écrit :" not in pair.types("/feuille agenda")
    assert "Écrit :" not in pair.types("/feuille 9")


def test_what_was_written_is_asked_for_in_the_order_of_the_paper(pair: Person) -> None:
    partner = pair.partner(2)
    said = pair.types("/feuille 2 saisir", "", "accueillir", "", "3", "deux camions", "/retour", "/doc")
    assert said.index("1. Qui, et pourquoi") < said.index("2. Implication") < said.index("3. Contributions")
    assert "ce qui a été saisi est enregistré" in said
    kept = pair.partnership
    row = kept.entry(partner)
    assert row is not None and row.text("role", "fr") == "accueillir"
    level = kept.entry(answer_id("open.involvement", (partner,)))
    assert level is not None and level.get("level") == "contributes"
    assert [one.text("text", "fr") for one in rows_of(kept, "open.contributions", "rows", partner)] == ["deux camions"]


def test_a_half_line_at_the_end_stays_on_the_sheet(pair: Person) -> None:
    """What is typed when the input ends belongs to the sheet, and to no question of the interview."""
    pair.types("/feuille animation saisir", "", "la seule du quartier")
    first = pair.partnership.entry(pair.partner(1))
    assert first is not None and first.text("reason", "fr") == "la seule du quartier"
    assert "la seule du quartier" not in str(pair.partnership.rows("gather.vision"))


def test_a_wrong_word_is_asked_again(pair: Person) -> None:
    said = pair.types("/feuille 1 saisir", "", "", "", "peut-être", "2", "/retour")
    assert said.count("Niveau (rien encore)") == 2 and "n’est pas un des choix" in said
    level = pair.partnership.entry(answer_id("open.involvement", (pair.partner(1),)))
    assert level is not None and level.get("level") == "consulted"


@pytest.mark.slow
def test_the_document_is_written_in_large_print_and_for_a_room(pair: Person) -> None:
    said = pair.types("/gros caractères")
    assert said.count("Écrit :") == 3 and "-gros-" in said and "-salle-" in said
    said = pair.types("/large print room")
    assert said.count("Écrit :") == 1 and "-salle-" in said
    assert "Écrit :" not in pair.types("/gros caractères mur")


@pytest.mark.parametrize("name", ["Agenda", "Taper"])
def test_a_partner_called_by_a_word_of_the_command_has_its_sheet(person: Person, name: str) -> None:
    person.types("Alpha", name, "")
    assert person.types(f"/feuille {name}") == person.types("/feuille 2")
