"""Entries, conflicts and history entries as documents of tables, and back; fields of newer programs are kept.

A document is the JSON object of one record; a table holds documents by their number ("1", "2" …). A cell of an entry is
stored as {"value": …, "rev": 7} under "fields", a text that has a language as {"fr": {"text": …, "rev": 7}}; the key of
such a cell is "name@fr". The marks of an entry (the cells for its order, state and removal) lie beside "fields". A
misfit is a value that is not of the type of its field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, replace
from itertools import count
from typing import Any, Final, TypeGuard, TypeVar

from tui.partnership.ids import is_id
from tui.partnership.value_types import Checks, ValueTypes, fits
from tui.partnership.values import ORDER, REMOVED, STATE, Cell, Change, Conflict, Entry, HistoryEntry
from tui.store.sealed_bytes import Document, Tables
from tui.text.clean import clean

LANGUAGES: Final = ("fr", "en")
MARK_NAMES: Final[Mapping[str, str]] = {ORDER: "order", STATE: "state", REMOVED: "removed"}  # cell key → JSON key
_COPIED_FROM: Final = "copied_from"  # in `meta`: the ids that the partnership had before, the first one first
_REVISION_LIMIT: Final = 2**53  # from here on, other readers of JSON confuse whole numbers (RFC 8259, section 6)
_LARGEST_NUMBER: Final = 10**17  # of a document: the store reads none from 10**18 on, and counting never gets so far
_KEYS_AND_NAMES: Final = tuple(MARK_NAMES.items())
# The keys of an entry's document that this program reads; whatever else a newer one wrote is kept.
READ_KEYS: Final = frozenset({"id", "question", "part", "subject", "fields", *MARK_NAMES.values()})

Cells = dict[str, Cell]  # by cell key
Table = dict[str, Document]  # by number
Record = TypeVar("Record", HistoryEntry, Conflict, Change)


def cleaned(value: Any) -> Any:
    """Return the same JSON value with every text in it cleaned (tui.text.clean)."""
    if isinstance(value, str):
        return value if value.isprintable() else clean(value)  # nothing printable needs cleaning, and this is quick
    if isinstance(value, dict):
        return {clean(key): cleaned(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [cleaned(item) for item in value]
    return value


def cleaned_changes(changes: Iterable[Change]) -> list[Change]:
    """Return the changes with every text of their values cleaned."""
    return [replace(change, value=cleaned(change.value)) for change in changes]


def is_number(value: object) -> TypeGuard[int]:
    """Return whether a JSON value is a whole number (a JSON true is none)."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_revision(value: object) -> TypeGuard[int]:
    """Return whether a JSON value can be a revision: a whole number from 0 on, below `_REVISION_LIMIT`."""
    return is_number(value) and 0 <= value < _REVISION_LIMIT


def cells_of(document: Document, types: ValueTypes) -> tuple[Cells, int]:
    """Return the cells of an entry's document by their keys, and how many values do not fit the type of their field.

    Values that do not fit, and objects that have not the form of a cell, are left out of the cells.
    """
    cells: Cells = {}
    checks, misfits = types.of(document.get("question"), document.get("part", "")), 0
    for key, record, value_key in _possible_cells(document):
        if isinstance(record, dict) and value_key in record:
            if _is_cell(checks, key, record, value_key):
                cells[key] = Cell(cleaned(record[value_key]), record["rev"])
            else:
                misfits += 1
    return cells, misfits


def misfits_of(document: Document, types: ValueTypes) -> int:
    """Return how many values of an entry's document do not fit the type of their field; 1 if it is no entry."""
    if not is_entry(document):
        return 1
    checks = types.of(document["question"], document.get("part", ""))
    return sum(
        not _is_cell(checks, key, record, value_key)
        for key, record, value_key in _possible_cells(document)
        if isinstance(record, dict) and value_key in record
    )


def _possible_cells(document: Document) -> list[tuple[str, object, str]]:
    """Return (cell key, object, key of the value in that object) for each place of a document that may hold a cell.

    Such as ("title@fr", {"text": "Accord", "rev": 7}, "text").
    """
    places: list[tuple[str, object, str]] = [
        (key, document[name], "value") for key, name in _KEYS_AND_NAMES if name in document
    ]
    stored_fields = document.get("fields")
    for name, field in stored_fields.items() if isinstance(stored_fields, dict) else ():
        if isinstance(field, dict) and name not in MARK_NAMES:
            if "value" in field:
                places.append((name, field, "value"))
            for lang in LANGUAGES:
                if lang in field:
                    places.append((f"{name}@{lang}", field[lang], "text"))
    return places


def _is_cell(checks: Checks, key: str, record: Document, value_key: str) -> bool:
    """Return whether an object has a revision, and a value that fits the type of the cell `key`."""
    revision = record.get("rev")  # tested as in `is_revision`, but without its call: each cell of a store comes here
    return revision.__class__ is int and 0 <= revision < _REVISION_LIMIT and fits(checks, key, record[value_key])


def entry_of(document: Document, cells: Cells) -> Entry | None:
    """Return the entry that a document describes, with these cells; None if it is no entry."""
    if not is_entry(document):
        return None
    return Entry(
        id=id_of(document),
        question=clean(document["question"]),
        part=clean(document.get("part", "")),
        subject=tuple(map(clean, document.get("subject", []))),
        cells=cells,
    )


def is_entry(document: Document) -> bool:
    """Return whether a document describes an entry: id, question and part are texts, the subject a list of texts."""
    question, part, subject = document.get("question"), document.get("part", ""), document.get("subject", [])
    return isinstance(question, str) and isinstance(part, str) and _are_texts(subject) and bool(id_of(document))


def _are_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def id_of(document: Document) -> str:
    """Return the id in an entry's document; "" if that is no text."""
    entry_id = document.get("id")
    return clean(entry_id) if isinstance(entry_id, str) else ""


def document_without_cells(document: Document, types: ValueTypes) -> Document:
    """Return what an entry's document holds besides the cells and keys that this program reads.

    That is what a newer program wrote, and values that do not fit the type of their field.
    """
    checks = types.of(document.get("question"), document.get("part", ""))
    rest = {key: value for key, value in document.items() if key not in READ_KEYS}
    for key, name in MARK_NAMES.items():
        if name in document and (unread := _unread_part(checks, key, document[name], "value")):
            rest[name] = unread
    stored_fields = document.get("fields")
    unread_fields: Document = {}
    for name, unread_field in stored_fields.items() if isinstance(stored_fields, dict) else ():
        if isinstance(unread_field, dict):
            unread_field = dict(_unread_part(checks, name, unread_field, "value") or {})
            for lang in LANGUAGES:
                if lang in unread_field and not (
                    unread := _unread_part(checks, f"{name}@{lang}", unread_field[lang], "text")
                ):
                    del unread_field[lang]
                elif lang in unread_field:
                    unread_field[lang] = unread
        if unread_field:
            unread_fields[name] = unread_field
    return {**rest, "fields": unread_fields} if unread_fields else rest


def _unread_part(checks: Checks, key: str, record: Any, value_key: str) -> Any:
    """Return the object of a cell without its value and revision; if `record` is no cell, `record` itself."""
    if isinstance(record, dict) and value_key in record and _is_cell(checks, key, record, value_key):
        return {name: value for name, value in record.items() if name not in (value_key, "rev")}
    return record


def document_with_cells(document: Document, entry: Entry, cells: Mapping[str, Cell], types: ValueTypes) -> Document:
    """Return the document of an entry with exactly these cells; what `document` holds unread stays in it."""
    new_document = document_without_cells(document, types)
    new_document.update(id=entry.id, question=entry.question, part=entry.part, subject=list(entry.subject))
    stored_fields: Document = dict(new_document.get("fields") or {})
    for key, cell in cells.items():
        name, _at, lang = key.partition("@")
        if key in MARK_NAMES:
            new_document[MARK_NAMES[key]] = {
                **_mapping(new_document.get(MARK_NAMES[key])),
                "value": cell.value,
                "rev": cell.rev,
            }
        elif lang in LANGUAGES:
            texts = _mapping(stored_fields.get(name))
            stored_fields[name] = {**texts, lang: {**_mapping(texts.get(lang)), "text": cell.value, "rev": cell.rev}}
        else:
            stored_fields[key] = {**_mapping(stored_fields.get(key)), "value": cell.value, "rev": cell.rev}
    if stored_fields:
        new_document["fields"] = stored_fields
    return new_document


def _mapping(value: object) -> Document:
    return value if isinstance(value, dict) else {}


def document_of(record: HistoryEntry | Conflict | Change) -> Document:
    """Return a change, a history entry or a conflict as a document; fields that have their default are left out."""
    new_document: Document = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name == "subject":
            value = list(value)
        if field.name == "private":
            continue  # whether a record is private shows in the file it lies in
        if field.default is MISSING or value not in (field.default, []):
            new_document[field.name] = value
    return new_document


def record_of(kind: type[Record], document: Document, **more: Any) -> Record | None:
    """Return the record of type `kind` that a document holds; None if a field is missing or of another type.

    `more` are further fields of the record, which the document does not hold.
    """
    given = {field.name: document[field.name] for field in fields(kind) if field.name in document} | more
    subject = given.get("subject") or []
    if not _are_texts(subject):
        return None
    given["subject"] = tuple(subject)
    for field in fields(kind):
        if not _fits_annotation(field.type, given.get(field.name, field.default)):
            return None
    return kind(**given)


def _fits_annotation(annotation: object, value: object) -> bool:
    """Return whether a value has the type of a record's field; `MISSING` never has. All numbers are revisions."""
    if annotation == "str":
        return isinstance(value, str)
    if annotation == "int":
        return is_revision(value)
    if annotation == "int | None":
        return value is None or is_revision(value)
    return value is not MISSING


def free_numbers(table: Mapping[str, object]) -> Iterator[str]:
    """Yield the numbers for the next documents of a table, without end: those after its last number.

    If that is so high that the next ones could not be read, the unused numbers from 1 on.
    """
    last = max(map(int, table), default=0)
    first = last + 1 if last < _LARGEST_NUMBER else 1
    return (name for name in map(str, count(first)) if name not in table)


def sorted_documents(table: Table) -> list[Document]:
    """Return the documents of a table, in the order of their numbers."""
    return [table[number] for number in sorted(table, key=int)]


def append_documents(table: Table, documents: Iterable[Document]) -> Table:
    """Return the table with these documents at its end."""
    longer = dict(table)
    numbers = free_numbers(table)
    for document in documents:
        longer[next(numbers)] = document
    return longer


def meta_of(tables: Tables) -> Document:
    """Return the only document of the table `meta`, which describes the file; {} if there is none."""
    return tables.get("meta", {}).get("1", {})


def revision_of(tables: Tables) -> int:
    """Return the revision in `meta`; 0 if there is none."""
    revision = meta_of(tables).get("rev")
    return revision if is_revision(revision) else 0


def moment_of(meta: Document, name: str) -> str:
    """Return the ISO date and time under the key `name` of `meta`; "" if it has none."""
    moment = meta.get(name)
    return clean(moment) if isinstance(moment, str) else ""


def with_meta(tables: Tables, **values: Any) -> Tables:
    """Return the tables with these values in the document of `meta`."""
    return {**tables, "meta": {**tables.get("meta", {}), "1": {**meta_of(tables), **values}}}


def copied_from_values(meta: Document, partnership_id: str) -> dict[str, list[str]]:
    """Return the values to add to `meta` when it becomes the `meta` of the partnership `partnership_id`; {} for none.

    If `meta` has another id so far, that one is added to the ids from which the partnership was copied.
    """
    ids_before = earlier_ids(meta)
    id_before = meta.get("id")
    if not isinstance(id_before, str) or not is_id(id_before) or id_before == partnership_id or id_before in ids_before:
        return {}
    return {_COPIED_FROM: [*ids_before, id_before]}


def earlier_ids(meta: Document) -> list[str]:
    """Return the earlier ids of a partnership: those of the partnerships it was copied from, the first one first."""
    ids = meta.get(_COPIED_FROM)
    return [item for item in ids if isinstance(item, str) and is_id(item)] if isinstance(ids, list) else []
