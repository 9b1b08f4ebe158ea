"""`entente round`: a question put to each in turn, answers by number or words, and no more told than may be."""

from __future__ import annotations

from tests.cli.shell import Shell

NAMES = ("Collège", "Clinique", "Refuge")


def begun(shell: Shell) -> str:
    """A partnership of three, to whom a question was put."""
    name = shell.new("Le soir")
    people = ({"question": "open.who", "op": "add", "value": {"name": one, "status": "signatory"}} for one in NAMES)
    assert shell.answer(name, *people).code == 0
    assert "1. Quel soir ?" in shell("round", name, "--ask", "Quel soir ?; mardi; jeudi").out.replace("\u00a0", " ")
    return name


def test_a_question_is_put_answered_and_counted(shell: Shell) -> None:
    name = begun(shell)
    assert shell("round", name, "--says", "Collège", "1", "--says", "Clinique", "jeudi").code == 0
    said = shell("round", name).out
    assert "mardi" not in said and "jeudi" not in said, "below three answers a count would name them"
    shell("round", name, "--says", "Refuge", "2", "--told")
    said = shell("round", name).out.replace("\u00a0", " ")
    assert "mardi : 1, jeudi : 2" in said and "Refuge : jeudi" in said and "Clinique" not in said
    assert "Clinique : jeudi" in shell("round", name, "--with-private").out.replace("\u00a0", " ")
    assert "mardi : 1, jeudi : 2" in shell("minutes", name).out.replace("\u00a0", " ")


def test_as_data(shell: Shell) -> None:
    name = begun(shell)
    shell("round", name, "--says", "Collège", "mardi")
    (one,) = shell("round", name, "--json").data
    assert (one["choices"], one["count"], one["answers"]) == (["mardi", "jeudi"], {}, {})
    (one,) = shell("round", name, "--json", "--with-private").data
    assert (one["count"], one["answers"]) == ({"mardi": 1}, {"Collège": "mardi"})


def test_what_cannot_be_says_why_and_notes_nothing(shell: Shell) -> None:
    name = begun(shell)
    for words in (
        ("--ask", "Quel soir ?; mardi"), ("--says", "Collège", "9"), ("--says", "Personne", "1"),
        ("--says", "Collège", "1", "--question", "4"),
    ):  # fmt: skip
        assert shell("round", name, *words).code == 2
    assert shell("round", name, "--json", "--with-private").data[0]["answers"] == {}


def test_an_answer_without_a_number_is_to_the_last_question(shell: Shell) -> None:
    name = begun(shell)
    shell("round", name, "--ask", "Où ?; ici; là", "--says", "Collège", "là")
    answers = [row["answers"] for row in shell("round", name, "--json", "--with-private").data]
    assert answers == [{}, {"Collège": "là"}]


def test_who_may_not_be_named_yet_is_told_without_a_name(shell: Shell) -> None:
    name = begun(shell)
    shell.answer(name, {"question": "open.who", "op": "add", "value": {"name": "Discrète", "status": "contacted"}})
    shell("round", name, "--says", "Discrète", "mardi", "--told")
    told = shell("round", name).out.replace("\u00a0", " ")
    assert "un organisme à confirmer : mardi" in told and "Discrète" not in told
    assert "Discrète : mardi" in shell("round", name, "--with-private").out.replace("\u00a0", " ")


def test_the_answers_of_two_that_may_not_be_named_yet_are_both_told(shell: Shell) -> None:
    name = begun(shell)
    for partner, day in (("Discrète", "mardi"), ("Muette", "jeudi")):
        shell.answer(name, {"question": "open.who", "op": "add", "value": {"name": partner, "status": "contacted"}})
        shell("round", name, "--says", partner, day, "--told")
    assert "un organisme à confirmer : mardi; jeudi" in shell("round", name).out.replace("\u00a0", " ")
