"""The split of a partnership into a public and a private half: how both are joined, and what a save writes to each.

A cell is the value of one field of an entry, with its revision. Whether it is public may depend on other cells: a
change can move cells, and the history about them, from one half to the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from typing import Any

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.partnership.privacy import PrivacyConditions, PublicView, is_about, is_public, stored_tallies
from tui.partnership.value_types import ValueTypes
from tui.partnership.values import NOTHING, Cell, Conflict, Entry, HistoryEntry, Partnership
from tui.store.closed_history import HISTORY
from tui.store.history import split_history, with_history_entries, with_missing_lines
from tui.store.records import (
    Cells,
    Table,
    cells_of,
    cleaned,
    copied_from_values,
    document_of,
    document_with_cells,
    document_without_cells,
    entry_of,
    free_numbers,
    id_of,
    is_number,
    meta_of,
    moment_of,
    record_of,
    revision_of,
    with_meta,
)
from tui.store.sealed_bytes import Document, Tables
from tui.store.settled_conflicts import conflict_as_history_entry, near_and_far_conflicts

ENTRIES, CONFLICTS = "entries", "conflicts"  # tables of both files
_ENTRY_KEYS = ("id", "question", "part", "subject")

CellsByEntry = dict[str, Cells]  # entry id → cell key → cell, of one of the two files


@dataclass(frozen=True, slots=True)
class Half:
    """The public or the private half of a partnership: the tables of one file, and the entries read from them.

    Every cell among them fits the type of its field.
    """

    types: ValueTypes  # which values each field may hold
    tables: Tables = field(default_factory=dict)  # all tables of the file, as read
    entries: Mapping[str, Entry] = field(default_factory=dict)  # by id
    cells: CellsByEntry = field(default_factory=dict)  # those of `entries`
    doubled: set[str] = field(default_factory=set)  # ids of entries that several documents hold
    numbers: dict[str, str] = field(default_factory=dict)  # number of a document → id of the entry read from it
    misfits: int = 0  # values and documents of another type: they are in `tables` alone, and stay in the file

    @property
    def rev(self) -> int:
        """The highest revision in this file, in `meta` or in a cell."""
        revisions = (cell.rev for cells in self.cells.values() for cell in cells.values())
        return max(revision_of(self.tables), max(revisions, default=0))


def read_half(tables: Tables, types: ValueTypes, earlier: Half | None = None, other: Half | None = None) -> Half:
    """Return the half that these tables hold. If two documents are of one entry, the cells of higher revision count.

    It raises nothing: what cannot be read is counted in `misfits`. `earlier` is the half read from this file before:
    documents that are still the same objects are not read again. `other` is the other half, if it was read: an entry
    whose id is there with another question or part is a misfit.
    """
    half = Half(types, tables)
    entries: dict[str, Entry] = {}
    others = other.entries if other is not None else NOTHING
    if earlier is not None and (earlier.misfits or earlier.types is not types):
        earlier = None  # Misfits are counted anew: only entries that fit can be taken over from it.
    before = earlier.tables.get(ENTRIES, {}) if earlier else {}
    misfits = 0
    for number, document in tables.get(ENTRIES, {}).items():
        if earlier and before.get(number) is document:
            entry = earlier.entries.get(id_of(document))
            if entry is not None and entry.id not in earlier.doubled and entry.id not in half.cells:
                half.cells[entry.id], entries[entry.id] = earlier.cells[entry.id], entry
                half.numbers[number] = entry.id
                continue
        misfits += _read_document(number, document, half, entries, others)
    misfits += sum(record_of(Conflict, record) is None for record in tables.get(CONFLICTS, {}).values())
    return replace(half, entries=entries, misfits=misfits)


def _read_document(
    number: str, document: Document, half: Half, entries: dict[str, Entry], others: Mapping[str, Entry]
) -> int:
    """Read one document into `half` and `entries`, and return how many misfits it has (1 if it is no entry).

    `others` are the entries of the other half, by id.
    """
    cells, misfits = cells_of(document, half.types)
    entry = entry_of(document, cells)
    if (
        entry is None
        or not _is_same_entry(entry, entries.get(entry.id))
        or not _is_same_entry(entry, others.get(entry.id))
    ):
        return 1
    half.numbers[number] = entry.id
    earlier_cells = half.cells.get(entry.id)
    if earlier_cells is not None:
        half.doubled.add(entry.id)
        entry = entries[entry.id]
        cells = {
            **earlier_cells,
            **{key: cell for key, cell in cells.items() if _is_newer(cell, earlier_cells.get(key))},
        }
    half.cells[entry.id] = cells
    entries[entry.id] = replace(entry, cells=cells)
    return misfits


def _is_same_entry(entry: Entry, other: Entry | None) -> bool:
    """Return whether two entries of one id have the same question and part; True if there is no other."""
    return other is None or (entry.question, entry.part) == (other.question, other.part)


def _is_newer(cell: Cell, other: Cell | None) -> bool:
    return other is None or cell.rev > other.rev


@dataclass(frozen=True, slots=True)
class OverriddenCell:
    """A cell that both files hold with different values: `winner` counts, the value of `cell` goes to the history."""

    entry: Entry
    key: str  # of the cell in its entry
    cell: Cell
    winner: Cell


@dataclass(frozen=True, slots=True)
class JoinedHalves:
    """The partnership that two halves make together."""

    partnership: Partnership
    overridden: tuple[OverriddenCell, ...] = ()
    move_interrupted: bool = False  # a cell lies in both files: a save that moved it was interrupted


def join_halves(partnership_id: str, public: Half, private: Half | None) -> JoinedHalves:
    """Return both halves as one partnership with the id `partnership_id`; `private` is None if there is no such file.

    Of a cell that both hold, the public one counts unless the private one has a higher revision.
    """
    entries, overridden, move_interrupted = dict(public.entries), list[OverriddenCell](), False
    for entry_id, entry in (private.entries if private else NOTHING).items():
        other = entries.get(entry_id)
        if other is None:
            entries[entry_id] = entry
            continue
        if not _is_same_entry(entry, other):
            continue
        cells = dict(other.cells)
        for key, cell in entry.cells.items():
            public_cell = cells.get(key)
            if public_cell is None:
                cells[key] = cell
                continue
            move_interrupted = True
            winner, loser = (cell, public_cell) if cell.rev > public_cell.rev else (public_cell, cell)
            cells[key] = winner
            if loser.value != winner.value:
                overridden.append(OverriddenCell(entry, key, loser, winner))
        entries[entry_id] = replace(other, cells=cells)
    meta = meta_of(public.tables)
    # `_private_tables` explains when the stored counts of positions can be trusted.
    counts_are_valid = private is None or bool(meta_of(private.tables).get("partial"))
    partnership = Partnership(
        id=partnership_id,
        rev=max(public.rev, private.rev if private else 0),
        entries=entries,
        changed=moment_of(meta, "changed"),
        created=moment_of(meta, "created"),
        conflicts=_join_conflicts(public, private, entries),
        tallies=_read_tallies(meta) if counts_are_valid else NOTHING,
    )
    return JoinedHalves(partnership, tuple(overridden), move_interrupted)


def _read_tallies(meta: Document) -> Mapping[str, Mapping[str, int]]:
    """Return the stored counts of positions: question id → code of a position → number of partners."""
    stored = meta.get("tallies")
    return {
        question: {level: n for level, n in counts.items() if is_number(n)}
        for question, counts in (stored.items() if isinstance(stored, dict) else ())
        if isinstance(counts, dict)
    }


def _join_conflicts(public: Half, private: Half | None, entries: Mapping[str, Entry]) -> tuple[Conflict, ...]:
    """Return the conflicts of both halves, each once, by revision; those with values of a wrong type are left out."""
    conflicts_by_id: dict[str, Conflict] = {}
    for half, is_private in ((private, True), (public, False)):
        for document in half.tables.get(CONFLICTS, {}).values() if half else ():
            conflict = record_of(Conflict, cleaned(document), private=is_private)
            # A conflict lies in both files if its move to the private one was interrupted: then it is private. Of the
            # two, the settled one counts.
            if conflict is not None and (
                conflict.id not in conflicts_by_id or (conflict.settled and not conflicts_by_id[conflict.id].settled)
            ):
                conflicts_by_id[conflict.id] = replace(conflict, private=is_private or conflict.id in conflicts_by_id)
    fitting = (
        conflict
        for conflict in conflicts_by_id.values()
        if _both_fit(public.types, entries.get(conflict.entry), conflict)
    )
    return tuple(sorted(fitting, key=lambda item: (item.rev, item.id)))


def _both_fit(types: ValueTypes, entry: Entry | None, conflict: Conflict) -> bool:
    """Return whether both values of a conflict fit the type of its cell."""
    question, part = (conflict.question, conflict.part) if entry is None else (entry.question, entry.part)
    return all(types.fits(question, part, conflict.cell, item) for item in (conflict.mine, conflict.theirs))


class PrivacySplit:
    """Tells which cells belong in which file. The result is kept, and computed again only for entries that changed."""

    def __init__(self, guide: Guide) -> None:
        """`guide` holds the rules of what is private."""
        self.guide = guide
        self.views = PublicView(guide)
        self._privacy_conditions = PrivacyConditions(guide)
        self._split_by_id: dict[str, tuple[Entry, Cells, Cells]] = {}  # entry id → entry, public and private cells

    def split_cells(self, partnership: Partnership) -> tuple[CellsByEntry, CellsByEntry]:
        """Return the cells that belong in the public file, and those that belong in the private one."""
        public: CellsByEntry = {}
        private: CellsByEntry = {}
        changed = self._privacy_conditions.changed(partnership)
        for entry in partnership.entries.values():
            entry_before, public_cells, private_cells = self._split_by_id.get(entry.id, (None, {}, {}))
            if entry_before is not entry or is_about(entry, changed):
                public_cells, private_cells = self._split(partnership, entry)
                self._split_by_id[entry.id] = (entry, public_cells, private_cells)
            if public_cells:
                public[entry.id] = public_cells
            if private_cells:
                private[entry.id] = private_cells
        return public, private

    def _split(self, partnership: Partnership, entry: Entry) -> tuple[Cells, Cells]:
        """Return the public and the private cells of an entry."""
        public_cells, private_cells = Cells(), Cells()
        for key, cell in entry.cells.items():
            (public_cells if is_public(self.guide, partnership, entry, key) else private_cells)[key] = cell
        return public_cells, private_cells


def merge_cells(cells_by_entry: CellsByEntry, other: CellsByEntry) -> CellsByEntry:
    """Return the cells of both; of a cell that both have, the one of `other`."""
    merged = dict(cells_by_entry)
    for entry_id, cells in other.items():
        merged[entry_id] = {**merged.get(entry_id, {}), **cells}
    return merged


def entries_losing_cells(before: CellsByEntry, after: CellsByEntry) -> list[str]:
    """Return the ids of the entries with a cell in `before` that they do not have in `after`."""
    return [entry_id for entry_id, cells in before.items() if cells.keys() - after.get(entry_id, {}).keys()]


def entries_table(half: Half, partnership: Partnership, wanted: CellsByEntry) -> Table:
    """Return the table of entries of one half, changed so that it holds exactly the cells in `wanted`.

    `partnership` gives the entries these cells belong to. Documents that need no change stay the same objects.
    """
    table: Table = {}
    written: set[str] = set()
    for number, document in half.tables.get(ENTRIES, {}).items():
        entry_id = half.numbers.get(number)
        if entry_id is None:
            table[number] = document  # It is no entry this program can read: it is kept as it is.
        elif entry_id in wanted and entry_id not in written:
            written.add(entry_id)
            cells = wanted[entry_id]
            unchanged = entry_id not in half.doubled and half.cells[entry_id] == cells
            table[number] = (
                document
                if unchanged
                else document_with_cells(document, partnership.entries[entry_id], cells, half.types)
            )
        # Its cells lie elsewhere now, or in another document; what this program cannot read of it stays.
        elif unread := document_without_cells(document, half.types):
            table[number] = {**unread, **{key: document[key] for key in _ENTRY_KEYS if key in document}}
    numbers = free_numbers({**half.tables.get(ENTRIES, {}), **table})
    for entry_id in wanted:
        if entry_id not in written:
            table[next(numbers)] = document_with_cells({}, partnership.entries[entry_id], wanted[entry_id], half.types)
    return table


def conflicts_table(half: Half, readable_conflicts: Iterable[Conflict], wanted: Iterable[Document]) -> Table:
    """Return the table of conflicts of one half, changed so that it holds exactly those in `wanted`.

    Fields that this program does not know stay. A conflict whose id none of the `readable_conflicts` has could not be
    read: it stays as it is.
    """
    by_id = {document["id"]: document for document in wanted}
    known_ids = {conflict.id for conflict in readable_conflicts}
    table: Table = {}
    for number, document in half.tables.get(CONFLICTS, {}).items():
        if id_of(document) not in known_ids or record_of(Conflict, document) is None:
            table[number] = document
        elif (new := by_id.pop(id_of(document), None)) is not None:
            table[number] = {**document, **new}
    numbers = free_numbers(half.tables.get(CONFLICTS, {}))
    for document in by_id.values():
        table[next(numbers)] = document
    return table


@dataclass(frozen=True, slots=True)
class State:
    """What the files of one partnership hold, read at one moment."""

    partnership: Partnership  # both halves as one
    public: Half
    private: Half | None = None  # None when there is no such file
    past: Tables | None = None  # the file of the public history; None when it was not read
    overridden: tuple[OverriddenCell, ...] = ()  # as in `JoinedHalves`
    move_interrupted: bool = False  # as in `JoinedHalves`


@dataclass(frozen=True, slots=True)
class Plan:
    """What a save writes: the tables of each file, in the order in which they are written.

    The private file is written twice if cells move to the public one, so that each cell is in its new file before it
    leaves the old one.
    """

    partnership: Partnership  # as it is once all is written
    private_first: Tables  # of the private file, still with the cells that move to the public one
    past: Tables  # of the file of the public history
    public: Tables
    private: Tables  # of the private file, once the public file is written; equal to `private_first` if no cell moves
    public_cells: (
        CellsByEntry  # the cells of the public file; far lines about any other cell must leave the public history
    )


def plan(
    split: PrivacySplit,
    state: State,
    partnership: Partnership,
    new_entries: Iterable[HistoryEntry],
    author: str,
    *,
    typing: bool = False,
) -> Plan:
    """Return what to write so that the files, which hold `state`, hold `partnership`.

    `new_entries` are the history entries of its last changes, made by the account with the id `author`; with `typing`
    they may continue a stretch of typing (`history.with_history_entries`).
    """
    public_cells, private_cells = split.split_cells(partnership)
    conflicts = tuple(
        replace(conflict, private=conflict.private or conflict.cell not in public_cells.get(conflict.entry, ()))
        for conflict in partnership.conflicts
    )
    near, far = near_and_far_conflicts(conflicts)  # far ones, settled long ago, become lines of the history
    partnership = replace(partnership, conflicts=near)
    public_entries, private_entries = _split_new_entries(
        split.guide, state.partnership, partnership, public_cells, new_entries
    )
    past = state.past or {}
    public_lines, moving = split_history(past.get(HISTORY, {}), public_cells)
    private = state.private or Half(state.public.types)
    lines = list(map(conflict_as_history_entry, far))
    hidden_lines = [document_of(line) for line in lines if line.private]
    private_lines = with_missing_lines(
        private.tables.get(HISTORY, {}),
        [*moving, *_overridden_as_history(state.overridden, partnership), *hidden_lines],
    )
    public_lines = with_missing_lines(public_lines, [document_of(line) for line in lines if not line.private])
    private_lines = with_history_entries(private_lines, private_entries, author, typing=typing)
    # Entries of which a cell moves from the private file to the public one.
    leaving = {entry_id: private.cells[entry_id] for entry_id in entries_losing_cells(private.cells, private_cells)}
    after = _private_tables(state, partnership, private_cells, private_lines)
    still_with_leaving = merge_cells(leaving, private_cells)
    before = _private_tables(state, partnership, still_with_leaving, private_lines) if leaving else after
    return Plan(
        partnership=partnership,
        private_first=before,
        past=_with_changed_tables(
            past,
            {HISTORY: with_history_entries(public_lines, public_entries, author, typing=typing)},
            rev=partnership.rev,
        ),
        public=_public_tables(split, state, partnership, public_cells),
        private=after,
        public_cells=public_cells,
    )


def _split_new_entries(
    guide: Guide,
    before: Partnership,
    partnership: Partnership,
    public_cells: CellsByEntry,
    new_entries: Iterable[HistoryEntry],
) -> tuple[list[HistoryEntry], list[HistoryEntry]]:
    """Return the entries for the public history, and those for the private one.

    An entry is public only if its cell was public before the change and is public after it.
    """
    public_entries: list[HistoryEntry] = []
    private_entries: list[HistoryEntry] = []
    for line in new_entries:
        cell = public_cells.get(line.entry, {}).get(line.cell)
        entry = before.entry(line.entry) or Entry(line.entry, line.question, line.part, line.subject)
        # A cell that was empty had nothing to hide before: only its present value counts.
        was_empty = line.value is None and cell is not None and cell.value == line.new
        if cell is not None and (was_empty or is_public(guide, before, entry, line.cell)):
            public_entries.append(line)
        else:
            private_entries.append(line)
    return public_entries, private_entries


def _overridden_as_history(overridden: Iterable[OverriddenCell], partnership: Partnership) -> list[dict[str, Any]]:
    """Return the overridden cells as documents of the private history."""
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


def _public_tables(split: PrivacySplit, state: State, partnership: Partnership, public_cells: CellsByEntry) -> Tables:
    """Return the tables of the public file as they will be, with the facts of the partnership and the public counts."""
    conflicts = [document_of(conflict) for conflict in partnership.conflicts if not conflict.private]
    tables = _with_tables(
        state.public.tables,
        {
            ENTRIES: entries_table(state.public, partnership, public_cells),
            CONFLICTS: conflicts_table(state.public, state.partnership.conflicts, conflicts),
        },
    )
    values: dict[str, Any] = {"id": partnership.id, "rev": partnership.rev, "changed": partnership.changed}
    values |= {"created": partnership.created, "tallies": stored_tallies(split.views, partnership)}
    return with_meta(tables, **values, **copied_from_values(meta_of(tables), partnership.id))


def _private_tables(state: State, partnership: Partnership, private_cells: CellsByEntry, history: Table) -> Tables:
    """Return the tables of the private file as they will be."""
    half = state.private or Half(state.public.types)
    conflicts = [document_of(conflict) for conflict in partnership.conflicts if conflict.private]
    tables = {
        ENTRIES: entries_table(half, partnership, private_cells),
        CONFLICTS: conflicts_table(half, state.partnership.conflicts, conflicts),
        HISTORY: history,
    }
    # Counts of positions are trusted only while there is no private file, or one marked "partial". Where counts came
    # without their positions (from a public copy), the private file made here is marked, so that they still count.
    partial = {"partial": True} if partnership.tallies else {}
    return _with_changed_tables(half.tables, tables, rev=partnership.rev, **partial)


def _with_tables(tables: Tables, new_tables: Tables) -> Tables:
    """Return the tables with those of `new_tables` in their place; an empty table is not added."""
    return {**tables, **{name: table for name, table in new_tables.items() if table or name in tables}}


def _with_changed_tables(tables: Tables, new_tables: Tables, **meta: Any) -> Tables:
    """Return the tables with those of `new_tables` and the values of `meta`; the same object if no table changes."""
    changed = _with_tables(tables, new_tables)
    return tables if changed == tables else with_meta(changed, **meta)
