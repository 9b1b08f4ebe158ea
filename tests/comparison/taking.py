"""`changes_accepting` for tests: it also checks that each change has the question, part and partners of its entry."""

from __future__ import annotations

from tui.comparison import difference_changes
from tui.comparison.field_changes import Changes
from tui.comparison.returned_diff import Difference
from tui.guide.guide_types import Guide
from tui.partnership.values import Partnership


def changes_accepting(
    guide: Guide, partnership: Partnership, difference: Difference, source: str = "", view: Partnership | None = None
) -> Changes | None:
    """Return what `difference_changes.changes_accepting` returns, after the check."""
    made = difference_changes.changes_accepting(guide, partnership, difference, source, view)
    homes = {entry.id: (entry.question, entry.part, entry.subject) for entry in partnership.entries.values()}
    for change in made or ():
        home = change.question, change.part, change.subject
        assert homes.setdefault(change.entry, home) == home, change
    return made
