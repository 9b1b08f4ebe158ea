"""The copy of all partnerships of a store, the source, to another one, the target, which is used from then on.

Each partnership is written in one transaction and read again to check it. So a copy that was interrupted leaves only
whole partnerships in the target; started again, it copies those that are missing or outdated there. At the end the
source refuses every save. Stores in folders and on servers are copied alike.
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
from tui.store.handing_over import ImportedPartnership, write_imported
from tui.store.records import append_documents, sorted_documents
from tui.store.sealed_bytes import META, Document, Tables
from tui.store.store_errors import Author, Moved, NotFound, StoreError, as_store_errors
from tui.store.version_files import VERSIONS_TABLE

if TYPE_CHECKING:
    from tui.guide.guide_types import Guide
    from tui.store.store_engine import StoreEngine
    from tui.store.stored_partnership import StoredPartnership

CopyProgress = Callable[[int, int], object]  # called with (done, total) partnerships; it stops the work by raising


class NotCopied(StoreError):
    """Something prevents the copy; the message says what, and where."""


@dataclass(frozen=True, slots=True)
class Copied:
    """The outcome of a copy, in numbers of partnerships."""

    count: int  # in the target now, outside the bin
    binned: int  # in the bin of the target
    written: int  # of all these, those that were written this time


@dataclass(frozen=True, slots=True)
class _Content:
    """All that the store holds of a partnership."""

    partnership: Partnership
    history: list[HistoryEntry]
    tables: tuple[Tables, Tables, Tables]  # public, public history, private
    versions: list[Document]
    papers: dict[str, tuple[str, bytes]]  # id of a version → (name, bytes) of its adopted file

    def comparable(self) -> tuple[object, ...]:
        """Return what must be equal in a copy: all but the id, document numbers and how the history is filed."""
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
        self.written = 0  # partnerships written to the target
        # Of partnerships that are equal in both stores: id → fingerprint in the source when that was checked.
        self._copied_fingerprints: dict[str, object] = {}

    def copy(self, progress: CopyProgress) -> Copied:
        """Copy everything, check each copy, and make the source refuse every save from then on.

        What somebody saves meanwhile is copied in a second pass, when nobody can save any more. Raises NotCopied if a
        partnership is open or unreadable, or if the target has another one of its id: then the source stays in use,
        and what was copied so far stays in the target.
        """
        self._require_copyable()
        self._copy_all(progress, first=True)
        self.source.leave_to(self.target.place)
        with self._source_restored_on_error():
            binned, count = self._copy_all(progress, first=False)
            self.copy_directory()
        return Copied(count, binned, self.written)

    def copy_without_leaving(self, progress: CopyProgress) -> None:
        """Copy everything as it is now to a store that nobody uses yet; the source stays in use."""
        self._copy_all(progress, first=True)
        self.copy_directory()

    def copy_if_missing(self, partnership_id: str) -> str:
        """Copy a partnership and return its id in the target; "" if the target has an equal one of that id.

        If the target has another one of that id, the copy gets a new id.
        """
        content = self._content(self.source.partnership(partnership_id))
        if self.target.has(partnership_id):
            in_target = self._content(self.target.partnership(partnership_id))
            if in_target.comparable() == content.comparable():
                return ""
        target_id = self.target.free_id(partnership_id)
        self._write(target_id, content)
        self._verify(target_id, content)
        return target_id

    def copy_deleted_if_missing(self, partnership_id: str) -> int:
        """Copy a partnership from bin to bin, and return how many were written: 0 or 1.

        None is written if the target has a partnership of that id outside the bin, or an equal one in it.
        """
        before = self.written
        if not self.target.has(partnership_id):
            self._copy_deleted(partnership_id)
        return self.written - before

    def _require_copyable(self) -> None:
        """Raise `StoreError` if the source may not be copied to the target."""
        if not self.source.is_server:
            with as_store_errors(self.source.root):
                if not is_there(self.source.root):
                    raise NotFound(self.source.root)
        if self.source.place == self.target.place:
            raise NotCopied(
                self.source.root, _("{place}: a store is not copied to itself.").format(place=self.source.place)
            )
        if source_successor := self.source.successor():
            raise Moved(self.source.place, source_successor)
        if (target_successor := self.target.successor()) and target_successor != self.source.place:
            raise Moved(self.target.place, target_successor)
        self.source.refuse_leaving()
        if target_successor:
            self.target.take_back()  # The partnerships went from the target to the source once, and come back.
        self._require_readable_and_closed()

    def _require_readable_and_closed(self) -> None:
        """Raise NotCopied if a partnership of the source cannot be read in full, or is open anywhere."""
        damaged = [summary for summary in (*self.source.summaries(), *self.source.deleted()) if summary.damaged]
        if damaged:
            text = _("{ids}: they cannot be read whole, so nothing is copied. “entente doctor” says what can be done.")
            raise NotCopied(self.source.root, text.format(ids=", ".join(summary.id for summary in damaged)))
        for summary in self.source.summaries():
            if presences := self.source.partnership(summary.id).presences():
                text = _("{name} has {id} open: nothing is copied while somebody writes. Ask them to leave it first.")
                raise NotCopied(self.source.root, text.format(name=presences[0].author, id=summary.id))

    @contextmanager
    def _source_restored_on_error(self) -> Iterator[None]:
        """Put the source back in use if the block raises."""
        with ExitStack() as undo:
            undo.callback(self.source.take_back)
            yield
            undo.pop_all()  # no error: the source stays left

    def _copy_all(self, progress: CopyProgress, *, first: bool) -> tuple[int, int]:
        """Copy what is missing or outdated in the target; return how many lie in the bin, and how many do not.

        `first` says which of the two passes it is, each half of the progress.
        """
        deleted = [summary.id for summary in self.source.deleted()]
        listed = [summary.id for summary in self.source.summaries()]
        total, done = len(deleted) + len(listed), 0
        for ids, copy in ((deleted, self._copy_deleted), (listed, self._copy_one)):
            for partnership_id in ids:
                progress((done if first else total + done) // 2, total)
                copy(partnership_id)
                done += 1
        return len(deleted), len(listed)

    # -- one partnership -----------------------------------------------------------------------------------------------

    def _copy_one(self, partnership_id: str) -> None:
        stored = self.source.partnership(partnership_id)
        with stored.reading():  # In the second pass this waits for a save that was under way when the source was left.
            fingerprint = stored.fingerprint()
        if self._copied_fingerprints.get(partnership_id) == fingerprint:
            return  # copied in the first pass, and not saved since
        self._copy_changed(partnership_id, self._content(stored))
        self._copied_fingerprints[partnership_id] = fingerprint

    def _copy_changed(self, partnership_id: str, content: _Content) -> None:
        """Write the content, in place of an earlier state in the target; nothing if that is equal."""
        if self.target.has(partnership_id):
            in_target = self._content(self.target.partnership(partnership_id))
            if in_target.comparable() == content.comparable():
                return
            if not _is_earlier(in_target, content):
                text = _("{id} is in both stores, and each says something else: nothing of it was replaced.")
                raise NotCopied(self.target.root / partnership_id, text.format(id=partnership_id))
            self._destroy(partnership_id)
        self._write(partnership_id, content)
        self._verify(partnership_id, content)

    def _copy_deleted(self, partnership_id: str) -> None:
        """Copy the partnership that has this id in the bin of the source to the bin of the target."""
        for stored in self.source.earlier_lives(partnership_id):
            if stored.id != partnership_id:
                continue  # it is copied under the id that it has in the bin
            content = self._content(stored)
            in_target_bin = [self._content(life).comparable() for life in self.target.earlier_lives(partnership_id)]
            if content.comparable() in in_target_bin:
                continue
            if self.target.has(partnership_id):
                in_use = self._content(self.target.partnership(partnership_id))
                if self.source.has(partnership_id) or not _is_earlier(in_use, content):
                    if not self._is_in_target_bin(content):
                        self._write_deleted(self.target.free_id(None), content)
                    continue
                self._destroy(partnership_id)  # It was copied before somebody deleted it in the source.
            self._write_deleted(partnership_id, content)

    def _is_in_target_bin(self, content: _Content) -> bool:
        """Return whether the bin of the target has an equal partnership, under whatever id an earlier pass gave it."""
        ids = [summary.id for summary in self.target.deleted() if not summary.damaged]
        lives = (life for id_in_bin in ids for life in self.target.earlier_lives(id_in_bin))
        return any(self._content(life).comparable() == content.comparable() for life in lives)

    def _write_deleted(self, partnership_id: str, content: _Content) -> None:
        self._write(partnership_id, content)
        self._verify(partnership_id, content)
        self.target.delete(partnership_id)

    def _destroy(self, partnership_id: str) -> None:
        self.target.delete(partnership_id)
        self.target.purge(partnership_id)

    def _content(self, stored: StoredPartnership) -> _Content:
        """Return all of a partnership, as it is at one moment."""
        with stored.reading():
            tables = stored.tables(self._guide, far=True)
            versions = list(stored.stored_versions())
            papers = {}
            for version in versions:
                path = stored.paper(str(version.get("id", "")))
                if path is not None:
                    papers[str(version["id"])] = path.name, _bytes_of(path)
            return _Content(stored.state().partnership, stored.history(), tables, versions, papers)

    def _write(self, partnership_id: str, content: _Content) -> None:
        public, past, private = content.tables
        versions: Tables = {VERSIONS_TABLE: append_documents({}, content.versions)} if content.versions else {}
        imported = ImportedPartnership(public, past, private, versions)
        with self.target.new_partnership(partnership_id) as stored:
            write_imported(stored, partnership_id, self._guide, imported, self._author)
            for version_id, (name, raw) in content.papers.items():
                stored.keep_paper(version_id, name, raw)
        self.written += 1

    def _verify(self, partnership_id: str, content: _Content) -> None:
        """Read a copy again, from the disk or the server. Raises NotCopied if it differs."""
        self.target.forget_all()
        if self._content(self.target.partnership(partnership_id)).comparable() != content.comparable():
            text = _("{id} does not read in {place} as it was copied: nothing was left to it.")
            raise NotCopied(self.target.root / partnership_id, text.format(id=partnership_id, place=self.target.place))

    def copy_directory(self) -> None:
        """Copy the organisations, each under its id; fields that only the target has stay."""
        for organisation in self.source.organisations():
            self.target.remember(organisation)


def _bytes_of(path: Path) -> bytes:
    from tui.atomic_files import read_file

    return read_file(path)


def _is_earlier(earlier: _Content, later: _Content) -> bool:
    """Return whether `earlier` is an earlier state of the same partnership as `later`.

    That is so if each history entry of `earlier` stands in `later` too, or was the last one of its cell and was
    continued there by a stretch of typing.
    """
    later_lines = {_line(entry) for entry in later.history}
    # A continued stretch keeps its earlier value and its author, and gets a higher revision.
    stretch_revisions = {(entry.entry, entry.cell, repr(entry.value), entry.by): entry.rev for entry in later.history}
    last_entries = {(entry.entry, entry.cell): entry for entry in earlier.history}

    def was_continued(entry: HistoryEntry) -> bool:
        is_last = last_entries[entry.entry, entry.cell] is entry
        return is_last and stretch_revisions.get((entry.entry, entry.cell, repr(entry.value), entry.by), -1) > entry.rev

    return earlier.partnership.rev <= later.partnership.rev and all(
        _line(entry) in later_lines or was_continued(entry) for entry in earlier.history
    )


def _line(entry: HistoryEntry) -> tuple[object, ...]:
    return entry.entry, entry.cell, repr(entry.value), repr(entry.new), entry.rev, entry.at
