"""`entente cost`: what another wording would reopen, whom to ask, and nothing written."""

from __future__ import annotations

import json

from tests.cli.shell import Shell

TEXT = (
    {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "signatory"}},
    {"question": "open.who", "op": "add", "value": {"name": "Clinique", "status": "signatory"}},
    {"question": "gather.objectives", "op": "add", "value": {"text": "un guide"}},
    {"question": "commit.consensus", "partner": "Collège", "value": {"level": "agree"}},
)


def test_cost_names_whose_answer_is_reopened_and_whose_condition_is_touched(shell: Shell) -> None:
    name = shell.new("Le soir")
    told = shell.answer(name, *TEXT)
    row = json.loads(told.out.splitlines()[2])["row"]
    shell("answers", name, "--condition", "Clinique", "oui si la salle est libre")
    said = shell("cost", name, row, "deux guides").out.replace("\u00a0", " ")
    assert "Collège" in said and "Clinique a une condition sur tout le texte : à lui demander." in said
    assert "salle" not in said
    assert shell("cost", name, row, "un guide").out.strip() == "Ce sont les mots qui y sont."
    assert "un guide" in shell("show", name).out and "deux guides" not in shell("show", name).out
    assert shell("cost", name).code == 0
    assert shell("cost", name, row).code == 2 and shell("cost", name, row, "").code == 0, "no words take it out"
    assert shell("cost", name, "nowhere", "mots").code == 2
