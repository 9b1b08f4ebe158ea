"""A line of a call note is made public by no slip: shown as it will print, then Enter; « entre nous » by no key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.journeys.hand import Hand, seated
from tests.line_mode.person import GUIDE, Person
from tests.screens.opened import shown
from tests.workspace.in_memory import Memory
from tui.export.plain_text import to_text
from tui.partnership.review import held_back_names, review
from tui.screens.call_notes import SortScreen
from tui.screens.work_screen import WorkScreen
from tui.workspace.note_sorting import DESTINATIONS, OTHER, note_of
from tui.workspace.workspace import Workspace

BOTH = ("Notre centre", "Beta")  # the second one may not be named yet
FEAR = "Beta a peur du Collège"


async def noted(hand: Hand, *lines: str) -> None:
    """A call note about the second partner, sorted from its first line on."""
    await hand.press("f6", "f7")
    await hand.lines(*lines)
    await hand.press("escape", "N")


def seen(hand: Hand) -> str:
    return " ".join(shown(hand.app, "picker-list").replace("’", "'").split())


def cells(hand: Hand) -> set[tuple[str, str, str]]:
    entries = hand.workspace.partnership.entries.values()
    return {(entry.id, name, str(cell.value)) for entry in entries for name, cell in entry.cells.items()}


def document(hand: Hand) -> str:
    return to_text(hand.workspace.agreement, wrap=None).replace("’", "'")


@pytest.mark.parametrize(("lang", "head", "told"), [
    ("fr", "paraîtra dans la section {n} :", "Elle nomme Beta"), ("en", "print in section {n}:", "It names Beta"),
])  # fmt: skip
async def test_one_letter_publishes_nothing(tmp_path: Path, lang: str, head: str, told: str) -> None:
    async with seated(tmp_path, *BOTH, lang=lang, size=(100, 30)) as hand:
        await noted(hand, FEAR)
        assert "? Beta" in seen(hand), "whose note it is"
        head = head.format(n=hand.workspace.section_number("open_points"))
        await hand.press("m")
        assert head in seen(hand) and FEAR in seen(hand) and told in seen(hand)
        assert "peur" not in document(hand)
        await hand.press("m", "c", "space", "x")
        assert "peur" not in document(hand) and head in seen(hand), "no other key makes it public"
        await hand.press("escape")
        assert isinstance(hand.app.screen, SortScreen) and head not in seen(hand), "another place may be chosen"
        await hand.press("m", "enter")
        assert FEAR in document(hand)
        assert f"section {hand.workspace.section_numbers['open_points']}" in head, "the number that was announced"
        found = [one for one in review(hand.app.guide, hand.workspace.partnership, lang) if one.id == "held_name"]
        assert [(one.question, "Beta" in one.words) for one in found] == [("extra.points", True)]


@pytest.mark.parametrize("letter", [home.letter for home in DESTINATIONS])
async def test_what_was_sent_without_a_yes_is_in_no_public_text(tmp_path: Path, letter: str) -> None:
    async with seated(tmp_path, *BOTH, size=(100, 30)) as hand:
        await noted(hand, "le zèbre du grenier")
        await hand.press(letter)
        asked = isinstance(hand.app.screen, SortScreen) and hand.app.screen.to_confirm is not None
        public = [cell.value for entry in hand.workspace.view.entries.values() for cell in entry.cells.values()]
        assert "zèbre" not in str(public)
        if asked:
            await hand.press("enter")
            public = [cell.value for entry in hand.workspace.view.entries.values() for cell in entry.cells.values()]
            assert "zèbre" in str(public), "what asks would have been public"


async def test_another_question_asks_too_and_ctrl_r(tmp_path: Path) -> None:
    async with seated(tmp_path, *BOTH, size=(100, 30)) as hand:
        await noted(hand, FEAR)
        await hand.press(OTHER)
        await hand.words("contexte")
        await hand.press("enter")
        assert "paraîtra" in seen(hand) and "peur" not in document(hand)
        await hand.press("escape", "escape", "f7", "f7", "ctrl+home", "ctrl+r", "v")
        assert "paraîtra" in seen(hand) and "peur" not in document(hand)


async def test_what_a_partner_would_propose_is_shown_under_its_name(tmp_path: Path) -> None:
    async with seated(tmp_path, *BOTH, size=(100, 30)) as hand:
        await hand.press("f7")
        await hand.lines("offrir deux salles", "récolter 300 kg")
        await hand.press("escape", "N", "C")
        assert "Notre centre Propose de : – offrir deux salles" in seen(hand)
        await hand.press("escape", "space", "o")
        assert "récolter 300 kg" in seen(hand) and "Notre centre" not in seen(hand), "an objective is of no one partner"


@pytest.mark.parametrize("mark", ["entre nous : ", "Entre nous, ", "between us: ", "(entre nous) "])
async def test_a_line_between_us_is_sorted_by_no_key(tmp_path: Path, mark: str) -> None:
    async with seated(tmp_path, *BOTH, size=(100, 30)) as hand:
        await noted(hand, mark + FEAR)
        assert isinstance(hand.app.screen, WorkScreen), "nothing is left to sort"
        before = cells(hand)
        await hand.press("f7", "f7", "ctrl+home", "end", *["shift+left"] * 7, "ctrl+r")
        assert isinstance(hand.app.screen, WorkScreen) and "aucune touche" in shown(hand.app, "foot")
        await hand.press("ctrl+home", "ctrl+r")
        assert isinstance(hand.app.screen, WorkScreen) and cells(hand) == before


async def test_e_marks_a_line_between_us_and_is_taken_back(tmp_path: Path) -> None:
    async with seated(tmp_path, *BOTH, size=(100, 30)) as hand:
        await noted(hand, FEAR, "offre une salle")
        await hand.press("e")
        assert "offre une salle" in seen(hand), "on to the next line"
        await hand.press("backspace")
        assert FEAR in seen(hand)
        await hand.press("e", "c")
        assert isinstance(hand.app.screen, WorkScreen)
        note = note_of(hand.workspace, hand.name("Beta")).replace("\xa0", " ")
        assert note.split("\n")[:2] == [f"entre nous : {FEAR}", "✓ offre une salle"]


@pytest.mark.parametrize("lines", [["offre une salle", f"- entre nous {FEAR}"], ["offre une salle"]])
@pytest.mark.parametrize("key", ["c", "space"])
async def test_no_line_is_asked_about_behind_the_last_one(tmp_path: Path, lines: list[str], key: str) -> None:
    async with seated(tmp_path, *BOTH, size=(100, 30)) as hand:
        await noted(hand, *lines)
        await hand.press(key)
        assert isinstance(hand.app.screen, WorkScreen), "nothing is left to sort"


@pytest.mark.parametrize(("lang", "words"), [
    ("fr", "Je prends des notes ; dites-moi ce qui doit rester entre nous."),
    ("en", "I take notes; tell me what must stay between us."),
])  # fmt: skip
async def test_the_help_of_the_note_begins_with_what_to_say(tmp_path: Path, lang: str, words: str) -> None:
    async with seated(tmp_path, *BOTH, lang=lang, size=(100, 40)) as hand:
        await hand.press("f6", "f7", "f1")
        assert words in " ".join(hand.seen.replace("\xa0", " ").split())


def test_line_mode_shows_before_it_publishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    person = Person(tmp_path, monkeypatch)
    person.types("Notre centre", "Beta", "")
    said = person.types("/aller 1", "2", "/note", FEAR, "entre nous : il part", "offre une salle", "", "/ranger")
    assert "Je prends des notes ; dites-moi ce qui doit rester entre nous." in said
    assert f"1. {FEAR}" in said and "m : " in said
    said = person.types("/aller 1", "2", "/ranger 1 m", "/ranger 2 m", "/ranger 3 c")
    (number,) = re.findall(r"paraîtra dans la section (\d+) :", said)
    assert "Elle nomme Beta" in said and "aucune touche" in said
    assert person.rows("extra.points") == [] and person.rows("open.contributions") == ["offre une salle"]
    person.types("/go 1", "2", "/sort 1 m", "/sort 1 m", lang="en")
    assert person.rows("extra.points") == [FEAR]
    assert Workspace(GUIDE, person.partnership, Memory()).section_numbers["open_points"] == number


async def test_names_are_found_as_words_and_only_while_held_back(tmp_path: Path) -> None:
    async with seated(tmp_path, *BOTH) as hand:
        partnership = hand.workspace.partnership
        assert held_back_names(partnership, "beta hésite, Alphabeta non") == ("Beta",)
        assert held_back_names(partnership, "Alphabeta et Notre centre") == ()
        await hand.press("f6", "up", "3")
        assert held_back_names(hand.workspace.partnership, "Beta hésite") == ()
