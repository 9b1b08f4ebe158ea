"""The first screen: what Entente is for when the store is empty, else the partnerships with what each still needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult

from tui.agreement.compose import title
from tui.commands import LIST, by_key, footer, key_name
from tui.project.partners import partners
from tui.samples import Sample, samples
from tui.screens.bars import said_lines
from tui.screens.damage import damage_lines
from tui.screens.gathering import Gathering
from tui.screens.struck import struck
from tui.store.errors import StoreError
from tui.text.dates import format_date
from tui.text.names import matches
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells
from tui.widgets.lines import Line, Lines, Piece
from tui.widgets.terminal import FrugalScreen
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp
    from tui.store import Problem, Summary


class PartnershipsScreen(FrugalScreen[None]):
    """The list. Each line of it is an action: a partnership to open, or one of the ways to begin."""

    app: EntenteApp
    where = LIST

    def __init__(self) -> None:
        super().__init__()
        self.archived = False
        self.query_text = ""
        self.message = ""
        self.steps: list[Callable[[], object]] = []  # each takes back one thing done here
        self.rows: list[tuple[int, str, str]] = []  # (line, kind, id): a kind is « open » or a way to begin
        self.at = 0
        self.summaries: list[Summary] = []
        self.problems: list[Problem] = []
        self.gathering = Gathering(self)
        self._drawn: dict[str, tuple[tuple[Summary, str, int], Line]] = {}  # by id

    def compose(self) -> ComposeResult:
        """Three panes, one above the other."""
        yield Lines(id="head", classes="bar")
        yield Lines(id="list", inks=False)
        yield Lines(id="foot", classes="bar", inks=False)

    def on_mount(self) -> None:
        """Give the keyboard to the list."""
        self.query_one("#head", Lines).can_focus = False
        self.query_one("#foot", Lines).can_focus = False
        self.query_one("#list", Lines).focus()

    def on_screen_resume(self) -> None:
        """Read the store again when one comes back."""
        self.refresh_list()

    def on_unmount(self) -> None:
        """Nobody waits for the rest any more."""
        self.gathering.stop()

    def on_resize(self) -> None:
        """Paint for the new width."""
        self.paint()

    def refresh_list(self) -> None:
        """Read the summaries and paint; what takes long comes later, and is counted meanwhile."""
        self.gathering.read()

    def gathered(self, found: list[Summary], error: StoreError | None) -> None:
        """Show what the store lists, or why it cannot be read."""
        self.summaries = found
        self.problems = [*self.problems, *self.app.store.notes_problems()]
        if error is not None:
            self.message = str(error)
        self.at = min(self.at, max(len(self._found()) - 1, 0))
        self.paint()

    def _found(self) -> list[Summary]:
        lang = self.app.lang
        if not self.query_text:
            return self.summaries
        return [one for one in self.summaries if matches(self.query_text, _title(one, lang))]

    @property
    def current(self) -> Summary | None:
        """The partnership the cursor stands on."""
        kind, name = self.rows[self.at][1:] if self.at < len(self.rows) else ("", "")
        return next((one for one in self.summaries if kind == "open" and one.id == name), None)

    def say(self, text: str) -> None:
        """Show a message in the last lines."""
        self.message = text
        self.paint()

    # -- painting ------------------------------------------------------------------------------------------------------

    def paint(self) -> None:
        """Paint everything from the summaries."""
        if not self.is_mounted:
            return
        width = self.size.width
        self.rows = []
        empty = not self.summaries and not self.archived
        lines = self._welcome(width) if empty else self._partnerships(width)
        lines += damage_lines(self.problems, self.summaries, width)
        self.at = min(self.at, max(len(self.rows) - 1, 0))
        self.query_one("#list", Lines).show(lines)
        _stand(self)
        self.query_one("#head", Lines).show([self._head(width)])
        self.query_one("#foot", Lines).show(self._foot(width))

    def _head(self, width: int) -> Line:
        if self.query_text:
            return (Piece(" " + _("Search: {text}").format(text=self.query_text) + "▏", "accent"),)
        title = _("Archived partnerships") if self.archived else _("Partnerships")
        right = self.gathering.told or self.app.lang
        gap = " " * max(width - cells(title) - cells(right) - 3, 1)
        return (Piece(f" {title}", "title"), Piece(gap), Piece(right, "muted"))

    def _welcome(self, width: int) -> list[Line]:
        lines: list[Line] = [()]
        sentence = _(
            "Entente brings organisations together, from the first conversations to a clear agreement "
            "that each of them has said yes to."
        )
        for text in wrap(sentence, min(width - 2, 76), " ", " "):
            lines.append((Piece(text, "strong"),))
        lines.append(())
        self._entry(
            lines, "new", "", _("New partnership"), _("with the names of the organisations, nothing else"), width
        )
        about = _("an invented partnership: try things, then throw it away by one key")
        self._entry(lines, "practise", "", _("Practise first"), about, width)
        lines.append(())
        lines.append((Piece("   " + _("Open an example, to look and to try"), "muted"),))
        for sample in samples():
            self._sample(lines, sample, width)
        lines.append(())
        self._entry(lines, "file", "", _("Open a file I received"), _("a partnership someone sent you"), width)
        lines.append(())
        for text in wrap(self.app.guide.credit.get(self.app.lang), min(width - 4, 76), "   ", "   "):
            lines.append((Piece(text, "muted"),))
        return lines

    def _sample(self, lines: list[Line], sample: Sample, width: int) -> None:
        lang = self.app.lang
        names = ", ".join(one.name(lang) for one in partners(sample.project))
        self._entry(lines, "sample", str(sample.number), title(self.app.guide, sample.project, lang), names, width)

    def _entry(self, lines: list[Line], kind: str, name: str, title: str, about: str, width: int) -> None:
        self.rows.append((len(lines), kind, name))
        text = f"   {shorten(title, max(width - 6, 10))}"
        room = width - cells(text) - 5
        pieces = [Piece(text, "accent" if kind == "new" else "")]
        if room > 12:
            pieces.append(Piece(f"   {shorten(about, room)}", "muted"))
        lines.append(tuple(pieces))

    def _partnerships(self, width: int) -> list[Line]:
        lang = self.app.lang
        lines: list[Line] = [()]
        drawn, self._drawn = self._drawn, {}
        for one in self._found():
            self.rows.append((len(lines), "open", one.id))
            kept = drawn.get(one.id)
            if kept is None or kept[0] != (one, lang, width):
                kept = (one, lang, width), _line(one, lang, width)
            self._drawn[one.id] = kept
            lines.append(kept[1])
        if not self.rows:
            lines.append((Piece("   " + _("Nothing here by that name."), "muted"),))
        return lines

    def _foot(self, width: int) -> list[Line]:
        enter = _("Enter")
        pieces = [Piece(f" {enter} ", "strong"), Piece(_("open"), "muted")]
        used = cells(pieces[0].text) + cells(pieces[1].text)
        for command in footer(LIST):
            key = key_name(command)
            room = cells(key) + cells(command.footer_name) + 4
            if used + room > width - 1:
                break
            pieces += [Piece(f"   {key} ", "strong"), Piece(command.footer_name, "muted")]
            used += room
        return [*(said_lines(self.message, width, max(self.size.height // 3, 2)) or [()]), tuple(pieces)]

    # -- keys ----------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Arrows choose, Enter opens, letters act."""
        moves = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10, "home": -(10**6), "end": 10**6}
        if event.key in moves:
            self.at = min(max(self.at + moves[event.key], 0), max(len(self.rows) - 1, 0))
            _stand(self)
            if self.message:
                self.say("")
        elif event.key == "enter":
            self.choose()
        elif event.key == "escape" and self.gathering.running:
            self.gathering.stop()
        elif event.key == "escape" and (self.query_text or self.archived):
            self.query_text, self.archived = "", False
            self.refresh_list()
        else:
            found = by_key(struck(event), LIST, moving=True)
            if found is None:
                return
            self.app.run_command(found.id)
        event.stop()
        event.prevent_default()

    def choose(self) -> None:
        """Do what the current line says."""
        if self.at >= len(self.rows):
            return
        _line, kind, name = self.rows[self.at]
        if kind == "open":
            self.app.open(name)
        elif kind in ("new", "practise"):
            self.app.run_command(kind)
        elif kind == "file":
            self.app.run_command("open_file")
        else:
            from tui.screens.listing import open_sample  # it knows this screen

            open_sample(self.app, name)


def _stand(screen: PartnershipsScreen) -> None:
    """Put the cursor on its line; of ten thousand none is painted anew for it."""
    pane = screen.query_one("#list", Lines)
    pane.cursor = screen.rows[screen.at][0] if screen.rows else None
    if screen.rows:
        pane.scroll_to_row(screen.rows[screen.at][0])


def _line(one: Summary, lang: str, width: int) -> Line:
    title = _title(one, lang)
    if width < 70:
        return (Piece(f"   {shorten(title, width - 5)}"),)
    date = format_date(one.changed[:10], lang) if one.changed else ""
    room = width - 48
    name = shorten(title, room)
    pad = " " * (room - cells(name) + 2)
    what = _("trial, to throw away") if one.trial else milestone_words(one.milestone)
    if one.damaged and not one.changed:
        what = _("cannot be read")  # nothing of it is known, so its milestone is not either
    return (Piece(f"   {name}{pad}"), Piece(f"{what:<22}", "muted"), Piece(date, "muted"))


def _title(one: Summary, lang: str) -> str:
    return one.title(lang) or one.id


def milestone_words(milestone: str) -> str:
    """The milestone a partnership is working towards, in words."""
    words = {
        "meeting": _("before the meeting"),
        "adoption": _("being agreed"),
        "adopted": _("adopted"),
        "changed": _("adopted, changed since"),
    }
    return words.get(milestone, milestone)
