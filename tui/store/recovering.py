"""The store at recovering: what was set aside comes back, what is damaged is shown as far as it reads; backups."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.project.ids import is_id
from tui.store.editing import Editing
from tui.store.errors import StoreError, speaking_of

if TYPE_CHECKING:
    from tui.store.backup import Backup, Watch
    from tui.store.kept import Kept, Readable
    from tui.store.types import Saved


class Recovering(Editing):
    """What is done with bytes that somebody else changed, or that no longer read."""

    def kept(self, project_id: str) -> list[Kept]:
        """The files set aside beside a partnership, the last written first, each with what only it says."""
        from tui.store.kept import kept_beside

        return kept_beside(self._folder(project_id))

    def take_over(self, project_id: str, file: Path) -> Saved:
        """Bring in what a set-aside file says, as changes that the history keeps and that conflict with newer ones.

        The file stays where it is. `NotFound` for one that is not set aside beside this partnership.
        """
        from tui.store.kept import take_over

        return take_over(self._folder(project_id), self._guide(), Path(file), self.author, self._now())

    def readable(self, project_id: str) -> Readable:
        """What can still be read of a partnership that `load` refuses as `Damaged`. Nothing is written."""
        from tui.store.kept import readable

        return readable(self._folder(project_id))

    def go_on(self, project_id: str) -> None:
        """Go on with what can be read of a damaged partnership; the damaged bytes stay beside it."""
        from tui.store.kept import go_on

        go_on(self._folder(project_id), self._guide(), self.author)

    def backup(self, file: Path, watch: Watch | None = None) -> Backup:
        """Write all partnerships, the bin and the directory into a new zip file, read again; `watch` counts them.

        What sessions that died had typed is saved first. `Taken` when the file exists.
        """
        from tui.store.backup import backup
        from tui.store.session import has_journals

        with speaking_of(self.root):
            folders = list(self.root.iterdir()) if self.root.is_dir() else []
        for one in folders:
            with suppress(StoreError):  # what cannot be read goes into the backup as it is, or is named
                if is_id(one.name) and not one.is_symlink() and one.is_dir() and has_journals(one):
                    self.load(one.name)
        return backup(self.root, Path(file), watch)

    def holds_private(self, file: Path) -> None:
        """Remember that a file outside the store holds private notes: it is named when they are destroyed here."""
        from tui.store.backup import note

        note(self.root, Path(file))

    def restore(self, file: Path, watch: Watch | None = None) -> Generator[str, None, int]:
        """Bring back the partnerships of a backup; yields their ids here, as they come: see `restoring.py`."""
        from tui.store.restoring import restore

        self._folders.clear()
        return restore(self.root, Path(file), watch)
