"""The minutes of a meeting on the screen: to be read, copied, or written in any format."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.agreement.blocks import Agreement
from tui.commands import MEETING, hint
from tui.desk.meetings import current, written
from tui.project.meetings import meetings
from tui.project.values import Entry
from tui.screens.picker import Choice, Picker
from tui.screens.versions import PaperScreen
from tui.store.errors import StoreError
from tui.text.dates import format_date
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp


class MinutesScreen(PaperScreen):
    """One meeting's minutes."""

    where = MEETING

    def __init__(self, agreement: Agreement) -> None:
        super().__init__(agreement, "-".join((_("minutes"), agreement.iso_date)))

    def keys(self) -> list[tuple[str, str]]:
        """Copy comes first: it is what one does with minutes."""
        return [*hint("copy", _("copy")), *super().keys()]


def open_minutes(app: EntenteApp, meeting: Entry) -> None:
    """Show the minutes of a meeting; what stands in the way is said."""
    document = _of(app, meeting)
    if document is not None:
        app.push_screen(MinutesScreen(document))


def _of(app: EntenteApp, meeting: Entry) -> Agreement | None:
    assert app.desk is not None
    try:
        return written(app.desk, app.store, meeting)
    except StoreError as error:
        app.say(str(error))
        return None


def minutes_here(app: EntenteApp) -> Agreement | None:
    """The minutes that the present screen stands for; None where it is about the agreement."""
    screen = app.screen
    if isinstance(screen, MinutesScreen):
        return screen.agreement
    name = getattr(screen, "meeting_id", "")
    entry = app.desk.project.entry(name) if app.desk is not None and name else None
    return _of(app, entry) if entry is not None else None


def show_minutes(app: EntenteApp) -> None:
    """The minutes of the meeting one is at, else of the one chosen."""
    desk = app.desk
    if desk is None or isinstance(app.screen, MinutesScreen):
        return
    here = desk.project.entry(getattr(app.screen, "meeting_id", "")) or current(desk)
    known = meetings(desk.project)
    if here is None and len(known) == 1:
        here = known[0]
    if here is not None:
        open_minutes(app, here)
        return
    if not known:
        app.say(_("There was no meeting yet: M opens one."))
        return

    def chosen(name: str | None) -> None:
        if name:
            open_minutes(app, desk.project.entries[name])

    listed = [
        Choice(row.id, format_date(str(row.get("on", "")), desk.lang), row.text("place", desk.lang))
        for row in known[::-1]
    ]
    app.push_screen(Picker(_("Minutes of which meeting?"), listed), chosen)
