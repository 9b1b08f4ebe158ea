"""The document on the whole screen: read, walked line by line, Enter opens the field a line comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen

from tui.agreement.blocks import NOWHERE, Origin
from tui.commands import DOCUMENT, by_key, hint
from tui.desk import writing
from tui.desk.desk import Desk
from tui.guide.types import Field
from tui.project.answers import cell_name, single_entry
from tui.project.kinds import Reading, in_words
from tui.project.privacy import is_public
from tui.project.values import Cell, Entry
from tui.screens.bars import said_lines
from tui.screens.paper import Paper, Sheet
from tui.screens.slots import TYPED
from tui.screens.struck import struck
from tui.text.widths import width as cells
from tui.widgets.editor import Editor
from tui.widgets.lines import Lines, Piece
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp

WIDEST = 96  # cells: longer lines are hard to read


class DocumentScreen(Screen[None]):
    """The agreement, from the section one came from."""

    app: EntenteApp
    where = DOCUMENT

    def __init__(
        self,
        desk: Desk,
        section: str = "",
        *,
        row: int = -1,
        opened: bool = False,
        cursor: tuple[int, int] | None = None,
    ) -> None:
        super().__init__()
        self.desk = desk
        self.section = section
        self.sheet = Sheet((), (), {})
        self.message = ""
        self._paper = Paper()
        self._at = row
        self._reopen = opened, cursor  # coming back from a call note to a field that was open
        self._target: tuple[Entry, Field] | None = None

    def compose(self) -> ComposeResult:
        """The paper, the field one opens from it, and a last line."""
        yield Lines(id="sheet")
        with Vertical(id="field"):
            yield Lines(id="label", classes="bar", glyph="", inks=False)
            yield Editor(id="line")
        yield Lines(id="foot", classes="bar", inks=False)

    def on_mount(self) -> None:
        """The keyboard goes to the paper."""
        for name in ("#foot", "#label"):
            self.query_one(name).can_focus = False
        self.query_one("#field").display = False
        self.editor.watcher = self._typed
        self.editor.on_enter = self.close_field
        self.query_one("#sheet").focus()
        opened, cursor = self._reopen
        if opened:
            self.call_after_refresh(self._open, cursor)

    def standing(self) -> tuple[str, int, tuple[int, int] | None]:
        """How one stands here: "document" or "field", the row, the cursor in the field."""
        if self._target is None:
            return "document", self._at, None
        return "field", self._at, self.editor.cursor_location

    def partner_here(self) -> str:
        """The partner that the line one stands on is of, "" for none."""
        return self.sheet.origins[self._at].partner if 0 <= self._at < len(self.sheet.origins) else ""

    @property
    def editor(self) -> Editor:
        """The editor of the field that is open."""
        return self.query_one(Editor)

    def on_resize(self) -> None:
        """Paint for the new width."""
        self.paint()

    def paint(self) -> None:
        """Paint the document and the last line."""
        self.sheet = self.painted(self._paper)
        pane = self.query_one("#sheet", Lines)
        pane.show(self.sheet.lines)
        if self._at < 0:
            self._at = self.sheet.starts.get(self.section, 0)
            pane.scroll_to_row(self._at, top=True)
        self._stand(self._at)
        self._foot()

    def painted(self, paper: Paper) -> Sheet:
        """The document painted for this screen's width."""
        return paper.paint(self.desk.agreement, min(self.size.width - 1, WIDEST))

    def _foot(self) -> None:
        pieces = [Piece(" ")]
        used = 1
        for key, words in self.keys():
            used += cells(key) + cells(words) + 4
            if used <= self.size.width:
                pieces += [Piece(f"{key} ", "strong"), Piece(f"{words}   ", "muted")]
        self.query_one("#foot", Lines).show(said_lines(self.message, self.size.width, 3) or [tuple(pieces)])

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the last line, with what they do."""
        if self._target is not None:
            return [(_("Esc"), _("back to the document"))]
        walk = [("↑↓", _("line")), *hint("gap", _("next gap")), (_("Enter"), _("open its field"))]
        return [*walk, *hint("copy", _("copy")), *hint("aside", _("set aside")), (_("Esc"), _("back"))]

    def tell(self, text: str) -> None:
        """Show a message in the last line."""
        self.message = text
        self._foot()

    say = tell  # what other screens have to say

    def _stand(self, row: int) -> None:
        self._at = min(max(row, 0), max(len(self.sheet.lines) - 1, 0))
        pane = self.query_one("#sheet", Lines)
        pane.cursor = self._at
        pane.scroll_to_row(self._at)

    def on_key(self, event: events.Key) -> None:
        """Arrows walk, Enter opens, letters act, Escape goes back."""
        page = max(self.size.height - 3, 1)
        moves = {"up": -1, "down": 1, "pageup": -page, "pagedown": page, "home": -(10**6), "end": 10**6}
        if self._target is not None:
            if event.key in ("escape", "tab"):
                self.close_field()
                event.stop()
                event.prevent_default()
            return
        if self.message:
            self.tell("")
        if event.key in moves:
            self._stand(self._at + moves[event.key])
        elif event.key == "enter":
            self._open()
        elif event.key == "escape":
            self.leave()
        else:
            found = by_key(struck(event), self.where, moving=True)
            if found is None:
                return
            self.app.run_command(found.id)
        event.stop()
        event.prevent_default()

    def leave(self) -> None:
        """Back to where one came from."""
        self.app.pop_screen()

    def next_gap(self) -> None:
        """To the next line that holds a hole."""
        rows = [row for row, line in enumerate(self.sheet.lines) if any("hole" in piece.style for piece in line)]
        if rows:
            self._stand(next((row for row in rows if row > self._at), rows[0]))
        else:
            self.tell(_("Nothing is left to be specified."))

    # -- the field at the bottom ---------------------------------------------------------------------------------------

    def _open(self, cursor: tuple[int, int] | None = None) -> None:
        """Open the field the line comes from, at the bottom; a choice or a list opens in its question."""
        origin = self.sheet.origins[self._at] if self._at < len(self.sheet.origins) else NOWHERE
        if not origin.question:
            self.tell(_("This line is made by the program; it has no field of its own."))
            return
        target = line_field(self.desk, origin)
        if target is None:
            self.elsewhere(origin)
            return
        self._target = target
        entry, field = target
        label = f" {field.label.get(self.desk.lang)}"
        self.query_one("#label", Lines).show([(Piece(label, "accent"),)])
        self.editor.single_line = field.kind != "prose"
        self.editor.load(_text_of(self.desk, entry, field), cursor)
        self.editor.styles.height = 5 if field.kind == "prose" else 2
        self.query_one("#field").display = True
        self.editor.focus()
        self._foot()

    def elsewhere(self, origin: Origin) -> None:
        """Open the question a line comes from."""
        desk, place = self.desk, self.desk.place
        slot = f"{origin.entry}/{origin.field}" if origin.entry else ""
        desk.go(replace(place, question=origin.question, partner=origin.partner or place.partner, slot=slot, other=""))
        self.app.pop_screen()
        self.app.write_here()

    def _typed(self, text: str) -> None:
        """A letter was written: the document changes in this frame, under the reader's eyes."""
        if self._target is not None:
            writing.type_into(self.desk, *self._target, text)
            self.paint()
            self.app.edited()

    def close_field(self) -> None:
        """Back to the lines of the document."""
        self._target = None
        self.desk.edits.end_stretch()
        self.query_one("#field").display = False
        self.query_one("#sheet").focus()
        self.paint()


def line_field(desk: Desk, origin: Origin) -> tuple[Entry, Field] | None:
    """The public typed field a line comes from; None for what is chosen, listed or private."""
    question = desk.guide.by_id.get(origin.question)
    if question is None:
        return None
    if origin.entry and desk.project.entry(origin.entry) is not None:
        entry = desk.project.entries[origin.entry]
    elif question.scope == "project" and question.single is not None and origin.field:
        entry = single_entry(desk.project, question.id, ())
    else:
        return None
    part = question.part(entry.part)
    field = part.field(origin.field) if part is not None else None
    if field is None or field.kind not in TYPED:
        return None
    cell = cell_name(field, desk.lang)
    empty = entry if entry.cells else replace(entry, cells={cell: Cell("", 0)})
    return (entry, field) if is_public(desk.guide, desk.project, empty, cell) else None


def _text_of(desk: Desk, entry: Entry, field: Field) -> str:
    if field.translatable:
        return entry.text(field.id, desk.lang)
    return in_words(Reading(desk.guide, desk.project, desk.lang), field, entry.get(field.id))
