"""When the app is still: every message handled, every frame painted, so that a test may look at once.

Textual's own tests wait until the whole process has slept through 20 ms, twice for each key: most of the time of a
journey would go by in it, and on a busy machine it does not wait long enough.
"""

from __future__ import annotations

import asyncio

from textual._context import active_app
from textual.app import App
from textual.screen import Screen

_ROUNDS = 1000  # of work that makes more work: the app would never be still
_PATIENCE = 1.0  # seconds for a thread that the app waits for


async def still(*_how: object) -> bool:
    """Return True when the app has nothing left to do now: only timers, the disk or the person can go on."""
    app = active_app.get()
    loop = asyncio.get_running_loop()
    end = loop.time() + _PATIENCE
    for _round in range(_ROUNDS):
        await _settled(loop)
        if _at_work(app) and loop.time() < end:
            await asyncio.sleep(0.001)
        elif app.is_running and app.screen_stack and _unpainted(app.screen):
            app.screen._on_timer_update()  # as its timer does a hundredth of a second later
        else:
            return True
    raise AssertionError("the app is never still")


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
