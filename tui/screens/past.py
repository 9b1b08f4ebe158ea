"""Earlier texts of one field: who wrote them and when, what differs from the present one, and the way back to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from tui.agreement.taking import REASON
from tui.desk.said import value_words, where
from tui.project.candidates import second
from tui.project.values import Past, Value
from tui.quick import dataclass
from tui.screens.foot import keys_line
from tui.screens.marked import ADDED, REMOVED, paint_differences, paint_text
from tui.screens.rows import WIDEST
from tui.screens.slots import Slot
from tui.screens.work import WorkScreen
from tui.store.errors import StoreError
from tui.text.dates import format_when
from tui.text.widths import shorten
from tui.widgets.lines import Line, Lines, Piece
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp


@dataclass(frozen=True, slots=True)
class Version:
    """What a cell held once: `by` and `at` of whoever wrote it, "" where that is not known."""

    value: Value
    said: str
    by: str = ""
    at: str = ""


def versions(past: Sequence[Past]) -> list[tuple[Value, str, str]]:
    """The (value, author, moment) a cell held before its present one, the latest first; equal neighbours once."""
    held = [(past[0].value, "", ""), *((one.new, signed(one), one.at) for one in past)] if past else []
    found: list[tuple[Value, str, str]] = []
    for before, one in zip([None, *held], held, strict=False):
        if one[0] is not None and (before is None or before[0] != one[0]):
            found.append(one)
    return found[::-1]


def signed(one: Past) -> str:
    """Who wrote it, and who had proposed it where that was another: « Marie, d'après Alice Roy, 20 novembre »."""
    if one.reason != REASON or not one.source:
        return one.by
    return _("{name}, after {source}").format(name=one.by, source=one.source) if one.by else one.source


class PastScreen(Screen[Version | None]):
    """The earlier texts, one a line, and what the one under the cursor would change. Enter takes it, Escape leaves."""

    app: EntenteApp

    def __init__(self, title: str, present: str, found: Sequence[Version]) -> None:
        super().__init__()
        self.title_text = title
        self.present = present
        self.found = tuple(found)
        self.at = 0

    def compose(self) -> ComposeResult:
        """What field, its earlier texts, the differences, the keys."""
        yield Lines(id="head", classes="bar")
        yield Lines(id="versions")
        yield Lines(id="differences")
        yield Lines(id="foot", classes="bar")

    def on_mount(self) -> None:
        """The keyboard goes to the list."""
        for name in ("#head", "#differences", "#foot"):
            self.query_one(name).can_focus = False
        self.query_one("#versions").focus()

    def on_resize(self) -> None:
        """Paint for the new width."""
        self.paint()

    def paint(self) -> None:
        """Paint everything from the versions."""
        width = self.size.width
        self.query_one("#head", Lines).show([(Piece(" " + shorten(self.title_text, width - 2), "title"),)])
        pane = self.query_one("#versions", Lines)
        pane.show([self._line(one, width) for one in self.found])
        pane.cursor = self.at
        pane.scroll_to_row(self.at)
        self.query_one("#differences", Lines).show(self._differences(min(width - 2, WIDEST)), keep=0)
        keys = [("↑↓", _("choose")), (_("Enter"), _("bring this text back")), (_("Esc"), _("leave all as it is"))]
        self.query_one("#foot", Lines).show([keys_line(keys, width)])

    def _line(self, one: Version, width: int) -> Line:
        when = format_when(one.at, self.app.lang) or _("at the beginning")
        head = f"   {when}{' · ' if one.by else ''}{one.by}   "
        return (Piece(head, "accent"), Piece(shorten(one.said.replace("\n", " "), max(width - len(head) - 2, 8))))

    def _differences(self, width: int) -> list[Line]:
        one = self.found[self.at]
        legend = _("From this text to the present one: {removed} {added}").format(
            removed=_("taken out").join(REMOVED), added=_("put in").join(ADDED)
        )
        return [
            *paint_text(legend, width, "muted"),
            (),
            *paint_differences(one.said, self.present, width),
        ]

    def on_key(self, event: events.Key) -> None:
        """Arrows choose, Enter takes, Escape leaves."""
        moves = {"up": -1, "down": 1, "home": -(10**6), "end": 10**6}
        if event.key in moves:
            self.at = min(max(self.at + moves[event.key], 0), len(self.found) - 1)
            self.paint()
        elif event.key in ("pageup", "pagedown"):
            self.query_one("#differences").scroll_relative(y=5 if event.key == "pagedown" else -5, animate=False)
        elif event.key == "enter":
            self.dismiss(self.found[self.at])
        elif event.key == "escape":
            self.dismiss(None)
        else:
            return
        event.stop()
        event.prevent_default()


def show_history(app: EntenteApp) -> None:
    """The earlier texts of the field one stands at."""
    screen = app.screen
    assert isinstance(screen, WorkScreen)  # the table says where a command is valid
    slot, desk = screen.form.slot, screen.desk
    if slot is None or not slot.cell or not slot.entry.id:
        screen.say(_("Stand on a field first: its earlier texts are shown here."))
        return
    entry, cell = slot.entry, slot.cell
    try:
        desk.flush()
        past = app.store.history(desk.project.id, entry=entry.id, cell=cell)
        other = app.store.history(desk.project.id, entry=entry.id, cell=second(cell))
    except StoreError as error:
        screen.say(str(error))
        return

    def said(value: Value) -> str:
        return value_words(desk, entry.question, entry.part, cell, value)

    standing = desk.project.entry(entry.id)
    present = standing.get(cell) if standing is not None else None
    known = sorted([*versions(past), *versions(other)], key=lambda one: one[2], reverse=True)
    found = [Version(value, said(value), by, at) for value, by, at in _once(known) if value != present]
    if not found:
        screen.say(_("This field has no earlier text."))
        return
    title = where(desk, entry.question, entry.part, cell, entry.subject)
    app.push_screen(PastScreen(title, said(present), found), lambda one: _bring_back(app, slot, one))


def _once(known: Sequence[tuple[Value, str, str]]) -> list[tuple[Value, str, str]]:
    """Each text once, where it stood last: a second wording that was chosen is in both histories."""
    found: list[tuple[Value, str, str]] = []
    for one in known:
        if all(one[0] != other[0] for other in found):
            found.append(one)
    return found


def _bring_back(app: EntenteApp, slot: Slot, one: Version | None) -> None:
    """An ordinary edit: it is saved, and undone, as any other."""
    screen = app.screen
    if one is None or not isinstance(screen, WorkScreen):
        return
    screen.desk.edits.end_stretch()
    screen.desk.set(slot.entry, slot.cell, one.value)
    screen.pen.forget()
    screen.paint()
    screen.say(_("The earlier text is back; undo takes it away again."))
    app.edited()
