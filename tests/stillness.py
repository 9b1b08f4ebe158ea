"""When the app is still: every message handled, every frame painted, so that a test may look at once.

Textual's own tests wait until the whole process has slept through 20 ms, twice for each key: most of the time of a
journey would go by in it, and on a busy machine it does not wait long enough.

Nor is what no terminal is there to show composed on the way to a key's end, which took half of the time: every pane
draws its rows once, when the app is still, as the terminal shows keys that come together. What is sent to a terminal,
frame by frame, is tested with apps that show their frames (tests/terminal) and in a real one (tests/pty).
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from functools import cache
from weakref import WeakSet

import textual.app
import textual.pilot
from textual._context import active_app, visible_screen_stack
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.geometry import Region
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from tui.terminal.diff_app import DiffApp

_compose_frame = Screen._compositor_refresh
_parse = Stylesheet._parse_rules
_parsed: dict[Hashable, list[RuleSet]] = {}
_undrawn: WeakSet[Screen[object]] = WeakSet()  # the screens that have changed since their panes were drawn

_DRAWING = {"render", "render_line", "render_lines"}  # what a widget that draws something says itself
_ROUNDS = 1000  # of work that makes more work: the app would never be still
_PATIENCE = 1.0  # seconds for a thread that the app waits for


@cache
def wait_for_the_app() -> None:
    """Let all that drives an app in this process wait until it is still, and draw what is to be seen then."""
    for owner, name, ours in (
        (textual.app, "wait_for_idle", still),
        (textual.pilot, "wait_for_idle", still),
        (Pilot, "_wait_for_screen", still),
        (Screen, "_compositor_refresh", draw_when_still),
        (Stylesheet, "_parse_rules", parse_once),
    ):
        setattr(owner, name, ours)


async def still(*_how: object) -> bool:
    """Return True when the app has nothing left to do now: only timers, the disk or the person can go on.

    Every pane of its screen is drawn then as it is.
    """
    app = active_app.get()
    loop = asyncio.get_running_loop()
    end = loop.time() + _PATIENCE
    for _round in range(_ROUNDS):
        await _settled(loop)
        if _at_work(app) and loop.time() < end:
            await asyncio.sleep(0.001)
        elif not (app.is_running and app.screen_stack):
            return True
        elif _unpainted(app.screen):
            app.screen._on_timer_update()  # as its timer does a hundredth of a second later
        elif app.screen in _undrawn:
            _undrawn.discard(app.screen)
            _draw(app.screen)
        else:
            return True
    raise AssertionError("the app is never still")


def draw_when_still(screen: Screen[object]) -> None:
    """Draw the panes of a screen when the app is still; where its app shows its frames to somebody, at once.

    In place of `Screen._compositor_refresh`.
    """
    app = screen.app
    if screen is app.screen and app.is_headless and type(app)._display is DiffApp._display:
        screen._dirty_widgets.clear()  # the compositor knows what differs
        _undrawn.add(screen)
    else:
        _compose_frame(screen)


def parse_once(
    sheet: Stylesheet,
    css: str,
    read_from: CSSLocation,
    is_default_rules: bool = False,
    tie_breaker: int = 0,
    scope: str = "",
) -> list[RuleSet]:
    """Return the rules of a text; of the same text with the same colours, those of the app of an earlier test.

    In place of `Stylesheet._parse_rules`: each app of a test would read the same style sheets again.
    """
    key = (css, read_from, is_default_rules, tie_breaker, scope, frozenset(sheet._variables.items()))
    if key not in _parsed:
        _parsed[key] = _parse(sheet, css, read_from, is_default_rules, tie_breaker, scope)
    return _parsed[key]


def _draw(screen: Screen[object]) -> None:
    """Let each pane in what has changed draw its rows; only that they are put together to a frame is left out.

    Scrollbars and grounds are left out, too: Textual draws them alone, and they are a third of the rows.
    """
    compositor = screen._compositor
    changed = Region.from_union([*compositor._dirty_regions]) if compositor._dirty_regions else Region()
    compositor._dirty_regions.clear()
    visible_screen_stack.set(screen.app._background_screens)
    seen = changed.intersection(screen.size.region)
    for widget, (region, clip) in compositor.visible_widgets.items() if seen else ():
        if seen.overlaps(clip) and (rows := region.intersection(clip)) and _draws_itself(type(widget)):
            widget.render_lines(rows.translate(-region.offset))
    screen.app._update_mouse_over(screen)


@cache
def _draws_itself(kind: type[Widget]) -> bool:
    """Whether code of ours draws the widgets of this kind."""
    return any(base.__module__.startswith("tui.") and _DRAWING & vars(base).keys() for base in kind.__mro__)


async def _settled(loop: asyncio.AbstractEventLoop) -> None:
    """Give way until nothing else of the loop can run, twice over: a look at the selector may bring more."""
    idle = 0
    while idle < 2:
        await asyncio.sleep(0)
        idle = 0 if loop._ready else idle + 1  # type: ignore[attr-defined]


def _unpainted(screen: Screen[object]) -> bool:
    return bool(screen._layout_required or screen._repaint_required or screen._dirty_widgets or screen._callbacks)


def _at_work(app: App[object]) -> bool:
    """Whether a thread is about to tell something."""
    return any(worker.is_running and worker._thread_worker for worker in app.workers)
