"""What came of commitments, objectives and dates, as it was noted: never a change of the agreement itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.partnership.ids import new_id
from tui.partnership.values import ORDER, Change, Entry, Partnership, Value, order_behind

OUTCOMES, ROWS = "follow.outcomes", "rows"
KEPT, PARTLY, CHANGED, DROPPED, DONE = "kept", "partly", "changed", "dropped", "done"
GIVEN = frozenset({"accepted", "confirmed"})  # the states of a contribution that promise it
CLOSING = frozenset({KEPT, DROPPED, DONE})  # after which nothing more is awaited


def outcomes(partnership: Partnership) -> Mapping[str, tuple[Entry, ...]]:
    """Return what was noted, by the id of the entry it is about, in the order in which it was noted."""
    found: dict[str, list[Entry]] = {}
    for row in partnership.rows(OUTCOMES, ROWS):
        found.setdefault(str(row.get("about", "")), []).append(row)
    return {name: tuple(rows) for name, rows in found.items()}


def last_outcome(partnership: Partnership, about: str) -> Entry | None:
    """Return what was noted last about an entry; None when nothing was."""
    return next(iter(reversed(outcomes(partnership).get(about, ()))), None)


def is_closed(rows: tuple[Entry, ...], date: str = "") -> bool:
    """Return whether nothing more is awaited after `rows`, the outcomes of one entry.

    With `date`, of that date alone: a report that comes back each year is closed once a year.
    """
    if date:
        return any(row.get("of") == date and row.get("state") in CLOSING for row in rows)
    return bool(rows) and rows[-1].get("state") in CLOSING


def last_closed_date(rows: tuple[Entry, ...]) -> str:
    """Return the latest of the dates (ISO) that the outcomes of one entry close; "" for none."""
    dates = (str(row.get("of", "")) for row in rows if row.get("state") in CLOSING)
    return max(dates, default="")


def outcome_changes(partnership: Partnership, about: str, fields: Mapping[str, Value]) -> Iterator[Change]:
    """Yield the changes that note what came of the entry `about`; `fields` are cells of a row of `follow.outcomes`."""
    name = new_id()
    cells = {ORDER: order_behind(partnership, OUTCOMES, ROWS), "about": about, **fields}
    for cell, value in cells.items():
        if value not in (None, ""):
            yield Change(name, OUTCOMES, cell, value, ROWS)


def promises(partnership: Partnership) -> tuple[Entry, ...]:
    """Return what was promised, in the order of the document: the objectives, then what was accepted or confirmed."""
    given = (row for row in partnership.rows("open.contributions", "rows") if row.get("state") in GIVEN)
    return (*partnership.rows("gather.objectives", "rows"), *given)
