"""The choice of the engine, the part of a store that reads and writes: in a folder, or on a PostgreSQL server."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tui.store.folder_engine import FolderEngine
from tui.store.server_address import local_folder
from tui.store.store_errors import Author
from tui.text.server_addresses import is_server

if TYPE_CHECKING:
    from tui.guide.guide_types import Guide
    from tui.store.store_engine import GuideLoader, StoreEngine


class StoreContext:
    """The guide and the author that a store and its engine share; a default is loaded when it is first needed."""

    def __init__(self, guide_loader: GuideLoader | None, author: Author | None) -> None:
        self._guide_loader = guide_loader
        self._author = author

    def guide(self) -> Guide:
        """Return the guide, the list of all questions, which says what is private: as given, else the program's."""
        if self._guide_loader is None:
            from tui.guide.guide_loading import load_guide

            self._guide_loader = load_guide
        return self._guide_loader()

    def author(self) -> Author:
        """Return who writes: the author given, else that of this account."""
        if self._author is None:
            from tui.store.author import default_author

            self._author = default_author(os.environ)
        return self._author

    def name(self) -> str:
        """Return the name of who writes."""
        return self.author().name


def engine_at(root: Path | str, context: StoreContext) -> StoreEngine:
    """Return the engine of the store at `root`: a folder, or the address of a server (postgresql://…)."""
    if isinstance(root, str) and is_server(root):
        from tui.store.server_engine import ServerEngine

        return ServerEngine(root, local_folder(root, os.environ), context.guide, context.name)
    return FolderEngine(Path(root), context.guide, context.name)
