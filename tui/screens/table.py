"""What is noted at the table in one line, from any screen: a decision, who does what by when, a point set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.commands import PROJECTION
from tui.desk import meetings
from tui.desk.desk import Desk
from tui.screens.asking import Window, ask_text
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp


def projected(app: EntenteApp) -> bool:
    """Whether a room looks at the screen."""
    return any(getattr(screen, "where", "") == PROJECTION for screen in app.screen_stack)


def tell(app: EntenteApp, text: str) -> None:
    """Say in the last line what may be said even before a room: it names no person, no file and nothing private."""
    say = getattr(app.screen, "tell", None)
    if say is not None:
        say(text)
    else:
        app.say(text)


def one_line(
    app: EntenteApp, window: Window, title: str, hint: str, note: Callable[[Desk, str], object], said: str
) -> None:
    """Ask for one line, note it, say so, and paint what changed."""
    desk = app.desk
    if desk is None:
        return

    def typed(text: str | None) -> None:
        if text and text.strip():
            note(desk, text)
            app.repaint()
            tell(app, said)
            app.edited()

    ask_text(app, window, title, typed, hint=hint)


def aside(app: EntenteApp) -> None:
    """Note a point to settle later: text, then who and when with « ; » between."""
    hint, said = _("who pays the guard; Marie; January 15"), _("Set aside; it stands in section 14.")
    one_line(app, "aside", _("The point; who; when"), hint, meetings.set_aside, said)


def decision(app: EntenteApp) -> None:
    """Note a decision of the meeting, which is opened where none is running."""
    one_line(
        app,
        "decision",
        _("The decision"),
        _("we begin in January"),
        meetings.decide,
        _("Decision noted; it stands in the minutes."),
    )


def task(app: EntenteApp) -> None:
    """Note who does what by when, with « ; » between."""
    hint = _("book the room; Marie; January 15")
    one_line(app, "task", _("What; who; when"), hint, meetings.task, _("Noted; it stands in the minutes."))
