"""What a save writes: the tables of each file once the changes are in, and whether private cells have to wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tui.guide.types import Guide
from tui.project.privacy import is_public, stored_tallies
from tui.project.values import Entry, Past, Project
from tui.quick import dataclass
from tui.store.halves import (
    CONFLICTS,
    ENTRIES,
    HISTORY,
    Beaten,
    Half,
    Places,
    Sorting,
    both,
    conflicts_table,
    entries_table,
)
from tui.store.history import moved_in, parted, with_pasts
from tui.store.records import Table, document_of, meta_of, origins, with_meta
from tui.store.sealed_json import Tables


@dataclass(frozen=True, slots=True)
class State:
    """What the files of one partnership hold, read at one moment. `private` is None when there is no such file."""

    project: Project
    public: Half
    private: Half | None = None
    past: Tables | None = None  # the public history; None when it was not read
    beaten: tuple[Beaten, ...] = ()
    twice: bool = False  # a cell lies in both files


@dataclass(frozen=True, slots=True)
class Plan:
    """The tables of each file, in the order they are written: a cell is in its new file before it leaves the old one.

    `private_first` still holds the cells that move to the public file; `private` no longer does.
    """

    project: Project
    private_first: Tables
    past: Tables
    public: Tables
    private: Tables


def plan(sorting: Sorting, state: State, project: Project, news: Iterable[Past], author: str) -> Plan:
    """What to write so that the files hold `project`, `news` being what stood before its last changes."""
    seen, hidden = sorting.places(project)
    project = replace(project, conflicts=tuple(
        replace(one, private=one.private or one.cell not in seen.get(one.entry, ())) for one in project.conflicts
    ))  # fmt: skip
    told, kept = _news(sorting.guide, state.project, project, seen, news)
    past = state.past or {}
    stays, goes = parted(past.get(HISTORY, {}), seen)
    private = state.private or Half()
    secret = moved_in(private.tables.get(HISTORY, {}), [*goes, *_dropped(state.beaten, project)])
    secret = with_pasts(secret, kept, author)
    leaving = {name: cells for name, cells in private.cells.items() if cells.keys() - hidden.get(name, {}).keys()}
    after = _private(state, project, hidden, secret)
    return Plan(
        project=project,
        private_first=_private(state, project, both(leaving, hidden), secret) if leaving else after,
        past=_changed(past, {HISTORY: with_pasts(stays, told, author)}, rev=project.rev),
        public=_public(sorting, state, project, seen),
        private=after,
    )


def _news(
    guide: Guide, before: Project, project: Project, seen: Places, news: Iterable[Past]
) -> tuple[list[Past], list[Past]]:
    """The changes that the public history may tell, and the others: told is only what was public before and after."""
    told: list[Past] = []
    kept: list[Past] = []
    for past in news:
        cell = seen.get(past.entry, {}).get(past.cell)
        entry = before.entry(past.entry) or Entry(past.entry, past.question, past.part, past.subject)
        first = past.value is None and cell is not None and cell.value == past.new
        if cell is not None and (first or is_public(guide, before, entry, past.cell)):
            told.append(past)
        else:
            kept.append(replace(past, private=True))
    return told, kept


def _dropped(beaten: Iterable[Beaten], project: Project) -> list[dict[str, Any]]:
    """Values that gave way to a later one in the other file, as private history."""
    return [
        document_of(
            Past(
                entry=one.entry.id,
                question=one.entry.question,
                cell=one.key,
                value=one.cell.value,
                new=one.winner.value,
                rev=one.winner.rev,
                by="",
                at=project.changed,
                part=one.entry.part,
                subject=one.entry.subject,
                reason="two files",
            )
        )
        for one in beaten
    ]


def _public(sorting: Sorting, state: State, project: Project, seen: Places) -> Tables:
    conflicts = [document_of(one) for one in project.conflicts if not one.private]
    tables = _with(
        state.public.tables,
        {ENTRIES: entries_table(state.public, project, seen), CONFLICTS: conflicts_table(state.public, conflicts)},
    )
    values: dict[str, Any] = {"id": project.id, "rev": project.rev, "changed": project.changed}
    values |= {"created": project.created, "tallies": stored_tallies(sorting.views, project)}
    return with_meta(tables, **values, **origins(meta_of(tables), project.id))


def _private(state: State, project: Project, hidden: Places, history: Table) -> Tables:
    half = state.private or Half()
    conflicts = [document_of(one) for one in project.conflicts if one.private]
    tables = {
        ENTRIES: entries_table(half, project, hidden),
        CONFLICTS: conflicts_table(half, conflicts),
        HISTORY: history,
    }
    # A first private file beside counts that came without their positions must not make them forgotten.
    partial = {"partial": True} if project.tallies and not meta_of(half.tables).get("partial") else {}
    return _changed(half.tables, tables, rev=project.rev, **partial)


def _with(tables: Tables, news: Tables) -> Tables:
    """The tables with `news` in their places; an empty table that was not there stays away."""
    return {**tables, **{name: table for name, table in news.items() if table or name in tables}}


def _changed(tables: Tables, news: Tables, **meta: Any) -> Tables:
    """As `_with`, with `meta` noted as well when that changes anything; else the same tables."""
    made = _with(tables, news)
    return tables if made == tables else with_meta(made, **meta)
