"""Moving about at the line prompts, and what is told on demand."""

from __future__ import annotations

import pytest

from tests.line_mode.person import Person
from tui.line_mode import typed_commands
from tui.partnership.values import TIME_ZONE
from tui.text import moments


def asked(said: str) -> str:
    """The last question that was asked."""
    return [line for line in said.splitlines() if line.startswith("Question ")][-1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "number"),
    [("/aller 9", 9), ("/aller vision", 9), ("/go lead", 10), (".aller pilotage", 10), ("/aller gather.lead", 10),
     ("/passer", 2), ("/aller 33", 33)],
)  # fmt: skip
def test_to_a_question(pair: Person, typed: str, number: int) -> None:
    assert asked(pair.types("/aller 1", typed)).startswith(f"Question {number}")


@pytest.mark.parametrize("typed", ["/aller 0", "/aller 999", "/aller zzz", "/aller"])
def test_to_no_question(pair: Person, typed: str) -> None:
    said = pair.types("/aller 9", typed)
    assert "Aucune question ne répond" in said and asked(said).startswith("Question 9")


def test_letters_of_several_questions_list_them(pair: Person) -> None:
    said = pair.types("/aller co")
    assert "Plusieurs questions sont possibles" in said and "6. Contributions" in said


def test_back_crosses_partners_and_questions(pair: Person) -> None:
    said = pair.types("/aller 3", "", "", "/retour", "/retour", "pilote")
    assert pair.answer("open.involvement", 1).get("level") == "leads"
    assert asked(pair.types("/aller 3", "/retour")).startswith("Question 2")
    assert "première question" in pair.types("/aller 1", "/retour")
    assert said.count("Partenaire 1 sur 2") == 2


def test_next_partner_and_a_named_one(pair: Person) -> None:
    pair.types("/aller 3", "/partenaire", "pilote", "/partenaire 1", "contribue")
    assert pair.answer("open.involvement", 2).get("level") == "leads"
    assert pair.answer("open.involvement", 1).get("level") == "contributes"
    assert "ne se pose pas partenaire" in pair.types("/aller 2", "/partenaire 2")


def test_one_resumes_at_the_first_question_without_answer(pair: Person) -> None:
    pair.types("/aller 2", "2", "4")
    assert asked(pair.types()).startswith("Question 3 ")


@pytest.mark.parametrize(
    ("typed", "state"),
    [("/à confirmer", "to_confirm"), ("/a-discuter", "to_discuss"), ("/sans objet", "not_applicable"),
     ("/confirm", "to_confirm"), ("/not applicable", "not_applicable")],
)  # fmt: skip
def test_state_by_hand_and_off_again(pair: Person, typed: str, state: str) -> None:
    said = pair.types("/aller 9", typed, "/répéter")
    assert pair.answer("gather.vision").state == state
    assert "\nMarqué : " in said
    pair.types("/aller 9", typed)
    assert pair.answer("gather.vision").state == ""


def test_telling_does_not_end_a_text_and_moving_keeps_it(pair: Person) -> None:
    pair.types("/aller 9", "première", "/aide", "seconde", "/aller 3")
    assert pair.answer("gather.vision").text("vision", "fr") == "première\nseconde"


def test_undo_within_a_text_drops_its_lines_alone(pair: Person) -> None:
    said = pair.types("/aller 9", "bon", "", "/retour", "mauvais", "/annuler", "", "but", "")
    assert "abandonnées" in said
    assert pair.answer("gather.vision").text("vision", "fr") == "bon"
    assert pair.answer("gather.vision").text("goal", "fr") == "but"


def test_undo_takes_the_last_answer_back(pair: Person) -> None:
    said = pair.types("/aller 3", "pilote", "/annuler", "/annuler")
    assert pair.answer("open.involvement", 1).get("level") is None
    assert said.count("Annulé, et enregistré.") == said.count("Rien d'autre à annuler.") == 1


def test_every_command_has_names_in_both_languages_and_no_two_the_same() -> None:
    names = [name for command in typed_commands.COMMANDS for name in command.line.names]
    assert len(set(names)) == len(names)
    for name in names:
        found = typed_commands.read_command(f"/{name} 2")
        assert (
            isinstance(found, typed_commands.GivenCommand)
            and name in found.command.line.names
            and found.argument == "2"
        )


def test_a_command_alone_may_be_typed_as_the_help_says_it() -> None:
    assert (
        typed_commands.read_command("/formulaire seul")
        == typed_commands.read_command("/form Alone")
        == typed_commands.read_command("/formulaire")
    )
    assert typed_commands.read_command("/note seul Marie vient") != typed_commands.read_command("/note")


@pytest.mark.parametrize("text", ["", ".", "...", ".5", "/ 2", "une / deux", "1/2", "…"])
def test_these_are_texts(text: str) -> None:
    assert typed_commands.read_command(text) == text


def test_english(pair: Person) -> None:
    said = pair.types("/go 3", "decides", "yes", "/missing", "/show", "/to discuss", "/quit", lang="en")
    assert "Question 3 of 17. What level of involvement is needed?" in said
    assert "Saved: decides with the others." in said and "Everything is saved. Goodbye." in said
    assert "Partner 2 of 2: ACSM Windsor-Essex, prospective." in said
    assert "/to confirm: mark this answer so" in pair.types("/commands", lang="en")


def test_a_bare_word_that_may_be_a_command_is_an_answer_and_the_command_is_told(person) -> None:
    said = person.types("Quitter", "/annuler", "Aide aux aînés", "/quitter")
    assert "C’était une réponse. La commande s’écrit /quitter ; /annuler retire la réponse." in said
    assert said.count("La commande s’écrit") == 1


def test_a_round_is_told_whole_once_then_only_what_is_new(pair: Person) -> None:
    said = pair.types("/aller 12", "accord", "", "", "/répéter")
    first, second, again = said.split("Partenaire ")[1:4]
    assert "Université de Windsor : " in first and "ACSM Windsor-Essex : sans réponse" in first
    assert "Université de Windsor : accord" in second, "what changed is told"
    assert "ACSM Windsor-Essex : sans réponse" not in second, "what was told is not told again"
    assert "Université de Windsor : accord" in again and "ACSM Windsor-Essex : sans réponse" in again


def test_undo_says_what_it_took_back_and_redo_brings_it_again(pair: Person) -> None:
    said = pair.types("/aller 3", "pilote", "/annuler", "/rétablir", "/rétablir")
    assert pair.answer("open.involvement", 1).get("level") == "leads"
    assert said.count("Rétabli, et enregistré.") == said.count("Il ne reste rien à rétablir.") == 1
    assert "Annulé, et enregistré. Implication" in said


def test_the_time_zone_is_told_and_chosen(pair: Person, request: pytest.FixtureRequest) -> None:
    request.addfinalizer(lambda: moments.set_zones(partnership=""))  # a sitting is a process of its own
    said = pair.types("/fuseau Mars", "/fuseau horaire Europe/Paris", "/fuseau")
    assert "Aucun fuseau ne s'appelle" in said and "Mars" in said
    assert said.count("Europe/Paris") >= 2
    assert pair.partnership.setting(TIME_ZONE) == "Europe/Paris"


def test_undo_names_the_line_it_takes_out_and_redo_the_one_it_brings_back(pair: Person) -> None:
    said = pair.types("/aller contributions", "prêter une salle", "/annuler", "/rétablir").replace("’", "'")
    assert "Annulé, et enregistré. L'ajout de « prêter une salle »." in said
    assert "Rétabli, et enregistré. L'ajout de « prêter une salle »." in said
    said = pair.types("/go contributions", "1", "lend a room", "/undo", lang="en")
    assert "Undone, and saved. Contributions" in said and "the addition" not in said.lower()
    said = pair.types("/go contributions", "two vans", "/remove -1", "/remove 2", "/undo", lang="en")
    assert "Give the number of a line" in said and "The removal of “two vans”." in said
    said = pair.types("/go 1", "Third House", "Fourth House", "/undo", "/undo", lang="en")
    assert "The addition of “Fourth House”." in said and "The addition of “Third House”." in said
