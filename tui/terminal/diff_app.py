"""The base class of the app: it writes to the terminal only the cells that changed (`DiffApp`)."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from typing import Any

from rich.color import ColorSystem
from rich.console import RenderableType
from rich.text import Text
from textual import events
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual._styles_cache import StylesCache
from textual.app import App, ReturnType
from textual.await_complete import AwaitComplete
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.geometry import Offset, Size
from textual.screen import Screen

from tui.terminal.driver import TerminalDriver
from tui.terminal.screen_cells import ScreenCells

SYNC_START, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"  # a synchronised update (DEC mode 2026)
_FAILURE_CODE = 3  # the exit code after an error of the program (contracts.md, « Commands »)
# An update of at most this size arrives at once, and needs no brackets of a synchronised update.
_UNBRACKETED_BYTES = 1024


def control_writer(app: App[Any]) -> Callable[[bytes], None] | None:
    """Return a function that writes control sequences (ASCII) between two frames; None without a terminal."""
    driver = app._driver
    return (lambda data: driver.write(data.decode("ascii"))) if driver is not None else None


class DiffApp(App[ReturnType]):
    """A Textual app that compares each frame with the cells that the terminal shows, and writes what differs.

    The whole screen is drawn again after each resize, when the program comes back to the foreground (Textual sends a
    resize then), and by `forget`. With ENTENTE_FRUGAL=0 (attribute `frugal`), and inline, Textual writes the frames.
    In any case no frame is written while the terminal has not taken the earlier ones; then one whole frame follows.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.codec = "utf-8"  # name of the codec of the terminal's text, both ways
        self.shown_cells = ScreenCells(self.console._color_system or ScreenCells().color_system)
        self.frugal = os.environ.get("ENTENTE_FRUGAL", "1") != "0"
        self._cursor_shown: Offset | None = None  # place of the terminal's cursor; None if it is not known
        self._reported_size: Size | None = None  # the size of the last resize that was passed on
        self._pressed = False  # whether a mouse button that was pressed inside the screen is still held
        # Messages are shown in the status line: no screen has the widgets of notifications and tooltips.
        self._disable_notifications = self._disable_tooltips = True
        self.copier: Callable[[str], None] | None = None  # copies a text; None: Textual does it
        self.on_interrupt: Callable[[], None] | None = None  # called by Ctrl+C if nothing is selected
        # Returns the sentence for an error of the program; None: Textual prints its traceback.
        self.in_words: Callable[[BaseException], str] | None = None

    def get_driver_class(self) -> type[Driver]:
        """Return our own driver: Textual's types unknown sequences, and blocks while the terminal does not read."""
        return TerminalDriver

    def bind_command(self, key: str, action: str) -> None:
        """Bind `key` to `action` on all screens, also while an editor has the focus."""
        self._bindings.bind(key, action, show=False, priority=True)

    @property
    def colours(self) -> ColorSystem | None:
        """The colour system of this terminal; None for a terminal without colours."""
        return self.console._color_system

    def add_filters(self, *filters: LineFilter) -> None:
        """Add filters to those that change the colours of all drawing; call it once the theme is known.

        If no colour is wanted, Textual's filter to grey is replaced: its grey would cover the background.
        """
        self._filters += filters
        if self.no_color:
            self._filters = [
                NoColor() if isinstance(line_filter, Monochrome) else line_filter for line_filter in self._filters
            ]
        self._refresh_truecolor_filter(self.ansi_theme)

    def pop_screen(self) -> AwaitComplete:
        """Leave the present screen, and clear Textual's cache, which would keep its last 1024 panes in memory."""
        removal = super().pop_screen()
        StylesCache.get_inner_outer.cache_clear()
        return removal

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a selection (Ctrl+C, Ctrl+X) by `copier`: tmux drops Textual's own sequence, GNU screen freezes."""
        if self.copier is None:
            super().copy_to_clipboard(text)
            return
        self._clipboard = text
        self.copier(text)

    def action_help_quit(self) -> None:
        """Call `on_interrupt` at Ctrl+C if nothing is selected; Ctrl+C never quits."""
        if self.on_interrupt is not None:
            self.on_interrupt()

    def stop_reading(self) -> None:
        """End the thread that reads the keys, for which the program would wait for ever if the terminal is gone."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.end_input()

    def fail(self, error: Exception) -> None:
        """End because of an error of the program: exit code 3, and the sentence of `in_words` if that is set."""
        self._handle_exception(error)

    def panic(self, *renderables: RenderableType) -> None:
        """End the app without printing `renderables`, since Textual's traceback shows values of variables."""
        if self.in_words is None:
            super().panic(*renderables)
        elif not self._exit_renderables:
            self.fail(RuntimeError())

    def _handle_exception(self, error: Exception) -> None:
        """End with one sentence: Textual's traceback would show the values of variables, which are people's texts."""
        if self.in_words is None:
            super()._handle_exception(error)
            self._return_code = _FAILURE_CODE
            return
        self._return_code = _FAILURE_CODE
        if self._exception is None:
            self._exception = error
            self._exception_event.set()  # Textual's test pilot waits for this event
        if not self._exit_renderables:
            self._exit_renderables.append(Text(self.in_words(error)))
        self._close_messages_no_wait()

    def on_ready(self) -> None:
        """Enable garbage collection, which was off at the start, and exclude from it all objects made so far."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    async def on_event(self, event: events.Event) -> None:
        """Drop mouse events outside of the screen, for which Textual would remove the focus, and a repeated first size.

        If a button that was pressed inside is let go outside, the event is moved to the edge of the screen.
        """
        if isinstance(event, events.Resize):
            if self.frugal and self.shown_cells.blank and event.size == self._reported_size:
                # At the start Textual sends the size twice.
                return
            self._reported_size = event.size
        if isinstance(event, events.MouseEvent) and not event.is_forwarded:
            inside = self.size.contains_point(event.screen_offset)
            was_pressed, self._pressed = self._pressed, self._pressed_after(event, inside)
            if not inside:
                if not (isinstance(event, events.MouseUp) and was_pressed):
                    return
                event = self._moved_inside(event)
        await super().on_event(event)

    def _pressed_after(self, event: events.MouseEvent, inside: bool) -> bool:
        """Return whether a button is held after `event`, having been pressed inside the screen."""
        if isinstance(event, events.MouseDown):
            return inside
        return self._pressed and not isinstance(event, events.MouseUp)

    def _moved_inside(self, event: events.MouseUp) -> events.MouseUp:
        """Return `event` moved to the nearest cell of the screen."""
        x, y = self.size.clamp_offset(event.screen_offset)
        held = (event.shift, event.meta, event.ctrl)
        return events.MouseUp(None, x, y, event.delta_x, event.delta_y, event.button, *held)

    def forget(self) -> None:
        """Draw the whole screen again, in case another program wrote on it (Ctrl+L)."""
        self.shown_cells.forget()
        self._cursor_shown = None
        if self.screen_stack:
            self.screen.refresh()

    async def on_resize(self, event: events.Resize) -> None:
        """Draw the whole screen again, unless nothing was drawn yet."""
        if not self.shown_cells.blank:
            self.forget()

    def _display(self, screen: Screen[Any], renderable: RenderableType | CompositorUpdate | None) -> None:
        """Write a frame by comparing cells, or by Textual if not `frugal`; no frame while the terminal is behind."""
        if isinstance(renderable, CompositorUpdate) and self._is_behind():
            return
        if not self.frugal or self.is_inline or not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            super()._display(screen, renderable)  # type: ignore[arg-type]  # Textual's own annotation is too narrow
            return
        has_terminal = self._driver is not None and not self.is_headless
        if self.is_running and not self._closed and has_terminal and not self._batch_count:
            self.write_frame(screen, renderable)
        self.post_display_hook()

    def _is_behind(self) -> bool:
        """Return whether the terminal has not taken earlier frames yet; once it has, the whole screen is drawn."""
        output_thread = self._driver.output_thread if isinstance(self._driver, TerminalDriver) else None
        return output_thread is not None and output_thread.behind(self._caught_up)

    def _caught_up(self) -> None:
        """Have the whole screen drawn; called in the writing thread, while drawing belongs to the app's thread."""
        self.call_later(self._whole_frame)

    def _whole_frame(self) -> None:
        """Draw the whole screen; only cells that differ from the terminal's are written."""
        if self.screen_stack:
            self.screen.refresh()

    def write_frame(self, screen: Screen[Any], update: LayoutUpdate | ChopsUpdate) -> None:
        """Write what `update` changes on the terminal, and the place of the cursor; nothing if nothing changed."""
        if not self.shown_cells.knows(update) and isinstance(update, ChopsUpdate):
            update = screen._compositor.render_full_update()
        text = self.shown_cells.update(update)
        cursor = screen.outer_size.clamp_offset(self.cursor_position)
        if text or cursor != self._cursor_shown:
            self._cursor_shown = self._previous_cursor_position = cursor
            self._send(f"{text}\x1b[{cursor.y + 1};{cursor.x + 1}H")

    def _send(self, text: str) -> None:
        """Write `text`, as one synchronised update if it is long and the terminal knows these."""
        if self._driver is None:
            return
        if len(text) > _UNBRACKETED_BYTES and self._sync_available:
            text = f"{SYNC_START}{text}{SYNC_END}"
        self._driver.write(text)
