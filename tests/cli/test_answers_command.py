"""`entente answers`: who answered, what was said by telephone, and the mail that asks to confirm it."""

from __future__ import annotations

import email
import email.policy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cli.shell import Shell
from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.cli import answers_command
from tui.workspace.workspace import Workspace

ANSWERS = (
    {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "signatory"}},
    {"question": "open.who", "op": "add", "value": {"name": "Clinique", "status": "contacted"}},
    {"question": "open.who", "partner": "Collège", "op": "set",
     "value": {"people": [{"name": "Solange Viau", "accountable": True, "email": "s@college.example"}]}},
    {"question": "commit.consensus", "partner": "Collège", "op": "set",
     "value": {"level": "reservation", "reservation": "le mardi seulement"}},
)  # fmt: skip
NOTED = ("--telephone", "Collège", "commit.consensus", "--by", "Solange Viau", "--on", "2026-11-27")


def begun(shell: Shell) -> str:
    """A partnership of two, of which one has answered."""
    name = shell.new("Le soir")
    done = shell.answer(name, *ANSWERS)
    assert done.code == 0, done.out
    return name


def test_answer_by_telephone_is_listed_told_back_and_confirmed(shell: Shell) -> None:
    name = begun(shell)
    assert shell("answers", name, *NOTED).code == 0
    said = shell("answers", name, "--with-private").out.replace("\u00a0", " ")
    assert "À confirmer · 1\n  – Collège : accord avec réserve · dit au téléphone par Solange Viau, noté par " in said
    assert ", le 27 novembre 2026" in said and "Pas encore sollicités · 1\n  – Clinique" in said
    assert shell("answers", name, "--mail", "Collège", "courriel.eml").code == 0
    made = email.message_from_bytes(Path(shell.home, "courriel.eml").read_bytes(), policy=email.policy.default)
    body = made.get_body()
    assert body is not None and made["to"] == "s@college.example"
    text = body.get_content().replace("\u00a0", " ").replace("\r\n", "\n")
    assert "J’ai noté :\n– Position sur le texte : accord avec réserve ; Réserve : le mardi seulement" in text
    assert "Répondez « exact » ou corrigez." in text
    assert shell("answers", name, "--confirmed", "Collège").code == 0
    (one, _other) = sorted(shell("answers", name, "--json", "--with-private").data, key=lambda one: one["group"])
    assert (one["group"], one["position"], one["source"]["said_by"]) == ("answered", "reservation", "Solange Viau")
    assert one["source"]["confirmed"]
    assert shell("answers", name, "--confirmed", "Collège").code == 2


def test_nothing_private_is_told_unless_it_is_asked_for(shell: Shell) -> None:
    name = begun(shell)
    shell("answers", name, *NOTED)
    for words in ((), ("--json",)):
        done = shell("answers", name, *words)
        assert done.code == 0 and "--with-private" in done.err
        for private in ("Solange", "réserve", "reservation", "Clinique", "téléphone"):
            assert private not in done.out, private
    shown = shell("show", name, "--format", "json").out
    assert "Solange Viau, " not in shown and "note.answers" not in shown


def test_what_cannot_be_noted_says_why_and_changes_nothing(shell: Shell) -> None:
    name = begun(shell)
    for words in (
        ("--telephone", "Collège", "open.trust", "--by", "Solange"),
        ("--telephone", "Collège", "open.history", "--by", "Solange"),
        ("--telephone", "Collège", "open.involvement", "--by", "Solange"),
        ("--telephone", "Collège", "commit.consensus"),
        ("--telephone", "Personne", "commit.consensus", "--by", "Solange"),
        ("--mail", "Collège", "-"),
    ):
        done = shell("answers", name, *words)
        assert done.code == 2 and done.err.count("\n") == 1, (words, done)
    assert shell("answers", name, "--json", "--with-private").data[0]["source"] is None


def test_condition_is_noted_listed_settled_and_stays_private(shell: Shell) -> None:
    name = begun(shell)
    done = shell("answers", name, "--condition", "Clinique", "non tant que le loyer est dû; Collège; 3 février 2099")
    assert done.code == 0 and "non tant que le loyer est dû" in done.out
    for words in ((), ("--json",)):
        done = shell("answers", name, *words)
        assert "loyer" not in done.out and "--with-private" in done.err
    said = shell("answers", name, "--with-private").out.replace("\u00a0", " ")
    assert "Conditions attendues (1).\n1. Clinique : non tant que le loyer est dû (Collège), d'ici le 3 février" in said
    (one,) = [one for one in shell("answers", name, "--json", "--with-private").data if one["conditions"]]
    assert one["name"] == "Clinique" and one["conditions"][0]["due"] == "2099-02-03"
    assert shell("road", name, "--json").data["steps"]
    assert shell("answers", name, "--settle", "1", "set_aside").code == 2, "a reason is asked for"
    assert shell("answers", name, "--settle", "7", "met").code == 2
    assert shell("answers", name, "--settle", "1", "forgotten").code == 2
    assert shell("answers", name, "--settle", "1", "set_aside", "--reason", "personne ne paie").code == 0
    assert "personne ne paie" in shell("answers", name, "--with-private").out
    assert shell("answers", name, "--settle", "1", "open").code == 0
    assert shell("answers", name, "--settle", "1", "yes").code == 0
    (one,) = [one for one in shell("answers", name, "--json", "--with-private").data if one["name"] == "Clinique"]
    assert one["position"] == "agree" and one["conditions"][0]["state"] == "met"


def test_condition_can_be_given_as_a_line_of_answer(shell: Shell) -> None:
    name = begun(shell)
    value = {"text": "la salle est libre", "answer": "yes_if", "who": "Collège", "due": "2099-02-03"}
    line = {"question": "note.conditions", "op": "add", "partner": "Clinique", "value": value}
    assert shell.answer(name, line).code == 0
    assert "Clinique\u00a0: oui si la salle est libre (Collège)" in shell("answers", name, "--with-private").out


@pytest.mark.parametrize(
    ("typed", "state", "says_yes"),
    [
        ("yes", "met", True), ("met", "met", False), ("open", "", False), ("watch", "watch", False),
        ("set_aside", "set_aside", False), ("withdrawn", "withdrawn", False),
    ],
)  # fmt: skip
def test_only_a_yes_said_so_is_a_yes_of_the_partner(
    monkeypatch: pytest.MonkeyPatch, typed: str, state: str, says_yes: bool
) -> None:
    settled: list[Any] = []

    def settle(workspace: object, row: str, code: str, reason: str, *, says_yes: bool) -> str:
        settled.append((row, code, reason, says_yes))
        return row

    monkeypatch.setattr(answers_command, "settle_condition", settle)
    monkeypatch.setattr(answers_command, "listed_conditions", lambda partnership: ["first", "second"])
    monkeypatch.setattr(answers_command, "dated_line", lambda workspace, row: row)
    workspace = SimpleNamespace(partnership=None, flush=lambda: None)
    call: Any = SimpleNamespace(args=SimpleNamespace(settle=("2", typed), reason=None), workspace=lambda: workspace)
    answers_command._settle_condition(call)
    assert settled == [("second", state, "", says_yes)]


@pytest.mark.parametrize("private", [True, False])
@pytest.mark.parametrize("condition", [True, False])
def test_a_list_that_leaves_a_condition_out_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], condition: bool, private: bool
) -> None:
    told = Told("Collège", "Clinique")
    workspace = Workspace(GUIDE, told.partnership, Memory())
    rows = [SimpleNamespace(subject=(told.ids["Collège"],))] if condition else []
    monkeypatch.setattr(answers_command, "conditions", lambda partnership: rows)
    monkeypatch.setattr(answers_command, "without_private", lambda answers, versions: answers)
    monkeypatch.setattr(answers_command, "condition_lines", lambda workspace: ["oui si la salle est libre"])
    call: Any = SimpleNamespace(
        args=SimpleNamespace(with_private=private, json=False), workspace=lambda: workspace, day=lambda: "2026-11-27",
        store=SimpleNamespace(versions=lambda partnership: []),
    )  # fmt: skip
    answers_command._list(call)
    found = capsys.readouterr()
    assert ("--with-private" in found.err) is (condition and not private)
    assert ("la salle" in found.out) is (condition and private)
