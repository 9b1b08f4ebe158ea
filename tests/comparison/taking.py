"""A difference taken in, each of whose changes is of the question, the part and the partners of its entry."""

from __future__ import annotations

from tui.comparison import difference_changes
from tui.comparison.field_changes import Changes
from tui.comparison.returned_diff import Difference
from tui.guide.guide_types import Guide
from tui.partnership.values import Partnership


def changes_accepting(
    guide: Guide, partnership: Partnership, one: Difference, source: str = "", view: Partnership | None = None
) -> Changes | None:
    """The changes that take a difference in, as `difference_changes.changes_accepting`, looked through."""
    made = difference_changes.changes_accepting(guide, partnership, one, source, view)
    homes = {entry.id: (entry.question, entry.part, entry.subject) for entry in partnership.entries.values()}
    for change in made or ():
        home = change.question, change.part, change.subject
        assert homes.setdefault(change.entry, home) == home, change
    return made
