"""The directory: the organisations that many partnerships share, in a file of its own."""

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
Rows = Sequence[Mapping[str, Any]]
_ORGANISATIONS = "organisations"


def _rows(table: SealedTable) -> list[dict[str, Any]]:
    return [cleaned(document) for document in sorted(table, key=lambda document: document.doc_id)]


def open_directory(root: Path) -> SealedDB:
    """Return the file of the directory, under the lock of the whole store."""
    storage = SealedStorage(root / DIRECTORY)
    storage.modes = storage.modes.private  # it holds people's addresses and telephones
    storage.lock = Lock(root / ".lock", modes=storage.modes)
    return SealedDB(storage)


def organisations(root: Path) -> list[dict[str, Any]]:
    """Return all organisations, in the order in which they were first remembered."""
    with as_store_errors(root):
        if not is_there(root) or only_reads(root):
            return []  # addresses and telephones are not for those who read what is public
    return _rows(open_directory(root).table(_ORGANISATIONS))


def _numbered(table: SealedTable, organisation_id: str) -> tuple[str, Mapping[str, Any]]:
    """Return the number of an organisation and its fields; a free number and no fields where it is not there."""
    found = table.search(where("id") == organisation_id)
    return (str(found[0].doc_id), found[0]) if found else (table.free_number(), {})


def remember(root: Path, organisation: dict[str, Any]) -> str:
    """Keep an organisation under its id (a new one where it has none); fields not given stay as they were."""
    given = cleaned(organisation)
    name = str(given.get("id") or new_id())
    database = open_directory(root)
    with database.transaction():
        table = database.table(_ORGANISATIONS)
        number, there = _numbered(table, name)
        table.put({number: {**there, **given, "id": name}})
    return name


def mend(root: Path, work: Callable[[Rows], Mapping[str, Mapping[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Set what `work` says of each organisation, by id, on the entries as they are now; others wait meanwhile.

    None takes a cell out; an id that is not there makes an entry. Returns the cells as they were, to turn it back.
    """
    before: dict[str, dict[str, Any]] = {}
    database = open_directory(root)
    with database.transaction():
        table = database.table(_ORGANISATIONS)
        for name, cells in work(_rows(table)).items():
            given = cleaned(dict(cells))
            number, there = _numbered(table, name)
            before[name] = {key: there.get(key) for key in given}
            made = {**there, **given, "id": name}
            table.put({number: {key: value for key, value in made.items() if value is not None}})
    return before
