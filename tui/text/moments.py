"""Moments, and the time zone they are written in: the partnership's own, that of the settings, or the system's."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

_person = ""  # the zone of the settings, "" for that of the system
_partnership = ""  # the zone of the open partnership, "" where it keeps none


def use(person: str | None = None, partnership: str | None = None) -> None:
    """Write moments from here on in these zones, by their IANA names; None leaves one as it is, "" takes it away.

    The partnership's own comes first: its dates are the same whoever works on it, wherever.
    """
    global _person, _partnership
    _person = _person if person is None else person
    _partnership = _partnership if partnership is None else partnership


def zone_name() -> str:
    """Return the IANA name of the zone in which moments are written; "" where the system's is used."""
    return next((name for name in (_partnership, _person) if zone_of(name) is not None), "")


def zone_of(name: str) -> tzinfo | None:
    """Return the zone of an IANA name (« America/Toronto »); None for what is none."""
    if not name or len(name) > 64:
        return None
    from zoneinfo import ZoneInfo  # only where a zone was chosen: it costs milliseconds of each start

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # ZoneInfoNotFoundError is a KeyError; a folder of zones is an OSError
        return None


def nearest_zones(name: str) -> list[str]:
    """Return up to three names of zones that are close to `name`, or whose last part is."""
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    by_end = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(available_timezones())}
    wanted = name.strip().replace(" ", "_").casefold()
    near = get_close_matches(wanted.rpartition("/")[2], by_end, 3, 0.6)
    return [by_end[end] for end in near]


def now() -> str:
    """Return the present moment in ISO 8601, to the second, with the offset of the zone it is written in."""
    return datetime.now().astimezone(zone_of(zone_name())).isoformat(timespec="seconds")


def local(moment: datetime) -> datetime:
    """Return a moment in the zone in use; one without an offset as it is. Raises ValueError, OverflowError, OSError."""
    return moment.astimezone(zone_of(zone_name())) if moment.tzinfo else moment


def order_key(moment: object) -> tuple[datetime, str]:
    """Return the key by which ISO moments sort as they followed each other, whatever offset each was written with.

    One without an offset counts as UTC; what is no moment comes before all others, by its text.
    """
    text = str(moment or "")
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC), text
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC), text


def day_of(moment: str, zone: str) -> str:
    """Return the ISO date of an ISO moment in a zone, else as it was written; "" for ""."""
    found = zone_of(zone)
    if found is not None:
        try:
            there = datetime.fromisoformat(moment)
            if there.tzinfo is not None:
                return there.astimezone(found).date().isoformat()
        except (ValueError, OverflowError, OSError):
            pass
    return moment[:10]
