"""Lays out the message that a page shows in its last lines, in the place of its keys."""

from __future__ import annotations

from tui.terminal.line_pane import Line, Piece
from tui.text.widths import shorten, wrap


def message_lines(message: str, width: int, rows: int, tone: str = "accent") -> list[Line]:
    """Return a message in up to `rows` lines of `width` cells in the style `tone`, cut if it is longer; [] for ""."""
    if not message:
        return []
    lines = wrap(message, width - 2, " ", " ")
    if len(lines) > rows:
        rest = " ".join(line.strip() for line in lines[rows - 1 :])
        lines = [*lines[: rows - 1], " " + shorten(rest, width - 2)]
    return [(Piece(line, tone),) for line in lines]
