"""The text editor of all pages: it reports each edit at once, takes only clean text, and can be left by arrows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from textual import events
from textual.content import Content
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location

from tui.terminal.text_area import FastTextArea
from tui.text.clean import clean, one_line, pasted_lines, with_own_list_marks, without_list_mark
from tui.text.pasted_tables import is_table

# A step holds up to a hundred letters, each of half a kilobyte; the undo of the partnership goes further back.
_UNDO_STEPS = 5
_JOINERS = "\u200c\u200d"  # the zero-width non-joiner and joiner


def written_character(event: events.Event) -> str:
    """Return the character that a key writes, "" for any other event. A joiner, which several scripts need, is one."""
    if not isinstance(event, events.Key) or not event.character or event.key.startswith(("alt+", "ctrl+")):
        return ""
    return event.character if event.is_printable or event.character in _JOINERS else ""


class Editor(FastTextArea):
    """A text editor that reports each edit at once. All text that comes in is cleaned.

    `watcher` is called with the whole text within each edit (typing, paste, undo), so that what is drawn from the text
    changes in the same frame; `load` does not call it. With `single_line`, Enter calls `on_enter`, and a paste of
    several lines calls `on_paste_lines` with them or, if that is None, joins them by spaces. `on_paste_table` is
    called with pasted cells of a spreadsheet, and returns whether it took them. `on_leave` is called with "up" or
    "down" when the cursor would leave the first or last row; `on_complete` by → at the end of a line, and returns
    whether it did something; `on_moved` when the cursor was moved to another row by an arrow.
    """

    def __init__(
        self,
        text: str = "",
        *,
        watcher: Callable[[str], None] | None = None,
        single_line: bool = False,
        soft_wrap: bool = True,
        placeholder: str = "",
        highlight_cursor_line: bool = False,
        undo_steps: int = _UNDO_STEPS,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        self.watcher = watcher
        self.single_line = single_line
        self.on_enter: Callable[[], None] | None = None
        self.on_paste_table: Callable[[str], bool] | None = None
        self.on_paste_lines: Callable[[list[str]], None] | None = None
        self.on_leave: Callable[[Literal["up", "down"]], object] | None = None
        self.on_complete: Callable[[], bool] | None = None
        self.on_moved: Callable[[], None] | None = None
        super().__init__(
            clean(text, multiline=not single_line),
            soft_wrap=soft_wrap,
            tab_behavior="focus",
            compact=True,
            highlight_cursor_line=highlight_cursor_line,
            max_checkpoints=undo_steps,
            placeholder=Content(placeholder),  # a plain string would be read as markup
            id=id,
            classes=classes,
        )
        self.cursor_blink = False  # blinking would write to the terminal all the time
        self.match_cursor_bracket = False  # prose has no brackets to match, and the search reads the whole text

    # -- text --------------------------------------------------------------------------------------------------------

    def load(self, text: str, cursor: Location | None = None) -> None:
        """Replace the whole text without calling the watcher, and clear the undo history.

        `cursor` is (line, column), clamped to the text; None puts it at the end.
        """
        with self.prevent(TextArea.Changed, TextArea.SelectionChanged):
            self.history.clear()
            self._set_document(clean(text, multiline=not self.single_line), None)
            line, column = self.document.end if cursor is None else cursor
            self.move_cursor(self.clamp_visitable((min(line, self.document.line_count - 1), column)))

    def show_beginning(self) -> None:
        """Show the first rows of a text that is taller than the pane; the next key shows the cursor again."""
        if self.wrapped_document.height > self.size.height:
            self.scroll_home(animate=False)

    def edit(self, edit: Edit) -> EditResult:
        """Apply `edit` and call the watcher, before anything is painted."""
        result = super().edit(edit)
        self._show_cursor()
        self._call_watcher()
        return result

    def _undo_batch(self, edits: Sequence[Edit]) -> None:
        """Undo one step, then call the watcher."""
        super()._undo_batch(edits)
        self._show_cursor()
        self._call_watcher()

    def _redo_batch(self, edits: Sequence[Edit]) -> None:
        """Redo one step, then call the watcher."""
        super()._redo_batch(edits)
        self._show_cursor()
        self._call_watcher()

    def _show_cursor(self) -> None:
        """Scroll to the cursor: TextArea does it too early, before it knows how many rows the edit added."""
        if self.is_mounted:
            self.scroll_cursor_visible()

    def _call_watcher(self) -> None:
        """Call the watcher with the whole text."""
        if self.watcher is not None:
            self.watcher(self.text)

    # -- input -------------------------------------------------------------------------------------------------------

    def _replace_via_keyboard(self, insert: str, start: Location, end: Location) -> EditResult | None:
        return super()._replace_via_keyboard(clean(insert, multiline=not self.single_line), start, end)

    async def on_key(self, event: events.Key) -> None:
        """Take the keys that TextArea would misread: Alt, Ctrl+Home, Ctrl+End, joiners, Enter in a single line."""
        if event.key.startswith("alt+"):
            event.prevent_default()  # a command: TextArea would insert its letter
            return
        if event.key in ("ctrl+home", "ctrl+end", "ctrl+shift+home", "ctrl+shift+end"):
            event.stop()
            event.prevent_default()
            location = (0, 0) if event.key.endswith("home") else self.document.end
            self.move_cursor(location, select="shift+" in event.key)
            return
        if not event.is_printable and (letter := written_character(event)):
            event.stop()
            event.prevent_default()  # TextArea takes a joiner for a control key
            self._insert(letter)
            return
        if self.single_line and event.key == "enter":
            event.stop()
            event.prevent_default()
            if self.on_enter is not None:
                self.on_enter()

    async def on_paste(self, event: events.Paste) -> None:
        """Insert what the terminal pasted."""
        event.stop()
        event.prevent_default()  # or TextArea would insert it as well
        self._paste(event.text)

    def action_paste(self) -> None:
        """Insert what was last copied or cut inside the app."""
        self._paste(self.app.clipboard)

    def _paste(self, text: str) -> None:
        """Give a pasted table to `on_paste_table`, or insert the text, foreign bullets replaced by our own."""
        if self.read_only:
            return
        if self.on_paste_table is not None and is_table(text) and self.on_paste_table(text):
            return
        self._insert(without_list_mark(text) if self.single_line else with_own_list_marks(text))

    def _insert(self, text: str) -> None:
        """Insert a text over the selection; in a single line, several lines go to `on_paste_lines` or are joined."""
        if self.single_line and "\n" in clean(text).strip("\n"):
            if self.on_paste_lines is not None:
                self.on_paste_lines(pasted_lines(text))
                return
            text = one_line(text)
        result = self._replace_via_keyboard(text, *self.selection)
        if result is not None and self.cursor_location != result.end_location:
            self.move_cursor(result.end_location)
        self.history.checkpoint()

    def action_copy(self) -> None:
        """Copy the selection; without one do nothing (Ctrl+C never quits)."""
        if self.selected_text:
            self.app.copy_to_clipboard(self.selected_text)

    def action_cursor_up(self, select: bool = False) -> None:
        """Move one row up; from the first row leave by `on_leave` if it is set."""
        row = self.wrapped_document.location_to_offset(self.cursor_location).y
        if row == 0 and not select and self.on_leave is not None:
            self.on_leave("up")
        else:
            super().action_cursor_up(select)
            self._call_on_moved()

    def action_cursor_down(self, select: bool = False) -> None:
        """Move one row down; from the last row leave by `on_leave` if it is set."""
        row = self.wrapped_document.location_to_offset(self.cursor_location).y
        if row == self.wrapped_document.height - 1 and not select and self.on_leave is not None:
            self.on_leave("down")
        else:
            super().action_cursor_down(select)
            self._call_on_moved()

    def _call_on_moved(self) -> None:
        """Call `on_moved` if it is set."""
        if self.on_moved is not None:
            self.on_moved()

    def action_cursor_right(self, select: bool = False) -> None:
        """Move one character on; at the end of a line `on_complete` comes first."""
        row, column = self.cursor_location
        is_at_end = column == len(self.document.get_line(row)) and not select
        if is_at_end and self.on_complete is not None and self.on_complete():
            return
        super().action_cursor_right(select)
