"""The app ended from outside: what is saved, when it is calm enough to leave."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.desk.signals import Duties

if TYPE_CHECKING:
    from tui.app import EntenteApp

CALM = 0.15  # seconds in which the keys that were read already reach the editor


def duties(app: EntenteApp) -> Duties:
    """What `app` does when the program is ended from outside: by a signal, or by a terminal that went away."""

    def save() -> None:
        app.autosave.save_now()
        app.unfinished.save_now()

    def when_calm(then: Callable[[], None], tries: int = 4) -> None:
        def look() -> None:
            at_risk = app.desk is not None and app.desk.edits.at_risk
            if tries and (at_risk or app.unfinished.pending):
                save()
                when_calm(then, tries - 1)
            else:
                then()

        if app.loop is None:
            return
        try:
            app.loop.call_soon_threadsafe(app.loop.call_later, CALM, look)  # it may sleep: it must be woken
        except RuntimeError:  # it has ended: no key is on its way
            then()

    def put_away() -> None:
        app.autosave.put_away(leaving=True)
        app.unfinished.save_now()

    def leave(code: int) -> None:
        app.exit(return_code=code)

    def redraw() -> None:
        if app.loop is not None:
            with suppress(RuntimeError):
                app.loop.call_soon_threadsafe(app.forget)

    return Duties(save, put_away, when_calm, leave, redraw)
