"""The schema number of store files, and the steps that bring an older file up to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tui.store.errors import Newer
from tui.store.sealed_json import Tables

SCHEMA: Final = 1
META: Final = "meta"  # the table whose document "1" carries the schema number

Step = Callable[[Tables], Tables]
STEPS: Final[Mapping[int, Step]] = {}  # STEPS[n] turns tables of schema n into tables of schema n + 1


def schema_of(tables: Tables) -> int:
    """The schema number `tables` name; a file that names none is of the first."""
    found = tables.get(META, {}).get("1", {}).get("schema", 1)
    return found if isinstance(found, int) and not isinstance(found, bool) else 1


def stamped(tables: Tables, schema: int = SCHEMA) -> Tables:
    """`tables` with the schema number in its place; every other table and field is kept as it is."""
    meta = tables.get(META, {})
    return {**tables, META: {**meta, "1": {**meta.get("1", {}), "schema": schema}}}


def is_older(tables: Tables, schema: int = SCHEMA) -> bool:
    """Whether `tables` hold something, written under a schema before `schema`."""
    return bool(tables) and schema_of(tables) < schema


def refuse_newer(tables: Tables, path: Path, schema: int = SCHEMA) -> None:
    """Raise `Newer` when `tables`, read from `path`, are of a schema beyond `schema`."""
    if schema_of(tables) > schema:
        raise Newer(path, schema_of(tables), schema)


def migrated(tables: Tables, path: Path, steps: Mapping[int, Step] = STEPS, schema: int = SCHEMA) -> Tables:
    """`tables` brought up to `schema`, one step after the other; raises `Newer` when they are beyond it."""
    refuse_newer(tables, path, schema)
    found = schema_of(tables)
    while found < schema:
        tables = stamped(steps[found](tables), found + 1)
        found += 1
    return tables
