"""What is kept beside a partnership's answers: its versions, and the organisations that many partnerships share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from tui.atomic_files import is_there
from tui.partnership.ids import new_id
from tui.store.file_lock import Lock
from tui.store.partnership_folder import Folder
from tui.store.records import Table, added, cleaned, free_numbers
from tui.store.sealed_bytes import Tables
from tui.store.sealed_storage import SealedStorage
from tui.store.store_errors import as_store_errors

DIRECTORY: Final = "directory.json"
Rows = Sequence[Mapping[str, Any]]
_VERSIONS, _ORGANISATIONS = "versions", "organisations"


def _rows(tables: Tables | None, name: str) -> list[dict[str, Any]]:
    table = (tables or {}).get(name, {})
    return [cleaned(table[number]) for number in sorted(table, key=int)]


def versions_of(folder: Folder) -> list[dict[str, Any]]:
    """The versions of a partnership, oldest first."""
    return _rows(folder.versions.read(), _VERSIONS)


def add_version(folder: Folder, version: dict[str, Any]) -> None:
    """Keep one more version; those before stay as they are."""
    with folder.versions.transaction() as tables:
        tables[_VERSIONS] = added(tables.get(_VERSIONS, {}), [cleaned(version)])


def open_directory(root: Path) -> SealedStorage:
    """The file of the directory, under the lock of the whole store."""
    storage = SealedStorage(root / DIRECTORY)
    storage.lock = Lock(root / ".lock", modes=storage.modes)
    return storage


def organisations(root: Path) -> list[dict[str, Any]]:
    """All organisations, in the order in which they were first remembered."""
    with as_store_errors(root):
        if not is_there(root):
            return []
    return _rows(open_directory(root).read(), _ORGANISATIONS)


def remember(root: Path, organisation: dict[str, Any]) -> str:
    """Keep an organisation under its id (a new one where it has none); fields not given stay as they were."""
    given = cleaned(organisation)
    name = str(given.get("id") or new_id())
    with open_directory(root).transaction() as tables:
        table: Table = tables.setdefault(_ORGANISATIONS, {})
        number = next((key for key, one in table.items() if one.get("id") == name), next(free_numbers(table)))
        table[number] = {**table.get(number, {}), **given, "id": name}
    return name


def mend(root: Path, work: Callable[[Rows], Mapping[str, Mapping[str, Any]]]) -> dict[str, dict[str, Any]]:
    """Set what `work` says of each organisation, by id, on the entries as they are now; others wait meanwhile.

    None takes a cell out; an id that is not there makes an entry. Returns the cells as they were, to turn it back.
    """
    before: dict[str, dict[str, Any]] = {}
    with open_directory(root).transaction() as tables:
        table: Table = tables.setdefault(_ORGANISATIONS, {})
        for name, cells in work(_rows(tables, _ORGANISATIONS)).items():
            given = cleaned(dict(cells))
            number = next((key for key, one in table.items() if one.get("id") == name), next(free_numbers(table)))
            there = table.get(number, {})
            before[name] = {key: there.get(key) for key in given}
            made = {**there, **given, "id": name}
            table[number] = {key: value for key, value in made.items() if value is not None}
    return before
