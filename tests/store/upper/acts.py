"""Helpers of the store's tests: a store of an author, a clock that ticks, changes, and the bytes on disk."""

from __future__ import annotations

from pathlib import Path

import psycopg

from tui.partnership.values import Change, Partnership
from tui.store import Author, Store

ORG = "orgorgorgo"
PUBLIC_FILES = ("project.json", "history.json", "versions.json")


class Clock:
    """A clock that moves on only when told to."""

    def __init__(self) -> None:
        self.minutes = 0

    def __call__(self) -> str:
        return f"2026-11-22T{self.minutes // 60:02}:{self.minutes % 60:02}:00-05:00"


def store(root: Path | str, name: str = "Ann", clock: Clock | None = None) -> Store:
    """A store as a person opens it in a program of their own."""
    return Store(root, author=Author(f"id-{name}", name), now=clock or Clock())


def vision(text: object, base: int | None = None) -> Change:
    """The common vision, always public."""
    return Change("gather.vision", "gather.vision", "vision@fr", text, base=base)


def reason(text: object, base: int | None = None) -> Change:
    """Why so many partners: always private."""
    return Change("open.how_many", "open.how_many", "reason@fr", text, base=base)


def offer(text: object, base: int | None = None) -> Change:
    """What one partner may contribute: private until `confirmed`."""
    return Change("offer", "open.contributions", "text@fr", text, "rows", (ORG,), base)


def confirmed(on: bool) -> Change:
    """Say that the contribution is certain, or no longer."""
    return Change("offer", "open.contributions", "state", "confirmed" if on else "wished", "rows", (ORG,))


def text_of(partnership: Partnership, entry: str, cell: str) -> object:
    """The value of a cell; None when there is none."""
    found = partnership.entry(entry)
    return None if found is None else found.get(cell)


def told(root: Path | str) -> str:
    """All that lies in files that may be handed over, and in the list; on a server, what a reader may read."""
    if isinstance(root, str):
        return told_to_readers(root)
    names = (*PUBLIC_FILES, "index.json")
    paths = [
        path
        for path in root.rglob("*.json*")
        if path.name.removesuffix(".twin") in names or path.name.startswith("history.json.closed-")
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def everything(store: Store, partnership_id: str) -> set[object]:
    """Every text the store still holds: current, history and conflicts."""
    partnership = store.load(partnership_id)
    kept = [cell.value for entry in partnership.entries.values() for cell in entry.cells.values()]
    for past in store.history(partnership_id):
        kept += [past.value, past.new]
    for conflict in partnership.conflicts:
        kept += [conflict.mine, conflict.theirs]
    return {value for value in kept if value is not None and not isinstance(value, (dict, list))}


def told_to_readers(address: str) -> str:
    """All rows of every table that a role with the level of a reader gets."""
    tables = ("partnership", "document", "save", "summary", "attachment", "organisation")
    with psycopg.connect(address.replace("//ann@", "//rita@")) as connection:
        rows = [
            connection.execute(f"SELECT t::text FROM entente.{name} t".encode("ascii")).fetchall() for name in tables
        ]
    return "\n".join(row for found in rows for (row,) in found).replace('""', '"')
