"""The store as a folder: a folder of sealed files for each partnership, a bin, a directory and the list's cache."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui.partnership.ids import is_id
from tui.store.file_names import PRIVATE, PUBLIC
from tui.store.store_engine import GuideLoader, Mending, StoreEngine
from tui.store.store_errors import Author, Problem, StoreError, Summary, Unknown, Unlocked, Vanished, as_store_errors
from tui.text import moments

if TYPE_CHECKING:
    from tui.store.erasure import Eraser, Erasure
    from tui.store.list_cache import ListingProgress
    from tui.store.partnership_folder import Folder
    from tui.store.stored_partnership import StoredPartnership

_REMEMBERED: Final = 8  # partnerships whose files are kept in memory: the last ones used


class FolderEngine(StoreEngine):
    """The partnerships in the folder `root`. Files outside of it are touched only where a path is given."""

    def __init__(self, root: Path, guide: GuideLoader, holder: Callable[[], str]) -> None:
        super().__init__(root, guide, holder)
        self._path = os.fspath(root)
        self._folders: dict[str, Folder] = {}

    def partnership(self, partnership_id: str) -> Folder:
        """Return the folder of a partnership. Raises Unknown for what is no id, a link, or not there."""
        folders = self._folders
        path = self.root / partnership_id if is_id(partnership_id) else None
        if path is None or path.is_symlink() or not path.is_dir():
            folders.pop(partnership_id, None)
            raise Unknown(self.root, str(partnership_id))
        known = folders.pop(partnership_id, None) or self._folder(path)
        folders[partnership_id] = known
        if len(folders) > _REMEMBERED:
            self.problems += folders.pop(next(iter(folders))).take_problems()
        return known

    def _folder(self, path: Path) -> Folder:
        from tui.store.partnership_folder import Folder

        return Folder(path, self._guide(), self._holder())

    def has(self, partnership_id: object) -> bool:
        """Return whether the store has a partnership of that id."""
        from tui.store.folder_lifecycle import is_here

        return is_here(self.root, partnership_id)

    @contextmanager
    def new_partnership(self, partnership_id: str) -> Iterator[StoredPartnership]:
        """Fill a folder under another name, and give it its own once the block ended well."""
        from tui.store.folder_lifecycle import new_folder

        with new_folder(self.root, partnership_id) as path:
            yield self._folder(path)

    def free_id(self, wanted: object) -> str:
        """Return `wanted` where it is an id that nobody has, else a new one."""
        from tui.store.folder_lifecycle import free_id

        return free_id(self.root, wanted)

    def summaries(self, watch: ListingProgress | None = None) -> list[Summary]:
        """Return the lines of the list, by its cache where that agrees with the files."""
        from tui.store.list_cache import listing, newest_first

        with as_store_errors(self.root):
            return newest_first(listing(self.root, self._summarise, moments.now()[:10], watch))

    def _summarise(self, partnership_id: str) -> Summary:
        from tui.store.summaries import summary_of

        return summary_of(self.root / partnership_id, self._guide(), self.problems)

    def deleted(self) -> list[Summary]:
        """Return the lines of the folders in the bin."""
        from tui.store.folder_lifecycle import bin_of
        from tui.store.list_cache import newest_first, signatures
        from tui.store.summaries import summary_of

        place, guide = bin_of(self.root), self._guide()
        return newest_first(summary_of(place / name, guide, self.problems) for name, _mark in signatures(place))

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
        """Destroy a folder in the bin, and its line in the list's cache."""
        from tui.store.folder_lifecycle import purge
        from tui.store.list_cache import forget

        gone = purge(self.root, partnership_id)
        forget(self.root, partnership_id)
        return gone

    def earlier_lives(self, partnership_id: str) -> list[StoredPartnership]:
        """Return the folders in the bin that hold an earlier life of a partnership."""
        from tui.store.folder_lifecycle import binned

        return [self._folder(path) for path in binned(self.root, partnership_id)]

    def destroy_private(self, stored: StoredPartnership) -> tuple[Path, ...]:
        """Delete every private file of a partnership's folder, set-aside copies included."""
        from tui.store.folder_lifecycle import destroy_private
        from tui.store.partnership_folder import Folder

        assert isinstance(stored, Folder)
        self._folders.pop(stored.id, None)
        return destroy_private(stored)

    def erase(self, stored: StoredPartnership, eraser: Eraser, author: Author, at: str, *, write: bool) -> Erasure:
        """Take words out of every file of a partnership's folder, and of those around it."""
        from tui.store.erasure import erase_everywhere
        from tui.store.partnership_folder import Folder

        assert isinstance(stored, Folder)
        return erase_everywhere(stored, eraser, author, at, write=write)

    def related_copies(self, partnership_id: str, *, deleted: bool = False) -> tuple[Summary, ...]:
        """Look through the folders of the store and its bin for copies of one of them."""
        from tui.store.folder_lifecycle import bin_of, binned, folders_of, related_copies
        from tui.store.summaries import summary_of

        folder = bin_of(self.root) / partnership_id if deleted else self.partnership(partnership_id).path
        earlier = binned(self.root, folder.name)  # its own earlier lives, which are destroyed with it
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

    def mend(self, work: Mending) -> dict[str, dict[str, Any]]:
        """Mend the directory's file, under the lock of the whole store."""
        from tui.store.directory_file import mend

        return mend(self.root, work)

    def change_mark(self, partnership_id: str) -> object:
        """Return what three `stat` calls say: of the folder, of its public and of its private file."""
        folder = f"{self._path}/{partnership_id}"
        return _mark(folder), _mark(f"{folder}/{PUBLIC}"), _mark(f"{folder}/{PRIVATE}")

    def people_mark(self, partnership_id: str) -> int:
        """Return when something last came into the folder or left it, in ns; 0 for none: a session has a journal."""
        try:
            return os.stat(self.root / partnership_id).st_mtime_ns
        except OSError:
            return 0  # the signature has said so already

    def vanished(self, partnership_id: str) -> StoreError:
        """Return that the folder is gone."""
        return Vanished(self.root / partnership_id / PUBLIC)

    def forget_all(self) -> None:
        """Read every file again: folders were put back in their places."""
        self._folders.clear()

    def successor(self) -> str:
        """Return what a file beside the partnerships says."""
        from tui.store.successor import successor_of

        return successor_of(self.root)

    def refuse_leaving(self) -> None:
        """Raise ReadOnly where nothing may be written in the folder."""
        from tui.store.successor import refuse_leaving

        refuse_leaving(self.root)

    def leave_to(self, successor: str) -> None:
        """Write that file."""
        from tui.store.successor import leave_to

        leave_to(self.root, successor)

    def take_back(self) -> None:
        """Remove that file."""
        from tui.store.successor import take_back

        take_back(self.root)

    def unlocked(self) -> Unlocked | None:
        """Return what the locks of the folder's disk do wrong, where no yes was said to it."""
        from tui.store.disk_locks import refusal

        with as_store_errors(self.root):
            return refusal(self.root)

    def allow_unlocked(self) -> None:
        """Write in the folder whatever the locks of its disk do."""
        from tui.store.disk_locks import allow_unlocked

        allow_unlocked(self.root)

    def take_problems(self) -> list[Problem]:
        """Return what had to be worked around since the last call, in the folders that are open too."""
        for folder in self._folders.values():
            self.problems += [problem for problem in folder.take_problems() if problem not in self.problems]
        return super().take_problems()


def _mark(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino
