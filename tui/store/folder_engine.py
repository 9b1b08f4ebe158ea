"""The engine of a store in a folder: a folder of sealed files for each partnership, a bin, a directory, a list cache.

A sealed file holds a hash of itself, by which damage is noticed. The list cache holds what the list of partnerships
shows of each. The methods are explained in `StoreEngine`; here they say what they do with files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui.partnership.ids import is_id
from tui.store.file_names import PRIVATE, PUBLIC
from tui.store.store_engine import GuideLoader, OrganisationChanges, StoreEngine
from tui.store.store_errors import Author, Problem, StoreError, Summary, Unknown, Unlocked, Vanished, as_store_errors
from tui.text import moments

if TYPE_CHECKING:
    from tui.store.erasure import Eraser, Erasure
    from tui.store.list_cache import ListingProgress
    from tui.store.partnership_folder import Folder
    from tui.store.stored_partnership import StoredPartnership

_OPEN_FOLDERS: Final = 8  # partnerships of which the documents stay in memory: those used last


class FolderEngine(StoreEngine):
    """The partnerships in the folder `root`. Files outside of it are touched only if a method is given their path."""

    def __init__(self, root: Path, guide: GuideLoader, holder: Callable[[], str]) -> None:
        super().__init__(root, guide, holder)
        self._path = os.fspath(root)
        self._folders: dict[str, Folder] = {}

    def partnership(self, partnership_id: str) -> Folder:
        """Return the folder of a partnership. Raises Unknown if there is none of that id, or a link in its place."""
        folders = self._folders
        path = self.root / partnership_id if is_id(partnership_id) else None
        if path is None or path.is_symlink() or not path.is_dir():
            folders.pop(partnership_id, None)
            raise Unknown(self.root, str(partnership_id))
        # Each folder is put at the end when it is used, so that the first one was not used for longest.
        folder = folders.pop(partnership_id, None) or self._folder(path)
        folders[partnership_id] = folder
        if len(folders) > _OPEN_FOLDERS:
            self.problems += folders.pop(next(iter(folders))).take_problems()
        return folder

    def _folder(self, path: Path) -> Folder:
        """Return the partnership whose files are in the folder `path`."""
        from tui.store.partnership_folder import Folder

        return Folder(path, self._guide(), self._holder())

    def has(self, partnership_id: object) -> bool:
        """Return whether the store has a partnership of that id."""
        from tui.store.folder_lifecycle import has_folder

        return has_folder(self.root, partnership_id)

    @contextmanager
    def new_partnership(self, partnership_id: str) -> Iterator[StoredPartnership]:
        """Give a folder with a temporary name to fill, which gets its own name if the block ends without an error."""
        from tui.store.folder_lifecycle import new_folder

        with new_folder(self.root, partnership_id) as path:
            yield self._folder(path)

    def free_id(self, wanted: object) -> str:
        """Return `wanted` if it is an id that no partnership has, else a new id."""
        from tui.store.folder_lifecycle import free_id

        return free_id(self.root, wanted)

    def summaries(self, progress: ListingProgress | None = None) -> list[Summary]:
        """Return the summaries, from the list cache for all whose files did not change since."""
        from tui.store.list_cache import list_partnerships, newest_first

        with as_store_errors(self.root):
            return newest_first(list_partnerships(self.root, self._summarise, moments.now()[:10], progress))

    def _summarise(self, partnership_id: str) -> Summary:
        from tui.store.summaries import summary_of

        return summary_of(self.root / partnership_id, self._guide(), self.problems)

    def deleted(self) -> list[Summary]:
        """Return the summaries of the folders in the bin, which have no cache."""
        from tui.store.folder_lifecycle import bin_of
        from tui.store.list_cache import newest_first, signatures
        from tui.store.summaries import summary_of

        folder, guide = bin_of(self.root), self._guide()
        return newest_first(summary_of(folder / name, guide, self.problems) for name, _signature in signatures(folder))

    def delete(self, partnership_id: str) -> None:
        """Move a partnership's folder to the bin."""
        from tui.store.folder_lifecycle import put_in_bin

        put_in_bin(self.root, self.partnership(partnership_id))
        self._folders.pop(partnership_id, None)

    def restore_deleted(self, partnership_id: str) -> str:
        """Move a folder back from the bin."""
        from tui.store.folder_lifecycle import take_from_bin

        return take_from_bin(self.root, partnership_id)

    def purge(self, partnership_id: str) -> Path:
        """Destroy a folder in the bin, and its row in the list cache."""
        from tui.store.folder_lifecycle import purge
        from tui.store.list_cache import forget

        destroyed_path = purge(self.root, partnership_id)
        forget(self.root, partnership_id)
        return destroyed_path

    def earlier_lives(self, partnership_id: str) -> list[StoredPartnership]:
        """Return the partnerships in the bin that have this id, or had it when they were deleted."""
        from tui.store.folder_lifecycle import earlier_life_folders

        return [self._folder(path) for path in earlier_life_folders(self.root, partnership_id)]

    def destroy_private(self, stored: StoredPartnership) -> tuple[Path, ...]:
        """Delete every private file of a partnership's folder, also the damaged ones that were set aside as copies."""
        from tui.store.folder_lifecycle import destroy_private
        from tui.store.partnership_folder import Folder

        assert isinstance(stored, Folder)
        self._folders.pop(stored.id, None)
        return destroy_private(stored)

    def erase(self, stored: StoredPartnership, eraser: Eraser, author: Author, at: str, *, write: bool) -> Erasure:
        """Look for words in every file of a partnership's folder and around it; with `write` take them out."""
        from tui.store.erasure import erase_everywhere
        from tui.store.partnership_folder import Folder

        assert isinstance(stored, Folder)
        return erase_everywhere(stored, eraser, author, at, write=write)

    def related_copies(self, partnership_id: str, *, deleted: bool = False) -> tuple[Summary, ...]:
        """Search the folders of the store and its bin for copies of a partnership."""
        from tui.store.folder_lifecycle import bin_of, earlier_life_folders, folders_of, related_copies
        from tui.store.summaries import summary_of

        folder = bin_of(self.root) / partnership_id if deleted else self.partnership(partnership_id).path
        earlier = earlier_life_folders(self.root, folder.name)  # its own earlier lives, which are destroyed with it
        others = (path for path in folders_of(self.root) if path not in earlier)
        return tuple(summary_of(copy, self._guide(), self.problems) for copy in related_copies(folder, others))

    def copies_elsewhere(self, partnership_id: str) -> tuple[Path, ...]:
        """Return the backups of this store that still exist, and what a sync program copied of the folder."""
        from tui.store.backup import known_backups
        from tui.store.sync_copies import folder_copies

        return (*known_backups(self.root), *folder_copies(self.root, partnership_id))

    def organisations(self) -> list[dict[str, Any]]:
        """Return all organisations of the directory's file."""
        from tui.store.directory_file import organisations

        return organisations(self.root)

    def remember(self, organisation: dict[str, Any]) -> str:
        """Keep an organisation in the directory's file."""
        from tui.store.directory_file import remember

        return remember(self.root, organisation)

    def change_organisations(self, work: OrganisationChanges) -> dict[str, dict[str, Any]]:
        """Change the directory's file, under the lock of the whole store."""
        from tui.store.directory_file import change_organisations

        return change_organisations(self.root, work)

    def change_mark(self, partnership_id: str) -> object:
        """Return a value that changes with the folder: `_mark` of it, of its public and of its private file."""
        folder = f"{self._path}/{partnership_id}"
        return _mark(folder), _mark(f"{folder}/{PUBLIC}"), _mark(f"{folder}/{PRIVATE}")

    def people_mark(self, partnership_id: str) -> int:
        """Return when a file was last added to the folder or removed, in ns; 0 if the folder is gone.

        A session has a journal, a file that comes and goes with it.
        """
        try:
            return os.stat(self.root / partnership_id).st_mtime_ns
        except OSError:
            return 0  # a missing folder is reported by `change_mark`

    def vanished_error(self, partnership_id: str) -> StoreError:
        """Return the error that the folder is gone."""
        return Vanished(self.root / partnership_id / PUBLIC)

    def forget_all(self) -> None:
        """Forget the folders that were opened, so that their files are read again."""
        self._folders.clear()

    def successor(self) -> str:
        """Return what the file `successor.json` in the folder says; "" if there is none."""
        from tui.store.successor import successor_of

        return successor_of(self.root)

    def refuse_leaving(self) -> None:
        """Raise ReadOnly if this account may not write in the folder."""
        from tui.store.successor import refuse_leaving

        refuse_leaving(self.root)

    def leave_to(self, successor: str) -> None:
        """Write the file `successor.json`."""
        from tui.store.successor import leave_to

        leave_to(self.root, successor)

    def take_back(self) -> None:
        """Remove the file `successor.json`."""
        from tui.store.successor import take_back

        take_back(self.root)

    def unlocked_error(self) -> Unlocked | None:
        """Return the error of locks that keep nobody out; None if they work, or if the user allowed it."""
        from tui.store.disk_locks import refusal

        with as_store_errors(self.root):
            return refusal(self.root)

    def allow_unlocked(self) -> None:
        """Write in the folder from now on, whatever the locks of its disk do."""
        from tui.store.disk_locks import allow_unlocked

        allow_unlocked(self.root)

    def take_problems(self) -> list[Problem]:
        """Return the problems met since the last call, those of the open folders included, and forget them."""
        for folder in self._folders.values():
            self.problems += [problem for problem in folder.take_problems() if problem not in self.problems]
        return super().take_problems()


def _mark(path: str) -> tuple[int, int] | None:
    """Return when the file was last changed, in ns, and its inode; None if it is not there."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino
