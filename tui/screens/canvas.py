"""What a form is painted on: lines and the places in them, with one way to paint a text, a choice, a box."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from tui.screens import marks
from tui.screens.slots import Slot
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells
from tui.widgets.lines import Line, Piece
from tui.words import _

MARGIN = 1


@lru_cache(maxsize=256)  # what a form says stays while one writes in it, and may be as long as a vision
def _said(text: str, style: str, indent: int, width: int) -> tuple[Line, ...]:
    pad = " " * indent
    return tuple((Piece(line, style),) for line in wrap(text, width, pad, pad))


class Canvas:
    """Lines and places of one form, `width` cells wide.

    `room` is how many rows a long text may take before it scrolls within itself; `height` how many the editor needs
    at the place one writes at (0: not known yet).
    """

    def __init__(self, width: int, room: int, height: int = 0) -> None:
        self.width = width
        self.room = room
        self.height = height
        self.covered = True  # the editor stands over the place one is at, which is painted empty under it
        self.lines: list[Line] = []
        self.slots: list[Slot] = []

    def say(self, text: str, style: str = "", indent: int = MARGIN) -> None:
        """A wrapped text."""
        self.lines += _said(text, style, indent, self.width)

    def trouble(self, why: str, indent: int) -> None:
        """Why what stands above is in no document; nothing where it is understood."""
        if why:
            self.say(f"{marks.wrong()} {why}", "warn", indent)

    def blank(self) -> None:
        """An empty line, unless there is one already."""
        if self.lines and self.lines[-1]:
            self.lines.append(())

    def add(self, slot: Slot, here: bool) -> None:
        """The line that adds a row: its words, or the editor over it."""
        height = max(self.height, 1) if here else 1
        self.slots.append(replace(slot, row=len(self.lines), x=3, width=self.width - 3, height=height))
        style = "accent" if here else "muted"
        self.lines.append((Piece(f"{_mark(here)}+ ", style), Piece("" if here and self.covered else slot.hint, style)))
        self.lines += [()] * (height - 1)

    def folded(self, slot: Slot, names: list[str], here: bool, indent: int) -> None:
        """The line that shows the fields folded away."""
        self.slots.append(replace(slot, row=len(self.lines), x=indent))
        line = wrap(_("more: {names}").format(names=", ".join(names)), self.width - indent - 2)[0]
        self.lines.append((Piece(f"{_mark(here)}{' ' * (indent - 1)}+ {line}", "accent" if here else "muted"),))

    def typed(self, slot: Slot, label: str, here: bool, indent: int, column: int) -> None:
        """A field that is written: label beside the text, or above it for prose and on narrow panes."""
        style = "accent" if here else "muted"
        shown = _("{label} (private)").format(label=label) if slot.private else label
        below = slot.kind == "prose" or column + indent > self.width // 2 or cells(shown) >= column
        x = indent + (2 if below else column)
        width = max(self.width - x, 8)
        under = here and self.covered
        rows, height = self._rows(slot, width, under)
        if below:
            self.lines.append((Piece(f"{_mark(here)}{' ' * (indent - 1)}{shown}", style),))
        self.slots.append(replace(slot, row=len(self.lines), x=x, width=width, height=height))
        head = " " * x if below else f"{_mark(here)}{' ' * (indent - 1)}{_pad(shown, column)}"
        for at in range(height):
            lead = Piece(head, style) if at == 0 else Piece(" " * x)
            text = "" if under else rows[at] if slot.text else shorten(slot.hint, width - 1) or "—"
            self.lines.append((lead, Piece(text, "" if slot.text else "hint")))

    def _rows(self, slot: Slot, width: int, here: bool) -> tuple[list[str], int]:
        if here and self.height:
            return [""], min(self.height, self.room)
        seen = slot.text[: self.room * width]  # a long text is not wrapped beyond what is shown of it
        rows = wrap(seen, width - 1) if seen else [""]
        return rows, min(len(rows), self.room)

    def choice(self, slot: Slot, label: str, here: bool, indent: int = MARGIN, column: int = 12) -> None:
        """A choice: its words, or all options with their numbers where one stands."""
        style = "accent" if here else "muted"
        head = Piece(f"{_mark(here)}{' ' * (indent - 1)}{_pad(label, column)}", style)
        x = indent + column
        self.slots.append(replace(slot, row=len(self.lines), x=x, width=self.width - x))
        if not here:
            words = dict(slot.options).get(slot.chosen, "")
            first, *rest = wrap(words, self.width - x) if words else ["—"]
            self.lines.append((head, Piece(first, "" if words else "hint")))
            self.lines += [(Piece(" " * x + line),) for line in rest]
            return
        line, used = [head], x
        for at, (code, words) in enumerate(slot.options, 1):
            chosen = code == slot.chosen
            text = f"{marks.radio(chosen)} {at} {words}"
            if used > x and used + cells(text) > self.width:
                self.lines.append(tuple(line))
                line, used = [Piece(" " * x)], x
            style = "strong accent" if chosen else ""
            for part in wrap(text, max(self.width - x, 8), "", "    "):
                if line[1:] and used + cells(part) > self.width:
                    self.lines.append(tuple(line))
                    line, used = [Piece(" " * x)], x
                line += [Piece(part, style), Piece("   ")]
                used += cells(part) + 3
        self.lines.append(tuple(line))

    def flag(self, slot: Slot, label: str, here: bool, indent: int) -> None:
        """A box to tick."""
        self.slots.append(replace(slot, row=len(self.lines), x=indent, width=self.width - indent))
        style = "accent" if here else "" if slot.chosen else "muted"
        self.lines.append((Piece(f"{_mark(here)}{' ' * (indent - 1)}{marks.tick(bool(slot.chosen))} {label}", style),))


def _mark(here: bool) -> str:
    return "›" if here and not marks.plain_marks() else ">" if here else " "


def _pad(text: str, width: int) -> str:
    short = wrap(text, width - 1)[0] if text else ""
    return short + " " * (width - cells(short))
