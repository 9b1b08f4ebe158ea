"""What line mode reads out: what is missing, the document, the plan, a sub-step, the help."""

from __future__ import annotations

import pytest

from tests.line_mode.person import GUIDE, NBSP, Person
from tui.line_mode import typed_commands


def test_what_is_missing_names_its_questions(pair: Person) -> None:
    said = pair.types("/manque")
    assert "Implication, Université de Windsor (question 3)" in said
    assert "au moins deux partenaires intéressés (question 1)" in said


def test_document_whole_and_by_section(pair: Person) -> None:
    pair.types("/aller 9", "Des étudiants soutenus", "")
    assert "Des étudiants soutenus" in pair.types("/document").partition("Question ")[2]
    section = pair.types("/document vision")
    assert "Des étudiants soutenus" in section and "Pilotage\n" not in section
    assert "De quelle section" in pair.types("/document zzz")


def test_plan_help_and_commands(pair: Person) -> None:
    said = pair.types("/aller 6", "/aide", "/plan", "/commandes")
    assert "Exemple" in said and "Souhaitée, elle reste privée" in said
    assert "6. Contributions, pas encore de réponse" in said
    assert all(line.replace(NBSP, " ") in said for line in typed_commands.command_lines())


def test_behind_the_last_question(pair: Person) -> None:
    said = pair.types("/aller extra.groups", "", "un texte", "/aide", "/sans objet", "/retour", "Les organismes locaux")
    assert "C’était la dernière question." in said and "rien n’est demandé" in said
    assert pair.rows("extra.groups") == ["Les organismes locaux"]


def test_help_names_what_is_asked_only_after_more(pair: Person) -> None:
    question = GUIDE.question("commit.consensus")
    seldom = [field.label.fr for part in question.parts if not part.list for field in part.fields if field.more]
    seldom += [part.title.fr for part in question.parts if part.more]
    assert len(seldom) > 1
    assert f"demandé après /plus : {', '.join(seldom)}." in pair.types("/aller consensus", "/aide")
    assert "demandé après /plus" not in pair.types("/aller consensus", "/plus", "/aide")


def test_a_sub_step_is_read_row_by_row(pair: Person) -> None:
    pair.types("/aller 3", "pilote", "", "/aller 9", "Personne ne reste seul.", "")
    said = pair.types("/étape 1")
    title = "Ouvrez la discussion avec les partenaires potentiels"
    assert f"Sous-étape 1 sur 3. {title}" in said
    assert "Questions à se poser :" in said
    row = next(line for line in said.splitlines() if line.startswith("Université de Windsor. "))
    assert "Niveau : pilote." in row
    assert "Histoire : rien encore." in row
    assert "Vision et but : Personne ne reste seul." in pair.types("/étape rassembler")
    assert "Transmettez ensuite ce document à vos partenaires." in pair.types("/step 3", lang="fr")
    assert "Says yes: nothing yet" in pair.types("/step 3", lang="en")
    assert "Sous-étape 2 sur 3" in pair.types("/aller 9", "/étape")


@pytest.mark.parametrize("typed", ["/étape 4", "/étape 0", "/étape zzz", "/étape e"])
def test_a_sub_step_that_is_none_is_said(pair: Person, typed: str) -> None:
    assert "/étape 1 lit la première" in pair.types(typed)
