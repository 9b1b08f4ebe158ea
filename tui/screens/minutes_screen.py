"""The minutes of a meeting on a page: to be read, copied or written to a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.agreement.blocks import Agreement
from tui.commands import MEETING, hint
from tui.i18n import _
from tui.partnership.agendas import held_meetings
from tui.partnership.values import Entry
from tui.screens.versions_screen import PaperScreen
from tui.store.store_errors import StoreError
from tui.text.dates import format_date
from tui.ui.dialog import Choice, Picker
from tui.ui.host import answer_to
from tui.workspace.meeting_edits import current, written
from tui.workspace.workspace import current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host


def minutes_name(agreement: Agreement | None) -> str:
    """How the name of the file of some minutes ends: « compte-rendu-2026-11-22 »."""
    return "-".join((_("minutes"), agreement.iso_date if agreement is not None else ""))


class MinutesScreen(PaperScreen):
    """One meeting's minutes."""

    where = MEETING

    def __init__(self, agreement: Agreement, meeting: Entry) -> None:
        super().__init__(agreement, minutes_name(agreement))
        self._meeting = meeting

    def keys(self) -> Sequence[tuple[str, str]]:
        """Copy comes first: it is what one does with minutes."""
        return [*hint("copy", _("copy")), *super().keys()]

    def own_document(self) -> Agreement | None:
        """The minutes themselves."""
        return self.agreement

    def own_document_name(self) -> str:
        """The minutes are named by the day of the meeting."""
        return self.name_end

    def own_command(self) -> tuple[str, ...]:
        """The command that prints the minutes of this meeting."""
        return ("minutes", "--meeting", self._meeting.id)

    def run_own(self, command_id: str) -> bool:
        """The command that opens this page does nothing on it."""
        return command_id == "minutes"


def open_minutes(app: Host, meeting: Entry) -> None:
    """Show the minutes of a meeting; what stands in the way is said."""
    document = minutes_of(app, meeting)
    if document is not None:
        app.push_screen(MinutesScreen(document, meeting))


def minutes_of(app: Host, meeting: Entry) -> Agreement | None:
    """The minutes of a meeting; None where they cannot be written now, which is said."""
    assert app.workspace is not None
    try:
        return written(app.workspace, app.store, meeting)
    except StoreError as error:
        app.say(str(error))
        return None


async def show_minutes(app: Host) -> None:
    """The minutes of the meeting that is running, else of the one chosen."""
    workspace = app.workspace
    if workspace is None:
        return
    here = current(workspace)
    known = held_meetings(workspace.partnership, current_moment()[:10])
    if here is None and len(known) == 1:
        here = known[0]
    if here is not None:
        open_minutes(app, here)
        return
    if not known:
        app.say(_("There was no meeting yet: M opens one."))
        return

    listed = [
        Choice(row.id, format_date(str(row.get("on", "")), workspace.lang), row.text("place", workspace.lang))
        for row in known[::-1]
    ]
    name = await answer_to(Picker(_("Minutes of which meeting?"), listed))
    if name:
        open_minutes(app, workspace.partnership.entries[name])
