"""The page of the road to the signatures: what they still wait for, and the earliest day on which all can sign."""

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
    """The steps to the signatures; Enter on a step goes to the field that it comes from."""

    about = N_(
        "The earliest day on which all can sign, and what comes before. Where a date is missing, the line says what "
        "to ask, and of whom. Enter goes to where it is written. The page is yours: nothing of it is sent or projected."
    )

    def heading(self) -> str:
        """Return the title of the page."""
        return _("What holds the signatures")

    def rows(self) -> Sequence[PageRow]:
        """Return the earliest day in a sentence, the line of dates, then the steps with a date and those without."""
        road = road_in_workspace(self.workspace, current_moment()[:10])
        rows = [PageRow(road.headline(), "strong" if road.road.earliest else "warn strong")]
        if line := road.line_of_dates():
            rows += [PageRow(), PageRow(line, "muted")]
        groups = ((_("Awaited"), road.road.dated), (_("To ask, or to settle"), road.road.undated))
        for title, steps in groups:
            if steps:
                rows += [PageRow(), PageRow(f"{title} · {len(steps)}", "heading")]
                rows += [PageRow(road.words(step), "", self._opener(step), road.date(step)) for step in steps]
        return rows

    def _opener(self, step: RoadStep) -> Callable[[], None]:
        """Return what Enter does on a step: go to its field."""
        return lambda: self.to_field(step.question, step.partner, step.entry, "")


def show_road(app: Host) -> None:
    """Show what holds the signatures of the open partnership."""
    if app.workspace is not None:
        app.push_screen(RoadScreen(app.workspace))
