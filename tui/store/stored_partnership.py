"""One partnership of a store, whichever engine keeps it: merge, history, conflicts and privacy stand here, once.

An engine gives a `State` and takes a `Plan`, both within one `transaction`; the rest of what it answers for is
abstract here. `Folder` keeps a partnership in sealed files. The newest lines of the history are near: they are read and
written with each save. Older ones are far: an engine keeps them where a save only appends (`closed_history` for files).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tui.atomic_files import Modes
from tui.guide.guide_types import Guide
from tui.i18n import ngettext
from tui.partnership.changes import Applied
from tui.partnership.value_types import value_types
from tui.partnership.values import Change, Conflict, HistoryEntry, Partnership
from tui.store.closed_history import HISTORY
from tui.store.history import history_entries, last_writer, merge_histories, read_history
from tui.store.public_private import CellsByEntry, Half, Plan, PrivacySplit, State, join_halves, plan, read_half
from tui.store.records import append_documents, is_revision, revision_of, sorted_documents
from tui.store.sealed_bytes import Document, Tables
from tui.store.store_errors import Author, Problem, Saved

if TYPE_CHECKING:
    from tui.store.journal import Presence, Session

Act = Callable[[Partnership], Applied]
Documents: TypeAlias = "list[Document]"


class StoredPartnership(ABC):
    """One partnership as its engine keeps it. All errors are `StoreError`s; after one, memory is as it was."""

    def __init__(self, path: Path, modes: Modes, guide: Guide) -> None:
        """`path` is what errors name, and the folder of its journals, with `modes`; `guide` says what cells hold."""
        self.path = path
        self.modes = modes
        self.types = value_types(guide)
        self._problems: list[Problem] = []
        self._halves: dict[str, Half] = {}  # as last read, by the name of the file
        self._split: PrivacySplit | None = None

    @property
    def id(self) -> str:
        """The partnership's id."""
        return self.path.name

    # -- what an engine answers for ------------------------------------------------------------------------------------

    @abstractmethod
    def signature(self) -> object:
        """Return what changes whenever somebody saves, whatever they save. Raises NotFound where nothing is left."""

    @abstractmethod
    def fingerprint(self) -> object:
        """Return what changes whenever anything of it does: its values, history, versions, or their papers."""

    def seen_signature(self) -> object:
        """Return the signature of what was last read or saved here: whatever came later differs from it."""
        return self.signature()

    def replaying(self) -> AbstractContextManager[object]:
        """Held while the journals of dead sessions are saved, each by a save of its own."""
        return nullcontext()

    def rebased(self, changes: Iterable[Change]) -> list[Change]:
        """Return the changes on what saves of this program left of which it never heard."""
        return list(changes)

    @abstractmethod
    def state(self, *, private: bool = True) -> State:
        """Return both halves as one, of one moment, without its history. `NotFound`, `Damaged`, `Newer` …"""

    @abstractmethod
    def transaction(self) -> AbstractContextManager[object]:
        """Hold the partnership alone until the block ends; `read` and `write` are called within it."""

    def reading(self) -> AbstractContextManager[object]:
        """Hold the partnership as `transaction` does, for what only reads; where one may not write it is not held."""
        return self.transaction()

    @abstractmethod
    def read(self) -> State:
        """Return both halves and the public history that is near, as they are in this transaction."""

    @abstractmethod
    def write(self, state: State, planned: Plan, *, every: bool = False, thorough: bool = False) -> None:
        """Make what is kept hold the plan; `state` is what this transaction read.

        With `every` what did not change is put in order too; with `thorough` all history is looked through for what
        became private.
        """

    @abstractmethod
    def lines(self, *, private: bool, entries: Collection[str] = (), after: int = -1) -> Iterator[Document]:
        """Yield the lines of the public or the private history, whole, near ones first; more than was asked will do.

        Asked for are those about `entries`, all where none are given, later than the revision `after`.
        """

    @abstractmethod
    def has_far_history(self, state: State) -> bool:
        """Return whether any line of the history is not near: no part of a `State`."""

    @abstractmethod
    def with_far_history(self, planned: Plan) -> tuple[Tables, Tables]:
        """Return the plan's public history and private tables with all lines that are not near before their own."""

    @abstractmethod
    def stored_versions(self) -> Documents:
        """Return the versions, oldest first."""

    @abstractmethod
    def add_version(self, version: Document) -> None:
        """Keep one more version; those before stay as they are."""

    @abstractmethod
    def begin_versions(self, tables: Tables) -> None:
        """Keep the versions that were brought in with a partnership that is being made."""

    @abstractmethod
    def keep_paper(self, version_id: str, name: str, data: bytes) -> Path:
        """Keep the file that was adopted elsewhere as a version; `name` gives its ending. Return where it lies."""

    @abstractmethod
    def paper(self, version_id: str) -> Path | None:
        """Return where the adopted file of a version lies; None when it has none."""

    @abstractmethod
    def session(self, author: str) -> Session:
        """Begin to edit: a journal for what is not saved yet, by which others also see that one is here."""

    @abstractmethod
    def present(self) -> list[Presence]:
        """Return who has the partnership open now, longest first."""

    # -- what stands once above every engine ---------------------------------------------------------------------------

    def save(self, guide: Guide, act: Act, author: Author, *, typing: bool = False, thorough: bool = False) -> Saved:
        """Save in one transaction: read, `act`, write what changed. On an error memory stays as it was.

        `typing` says whether the changes may prolong a stretch of typing in the history; with `thorough` all history
        is looked through for what became private.
        """
        with self.transaction():
            state = self.read()
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
        self.write(state, planned, every=every, thorough=state.move_interrupted or thorough)
        by_id = {conflict.id: conflict for conflict in planned.partnership.conflicts}
        return Saved(planned.partnership, applied.past, tuple(by_id[conflict.id] for conflict in new))

    def start(self, guide: Guide, given: State, applied: Applied, author: Author) -> Partnership:
        """Write a partnership that is not there yet, on the tables of `given` (an import's, or empty ones)."""
        with self.transaction():
            planned = plan(self._split_by(guide), given, applied.partnership, applied.past, author.id)
            self.write(State(given.partnership, Half(self.types), None, {}), planned)
        return planned.partnership

    def history(self, *, entry: str = "", cell: str = "", private: bool = True, after: int = -1) -> list[HistoryEntry]:
        """What stood before, oldest first, of everything or of one entry and cell, with revisions after `after`."""
        return merge_histories(*self._told_of({entry} if entry else (), private=private, after=after), entry, cell)

    def tables(self, guide: Guide, *, far: bool = False) -> tuple[Tables, Tables, Tables]:
        """(public, public history, private) as they are, or as the next save would put them right. Writes nothing.

        With `far` true the two histories hold the lines too that are not near, as they are kept.
        """
        with self.reading():
            state = self.read()
            planned = plan(self._split_by(guide), state, state.partnership, (), "")
            past, private = self.with_far_history(planned) if far else (planned.past, planned.private)
        return planned.public, self.alone(past), self.alone(private)

    def alone(self, tables: Tables) -> Tables:
        """Return the tables of one file as they go elsewhere: without what only this engine understands."""
        return tables

    def take_problems(self) -> list[Problem]:
        """Return what had to be worked around since the last call, each once."""
        taken, self._problems = self._problems, []
        return taken

    def _note(self, problem: Problem) -> None:
        if problem not in self._problems:
            self._problems.append(problem)

    def _joined(self, public: Half, hidden: Half | None, past: Tables | None) -> State:
        """Return the state that two halves and a public history make."""
        joined = join_halves(self.id, public, hidden)
        partnership = joined.partnership
        if past:
            partnership = replace(partnership, rev=max(partnership.rev, revision_of(past)))
        return State(partnership, public, hidden, past, joined.overridden, joined.move_interrupted)

    def _half(self, name: str, tables: Tables, beside: Half | None = None) -> Half:
        """Return the half in the tables of the file `name`; documents of the last reading are not read again."""
        known = self._halves.get(name)
        if known is None or known.tables is not tables:
            known = self._halves[name] = read_half(tables, self.types, known, beside)
        if known.misfits:
            path = self.path / name
            self._note(Problem("misfit", path, None, misfits_in_words(path, known.misfits)))
        return known

    def _split_by(self, guide: Guide) -> PrivacySplit:
        if self._split is None or self._split.guide is not guide:
            self._split = PrivacySplit(guide)
        return self._split

    def _with_writers(self, state: State, conflicts: Iterable[Conflict]) -> dict[str, Conflict]:
        """The conflicts by id, with who wrote the text that stands: by the history that is near, else by all of it."""
        near = [*self._pasts(state.past, private=False), *self._pasts(private_tables(state), private=True)]
        found = {conflict.id: replace(conflict, their_by=last_writer(near, conflict)) for conflict in conflicts}
        old = [conflict for conflict in found.values() if not conflict.their_by]
        cells = {(conflict.entry, conflict.cell) for conflict in old}
        if not old or not self.has_far_history(state):
            return found
        past = [
            history_entry
            for history_entry in merge_histories(*self._told_of({conflict.entry for conflict in old}))
            if (history_entry.entry, history_entry.cell) in cells
        ]
        return found | {conflict.id: replace(conflict, their_by=last_writer(past, conflict)) for conflict in old}

    def _pasts(self, tables: Tables | None, *, private: bool) -> list[HistoryEntry]:
        return read_history((tables or {}).get(HISTORY, {}), self.types, private=private)

    def _told_of(
        self, entries: Collection[str], *, private: bool = True, after: int = -1
    ) -> tuple[Iterable[HistoryEntry], Iterable[HistoryEntry]]:
        """The public and the private history of some entries, or of all where none are given, later than `after`."""

        def pasts_of(*, private: bool) -> Iterator[HistoryEntry]:
            lines = self.lines(private=private, entries=entries, after=after)
            return history_entries(_of(lines, entries, after), self.types, private=private)

        # What moves goes from public to private, and from near to far: read in that order, it is met once at least.
        public = list(pasts_of(private=False))
        return public, pasts_of(private=True) if private else ()


def private_tables(state: State) -> Tables:
    """Return the private tables of a state; none where it has no private half."""
    return state.private.tables if state.private else {}


def misfits_in_words(path: Path, count: int) -> str:
    """Return that a file holds `count` values which are of another type than their fields."""
    return ngettext(
        "“{name}” of {id} holds {n} value that its field cannot hold: it stays in the file, and is not shown.",
        "“{name}” of {id} holds {n} values that their fields cannot hold: they stay in the file, and are not shown.",
        count,
    ).format(name=path.name, id=path.parent.name, n=count)


def without_cells(seen: CellsByEntry) -> Callable[[Document], bool]:
    """Return what tells the lines of the history about cells that are not among the public ones."""
    return lambda line: str(line.get("cell")) not in seen.get(str(line.get("entry")), ())


def with_far(tables: Tables, far: list[Document]) -> Tables:
    """Return the tables of a file with the lines of its closed files before those of its own."""
    return (
        {**tables, HISTORY: append_documents(append_documents({}, far), sorted_documents(tables.get(HISTORY, {})))}
        if far
        else tables
    )


def _of(lines: Iterable[Document], entries: Collection[str], after: int) -> Iterator[Document]:
    """Yield those of the lines that are of these entries, all where none are given, and newer than `after`."""
    for line in lines:
        rev = line.get("rev")
        if (rev if is_revision(rev) else 0) > after and (not entries or line.get("entry") in entries):
            yield line
