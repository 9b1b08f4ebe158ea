"""What a line of the list needs of a partnership, read without its lock, its twins and the answers no line tells of."""

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
    """The partnership with the entries of the questions in `wanted` and what is dated; with all once a text went out.

    None where anything is not as an undisturbed save leaves it: then a careful reading has to say what.
    """
    files = (folder / PUBLIC, folder / PRIVATE)
    before = signature(files)
    try:
        public, private = (_sealed(path) for path in files)
    except (OSError, Malformed, StoreError):
        return None
    if not public or signature(files) != before:
        return None
    seen, hidden = public, private
    if not _went_out(public):
        seen, hidden = _only(public, wanted), _only(private, wanted)
        if _has_misfits(public, seen, types) or _has_misfits(private, hidden, types):
            return None
    told = read_half(seen, types)
    kept = read_half(hidden, types, other=told) if hidden else None
    if told.misfits or (kept is not None and kept.misfits):
        return None
    return join_halves(folder.name, told, kept).partnership


def _sealed(path: Path) -> Tables:
    """Return the tables of a sealed file with a twin of its size; none when there is neither. Else `Malformed`."""
    try:
        size = os.lstat(f"{path}.twin").st_size
    except FileNotFoundError:
        size = -1
    try:
        raw = read_file(path)
    except FileNotFoundError:
        if size < 0:
            return {}
        raise
    found = load(raw)
    if found.seal is None or size != len(raw):
        raise Malformed(_("not as a save leaves it"))
    return upgrade_tables(found.tables, path)


def _went_out(public: Tables) -> bool:
    """Return whether a draft was sent or a text adopted: what is awaited then depends on every word."""
    settings = (record.get("fields") for record in public.get(ENTRIES, {}).values() if record.get("id") == SETTINGS)
    return any(isinstance(fields, dict) and ("adopted" in fields or "drafts" in fields) for fields in settings)


def _only(tables: Tables, wanted: Container[str]) -> Tables:
    found = tables.get(ENTRIES, {})
    entries = {
        key: record for key, record in found.items() if str(record.get("question")) in wanted or _is_dated(record)
    }
    return {**tables, ENTRIES: entries} if tables else tables


def _is_dated(entry: Mapping[str, Any]) -> bool:
    names, fields = DATED.get(str(entry.get("question"))), entry.get("fields")
    return names is not None and isinstance(fields, dict) and (not names or not names.isdisjoint(fields))


def _has_misfits(tables: Tables, seen: Tables, types: ValueTypes) -> bool:
    """Return whether any of the entries that are not looked at is of another type than it should be."""
    looked_at = seen.get(ENTRIES, {})
    return any(misfits_of(record, types) for key, record in tables.get(ENTRIES, {}).items() if key not in looked_at)
