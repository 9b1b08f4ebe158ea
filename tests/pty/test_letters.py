"""A terminal without UTF-8 gets plain signs and whole words; a byte that is no letter ends nothing."""

from __future__ import annotations

import sys

import pytest

from tests.pty.terminal import Terminal
from tui.store import Store

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

ESCAPE, HELP, PAGE_DOWN, QUIT = "\x1b", "\x1bOP", "\x1b[6~", "\x1b[24~"
C = {"LANG": "C"}
ALL_C = {"LC_ALL": "C"}
LINUX = {"TERM": "linux"}
UNICODE_C = {"LANG": "C.UTF-8"}
UNICODE_LETTERS = {"LANG": "C", "LC_CTYPE": "C.UTF-8"}  # asked for, and not what Python makes of C by itself
SAID_OTHERWISE = {"LANG": "C", "ENTENTE_ASCII": "0"}


def kept(store: Store) -> str:
    """All that is in the store, as a new start sees it."""
    partnership = Store(store.root).load(store.list()[0].id)
    return " ".join(str(cell.value) for entry in partnership.entries.values() for cell in entry.cells.values())


@pytest.mark.parametrize("environ", [C, ALL_C, LINUX], ids=["LANG", "LC_ALL", "console"])
def test_no_sign_beyond_latin_letters_where_the_terminal_has_none(store: Store, environ: dict[str, str]) -> None:
    with Terminal(store.list()[0].id, environ=environ) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.type("à l’été")
        terminal.wait_for("à l'été")
        shown = terminal.seen
        terminal.type(ESCAPE)
        terminal.wait_for(". Titre du document")
        shown += terminal.seen
        terminal.type(HELP)
        terminal.wait_for("Comment ça marche")
        shown += terminal.seen
        terminal.type(PAGE_DOWN)
        terminal.wait_for("Touches")
        shown += terminal.seen
        assert not {char for char in shown if char > "\xff"}
        terminal.type(ESCAPE + QUIT)
        assert terminal.ended() == 0
    assert "à l’été" in kept(store)


@pytest.mark.parametrize("environ", [UNICODE_C, UNICODE_LETTERS, SAID_OTHERWISE], ids=["LANG", "LC_CTYPE", "asked"])
def test_c_with_utf_8_has_them_all(store: Store, environ: dict[str, str]) -> None:
    with Terminal(store.list()[0].id, environ=environ) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.type(ESCAPE)
        terminal.wait_for("○ Titre du document")


def test_an_older_locale_is_read_and_written_in_its_own_letters(store: Store) -> None:
    with Terminal(store.list()[0].id, environ={"LANG": "fr_CA.ISO-8859-1"}, codec="latin-1") as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.send_bytes("été à Orléans".encode("latin-1"))
        terminal.wait_for("été à Orléans")
        terminal.type(QUIT)
        assert terminal.ended() == 0
        assert "é".encode() not in terminal.shown
    assert "été à Orléans" in kept(store)


def test_bytes_that_are_no_utf_8_are_read_as_latin_letters_and_end_nothing(store: Store) -> None:
    with Terminal(store.list()[0].id) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.send_bytes(b"d\xe9but \x9b\xff\xc3 fin")
        terminal.wait_for("fin")
        terminal.type(QUIT)
        assert terminal.ended() == 0
    assert "début" in kept(store)
