"""Entries, conflicts and history as documents of tables, and back; what a newer program wrote beside them is kept."""

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
MARKS: Final[Mapping[str, str]] = {ORDER: "order", STATE: "state", REMOVED: "removed"}
_COPIED_FROM: Final = "copied_from"  # in `meta`: the ids it had before, the first one first
_LAST_REV: Final = 2**53  # what other readers of JSON still tell apart from its neighbours (RFC 8259, section 6)
_FAR_OUT: Final = 10**17  # a number of a document that no table reaches by counting; from 10**18 on none is read
_MARKED: Final = tuple(MARKS.items())
KNOWN: Final = frozenset({"id", "question", "part", "subject", "fields", *MARKS.values()})

Cells = dict[str, Cell]
Table = dict[str, Document]
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
    """Whether a JSON value is the number of a revision: a whole one, not below 0, and none that grows out of reach."""
    return is_number(value) and 0 <= value < _LAST_REV


def cells_of(document: Document, types: ValueTypes) -> tuple[Cells, int]:
    """Return the cells of an entry's document by their keys, and how many values are not of the type of their field.

    Those, and whatever has not the form of a cell, are left alone.
    """
    cells: Cells = {}
    checks, misfits = types.of(document.get("question"), document.get("part", "")), 0
    for key, found, word in _places(document):
        if isinstance(found, dict) and word in found:
            if _is_cell(checks, key, found, word):
                cells[key] = Cell(cleaned(found[word]), found["rev"])
            else:
                misfits += 1
    return cells, misfits


def misfits_of(document: Document, types: ValueTypes) -> int:
    """How much of one entry's document is of another type than it should be, as `cells_of` and `entry_of` tell it."""
    if not is_entry(document):
        return 1
    checks = types.of(document["question"], document.get("part", ""))
    return sum(
        not _is_cell(checks, key, found, word)
        for key, found, word in _places(document)
        if isinstance(found, dict) and word in found
    )


def _places(document: Document) -> list[tuple[str, object, str]]:
    """(cell, what stands there, the key of its value) of every place of a document where a cell may stand."""
    found: list[tuple[str, object, str]] = [(key, document[name], "value") for key, name in _MARKED if name in document]
    held = document.get("fields")
    for name, field in held.items() if isinstance(held, dict) else ():
        if isinstance(field, dict) and name not in MARKS:
            if "value" in field:
                found.append((name, field, "value"))
            for lang in LANGUAGES:
                if lang in field:
                    found.append((f"{name}@{lang}", field[lang], "text"))
    return found


def _is_cell(checks: Checks, key: str, found: Document, word: str) -> bool:
    revision = found.get("rev")  # as `is_revision`, without its call: each cell of each document passes here
    return revision.__class__ is int and 0 <= revision < _LAST_REV and fits(checks, key, found[word])


def entry_of(document: Document, cells: Cells) -> Entry | None:
    """Return the entry a document stands for, with these cells; None for one that is no entry."""
    if not is_entry(document):
        return None
    return Entry(
        id=id_of(document),
        question=clean(document["question"]),
        part=clean(document.get("part", "")),
        subject=tuple(map(clean, document.get("subject", []))),
        cells=cells,
        unknown={key: value for key, value in document.items() if key not in KNOWN},
    )


def is_entry(document: Document) -> bool:
    """Return whether a document stands for an entry: its id, question, part and subject are texts."""
    question, part, subject = document.get("question"), document.get("part", ""), document.get("subject", [])
    return isinstance(question, str) and isinstance(part, str) and _are_texts(subject) and bool(id_of(document))


def _are_texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def id_of(document: Document) -> str:
    """Return the id that an entry's document names; "" where that is no text."""
    name = document.get("id")
    return clean(name) if isinstance(name, str) else ""


def stripped(document: Document, types: ValueTypes) -> Document:
    """Return what an entry's document holds that we do not read: the rest once our cells are taken out."""
    checks = types.of(document.get("question"), document.get("part", ""))
    rest = {key: value for key, value in document.items() if key not in KNOWN}
    for key, name in MARKS.items():
        if name in document and (left := _without(checks, key, document[name], "value")):
            rest[name] = left
    held = document.get("fields")
    kept: Document = {}
    for name, found in held.items() if isinstance(held, dict) else ():
        if isinstance(found, dict):
            found = dict(_without(checks, name, found, "value") or {})
            for lang in LANGUAGES:
                if lang in found and not (left := _without(checks, f"{name}@{lang}", found[lang], "text")):
                    del found[lang]
                elif lang in found:
                    found[lang] = left
        if found:
            kept[name] = found
    return {**rest, "fields": kept} if kept else rest


def _without(checks: Checks, key: str, found: Any, word: str) -> Any:
    """`found` without the value and revision of a cell, when it is one."""
    if isinstance(found, dict) and word in found and _is_cell(checks, key, found, word):
        return {name: value for name, value in found.items() if name not in (word, "rev")}
    return found


def dressed(document: Document, entry: Entry, cells: Mapping[str, Cell], types: ValueTypes) -> Document:
    """Return the document of an entry with exactly these cells; what `document` holds beside them stays."""
    made = stripped(document, types)
    made.update(id=entry.id, question=entry.question, part=entry.part, subject=list(entry.subject))
    held: Document = dict(made.get("fields") or {})
    for key, cell in cells.items():
        name, _at, lang = key.partition("@")
        if key in MARKS:
            made[MARKS[key]] = {**_mapping(made.get(MARKS[key])), "value": cell.value, "rev": cell.rev}
        elif lang in LANGUAGES:
            texts = _mapping(held.get(name))
            held[name] = {**texts, lang: {**_mapping(texts.get(lang)), "text": cell.value, "rev": cell.rev}}
        else:
            held[key] = {**_mapping(held.get(key)), "value": cell.value, "rev": cell.rev}
    if held:
        made["fields"] = held
    return made


def _mapping(value: object) -> Document:
    return value if isinstance(value, dict) else {}


def document_of(record: HistoryEntry | Conflict | Change) -> Document:
    """Return a change, a past or a conflict as a document; what stands at its default is left out."""
    made: Document = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name == "subject":
            value = list(value)
        if field.name != "private" and (field.default is MISSING or value not in (field.default, [])):
            made[field.name] = value
    return made


def record_of(kind: type[Record], document: Document, **more: Any) -> Record | None:
    """Return the record a document stands for; None when something it needs is missing or of another type."""
    given = {field.name: document[field.name] for field in fields(kind) if field.name in document} | more
    subject = given.get("subject") or []
    if not _are_texts(subject):
        return None
    given["subject"] = tuple(subject)
    for field in fields(kind):
        value = given.get(field.name, field.default)
        if value is MISSING or (field.type == "str" and not isinstance(value, str)):
            return None
        if (field.type == "int" and not is_revision(value)) or (
            field.type == "int | None" and value is not None and not is_revision(value)
        ):
            return None
    return kind(**given)


def free_numbers(table: Mapping[str, object]) -> Iterator[str]:
    """The numbers that the next documents of a table take, one after the other: behind its last one.

    Where the last one stands so far out that nothing behind it would be read again, those that nobody has.
    """
    last = max(map(int, table), default=0)
    first = last + 1 if last < _FAR_OUT else 1
    return (name for name in map(str, count(first)) if name not in table)


def in_order(table: Table) -> list[Document]:
    """Return the documents of a table, in the order of their numbers."""
    return [table[number] for number in sorted(table, key=int)]


def added(table: Table, documents: Iterable[Document]) -> Table:
    """Return the table with these documents at its end."""
    made = dict(table)
    numbers = free_numbers(table)
    for document in documents:
        made[next(numbers)] = document
    return made


def meta_of(tables: Tables) -> Document:
    """Return the one document of the table `meta`."""
    return tables.get("meta", {}).get("1", {})


def revision_of(tables: Tables) -> int:
    """Return the revision that `meta` tells; 0 where it tells none."""
    told = meta_of(tables).get("rev")
    return told if is_revision(told) else 0


def moment_of(meta: Document, name: str) -> str:
    """Return the date and time that `meta` tells under `name`; "" where it tells none."""
    told = meta.get(name)
    return clean(told) if isinstance(told, str) else ""


def with_meta(tables: Tables, **values: Any) -> Tables:
    """Return the tables with these values in the one document of `meta`."""
    return {**tables, "meta": {**tables.get("meta", {}), "1": {**meta_of(tables), **values}}}


def origins(meta: Document, name: str) -> dict[str, list[str]]:
    """Return what `meta` has to say beside once it is the document of the partnership `name`; {} for nothing.

    The id that it carries so far is added to those it was copied from.
    """
    known = earlier_ids(meta)
    was = meta.get("id")
    if not isinstance(was, str) or not is_id(was) or was == name or was in known:
        return {}
    return {_COPIED_FROM: [*known, was]}


def earlier_ids(meta: Document) -> list[str]:
    """Return the ids that a copy, and what it was copied from, had before."""
    found = meta.get(_COPIED_FROM)
    return [item for item in found if isinstance(item, str) and is_id(item)] if isinstance(found, list) else []
