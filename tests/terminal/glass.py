"""A terminal of glass for tests: what an app wrote, as the cells that a person would see, colours included."""

from __future__ import annotations

import re
from typing import Any

import pyte
from rich.cells import split_graphemes
from rich.color import ColorSystem
from rich.console import RenderableType
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from wcwidth import wcwidth

from tui.text.right_to_left import LEFT_TO_RIGHT_MARK

Cells = list[list[Any]]
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[\]])|[\x00-\x1f\x7f]")


class Glass:
    """A pyte screen that is fed text and asked for its cells."""

    def __init__(self, width: int, height: int) -> None:
        self.screen = pyte.Screen(width, height)
        self.screen.reset_mode(pyte.modes.DECAWM)  # as Textual's driver does
        self.stream = pyte.Stream(self.screen)

    def feed(self, text: str) -> None:
        """Show what a program wrote."""
        self.stream.feed(text)

    def cells(self) -> Cells:
        """Return rows of cells: character, colours and attributes; a wide character is followed by an empty cell."""
        width, buffer = self.screen.columns, self.screen.buffer
        return [[buffer[y][x] for x in range(width)] for y in range(self.screen.lines)]

    def resize(self, width: int, height: int) -> None:
        """Change the size as a terminal does that keeps the rows it has."""
        self.screen.resize(height, width)


class AgreeingGlass(Glass):
    """One that gives each character the width that Textual gives it; pyte counts code points one by one.

    A character of several code points is shown by its first one, or by a stand-in of as many cells.
    """

    def __init__(self, width: int, height: int) -> None:
        super().__init__(width, height)
        self._known: dict[str, int] = {}

    def feed(self, text: str) -> None:
        """Show what a program wrote."""
        last, parts = 0, []
        for match in _SEQUENCE.finditer(text):
            parts += [self._agreed(text[last : match.start()]), match[0]]
            last = match.end()
        super().feed("".join((*parts, self._agreed(text[last:]))))

    def _agreed(self, text: str) -> str:
        if text.isascii():
            return text
        text = text.replace(LEFT_TO_RIGHT_MARK, "")  # no terminal gives it a cell; pyte stops at one
        spans = ((text[start:end], width) for start, end, width in split_graphemes(text)[0])
        return "".join(self._stand_in(one, width) for one, width in spans if width or not one.isprintable())

    def _stand_in(self, one: str, width: int) -> str:
        if not width or width == wcwidth(one[0]):
            return one[0]
        number = self._known.setdefault(one[0], len(self._known))
        return chr((0xE000 if width == 1 else 0x4E00) + number)


class GlassApp(App[None]):
    """An app whose every frame goes to `glass` in Textual's own words."""

    def __init__(self, width: int = 40, height: int = 12) -> None:
        super().__init__()
        self.glass = Glass(width, height)
        self.console._color_system = ColorSystem.TRUECOLOR  # whatever terminal runs the tests

    def _display(self, screen: Screen[Any], renderable: RenderableType | CompositorUpdate | None) -> None:
        if isinstance(renderable, CompositorUpdate) and not self._batch_count:
            self.glass.feed(renderable.render_segments(self.console))
        super()._display(screen, renderable)  # type: ignore[arg-type]


async def resize(pilot: Pilot[Any], width: int, height: int) -> None:
    """Resize the terminal and wait until the screen has it: Textual passes a resize on by a timer."""
    await pilot.resize_terminal(width, height)
    while pilot.app.screen.outer_size != (width, height):
        await pilot.pause()


def first_difference(one: Cells, other: Cells) -> str:
    """Return "" where both show the same, else the first cell that differs, for the message of an assertion."""
    for y, (row, row2) in enumerate(zip(one, other, strict=True)):
        for x, (cell, cell2) in enumerate(zip(row, row2, strict=True)):
            if cell != cell2:
                return f"row {y} column {x}: {cell} is not {cell2}"
    return ""
