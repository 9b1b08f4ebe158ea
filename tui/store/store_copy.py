"""All partnerships of one store copied to another, whichever engines keep them: read again, resumable, then left to it.

Each partnership is one transaction of the target, so that a copy that was cut short holds whole ones only: begun
again, it goes on with those that are missing or behind. Once all are there, nothing more is written in the source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.atomic_files import is_there
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.partnership.values import HistoryEntry, Partnership
from tui.store.closed_history import HISTORY
from tui.store.handing_over import ImportedPartnership, bring_in
from tui.store.records import append_documents, sorted_documents
from tui.store.sealed_bytes import META, Document, Tables
from tui.store.store_errors import Author, Moved, NotFound, StoreError, as_store_errors
from tui.store.version_files import VERSIONS_TABLE

if TYPE_CHECKING:
    from tui.guide.guide_types import Guide
    from tui.store.store_engine import StoreEngine
    from tui.store.stored_partnership import StoredPartnership

CopyProgress = Callable[[int, int], object]  # told how many of how many are done; stops the work by raising


class NotCopied(StoreError):
    """A copy stands against something; the message says what, and where."""


@dataclass(frozen=True, slots=True)
class Copied:
    """How many partnerships are in the target now, in use and in the bin, and how many of them came this time."""

    count: int
    binned: int
    made: int


@dataclass(frozen=True, slots=True)
class _Content:
    """All that a partnership holds: its value, its history, its tables, versions and the papers of these, by id."""

    partnership: Partnership
    history: list[HistoryEntry]
    tables: tuple[Tables, Tables, Tables]
    versions: list[Document]
    papers: dict[str, tuple[str, bytes]]

    def compared(self) -> tuple[object, ...]:
        """Return what must be the same in a copy: all but its id, how documents are numbered and history is filed."""
        public, _past, private = (
            {name: sorted_documents(table) for name, table in tables.items() if name not in (HISTORY, META)}
            for tables in self.tables
        )
        papers = {version: raw for version, (_name, raw) in self.papers.items()}
        return replace(self.partnership, id=""), self.history, public, private, self.versions, papers


class StoreCopier:
    """Copies the partnerships of `source` to `target`. All errors are `StoreError`s."""

    def __init__(self, source: StoreEngine, target: StoreEngine, guide: Guide, author: Author) -> None:
        self.source = source
        self.target = target
        self._guide = guide
        self._author = author
        self.made = 0  # partnerships written in the target
        self._same: dict[str, object] = {}  # the fingerprint in the source of what reads alike in both, by id

    def copy(self, watch: CopyProgress) -> Copied:
        """Copy all, see that each reads in the target as it does in the source, and leave the source to the target.

        What somebody saves meanwhile is copied again once nothing more is saved. Raises NotCopied where a partnership
        is open, cannot be read, or is another one in the target: then the source stays in use, and what was copied
        stays in the target.
        """
        self._refuse()
        self._pass(watch, first=True)
        self.source.leave_to(self.target.place)
        with self._taken_back():
            binned, count = self._pass(watch, first=False)
            self.copy_directory()
        return Copied(count, binned, self.made)

    def gather(self, watch: CopyProgress) -> None:
        """Copy all as it is now to a store that nobody uses yet; the source stays in use."""
        self._pass(watch, first=True)
        self.copy_directory()

    def bring(self, name: str) -> str:
        """Copy one; its id in the target, a new one where another is called so; "" where the target has it."""
        content = self._content(self.source.partnership(name))
        if self.target.has(name) and self._content(self.target.partnership(name)).compared() == content.compared():
            return ""
        new = self.target.free_id(name)
        self._write(new, content)
        self._verify(new, content)
        return new

    def bring_deleted(self, name: str) -> int:
        """Copy one from the bin to the bin; how many came: none where the target has it, in the bin or not."""
        before = self.made
        if not self.target.has(name):
            self._copy_deleted(name)
        return self.made - before

    def _refuse(self) -> None:
        if not self.source.is_server:
            with as_store_errors(self.source.root):
                if not is_there(self.source.root):
                    raise NotFound(self.source.root)
        if self.source.place == self.target.place:
            raise NotCopied(
                self.source.root, _("{place}: a store is not copied to itself.").format(place=self.source.place)
            )
        if moved := self.source.successor():
            raise Moved(self.source.place, moved)
        if (back := self.target.successor()) and back != self.source.place:
            raise Moved(self.target.place, back)
        self.source.refuse_leaving()
        if back:
            self.target.take_back()  # it went there once, and comes back
        self._refuse_unread()

    def _refuse_unread(self) -> None:
        damaged = [summary for summary in (*self.source.summaries(), *self.source.deleted()) if summary.damaged]
        if damaged:
            text = _("{ids}: they cannot be read whole, so nothing is copied. “entente doctor” says what can be done.")
            raise NotCopied(self.source.root, text.format(ids=", ".join(summary.id for summary in damaged)))
        for summary in self.source.summaries():
            if here := self.source.partnership(summary.id).present():
                text = _("{name} has {id} open: nothing is copied while somebody writes. Ask them to leave it first.")
                raise NotCopied(self.source.root, text.format(name=here[0].author, id=summary.id))

    @contextmanager
    def _taken_back(self) -> Iterator[None]:
        """Whatever goes wrong within it, the source is in use again."""
        with ExitStack() as undo:
            undo.callback(self.source.take_back)
            yield
            undo.pop_all()  # nothing went wrong: the source is left

    def _pass(self, watch: CopyProgress, *, first: bool) -> tuple[int, int]:
        """Copy what is missing or behind; how many lie in the bin, and how many do not."""
        deleted = [summary.id for summary in self.source.deleted()]
        there = [summary.id for summary in self.source.summaries()]
        total, done = len(deleted) + len(there), 0
        for names, copy in ((deleted, self._copy_deleted), (there, self._copy_one)):
            for name in names:
                watch((done if first else total + done) // 2, total)
                copy(name)
                done += 1
        return len(deleted), len(there)

    # -- one partnership -----------------------------------------------------------------------------------------------

    def _copy_one(self, name: str) -> None:
        stored = self.source.partnership(name)
        with stored.reading():  # whoever was saving when the source was left has ended
            fingerprint = stored.fingerprint()
        if self._same.get(name) == fingerprint:
            return  # the first pass has seen to it, and nobody saved since
        self._copy_changed(name, self._content(stored))
        self._same[name] = fingerprint

    def _copy_changed(self, name: str, content: _Content) -> None:
        if self.target.has(name):
            known = self._content(self.target.partnership(name))
            if known.compared() == content.compared():
                return
            if not _is_earlier(known, content):
                text = _("{id} is in both stores, and each says something else: nothing of it was replaced.")
                raise NotCopied(self.target.root / name, text.format(id=name))
            self._destroy(name)
        self._write(name, content)
        self._verify(name, content)

    def _copy_deleted(self, name: str) -> None:
        for stored in self.source.earlier_lives(name):
            if stored.id != name:
                continue  # it has a line of its own in the bin
            content = self._content(stored)
            known = [self._content(there).compared() for there in self.target.earlier_lives(name)]
            if content.compared() in known:
                continue
            if self.target.has(name):
                there = self._content(self.target.partnership(name))
                if self.source.has(name) or not _is_earlier(there, content):
                    self._write_deleted(self.target.free_id(None), content)
                    continue
                self._destroy(name)  # it was copied before somebody deleted it in the source
            self._write_deleted(name, content)

    def _write_deleted(self, name: str, content: _Content) -> None:
        self._write(name, content)
        self._verify(name, content)
        self.target.delete(name)

    def _destroy(self, name: str) -> None:
        self.target.delete(name)
        self.target.purge(name)

    def _content(self, stored: StoredPartnership) -> _Content:
        """Return all of a partnership, of one moment."""
        with stored.reading():
            tables = stored.tables(self._guide, far=True)
            versions = list(stored.stored_versions())
            papers = {}
            for version in versions:
                path = stored.paper(str(version.get("id", "")))
                if path is not None:
                    papers[str(version["id"])] = path.name, _bytes_of(path)
            return _Content(stored.state().partnership, stored.history(), tables, versions, papers)

    def _write(self, name: str, content: _Content) -> None:
        public, past, private = content.tables
        versions: Tables = {VERSIONS_TABLE: append_documents({}, content.versions)} if content.versions else {}
        what = ImportedPartnership(public, past, private, versions)
        with self.target.new_partnership(name) as stored:
            bring_in(stored, name, self._guide, what, self._author)
            for version, (paper, raw) in content.papers.items():
                stored.keep_paper(version, paper, raw)
        self.made += 1

    def _verify(self, name: str, content: _Content) -> None:
        """Read a copy again, from the disk or the server. Raises NotCopied where it reads differently."""
        self.target.forget_all()
        if self._content(self.target.partnership(name)).compared() != content.compared():
            text = _("{id} does not read in {place} as it was copied: nothing was left to it.")
            raise NotCopied(self.target.root / name, text.format(id=name, place=self.target.place))

    def copy_directory(self) -> None:
        """Bring the organisations, each under its id; what the target alone knows of one stays."""
        for organisation in self.source.organisations():
            self.target.remember(organisation)


def _bytes_of(path: Path) -> bytes:
    from tui.atomic_files import read_file

    return read_file(path)


def _is_earlier(known: _Content, content: _Content) -> bool:
    """Whether `known` is what `content` was some time ago: all that it tells, the other tells too, or went on from."""
    lines = {_line(entry) for entry in content.history}
    begun = {(entry.entry, entry.cell, repr(entry.value), entry.by): entry.rev for entry in content.history}
    last = {(entry.entry, entry.cell): entry for entry in known.history}
    return known.partnership.rev <= content.partnership.rev and all(
        _line(entry) in lines
        or (
            last[entry.entry, entry.cell] is entry  # a stretch of typing that went on
            and begun.get((entry.entry, entry.cell, repr(entry.value), entry.by), -1) > entry.rev
        )
        for entry in known.history
    )


def _line(entry: HistoryEntry) -> tuple[object, ...]:
    return entry.entry, entry.cell, repr(entry.value), repr(entry.new), entry.rev, entry.at
