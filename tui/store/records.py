"""Entries, conflicts and history as documents of tables, and back; what a newer program wrote beside them is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any, Final, TypeGuard, TypeVar

from tui.partnership.ids import is_id
from tui.partnership.values import ORDER, REMOVED, STATE, Cell, Change, Conflict, Entry, HistoryEntry
from tui.store.sealed_bytes import Document, Tables
from tui.text.clean import clean

LANGUAGES: Final = ("fr", "en")
MARKS: Final[Mapping[str, str]] = {ORDER: "order", STATE: "state", REMOVED: "removed"}
_COPIED_FROM: Final = "copied_from"  # in `meta`: the ids it had before, the first one first
KNOWN: Final = frozenset({"id", "question", "part", "subject", "fields", *MARKS.values()})

Cells = dict[str, Cell]
Table = dict[str, Document]
Record = TypeVar("Record", HistoryEntry, Conflict, Change)


def cleaned(value: Any) -> Any:
    """The same JSON value with every text in it cleaned (tui.text.clean)."""
    if isinstance(value, str):
        return value if value.isprintable() else clean(value)  # nothing printable needs cleaning, and this is quick
    if isinstance(value, dict):
        return {clean(key): cleaned(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [cleaned(one) for one in value]
    return value


def is_number(value: object) -> TypeGuard[int]:
    """Whether a JSON value is a whole number (a JSON true is none)."""
    return isinstance(value, int) and not isinstance(value, bool)


def cells_of(document: Document) -> Cells:
    """The cells an entry's document holds; whatever has not the form of a cell is left alone."""
    cells: Cells = {}
    for key, name in MARKS.items():
        _take(cells, key, document.get(name), "value")
    held = document.get("fields")
    for name, found in held.items() if isinstance(held, dict) else ():
        if isinstance(found, dict) and name not in MARKS:
            _take(cells, name, found, "value")
            for lang in LANGUAGES:
                _take(cells, f"{name}@{lang}", found.get(lang), "text")
    return cells


def _take(cells: Cells, key: str, found: object, word: str) -> None:
    if isinstance(found, dict) and word in found and is_number(found.get("rev")):
        cells[key] = Cell(cleaned(found[word]), found["rev"])


def entry_of(document: Document, cells: Cells) -> Entry | None:
    """The entry a document stands for, with these cells; None for one that is no entry."""
    name, question = document.get("id"), document.get("question")
    if not (isinstance(name, str) and name and isinstance(question, str)):
        return None
    subject = document.get("subject", [])
    return Entry(
        id=clean(name),
        question=clean(question),
        part=clean(str(document.get("part", ""))),
        subject=tuple(clean(str(one)) for one in subject) if isinstance(subject, list) else (),
        cells=cells,
        unknown={key: value for key, value in document.items() if key not in KNOWN},
    )


def stripped(document: Document) -> Document:
    """What an entry's document holds that we do not read: the rest once our cells are taken out."""
    rest = {key: value for key, value in document.items() if key not in KNOWN}
    for name in MARKS.values():
        if name in document and (left := _without(document[name], "value")):
            rest[name] = left
    held = document.get("fields")
    kept: Document = {}
    for name, found in held.items() if isinstance(held, dict) else ():
        if isinstance(found, dict):
            found = dict(_without(found, "value") or {})
            for lang in LANGUAGES:
                if lang in found and not (left := _without(found[lang], "text")):
                    del found[lang]
                elif lang in found:
                    found[lang] = left
        if found:
            kept[name] = found
    return {**rest, "fields": kept} if kept else rest


def _without(found: Any, word: str) -> Any:
    """`found` without the value and revision of a cell, when it is one."""
    if isinstance(found, dict) and word in found and is_number(found.get("rev")):
        return {key: value for key, value in found.items() if key not in (word, "rev")}
    return found


def dressed(document: Document, entry: Entry, cells: Mapping[str, Cell]) -> Document:
    """The document of an entry with exactly these cells; what `document` holds beside them stays."""
    made = stripped(document)
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
    """A change, a past or a conflict as a document; what stands at its default is left out."""
    made: Document = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name == "subject":
            value = list(value)
        if field.name != "private" and (field.default is MISSING or value not in (field.default, [])):
            made[field.name] = value
    return made


def record_of(kind: type[Record], document: Document, **more: Any) -> Record | None:
    """The record a document stands for; None when something it needs is missing or of another kind."""
    given = {field.name: document[field.name] for field in fields(kind) if field.name in document} | more
    given["subject"] = tuple(map(str, given.get("subject") or ()))
    for field in fields(kind):
        value = given.get(field.name, field.default)
        if value is MISSING or (field.type == "str" and not isinstance(value, str)):
            return None
        if (field.type == "int" and not is_number(value)) or (
            field.type == "int | None" and value is not None and not is_number(value)
        ):
            return None
    return kind(**given)


def next_number(table: Mapping[str, object]) -> int:
    """The first whole number no document of the table has, nor ever had while its last one stands."""
    return 1 + max(map(int, table), default=0)


def added(table: Table, documents: Iterable[Document]) -> Table:
    """The table with these documents at its end."""
    made, number = dict(table), next_number(table)
    for document in documents:
        made[str(number)] = document
        number += 1
    return made


def meta_of(tables: Tables) -> Document:
    """The one document of the table `meta`."""
    return tables.get("meta", {}).get("1", {})


def with_meta(tables: Tables, **values: Any) -> Tables:
    """The tables with these values in the one document of `meta`."""
    return {**tables, "meta": {**tables.get("meta", {}), "1": {**meta_of(tables), **values}}}


def origins(meta: Document, name: str) -> dict[str, list[str]]:
    """What `meta` has to say once it is that of `name`: the id it carries so far is one that it was copied from."""
    known = earlier_ids(meta)
    was = meta.get("id")
    if not isinstance(was, str) or not is_id(was) or was == name or was in known:
        return {}
    return {_COPIED_FROM: [*known, was]}


def earlier_ids(meta: Document) -> list[str]:
    """The ids that a copy, and what it was copied from, had before."""
    found = meta.get(_COPIED_FROM)
    return [one for one in found if isinstance(one, str) and is_id(one)] if isinstance(found, list) else []
