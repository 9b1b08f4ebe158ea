"""The store as the rest of the program uses it: reads, saves, copies and destroys partnerships.

Each method imports the module of this package that does its work, so that starting the program stays quick.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from tui.partnership.ids import is_id, new_id
from tui.store.engine_choice import StoreContext, engine_at
from tui.store.store_errors import Author, Destroyed, Problem, Saved, StoreError, Summary, as_store_errors
from tui.store.store_root import default_place
from tui.text import moments

if TYPE_CHECKING:
    from tui.guide.guide_types import Guide
    from tui.partnership.changes import Applied
    from tui.partnership.values import Change, HistoryEntry, Partnership
    from tui.store.backup import Backup, BackupProgress
    from tui.store.erasure import Erasure
    from tui.store.handing_over import ImportedPartnership
    from tui.store.journal import Session
    from tui.store.list_cache import ListingProgress
    from tui.store.partnership_folder import Folder
    from tui.store.set_aside_files import Readable, SetAsideFile
    from tui.store.store_copy import Copied, CopyProgress
    from tui.store.store_errors import Moved, Unlocked
    from tui.store.stored_partnership import StoredPartnership
    from tui.text.sought_text import SoughtText


GuideLoader = Callable[[], "Guide"]
Clock = Callable[[], str]  # gives an ISO date and time with its offset
# Applies changes to a partnership, and returns the outcome.
SetCells: TypeAlias = "Callable[[Partnership, Iterable[Change]], Applied]"
# Is called with the partnership as it lies on disk and a `SetCells`, which it may call several times; returns the last
# outcome.
Work: TypeAlias = "Callable[[Partnership, SetCells], Applied]"
# Lists have names of their own here, because `Store.list` hides the type `list` in the class.
Summaries: TypeAlias = "list[Summary]"
HistoryEntries: TypeAlias = "list[HistoryEntry]"
Problems: TypeAlias = "list[Problem]"
SetAsideFiles: TypeAlias = "list[SetAsideFile]"
Rows: TypeAlias = "list[dict[str, Any]]"


def clock() -> str:
    """Return the date and time with its offset, to the second, in ISO 8601."""
    return moments.now()


class Store:
    """All partnerships of one folder or of one server. A failing disk or server raises a `StoreError`; then try again.

    Files outside the folder are touched only if a method is given their path.
    """

    def __init__(
        self,
        root: Path | str,
        guide_loader: GuideLoader | None = None,
        author: Author | None = None,
        now: Clock = clock,
    ) -> None:
        """`root` is a folder, or the address of a server: postgresql://….

        `guide_loader` gives the guide, which says what is private (by default that of the program), `author` is who
        writes (by default this account), `now` gives the time of changes.
        """
        self._root_given = root
        self._context = StoreContext(guide_loader, author)
        self.engine = engine_at(root, self._context)
        self.root = self.engine.root
        self._now = now

    @property
    def author(self) -> Author:
        """Who writes: the author given, else that of this account."""
        return self._context.author()

    @property
    def address(self) -> Path | str:
        """The folder, or the address of the server without its password, as it may be shown."""
        return self.engine.place if self.engine.is_server else self.root

    def written_by(self, author: Author) -> Store:
        """Return the same store, opened by another author."""
        return Store(self._root_given, author=author)

    def hurry(self) -> None:
        """Shorten all waiting for a server from now on, because the program was asked to end."""
        self.engine.hurry()

    def change_mark(self, partnership_id: str) -> object:
        """Return a value that differs once an open partnership may have changed (`signature` tells whether it has).

        It is polled, and never waits for a server.
        """
        return self.engine.change_mark(partnership_id)

    def people_mark(self, partnership_id: str) -> int:
        """Return a number that differs once somebody has opened the partnership or left it.

        It is polled, and never waits for a server.
        """
        return self.engine.people_mark(partnership_id)

    def vanished_error(self, partnership_id: str) -> StoreError:
        """Return the error to show for a partnership that is open here but no longer in the store."""
        return self.engine.vanished_error(partnership_id)

    def has(self, partnership_id: str) -> bool:
        """Return whether there is a partnership of that id."""
        return self.engine.has(partnership_id)

    def _guide(self) -> Guide:
        return self._context.guide()

    def _stored_partnership(self, partnership_id: str) -> StoredPartnership:
        """Return a partnership as its engine keeps it. Raises NotFound if there is none of that id."""
        return self.engine.partnership(partnership_id)

    def _folder(self, partnership_id: str) -> Folder:
        """Return the folder of a partnership, for work on files. Raises NotFound, or FolderOnly on a server."""
        from tui.store.partnership_folder import Folder

        if self.engine.is_server:
            from tui.store.server_errors import FolderOnly

            raise FolderOnly(self.engine.place)
        stored = self._stored_partnership(partnership_id)
        assert isinstance(stored, Folder)
        return stored

    def list(self, *, archived: bool = False, progress: ListingProgress | None = None) -> Summaries:
        """Return the partnerships, the last changed first: the archived ones, or the others.

        `progress` is called with how many are read and how many there are; reading ends if it returns False.
        """
        return [summary for summary in self.engine.summaries(progress) if summary.archived == archived]

    def find(self, text: str, *, beginning: bool = False) -> Summary:
        """Return the partnership that `text` names: by its id, the beginning of it (4 characters), or its title.

        With `beginning` also by the beginning of its title, if no title is exactly `text`. Archived ones count too.
        Raises Unknown if it names none, Ambiguous, with the list, if it names several.
        """
        from tui.store.list_cache import find_by_id_or_title

        summaries = find_by_id_or_title(self.engine.summaries(), text, beginning=beginning)
        if len(summaries) == 1:
            return summaries[0]
        from tui.store.store_errors import Ambiguous, Unknown

        raise Ambiguous(self.root, text, summaries) if summaries else Unknown(self.root, text)

    def create(self, changes: Iterable[Change] = (), *, partnership_id: str | None = None) -> Partnership:
        """Make a partnership with these changes in it and return it. Raises Taken if there is one of that id."""
        from tui.partnership.changes import apply
        from tui.partnership.values import SETTINGS, TIME_ZONE, Change, Partnership
        from tui.store.public_private import Half, State
        from tui.store.records import cleaned_changes

        at, new_partnership_id, guide = self._now(), partnership_id or new_id(), self._guide()
        empty = Partnership(new_partnership_id, created=at, changed=at)
        zone = moments.zone_name()  # "" if unknown
        settings = [Change(SETTINGS, SETTINGS, TIME_ZONE, zone)] if zone else []
        applied = apply(empty, [*settings, *cleaned_changes(changes)], by=self.author.name, at=at)
        with self.engine.new_partnership(new_partnership_id) as stored:
            return stored.start(guide, State(empty, Half(stored.types)), applied, self.author)

    def load(self, partnership_id: str, *, private: bool = True) -> Partnership:
        """Return the partnership as last saved, after saving what sessions that died had typed.

        With `private` false, only its public part. Problems, such as a file that cannot be read or a disk nearly full,
        are given by `take_problems`. Raises `NotFound`, `Damaged` and other `StoreError`s.
        """
        from tui.store.room import room_problems

        stored = self._stored_partnership(partnership_id)
        self._save_dead_sessions(stored)
        state = stored.state()
        if state.move_interrupted:
            self._finish_interrupted_move(stored)
        problems = self.engine.problems
        problems += [problem for problem in room_problems(stored.path) if problem not in problems]
        return state.partnership if private else stored.state(private=False).partnership

    def _finish_interrupted_move(self, stored: StoredPartnership) -> None:
        """Finish an interrupted move of cells between the public and the private file.

        If nothing can be written now, a problem is noted.
        """
        from tui.store.store_errors import Full, Locked, ReadOnly, Unlocked

        try:
            stored.save(self._guide(), self._no_change, self.author)
        except (Full, Locked, ReadOnly, Unlocked) as err:
            self.engine.problems.append(Problem("waiting", stored.path, None, str(err)))

    @staticmethod
    def _no_change(partnership: Partnership) -> Applied:
        """Change nothing: a save with this only puts the files in order."""
        from tui.partnership.changes import Applied

        return Applied(partnership, (), ())

    def _save_dead_sessions(self, stored: StoredPartnership) -> None:
        """Save what dead sessions left in their journals, under their authors' names.

        A dead session is one whose program ended without closing it. If this cannot be saved now, a problem is noted.
        """
        from tui.atomic_files import only_reads
        from tui.partnership.changes import apply
        from tui.store.journal_recovery import has_journals, orphans, set_torn_journal_aside, unsaved_changes
        from tui.store.store_errors import Full, Locked, ReadOnly, Unlocked

        if not has_journals(stored.path) or only_reads(stored.path):
            return
        try:
            with stored.journal_replay_lock():
                for orphan in orphans(stored.path):
                    author = Author("journal", orphan.author)  # the journal holds the name, not the id
                    stored.save(
                        self._guide(),
                        lambda partnership, item=orphan: apply(  # type: ignore[misc]
                            partnership,
                            unsaved_changes(item, partnership, stored.types),
                            by=item.author,
                            at=self._now(),
                        ),
                        author,
                    )
                    set_aside = set_torn_journal_aside(orphan, stored.modes.private)
                    orphan.discard()
                    self.engine.problems.append(Problem("journal", orphan.path, set_aside, orphan.author))
        except (Full, Locked, ReadOnly, Unlocked) as err:
            self.engine.problems.append(Problem("waiting", stored.path, None, str(err)))

    def save(self, partnership_id: str, changes: Sequence[Change], *, typing: bool = False) -> Saved:
        """Apply the changes to the partnership as it lies on disk now, and save it: one transaction under the lock.

        A change on an older `base` becomes a conflict; nothing is lost. After an error nothing is saved. With `typing`
        the history gets one line for each stretch of typing; else one for each value.
        """
        return self.save_with(
            partnership_id, lambda partnership, set_cells: set_cells(partnership, changes), typing=typing
        )

    def save_with(self, partnership_id: str, work: Work, *, typing: bool = False) -> Saved:
        """Save as `save` does, with changes that `work` applies in several steps (see `Work`)."""
        from tui.partnership.changes import Applier
        from tui.store.records import cleaned_changes

        applier = Applier(by=self.author.name, at=self._now())

        def set_cells(partnership: Partnership, changes: Iterable[Change]) -> Applied:
            return applier.apply(partnership, stored.rebase_changes(cleaned_changes(changes)))

        stored = self._stored_partnership(partnership_id)
        return stored.save(self._guide(), lambda partnership: work(partnership, set_cells), self.author, typing=typing)

    def settle(self, partnership_id: str, conflict_id: str, choice: str) -> Saved:
        """End a conflict by the choice "mine", "theirs" or "both". One that somebody else settled meanwhile stays so.

        Raises KeyError if the partnership has no such conflict, an error of the caller.
        """
        from tui.partnership.changes import settle

        at = self._now()

        def act(partnership: Partnership) -> Applied:
            if any(conflict.id == conflict_id and conflict.settled for conflict in partnership.conflicts):
                return self._no_change(partnership)
            return settle(partnership, conflict_id, choice, by=self.author.name, at=at)

        return self._stored_partnership(partnership_id).save(self._guide(), act, self.author)

    def signature(self, partnership_id: str) -> object:
        """Return a value that differs after every save of the partnership by anybody. Raises `NotFound`."""
        return self._stored_partnership(partnership_id).signature()

    def seen_signature(self, partnership_id: str) -> object:
        """Return the `signature` of the partnership as it was last read or saved here."""
        return self._stored_partnership(partnership_id).seen_signature()

    def history(
        self, partnership_id: str, *, entry: str = "", cell: str = "", private: bool = True, after: int = -1
    ) -> HistoryEntries:
        """Return the history, oldest first: of everything, of one `entry` (an id), or of one `cell` (a key) of it.

        With `after`, a revision, only what came later: closed files without later lines are not read.
        """
        return self._stored_partnership(partnership_id).history(entry=entry, cell=cell, private=private, after=after)

    def session(self, partnership_id: str) -> Session:
        """Begin an editing session: its journal holds what is not saved yet, and shows others that somebody edits."""
        return self._stored_partnership(partnership_id).session(self.author.name)

    def take_problems(self) -> Problems:
        """Return the problems met since the last call (files set aside, recovered or unreadable), and forget them."""
        return self.engine.take_problems()

    def moved_error(self) -> Moved | None:
        """Return the error that a save raises once the store was copied elsewhere; None while this store is in use."""
        from tui.store.store_errors import Moved

        successor = self.engine.successor()
        return Moved(self.engine.place, successor) if successor else None

    def copy_to(self, target: Store, progress: CopyProgress) -> Copied:
        """Copy all partnerships, the bin and the directory to another store, which is in use from then on instead.

        Raises `StoreError`: then this store is still in use, and a second call continues where the first one ended.
        """
        from tui.store.store_copy import StoreCopier

        for summary in self.engine.summaries():
            self._save_dead_sessions(self._stored_partnership(summary.id))
        return StoreCopier(self.engine, target.engine, self._guide(), self.author).copy(progress)

    def unlocked_error(self) -> Unlocked | None:
        """Return the error that a save raises on a disk without locks, until the user allows writing there.

        None if locks work or the user has allowed it.
        """
        return self.engine.unlocked_error()

    def allow_unlocked(self) -> None:
        """Write from now on although the disk has no locks, because the user allowed it."""
        self.engine.allow_unlocked()

    # -- bytes that somebody else changed, or that cannot be read ---------------------------------------------------

    def sync_copies(self) -> tuple[Path, ...]:
        """Return the conflict copies that a synchronising program left in the folder of the store, the bin included."""
        from tui.store.folder_lifecycle import folders_of
        from tui.store.sync_copies import all_copies

        if self.engine.is_server:
            return ()
        with as_store_errors(self.root):
            return all_copies(self.root, folders_of(self.root))

    def set_aside_files(self, partnership_id: str) -> SetAsideFiles:
        """Return the files set aside beside a partnership, the newest first, each with the values it alone holds."""
        from tui.store.set_aside_files import set_aside_files_in

        return [] if self.engine.is_server else set_aside_files_in(self._folder(partnership_id))

    def take_over(self, partnership_id: str, file: Path) -> Saved:
        """Save the values of a set-aside file, as changes that the history keeps and that conflict with newer ones.

        The file stays where it is. Raises NotFound for one that is not set aside beside this partnership.
        """
        from tui.store.set_aside_files import take_over

        return take_over(self._folder(partnership_id), self._guide(), Path(file), self.author, self._now())

    def readable(self, partnership_id: str) -> Readable:
        """Return the parts that can still be read of a partnership that `load` refuses as `Damaged`. Write nothing."""
        from tui.store.set_aside_files import readable

        return readable(self._folder(partnership_id))

    def restart_from_readable(self, partnership_id: str) -> None:
        """Replace a damaged partnership by what can be read of it; the damaged bytes are set aside beside it."""
        from tui.store.set_aside_files import restart_from_readable

        restart_from_readable(self._folder(partnership_id), self._guide(), self.author)

    def backup(self, file: Path, progress: BackupProgress | None = None) -> Backup:
        """Write all partnerships, the bin and the directory into a new zip file, and read it again to check it.

        What sessions that died had typed is saved first. Raises Taken if the file exists.
        """
        from tui.store.backup import backup
        from tui.store.journal_recovery import has_journals

        if self.engine.is_server:
            from tui.store.server_backup import backup_server

            return backup_server(self.engine, self._guide(), self.author, Path(file), progress)
        with as_store_errors(self.root):
            folders = list(self.root.iterdir()) if self.root.is_dir() else []
        for folder in folders:
            with suppress(StoreError):  # One that `load` refuses is packed as it is, or named in the result.
                if is_id(folder.name) and not folder.is_symlink() and folder.is_dir() and has_journals(folder):
                    self.load(folder.name)
        return backup(self.root, Path(file), progress)

    def note_private_file(self, file: Path) -> None:
        """Add a file outside the store to the list of backups, because it holds private notes.

        `destroy_private` and `purge` name the files of that list, which they do not reach.
        """
        from tui.store.backup import note_backup

        note_backup(self.root, Path(file))

    def restore(self, file: Path, progress: BackupProgress | None = None) -> Generator[str, None, int]:
        """Bring back the partnerships of a backup; yield the id that each has here, return how many went to the bin.

        What is damaged in the backup is given by `take_problems`.
        """
        from tui.store.backup import restore

        self.engine.forget_all()
        if self.engine.is_server:
            from tui.store.server_backup import restore_server

            return restore_server(self.engine, self._guide(), self.author, Path(file), progress)
        return restore(self.root, Path(file), progress, self.engine.problems)

    # -- whole partnerships ------------------------------------------------------------------------------------------

    def archive(self, partnership_id: str, on: bool = True) -> None:
        """Take a partnership off the list of current ones, or (`on` false) put it back; nothing else changes."""
        from tui.partnership.values import SETTINGS, Change

        self.save(partnership_id, [Change(SETTINGS, SETTINGS, "archived", on or None)])

    def delete(self, partnership_id: str) -> None:
        """Move a partnership to the bin."""
        self.engine.delete(partnership_id)

    def bin(self) -> Summaries:
        """Return the deleted partnerships, the last changed first."""
        return self.engine.deleted()

    def restore_from_bin(self, partnership_id: str) -> str:
        """Bring a deleted partnership back, and return its id: a new one if its own is taken. Raises `NotFound`."""
        return self.engine.restore_deleted(partnership_id)

    def purge(self, partnership_id: str) -> Destroyed:
        """Destroy a deleted partnership for good, and return the backups and copies that still hold it.

        Raises `NotFound`.
        """
        copies = self.engine.related_copies(partnership_id, deleted=True)
        destroyed_path = self.engine.purge(partnership_id)
        return Destroyed((destroyed_path,), self.engine.copies_elsewhere(partnership_id), copies=copies)

    def copies(self, partnership_id: str) -> tuple[Summary, ...]:
        """Return the copies and originals of a partnership, deleted ones too: they hold the same private notes."""
        return self.engine.related_copies(partnership_id)

    def destroy_private(self, partnership_id: str) -> Destroyed:
        """Destroy the private notes of a partnership: the private file and its second copy, journals, private history.

        Set-aside files go too, and the private notes of its earlier lives in the bin. The result names what this does
        not reach: backups made from this store that still exist, copies of its folder by a sync program, sessions open
        elsewhere, and the copies of the partnership.
        """
        stored = self._stored_partnership(partnership_id)
        # First, values that became private are moved out of the public history, also out of its closed (full) files, so
        # that they are destroyed with the rest.
        stored.save(self._guide(), self._no_change, self.author, thorough=True)
        sessions = tuple(presence.author for presence in stored.presences())
        destroyed_paths = self.engine.destroy_private(stored)
        for earlier in self.engine.earlier_lives(partnership_id):
            with suppress(StoreError):  # A file that cannot be read is destroyed all the same.
                earlier.save(self._guide(), self._no_change, self.author, thorough=True)
            destroyed_paths += self.engine.destroy_private(earlier)
        elsewhere = self.engine.copies_elsewhere(partnership_id)
        return Destroyed(destroyed_paths, elsewhere, sessions, self.copies(partnership_id))

    def erase(self, partnership_id: str, sought: SoughtText, *, write: bool = False) -> Erasure:
        """Return where a partnership holds the words `sought`.

        With `write`, also take them out of every file for good.
        """
        from tui.store.erasure import Eraser

        stored = self._stored_partnership(partnership_id)
        self._save_dead_sessions(stored)
        return self.engine.erase(stored, Eraser(self._guide(), sought), self.author, self._now(), write=write)

    def public_document(self, partnership_id: str, *, private: bool = False, history: bool = True) -> dict[str, Any]:
        """Return the partnership as one JSON object: the public tables and the public history.

        With `private`, the private tables are in it under "private". What sessions that died had typed is saved first.
        With `history` false, lines of history in closed files are left out.
        """
        from tui.store.handing_over import exported_document

        stored = self._stored_partnership(partnership_id)
        self._save_dead_sessions(stored)
        return exported_document(stored, self._guide(), private=private, history=history)

    def import_document(self, data: dict[str, Any] | bytes | Path, *, merge: bool = False) -> str:
        """Bring in what `public_document` gave, or a partnership's folder of another store, and return its id here.

        If its id is taken, it becomes a copy with a new one; with `merge` it is merged into the partnership of that id.
        Raises `NoDocument`, `Newer`, `Damaged` and other `StoreError`s.
        """
        from tui.store.handing_over import merge as merge_in
        from tui.store.handing_over import read_import

        imported = read_import(data)
        if merge and self.engine.has(imported.id):
            merge_in(self._stored_partnership(str(imported.id)), self._guide(), imported, self.author, self._now())
            return str(imported.id)
        return self._import_as_new(imported.id, imported)

    def _import_as_new(self, wanted_id: object, imported: ImportedPartnership) -> str:
        """Write an import as a partnership; return its id: `wanted_id`, or a new one if that is taken or no id."""
        from tui.store.handing_over import write_imported

        partnership_id = self.engine.free_id(wanted_id)
        with self.engine.new_partnership(partnership_id) as stored:
            write_imported(stored, partnership_id, self._guide(), imported, self.author)
        return partnership_id

    def duplicate(self, partnership_id: str) -> str:
        """Copy a partnership under a new id, without its history and versions, and return the id."""
        from tui.store.handing_over import content_for_copy

        stored = self._stored_partnership(partnership_id)
        self._save_dead_sessions(stored)
        return self._import_as_new(None, content_for_copy(stored, self._guide()))

    def versions(self, partnership_id: str) -> Rows:
        """Return the versions kept of a partnership, oldest first, as JSON objects (`tui.partnership.versions`)."""
        from tui.store.records import cleaned

        return [cleaned(document) for document in self._stored_partnership(partnership_id).stored_versions()]

    def add_version(self, partnership_id: str, version: dict[str, Any]) -> None:
        """Keep a version for good: nothing changes or removes it afterwards. It must hold only what is public."""
        from tui.store.records import cleaned

        self._stored_partnership(partnership_id).add_version(cleaned(version))

    def keep_paper(self, partnership_id: str, version_id: str, name: str, data: bytes) -> Path:
        """Keep the bytes of an agreement that was adopted outside of the program, and return the path of the file."""
        return self._stored_partnership(partnership_id).keep_paper(version_id, name, data)

    def paper(self, partnership_id: str, version_id: str) -> Path | None:
        """Return the path of the adopted file of a version; None when it has none."""
        return self._stored_partnership(partnership_id).paper(version_id)

    def directory(self) -> Rows:
        """Return the organisations known from all partnerships, as JSON objects."""
        return self.engine.organisations()

    def remember(self, organisation: dict[str, Any]) -> str:
        """Keep an organisation, with its people, in the directory, and return its id there.

        One of the same id is updated field by field.
        """
        return self.engine.remember(organisation)

    def change_directory(
        self, work: Callable[[Sequence[Mapping[str, Any]]], Mapping[str, Mapping[str, Any]]]
    ) -> dict[str, dict[str, Any]]:
        """Change organisations of the directory in one transaction, and return the cells as they were before.

        `work` gets all organisations as they are now, and returns the cells to set: {organisation id: {cell: value}},
        where a value of None removes the cell.
        """
        return self.engine.change_organisations(work)


def open_store(root: Path | str | None = None, author: Author | None = None) -> Store:
    """Return the store in `root`, by default this account's. Nothing is read or made before it is needed."""
    return Store(root or default_place(os.environ), author=author)
