"""Sorting a call note, line after line: the line is shown, one letter sends it, the next one comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui.desk import sorting
from tui.desk.desk import Desk
from tui.desk.sorting import Home, Spot
from tui.project.partners import WHO
from tui.screens.foot import WindowFoot
from tui.screens.picker import Choice, Picker
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells
from tui.widgets.lines import Line, Lines, Piece
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp

_BY_QUESTION = frozenset({"open.history", "open.how_many"})  # known by the question's own name
WIDE = 64  # cells from which the places stand in two columns


def home_words(desk: Desk, home: Home) -> str:
    """A place in words: the question, and the field or list of it that would not go without saying."""
    question = desk.guide.question(home.question)
    part = question.part(home.part)
    field = part.field(home.field) if part is not None and home.field else None
    named = field.label if field is not None else part.title if part is not None and part.title.fr else question.short
    words = named.get(desk.lang)
    if home.state:
        return _("Confirmed contributions")
    if home.letter and home.question in _BY_QUESTION:
        return question.short.get(desk.lang)
    return words


def seen_words(desk: Desk, home: Home) -> str:
    """« privé », or « en 7 »: whether what is sent there appears, and in which section of the document."""
    if not sorting.appears(desk, home):
        return _("private")
    question = desk.guide.question(home.question)
    part = question.part(home.part)
    section = desk.guide.section((part.feeds if part is not None else "") or question.feeds)
    return _("in {section}").format(section=section.number) if section is not None else _("appears")


class SortScreen(ModalScreen[None]):
    """The window of one note. With `once` the first letter ends it; else it ends when no line is left, or by Escape."""

    app: EntenteApp

    def __init__(self, desk: Desk, start: Spot, end: Spot, *, once: bool) -> None:
        super().__init__()
        self.desk = desk
        self.start, self.end = start, end
        self.once = once
        self.said = ""
        self.sent = 0

    def compose(self) -> ComposeResult:
        """The line and the places."""
        with Vertical(id="picker"):
            yield Lines(id="picker-list", glyph="")
        yield WindowFoot()

    def on_mount(self) -> None:
        """The keyboard comes here."""
        self.query_one("#picker-list", Lines).focus()
        self.paint()

    def on_resize(self) -> None:
        """Paint for the new width."""
        self.paint()

    @property
    def note(self) -> str:
        """The note as it stands."""
        return sorting.note_of(self.desk, self.desk.place.partner)

    @property
    def words(self) -> str:
        """What the next letter sends."""
        lines = self.note.split("\n")
        (first, left), (last, right) = sorted((self.start, self.end))
        if self.start == self.end:
            return lines[first].strip() if first < len(lines) else ""
        picked = lines[first : last + 1]
        picked[-1] = picked[-1][:right]
        picked[0] = picked[0][left:]
        return " / ".join(filter(None, (one.strip() for one in picked)))

    def paint(self) -> None:
        """Paint the line to sort and where it may go."""
        width = min(self.size.width - 4, 76)
        lines: list[Line] = [(Piece(" " + _("Where does this line belong?"), "heading"),), ()]
        quoted = wrap(self.words, width - 4, "   ", "   ")
        lines += [(Piece(text, "strong"),) for text in [*quoted[:3]]]
        lines.append(())
        choices = [(one.letter, home_words(self.desk, one), seen_words(self.desk, one)) for one in sorting.HOMES]
        choices.append((sorting.OTHER, _("another question…"), ""))
        columns = 2 if width >= WIDE else 1
        rows = -(-len(choices) // columns)
        for at in range(rows):
            pieces: list[Piece] = []
            for letter, words, seen in choices[at::rows]:
                room = width // columns - 7 - cells(seen)
                short = shorten(words, room - 1)
                pieces += [Piece(f"   {letter}  ", "strong accent"), Piece(short + " " * (room - cells(short)))]
                pieces.append(Piece(f"{seen} ", "muted"))
            lines.append(tuple(pieces))
        lines += [(Piece(f"   {self.said}", "accent"),), *self._legend(width)]
        self.query_one(WindowFoot).tell(self._keys())
        self.query_one("#picker-list", Lines).show(lines)

    def _legend(self, width: int) -> list[Line]:
        """What « en 7 » means, and how a contribution comes to appear."""
        confirmed = next(one.letter for one in sorting.HOMES if one.state)
        said = (
            _("“in 7”: it appears in section 7 of the document."),
            _("A contribution begins as wished for, private; {key} sends a confirmed one.").format(key=confirmed),
        )
        return [(Piece(text, "muted"),) for text in wrap(" ".join(said), width - 4, "   ", "   ")]

    def _keys(self) -> list[tuple[str, str]]:
        keys = [] if self.once else [(_("Space"), _("skip")), (_("Backspace"), _("take back"))]
        return [*keys, (_("Esc"), _("leave"))]

    # -- keys ----------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """A letter sends the line; Space leaves it in the note and goes on."""
        event.stop()
        event.prevent_default()
        home = next((one for one in sorting.HOMES if one.letter == event.character), None)
        if event.key == "escape":
            self.dismiss(None)
        elif home is not None:
            self.send(home)
        elif event.character == sorting.OTHER:
            self._elsewhere()
        elif event.key in ("up", "down"):
            pane = self.query_one("#picker-list", Lines)
            pane.scroll_relative(y=1 if event.key == "down" else -1, animate=False)
        elif event.key == "space" and not self.once:
            self._on(self.start[0])
        elif event.key == "backspace" and not self.once and self.sent:
            self._take_back()

    def send(self, home: Home) -> None:
        """Send what is shown, then show the next line."""
        _note, place = sorting.send(self.desk, self.note, self.start, self.end, home)
        self.sent += 1
        left = sorting.unsent(self.desk, self.desk.place.partner)
        self.said = _("Sent to “{question}”. Lines left: {n}.").format(question=home_words(self.desk, home), n=left)
        self.app.edited()
        self._on(place[0] - 1)

    def _take_back(self) -> None:
        if self.desk.undo():
            self.sent -= 1
            self.said = _("Undone.")
            self.app.edited()
            self._on(-1)

    def _on(self, after: int) -> None:
        """To the next line that is to be sorted, or out."""
        place = sorting.next_line(self.note, after)
        lines = self.note.split("\n")
        done = not lines[place[0]].strip() or lines[place[0]].startswith(sorting.SENT)
        self.start = self.end = place
        if self.once or done:
            self.dismiss(None)
        else:
            self.paint()

    def _elsewhere(self) -> None:
        homes = {one.id: one for one in sorting.other_homes(self.desk.guide)}
        choices = [Choice(one.id, _long(self.desk, one)) for one in homes.values()]

        def chosen(name: str | None) -> None:
            if name:
                self.send(homes[name])

        self.app.push_screen(Picker(_("Send the line to…"), choices), chosen)


def _long(desk: Desk, home: Home) -> str:
    question = desk.guide.question(home.question)
    short, words = question.short.get(desk.lang), home_words(desk, home)
    if home.question == WHO or words != short:
        return _("{question}: {name}").format(question=short, name=words)
    return short
