"""One partnership of a store: how it is saved, merged and split by privacy, whichever engine keeps it.

An engine is what keeps partnerships: `Folder` does it in sealed files, `ServerPartnership` in rows of a database. Each
is a subclass: within one `transaction` it reads a `State` and writes a `Plan`, and implements the abstract methods.

A partnership has a public and a private half. Its history has near lines, the newest, which each save reads and writes,
and far lines, the older ones, which an engine keeps where a save only appends (`closed_history` for files).
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

Act = Callable[[Partnership], Applied]  # gets the partnership as it is now, and returns it with changes applied
Documents: TypeAlias = "list[Document]"


class StoredPartnership(ABC):
    """One partnership as its engine keeps it. All errors are `StoreError`s; they leave what is in memory as it was."""

    def __init__(self, path: Path, modes: Modes, guide: Guide) -> None:
        """`path` is the folder of its journals, named by its id, and `modes` the permissions of files in it.

        `guide` gives the types of the values that cells may hold. Errors name `path`.
        """
        self.path = path
        self.modes = modes
        self.types = value_types(guide)
        self._problems: list[Problem] = []
        self._halves: dict[str, Half] = {}  # as last read, by name of the file: PUBLIC or PRIVATE
        self._split: PrivacySplit | None = None

    @property
    def id(self) -> str:
        """The partnership's id."""
        return self.path.name

    # -- what an engine implements -------------------------------------------------------------------------------------

    @abstractmethod
    def signature(self) -> object:
        """Return a value that differs after every save by anybody. Raises NotFound if the partnership is gone."""

    @abstractmethod
    def fingerprint(self) -> object:
        """Return a value that differs whenever values, history, versions or adopted files have changed."""

    def seen_signature(self) -> object:
        """Return the `signature` of what was last read or saved here; it differs from the present one if stale."""
        return self.signature()

    def journal_replay_lock(self) -> AbstractContextManager[object]:
        """Return a context to hold while the journals of dead sessions (crashed programs) are saved.

        It keeps other programs from saving the same journals.
        """
        return nullcontext()

    def rebase_changes(self, changes: Iterable[Change]) -> list[Change]:
        """Return the changes with the base revisions that follow from saves whose outcome this program did not learn.

        Only a server can leave a save in doubt; then the changes must not conflict with it.
        """
        return list(changes)

    @abstractmethod
    def state(self, *, private: bool = True) -> State:
        """Return both halves as they are at one moment, without the history; with `private` false the public half.

        Raises `NotFound`, `Damaged`, `Newer` and other `StoreError`s.
        """

    @abstractmethod
    def transaction(self) -> AbstractContextManager[object]:
        """Return a context that keeps other writers out until it ends; `read` and `write` are called within it."""

    def reading(self) -> AbstractContextManager[object]:
        """Return the context for work that only reads; an account that may not write keeps nobody out."""
        return self.transaction()

    @abstractmethod
    def read(self) -> State:
        """Return both halves and the near public history, as they are in the transaction under way."""

    @abstractmethod
    def write(self, state: State, planned: Plan, *, every: bool = False, thorough: bool = False) -> None:
        """Write the tables of the plan; `state` is what this transaction has read.

        With `every`, tables that did not change are written too, so that both copies of each file are in order. With
        `thorough`, all of the far history is searched for lines that became private.
        """

    @abstractmethod
    def lines(self, *, private: bool, entries: Collection[str] = (), after: int = -1) -> Iterator[Document]:
        """Yield lines of the public or the private history, unfolded, the near ones first.

        The caller wants those about `entries` (ids; () for all) with a revision above `after`, and must filter them: an
        engine may yield more.
        """

    @abstractmethod
    def has_far_history(self, state: State) -> bool:
        """Return whether the history has any far line."""

    @abstractmethod
    def with_far_history(self, planned: Plan) -> tuple[Tables, Tables]:
        """Return the plan's public history and private tables, each with its far lines before the near ones."""

    @abstractmethod
    def stored_versions(self) -> Documents:
        """Return the kept versions as documents, oldest first."""

    @abstractmethod
    def add_version(self, version: Document) -> None:
        """Keep one more version; those before stay as they are."""

    @abstractmethod
    def begin_versions(self, tables: Tables) -> None:
        """Write the versions of an imported partnership while it is being made."""

    @abstractmethod
    def keep_paper(self, version_id: str, name: str, data: bytes) -> Path:
        """Keep the bytes of a file that was adopted outside of the program as a version; return its path.

        `name` is the file's own name, of which the ending is kept.
        """

    @abstractmethod
    def paper(self, version_id: str) -> Path | None:
        """Return the path of the adopted file of a version; None if it has none."""

    @abstractmethod
    def session(self, author: str) -> Session:
        """Begin an editing session: its journal holds what is not saved yet, and shows others that somebody edits."""

    @abstractmethod
    def presences(self) -> list[Presence]:
        """Return who has the partnership open now, longest first."""

    # -- what is the same for every engine -----------------------------------------------------------------------------

    def save(self, guide: Guide, act: Act, author: Author, *, typing: bool = False, thorough: bool = False) -> Saved:
        """Save in one transaction: read the partnership, let `act` change it, and write what changed.

        With `typing`, the changes may continue a stretch of typing in the history. With `thorough`, all of the history
        is searched for lines that became private.
        """
        with self.transaction():
            state = self.read()
            return self._save_applied(guide, state, act(state.partnership), author, typing=typing, thorough=thorough)

    def _save_applied(
        self, guide: Guide, state: State, applied: Applied, author: Author, *, typing: bool, thorough: bool
    ) -> Saved:
        """Write the outcome of a save, and return what was saved; nothing is written anew that did not change.

        `thorough` is as in `write`.
        """
        partnership = applied.partnership
        if applied.conflicts:
            by_id = self._with_writers(state, applied.conflicts)
            partnership = replace(
                partnership, conflicts=tuple(by_id.get(conflict.id, conflict) for conflict in partnership.conflicts)
            )
        planned = plan(self._split_by(guide), state, partnership, applied.past, author.id, typing=typing)
        # A save without changes puts all files in order. So does the save after an interrupted one, since a twin may
        # still hold what became private.
        every = state.move_interrupted or partnership is state.partnership
        self.write(state, planned, every=every, thorough=state.move_interrupted or thorough)
        by_id = {conflict.id: conflict for conflict in planned.partnership.conflicts}
        return Saved(planned.partnership, applied.past, tuple(by_id[conflict.id] for conflict in applied.conflicts))

    def start(self, guide: Guide, given: State, applied: Applied, author: Author) -> Partnership:
        """Write a new partnership, with the tables of `given` (those of an import, or empty ones) as its beginning."""
        with self.transaction():
            planned = plan(self._split_by(guide), given, applied.partnership, applied.past, author.id)
            self.write(State(given.partnership, Half(self.types), None, {}), planned)
        return planned.partnership

    def history(self, *, entry: str = "", cell: str = "", private: bool = True, after: int = -1) -> list[HistoryEntry]:
        """Return the history, oldest first: of everything, of one `entry` (an id), or of one `cell` (a key) of it.

        With `private` false, only the public history. Only entries with a revision above `after`.
        """
        return merge_histories(*self._histories_of({entry} if entry else (), private=private, after=after), entry, cell)

    def tables(self, guide: Guide, *, far: bool = False) -> tuple[Tables, Tables, Tables]:
        """Return the tables that a save without changes would leave: (public, public history, private).

        With `far`, both histories hold their far lines too. Nothing is written.
        """
        with self.reading():
            state = self.read()
            planned = plan(self._split_by(guide), state, state.partnership, (), "")
            past, private = self.with_far_history(planned) if far else (planned.past, planned.private)
        return planned.public, self.exportable(past), self.exportable(private)

    def exportable(self, tables: Tables) -> Tables:
        """Return the tables of one file without what only this engine understands, so that they can go elsewhere."""
        return tables

    def take_problems(self) -> list[Problem]:
        """Return the problems met since the last call, each once, and forget them."""
        problems, self._problems = self._problems, []
        return problems

    def _note(self, problem: Problem) -> None:
        if problem not in self._problems:
            self._problems.append(problem)

    def _state_of(self, public: Half, private: Half | None, past: Tables | None) -> State:
        """Return the state of two halves and a public history."""
        joined = join_halves(self.id, public, private)
        partnership = joined.partnership
        if past:
            partnership = replace(partnership, rev=max(partnership.rev, revision_of(past)))
        return State(partnership, public, private, past, joined.overridden, joined.move_interrupted)

    def _half(self, name: str, tables: Tables, other: Half | None = None) -> Half:
        """Return the half in the tables of the file `name`; documents unchanged since the last call are not read again.

        `other` is the half read before it (see `read_half`).
        """
        half = self._halves.get(name)
        if half is None or half.tables is not tables:
            half = self._halves[name] = read_half(tables, self.types, half, other)
        if half.misfits:
            path = self.path / name
            self._note(Problem("misfit", path, None, misfit_message(path, half.misfits)))
        return half

    def _split_by(self, guide: Guide) -> PrivacySplit:
        if self._split is None or self._split.guide is not guide:
            self._split = PrivacySplit(guide)
        return self._split

    def _with_writers(self, state: State, conflicts: Iterable[Conflict]) -> dict[str, Conflict]:
        """Return the conflicts by id, each with the author of the stored text, whom only the history knows.

        The near history is searched first, then, for conflicts that are still without an author, the far one.
        """
        near = [
            *self._near_history(state.past, private=False),
            *self._near_history(private_tables(state), private=True),
        ]
        by_id = {conflict.id: replace(conflict, their_by=last_writer(near, conflict)) for conflict in conflicts}
        without_writer = [conflict for conflict in by_id.values() if not conflict.their_by]
        if not without_writer or not self.has_far_history(state):
            return by_id
        cells = {(conflict.entry, conflict.cell) for conflict in without_writer}
        all_lines = merge_histories(*self._histories_of({conflict.entry for conflict in without_writer}))
        lines = [line for line in all_lines if (line.entry, line.cell) in cells]
        for conflict in without_writer:
            by_id[conflict.id] = replace(conflict, their_by=last_writer(lines, conflict))
        return by_id

    def _near_history(self, tables: Tables | None, *, private: bool) -> list[HistoryEntry]:
        return read_history((tables or {}).get(HISTORY, {}), self.types, private=private)

    def _histories_of(
        self, entries: Collection[str], *, private: bool = True, after: int = -1
    ) -> tuple[Iterable[HistoryEntry], Iterable[HistoryEntry]]:
        """Return the public and the private history about `entries` (ids; () for all), with revisions above `after`."""

        def entries_of(*, private: bool) -> Iterator[HistoryEntry]:
            lines = self.lines(private=private, entries=entries, after=after)
            return history_entries(_lines_asked_for(lines, entries, after), self.types, private=private)

        # Another program may move a line meanwhile, from public to private or from near to far: read in that order, the
        # line is met at least once.
        public = list(entries_of(private=False))
        return public, entries_of(private=True) if private else ()


def private_tables(state: State) -> Tables:
    """Return the tables of the private half; {} if there is none."""
    return state.private.tables if state.private else {}


def misfit_message(path: Path, count: int) -> str:
    """Return the message that the file `path` holds `count` values of another type than their fields."""
    return ngettext(
        "“{name}” of {id} holds {n} value that its field cannot hold: it stays in the file, and is not shown.",
        "“{name}” of {id} holds {n} values that their fields cannot hold: they stay in the file, and are not shown.",
        count,
    ).format(name=path.name, id=path.parent.name, n=count)


def hidden_line_test(public_cells: CellsByEntry) -> Callable[[Document], bool]:
    """Return a function that is true for history lines about cells that are not in `public_cells`."""
    return lambda line: str(line.get("cell")) not in public_cells.get(str(line.get("entry")), ())


def with_far_lines(tables: Tables, far: list[Document]) -> Tables:
    """Return the tables with the lines `far` before the lines of their own history."""
    if not far:
        return tables
    return {**tables, HISTORY: append_documents({}, [*far, *sorted_documents(tables.get(HISTORY, {}))])}


def _lines_asked_for(lines: Iterable[Document], entries: Collection[str], after: int) -> Iterator[Document]:
    """Yield the lines about `entries` (ids; () for all) with a revision above `after`."""
    for line in lines:
        rev = line.get("rev")
        if (rev if is_revision(rev) else 0) > after and (not entries or line.get("entry") in entries):
            yield line
