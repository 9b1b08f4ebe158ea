"""The split of a partnership into a public and a private file, and what a save writes to each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Any

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.partnership.privacy import PrivacyConditions, PublicView, is_public, stored_tallies
from tui.partnership.value_types import ValueTypes
from tui.partnership.values import NOTHING, Cell, Conflict, Entry, HistoryEntry, Partnership
from tui.store.closed_history import HISTORY
from tui.store.history import moved_in, parted, with_pasts
from tui.store.records import (
    Cells,
    Table,
    cells_of,
    cleaned,
    document_of,
    dressed,
    entry_of,
    free_numbers,
    id_of,
    is_number,
    meta_of,
    moment_of,
    origins,
    record_of,
    revision_of,
    stripped,
    with_meta,
)
from tui.store.sealed_bytes import Document, Tables
from tui.store.settled_conflicts import as_line, near_and_far

ENTRIES, CONFLICTS = "entries", "conflicts"
_HEAD = ("id", "question", "part", "subject")
_META = frozenset({"schema", "id", "rev", "created", "changed", "tallies", "partial", "copied_from"})

Places = dict[str, Cells]  # entry id → its cells in one half


@dataclass(frozen=True, slots=True)
class Half:
    """One file's tables as read, with the entries found in them and their cells, each of the type of its field.

    `misfits` counts the values, and the documents of entries and conflicts, that are of another type: they stay in
    the file, and are in none of the rest.
    """

    types: ValueTypes
    tables: Tables = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    cells: Places = field(default_factory=dict)
    doubled: set[str] = field(default_factory=set)  # entries that several documents stand for
    numbers: dict[str, str] = field(default_factory=dict)  # document → the entry that was read from it
    misfits: int = 0

    @property
    def rev(self) -> int:
        """The highest revision known to this file."""
        known = (cell.rev for cells in self.cells.values() for cell in cells.values())
        return max(revision_of(self.tables), max(known, default=0))


def read_half(tables: Tables, types: ValueTypes, earlier: Half | None = None, beside: Half | None = None) -> Half:
    """Return the entries of one file; of two documents of one entry the later cells count, and nothing fails.

    `earlier` is what the file held before: documents that are still the same objects are not read again. `beside` is
    the other file, whose word counts for what question an entry answers.
    """
    found = Half(types, tables)
    entries: dict[str, Entry] = {}
    others = beside.entries if beside is not None else NOTHING
    if earlier is not None and (earlier.misfits or earlier.types is not types):
        earlier = None  # what does not fit is counted anew
    before = earlier.tables.get(ENTRIES, {}) if earlier else {}
    misfits = 0
    for number, document in tables.get(ENTRIES, {}).items():
        if earlier and before.get(number) is document:
            entry = earlier.entries.get(id_of(document))
            if entry is not None and entry.id not in earlier.doubled and entry.id not in found.cells:
                found.cells[entry.id], entries[entry.id] = earlier.cells[entry.id], entry
                found.numbers[number] = entry.id
                continue
        misfits += _take_in(number, document, found, entries, others)
    misfits += sum(record_of(Conflict, record) is None for record in tables.get(CONFLICTS, {}).values())
    return replace(found, entries=entries, misfits=misfits)


def _take_in(
    number: str, document: Document, found: Half, entries: dict[str, Entry], others: Mapping[str, Entry]
) -> int:
    """Read one document of an entry; how much of it is of another type than it should be."""
    cells, misfits = cells_of(document, found.types)
    entry = entry_of(document, cells)
    if entry is None or not _answers_as(entry, entries.get(entry.id)) or not _answers_as(entry, others.get(entry.id)):
        return 1
    found.numbers[number] = entry.id
    known = found.cells.get(entry.id)
    if known is not None:
        found.doubled.add(entry.id)
        entry = replace(entries[entry.id], unknown={**entry.unknown, **entries[entry.id].unknown})
        cells = {**known, **{key: cell for key, cell in cells.items() if _newer(cell, known.get(key))}}
    found.cells[entry.id] = cells
    entries[entry.id] = replace(entry, cells=cells)
    return misfits


def _answers_as(entry: Entry, other: Entry | None) -> bool:
    """Return whether two documents of one id are of one entry: only then are their cells of the same types."""
    return other is None or (entry.question, entry.part) == (other.question, other.part)


def _newer(cell: Cell, other: Cell | None) -> bool:
    return other is None or cell.rev > other.rev


@dataclass(frozen=True, slots=True)
class OverriddenCell:
    """A cell that both files hold with different values: `cell` gives way to `winner`, and goes to the history."""

    entry: Entry
    key: str
    cell: Cell
    winner: Cell


@dataclass(frozen=True, slots=True)
class Joined:
    """The whole partnership; `move_interrupted` says that a cell lies in both files, since a save was cut short."""

    partnership: Partnership
    overridden: tuple[OverriddenCell, ...] = ()
    move_interrupted: bool = False


def join(partnership_id: str, public: Half, private: Half | None) -> Joined:
    """Return both halves as one partnership.

    In a cell that both hold the public one stands, unless the private one is later.
    """
    entries, overridden, move_interrupted = dict(public.entries), list[OverriddenCell](), False
    for name, entry in (private.entries if private else NOTHING).items():
        other = entries.get(name)
        if other is None:
            entries[name] = entry
            continue
        if not _answers_as(entry, other):
            continue
        cells = dict(other.cells)
        for key, cell in entry.cells.items():
            standing = cells.get(key)
            if standing is None:
                cells[key] = cell
                continue
            move_interrupted = True
            winner, loser = (cell, standing) if cell.rev > standing.rev else (standing, cell)
            cells[key] = winner
            if loser.value != winner.value:
                overridden.append(OverriddenCell(entry, key, loser, winner))
        entries[name] = replace(other, cells=cells, unknown={**entry.unknown, **other.unknown})
    meta = meta_of(public.tables)
    whole = private is None or bool(meta_of(private.tables).get("partial"))
    partnership = Partnership(
        id=partnership_id,
        rev=max(public.rev, private.rev if private else 0),
        entries=entries,
        changed=moment_of(meta, "changed"),
        created=moment_of(meta, "created"),
        conflicts=_conflicts(public, private, entries),
        tallies=_tallies(meta) if whole else NOTHING,
        unknown={key: value for key, value in meta.items() if key not in _META},
    )
    return Joined(partnership, tuple(overridden), move_interrupted)


def _tallies(meta: Document) -> Mapping[str, Mapping[str, int]]:
    stored = meta.get("tallies")
    return {
        question: {level: n for level, n in counts.items() if is_number(n)}
        for question, counts in (stored.items() if isinstance(stored, dict) else ())
        if isinstance(counts, dict)
    }


def _conflicts(public: Half, private: Half | None, entries: Mapping[str, Entry]) -> tuple[Conflict, ...]:
    found: dict[str, Conflict] = {}
    for half, secret in ((private, True), (public, False)):
        for document in half.tables.get(CONFLICTS, {}).values() if half else ():
            conflict = record_of(Conflict, cleaned(document), private=secret)
            # In both: a move to the private file was cut short; once private, it stays private.
            if conflict is not None and (
                conflict.id not in found or (conflict.settled and not found[conflict.id].settled)
            ):
                found[conflict.id] = replace(conflict, private=secret or conflict.id in found)
    fitting = (
        conflict for conflict in found.values() if _both_fit(public.types, entries.get(conflict.entry), conflict)
    )
    return tuple(sorted(fitting, key=lambda item: (item.rev, item.id)))


def _both_fit(types: ValueTypes, entry: Entry | None, conflict: Conflict) -> bool:
    """Return whether either text of a conflict may stand in its cell."""
    question, part = (conflict.question, conflict.part) if entry is None else (entry.question, entry.part)
    return all(types.fits(question, part, conflict.cell, item) for item in (conflict.mine, conflict.theirs))


class PrivacySplit:
    """Which cells lie in which file, in a partnership that changes; entries that did not change are not asked again."""

    def __init__(self, guide: Guide) -> None:
        """`guide` says what is private."""
        self.guide = guide
        self.views = PublicView(guide)
        self._owners = PrivacyConditions(guide)
        self._kept: dict[str, tuple[Entry, Cells, Cells]] = {}

    def places(self, partnership: Partnership) -> tuple[Places, Places]:
        """For each entry the cells that belong in the public file, and those that belong in the private one."""
        public: Places = {}
        private: Places = {}
        same = self._owners.same(partnership)
        for entry in partnership.entries.values():
            kept = self._kept.get(entry.id)
            if kept is None or kept[0] is not entry or not same:
                kept = self._kept[entry.id] = self._parted(partnership, entry)
            _entry, seen, hidden = kept
            if seen:
                public[entry.id] = seen
            if hidden:
                private[entry.id] = hidden
        return public, private

    def _parted(self, partnership: Partnership, entry: Entry) -> tuple[Entry, Cells, Cells]:
        seen, hidden = Cells(), Cells()
        for key, cell in entry.cells.items():
            (seen if is_public(self.guide, partnership, entry, key) else hidden)[key] = cell
        return entry, seen, hidden


def both(places: Places, other: Places) -> Places:
    """Return the cells of both; where both have one, that of `other`."""
    made = dict(places)
    for name, cells in other.items():
        made[name] = {**made.get(name, {}), **cells}
    return made


def entries_table(half: Half, partnership: Partnership, wanted: Places) -> Table:
    """Return the table of a file's entries once it holds exactly the cells in `wanted`.

    Untouched documents stay the same.
    """
    table: Table = {}
    written: set[str] = set()
    for number, document in half.tables.get(ENTRIES, {}).items():
        name = half.numbers.get(number, "")
        if not name:
            table[number] = document  # no entry that we can read: it is kept as it is
        elif name in wanted and name not in written:
            written.add(name)
            same = name not in half.doubled and half.cells[name] == wanted[name]
            table[number] = document if same else dressed(document, partnership.entries[name], wanted[name], half.types)
        elif left := stripped(document, half.types):
            table[number] = {**left, **{key: document[key] for key in _HEAD if key in document}}
    numbers = free_numbers({**half.tables.get(ENTRIES, {}), **table})
    for name in wanted:
        if name not in written:
            table[next(numbers)] = dressed({}, partnership.entries[name], wanted[name], half.types)
    return table


def conflicts_table(half: Half, known: Iterable[Conflict], wanted: Iterable[Document]) -> Table:
    """Return the table of a file's conflicts once it holds exactly those in `wanted`; unknown fields stay.

    Those whose id is not among the `known` ones were never read: they stay as they are.
    """
    by_id = {document["id"]: document for document in wanted}
    read = {conflict.id for conflict in known}
    table: Table = {}
    for number, document in half.tables.get(CONFLICTS, {}).items():
        if id_of(document) not in read or record_of(Conflict, document) is None:
            table[number] = document
        elif (new := by_id.pop(id_of(document), None)) is not None:
            table[number] = {**document, **new}
    numbers = free_numbers(half.tables.get(CONFLICTS, {}))
    for document in by_id.values():
        table[next(numbers)] = document
    return table


@dataclass(frozen=True, slots=True)
class State:
    """What the files of one partnership hold, read at one moment. `private` is None when there is no such file."""

    partnership: Partnership
    public: Half
    private: Half | None = None
    past: Tables | None = None  # the public history; None when it was not read
    overridden: tuple[OverriddenCell, ...] = ()
    move_interrupted: bool = False  # a cell lies in both files


@dataclass(frozen=True, slots=True)
class Plan:
    """The tables of each file, in the order they are written: a cell is in its new file before it leaves the old one.

    `private_first` still holds the cells that move to the public file; `private` no longer does. `seen` are the cells
    of the public file.
    """

    partnership: Partnership
    private_first: Tables
    past: Tables
    public: Tables
    private: Tables
    seen: Places


def plan(
    split: PrivacySplit,
    state: State,
    partnership: Partnership,
    news: Iterable[HistoryEntry],
    author: str,
    *,
    typing: bool = False,
) -> Plan:
    """Return what to write so that the files hold `partnership`.

    `news` are the values before its last changes; `typing` says whether they may prolong a stretch of typing.
    """
    seen, hidden = split.places(partnership)
    conflicts = tuple(
        replace(conflict, private=conflict.private or conflict.cell not in seen.get(conflict.entry, ()))
        for conflict in partnership.conflicts
    )
    near, far = near_and_far(conflicts)
    partnership = replace(partnership, conflicts=near)
    told, kept = _news(split.guide, state.partnership, partnership, seen, news)
    past = state.past or {}
    stays, goes = parted(past.get(HISTORY, {}), seen)
    private = state.private or Half(state.public.types)
    lines = list(map(as_line, far))
    hidden_lines = [document_of(line) for line in lines if line.private]
    secret = moved_in(private.tables.get(HISTORY, {}), [*goes, *_dropped(state.overridden, partnership), *hidden_lines])
    stays = moved_in(stays, [document_of(line) for line in lines if not line.private])
    secret = with_pasts(secret, kept, author, typing=typing)
    leaving = {name: cells for name, cells in private.cells.items() if cells.keys() - hidden.get(name, {}).keys()}
    after = _private(state, partnership, hidden, secret)
    return Plan(
        partnership=partnership,
        private_first=_private(state, partnership, both(leaving, hidden), secret) if leaving else after,
        past=_changed(past, {HISTORY: with_pasts(stays, told, author, typing=typing)}, rev=partnership.rev),
        public=_public(split, state, partnership, seen),
        private=after,
        seen=seen,
    )


def _news(
    guide: Guide, before: Partnership, partnership: Partnership, seen: Places, news: Iterable[HistoryEntry]
) -> tuple[list[HistoryEntry], list[HistoryEntry]]:
    """The changes that the public history may tell, and the others: told is only what was public before and after."""
    told: list[HistoryEntry] = []
    kept: list[HistoryEntry] = []
    for past in news:
        cell = seen.get(past.entry, {}).get(past.cell)
        entry = before.entry(past.entry) or Entry(past.entry, past.question, past.part, past.subject)
        first = past.value is None and cell is not None and cell.value == past.new
        if cell is not None and (first or is_public(guide, before, entry, past.cell)):
            told.append(past)
        else:
            kept.append(replace(past, private=True))
    return told, kept


def _dropped(overridden: Iterable[OverriddenCell], partnership: Partnership) -> list[dict[str, Any]]:
    """Values that gave way to a later one in the other file, as private history."""
    return [
        document_of(
            HistoryEntry(
                entry=overridden_cell.entry.id,
                question=overridden_cell.entry.question,
                cell=overridden_cell.key,
                value=overridden_cell.cell.value,
                new=overridden_cell.winner.value,
                rev=overridden_cell.winner.rev,
                by="",
                at=partnership.changed,
                part=overridden_cell.entry.part,
                subject=overridden_cell.entry.subject,
                reason="two files",
            )
        )
        for overridden_cell in overridden
    ]


def _public(split: PrivacySplit, state: State, partnership: Partnership, seen: Places) -> Tables:
    conflicts = [document_of(conflict) for conflict in partnership.conflicts if not conflict.private]
    tables = _with(
        state.public.tables,
        {
            ENTRIES: entries_table(state.public, partnership, seen),
            CONFLICTS: conflicts_table(state.public, state.partnership.conflicts, conflicts),
        },
    )
    values: dict[str, Any] = {"id": partnership.id, "rev": partnership.rev, "changed": partnership.changed}
    values |= {"created": partnership.created, "tallies": stored_tallies(split.views, partnership)}
    return with_meta(tables, **values, **origins(meta_of(tables), partnership.id))


def _private(state: State, partnership: Partnership, hidden: Places, history: Table) -> Tables:
    half = state.private or Half(state.public.types)
    conflicts = [document_of(conflict) for conflict in partnership.conflicts if conflict.private]
    tables = {
        ENTRIES: entries_table(half, partnership, hidden),
        CONFLICTS: conflicts_table(half, state.partnership.conflicts, conflicts),
        HISTORY: history,
    }
    # A first private file beside counts that came without their positions must not make them forgotten.
    partial = {"partial": True} if partnership.tallies and not meta_of(half.tables).get("partial") else {}
    return _changed(half.tables, tables, rev=partnership.rev, **partial)


def _with(tables: Tables, news: Tables) -> Tables:
    """Return the tables with `news` in their places; an empty table that was not there stays away."""
    return {**tables, **{name: table for name, table in news.items() if table or name in tables}}


def _changed(tables: Tables, news: Tables, **meta: Any) -> Tables:
    """As `_with`, with `meta` noted as well when that changes anything; else the same tables."""
    made = _with(tables, news)
    return tables if made == tables else with_meta(made, **meta)
