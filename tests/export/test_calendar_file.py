"""The calendar file, read back by the library: lasting ids, whole days, and equal bytes for equal dates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from icalendar import Calendar

from tui.export.calendar_file import CalendarEvent, calendar_file

EVENT = CalendarEvent("abc-review@entente", "2027-06", "Révision ; à lire,\nensemble", 3, "2026-11-22T14:02:00-05:00")


def test_event_keeps_its_id_and_lasts_the_day() -> None:
    calendar: Any = Calendar.from_ical(calendar_file([EVENT]))
    (event,) = calendar.events
    assert event["uid"] == "abc-review@entente" and event["sequence"] == 3
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2027, 6, 30), date(2027, 7, 1))
    assert str(event["summary"]) == "Révision ; à lire, ensemble"
    assert event.decoded("dtstamp").isoformat() == "2026-11-22T19:02:00+00:00"


def test_equal_dates_give_equal_bytes() -> None:
    bare = CalendarEvent("a@entente", "2027-06-01", "x")
    assert calendar_file([EVENT, bare]) == calendar_file([EVENT, bare])


def test_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="not a date"):
        calendar_file([CalendarEvent("a@entente", "bientôt", "x")])


def test_lines_are_folded_and_end_as_the_format_asks() -> None:
    data = calendar_file([CalendarEvent("a@entente", "2027-06-01", "é" * 200)])
    assert all(len(line) <= 75 for line in data.split(b"\r\n")) and data.endswith(b"\r\n")


@pytest.mark.parametrize("hours", [("", ""), ("2027-06-01T18:00:00-04:00", "2027-06-01T20:30:00-04:00")])
def test_only_a_meeting_of_known_hours_makes_a_person_busy(hours: tuple[str, str]) -> None:
    start, end = hours
    event = CalendarEvent("a@entente", "2027-06-01", "x", description="Ordre du jour", place="12, rue du Quai",
                          start=start, end=end)  # fmt: skip
    calendar: Any = Calendar.from_ical(calendar_file([event]))
    (found,) = calendar.events
    assert ("transp" in found) is (start == "") and (str(found["description"]), str(found["location"])) == (
        "Ordre du jour", "12, rue du Quai",
    )  # fmt: skip
    if start:
        moments = [found.decoded(name).isoformat() for name in ("dtstart", "dtend")]
        assert moments == ["2027-06-01T22:00:00+00:00", "2027-06-02T00:30:00+00:00"]
    else:
        assert (found.decoded("dtstart"), found.decoded("dtend")) == (date(2027, 6, 1), date(2027, 6, 2))
