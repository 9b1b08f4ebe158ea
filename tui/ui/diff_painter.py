"""Paints the differences of two texts; signs and weight mark what was removed and added, never colour alone."""

from __future__ import annotations

from collections.abc import Iterator

from tui.terminal.line_pane import Line, Piece
from tui.text.widths import wrap
from tui.text.word_diff import DiffPiece, diff_words

REMOVED, ADDED = ("[-", "-]"), ("{+", "+}")  # the signs before and behind the words
_STYLES = {"same": "", "removed": "strike warn", "added": "strong done"}


def paint_differences(before: str, after: str, width: int) -> list[Line]:
    """Return what turns `before` into `after`, as lines of at most `width` cells: [-removed-] {+added+}."""
    pieces: list[Piece] = []
    last_kind = "same"
    for difference in diff_words(before, after):
        if (last_kind, difference.kind) == ("removed", "added"):
            pieces.append(Piece(" "))
        pieces.append(Piece(_between_signs(difference), _STYLES[difference.kind]))
        last_kind = difference.kind
    return list(_wrapped(pieces, width))


def _between_signs(piece: DiffPiece) -> str:
    """Return the text of a piece, between the signs of what was removed or added."""
    if piece.kind == "same":
        return piece.text
    opening, closing = REMOVED if piece.kind == "removed" else ADDED
    return f"{opening}{piece.text}{closing}"


def _wrapped(pieces: list[Piece], width: int) -> Iterator[Line]:
    """Yield the lines of styled pieces: their plain text is wrapped, then each letter gets its style back."""
    styles = [(letter, style) for text, style in pieces for letter in text]
    at = 0  # the number in `styles` of the next letter
    for line in wrap("".join(letter for letter, _style in styles), width, " ", " "):
        line_pieces = [Piece(line[:1])]  # the blank at the left
        for letter in line[1:]:
            while at < len(styles) and styles[at][0] != letter:
                at += 1  # a space or a line break that the wrapping took out
            style = styles[at][1] if at < len(styles) else ""
            at += 1
            if len(line_pieces) > 1 and line_pieces[-1].style == style:
                line_pieces[-1] = Piece(line_pieces[-1].text + letter, style)
            else:
                line_pieces.append(Piece(letter, style))
        yield tuple(line_pieces)


def paint_text(text: str, width: int, style: str = "") -> list[Line]:
    """Return a text in lines of at most `width` cells."""
    return [(Piece(line, style),) for line in wrap(text, width, "   ", "   ")] if text else []
