"""The directory of organisations, which all partnerships of a store share: one sealed file beside their folders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tinydb import where

from tui.atomic_files import is_there, only_reads
from tui.partnership.ids import new_id
from tui.store.file_lock import Lock
from tui.store.records import cleaned
from tui.store.sealed_storage import SealedStorage
from tui.store.store_errors import as_store_errors
from tui.store.tinydb_tables import SealedDB, SealedTable

DIRECTORY: Final = "directory.json"
Rows = Sequence[Mapping[str, Any]]  # organisations as JSON objects
_ORGANISATIONS = "organisations"


def _organisations_in(table: SealedTable) -> list[dict[str, Any]]:
    return [cleaned(document) for document in sorted(table, key=lambda document: document.doc_id)]


def open_directory(root: Path) -> SealedDB:
    """Return the database of the directory; its lock is that of the whole store."""
    storage = SealedStorage(root / DIRECTORY)
    storage.modes = storage.modes.private  # it holds people's addresses and telephones
    storage.lock = Lock(root / ".lock", modes=storage.modes)
    return SealedDB(storage)


def organisations(root: Path) -> list[dict[str, Any]]:
    """Return all organisations, in the order in which they were first remembered."""
    with as_store_errors(root):
        if not is_there(root) or only_reads(root):
            return []  # an account that may only read is shown what is public; telephone numbers are not
    return _organisations_in(open_directory(root).table(_ORGANISATIONS))


def _number_and_fields(table: SealedTable, organisation_id: str) -> tuple[str, Mapping[str, Any]]:
    """Return the document number and the fields of an organisation; a free number and {} if it is not known."""
    rows = table.search(where("id") == organisation_id)
    return (str(rows[0].doc_id), rows[0]) if rows else (table.free_number(), {})


def remember(root: Path, organisation: dict[str, Any]) -> str:
    """Store an organisation and return its id, a new one if it has none; fields not given stay as they are."""
    cleaned_organisation = cleaned(organisation)
    organisation_id = str(cleaned_organisation.get("id") or new_id())
    database = open_directory(root)
    with database.transaction():
        table = database.table(_ORGANISATIONS)
        number, stored_fields = _number_and_fields(table, organisation_id)
        table.put({number: {**stored_fields, **cleaned_organisation, "id": organisation_id}})
    return organisation_id


def change_organisations(
    root: Path, work: Callable[[Rows], Mapping[str, Mapping[str, Any]]]
) -> dict[str, dict[str, Any]]:
    """Set the cells that `work` returns for the organisations as they are now, in one transaction.

    `work` returns organisation id → key of a cell → value; None removes a cell, and an unknown id makes an
    organisation. Returns the cells as they were before in the same form, so that the change can be undone.
    """
    before: dict[str, dict[str, Any]] = {}
    database = open_directory(root)
    with database.transaction():
        table = database.table(_ORGANISATIONS)
        for organisation_id, cells in work(_organisations_in(table)).items():
            cleaned_cells = cleaned(dict(cells))
            number, stored_fields = _number_and_fields(table, organisation_id)
            before[organisation_id] = {key: stored_fields.get(key) for key in cleaned_cells}
            fields = {**stored_fields, **cleaned_cells, "id": organisation_id}
            table.put({number: {key: value for key, value in fields.items() if value is not None}})
    return before
