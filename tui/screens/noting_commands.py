"""A decision, a task or a point noted from any page of a meeting, in one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.ui.dialog import ask_text
from tui.ui.window_names import Window
from tui.workspace import meeting_edits
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host


def one_line(
    app: Host, window: Window, title: str, hint: str, note: Callable[[Workspace, str], object], said: str
) -> None:
    """Ask for one line, note it, say so, and paint what changed."""
    workspace = app.workspace
    if workspace is None:
        return

    def typed(text: str | None) -> None:
        if text and text.strip():
            note(workspace, text)
            app.repaint()
            app.page.say_to_room(said)

    ask_text(app, window, title, typed, hint=hint)


def aside(app: Host) -> None:
    """Note a point to settle later: text, then who and when with « ; » between."""
    hint, said = _("who pays the guard; Marie; January 15"), _("Set aside; it stands among the points still open.")
    one_line(app, "aside", _("The point; who; when"), hint, meeting_edits.note_point, said)


def decision(app: Host) -> None:
    """Note a decision of the meeting, which is opened where none is running."""
    one_line(
        app,
        "decision",
        _("The decision"),
        _("we begin in January"),
        meeting_edits.note_decision,
        _("Decision noted; it stands in the minutes."),
    )


def task(app: Host) -> None:
    """Note who does what by when, with « ; » between."""
    hint = _("book the room; Marie; January 15")
    one_line(app, "task", _("What; who; when"), hint, meeting_edits.note_task, _("Noted; it stands in the minutes."))
