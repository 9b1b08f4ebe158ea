"""Right-to-left words leave their line where it is: on a terminal they are isolates, and nowhere else anything."""

from __future__ import annotations

import io
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.upper.acts import store
from tui import console
from tui.cli.command_line import main
from tui.partnership.values import Change
from tui.text.right_to_left import FIRST_STRONG_ISOLATE, POP_ISOLATE, isolated
from tui.text.widths import width

ANY = st.text(st.sampled_from("ab é1,2 ;:·\n\t.-()שלוםعربية०"), max_size=40)


class Glass(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Return True."""
        return True


def apart(text: str) -> str:
    return text.replace(FIRST_STRONG_ISOLATE, "").replace(POP_ISOLATE, "")


@given(ANY)
def test_nothing_but_isolates_is_added_each_closed_on_its_line(text: str) -> None:
    shown = isolated(text)
    assert apart(shown) == text and width(shown) == width(text)
    for line in shown.split("\n"):
        depth = 0
        for char in line:
            depth += {FIRST_STRONG_ISOLATE: 1, POP_ISOLATE: -1}.get(char, 0)
            assert depth in (0, 1)
            assert depth or unicodedata.bidirectional(char) not in ("R", "AL"), "each such letter is in an isolate"
        assert depth == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("שלום  2026-11-27  3", "⟨שלום⟩  2026-11-27  3"),
        ("בית 12, חיפה (2026)", "⟨בית 12, חיפה⟩ (2026)"),
        ("שלום  עולם", "⟨שלום⟩  ⟨עולם⟩"),
        ("الأمل; السلام: نعم", "⟨الأمل⟩; ⟨السلام⟩: ⟨نعم⟩"),
        ("שָׁלוֹם", "⟨שָׁלוֹם⟩"),
        ("Fondation שלום et Cie", "Fondation ⟨שלום⟩ et Cie"),
        ("L'été, déjà « 3 »", "L'été, déjà « 3 »"),
    ],
)
def test_where_an_isolate_begins_and_ends(text: str, shown: str) -> None:
    assert isolated(text) == shown.replace("⟨", FIRST_STRONG_ISOLATE).replace("⟩", POP_ISOLATE)


def test_a_terminal_gets_them_and_a_pipe_does_not() -> None:
    glass, pipe = Glass(), io.StringIO()
    for stream in (glass, pipe):
        console.write("שלום 3\u202e", stream=stream)
    assert (
        glass.getvalue() == f"{FIRST_STRONG_ISOLATE}שלום{POP_ISOLATE} 3\\u202e" and pipe.getvalue() == "שלום 3\\u202e"
    )


def test_the_list_on_a_terminal_keeps_its_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "s"
    for title in ("שלום", "Deux"):
        store(root).create([Change("extra.name", "extra.name", "name@fr", title)])
    glass = Glass()
    monkeypatch.setattr(sys, "stdout", glass)
    assert main(["list", "--store", str(root), "--lang", "fr"]) == 0
    heads, *rows = glass.getvalue().splitlines()
    assert f"{FIRST_STRONG_ISOLATE}שלום{POP_ISOLATE}" in glass.getvalue()
    assert {width(row[: row.index("202")]) for row in rows} == {width(heads[: heads.index("Modifié")])}
