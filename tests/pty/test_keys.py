"""What keyboards really send: dead keys and AltGr, other scripts, pages pasted either way, slow Escapes."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator

import pytest

from tests.pty.terminal import Terminal
from tui.store import Store

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

F2, F4, F12 = "\x1bOQ", "\x1bOS", "\x1b[24~"


@pytest.fixture
def terminal(store: Store) -> Iterator[Terminal]:
    """The program, open on the partnership."""
    with Terminal(store.list()[0].id) as terminal:
        terminal.wait_for("Vous écrivez")
        yield terminal


def kept(store: Store) -> list[str]:
    """Every answer in the store, as a new start sees it."""
    partnership = Store(store.root).load(store.list()[0].id)
    cells = (item for entry in partnership.entries.values() for item in entry.cells.items())
    return [str(cell.value) for name, cell in cells if name != "organisation"]  # made by itself, at any moment


def leaves(terminal: Terminal) -> None:
    """Quit by F12."""
    terminal.type(F12)
    assert terminal.ended() == 0


SCRIPTS = (
    "Hôte à Noël, où çà et là",  # as dead keys and AltGr arrive: one letter, or a letter and its mark
    "Ho\u0302te a\u0300 Noe\u0308l",
    "50 € @ {a} [b] | ~ \\ # `q`",
    "ᓀᐦᐃᔭᐍᐏᐣ ᐊᐦ",
    "привет, как дела",
    "日本語の文 👩🏽\u200d🌾 می\u200cخواهم",
)


def test_every_script_is_written_as_it_is_typed(terminal: Terminal, store: Store) -> None:
    text = " · ".join(SCRIPTS)
    for letter in text:
        terminal.type(letter)
    terminal.wait_for("👩")
    leaves(terminal)
    assert text in kept(store)


def test_a_letter_cut_in_two_by_the_line_arrives_whole(terminal: Terminal, store: Store) -> None:
    for byte in "Été ᓀ".encode():
        terminal.send_bytes(bytes([byte]))
        time.sleep(0.01)
    terminal.wait_for("Été")
    leaves(terminal)
    assert "Été ᓀ" in kept(store)


def test_all_is_reached_without_latin_letters(terminal: Terminal, store: Store) -> None:
    """A Cyrillic keyboard: letters after Escape mean nothing, and harm nothing; F2 and the arrows find everything."""
    terminal.type("роль")
    terminal.wait_for("роль")
    terminal.type("\x1b")
    terminal.wait_for("Vous vous déplacez")
    terminal.type("йцукен")
    terminal.type(F2)
    terminal.wait_for("Que voulez-vous faire")
    terminal.type("\x1b[A")  # up from the first line: the last command of all
    terminal.wait_for("Quitter")
    terminal.type("\r")
    assert terminal.ended() == 0
    assert "роль" in kept(store)


PAGE = "".join(f"Ligne {n:03d} : l’été, ᓀᐦᐃ\tfin{end}" for n, end in enumerate(["\r\n"] * 50 + ["\n"] * 50))
CONTROL = "\x07\x08\x0b\x0c\x1b]52;c;AAAA\x07\x1b[31m\x9b31m\u202e\x7f\x00"


@pytest.mark.parametrize("bracketed", [True, False], ids=["bracketed", "as if typed"])
def test_a_page_pasted_into_a_long_field(store: Store, bracketed: bool) -> None:
    with Terminal(store.list()[0].id) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.type("\x1bg")  # alt+g: to a question
        terminal.wait_for("Aller à une question")
        terminal.type("vision")
        terminal.wait_for("Vision")
        terminal.type("\r")
        terminal.wait_for("Vision commune")
        typed = PAGE.replace("\r\n", "\r").replace("\n", "\r").replace("\t", " ")
        terminal.type(f"\x1b[200~{PAGE}{CONTROL}\x1b[201~" if bracketed else typed)
        terminal.wait_for("Ligne 099")
        leaves(terminal)
    found = next(text for text in kept(store) if "Ligne 099" in text)
    lines = [line for line in found.split("\n") if line.strip()]
    assert [line[:9] for line in lines[:100]] == [f"Ligne {n:03d}" for n in range(100)]
    assert not any((ord(char) < 32 and char not in "\n\t") or char in "\x7f\x9b\u202e" for char in found)


def test_escape_then_a_letter_acts_at_once_and_after_the_500_ms_of_tmux(terminal: Terminal) -> None:
    for wait in (0.0, 0.6):
        terminal.type("\x1b")
        time.sleep(wait)
        terminal.type("h")
        terminal.wait_for("Comment ça marche")
        terminal.type("q")
        terminal.wait_for("Vous ")


@pytest.mark.parametrize("key", ["\x11", "\x1bQ"], ids=["Ctrl+Q", "Alt+Q"])
def test_there_are_several_ways_to_quit(terminal: Terminal, key: str) -> None:
    terminal.type(key)
    assert terminal.ended() == 0


def test_other_control_keys_lose_nothing_and_end_nothing(terminal: Terminal, store: Store) -> None:
    typed = ""
    for number, key in enumerate("\x03\x13\x00\x1c\x1d\x1f"):
        terminal.type(f"{key}h{number}")
        typed += f"h{number}"
        terminal.wait_for(typed)
    leaves(terminal)
    assert typed in kept(store)


def test_a_page_pasted_while_moving_commands_nothing(terminal: Terminal, store: Store) -> None:
    terminal.type("\x1b")
    terminal.wait_for("Vous vous déplacez")
    before = kept(store)
    terminal.type("\x1b[200~x! le pilote quitte Q la salle - z ?\r\x1b[201~")
    terminal.wait_for("rien ne s")
    terminal.type("\r")
    terminal.wait_for("Vous écrivez")
    leaves(terminal)
    assert kept(store) == before


def test_what_was_typed_before_the_first_screen_is_written(store: Store) -> None:
    with Terminal(store.list()[0].id) as terminal:
        terminal.type("tôt, ")
        terminal.wait_for("Vous écrivez")
        terminal.wait_for("tôt,")
        terminal.type("et après")
        terminal.wait_for("et après")
        leaves(terminal)
    assert "tôt, et après" in kept(store)


def test_a_key_that_the_line_cuts_in_two_is_one_key(terminal: Terminal, store: Store) -> None:
    for first, second, text in (("\x1b[", "D", "é"), ("\x1bO", "D", "t"), ("\x1b", "[D", "é")):
        terminal.type(first)
        time.sleep(0.03)
        terminal.type(second)
        terminal.type(text)
        terminal.wait_for(text)
    terminal.rest()
    leaves(terminal)
    assert "été"[::-1] in kept(store)
    assert not [text for text in kept(store) if "[" in text or "D" in text]


def test_two_hundred_kilobytes_pasted_at_once_are_all_there(terminal: Terminal, store: Store) -> None:
    terminal.type("\x1bg")
    terminal.wait_for("Aller à une question")
    terminal.type("vision")
    terminal.wait_for("Vision")
    terminal.type("\r")
    terminal.wait_for("Vision commune")
    page = "\n".join(f"Ligne {number:05d} : un récit collé d’un seul coup." for number in range(4300))
    terminal.paste(page)
    terminal.wait_for("Ligne 04299")
    terminal.type("fin")
    terminal.wait_for("coup.fin")
    leaves(terminal)
    assert len(page.encode()) > 200_000
    assert page + "fin" in kept(store)
