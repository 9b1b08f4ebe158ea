"""On which day the body that has to ratify a partner's yes can decide, and by when its papers are due."""

from __future__ import annotations

from datetime import date, timedelta

from tui.partnership.values import Entry
from tui.text.dates import is_date, last_day
from tui.text.sittings import sittings

LONGEST_LEAD = 366  # days; a longer time for papers is a slip of typing


def next_sitting(position: Entry, day: str, ready: str, lang: str, *, anew: bool = False) -> tuple[str, str]:
    """Return the first ISO day, from `day` on, on which a body can decide, and the one by which papers are due.

    `position` is the partner's answer on the whole text, `ready` the ISO day on which the text is ready: the papers
    must be handed in by then or later, unless the body was asked already of this text and not `anew`. ("", "") where
    no such day is known; the second is "" where papers need no time.
    """
    asked = bool(position.get("ratify_asked")) and not anew
    lead = position.get("ratify_papers")
    before = timedelta(days=lead if isinstance(lead, int) and 0 < lead <= LONGEST_LEAD and not asked else 0)
    for sitting in _days(position, day, lang):
        papers = (date.fromisoformat(sitting) - before).isoformat()
        if papers >= ready or asked:
            return sitting, papers if before else ""
    return "", ""


def _days(position: Entry, day: str, lang: str) -> list[str]:
    """Return the planned day and those on which the body sits, from `day` on, in order."""
    planned = position.get("ratify_on")
    known = set(sittings(position.text("ratify_sittings", lang), lang, day))
    if isinstance(planned, str) and is_date(planned) and last_day(planned).isoformat() >= day:
        known.add(last_day(planned).isoformat())
    return sorted(known)
