"""`entente standing` and `entente funders`: what came of the promises, and the table for funders; nothing private."""

from __future__ import annotations

import csv
import io

from tests.cli.shell import Shell

ANSWERS = (
    {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "signatory"}},
    {"question": "open.who", "op": "add", "value": {"name": "Clinique", "status": "signatory"}},
    {"question": "gather.objectives", "op": "add", "value": {"text": "un guide", "due": "2027-03"}},
    {"question": "open.contributions", "partner": "Clinique", "op": "add",
     "value": {"text": "prêter une salle", "state": "accepted", "value": "1200 $"}},
    {"question": "open.contributions", "partner": "Clinique", "op": "add",
     "value": {"text": "SECRET souhaité", "state": "wished"}},
    {"question": "commit.funding", "op": "add",
     "value": {"source": "=SOMME(A1)", "amount": "5000 $", "status": "acquired"}},
    {"question": "commit.funding", "op": "add",
     "value": {"source": "SECRET fonds", "status": "sought", "due": "2027-05-01"}},
)  # fmt: skip


def promised(shell: Shell) -> str:
    """A partnership with an objective, a commitment, and things that are private."""
    name = shell.new("Le soir")
    done = shell.answer(name, *ANSWERS)
    assert done.code == 0, done.out
    return name


def test_promises_are_listed_and_noted_by_number(shell: Shell) -> None:
    name = promised(shell)
    listed = shell("standing", name, "--list").out.replace("\u00a0", " ")
    assert listed.splitlines() == ["1. un guide", "2. Clinique : prêter une salle"]
    assert shell("standing", name, "--note", "2", "tenu; deux soirs; Collège; octobre 2026").code == 0
    assert shell("standing", name, "--note", "1", "peut-être").code == 2
    assert "Il n'y a pas de ligne 9" in shell("standing", name, "--note", "9", "tenu").err
    page = shell("standing", name, "--on", "2026-11-27", "--format", "md").out.replace("\u00a0", " ")
    assert "tenu, depuis : octobre 2026, par un mot de Collège : deux soirs" in page
    assert "un guide" in page and "mars 2027" in page and "SECRET" not in page
    shell("standing", name, "--output", "bilan.docx")
    assert (shell.home / "bilan.docx").read_bytes()[:2] == b"PK"


def test_what_came_of_a_promise_changes_no_word_of_the_agreement(shell: Shell) -> None:
    name = promised(shell)
    shell("adopt", name, "--yes", "--reason", "essai")
    before = shell("show", name).out
    shell("standing", name, "--note", "2", "abandonné; faute de temps")
    assert shell("show", name).out == before and "Adopté." in shell("check", name).out


def test_funders_get_a_table_that_reckons_nothing(shell: Shell) -> None:
    name = promised(shell)
    shell("standing", name, "--note", "1", "fait; remis")
    raw = shell("funders", name, "-").out
    rows = list(csv.reader(io.StringIO(raw), delimiter=";"))
    assert len({len(row) for row in rows}) == 1 and rows[0][:3] == ["Sorte", "Partenaire", "Texte"]
    by_kind = {row[0]: row for row in rows[1:]}
    assert by_kind["objectif"][2] == "un guide" and by_kind["objectif"][4] == "fait"
    assert by_kind["contribution"][1:3] == ["Clinique", "prêter une salle"] and by_kind["contribution"][5:7] == [
        "1200",
        "CAD",
    ]
    assert by_kind["argent"][2] == "'=SOMME(A1)" and by_kind["argent"][4] == "acquis"
    assert {row[1] for row in rows if row[0] == "partenaire"} == {"Collège", "Clinique"}
    assert "SECRET" not in raw
    english = shell("funders", name, "-", "--doc-lang", "en").out
    assert english.startswith("Kind,Partner,Text")


def test_who_gave_and_left_still_stands_beside_what_it_gave(shell: Shell) -> None:
    name = promised(shell)
    shell("leave", name, "Clinique", "--date", "2020-06-30")
    rows = list(csv.reader(io.StringIO(shell("funders", name, "-").out), delimiter=";"))
    assert [row[1] for row in rows if row[0] == "contribution"] == ["Clinique"]
