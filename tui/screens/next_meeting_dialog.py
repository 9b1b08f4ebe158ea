"""The dialog that asks, when a meeting ends, for the next one; unfinished items of the agenda move there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.i18n import _, ngettext
from tui.partnership.agendas import unfinished_items
from tui.partnership.field_kinds import BadValue
from tui.partnership.values import Entry
from tui.screens.minutes_screen import open_minutes
from tui.ui.dialog import ask_text
from tui.workspace import agenda_edits
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host


def ask_next_meeting(app: Host, workspace: Workspace, meeting: Entry, done: Callable[[], None]) -> None:
    """Ask when the next meeting is and move the agenda items left, then call `done` and show the minutes of `meeting`.

    Escape moves nothing.
    """

    def take_text(text: str | None) -> bool:
        try:
            if text is not None and text.strip():
                agenda_edits.move_unfinished_items(workspace, meeting, text)
        except BadValue as error:
            app.page.say_to_room(str(error))
            return False
        done()
        open_minutes(app, meeting)
        return True

    unfinished_count = len(unfinished_items(workspace.partnership, meeting.id))
    question = ngettext(
        "Next meeting: date; hour; place ({n} item moves there)",
        "Next meeting: date; hour; place ({n} items move there)",
        unfinished_count,
    )
    title = question.format(n=unfinished_count) if unfinished_count else _("Next meeting: date; hour; place")
    ask_text(app, "agenda.next", title, take_text, row=meeting.id)
