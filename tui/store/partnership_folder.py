"""One partnership's folder: its files read as one state, and written in the order in which a crash loses nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Final

from tui.atomic_files import Signature, modes_of, signature
from tui.guide.guide_types import Guide
from tui.i18n import ngettext
from tui.partnership.changes import Applied
from tui.partnership.value_types import value_types
from tui.partnership.values import Conflict, HistoryEntry, Partnership
from tui.store.closed_history import CLOSED, HISTORY, ClosedHistory, listed_in, unlisted
from tui.store.file_lock import Lock
from tui.store.file_names import NAMES, PAST, PRIVATE, PUBLIC
from tui.store.history import last_writer, merged, pasts, told
from tui.store.history_lines import near_and_far, whole
from tui.store.public_private import Half, Places, Plan, PrivacySplit, State, join, plan, read_half
from tui.store.records import added, in_order, is_revision, meta_of, revision_of, with_meta
from tui.store.sealed_bytes import Document, Tables
from tui.store.sealed_storage import SealedStorage
from tui.store.store_errors import Author, Damaged, Lost, NotFound, Problem, Saved, StoreError, reading_of
from tui.store.tinydb_tables import SealedDB
from tui.store.version_files import VersionFiles

_TRIES: Final = 3  # readings without the lock before it is taken

Act = Callable[[Partnership], Applied]


class Folder:
    """The files of one partnership in `path`; `NotFound` when there is no such folder. All errors are `StoreError`s."""

    def __init__(self, path: Path, guide: Guide, holder: str = "") -> None:
        """`guide` says of what type each cell is, `holder` who holds the lock."""
        if path.is_symlink() or not path.is_dir():
            raise NotFound(path)
        self.path = path
        self.types = value_types(guide)
        self.modes = modes_of(path)
        self.lock = Lock(path / ".lock", modes=self.modes, holder=holder)
        self.public, self.private, self.past, self.versions = (
            SealedDB(SealedStorage(path / name, lock=self.lock, modes=self.modes)) for name in NAMES
        )
        self.far_past, self.far_private = (
            ClosedHistory(path / name, self.lock, self.modes) for name in (PAST, PRIVATE)
        )
        self.all_versions = VersionFiles(self.versions, self.lock, self.modes)
        self._unread: dict[str, StoreError] = {}  # files that could not be read at the last reading
        self._problems: list[Problem] = []
        self._halves: dict[str, Half] = {}  # as last read, by file
        self._split: PrivacySplit | None = None

    @property
    def id(self) -> str:
        """The partnership's id: the folder's own name."""
        return self.path.name

    def signature(self) -> Signature:
        """Changes whenever somebody saves, whatever they save."""
        return signature((self.path / PUBLIC, self.path / PRIVATE))

    def state(self, *, private: bool = True) -> State:
        """Return both files as one, without the lock where nobody saves meanwhile. `NotFound`, `Damaged`, `Newer` …"""
        for _try in range(_TRIES):
            before = self.signature()
            found = self._read(private=private)
            if self.signature() == before:
                return found
        with self.lock:
            return self._read(private=private)

    def _read(self, *, private: bool = True, past: bool = False) -> State:
        with reading_of(self.path):
            return self._joined(private=private, past=past)

    def _joined(self, *, private: bool, past: bool) -> State:
        tables = self.public.documents()
        if tables is None:
            raise Lost(self.public.path) if is_begun(self.path) else NotFound(self.public.path)
        public = self._half(self.public, tables)
        secret = self._may_lack(self.private) if private else None
        told = self._may_lack(self.past) if past else None
        hidden = self._half(self.private, secret, public) if secret else None
        joined = join(self.id, public, hidden)
        partnership = joined.partnership
        if told:
            partnership = replace(partnership, rev=max(partnership.rev, revision_of(told)))
        return State(partnership, public, hidden, told, joined.overridden, joined.move_interrupted)

    def _half(self, database: SealedDB, tables: Tables, beside: Half | None = None) -> Half:
        """Return the half in these tables; what is as it was at the last reading is not read again."""
        name = database.path.name
        known = self._halves.get(name)
        if known is None or known.tables is not tables:
            known = self._halves[name] = read_half(tables, self.types, known, beside)
        if known.misfits:
            self._note(Problem("misfit", database.path, None, misfits_in_words(database.path, known.misfits)))
        return known

    def _split_by(self, guide: Guide) -> PrivacySplit:
        if self._split is None or self._split.guide is not guide:
            self._split = PrivacySplit(guide)
        return self._split

    def _may_lack(self, database: SealedDB) -> Tables | None:
        """Return the tables of a file without which the rest can still be shown; what is wrong with it is noted."""
        name = database.path.name
        try:
            tables = database.documents()
        except Damaged as err:
            self._unread[name] = err
            self._note(Problem("unread", database.path, next(iter(err.kept), None), str(err)))
            return None
        self._unread.pop(name, None)
        return tables

    def save(self, guide: Guide, act: Act, author: Author, *, typing: bool = False, thorough: bool = False) -> Saved:
        """Save in one transaction under the lock: read, `act`, write what changed. On an error memory stays as it was.

        `typing` says whether the changes may prolong a stretch of typing in the history; with `thorough` every closed
        file is looked at for what became private.
        """
        with self.lock:
            state = self._read(past=True)
            return self._keep(guide, state, act(state.partnership), author, typing=typing, thorough=thorough)

    def _keep(
        self, guide: Guide, state: State, applied: Applied, author: Author, *, typing: bool, thorough: bool
    ) -> Saved:
        new, partnership = applied.conflicts, applied.partnership
        if new:
            by_id = self._with_writers(state, new)
            partnership = replace(
                partnership, conflicts=tuple(by_id.get(conflict.id, conflict) for conflict in partnership.conflicts)
            )
        planned = plan(self._split_by(guide), state, partnership, applied.past, author.id, typing=typing)
        # After a save that was cut short each file is looked at again: a twin may lag behind with what became private.
        every = state.move_interrupted or partnership is state.partnership
        self._write(state, planned, every=every, thorough=state.move_interrupted or thorough)
        by_id = {conflict.id: conflict for conflict in planned.partnership.conflicts}
        return Saved(planned.partnership, applied.past, tuple(by_id[one.id] for one in new))

    def _with_writers(self, state: State, conflicts: Iterable[Conflict]) -> dict[str, Conflict]:
        """The conflicts by id, with who wrote the text that stands: by the history that is near, else by all of it."""
        near = [*self._pasts(state.past, private=False), *self._pasts(_tables(state), private=True)]
        found = {conflict.id: replace(conflict, their_by=last_writer(near, conflict)) for conflict in conflicts}
        old = [one for one in found.values() if not one.their_by]
        cells = {(one.entry, one.cell) for one in old}
        if not old or not self._has_far(state):
            return found
        past = [
            history_entry
            for history_entry in merged(*self._told_of({one.entry for one in old}))
            if (history_entry.entry, history_entry.cell) in cells
        ]
        return found | {one.id: replace(one, their_by=last_writer(past, one)) for one in old}

    def _has_far(self, state: State) -> bool:
        """Return whether any history lies in closed files."""
        return bool(self.far_past.names(listed_in(state.past)) or self.far_private.names(listed_in(_tables(state))))

    def _pasts(self, tables: Tables | None, *, private: bool) -> list[HistoryEntry]:
        return pasts((tables or {}).get(HISTORY, {}), self.types, private=private)

    def _write(self, state: State, planned: Plan, *, every: bool = False, thorough: bool = False) -> None:
        """Write the files whose tables changed, or look at each; a cell is in its new file before it leaves the old.

        So is a line of the history: those that became private are in a private file before they leave a public one,
        and those that go far in a closed file before they leave the open one.
        """
        leaving = self._leaving(state, planned.seen, thorough=thorough)
        moved = self._far_lines(state.past, planned.seen, leaving) if leaving is not None else ()
        private_first = self._without_far(self.far_private, planned.private_first, moved)
        # Without cells that move, both are the same tables; else they hold the same history.
        closed = private_first is not planned.private_first
        private = _with_history_of(private_first, planned.private) if closed else planned.private
        self._put_if(self.private, _tables(state), private_first, every=every)
        if leaving is not None:
            self.far_past.take_out(_hidden(planned.seen), listed_in(state.past), leaving)
        past = self._without_far(self.far_past, planned.past)
        self._put_if(self.past, state.past or {}, past, every=every)
        self._put_if(self.public, state.public.tables, planned.public, every=every)
        self._put_if(self.private, private_first, private, every=every)

    def _put_if(self, database: SealedDB, before: Tables, after: Tables, *, every: bool) -> None:
        if after != before or (every and after):
            self._put(database, after)

    def _leaving(self, state: State, seen: Places, *, thorough: bool) -> Collection[str] | None:
        """Return the entries that closed public files may tell too much of, () for any; None where there can be none.

        Only a cell that leaves the public file now can lie in them, unless a save was cut short, or another program
        wrote last: `thorough` looks for any.
        """
        if not self.far_past.names(listed_in(state.past)):
            return None
        if thorough:
            return ()
        cells = state.public.cells.items()
        return [name for name, known in cells if not known.keys() <= seen.get(name, {}).keys()] or None

    def _far_lines(self, past: Tables | None, seen: Places, entries: Collection[str]) -> Iterator[Document]:
        """The lines of closed public files about cells that are not among the `seen`."""
        return filter(_hidden(seen), self.far_past.documents(listed_in(past), entries=entries))

    def _without_far(self, closed: ClosedHistory, tables: Tables, moved: Iterable[Document] = ()) -> Tables:
        """The tables of a file once its older history, and first what was `moved` to it, lies in its closed files.

        Where there is no room for them now they stay near, and go with a later save.
        """
        near, far = near_and_far(tables.get(HISTORY, {}))
        first = next(iter(moved := iter(moved)), None)
        if first is not None:
            listing = closed.append(chain((first,), moved, far), listed_in(tables))
        elif far:
            try:
                listing = closed.append(far, listed_in(tables))
            except StoreError:
                return tables
        else:
            return tables
        return with_meta({**tables, HISTORY: near}, **{CLOSED: listing})

    def _put(self, database: SealedDB, after: Tables) -> None:
        unread = self._unread.pop(database.path.name, None)
        if unread is None:
            known = self._halves.get(database.path.name)
            if known is not None and known.misfits and known.misfits > read_half(after, self.types).misfits:
                database.sealed.keep_present()  # a value that could not be read gives way to one that was typed
            database.save(after)
        else:
            database.sealed.replace_all(after)  # what could not be read is set aside, and stays there to be salvaged

    def start(self, guide: Guide, given: State, applied: Applied, author: Author) -> Partnership:
        """Write a partnership that is not there yet, on the tables of `given` (an import's, or empty ones)."""
        with self.lock:
            planned = plan(self._split_by(guide), given, applied.partnership, applied.past, author.id)
            self._write(State(given.partnership, Half(self.types), None, {}), planned)
        return planned.partnership

    def history(self, *, entry: str = "", cell: str = "", private: bool = True, after: int = -1) -> list[HistoryEntry]:
        """What stood before, oldest first, of everything or of one entry and cell, with revisions after `after`."""
        return merged(*self._told_of({entry} if entry else (), private=private, after=after), entry, cell)

    def _told_of(
        self, entries: Collection[str], *, private: bool = True, after: int = -1
    ) -> tuple[Iterable[HistoryEntry], Iterable[HistoryEntry]]:
        """The public and the private history of some entries, or of all where none are given, later than `after`."""

        def lines(database: SealedDB, closed: ClosedHistory, *, private: bool) -> Iterator[HistoryEntry]:
            wanted = _of(self._lines(database, closed, entries, after), entries, after)
            return told(wanted, self.types, private=private)

        # What moves goes from public to private, and from near to far: read in that order, it is met once at least.
        public = list(lines(self.past, self.far_past, private=False))
        return public, lines(self.private, self.far_private, private=True) if private else ()

    def _lines(
        self, database: SealedDB, closed: ClosedHistory, entries: Collection[str], after: int
    ) -> Iterator[Document]:
        """Yield the history of a file, whole: what is near first, then what is far."""
        tables = self._may_lack(database) or {}
        yield from whole(in_order(tables.get(HISTORY, {})))
        yield from closed.documents(listed_in(tables), entries=entries, after=after)

    def tables(self, guide: Guide, *, far: bool = False) -> tuple[Tables, Tables, Tables]:
        """(public, public history, private) as they are, or as the next save would put them right. Writes nothing.

        With `far` true the two histories hold the lines of closed files too, as they lie there.
        """
        with self.lock:
            state = self._read(past=True)
            planned = plan(self._split_by(guide), state, state.partnership, (), "")
            past, private = planned.past, planned.private
            if far:
                lines = [line for lines in self.far_past.by_file(listed_in(past)) for line in lines]
                hidden = _hidden(planned.seen)
                moved = list(filter(hidden, whole(lines)))
                kept = [line for line in lines if not hidden(line)]
                secret = [line for lines in self.far_private.by_file(listed_in(private)) for line in lines]
                past, private = with_far(past, kept), with_far(private, [*secret, *moved])
        return planned.public, unlisted(past), unlisted(private)

    def _note(self, problem: Problem) -> None:
        if problem not in self._problems:
            self._problems.append(problem)

    def take_problems(self) -> list[Problem]:
        """Return what had to be worked around since the last call, each once."""
        for database in (self.public, self.private, self.past, self.versions):
            for report in database.sealed.take_reports():
                self._note(Problem(report.kind, report.path, report.kept, report.why))
        for closed in (self.far_past, self.far_private, self.all_versions):
            for problem in closed.take_problems():
                self._note(problem)
        taken, self._problems = self._problems, []
        return taken


def is_begun(path: Path) -> bool:
    """Whether a partnership's folder holds any of its tables, bytes that were set aside of them, or a journal."""
    return any(name.startswith((*NAMES, "journal-")) for name in os.listdir(path))


def misfits_in_words(path: Path, count: int) -> str:
    """Return that a file holds `count` values which are of another type than their fields."""
    return ngettext(
        "“{name}” of {id} holds {n} value that its field cannot hold: it stays in the file, and is not shown.",
        "“{name}” of {id} holds {n} values that their fields cannot hold: they stay in the file, and are not shown.",
        count,
    ).format(name=path.name, id=path.parent.name, n=count)


def _tables(state: State) -> Tables:
    return state.private.tables if state.private else {}


def _with_history_of(first: Tables, tables: Tables) -> Tables:
    """Return the tables with the history, and the list of closed files, of those that were written first."""
    listing = meta_of(first)[CLOSED]
    return with_meta({**tables, HISTORY: first.get(HISTORY, {})}, **{CLOSED: listing})


def _hidden(seen: Places) -> Callable[[Document], bool]:
    """Return what tells the lines of the history about cells that are not among the public ones."""
    return lambda line: str(line.get("cell")) not in seen.get(str(line.get("entry")), ())


def with_far(tables: Tables, far: list[Document]) -> Tables:
    """Return the tables of a file with the lines of its closed files before those of its own."""
    return {**tables, HISTORY: added(added({}, far), in_order(tables.get(HISTORY, {})))} if far else tables


def _of(lines: Iterable[Document], entries: Collection[str], after: int) -> Iterator[Document]:
    """Yield those of the lines that are of these entries, all where none are given, and newer than `after`."""
    for line in lines:
        rev = line.get("rev")
        if (rev if is_revision(rev) else 0) > after and (not entries or line.get("entry") in entries):
            yield line
