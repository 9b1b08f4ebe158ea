"""Dates as a calendar file (iCalendar, RFC 5545): an event each, of a day or of hours, under a lasting id."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event

from tui.fast_dataclass import dataclass
from tui.text.clean import one_line
from tui.text.dates import last_day

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
    for event in events:
        calendar.add_component(_event(event))
    written: bytes = calendar.to_ical()
    return written


def _event(calendar_event: CalendarEvent) -> Event:
    day = last_day(calendar_event.date)
    event = Event()
    event.add("uid", calendar_event.uid)
    event.add("summary", one_line(calendar_event.summary))
    if calendar_event.description:
        event.add("description", one_line(calendar_event.description))
    if calendar_event.place:
        event.add("location", one_line(calendar_event.place))
    if calendar_event.start and calendar_event.end:
        event.add("dtstart", datetime.fromisoformat(calendar_event.start).astimezone(UTC))
        event.add("dtend", datetime.fromisoformat(calendar_event.end).astimezone(UTC))
    else:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    event.add("dtstamp", _moment(calendar_event.changed))
    event.add("sequence", calendar_event.sequence)
    if not calendar_event.start:
        event.add("transp", "TRANSPARENT")  # the day stays free: something is due, nobody is away
    return event


def _moment(iso: str) -> datetime:
    """Return the moment in UTC; the first of 2000 where none is known, so that equal input gives equal bytes."""
    try:
        return datetime.fromisoformat(iso).astimezone(UTC)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)
