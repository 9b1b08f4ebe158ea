"""Dates as a calendar file (iCalendar, RFC 5545): an event each, of a day or of hours, under a lasting id."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from tui.fast_dataclass import dataclass
from tui.text.clean import one_line
from tui.text.dates import last_day

ENDING = ".ics"
_PRODUCT = "-//Entente//Entente//FR"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One date: `uid` is its lasting id, `date` an ISO date as precise as it is known (a month counts by its last day).

    A calendar takes the event with the same `uid` and a higher `sequence` (from 0) in place of the one it has.
    `changed` is an ISO moment, "" where none is known.
    """

    uid: str
    date: str
    summary: str
    sequence: int = 0
    changed: str = ""
    description: str = ""
    place: str = ""
    start: str = ""  # ISO moments with their offset: what has them takes those hours, what has none the day
    end: str = ""


def calendar_file(events: Iterable[CalendarEvent]) -> bytes:
    """Return the events as one calendar file; equal events give equal bytes. ValueError for a date that is none."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in events:
        calendar.add_component(_event(one))
    written: bytes = calendar.to_ical()
    return written


def _event(one: CalendarEvent) -> Event:
    day = last_day(one.date)
    event = Event()
    event.add("uid", one.uid)
    event.add("summary", one_line(one.summary))
    if one.description:
        event.add("description", one_line(one.description))
    if one.place:
        event.add("location", one_line(one.place))
    if one.start and one.end:
        event.add("dtstart", datetime.fromisoformat(one.start).astimezone(UTC))
        event.add("dtend", datetime.fromisoformat(one.end).astimezone(UTC))
    else:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    event.add("dtstamp", _moment(one.changed))
    event.add("sequence", one.sequence)
    if not one.start:
        event.add("transp", "TRANSPARENT")  # the day stays free: something is due, nobody is away
    return event


def _moment(iso: str) -> datetime:
    """The moment in UTC; the first of 2000 where none is known, so that equal input gives equal bytes."""
    try:
        return datetime.fromisoformat(iso).astimezone(UTC)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)
