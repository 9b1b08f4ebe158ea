"""`entente road`: when all can sign at the earliest, what is awaited, and what is to be asked of whom."""

from __future__ import annotations

from tests.cli.shell import Shell

PEOPLE = (
    {"question": "open.who", "op": "add",
     "value": {"name": "Collège", "status": "signatory", "people": [{"name": "Nadia Tremblay"}]}},
    {"question": "open.who", "op": "add", "value": {"name": "Clinique", "status": "signatory"}},
    {"question": "commit.consensus", "partner": "Collège", "value": {
        "level": "agree", "ratify_by": "conseil", "ratify_sittings": "3 février 2027, 10 mars 2027",
        "ratify_papers": 10}},
)  # fmt: skip


def test_road_says_what_is_awaited_and_what_to_ask(shell: Shell) -> None:
    name = shell.new("Le soir")
    assert shell.answer(name, *PEOPLE).code == 0
    told = shell("road", name, "--on", "2027-01-10").out.replace("\u00a0", " ")
    lines = told.splitlines()
    assert "pas avant le 3 février 2027" in lines[0]
    assert lines[1].startswith("aujourd'hui ─ 24 janvier 2027 dossiers, Collège ─ 3 février 2027 séance, Collège")
    assert "  – 3 février 2027 · Collège : le conseil siège, dossiers dus d'ici le 24 janvier 2027" in lines
    assert "  – Demander à Clinique : quand répondra-t-il ?" in lines
    late = shell("road", name, "--on", "2027-03-01").out.replace("\u00a0", " ")
    assert "Demander à Collège (Nadia Tremblay) le jour de sa prochaine séance (conseil)" in late


def test_no_preposition_stands_behind_not_before(shell: Shell) -> None:
    name = shell.new("Le soir")
    assert shell.answer(name, *PEOPLE).code == 0
    told = shell("road", name, "--on", "2027-01-10", "--lang", "en").out.replace("\u00a0", " ")
    assert "not before February 3, 2027." in told.splitlines()[0]


def test_road_as_data(shell: Shell) -> None:
    name = shell.new("Le soir")
    shell.answer(name, *PEOPLE)
    data = shell("road", name, "--json", "--on", "2027-01-10", "--lang", "en").data
    assert data["earliest"] is None and data["not_before"] == "2027-02-03"
    (sitting,) = [step for step in data["steps"] if step["kind"] == "ratify"]
    assert (sitting["date"], sitting["papers"]) == ("2027-02-03", "2027-01-24")
    assert [step["kind"] for step in data["steps"] if step["date"]] == ["ratify"]
