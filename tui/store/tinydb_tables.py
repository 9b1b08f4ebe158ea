"""TinyDB's own document interface on sealed storage, safe with other writers: each operation is one transaction."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.table import Table

from tui.store.file_lock import Lock
from tui.store.sealed_storage import SealedStorage

Fields = Mapping[Any, Any] | Callable[[MutableMapping[Any, Any]], None]


class SealedTable(Table):
    """A table whose changes read, change and save under the lock, and which remembers nothing in between."""

    default_query_cache_capacity = 0  # another program may have saved since: every query reads

    def _get_next_id(self) -> int:
        self._next_id = None  # an id remembered from before may have been given away by somebody else
        return int(super()._get_next_id())  # type: ignore[no-untyped-call]

    def _sealed(self) -> SealedStorage:
        storage = self.storage
        assert isinstance(storage, SealedStorage)
        return storage

    def insert(self, document: Mapping[str, Any]) -> int:
        """TinyDB's `insert`; the new id is free in the file, not only in memory."""
        with self._sealed().transaction():
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """TinyDB's `insert_multiple`, all or nothing."""
        with self._sealed().transaction():
            return [super(SealedTable, self).insert(document) for document in documents]

    def update(self, fields: Fields, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """TinyDB's `update`."""
        with self._sealed().transaction():
            return super().update(fields, cond, doc_ids)

    def update_multiple(self, updates: Iterable[tuple[Fields, QueryLike]]) -> list[int]:
        """TinyDB's `update_multiple`, all or nothing."""
        with self._sealed().transaction():
            return super().update_multiple(updates)

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """TinyDB's `upsert`."""
        with self._sealed().transaction():
            return super().upsert(document, cond)

    def remove(self, cond: QueryLike | None = None, doc_ids: Iterable[int] | None = None) -> list[int]:
        """TinyDB's `remove`."""
        with self._sealed().transaction():
            return super().remove(cond, doc_ids)

    def truncate(self) -> None:
        """TinyDB's `truncate`."""
        with self._sealed().transaction():
            super().truncate()


class SealedDB(TinyDB):
    """A TinyDB on one sealed file; `transaction()` makes several operations one save."""

    table_class = SealedTable

    def __init__(self, path: str | os.PathLike[str], lock: Lock | None = None, create: bool = True) -> None:
        self.sealed = SealedStorage(path, lock=lock, create=create)
        super().__init__(storage=lambda: self.sealed)
