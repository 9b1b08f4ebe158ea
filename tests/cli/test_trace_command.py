"""`entente trace`: the life of the sentences of a section, or of one; what is private only when asked for."""

from __future__ import annotations

from tests.cli.shell import Shell


def objective(shell: Shell) -> tuple[str, str]:
    """A partnership with an objective that was worded twice and agreed to; its id and the objective's."""
    name = shell.new("Le soir")
    done = shell.answer(
        name,
        {"question": "open.who", "op": "add", "value": {"name": "Collège", "status": "signatory"}},
        {"question": "open.who", "op": "add", "value": {"name": "Clinique", "status": "signatory"}},
        {"question": "gather.objectives", "op": "add", "value": {"text": "un guide"}},
    )
    row = done.lines[-1]["row"]
    shell.answer(
        name,
        {"question": "gather.objectives", "row": row, "value": {"text": "deux guides"}},
        {"question": "commit.consensus", "partner": "Collège", "value": {"level": "agree"}},
    )
    return name, row


def test_life_of_a_sentence_by_its_id_and_by_its_section(shell: Shell) -> None:
    name, row = objective(shell)
    told = shell("trace", name, row).out.replace("\u00a0", " ")
    assert told.splitlines()[0] == f"deux guides  ({row})"
    assert "Écrit : « un guide »" in told and "Reformulé : « deux guides »" in told and "1 oui à ces mots" in told
    assert "Collège" not in told and "Clinique" not in told
    private = shell("trace", name, row, "--with-private").out.replace("\u00a0", " ")
    assert "1 oui à ces mots : Collège" in private and "Pas encore de oui à ces mots : Clinique" in private
    assert shell("trace", name, "objectifs").out.replace("\u00a0", " ") == told


def test_no_sentence_is_said_and_private_ones_have_none(shell: Shell) -> None:
    name, _row = objective(shell)
    assert shell("trace", name, "zzz").code == 2
    wished = shell.answer(
        name, {"question": "open.contributions", "partner": "Clinique", "op": "add",
               "value": {"text": "SECRET", "state": "wished"}}
    ).lines[-1]["row"]  # fmt: skip
    refused = shell("trace", name, wished)
    assert refused.code == 2 and "SECRET" not in refused.out + refused.err
    assert shell("trace", name, wished, "--with-private", "--json").data[0]["text"] == "SECRET"
    shell.answer(name, {"question": "open.who", "op": "add", "value": {"name": "SECRET", "status": "prospective"}})
    assert "SECRET" not in shell("trace", name, "1").out + shell("trace", name, "1", "--json").out
    assert "SECRET" in shell("trace", name, "1", "--with-private").out
