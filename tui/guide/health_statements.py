"""The statements of the check of health, in three lists; read when they are asked for, never at a start."""

from __future__ import annotations

from functools import lru_cache

from tui.fast_dataclass import dataclass
from tui.guide.guide_loading import DATA
from tui.guide.guide_types import Words


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its id, the list it belongs to, its words, and the section of the text that may answer it ("").

    `personal` ones are about persons as much as about work: they are counted only for who shares its answer. `short`
    ones are asked where time is short; `more` ones only where they are wanted.
    """

    id: str
    list: str
    words: Words
    section: str = ""
    personal: bool = False
    short: bool = False
    more: bool = False


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
    import tomllib  # only where it reads, as in guide_loading

    with (DATA / "health.toml").open("rb") as file:
        return tomllib.load(file)
