"""Write dates as a calendar file (iCalendar, RFC 5545): each is an event of a whole day or of some hours."""

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
    """One date as an event. A calendar replaces an event by one with the same `uid` and a higher `sequence`."""

    uid: str  # stays the same when the date changes
    date: str  # ISO, as precise as it is known: a month (« 2026-11 ») is put on its last day
    summary: str
    sequence: int = 0
    changed: str = ""  # ISO moment of the last change; "" if it is not known
    description: str = ""
    place: str = ""
    start: str = ""  # ISO moment with its offset, as `end`; without both the event is of the whole day
    end: str = ""


def calendar_file(events: Iterable[CalendarEvent]) -> bytes:
    """Return the events as one calendar file; equal events give equal bytes. Raises ValueError for a wrong date."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for event in events:
        calendar.add_component(_event(event))
    data: bytes = calendar.to_ical()
    return data


def _event(calendar_event: CalendarEvent) -> Event:
    """Return an event as the iCalendar library writes it."""
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
        event.add("transp", "TRANSPARENT")  # a date on which something is due does not make a person busy
    return event


def _moment(iso: str) -> datetime:
    """Return the moment in UTC; 2000-01-01 if none is known, so that equal input gives equal bytes."""
    try:
        return datetime.fromisoformat(iso).astimezone(UTC)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC)
