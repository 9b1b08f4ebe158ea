"""What a dead session had typed, read as changes: the last value of each cell, on the revision that it had seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.guide.guide_loading import load_guide
from tui.partnership.partners import WHO
from tui.partnership.value_types import value_types
from tui.partnership.values import Cell, Entry, Partnership
from tui.store.journal_recovery import Orphan, unsaved_changes

VISION = "gather.vision"
TYPES = value_types(load_guide())


def read(cell: Cell | None, *records: tuple[object, int | None]) -> list[tuple[object, int | None]]:
    """(value, base) of the changes that follow from records of (value, base); `cell` is what is there now."""
    entries = {} if cell is None else {VISION: Entry(VISION, VISION, cells={"vision@fr": cell})}
    typed = tuple(
        {"entry": VISION, "question": VISION, "cell": "vision@fr", "value": value, "base": base, "reason": ""}
        for value, base in records
    )
    orphan = Orphan(Path("journal"), "Ann", "", typed, False, -1)
    return [(change.value, change.base) for change in unsaved_changes(orphan, Partnership("p", entries=entries), TYPES)]


@pytest.mark.parametrize(
    ("cell", "records", "base"),
    [
        (None, [("un", 2), ("un deux", 2)], 2),
        (Cell("autre", 4), [("un", 2), ("un deux", 2)], 2),  # somebody else saved since: a conflict
        (Cell("autre", 4), [("un", 2), ("un deux", 4)], 2),
        (Cell("un", 3), [("un", 2), ("un deux", 2)], 3),  # its own save, of which the journal did not hear
        (Cell("un deux", 3), [("un", 2), ("un deux", 2)], 3),
        (Cell("un", 3), [("un", None), ("un deux", None)], None),
    ],
)
def test_the_last_value_stands_on_what_the_session_had_seen(
    cell: Cell | None, records: list[tuple[object, int | None]], base: int | None
) -> None:
    assert read(cell, *records) == [("un deux", base)]


def test_a_value_that_does_not_fit_the_cell_that_is_there_is_left_out() -> None:
    """The entry says which question it answers, whatever the journal says of it."""
    organisation = Entry("o", WHO, cells={"status": Cell("interested", 1)})
    record = {"entry": "o", "question": "extra", "cell": "status", "value": [], "base": 1, "reason": ""}
    orphan = Orphan(Path("journal"), "Ann", "", (record,), False, -1)
    assert unsaved_changes(orphan, Partnership("p", entries={"o": organisation}), TYPES) == []
