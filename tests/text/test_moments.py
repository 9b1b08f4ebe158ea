"""Moments sort as they followed each other, whatever zone each was written in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.partnership.told import Told
from tui.partnership.meetings import HELD, MEETINGS, meetings
from tui.partnership.values import Change
from tui.store.list_cache import newest_first
from tui.store.store_errors import Summary
from tui.text.moments import day_of, moment_sort_key, nearest_zones, set_zones, to_local, zone_name

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
SECONDS = st.integers(1_600_000_000, 1_900_000_000)
WRITTEN = st.tuples(SECONDS, OFFSETS).map(
    lambda one: (one[0], datetime.fromtimestamp(one[0], one[1]).isoformat(timespec="seconds"))
)


@given(st.lists(WRITTEN, max_size=12))
def test_moments_sort_by_when_they_were(found: list[tuple[int, str]]) -> None:
    assert [at for at, _text in sorted(found, key=lambda one: moment_sort_key(one[1]))] == sorted(
        at for at, _text in found
    )


@given(st.text(max_size=30), SECONDS)
def test_what_is_no_moment_comes_first_and_stops_nothing(text: str, at: int) -> None:
    moment = datetime.fromtimestamp(at, UTC).isoformat()
    assert moment_sort_key(text) == moment_sort_key(text) and (
        moment_sort_key(text) < moment_sort_key(moment) or text[:4].isdigit()
    )
    assert moment_sort_key(None) < moment_sort_key("2026-11-22") < moment_sort_key("2026-11-22T00:00:01")


@pytest.fixture
def _no_zones() -> Iterator[None]:
    """Take the zones away that a test sets."""
    yield
    set_zones("", "")


@pytest.mark.usefixtures("_no_zones")
def test_the_partnerships_zone_comes_before_the_persons() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    for person, partnership, zone, hour in (
        ("Asia/Tokyo", "America/Toronto", "America/Toronto", 7), ("Asia/Tokyo", "", "Asia/Tokyo", 21),
        ("Asia/Tokyo", "Nowhere/Else", "Asia/Tokyo", 21),
    ):  # fmt: skip
        set_zones(person, partnership)
        assert zone_name() == zone and to_local(noon).hour == hour
        assert to_local(noon.replace(tzinfo=None)) == noon.replace(tzinfo=None), "without an offset it stays"


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-11-22T23:30:00-05:00", "Asia/Tokyo", "2026-11-23"),
        ("2026-11-22T23:30:00-05:00", "", "2026-11-22"),
        ("2026-11-22T23:30:00", "Asia/Tokyo", "2026-11-22"),
        ("2026-11-22T23:30:00-05:00", "z" * 300, "2026-11-22"),
        ("bientôt", "Asia/Tokyo", "bientôt"),
        ("", "Asia/Tokyo", ""),
    ],
)
def test_a_moment_is_of_the_day_that_it_was_there(moment: str, zone: str, day: str) -> None:
    assert day_of(moment, zone) == day


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("new york", "America/New_York"), ("Antarctica/Toronto", "America/Toronto"), ("Zürich", "Europe/Zurich")],
)
def test_a_zone_is_known_by_its_town(typed: str, zone: str) -> None:
    assert nearest_zones(typed)[:1] == [zone]


def test_the_list_puts_the_latest_change_first_whatever_its_zone() -> None:
    written = {
        "third": "2026-11-22T09:00:00-05:00",  # 14:00 UTC
        "first": "2026-11-22T14:30:00+01:00",  # 13:30 UTC
        "second": "2026-11-22T13:45:00+00:00",
    }
    rows = [Summary(name, name, name, at, "meeting", 0, archived=False) for name, at in written.items()]
    assert [one.id for one in newest_first(rows)] == ["third", "second", "first"]
    same = [Summary(name, "", "", "2026-11-22T14:30:00+01:00", "meeting", 0, archived=False) for name in "cab"]
    assert [one.id for one in newest_first(same)] == ["a", "b", "c"], "equal ones never jump"


def test_meetings_follow_each_other_by_moment() -> None:
    told = Told()
    for name, opened in (("m" * 10, "2026-11-22T09:00:00-05:00"), ("n" * 10, "2026-11-22T14:30:00+01:00")):
        told.take(Change(name, HELD, "opened", opened, MEETINGS))
    told_of = [row.get("opened") for row in meetings(told.partnership)]
    assert told_of == ["2026-11-22T14:30:00+01:00", "2026-11-22T09:00:00-05:00"]
