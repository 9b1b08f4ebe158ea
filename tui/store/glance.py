"""A quick reading of a partnership for its line in the list: without the lock, the twins and most of the answers.

If anything in the files is unusual, `glance` returns None and the caller reads the partnership in full
(`Folder.state`). A half is what the public or the private file holds of a partnership; a twin is the second copy of a
file. A misfit is a value of another type than its field has.
"""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from tui.atomic_files import read_file, signature
from tui.i18n import _
from tui.partnership.due import DATED
from tui.partnership.value_types import ValueTypes
from tui.partnership.values import SETTINGS, Partnership
from tui.store.file_names import PRIVATE, PUBLIC
from tui.store.public_private import ENTRIES, join_halves, read_half
from tui.store.records import misfits_of
from tui.store.sealed_bytes import Malformed, Tables, load, upgrade_tables
from tui.store.store_errors import StoreError


def glance(folder: Path, types: ValueTypes, wanted: Container[str]) -> Partnership | None:
    """Return the partnership with only the entries that the list needs; None if its files must be read in full.

    These are the entries of the questions in `wanted` (ids) and those that have a date; all of them once a draft was
    sent or a text adopted. The files must be read in full if they are not as an undisturbed save leaves them.
    """
    files = (folder / PUBLIC, folder / PRIVATE)
    before = signature(files)
    try:
        public, private = (_read_undisturbed(path) for path in files)
    except (OSError, Malformed, StoreError):
        return None
    if not public or signature(files) != before:
        return None
    public_wanted, private_wanted = public, private
    if not _has_been_sent(public):
        public_wanted, private_wanted = _with_entries(public, wanted), _with_entries(private, wanted)
        if _has_misfits(public, public_wanted, types) or _has_misfits(private, private_wanted, types):
            return None
    public_half = read_half(public_wanted, types)
    private_half = read_half(private_wanted, types, other=public_half) if private_wanted else None
    if public_half.misfits or (private_half is not None and private_half.misfits):
        return None
    return join_halves(folder.name, public_half, private_half).partnership


def _read_undisturbed(path: Path) -> Tables:
    """Return the tables of a file that has a good seal and a twin of its size; {} if file and twin are missing.

    Raises Malformed, OSError or StoreError in any other case.
    """
    try:
        twin_size = os.lstat(f"{path}.twin").st_size
    except FileNotFoundError:
        twin_size = -1
    try:
        raw = read_file(path)
    except FileNotFoundError:
        if twin_size < 0:
            return {}
        raise
    loaded = load(raw)
    if loaded.seal is None or twin_size != len(raw):
        raise Malformed(_("not as a save leaves it"))
    return upgrade_tables(loaded.tables, path)


def _has_been_sent(public: Tables) -> bool:
    """Return whether a draft was sent or a text adopted: from then on, answers count only on the exact words."""
    settings = (record.get("fields") for record in public.get(ENTRIES, {}).values() if record.get("id") == SETTINGS)
    return any(isinstance(fields, dict) and ("adopted" in fields or "drafts" in fields) for fields in settings)


def _with_entries(tables: Tables, wanted: Container[str]) -> Tables:
    """Return the tables with only the entries of the questions `wanted` (ids), and those that have a date."""
    if not tables:
        return tables
    entries = {
        number: record
        for number, record in tables.get(ENTRIES, {}).items()
        if str(record.get("question")) in wanted or _is_dated(record)
    }
    return {**tables, ENTRIES: entries}


def _is_dated(entry: Mapping[str, Any]) -> bool:
    """Return whether an entry has a field with a date; `DATED` names these by question, {} for every entry of it."""
    question_id = str(entry.get("question"))
    fields = entry.get("fields")
    if question_id not in DATED or not isinstance(fields, dict):
        return False
    dated_fields = DATED[question_id]
    return not dated_fields or not dated_fields.isdisjoint(fields)


def _has_misfits(tables: Tables, public_wanted: Tables, types: ValueTypes) -> bool:
    """Return whether an entry of `tables` that was left out of the smaller tables holds a value of a wrong type."""
    read_entries = public_wanted.get(ENTRIES, {})
    return any(misfits_of(record, types) for key, record in tables.get(ENTRIES, {}).items() if key not in read_entries)
