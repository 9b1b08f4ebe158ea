"""A message takes at most the lines it is given, and shows where it was cut."""

from __future__ import annotations

import pytest

from tui.terminal.line_pane import Piece
from tui.text.widths import width
from tui.ui.message_lines import message_lines

LONG = "La réunion du 10 décembre est notée, et les trois partenaires en ont reçu le compte rendu."


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_a_long_message_ends_with_a_sign_in_the_last_row(rows: int) -> None:
    lines = ["".join(piece.text for piece in line) for line in message_lines(LONG, 30, rows)]
    assert len(lines) == rows and all(line.startswith(" ") and width(line) <= 30 for line in lines)
    assert lines[-1].endswith("…")


def test_what_fits_is_said_whole_in_its_tone() -> None:
    assert message_lines("", 30, 1) == []
    assert message_lines("Noté.", 30, 1, "warn") == [(Piece(" Noté.", "warn"),)]
