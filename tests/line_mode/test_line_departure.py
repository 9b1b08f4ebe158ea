"""A departure at the line prompts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.line_mode.person import Person
from tests.line_mode.talk import Talk
from tests.partnership.told import Told
from tui.line_mode import line_departure
from tui.partnership.partners import PEOPLE, WHO, people
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
    assert "« ACSM Windsor-Essex » est déjà parti" in pair.types("/départ ACSM Windsor-Essex")


def test_departure_asks_whether_the_reason_may_be_told_and_writes_the_letter(
    pair: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    second = pair.partner(2)
    pair.store.save(pair.id, [Change(second, WHO, "status", "committed", "", (second,))])
    answers = ("2020-06-30", "2020-05-01", "oui", "faute de temps", "oui", "oui", "", "aux archives", "oui")
    said = pair.types("/départ 2", *answers)
    (letter,) = (tmp_path / "Entente").glob("*.txt")
    assert f"~/Entente/{letter.name}" in said
    text = letter.read_text(encoding="utf-8").replace("\u00a0", " ")
    assert "faute de temps" in text and "Les données : aux archives" in text and "L'argent" not in text
    (row,) = pair.partnership.rows("follow.departures", "rows")
    assert (row.get("notice"), row.get("honoured"), row.get("reason@fr")) == ("2020-05-01", "yes", "faute de temps")


def test_what_is_not_answered_of_a_departure_is_not_said_and_its_reason_stays_private(pair: Person) -> None:
    second = pair.partner(2)
    pair.store.save(pair.id, [Change(second, WHO, "status", "committed", "", (second,))])
    pair.types("/départ 2", "2020-06-30", "2020-05-01", "", "faute de temps", "oui", "", "", "", "")
    (row,) = pair.partnership.rows("follow.departures", "rows")
    assert (row.get("notice"), row.get("honoured"), row.get("told")) == ("2020-05-01", None, None)
    assert "faute de temps" not in json.dumps(pair.store.public_document(pair.id), ensure_ascii=False)


def test_person_who_leaves_is_asked_for_role_by_role(pair: Person) -> None:
    second = pair.partner(2)
    cells = {"#order": "5", "name": "Ida Roy", "accountable": True, "signs": True}
    pair.store.save(
        pair.id, [Change("personaaaa", WHO, cell, value, PEOPLE, (second,)) for cell, value in cells.items()]
    )
    assert "Quelle personne part ?" in pair.types("/personne")
    assert "n'est personne de ce partenariat. Il y a : Ida Roy." in pair.types("/personne Luc")
    said = pair.types("/personne ida roy", "Luc Viau", "", "non")
    assert "Personne responsable (inchangé)" in said and "signatures passées" not in said
    named = [(row.get("name"), row.get("accountable"), row.get("signs")) for row in people(pair.partnership, second)]
    assert named == [("Ida Roy", None, True), ("Luc Viau", True, None)]
    pair.types("/personne Ida Roy", "-", "oui")
    named = [(row.get("name"), row.get("accountable"), row.get("signs")) for row in people(pair.partnership, second)]
    assert named == [("Luc Viau", True, None)]


@pytest.mark.parametrize("typed", [("", ""), ("-", ""), ("Clinique", "-"), ("2", "Clinique")])
def test_each_role_goes_to_who_is_named_or_to_nobody(monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]) -> None:
    told = Told("Collège", "Clinique", status="committed")
    talk, settled = Talk(told), []
    monkeypatch.setattr(line_departure, "open_roles", lambda workspace, member: ["le pilotage", "le trésor"])
    monkeypatch.setattr(line_departure, "role_words", lambda workspace, role: role)
    monkeypatch.setattr(line_departure, "settle_role", lambda workspace, *what: settled.append(what))
    talk.gives(line_departure.leave, "Collège", "2027-01-15", "", "", "oui", *typed, "", "", "")
    leaving, other = told.ids["Collège"], told.ids["Clinique"]
    named = {"-": "", "Clinique": other, "2": other}
    roles = zip(("le pilotage", "le trésor"), typed, strict=True)
    assert settled == [(role, leaving, named[line]) for role, line in roles if line]
