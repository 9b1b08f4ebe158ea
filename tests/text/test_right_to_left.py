"""Right-to-left words leave their line where it is: a terminal gets marks around them, a file or a pipe nothing."""

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
from tui.text.right_to_left import LEFT_TO_RIGHT_MARK, mark_cells, with_direction_marks
from tui.text.widths import width

ANY = st.text(st.sampled_from("ab é1,2 ;:·\n\t.-()שלוםعربية०"), max_size=40)


class Glass(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        """Return True."""
        return True


def apart(text: str) -> str:
    return text.replace(LEFT_TO_RIGHT_MARK, "")


def outside(text: str) -> str:
    """What stands outside of the marks, which come in pairs on one line."""
    assert all(line.count(LEFT_TO_RIGHT_MARK) % 2 == 0 for line in text.split("\n"))
    return "".join(text.split(LEFT_TO_RIGHT_MARK)[::2])


@given(ANY)
def test_nothing_but_marks_is_added_around_each_run_on_its_line(text: str) -> None:
    shown = with_direction_marks(text)
    assert apart(shown) == text and width(shown) == width(text)
    assert not {"R", "AL"} & set(map(unicodedata.bidirectional, outside(shown))), "each such letter is between marks"


@given(ANY)
def test_a_row_of_cells_has_the_mark_behind_each_run_and_one_at_its_first_cell(text: str) -> None:
    row = ["x", *text.replace("\n", "│"), " "]
    shown = mark_cells(row)
    assert [apart(cell) for cell in shown] == row and mark_cells(shown) == shown
    ends = [part[-1:] for part in with_direction_marks("".join(row)).split(LEFT_TO_RIGHT_MARK)[1::2]]
    assert [apart(cell) for cell in shown[1:] if LEFT_TO_RIGHT_MARK in cell] == ends
    assert (LEFT_TO_RIGHT_MARK in shown[0]) == bool(ends)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("שלום  2026-11-27  3", "⟨שלום⟩  2026-11-27  3"),
        ("בית 12, חיפה (2026)", "⟨בית 12, חיפה⟩ (2026)"),
        ("שלום  עולם", "⟨שלום⟩  ⟨עולם⟩"),
        ("الأمل; السلام: نعم", "⟨الأمل⟩; ⟨السلام⟩: ⟨نعم⟩"),
        ("שָׁלוֹם", "⟨שָׁלוֹם⟩"),
        ("Fondation שלום et Cie", "Fondation ⟨שלום⟩ et Cie"),
        ("שלום → בית — 3 │ עולם", "⟨שלום⟩ → ⟨בית⟩ — 3 │ ⟨עולם⟩"),
        ("L'été, déjà « 3 »", "L'été, déjà « 3 »"),
        ("\ufefb 3", "⟨\ufefb⟩ 3"),
        ("\ufb31 3", "⟨\ufb31⟩ 3"),
    ],
)
def test_where_a_run_begins_and_ends(text: str, shown: str) -> None:
    assert with_direction_marks(text) == shown.replace("⟨", LEFT_TO_RIGHT_MARK).replace("⟩", LEFT_TO_RIGHT_MARK)


@pytest.mark.parametrize(
    ("row", "shown"),
    [("x,ש, ,y", "x|,ש|, ,y"), ("ש,y", "|ש|,y"), ("x,ש", "x|,ש"), ("ש, ,ש", "|ש, ,ש"), ("x,y", "x,y")],
)
def test_a_mark_stands_in_the_cell_before_what_it_holds_in_place(row: str, shown: str) -> None:
    assert mark_cells(row.split(",")) == shown.replace("|", LEFT_TO_RIGHT_MARK).split(",")


def test_a_terminal_gets_them_and_a_pipe_does_not() -> None:
    glass, pipe = Glass(), io.StringIO()
    for stream in (glass, pipe):
        console.write("שלום 3\u202e", stream=stream)
    assert glass.getvalue() == f"{LEFT_TO_RIGHT_MARK}שלום{LEFT_TO_RIGHT_MARK} 3\\u202e"
    assert pipe.getvalue() == "שלום 3\\u202e"


def test_the_list_on_a_terminal_keeps_its_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "s"
    for title in ("שלום", "Deux"):
        store(root).create([Change("extra.name", "extra.name", "name@fr", title)])
    glass = Glass()
    monkeypatch.setattr(sys, "stdout", glass)
    assert main(["list", "--store", str(root), "--lang", "fr"]) == 0
    heads, *rows = glass.getvalue().splitlines()
    assert f"{LEFT_TO_RIGHT_MARK}שלום{LEFT_TO_RIGHT_MARK}" in glass.getvalue()
    assert {width(row[: row.index("202")]) for row in rows} == {width(heads[: heads.index("Modifié")])}
