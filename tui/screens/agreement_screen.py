"""The document on the whole screen: to read line by line, or to project on a wall, with nothing private in it.

Enter opens the *target* of a line, the form field that the line comes from, in an editor at the bottom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal

from tui.agreement.blocks import NOWHERE, Origin
from tui.commands import DOCUMENT, PROJECTION, by_key, hint
from tui.form.form import FormField
from tui.guide.guide_types import Field
from tui.i18n import N_, _
from tui.partnership.values import Entry
from tui.screens.bottom_field import BottomField, guide_field, new_line, shows_hidden_name, target_of
from tui.screens.heading_origin import origin_at
from tui.screens.plan_pane import PLAN_WIDTH, paint_plan, paint_rail, plan_width
from tui.screens.text_question import ask_after_choice
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Line, Lines, Piece
from tui.text.widths import shorten
from tui.text.widths import width as cells
from tui.ui.agreement_painter import AgreementPainter, PaintedAgreement
from tui.ui.dialog import yes_no
from tui.ui.page import MAX_WIDTH, FramedPage
from tui.ui.themes import theme_of_app
from tui.workspace.cell_labels import bare_heading_words
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

SPACED_FROM_ROWS = 30  # on a screen of so many rows or more, projected lines are separated by blank lines
PROJECTED_CELLS = 84  # cells of a projected line: longer ones are hard to read from afar


class DocumentScreen(FramedPage[None]):
    """The agreement to be read line by line, beginning at a section."""

    about = N_("The whole document as the partners will read it. Enter opens the field that a line comes from.")

    where = DOCUMENT
    headed = False

    def __init__(
        self,
        workspace: Workspace,
        section: str = "",
        *,
        row: int = -1,
        opened: bool = False,
        cursor: tuple[int, int] | None = None,
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.section = section  # the id of the section to begin at
        self.painted = PaintedAgreement((), (), {})
        self._agreement_painter = AgreementPainter()
        self._at = row  # the current line, from 0; -1: the first of `section`
        # (whether a field was open when a call note was begun, its cursor): that field is opened again.
        self._opened_before = opened, cursor
        self.bottom = BottomField(workspace, self.paint)

    def body(self) -> ComposeResult:
        """Yield the plan, the document, and the field at the bottom."""
        with Horizontal(id="pages"):
            plan = Lines(id="plan", glyph="", owns_styles=False)
            plan.can_focus = False
            yield plan
            yield Lines(id="sheet")
        yield self.bottom

    def on_mount(self) -> None:
        """Open the field again that was open before a call note was written."""
        self.editor.on_enter = self._take_and_close
        opened, cursor = self._opened_before
        if opened:
            self.call_after_refresh(self.open_here, cursor)

    def _take_and_close(self) -> None:
        """Act on Enter in the field: complete the suggested name, close the field, go back to the lines."""
        self.bottom.take_name()
        self.close_field()

    def position(self) -> tuple[str, int, tuple[int, int] | None]:
        """Return ("document" or "field", the current line, the (row, column) of the cursor in the field).

        Lines, rows and columns count from 0. There is no cursor in the document.
        """
        if self.bottom.target is None:
            return "document", self._at, None
        return "field", self._at, self.editor.cursor_location

    def partner_here(self) -> str:
        """Return the id of the partner that the current line is about, "" for none."""
        return self.painted.origins[self._at].partner if 0 <= self._at < len(self.painted.origins) else ""

    @property
    def editor(self) -> Editor:
        """The editor of the field that is open."""
        return self.bottom.editor

    def paint_body(self, width: int) -> None:
        """Paint the document."""
        self._paint_plan()
        self.painted = self.paint_agreement(self._agreement_painter)
        pane = self.sheet_pane
        pane.show(self.painted.lines)
        if self._at < 0:
            self._at = self.painted.starts.get(self.section, 0)
            pane.scroll_to_row(self._at, top=True)
        self.stand_at(self._at)

    def _plan_width(self) -> int:
        """Return the cells of the plan, or of its rail, at the left; 0 if there is no room for it."""
        return plan_width(self.size.width)

    def _paint_plan(self) -> None:
        """Paint the plan, or its rail, as on the working screen."""
        pane, width = self.query_one("#plan", Lines), self._plan_width()
        pane.display = width > 0
        if not width:
            return
        pane.set_class(width < PLAN_WIDTH, "rail")
        pane.styles.width = width
        height = max(self.size.height - 1, 1)
        if width < PLAN_WIDTH:
            pane.show(paint_rail(self.workspace, width, height))
        else:
            plan = paint_plan(self.workspace, width - 2)
            pane.show(plan.lines)
            pane.scroll_to_row(plan.current)

    def paint_agreement(self, painter: AgreementPainter) -> PaintedAgreement:
        """Return the document painted for this screen's width."""
        return painter.paint(self.workspace.shown_text, min(self.size.width - 1 - self._plan_width(), MAX_WIDTH))

    def show_restored(self) -> None:
        """Show the text as it is now, and the field that is open."""
        self.bottom.show_restored()
        if self.bottom.target is None:
            self.sheet_pane.focus()
        self.paint()

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the last line, with what they do."""
        if self.bottom.target is not None:
            return [(_("Esc"), _("back to the document"))]
        walk = [("↑↓", _("line")), *hint("gap", _("next gap")), (_("Enter"), _("open its field"))]
        return [*walk, *hint("copy", _("copy")), *hint("aside", _("set aside")), (_("Esc"), _("back"))]

    def stand_at(self, row: int) -> None:
        """Make line `row` (from 0) the current one, or the nearest line that exists."""
        self._at = min(max(row, 0), max(len(self.painted.lines) - 1, 0))
        pane = self.sheet_pane
        pane.cursor = self._at
        pane.scroll_to_row(self._at)

    def show_row(self, row: int) -> bool:
        """Make a line of the document the current one. Return True, since this page has such lines."""
        self.stand_at(row)
        return True

    def pressed(self, event: events.Key) -> bool:
        """Act on a key: the open field acts on it first; without a field, the page and its commands do."""
        target = self.bottom.target
        if target is None:
            return super().pressed(event)
        letter = (event.character or "") if event.is_printable else ""
        has_chosen = self.bottom.pressed(event.key, letter)  # whether the key chose an option
        if not has_chosen and self.bottom.search_option(event.key, letter):
            return True
        if event.key in ("tab", "enter"):
            self.bottom.take_name()
        if event.key in ("escape", "tab", "enter") or has_chosen:
            self.close_field()
            if has_chosen:
                ask_after_choice(self.app, self.workspace, target.entry, target.field)
            return True
        return False

    def walk(self, by: int) -> bool:
        """Go `by` lines on. Return True, since the key did something."""
        self.stand_at(self._at + by)
        return True

    def enter(self) -> bool:
        """Open the field that the current line comes from. Return True, since the key did something."""
        self.open_here()
        return True

    def leave(self) -> None:
        """Go back to the page below."""
        self.app.pop_screen()

    def next_gap(self) -> None:
        """Go to the next hole (an answer that the document still lacks), after the last one to the first."""
        rows = [row for row, line in enumerate(self.painted.lines) if any("hole" in piece.style for piece in line)]
        if rows:
            self.stand_at(next((row for row in rows if row > self._at), rows[0]))
        else:
            self.say_to_room(_("Nothing is left to be specified."))

    def run_own_command(self, command_id: str) -> bool:
        """Run "document" (leave) or "gap" (the next one). Return whether the command was one of these."""
        acts = {"document": self.leave, "gap": self.next_gap}
        if command_id in acts:
            acts[command_id]()
        return command_id in acts

    def heading(self) -> str:
        """Return the title of the document."""
        return self.workspace.agreement.title

    def take_field(self) -> tuple[Entry, Field] | None:
        """Close the open field, and return the (entry, field) of it or of the current line.

        None if the line has no public field, or is a new one that is not written yet.
        """
        here = self.bottom.target or self.target_here()
        self.close_field()
        return (here.entry, guide_field(here)) if here is not None and here.entry.id else None

    def add_line(self) -> None:
        """Write a new line of the list that the current line is in, at the bottom."""
        self.open_here(adding=True)

    # -- the field at the bottom ---------------------------------------------------------------------------------------

    def origin_here(self) -> Origin:
        """Return where the current line comes from; a heading leads to a field of its own part."""
        return origin_at(self.workspace.guide, self.painted, self._at)

    def target_here(self, *, adding: bool = False) -> FormField | None:
        """Return the public field of the current line, or None; with `adding` the field of a new line of its list."""
        origin = self.origin_here()
        sections_above = [section_id for section_id, row in self.painted.starts.items() if row <= self._at]
        section = sections_above[-1] if sections_above else ""
        find = new_line if adding else target_of
        return find(self.workspace, origin, section)

    def open_here(self, cursor: tuple[int, int] | None = None, *, adding: bool = False) -> None:
        """Open the field of the current line at the bottom; a line without a public field opens in its question."""
        origin = self.origin_here()
        target = self.target_here(adding=adding)
        if target is not None:
            self.bottom.open(target, cursor)
            self.paint_foot()
        elif not origin.question:
            self.say_to_room(_("This line is made by the program; it has no field of its own."))
        elif adding:
            self.say_to_room(_("Stand on a line of a list first."))
        else:
            self.open_in_questions(origin)

    def open_in_questions(self, origin: Origin) -> None:
        """Open the question that a line comes from."""
        place = self.workspace.place
        slot = f"{origin.entry}/{origin.field}" if origin.entry else ""
        partner = origin.partner or place.partner
        self.app.to_questions(replace(place, question=origin.question, partner=partner, slot=slot, other=""))

    def close_field(self) -> None:
        """Close the open field and go back to the lines.

        If the field was emptied, name the heading that has no text below it any more.
        """
        target = self.bottom.target
        had_text = target is not None and target.typed and bool(target.text.strip())
        was_emptied = had_text and not self.editor.text.strip()
        self.bottom.close()
        self.sheet_pane.focus()
        self.paint()
        message = bare_heading_words(self.workspace, target.entry.id) if target is not None and was_emptied else ""
        if message:
            self.say_to_room(message)


class ProjectionScreen(DocumentScreen):
    """The document projected on a wall. Only public fields can be opened.

    Messages of other screens are not shown, since they may name a file or a person.
    """

    where = PROJECTION

    def _plan_width(self) -> int:
        """Return 0: the plan is not shown to the room."""
        return 0

    def __init__(self, workspace: Workspace, section: str, theme: str) -> None:
        super().__init__(workspace, section)
        self._theme_before = theme  # the name of the theme to come back to

    def compose(self) -> ComposeResult:
        """Yield the line with the partnership's own name, which is always in sight, then the document."""
        yield Lines(id="head", classes="bar", glyph="", owns_styles=False)
        yield from super().compose()

    def paint(self) -> None:
        """Paint the name and the version above, the document below."""
        document, head = self.workspace.agreement, self.query_one("#head", Lines)
        version = document.version
        room = self.size.width - cells(version) - 4
        name = shorten(document.title, max(room, 8))
        gap = " " * max(room - cells(name) + 1, 1)
        has_room_for_version = room > 20
        head.show([(Piece(f" {name}", "title"), Piece(f"{gap}{version}" if has_room_for_version else "", "muted"))])
        super().paint()

    def on_resize(self) -> None:
        """Put the text in the middle of a wide screen."""
        side = max((self.size.width - PROJECTED_CELLS) // 2, 0)
        self.query_one("#sheet").styles.margin = (0, side)

    def paint_agreement(self, painter: AgreementPainter) -> PaintedAgreement:
        """Return the document, with blank lines between its lines where there is room."""
        document = painter.paint(self.workspace.shown_text, min(self.size.width - 1, PROJECTED_CELLS))
        if self.size.height < SPACED_FROM_ROWS:
            return document
        lines: list[Line] = []
        origins: list[Origin] = []
        starts: dict[str, int] = {}
        section_at = {row: section_id for section_id, row in document.starts.items()}
        for row, (line, origin) in enumerate(zip(document.lines, document.origins, strict=True)):
            if row in section_at:
                starts[section_at[row]] = len(lines)
            lines.append(line)
            origins.append(origin)
            if line and not _has_rule_below(document.lines, row):
                lines.append(())
                origins.append(NOWHERE)
        return PaintedAgreement(tuple(lines), tuple(origins), starts)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys in as few words as possible: the room reads the document."""
        if self.bottom.target is not None:
            return [(_("Esc"), _("back"))]
        return [("↑↓", ""), *hint("gap", _("next gap")), (_("Enter"), _("write")), (_("Esc"), _("back"))]

    def run_own_command(self, command_id: str) -> bool:
        """Run "project" (ask whether to stop) or "gap" (the next one). Return whether the command was one of these."""
        if command_id == "project":
            self.call_later(self.leave)  # later: a dialog over this page may still be leaving
            return True
        return command_id == "gap" and super().run_own_command(command_id)

    def say(self, text: str) -> None:
        """Show nothing: messages of other screens are not for the room. This page shows its own by `say_to_room`."""

    def target_here(self, *, adding: bool = False) -> FormField | None:
        """Return the target of the line; None if it would name a partner or person who may not be named yet."""
        target = super().target_here(adding=adding)
        return None if target is not None and shows_hidden_name(self.workspace, target) else target

    def open_in_questions(self, origin: Origin) -> None:
        """Say that the line is written elsewhere: only public text is opened while projecting."""
        self.say_to_room(_("This line is written outside of the projection."))

    def leave(self) -> None:
        """Leave after a confirmation: the page below is not for the room."""

        def take_choice(answer: str | None) -> None:
            if answer == "yes":
                self.app.theme = self._theme_before
                self.app.pop_screen()

        self.app.push_screen(yes_no(_("Stop projecting?")), take_choice)

    def pressed(self, event: events.Key) -> bool:
        """Act on the keys of the document; other function keys, Ctrl and Alt keys do nothing here."""
        is_command_key = event.key.startswith(("f", "ctrl+", "alt+")) and len(event.key) > 1
        if is_command_key and by_key(event.key, PROJECTION, moving=False) is None:
            return True  # else the app would run its command, over the projection
        return super().pressed(event)


def _has_rule_below(lines: Sequence[Line], row: int) -> bool:
    """Return whether a line is a heading with a rule below it."""
    next_line = lines[row + 1] if row + 1 < len(lines) else ()
    return any(piece.style == "rule" for piece in next_line)


def project(app: Host) -> None:
    """Begin to project; the same key asks whether to stop."""
    if app.projecting:
        while not app.page.run_own_command("project"):  # pages over the projection are closed first
            app.pop_screen()
        return
    workspace = app.workspace
    if workspace is None:
        return
    begin_projecting(app, ProjectionScreen(workspace, workspace.question.feeds, app.theme))


def begin_projecting(app: Host, page: ProjectionScreen) -> None:
    """Show `page` to the room in the theme of high contrast; the page keeps the theme to come back to."""
    app.save()
    app.lines_at_end = []  # no path of a file may be printed on the projected terminal when the program ends
    app.push_screen(page)
    app.theme = theme_of_app(app, "entente-contrast")
