"""Write moments (date and time) in ISO 8601, in the time zone in use.

That is the zone of the open partnership, else the one in the settings, else the system's. It is a value of the whole
program, set by `set_zones`.
"""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo

_settings_zone = ""  # IANA name; "" where the settings choose none
_partnership_zone = ""  # of the open partnership; "" where it has none


def set_zones(person: str | None = None, partnership: str | None = None) -> None:
    """Set the zones by their IANA names, that of the settings (`person`) and of the open partnership.

    None leaves a zone unchanged, "" removes it. The partnership's zone comes first, so that its dates are the same for
    everybody who works on it.
    """
    global _settings_zone, _partnership_zone
    _settings_zone = _settings_zone if person is None else person
    _partnership_zone = _partnership_zone if partnership is None else partnership


def zone_name() -> str:
    """Return the IANA name of the zone in use; "" for the system's."""
    return next((name for name in (_partnership_zone, _settings_zone) if zone_of(name) is not None), "")


def zone_of(name: str) -> tzinfo | None:
    """Return the zone of an IANA name (« America/Toronto »); None where there is no such zone."""
    if not name:
        return None
    from zoneinfo import ZoneInfo  # imported late: most starts need no zone, and it takes milliseconds

    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):  # ZoneInfoNotFoundError is a KeyError; a folder of zones is an OSError
        return None


def nearest_zones(name: str) -> list[str]:
    """Return up to three names of zones whose last part (« Toronto ») is similar to that of `name`."""
    from difflib import get_close_matches
    from zoneinfo import available_timezones

    by_end = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(available_timezones())}
    wanted = name.strip().replace(" ", "_").casefold()
    near = get_close_matches(wanted.rpartition("/")[2], by_end, 3, 0.6)
    return [by_end[end] for end in near]


def now() -> str:
    """Return the present moment in ISO 8601, to the second, in the zone in use: « 2026-11-22T14:02:00-05:00 »."""
    return datetime.now().astimezone(zone_of(zone_name())).isoformat(timespec="seconds")


def to_local(moment: datetime) -> datetime:
    """Return a moment in the zone in use; one without an offset unchanged. ValueError, OverflowError or OSError."""
    return moment.astimezone(zone_of(zone_name())) if moment.tzinfo else moment


def moment_sort_key(moment: object) -> tuple[datetime, str]:
    """Return a key that sorts ISO moments in time, whatever their offsets.

    A moment without an offset counts as UTC; what is no moment sorts first, by its text.
    """
    text = str(moment or "")
    try:
        parsed = datetime.fromisoformat(text)
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC), text
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC), text


def day_of(moment: str, zone: str) -> str:
    """Return the ISO date of an ISO moment in `zone`; without a zone or an offset, the date as written; "" for ""."""
    time_zone = zone_of(zone)
    if time_zone is not None:
        try:
            parsed = datetime.fromisoformat(moment)
            if parsed.tzinfo is not None:
                return parsed.astimezone(time_zone).date().isoformat()
        except (ValueError, OverflowError, OSError):
            pass
    return moment[:10]
