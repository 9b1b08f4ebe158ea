"""One partnership's folder: its files read as one state, and written in the order in which a crash loses nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from tui.atomic_files import Signature, modes_of, signature
from tui.guide.guide_types import Guide
from tui.i18n import ngettext
from tui.partnership.changes import Applied
from tui.partnership.value_types import value_types
from tui.partnership.values import HistoryEntry, Partnership
from tui.store.file_lock import Lock
from tui.store.history import last_writer, merged, pasts
from tui.store.public_private import HISTORY, Half, Plan, PrivacySplit, State, join, plan, read_half
from tui.store.records import revision_of
from tui.store.sealed_bytes import Tables
from tui.store.sealed_storage import SealedStorage
from tui.store.store_errors import Author, Damaged, Lost, NotFound, Problem, Saved, StoreError, reading_of

PUBLIC, PRIVATE, PAST, VERSIONS = "project.json", "private.json", "history.json", "versions.json"
NAMES: Final = (PUBLIC, PRIVATE, PAST, VERSIONS)
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
            SealedStorage(path / name, lock=self.lock, modes=self.modes) for name in (PUBLIC, PRIVATE, PAST, VERSIONS)
        )
        self._unread: dict[str, StoreError] = {}  # files that could not be read at the last reading
        self._problems: list[Problem] = []
        self._halves: dict[str, Half] = {}  # as last read, by file
        self._sorting: PrivacySplit | None = None

    @property
    def id(self) -> str:
        """The partnership's id: the folder's own name."""
        return self.path.name

    def signature(self) -> Signature:
        """Changes whenever somebody saves, whatever they save."""
        return signature((self.path / PUBLIC, self.path / PRIVATE))

    def state(self, *, private: bool = True) -> State:
        """Both files as one, without the lock where nobody saves meanwhile. `NotFound`, `Damaged`, `Newer` …"""
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
        tables = self.public.held()
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
        return State(partnership, public, hidden, told, joined.beaten, joined.twice)

    def _half(self, storage: SealedStorage, tables: Tables, beside: Half | None = None) -> Half:
        """The half in these tables; what is as it was at the last reading is not read again."""
        name = storage.path.name
        known = self._halves.get(name)
        if known is None or known.tables is not tables:
            known = self._halves[name] = read_half(tables, self.types, known, beside)
        if known.misfits:
            self._note(Problem("misfit", storage.path, None, misfits_in_words(storage.path, known.misfits)))
        return known

    def _sorted_by(self, guide: Guide) -> PrivacySplit:
        if self._sorting is None or self._sorting.guide is not guide:
            self._sorting = PrivacySplit(guide)
        return self._sorting

    def _may_lack(self, storage: SealedStorage) -> Tables | None:
        """The tables of a file without which the rest can still be shown; what is wrong with it is noted."""
        name = storage.path.name
        try:
            tables = storage.held()
        except Damaged as err:
            self._unread[name] = err
            self._note(Problem("unread", storage.path, next(iter(err.kept), None), str(err)))
            return None
        self._unread.pop(name, None)
        return tables

    def save(self, guide: Guide, act: Act, author: Author, *, typing: bool = False) -> Saved:
        """One transaction under the lock: read, `act`, write what changed. On an error memory stays as it was.

        `typing` says whether the changes may prolong a stretch of typing in the history.
        """
        with self.lock:
            state = self._read(past=True)
            return self._keep(guide, state, act(state.partnership), author, typing=typing)

    def _keep(self, guide: Guide, state: State, applied: Applied, author: Author, *, typing: bool = False) -> Saved:
        new, partnership = applied.conflicts, applied.partnership
        if new:
            known = [*self._pasts(state.past, private=False), *self._pasts(_tables(state), private=True)]
            by_id = {one.id: replace(one, their_by=last_writer(known, one)) for one in new}
            partnership = replace(partnership, conflicts=tuple(by_id.get(one.id, one) for one in partnership.conflicts))
        planned = plan(self._sorted_by(guide), state, partnership, applied.past, author.id, typing=typing)
        # After a save that was cut short each file is looked at again: a twin may lag behind with what became private.
        self._write(state, planned, every=state.twice or partnership is state.partnership)
        by_id = {one.id: one for one in planned.partnership.conflicts}
        return Saved(planned.partnership, applied.past, tuple(by_id[one.id] for one in new))

    def _pasts(self, tables: Tables | None, *, private: bool) -> list[HistoryEntry]:
        return pasts((tables or {}).get(HISTORY, {}), self.types, private=private)

    def _write(self, state: State, planned: Plan, *, every: bool = False) -> None:
        """Write the files whose tables changed, or look at each; a cell is in its new file before it leaves the old."""
        for storage, before, after in (
            (self.private, _tables(state), planned.private_first),
            (self.past, state.past or {}, planned.past),
            (self.public, state.public.tables, planned.public),
            (self.private, planned.private_first, planned.private),
        ):
            if after != before or (every and after):
                self._put(storage, after)

    def _put(self, storage: SealedStorage, after: Tables) -> None:
        unread = self._unread.pop(storage.path.name, None)
        if unread is None:
            known = self._halves.get(storage.path.name)
            if known is not None and known.misfits > read_half(after, self.types).misfits:
                storage.keep_present()  # a value that could not be read gives way to one that was typed
            storage.write(after)
        else:
            storage.replace_all(after)  # what could not be read is set aside, and stays there to be salvaged

    def start(self, guide: Guide, given: State, applied: Applied, author: Author) -> Partnership:
        """Write a partnership that is not there yet, on the tables of `given` (an import's, or empty ones)."""
        with self.lock:
            planned = plan(self._sorted_by(guide), given, applied.partnership, applied.past, author.id)
            self._write(State(given.partnership, Half(self.types), None, {}), planned)
        return planned.partnership

    def history(self, *, entry: str = "", cell: str = "", private: bool = True) -> list[HistoryEntry]:
        """What stood before, oldest first, of everything or of one entry and cell."""
        told = self._pasts(self._may_lack(self.past), private=False)
        secret = self._pasts(self._may_lack(self.private), private=True) if private else []
        return merged(told, secret, entry, cell)

    def tables(self, guide: Guide) -> tuple[Tables, Tables, Tables]:
        """(public, public history, private) as they are, or as the next save would put them right. Writes nothing."""
        with self.lock:
            state = self._read(past=True)
        planned = plan(self._sorted_by(guide), state, state.partnership, (), "")
        return planned.public, planned.past, planned.private

    def _note(self, problem: Problem) -> None:
        if problem not in self._problems:
            self._problems.append(problem)

    def take_problems(self) -> list[Problem]:
        """What had to be worked around since the last call, each once."""
        for storage in (self.public, self.private, self.past, self.versions):
            for one in storage.take_reports():
                self._note(Problem(one.kind, one.path, one.kept, one.why))
        taken, self._problems = self._problems, []
        return taken


def is_begun(path: Path) -> bool:
    """Whether a partnership's folder holds any of its tables, bytes that were set aside of them, or a journal."""
    return any(name.startswith((*NAMES, "journal-")) for name in os.listdir(path))


def misfits_in_words(path: Path, count: int) -> str:
    """That a file holds `count` values which are of another type than their fields."""
    return ngettext(
        "“{name}” of {id} holds {n} value that its field cannot hold: it stays in the file, and is not shown.",
        "“{name}” of {id} holds {n} values that their fields cannot hold: they stay in the file, and are not shown.",
        count,
    ).format(name=path.name, id=path.parent.name, n=count)


def _tables(state: State) -> Tables:
    return state.private.tables if state.private else {}
