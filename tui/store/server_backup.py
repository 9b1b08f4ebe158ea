"""The backup of a store on a server, and its restoration: both go by way of a temporary store in a folder.

The backup file is the same that a store in a folder writes, so that it can be restored to either kind of store.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.atomic_files import make_private_dir
from tui.store.backup import Backup, BackupProgress, backup, note_backup, restore
from tui.store.folder_engine import FolderEngine
from tui.store.folder_lifecycle import sweep_unfinished, unfinished_folder
from tui.store.server_partnership import WRITER
from tui.store.store_copy import StoreCopier
from tui.store.store_errors import Author, Damaged, Newer, Problem, Unreadable, as_store_errors

if TYPE_CHECKING:
    from tui.guide.guide_types import Guide
    from tui.store.store_engine import StoreEngine


@contextmanager
def _temporary_folder_store(server: StoreEngine, guide: Guide, author: Author) -> Iterator[FolderEngine]:
    """Give the block an empty store in a folder, which only this account may read, and remove it at the end.

    What a killed program left of such a folder is removed by the next call.
    """
    with as_store_errors(server.root):
        make_private_dir(server.root)
        sweep_unfinished(server.root)
        with unfinished_folder(server.root) as folder:
            # A folder inside the folder: the outer one is locked while it is in use, and a store locks its own.
            make_private_dir(folder / "store")
            yield FolderEngine(folder / "store", lambda: guide, lambda: author.name)


def backup_server(
    server: StoreEngine, guide: Guide, author: Author, file: Path, progress: BackupProgress | None
) -> Backup:
    """Write all partnerships, the bin and the directory of a server into a new zip file. Raises as `backup` does."""

    def progress_of_copying(done: int, total: int) -> object:  # copying is half of the work, packing tells no progress
        return progress(done // 2, total) if progress is not None else None

    with _temporary_folder_store(server, guide, author) as folder:
        StoreCopier(server, folder, guide, author).copy_without_leaving(progress_of_copying)
        written_backup = backup(folder.root, file, None)
    note_backup(server.root, file)
    return replace(written_backup, public_only=_public_only(server))


def _public_only(server: StoreEngine) -> tuple[str, ...]:
    """Return the ids of the partnerships, deleted ones too, of which this account reads what is public alone."""
    from tui.store.server_engine import ServerEngine

    assert isinstance(server, ServerEngine)
    rows = server.connections.ask(
        "SELECT id FROM entente.partnership WHERE entente.level(id, current_user) < %s ORDER BY id", (WRITER,)
    )
    return tuple(str(row[0]) for row in rows)


def restore_server(
    server: StoreEngine, guide: Guide, author: Author, file: Path, progress: BackupProgress | None
) -> Generator[str, None, int]:
    """Bring the partnerships of a backup back to a server; yield the id of each there, return how many went to the bin.

    A partnership that the server has with the same content is left out; one that differs comes back under a new id. One
    that lies damaged in the backup is left out and noted in `server.problems`. Raises as `restore` does.
    """
    moved_to_bin = 0
    with _temporary_folder_store(server, guide, author) as folder:
        for _name in restore(folder.root, file, progress, []):
            pass  # the partnership is in the folder now; it is copied to the server below
        copier = StoreCopier(folder, server, guide, author)
        for summary in folder.deleted():
            with _noting_damage(server, folder.root / summary.id):
                moved_to_bin += copier.copy_deleted_if_missing(summary.id)
        for summary in folder.summaries():
            with _noting_damage(server, folder.root / summary.id):
                if new_id := copier.copy_if_missing(summary.id):
                    yield new_id
        if not server.organisations():
            copier.copy_directory()
    return moved_to_bin


@contextmanager
def _noting_damage(server: StoreEngine, path: Path) -> Iterator[None]:
    """Note an unreadable partnership as a problem and go on, so that the others come back all the same."""
    try:
        yield
    except (Damaged, Newer, Unreadable) as error:
        server.problems.append(Problem("restored", path, None, str(error)))
