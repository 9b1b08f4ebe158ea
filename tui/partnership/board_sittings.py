"""Finds the day on which the body that ratifies a partner's yes can decide, and by when it needs its papers.

A *sitting* is a meeting of that body.
"""

from __future__ import annotations

from datetime import date, timedelta

from tui.partnership.values import Entry
from tui.text.dates import is_date, last_day
from tui.text.sittings import sitting_days

LONGEST_LEAD = 366  # days; a longer time between papers and sitting is taken for a slip of typing


def next_sitting(position: Entry, day: str, ready: str, lang: str, *, anew: bool = False) -> tuple[str, str]:
    """Return (first ISO day from `day` on which the body can decide, ISO day by which its papers are due).

    `position` is the partner's answer on the whole text, `ready` the ISO day on which the text is ready: papers can be
    handed in from that day on. If the body has been asked already, papers take no time, unless it is to be asked
    `anew`. The second day is "" if papers take no time; ("", "") if no sitting is known.
    """
    already_asked = bool(position.get("ratify_asked")) and not anew
    days = position.get("ratify_papers")
    lead = timedelta(days=days if isinstance(days, int) and 0 < days <= LONGEST_LEAD and not already_asked else 0)
    for sitting in _days(position, day, lang):
        papers = (date.fromisoformat(sitting) - lead).isoformat()
        if papers >= ready or already_asked:
            return sitting, papers if lead else ""
    return "", ""


def _days(position: Entry, day: str, lang: str) -> list[str]:
    """Return the days of the body's sittings from `day` on, the planned day included, in order."""
    planned = position.get("ratify_on")
    days_known = set(sitting_days(position.text("ratify_sittings", lang), lang, day))
    if isinstance(planned, str) and is_date(planned) and last_day(planned).isoformat() >= day:
        days_known.add(last_day(planned).isoformat())
    return sorted(days_known)
