"""The store as everyone uses it: all partnerships of one folder, on one small set of operations."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tui.store.errors import StoreError
from tui.store.recovering import Recovering
from tui.store.types import Author, Destroyed, Summary


def default_root(environ: Mapping[str, str]) -> Path:
    """ENTENTE_STORE, else $XDG_DATA_HOME/entente, else ~/.local/share/entente (XDG Base Directory Specification)."""
    if named := environ.get("ENTENTE_STORE"):
        return Path(named).expanduser()
    home = environ.get("XDG_DATA_HOME") or os.path.join(environ.get("HOME") or os.path.expanduser("~"), ".local/share")
    return Path(home) / "entente"


def open_store(root: Path | None = None, author: Author | None = None) -> Store:
    """The store in `root`, by default this account's. Nothing is read or made before it is needed."""
    return Store(root or default_root(os.environ), author=author)


class Store(Recovering):
    """All that one may do with partnerships. Files outside `root` are touched only where a path is given."""

    def archive(self, project_id: str, on: bool = True) -> None:
        """Put a partnership away from the list, or back; it stays as it is."""
        from tui.project.values import SETTINGS, Change

        self.save(project_id, [Change(SETTINGS, SETTINGS, "archived", on or None)])

    def delete(self, project_id: str) -> None:
        """Move a partnership to the bin."""
        from tui.store.shelf import put_in_bin

        put_in_bin(self.root, self._folder(project_id))
        self._folders.pop(project_id, None)

    def bin(self) -> list[Summary]:
        """The deleted partnerships, the last changed first."""
        from tui.store.index import newest_first, signatures
        from tui.store.shelf import bin_of
        from tui.store.summaries import summary_of

        place, guide = bin_of(self.root), self._guide()
        return newest_first(summary_of(place / name, guide, self._problems) for name, _mark in signatures(place))

    def restore_from_bin(self, project_id: str) -> str:
        """Bring a deleted partnership back; its id, a new one where its own is taken meanwhile. `NotFound`."""
        from tui.store.shelf import take_from_bin

        return take_from_bin(self.root, project_id)

    def purge(self, project_id: str) -> Destroyed:
        """Destroy a deleted partnership for good, and name the backups and copies that still hold it. `NotFound`."""
        from tui.store.backup import known_backups
        from tui.store.index import forget
        from tui.store.shelf import bin_of, purge

        copies = self._kin(bin_of(self.root) / project_id)
        gone = purge(self.root, project_id)
        forget(self.root, project_id)
        return Destroyed((gone,), tuple(known_backups(self.root)), copies=copies)

    def copies(self, project_id: str) -> tuple[Summary, ...]:
        """The partnerships, binned ones too, that hold private notes of this one: its copies, or what it copies."""
        return self._kin(self._folder(project_id).path)

    def _kin(self, folder: Path) -> tuple[Summary, ...]:
        from tui.store.kin import kin
        from tui.store.shelf import binned, folders_of
        from tui.store.summaries import summary_of

        earlier = binned(self.root, folder.name)  # its own earlier lives, which are destroyed with it
        others = (one for one in folders_of(self.root) if one not in earlier)
        return tuple(summary_of(one, self._guide(), self._problems) for one in kin(folder, others))

    def destroy_private(self, project_id: str) -> Destroyed:
        """Destroy the private notes of a partnership: file, twin, journals, private history, set-aside copies, bin.

        Names what it does not reach: backups made from this store that still exist, sessions open elsewhere, and the
        copies of the partnership.
        """
        from tui.store.backup import known_backups
        from tui.store.folder import Folder
        from tui.store.journal import present
        from tui.store.shelf import binned, destroy_private

        folder = self._folder(project_id)
        folder.save(self._guide(), self._nothing, self.author)  # what became private leaves the public history first
        sessions = tuple(one.author for one in present(folder.path))
        gone = destroy_private(folder)
        for path in binned(self.root, project_id):
            earlier = Folder(path, self.author.name)
            with suppress(StoreError):  # one that cannot be read is destroyed all the same
                earlier.save(self._guide(), self._nothing, self.author)
            gone += destroy_private(earlier)
        self._folders.pop(project_id, None)
        return Destroyed(gone, tuple(known_backups(self.root)), sessions, self.copies(project_id))

    def public_document(self, project_id: str, *, private: bool = False) -> dict[str, Any]:
        """The public tables as they are, with the public history; with `private`, the private ones under "private".

        What sessions that died had typed is saved first.
        """
        from tui.store.transfer import document

        folder = self._folder(project_id)
        self._replay(folder)
        return document(folder, self._guide(), private=private)

    def import_document(self, data: dict[str, Any] | bytes | Path, *, merge: bool = False) -> str:
        """Bring in a document, or a partnership's folder of another store; the id it has here.

        Where its id is taken it becomes a copy; with `merge` it is merged. Raises `NoDocument`, `Newer`, `Damaged` …
        """
        from tui.store.shelf import free_id, is_here, new_folder
        from tui.store.transfer import bring_in, brought
        from tui.store.transfer import merge as merge_in

        what = brought(data)
        if merge and is_here(self.root, what.id):
            merge_in(self._folder(str(what.id)), self._guide(), what, self.author, self._now())
            return str(what.id)
        name = free_id(self.root, what.id)
        new_folder(self.root, name)
        bring_in(self._folder(name), self._guide(), what, self.author)
        return name

    def duplicate(self, project_id: str) -> str:
        """A copy of a partnership under a new id, without its history and versions; the id."""
        from tui.store.shelf import free_id, new_folder
        from tui.store.transfer import bring_in, copy_of

        folder = self._folder(project_id)
        self._replay(folder)
        what = copy_of(folder, self._guide())
        name = free_id(self.root, None)
        new_folder(self.root, name)
        bring_in(self._folder(name), self._guide(), what, self.author)
        return name

    def versions(self, project_id: str) -> list[dict[str, Any]]:
        """The versions kept of a partnership, oldest first."""
        from tui.store.directory import versions_of

        return versions_of(self._folder(project_id))

    def add_version(self, project_id: str, version: dict[str, Any]) -> None:
        """Keep a version for good: nothing changes or removes it afterwards. It must hold only what is public."""
        from tui.store.directory import add_version

        add_version(self._folder(project_id), version)

    def keep_paper(self, project_id: str, version_id: str, name: str, data: bytes) -> Path:
        """Keep the file that was adopted elsewhere, as it was; where it lies. Raises `StoreError`."""
        from tui.store.papers import keep_paper

        folder = self._folder(project_id)
        return keep_paper(folder.path, version_id, name, data, folder.modes)

    def paper(self, project_id: str, version_id: str) -> Path | None:
        """Where the adopted file of a version lies; None when it has none."""
        from tui.store.papers import paper_of

        return paper_of(self._folder(project_id).path, version_id)

    def directory(self) -> list[dict[str, Any]]:
        """The organisations known from all partnerships, as they were remembered."""
        from tui.store.directory import organisations

        return organisations(self.root)

    def remember(self, organisation: dict[str, Any]) -> str:
        """Keep an organisation (with its people and signatories) for the next partnership; its id there.

        One of the same id is brought up to date, field by field.
        """
        from tui.store.directory import remember

        return remember(self.root, organisation)

    def mend_directory(
        self, work: Callable[[Sequence[Mapping[str, Any]]], Mapping[str, Mapping[str, Any]]]
    ) -> dict[str, dict[str, Any]]:
        """Set what `work` says of each organisation, by its id, on the entries as they are now, in one transaction.

        None takes a cell out. Returns the cells as they were.
        """
        from tui.store.directory import mend

        return mend(self.root, work)
