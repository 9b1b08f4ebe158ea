"""The commands that note a decision, a task, or a point to settle later, in one line, from any page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.i18n import _
from tui.partnership.values import Entry
from tui.ui.dialog import ask_text
from tui.ui.window_names import Window
from tui.workspace import meeting_edits
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host


def ask_line(
    app: Host, window: Window, title: str, hint: str, note: Callable[[Workspace, str], Entry], message: str
) -> None:
    """Ask for a line, call `note` with it, and say `message`, and whom the line names that may not be named yet."""
    workspace = app.workspace
    if workspace is None:
        return

    def take_text(text: str | None) -> None:
        if text and text.strip():
            words = note(workspace, text).text("text", workspace.lang)
            app.repaint()
            meeting = meeting_edits.todays_meeting(workspace)
            # The room that reads a projected page is told no name.
            warning = "" if app.projecting else meeting_edits.naming_warning(workspace, meeting, words)
            app.page.say_to_room(" ".join(filter(None, (message, warning))))

    ask_text(app, window, title, take_text, hint=hint)


def note_aside(app: Host) -> None:
    """Ask for a point to settle later: « text; who; when »."""
    hint, message = _("who pays the guard; Marie; January 15"), _("Set aside; it stands among the points still open.")
    ask_line(app, "aside", _("The point; who; when"), hint, meeting_edits.note_point, message)


def note_decision(app: Host) -> None:
    """Ask for a decision of the running meeting; if no meeting is running, the decision begins one."""
    ask_line(
        app,
        "decision",
        _("The decision"),
        _("we begin in January"),
        meeting_edits.note_decision,
        _("Decision noted; it stands in the minutes."),
    )


def note_task(app: Host) -> None:
    """Ask for a task: « what; who; when »."""
    hint = _("book the room; Marie; January 15")
    ask_line(app, "task", _("What; who; when"), hint, meeting_edits.note_task, _("Noted; it stands in the minutes."))
