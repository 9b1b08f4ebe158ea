"""Read the hour of a meeting: « 18 h 30 », « 18:30 », « 6:30 p.m. », « midi »."""

from __future__ import annotations

import re

from tui.text.name_matching import fold

_HOUR = re.compile(r"(\d{1,2})\s*(?:h|:|\.)?\s*(\d{2})?\s*(am|pm)?", re.ASCII)
_NAMED = {"midi": (12, 0), "noon": (12, 0)}


def read_hour(text: str) -> tuple[int, int] | None:
    """Return the first hour in a text as (hour, minute) of 24 hours; None where it has none."""
    words = re.sub(r"\b([ap])\.?\s?m\.?", r"\1m", text.casefold())
    if fold(words) in _NAMED:
        return _NAMED[fold(words)]
    match = _HOUR.search(words)
    if match is None or not re.search(r"h|:|am|pm", words):
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3] == "pm" else 0)
    return (hour, minute) if hour < 24 and minute < 60 else None
