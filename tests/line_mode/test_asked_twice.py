"""Commands that ask for themselves again act on the very same line alone; marks replace each other; leave is kept."""

from __future__ import annotations

import pytest

from tests.line_mode.person import GUIDE, Person
from tui.line_mode.typed_commands import GivenCommand, UnknownCommand, read_command
from tui.partnership.calls import NOTE
from tui.partnership.meetings import HELD, meetings, seats
from tui.partnership.partners import WHO
from tui.partnership.rounds import ANSWERS, has_leave
from tui.partnership.signatures import ANNEXES, ROWS, SIGNATURES
from tui.partnership.values import Change
from tui.workspace.adoption import AdoptionOptions, record_adoption
from tui.workspace.workspace import Workspace


@pytest.mark.parametrize(("second", "gone"), [("jardin secret", True), ("jardin", False), ("secret", False)])
def test_words_are_erased_only_where_the_same_line_comes_again(pair: Person, second: str, gone: bool) -> None:
    pair.types(
        "/aller vision",
        "Un jardin secret.",
        ".",
        "/retirer pour de bon jardin secret",
        f"/retirer pour de bon {second}",
    )
    assert ("jardin secret" not in pair.answer("gather.vision").text("vision", "fr")) is gone


@pytest.mark.parametrize(("second", "entered"), [("1 o", ["ouvrir", ""]), ("2 o", []), ("1 m", [])])
def test_a_noted_line_is_entered_only_where_the_same_line_comes_again(
    pair: Person, second: str, entered: list[str]
) -> None:
    pair.types("/décision ouvrir", "/décision former", "/inscrire 1 o", f"/inscrire {second}")
    assert pair.rows("gather.objectives") == entered[:1]


@pytest.mark.parametrize(("second", "sent"), [("1 o", ["ouvrir le soir"]), ("2 o", [])])
def test_a_line_of_a_note_is_sent_only_where_the_same_line_comes_again(
    pair: Person, second: str, sent: list[str]
) -> None:
    pair.types("/aller 1", "1", "/note", "ouvrir le soir", "former des pairs", "", "/ranger 1 o", f"/ranger {second}")
    assert pair.rows("gather.objectives") == sent


def test_a_line_between_us_is_sent_nowhere(pair: Person) -> None:
    said = pair.types("/aller 1", "1", "/note", "ouvrir le soir", "", "/ranger 1 e", *(["/ranger 1 o"] * 2))
    assert "aucune touche ne la range" in said and pair.rows("gather.objectives") == []
    assert "ouvrir le soir" in pair.answer(NOTE, 1).text("text", "fr")


def test_another_mark_takes_the_place_of_the_first(pair: Person) -> None:
    pair.types("/aller 9", "/à confirmer", "/à discuter")
    assert pair.answer("gather.vision").state == "to_discuss"


@pytest.mark.parametrize(
    ("lines", "leave"),
    [
        (["1 1 ; oui"], True), (["1 1 ; oui", "1 2 ; oui"], True), (["1 1 ; oui", "1 2 ; non"], False),
        (["1 1 ; oui", "1 2"], False), (["1 1 ; non"], False), (["1 1", "1 ; oui"], True),
    ],
)  # fmt: skip
def test_leave_to_print_is_of_the_answer_it_was_said_with(pair: Person, lines: list[str], leave: bool) -> None:
    pair.types("/poser Quel soir ? ; mardi ; jeudi", *(f"/dit {line}" for line in lines))
    (answer,) = pair.partnership.rows(HELD, ANSWERS)
    assert has_leave(answer) is leave


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("/com", ""), ("/comma", "palette"), ("/commandes", "palette"), ("/co", ""), ("/quit", "quit"), ("/qu", ""),
        ("/retirer", ""), ("/retirer pour", ""), ("/retirer pour de bon", "erase"), ("/retirer-pour-de-bon", "erase"),
    ],
)  # fmt: skip
def test_letters_mean_a_command_where_only_one_begins_so_and_it_takes_nothing_out(typed: str, command: str) -> None:
    found = read_command(typed)
    assert isinstance(found, GivenCommand | UnknownCommand)
    assert (found.command.id if isinstance(found, GivenCommand) else "") == command


@pytest.mark.parametrize(
    ("order", "chosen"),
    [(("/excusé 1", "/absent 2"), ["excused", "absent"]), (("/absent 1", "/excusé 2"), ["absent", "excused"])],
)
def test_who_is_excused_and_who_is_absent(pair: Person, order: tuple[str, str], chosen: list[str]) -> None:
    pair.types("/rencontre", *order)
    (held,) = meetings(pair.partnership)
    assert [seat.mark for seat in seats(pair.partnership, held.id, "fr")] == chosen


@pytest.mark.parametrize(("answer", "noted"), [("oui", 1), ("non", 0)])
def test_a_signature_is_noted_once_it_is_agreed_and_papers_keep_their_kind(
    pair: Person, answer: str, noted: int
) -> None:
    for number in (1, 2):
        pair.store.save(
            pair.id, [Change(pair.partner(number), WHO, "status", "committed", "", (pair.partner(number),))]
        )
    workspace = Workspace(GUIDE, pair.store.load(pair.id), pair.store)
    record_adoption(workspace, pair.store, AdoptionOptions(reason="essai"))
    pair.types(
        "/signer ACSM Windsor-Essex", "Ida Roy", "2020-03-03", "2", "", "", answer,
        "/signer résolution n° 4", "", "/signer annexe le budget", "",
    )  # fmt: skip
    assert len(pair.partnership.rows(SIGNATURES, ROWS)) == noted
    kinds = [row.get("kind") for row in pair.partnership.rows(ANNEXES, ROWS)]
    assert kinds == ["resolution", "annex"]
