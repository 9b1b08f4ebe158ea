"""TinyDB on a sealed file (`sealed_storage`): each operation is a transaction, or part of the one around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from copy import deepcopy
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.table import Table

from tui.store.records import free_numbers
from tui.store.sealed_bytes import Document, Tables
from tui.store.sealed_storage import SealedStorage


class _ReplacedDocuments(dict[int, Document]):
    """The documents of a table by id. One that is read is replaced by a copy, so that the caller may change it."""

    def __getitem__(self, doc_id: int) -> Document:
        copy = self[doc_id] = deepcopy(super().__getitem__(doc_id))
        return copy


class SealedTable(Table):
    """A table of a sealed file. All errors are `StoreError`s.

    Documents are replaced and never changed in place, by TinyDB's own operations too, so that those read before stay as
    they were. No query is cached, since another program may have saved meanwhile.
    """

    default_query_cache_capacity = 0

    @property
    def sealed_storage(self) -> SealedStorage:
        """The storage of the file that holds this table."""
        storage = self.storage
        assert isinstance(storage, SealedStorage)
        return storage

    def replace_documents(self, documents: Mapping[str, Document]) -> None:
        """Make the table hold exactly these documents, by number; those that are equal stay the same objects."""
        with self.sealed_storage.transaction(replaced=True) as tables:
            before = tables.get(self.name, {})
            if self.name in tables and before == documents:
                return
            if gone := [int(number) for number in before if number not in documents]:
                self.remove(doc_ids=gone)
            self.put(
                {
                    number: document
                    for number, document in documents.items()
                    if number not in before or before[number] != document
                }
            )

    def put(self, documents: Mapping[str, Mapping[str, Any]]) -> None:
        """Store each document under its number, in place of the one with that number, in one operation."""
        self._update_table(
            lambda table: table.update({int(number): dict(document) for number, document in documents.items()})
        )

    def insert(self, document: Mapping[str, Any]) -> int:
        """Insert a document as TinyDB does, under a number that is free in the file, not only in memory."""
        with self.sealed_storage.transaction(replaced=True):
            return super().insert(document)

    def insert_multiple(self, documents: Iterable[Mapping[str, Any]]) -> list[int]:
        """Insert documents as TinyDB does, all of them or none."""
        with self.sealed_storage.transaction(replaced=True):
            return [super(SealedTable, self).insert(document) for document in documents]

    def upsert(self, document: Mapping[str, Any], cond: QueryLike | None = None) -> list[int]:
        """Update or insert a document as TinyDB does, in one transaction."""
        with self.sealed_storage.transaction(replaced=True):
            return super().upsert(document, cond)

    def free_number(self) -> str:
        """Return the number for the next document."""
        return next(free_numbers(self._read_table()))

    def _get_next_id(self) -> int:
        return int(self.free_number())

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return {**(self.sealed_storage.shared_tables() or {}).get(self.name, {})}

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        def on_copies(table: dict[int, Any]) -> None:
            replaced = _ReplacedDocuments(table)
            updater(replaced)  # type: ignore[arg-type]
            table.clear()
            table.update(replaced)

        with self.sealed_storage.transaction(replaced=True):
            super()._update_table(on_copies)


class SealedDB(TinyDB):
    """A TinyDB on one sealed file; `transaction()` makes several operations one save."""

    table_class = SealedTable

    def __init__(self, sealed_storage: SealedStorage) -> None:
        self.sealed_storage = sealed_storage
        super().__init__(storage=lambda: sealed_storage)

    def table(self, name: str, **options: Any) -> SealedTable:
        """Return the table of this name; it is made when something is put into it."""
        table = super().table(name, **options)
        assert isinstance(table, SealedTable)
        return table

    @property
    def path(self) -> Path:
        """The path of the file."""
        return self.sealed_storage.path

    def documents(self) -> Tables | None:
        """Return the documents of each table by number, as last saved; None if nothing was ever saved.

        They are the same objects until the file changes. The caller must not change them.
        """
        return self.sealed_storage.shared_tables()

    def transaction(self) -> AbstractContextManager[Tables]:
        """Return a transaction: it holds the lock, and saves when it ends; an exception drops the changes."""
        return self.sealed_storage.transaction(replaced=True)

    def save(self, tables: Tables) -> None:
        """Make the file hold exactly these tables, in one transaction."""
        with self.transaction() as present_tables:
            for name in present_tables.keys() - tables.keys():
                self.drop_table(name)
            for name, documents in tables.items():
                self.table(name).replace_documents(documents)
