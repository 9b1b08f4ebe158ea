"""The outcomes noted for commitments, objectives and dates; they say what came of them and never change the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.partnership.ids import new_id
from tui.partnership.values import ORDER, Change, Entry, Partnership, Value, order_behind

OUTCOMES, ROWS = "follow.outcomes", "rows"
KEPT, PARTLY, CHANGED, DROPPED, DONE = "kept", "partly", "changed", "dropped", "done"
GIVEN = frozenset({"accepted", "confirmed"})  # the states of a contribution that promise it
CLOSING = frozenset({KEPT, DROPPED, DONE})  # the outcomes after which nothing more is due


def outcomes(partnership: Partnership) -> Mapping[str, tuple[Entry, ...]]:
    """Return by entry id the outcomes noted for that entry, oldest first."""
    outcomes_by_id: dict[str, list[Entry]] = {}
    for row in partnership.rows(OUTCOMES, ROWS):
        outcomes_by_id.setdefault(str(row.get("about", "")), []).append(row)
    return {entry_id: tuple(rows) for entry_id, rows in outcomes_by_id.items()}


def last_outcome(partnership: Partnership, entry_id: str) -> Entry | None:
    """Return the last outcome noted for an entry; None if there is none."""
    return next(iter(reversed(outcomes(partnership).get(entry_id, ()))), None)


def is_closed(rows: tuple[Entry, ...], date: str = "") -> bool:
    """Return whether nothing more is due after `rows`, the outcomes of one entry.

    With `date` (ISO) only that date is meant: a report that comes back each year is closed once a year.
    """
    if date:
        return any(row.get("of") == date and row.get("state") in CLOSING for row in rows)
    return bool(rows) and rows[-1].get("state") in CLOSING


def last_closed_date(rows: tuple[Entry, ...]) -> str:
    """Return the latest ISO date that the outcomes of one entry close; "" for none."""
    dates = (str(row.get("of", "")) for row in rows if row.get("state") in CLOSING)
    return max(dates, default="")


def outcome_changes(partnership: Partnership, about: str, fields: Mapping[str, Value]) -> Iterator[Change]:
    """Yield the changes that note an outcome for the entry `about` (id); `fields` are the other cells of its row."""
    row_id = new_id()
    cells = {ORDER: order_behind(partnership, OUTCOMES, ROWS), "about": about, **fields}
    for cell, value in cells.items():
        if value not in (None, ""):
            yield Change(row_id, OUTCOMES, cell, value, ROWS)


def promises(partnership: Partnership) -> tuple[Entry, ...]:
    """Return what was promised: the objectives, then the contributions that were accepted or confirmed."""
    given_rows = (row for row in partnership.rows("open.contributions", "rows") if row.get("state") in GIVEN)
    return (*partnership.rows("gather.objectives", "rows"), *given_rows)
