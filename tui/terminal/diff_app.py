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


def beside_frames(app: App[Any]) -> Callable[[bytes], None] | None:
    """Return what writes control sequences (ASCII) between two frames; None where there is no terminal."""
    driver = app._driver
    return (lambda data: driver.write(data.decode("ascii"))) if driver is not None else None


SYNC_START, SYNC_END = "\x1b[?2026h", "\x1b[?2026l"  # a synchronised update (DEC mode 2026)
_FAILED = 3  # the exit code (contracts.md, « Commands »)
_ONE_READ = 1024  # bytes that arrive at once anyway: bracketing them as one synchronised update would only add to them


class DiffApp(App[ReturnType]):
    """A Textual app that compares each frame with what the terminal shows, as long as it is `frugal`.

    It forgets what the terminal shows on each resize and when the program comes back to the foreground (Textual sends
    a resize then); `forget` does so on demand. ENTENTE_FRUGAL=0 leaves it all to Textual, as is an inline app. Either
    way no frame is written to a terminal that has not taken the ones before: it catches up by one whole frame.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.codec = "utf-8"  # of the letters that the terminal sends and takes
        self.front = ScreenCells(self.console._color_system or ScreenCells().color_system)
        self.frugal = os.environ.get("ENTENTE_FRUGAL", "1") != "0"
        self._cursor_shown: Offset | None = None
        self._told_size: Size | None = None  # of the last resize that was passed on
        self._pressed = False  # whether a button of the mouse was pressed inside the screen, and not let go
        # what is said is said in the status line: no screen carries a rack of toasts and a tooltip that never show
        self._disable_notifications = self._disable_tooltips = True
        self.copier: Callable[[str], None] | None = None
        self.on_interrupt: Callable[[], None] | None = None
        self.in_words: Callable[[BaseException], str] | None = None  # what is said of an error of the program's own

    def get_driver_class(self) -> type[Driver]:
        """Return our own driver: Textual's types what it does not know, and waits for a terminal that stands still."""
        return TerminalDriver

    def bind_command(self, key: str, action: str) -> None:
        """Let `key` do `action` wherever one is, even while one writes."""
        self._bindings.bind(key, action, show=False, priority=True)

    @property
    def colours(self) -> ColorSystem | None:
        """What colours this terminal shows; None for none."""
        return self.console._color_system

    def see_through(self, *filters: LineFilter) -> None:
        """Pass all that is drawn through these too; where no colour is wanted, grey is none either.

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
        """Let the thread end that reads the keys, even where a terminal that is gone kept Textual from telling it.

        The program would wait for it for ever.
        """
        if isinstance(self._driver, TerminalDriver):
            self._driver.end_input()

    def fail(self, error: Exception) -> None:
        """End because of an error of our own: code 3, and one sentence where `in_words` says it."""
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
            self._return_code = _FAILED
            return
        self._return_code = _FAILED
        if self._exception is None:
            self._exception = error
            self._exception_event.set()  # a test is told of it
        if not self._exit_renderables:
            self._exit_renderables.append(Text(self.in_words(error)))
        self._close_messages_no_wait()

    def on_ready(self) -> None:
        """Once the first screen stands, look for rubbish again, and never in what was there at the start."""
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    async def on_event(self, event: events.Event) -> None:
        """Let no mouse event pass that lies outside the screen: Textual answers it by taking the keyboard away.

        A button that was pressed inside is let go at the edge: who holds the mouse must hear of it. Nor is a size
        passed on that is told again before anything is drawn.
        """
        if isinstance(event, events.Resize):
            if self.frugal and self.front.blank and event.size == self._told_size:
                return  # a start tells it twice: all would be laid out and painted again
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
        if isinstance(event, events.MouseDown):
            return inside
        return self._pressed and not isinstance(event, events.MouseUp)

    def _at_the_edge(self, event: events.MouseUp) -> events.MouseUp:
        x, y = self.size.clamp_offset(event.screen_offset)
        held = (event.shift, event.meta, event.ctrl)
        return events.MouseUp(None, x, y, event.delta_x, event.delta_y, event.button, *held)

    def forget(self) -> None:
        """Draw the whole screen anew, in case another program wrote on it (Ctrl+L)."""
        self.front.forget()
        self._cursor_shown = None
        if self.screen_stack:
            self.screen.refresh()

    async def on_resize(self, event: events.Resize) -> None:
        if not self.front.blank:  # those of the start come before anything was drawn
            self.forget()

    def _display(self, screen: Screen[Any], renderable: RenderableType | CompositorUpdate | None) -> None:
        if isinstance(renderable, CompositorUpdate) and self._is_behind():
            return
        if not self.frugal or self.is_inline or not isinstance(renderable, LayoutUpdate | ChopsUpdate):
            super()._display(screen, renderable)  # type: ignore[arg-type]  # Textual's own annotation is too narrow
            return
        if self.is_running and not self._closed and not self.is_headless and self._driver and not self._batch_count:
            self.write_frame(screen, renderable)
        self.post_display_hook()

    def _is_behind(self) -> bool:
        """Return whether the terminal has yet to take earlier frames.

        Once it has, the whole screen is looked at again.
        """
        outlet = self._driver.outlet if isinstance(self._driver, TerminalDriver) else None
        return outlet is not None and outlet.behind(self._caught_up)

    def _caught_up(self) -> None:
        self.call_later(self._whole_frame)  # from the thread that writes

    def _whole_frame(self) -> None:
        if self.screen_stack:
            self.screen.refresh()

    def write_frame(self, screen: Screen[Any], update: LayoutUpdate | ChopsUpdate) -> None:
        """Write what `update` changes on the terminal, and where its cursor goes; nothing where nothing changed."""
        if not self.front.knows(update) and isinstance(update, ChopsUpdate):
            update = screen._compositor.render_full_update()
        text = self.front.update(update)
        cursor = screen.outer_size.clamp_offset(self.cursor_position)
        if text or cursor != self._cursor_shown:
            self._cursor_shown = self._previous_cursor_position = cursor
            self._send(f"{text}\x1b[{cursor.y + 1};{cursor.x + 1}H")

    def _send(self, text: str) -> None:
        if self._driver is None:
            return
        if len(text) > _ONE_READ and self._sync_available:
            text = f"{SYNC_START}{text}{SYNC_END}"
        self._driver.write(text)
