"""`entente health`: nothing below three answers, counts without names above, personal ones by choice, points made."""

from __future__ import annotations

from tests.cli.shell import Shell
from tests.workspace.unpacked import unpacked

NAMES = ("Collège", "Clinique", "Refuge")


def begun(shell: Shell) -> str:
    """A partnership of three."""
    name = shell.new("Le soir")
    for one in NAMES:
        shell.answer(name, {"question": "open.who", "op": "add", "value": {"name": one, "status": "signatory"}})
    return name


def answers(shell: Shell, name: str, partner: str, *pairs: tuple[str, str], more: tuple[str, ...] = ()) -> None:
    """Note a partner's answers."""
    words = [word for statement, answer in pairs for word in ("--answer", statement, answer)]
    done = shell("health", name, partner, *words, *more)
    assert done.code == 0, done.err


def results(shell: Shell, name: str) -> list[str]:
    """What is shown of all answers."""
    return shell("health", name, "--results").out.replace("\u00a0", " ").splitlines()


def test_statements_stand_in_three_lists(shell: Shell) -> None:
    name = begun(shell)
    said = shell("health", name).out.replace("\u00a0", " ").splitlines()
    assert sum(line[:1].isdigit() for line in said) == 27 and len(said) == 30
    assert sum(line[:1].isdigit() for line in shell("health", name, "--short").out.splitlines()) == 9
    assert any("le texte le dit : Pilotage" in line for line in said)


def test_counts_show_from_three_answers_on_and_name_nobody(shell: Shell) -> None:
    name = begun(shell)
    answers(shell, name, "Collège", ("ops.goals", "oui"), ("ops.plan", "oui"))
    answers(shell, name, "Clinique", ("ops.goals", "pas encore"), ("ops.plan", "oui"))
    assert results(shell, name) == ["2 sur au moins 3 ont répondu : rien ne se montre en deçà."]
    answers(shell, name, "Refuge", ("ops.goals", "en partie"), ("ops.plan", "oui"))
    shown = results(shell, name)
    assert shown[0].endswith("1 oui, 1 en partie, 1 pas encore"), "where the answers differ most comes first"
    assert shown[1].endswith("3 oui") and not any(one in "".join(shown) for one in NAMES)
    answers(shell, name, "Refuge", ("ops.goals", "oui"))
    assert any("2 oui, 1 pas encore" in one for one in results(shell, name)), "another answer replaces the one before"


def test_what_is_about_persons_counts_by_choice_alone(shell: Shell) -> None:
    name = begun(shell)
    for one in NAMES:
        answers(shell, name, one, ("partners.trust", "pas encore"))
    assert "rien ne se montre" in results(shell, name)[0]
    for one in NAMES:
        answers(shell, name, one, ("partners.trust", "pas encore"), more=("--shared",))
    assert results(shell, name)[0].endswith("3 pas encore")


def test_statement_becomes_a_point_and_answers_stay_private(shell: Shell) -> None:
    name = begun(shell)
    answers(shell, name, "Collège", ("ops.conflict", "pas encore"))
    assert shell("health", name, "Clinique", "--discuss", "ops.conflict", "--by", "2027-03-01").code == 0
    text = shell("show", name).out.replace("\u00a0", " ")
    assert "façon convenue de régler" in " ".join(text.split()) and "pas encore" not in text
    assert "health" not in shell("show", name, "--format", "json").out
    assert shell("health", name, "--answer", "ops.goals", "oui").code == 2
    assert "n'est rien de ceci" in shell("health", name, "Collège", "--answer", "ops.goals", "bof").err.replace(
        "’", "'"
    )
    assert "Aucun énoncé" in shell("health", name, "--discuss", "rien").err


def test_page_to_be_filled_in_is_written_for_each_partner_in_its_language(shell: Shell) -> None:
    name = begun(shell)
    people = {"people": [{"name": "Ida", "accountable": True, "language": "en"}]}
    shell.answer(name, {"question": "open.who", "partner": "Refuge", "op": "set", "value": people})
    answers(shell, name, "Collège", ("ops.goals", "pas encore"))
    assert shell("health", name, "--form", "pages").code == 0
    files = {path.name: unpacked(path.read_bytes()) for path in (shell.home / "pages").glob("*.docx")}
    assert len(files) == 4 and sum("Refuge" in text for text in files.values()) == 1
    english = next(text for text in files.values() if "Refuge" in text)
    assert "Check of health" in english and "not yet" in english and "☐" in english
    french = next(text for text in files.values() if "Collège" in text)
    assert french.count("☐") % (27 * 4) == 0 and "27. " in french.replace("\u00a0", " ")
    assert shell("health", name, "Clinique", "--form", "une", "--short").out.count("Écrit") == 2


def test_point_after_the_adoption_changes_no_word_and_tells_where_the_text_is(shell: Shell) -> None:
    name = begun(shell)
    shell("adopt", name, "--yes", "--reason", "essai")
    before = shell("show", name).out
    done = shell("health", name, "Clinique", "--discuss", "ops.coordination", "--by", "2027-03-01")
    assert "Pilotage (gather.lead)" in done.out.replace("\u00a0", " ")
    assert shell("show", name).out == before and "Adopté." in shell("check", name).out
    assert any("tient les fils" in one["text"] for one in shell("due", name, "--json").data)
