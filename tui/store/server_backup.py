"""A store on a server saved in one file, and brought back from one: by way of a folder that is gone at the end.

The file is the one that a store in a folder writes, so that either kind of store brings it back.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tui.atomic_files import make_private_dir
from tui.store.backup import Backup, BackupProgress, backup, note, restore
from tui.store.folder_engine import FolderEngine
from tui.store.folder_lifecycle import sweep_unfinished, unfinished_folder
from tui.store.store_copy import StoreCopier
from tui.store.store_errors import Author, Damaged, Newer, Problem, Unreadable, as_store_errors

if TYPE_CHECKING:
    from tui.guide.guide_types import Guide
    from tui.store.store_engine import StoreEngine


@contextmanager
def _folder_beside(server: StoreEngine, guide: Guide, author: Author) -> Iterator[FolderEngine]:
    """An empty store in a folder that this account alone reads; what a kill leaves of it goes with the next one."""
    with as_store_errors(server.root):
        make_private_dir(server.root)
        sweep_unfinished(server.root)
        with unfinished_folder(server.root) as folder:
            # One below: the folder itself is locked as long as it is in use, and a store locks its own.
            make_private_dir(folder / "store")
            yield FolderEngine(folder / "store", lambda: guide, lambda: author.name)


def backup_server(
    server: StoreEngine, guide: Guide, author: Author, file: Path, watch: BackupProgress | None
) -> Backup:
    """Write all partnerships, the bin and the directory of a server into a new zip file. Raises as `backup` does."""

    def half(done: int, total: int) -> object:
        return watch(done // 2, total) if watch is not None else None

    with _folder_beside(server, guide, author) as folder:
        StoreCopier(server, folder, guide, author).gather(half)
        made = backup(folder.root, file, None)
    note(server.root, file)
    return made


def restore_server(
    server: StoreEngine, guide: Guide, author: Author, file: Path, watch: BackupProgress | None
) -> Generator[str, None, int]:
    """Bring back a backup's partnerships on a server; yields the id here of each, returns how many went to the bin.

    One that is here and says the same is left out; one that says something else comes back beside it, under a new id.
    What lies in the backup damaged stays in it, and is told in the engine's `problems`. Raises as `restore` does.
    """
    binned = 0
    with _folder_beside(server, guide, author) as folder:
        for _name in restore(folder.root, file, watch, []):
            pass  # here in the folder; the server is next
        copier = StoreCopier(folder, server, guide, author)
        for summary in folder.deleted():
            with _left_out(server, folder.root / summary.id):
                binned += copier.bring_deleted(summary.id)
        for summary in folder.summaries():
            with _left_out(server, folder.root / summary.id):
                if name := copier.bring(summary.id):
                    yield name
        if not server.organisations():
            copier.copy_directory()
    return binned


@contextmanager
def _left_out(server: StoreEngine, path: Path) -> Iterator[None]:
    """What cannot be read keeps none of the others from coming back."""
    try:
        yield
    except (Damaged, Newer, Unreadable) as error:
        server.problems.append(Problem("restored", path, None, str(error)))
