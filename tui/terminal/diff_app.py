"""An app that writes to the terminal only the cells that changed, and the copies that go beside its frames."""

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
_FAILED_CODE = 3  # the exit code after an error of the program (contracts.md, « Commands »)
# Up to this size an update arrives at once anyway: the brackets of a synchronised update would only add to it.
_UNBRACKETED_BYTES = 1024


def beside_frames(app: App[Any]) -> Callable[[bytes], None] | None:
    """Return what writes control sequences (ASCII) between two frames; None where there is no terminal."""
    driver = app._driver
    return (lambda data: driver.write(data.decode("ascii"))) if driver is not None else None


class DiffApp(App[ReturnType]):
    """A Textual app that compares each frame with what the terminal shows, as long as it is `frugal`.

    It forgets what the terminal shows on each resize and when the program comes back to the foreground (Textual sends
    a resize then); `forget` does so on demand. ENTENTE_FRUGAL=0 leaves it all to Textual, as is an inline app. Either
    way no frame is written to a terminal that has not taken the ones before: it catches up by one whole frame.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.codec = "utf-8"  # the name of the codec of what the terminal sends and takes
        self.shown_cells = ScreenCells(self.console._color_system or ScreenCells().color_system)
        self.frugal = os.environ.get("ENTENTE_FRUGAL", "1") != "0"
        self._cursor_shown: Offset | None = None  # where the terminal shows its cursor; None: not known
        self._told_size: Size | None = None  # the size of the last resize that was passed on
        self._pressed = False  # whether a button of the mouse was pressed inside the screen, and not let go
        # Messages stand in the status line: no screen carries the widgets of notifications and tooltips.
        self._disable_notifications = self._disable_tooltips = True
        self.copier: Callable[[str], None] | None = None  # copies a text; None: Textual does it
        self.on_interrupt: Callable[[], None] | None = None  # called by Ctrl+C where nothing is selected
        # Returns the sentence for an error of the program; None: Textual prints its traceback.
        self.in_words: Callable[[BaseException], str] | None = None

    def get_driver_class(self) -> type[Driver]:
        """Return our own driver: Textual's types unknown sequences, and waits for a terminal that stands still."""
        return TerminalDriver

    def bind_command(self, key: str, action: str) -> None:
        """Bind `key` to `action` everywhere, also while somebody writes."""
        self._bindings.bind(key, action, show=False, priority=True)

    @property
    def colours(self) -> ColorSystem | None:
        """The colour system of this terminal; None for a terminal without colours."""
        return self.console._color_system

    def add_filters(self, *filters: LineFilter) -> None:
        """Add `filters` to those that all drawing passes; where no colour is wanted, grey is none either.

        Textual's own greys would cover the ground of the terminal. Called once the theme is known.
        """
        self._filters += filters
        if self.no_color:
            self._filters = [
                NoColor() if isinstance(line_filter, Monochrome) else line_filter for line_filter in self._filters
            ]
        self._refresh_truecolor_filter(self.ansi_theme)

    def pop_screen(self) -> AwaitComplete:
        """Leave the present screen, and keep none of what it showed: Textual remembers the last 1024 panes."""
        left = super().pop_screen()
        StylesCache.get_inner_outer.cache_clear()
        return left

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a selection (Ctrl+C, Ctrl+X) by `copier`: Textual's own sequence is lost in tmux and freezes screen."""
        if self.copier is None:
            super().copy_to_clipboard(text)
            return
        self._clipboard = text
        self.copier(text)

    def action_help_quit(self) -> None:
        """Ctrl+C where nothing is selected never quits: `on_interrupt` says what does."""
        if self.on_interrupt is not None:
            self.on_interrupt()

    def stop_reading(self) -> None:
        """End the thread that reads the keys.

        Where the terminal is gone Textual may never end it, and the program would wait for it for ever.
        """
        if isinstance(self._driver, TerminalDriver):
            self._driver.end_input()

    def fail(self, error: Exception) -> None:
        """End because of an error of the program: exit code 3, and one sentence where `in_words` gives it."""
        self._handle_exception(error)

    def panic(self, *renderables: RenderableType) -> None:
        """End; what Textual would print of an error (its traceback, the values of variables) is left out."""
        if self.in_words is None:
            super().panic(*renderables)
        elif not self._exit_renderables:
            self.fail(RuntimeError())

    def _handle_exception(self, error: Exception) -> None:
        """End, and say so in one sentence: Textual's traceback shows the values of variables, and these are texts."""
        if self.in_words is None:
            super()._handle_exception(error)
            self._return_code = _FAILED_CODE
            return
        self._return_code = _FAILED_CODE
        if self._exception is None:
            self._exception = error
            self._exception_event.set()  # Textual's test pilot waits for this event
        if not self._exit_renderables:
            self._exit_renderables.append(Text(self.in_words(error)))
        self._close_messages_no_wait()

    def on_ready(self) -> None:
        """Freeze the objects of the start, then enable garbage collection: it never looks through them again."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    async def on_event(self, event: events.Event) -> None:
        """Let no mouse event pass that lies outside the screen: Textual would take the keyboard away for it.

        A button that was pressed inside is released at the edge: whoever holds the mouse must hear of it. Nor does a
        size pass that is told again before anything is drawn.
        """
        if isinstance(event, events.Resize):
            if self.frugal and self.shown_cells.blank and event.size == self._told_size:
                # At the start Textual sends the size twice: all would be laid out and painted again.
                return
            self._told_size = event.size
        if isinstance(event, events.MouseEvent) and not event.is_forwarded:
            inside = self.size.contains_point(event.screen_offset)
            pressed, self._pressed = self._pressed, self._pressed_after(event, inside)
            if not inside:
                if not (isinstance(event, events.MouseUp) and pressed):
                    return
                event = self._at_the_edge(event)
        await super().on_event(event)

    def _pressed_after(self, event: events.MouseEvent, inside: bool) -> bool:
        """Return whether a button is held after `event`, having been pressed inside the screen."""
        if isinstance(event, events.MouseDown):
            return inside
        return self._pressed and not isinstance(event, events.MouseUp)

    def _at_the_edge(self, event: events.MouseUp) -> events.MouseUp:
        """Return `event` moved to the nearest cell of the screen."""
        x, y = self.size.clamp_offset(event.screen_offset)
        held = (event.shift, event.meta, event.ctrl)
        return events.MouseUp(None, x, y, event.delta_x, event.delta_y, event.button, *held)

    def forget(self) -> None:
        """Draw the whole screen anew, in case another program wrote on it (Ctrl+L)."""
        self.shown_cells.forget()
        self._cursor_shown = None
        if self.screen_stack:
            self.screen.refresh()

    async def on_resize(self, event: events.Resize) -> None:
        """Draw the whole screen anew; before anything was drawn there is nothing to forget."""
        if not self.shown_cells.blank:
            self.forget()

    def _display(self, screen: Screen[Any], renderable: RenderableType | CompositorUpdate | None) -> None:
        """Write a frame by comparing cells, none while the terminal is behind; Textual does it where not `frugal`."""
        if isinstance(renderable, CompositorUpdate) and self._is_behind():
            return
        if not self.frugal or self.is_inline or not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            super()._display(screen, renderable)  # type: ignore[arg-type]  # Textual's own annotation is too narrow
            return
        if self.is_running and not self._closed and not self.is_headless and self._driver and not self._batch_count:
            self.write_frame(screen, renderable)
        self.post_display_hook()

    def _is_behind(self) -> bool:
        """Return whether the terminal has yet to take earlier frames. Once it has, the whole screen is drawn again."""
        output_thread = self._driver.output_thread if isinstance(self._driver, TerminalDriver) else None
        return output_thread is not None and output_thread.behind(self._caught_up)

    def _caught_up(self) -> None:
        # Called in the thread that writes: the app draws in its own.
        self.call_later(self._whole_frame)

    def _whole_frame(self) -> None:
        """Draw the whole screen, against what the terminal shows."""
        if self.screen_stack:
            self.screen.refresh()

    def write_frame(self, screen: Screen[Any], update: LayoutUpdate | ChopsUpdate) -> None:
        """Write what `update` changes on the terminal, and where its cursor goes; nothing where nothing changed."""
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
