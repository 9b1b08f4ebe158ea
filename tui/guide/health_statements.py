"""The statements of the check of health, a form on which partners say how the partnership is doing.

They stand in three lists in `data/health.toml`, which is read on first use and never when the program starts.
"""

from __future__ import annotations

from functools import lru_cache

from tui.fast_dataclass import dataclass
from tui.guide.guide_loading import DATA
from tui.guide.guide_types import Words


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement that a partner agrees or disagrees with."""

    id: str
    list: str  # the id of the list it belongs to
    words: Words
    section: str = ""  # the section of the agreement that may settle what it says, "" for none
    personal: bool = False  # about persons as much as about work: counted only for partners who share their answer
    short: bool = False  # asked also where time is short
    more: bool = False  # asked only where the longer form is wanted


@lru_cache(maxsize=1)
def health_lists() -> tuple[tuple[str, Words], ...]:
    """Return the id and the title of each list, in their order."""
    return tuple((str(record["id"]), Words(str(record["fr"]), str(record["en"]))) for record in _data()["list"])


@lru_cache(maxsize=1)
def statements() -> tuple[Statement, ...]:
    """Return every statement, list by list."""
    return tuple(
        Statement(
            str(record["id"]),
            str(record["list"]),
            Words(str(record["fr"]), str(record["en"])),
            str(record.get("section", "")),
            bool(record.get("personal")),
            bool(record.get("short")),
            bool(record.get("more")),
        )
        for record in _data()["statement"]
    )


@lru_cache(maxsize=1)
def _data() -> dict[str, list[dict[str, object]]]:
    import tomllib  # Imported here, as in guide_loading: most starts do not need it.

    with (DATA / "health.toml").open("rb") as file:
        return tomllib.load(file)
