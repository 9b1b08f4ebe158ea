"""What holds the signatures: the earliest day, the line of dates, what is awaited and what is to be asked of whom."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.i18n import N_, _
from tui.partnership.road import RoadStep
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.road_words import road_in_workspace
from tui.workspace.workspace import current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host


class RoadScreen(RowsScreen):
    """The way to the signatures; Enter on a line goes to where it is written."""

    about = N_(
        "The earliest day on which all can sign, and what comes before. Where a date is missing, the line says what "
        "to ask, and of whom. Enter goes to where it is written. The page is yours: nothing of it is sent or projected."
    )

    def heading(self) -> str:
        """Return the title of the page."""
        return _("What holds the signatures")

    def rows(self) -> Sequence[PageRow]:
        """Return the sentence that answers, the line of dates, then each step."""
        told = road_in_workspace(self.workspace, current_moment()[:10])
        found = [PageRow(told.headline(), "strong" if told.road.earliest else "warn strong")]
        if line := told.line_of_dates():
            found += [PageRow(), PageRow(line, "muted")]
        groups = ((_("Awaited"), told.road.dated), (_("To ask, or to settle"), told.road.undated))
        for title, steps in groups:
            if steps:
                found += [PageRow(), PageRow(f"{title} · {len(steps)}", "heading")]
                found += [PageRow(told.words(step), "", self._opener(step), told.date(step)) for step in steps]
        return found

    def _opener(self, step: RoadStep) -> Callable[[], None]:
        return lambda: self.to_field(step.question, step.partner, step.entry, "")


def show_road(app: Host) -> None:
    """Show what holds the signatures of the open partnership."""
    if app.workspace is not None:
        app.push_screen(RoadScreen(app.workspace))
