"""Learning the tool: help of the field, an example on demand, a trial thrown away by one key; finding, gaps, undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.hand import Hand, seated
from tui.screens.agreement_screen import DocumentScreen
from tui.screens.help_screen import ExampleScreen, HelpScreen
from tui.screens.list_screen import PartnershipsScreen
from tui.workspace.place import NOTE


@pytest.mark.parametrize(("lang", "word"), [("fr", "essai, à jeter"), ("en", "trial, to throw away")])
async def test_one_practises_and_throws_it_away_by_one_key(tmp_path: Path, lang: str, word: str) -> None:
    async with seated(tmp_path, lang=lang) as hand:
        await hand.press("down", "enter")
        assert word in hand.seen
        tries = []
        for keys in ((), ("f6",), ("f7",), ("ctrl+r", "C", "enter")):
            await hand.press(*keys)
            tries.append(hand.seen.splitlines()[-2].strip())
        assert len(set(tries)) == 4, "each thing tried leads to the next"
        assert hand.workspace.partnership.rows("open.contributions", "rows")
        await hand.press("alt+0")
        assert isinstance(hand.app.screen, PartnershipsScreen) and hand.app.store.list() == []
        assert hand.app.store.directory() == [], "nothing of it is kept"
        await hand.press("ctrl+z")
        assert len(hand.app.store.list()) == 1
        await hand.press("0")
        assert hand.app.store.list() == []


async def test_an_opened_example_is_a_trial_and_a_true_one_is_not_thrown_away(tmp_path: Path) -> None:
    async with seated(tmp_path) as hand:
        await hand.press("e", "enter")
        await hand.press("escape", "q")
        assert [one.trial for one in hand.app.store.list()] == [True] and hand.app.store.directory() == []
        await hand.press("n")
        await hand.lines("Notre centre", "Clinique")
        await hand.press("tab", "alt+0")
        assert "pas un essai" in hand.seen and len(hand.app.store.list()) == 2


async def test_help_begins_with_the_field_one_is_in(tmp_path: Path) -> None:
    async with seated(tmp_path, "Notre centre", "Clinique") as hand:
        await hand.press("f1")
        assert isinstance(hand.app.screen, HelpScreen)
        top = "\n".join(hand.seen.splitlines()[:8])
        assert "Rôle" in top and "prestataire" in top and "Paraîtra dans Partenaires, 1" in top
        await hand.press("escape", "up", "f1")
        assert "Au choix : 1 pressenti" in hand.seen
        await hand.press("escape", "down", "down", "f1")
        assert "ne paraîtra jamais dans le document" in "\n".join(hand.seen.splitlines()[:8])
        await hand.press("escape", *["f4"] * 5)
        await hand.press("alt+w")
        assert isinstance(hand.app.screen, ExampleScreen)
        assert "prêter une salle le mardi soir" in hand.seen and "Dans l'exemple" in hand.seen
        await hand.press("escape")
        assert hand.work.workspace.place.question == "open.contributions"


async def test_a_word_is_found_in_answers_notes_and_document(tmp_path: Path) -> None:
    async with seated(tmp_path, "Notre centre", "Clinique", size=(100, 30)) as hand:
        await hand.press("f6", "f7")
        await hand.words("une longue note qui parle de tout et de rien, bien avant d'en venir au piano du grenier")
        await hand.press("f7", "f6", "alt+f")
        await hand.words("piano")
        assert "piano du grenier" in hand.seen, "the word is shown with what stands around it"
        await hand.press("enter")
        assert hand.workspace.place.question == NOTE
        line, column = hand.work.editor.cursor_location
        assert hand.work.editor.text.split("\n")[line][column:].startswith("piano")
        await hand.press("alt+f")
        await hand.words("signatures")
        await hand.press("enter")
        assert isinstance(hand.app.screen, DocumentScreen)
        row = hand.app.screen.painted.lines[hand.app.screen.position()[1]]
        assert "signatures" in "".join(piece.text for piece in row)


async def test_the_next_gap_goes_to_the_partner_who_is_missing(tmp_path: Path) -> None:
    async with seated(tmp_path, "Notre centre", "Clinique", "Radio") as hand:
        await hand.press("f4", "f4", "3", "alt+n")
        assert (hand.workspace.place.question, hand.workspace.place.partner) == (
            "open.involvement",
            hand.name("Clinique"),
        )
        await hand.press("3", "alt+n", "3", "alt+n")
        assert hand.workspace.place.question != "open.involvement" and hand.workspace.place.partner == hand.name(
            "Notre centre"
        )


def told(hand: Hand) -> dict[str, dict[str, object]]:
    """What the partnership says, by entry and cell."""
    rows = (row for rows in hand.workspace.partnership.by_part.values() for row in rows)
    return {
        row.id: {name: cell.value for name, cell in row.cells.items() if cell.value not in (None, False)}
        for row in rows
    }


async def test_undo_takes_back_every_command(tmp_path: Path) -> None:
    async with seated(tmp_path, "Notre centre", "Clinique", "Radio", size=(100, 30)) as hand:

        async def undone(*keys: str, words: str = "", then: tuple[str, ...] = ()) -> None:
            before = told(hand)
            await hand.press(*keys)
            if words:
                await hand.words(words)
            await hand.press(*then)
            assert told(hand) != before, keys
            await hand.press("ctrl+z")
            assert told(hand) == before, keys
            assert "Annulé" in hand.seen

        await undone("alt+a", words="Un\nDeux\nTrois", then=("tab",))
        await undone("alt+O")
        await undone("alt+t", words=" du soir", then=("enter",))
        await undone("alt+b", words="qui paie; Marie; 15 janvier", then=("enter",))
        await undone("escape", "]")
        await hand.press("enter", "f4", "f4", "3")
        await undone("alt+?")
        await undone("alt+m", then=("a", "enter"))
        await undone("escape", "-")
        await hand.press("enter", "f7")
        await hand.words("une salle")
        await undone("ctrl+r", "c")
        await undone("ctrl+r", "p")


async def test_in_the_list_the_last_thing_done_is_taken_back(tmp_path: Path) -> None:
    async with seated(tmp_path, "Notre centre", "Clinique", size=(100, 30)) as hand:
        await hand.press("escape", "q")
        title = hand.app.store.list()[0].title_fr
        await hand.press("d", "ctrl+z")
        assert len(hand.app.store.list()) == 1
        await hand.press("t")
        await hand.words(" neuf")
        await hand.press("enter")
        assert hand.app.store.list()[0].title_fr != title
        await hand.press("u")
        assert hand.app.store.list()[0].title_fr == title
        await hand.press("a", "u")
        assert not hand.app.store.list()[0].archived
        await hand.press("x", "down", "enter")
        assert hand.app.store.list() == []
        await hand.press("ctrl+z")
        assert [one.title_fr for one in hand.app.store.list()] == [title]


async def test_the_reflexes_of_other_programs_do_no_harm(tmp_path: Path) -> None:
    async with seated(tmp_path) as hand:
        await hand.press("n")
        await hand.lines("Notre centre", "Clinique", "Radio")
        await hand.press("ctrl+z")
        await hand.press("ctrl+y")
        await hand.press("escape")
        await hand.press("n")
        assert "Clinique" in hand.seen, "Escape loses no text: it waits in the same window"
        await hand.press("tab")
        assert len(hand.workspace.partnership.rows("open.who")) == 3
        await hand.words("hôte")
        await hand.press("ctrl+c", "ctrl+s")
        assert hand.app.is_running and hand.work.writing
        assert "s'enregistre" in hand.seen
        await hand.press("escape", "ctrl+c")
        assert hand.app.is_running
        first = hand.workspace.partnership.entries[hand.name("Notre centre")]
        assert first.text("role", "fr") == "hôte"


async def test_what_was_written_stays_in_sight_when_one_stops_writing(tmp_path: Path) -> None:
    async with seated(tmp_path, "Notre centre", "Clinique", size=(140, 40)) as hand:
        await hand.press("f6", "f7")
        await hand.words("le piano du grenier")
        await hand.press("escape")
        assert "le piano du grenier" in hand.seen
        await hand.press("N", "c")
        assert "✓ le piano du grenier" in hand.seen
