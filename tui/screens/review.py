"""The agreement read over before it goes: what is essential, then advice; Enter goes to the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.project.review import ADVICE, ESSENTIAL, Finding, review
from tui.screens.rows import Row, RowsScreen
from tui.words import _

if TYPE_CHECKING:
    from tui.app import EntenteApp


class ReviewScreen(RowsScreen):
    """One finding after the other, each with its reason; nothing of it blocks anything."""

    def heading(self) -> str:
        """The title of the page."""
        return _("Read over before sending")

    def keys(self) -> list[tuple[str, str]]:
        """What can be done here."""
        return [("↑↓", _("line")), (_("Enter"), _("go to the field")), (_("Esc"), _("back"))]

    def rows(self) -> Sequence[Row]:
        """The essential apart from the advice."""
        found = review(self.desk.guide, self.desk.project, self.desk.lang)
        rows = []
        for level, title in ((ESSENTIAL, _("Essential")), (ADVICE, _("Advice"))):
            listed = [one for one in found if one.level == level]
            if listed:
                rows += [Row(f"{title} · {len(listed)}", "heading"), Row()]
            for one in listed:
                rows += [Row(one.words, "", self._opener(one)), Row(one.reason, "muted", indent=3)]
            if listed:
                rows.append(Row())
        if not rows:
            return [Row(_("Nothing to say: this agreement reads well."), "done")]
        return [*rows, Row(_("None of this blocks anything: a draft can always be sent."), "muted")]

    def _opener(self, one: Finding) -> Callable[[], None]:
        return lambda: self.to_field(one.question, one.partner, one.entry, one.field)


def open_review(app: EntenteApp) -> None:
    """Read the agreement over."""
    if app.desk is not None:
        app.push_screen(ReviewScreen(app.desk))
