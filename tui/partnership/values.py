"""The partnership as a value: entries made of cells, and the changes, history entries and conflicts of these.

A text may have a second wording, which partners discuss as an alternative to the first; it is a cell of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import LANGUAGES, Field
from tui.partnership.ids import order_between

_SECOND = "~2"  # ends the key of a cell with a second wording: « text@fr~2 »


def second_wording_cell(cell: str) -> str:
    """Return the key of the cell with the second wording of a text cell; it is as public or private as its field."""
    return cell + _SECOND


def is_second_wording_cell(cell: str) -> bool:
    """Return whether a key is that of a second wording, which is no part of the agreement."""
    return cell.endswith(_SECOND)


def first_wording_cell(cell: str) -> str:
    """Return the key of the cell whose second wording is `cell`; `cell` itself if it holds no second wording."""
    return cell.removesuffix(_SECOND)


def may_have_second_wording(field: Field) -> bool:
    """Return whether a field may have a second wording: it is a translatable line or prose."""
    return field.translatable and field.kind in ("line", "prose")


def second_wording(entry: Entry, cell: str) -> str:
    """Return the second wording of a text cell, "" if there is none."""
    return str(entry.get(second_wording_cell(cell), ""))


_FEW = 50  # entries that may differ for the rows to be carried over: to sort all again costs as much as some hundred
Value = Any  # what JSON can hold: str, int, bool, None, list, dict

# Keys of cells that are no fields of the guide: where a row sorts, its state set by hand, whether it was removed.
ORDER, STATE, REMOVED = "#order", "#state", "#removed"
SETTINGS = "settings"  # the entry that holds the partnership's own settings
ANNEXED = "contacts_annex"  # the setting that adds the annex of contacts to the document
TIME_ZONE = "timezone"  # the setting with the time zone of the partnership's dates, an IANA name
TRIAL = "trial"  # the setting that marks a partnership as a trial, made to be thrown away
PRACTICE = "practice"  # the value of `TRIAL` for the one to practise on, with its lessons; for an example it is True
NOTHING: Mapping[str, Any] = MappingProxyType({})  # an empty mapping that nobody can change


def _nothing() -> Mapping[str, Any]:
    # A function, since dataclasses of Python 3.11 refuse a mapping proxy as a plain default.
    return NOTHING


@dataclass(frozen=True, slots=True)
class Cell:
    """One field's value and the partnership revision at which it was set."""

    value: Value
    rev: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer to a question, or a row of one of its lists."""

    id: str
    question: str  # its id
    part: str = ""  # the id of the list it is a row of, "" for an answer
    subject: tuple[str, ...] = ()  # () for the partnership, one partner id, or two in sorted order for a pair
    cells: Mapping[str, Cell] = field(default_factory=_nothing)  # by key: a field id, "id@fr", "id@en", or ORDER …
    is_in_use: bool = field(init=False, compare=False, repr=False)  # whether it is not removed, and holds a value
    order: str = field(init=False, compare=False, repr=False)  # rows sort by it
    # The ids of the partners it belongs to: those it names, else its subject.
    givers: tuple[str, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Set `is_in_use`, `order` and `givers` once: they are read for every row at each key that is typed."""
        cells = self.cells
        has_value = any(cell.value is not None for cell in cells.values())
        object.__setattr__(self, "is_in_use", has_value and not self.get(REMOVED))
        object.__setattr__(self, "order", str(self.get(ORDER, "")))
        named = cells.get("partners")
        ids = named.value.get("ids") if named is not None and isinstance(named.value, dict) else None
        object.__setattr__(self, "givers", tuple(ids) if ids else self.subject)

    def get(self, key: str, default: Value = None) -> Value:
        """Return the value of the cell under `key`, or `default` if it is missing or None."""
        cell = self.cells.get(key)
        return default if cell is None or cell.value is None else cell.value

    def text(self, field_id: str, lang: str) -> str:
        """Return the text of a field in `lang`, else in the other language, else ""."""
        cells = self.cells
        for key in (f"{field_id}@{lang}", f"{field_id}@{'en' if lang == 'fr' else 'fr'}", field_id):
            cell = cells.get(key)
            if cell is not None and isinstance(cell.value, str) and cell.value.strip():
                return cell.value
        return ""

    @property
    def rev(self) -> int:
        """The latest revision of any of its cells."""
        return max((cell.rev for cell in self.cells.values()), default=0)

    @property
    def removed(self) -> bool:
        """Whether the row was removed; it stays stored, so that removing it can be undone."""
        return bool(self.get(REMOVED))

    @property
    def state(self) -> str:
        """The state set by hand: "", "to_confirm", "to_discuss" or "not_applicable"."""
        return str(self.get(STATE, ""))


@dataclass(frozen=True, slots=True)
class Change:
    """One cell set to a value: the unit of saving, merging, undoing and history."""

    entry: str  # its id; `question`, `part` and `subject` are those of the entry
    question: str
    cell: str  # its key, as in `Entry.cells`
    value: Value  # None empties the cell
    part: str = ""
    subject: tuple[str, ...] = ()
    base: int | None = None  # the revision the author saw in the cell; None replaces any
    source: str = ""  # where the value came from, "" for typing
    reason: str = ""  # why it was set, such as "undo" or "conflict"; "" for no particular reason


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of the history: a change, and the value it replaced. Fields not explained are those of `Change`."""

    entry: str
    question: str
    cell: str
    value: Value  # the value before, None if there was none
    new: Value  # the value after
    rev: int  # the revision of the change
    by: str  # the name of who made it
    at: str  # ISO date and time
    part: str = ""
    subject: tuple[str, ...] = ()
    source: str = ""
    reason: str = ""
    private: bool = False  # whether it lies in the private file


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values for one cell, both kept until someone chooses. Fields not explained are those of `Change`."""

    id: str
    entry: str
    question: str
    cell: str
    mine: Value  # the one that was refused, because it was made on an older base
    theirs: Value  # the one in the cell
    by: str  # the name of who set `mine`
    their_by: str  # the name of who set `theirs`, "" if not known
    at: str  # ISO date and time of the refusal
    rev: int  # the revision of the refusal
    base: int
    part: str = ""
    subject: tuple[str, ...] = ()
    private: bool = False
    settled: str = ""  # "mine", "theirs" or "both", as someone chose; "" before that

    @property
    def joinable(self) -> bool:
        """Whether the two can be joined, one below the other: texts in a language can, a choice or a date cannot."""
        return self.cell.partition("@")[2] in LANGUAGES


@dataclass(frozen=True)
class Partnership:
    """A whole partnership at one revision. Nothing in it changes; functions return a new one."""

    id: str
    rev: int = 0  # the number of its last change
    entries: Mapping[str, Entry] = field(default_factory=_nothing)  # by id
    changed: str = ""  # ISO date and time of the last change
    created: str = ""  # ISO date and time
    conflicts: tuple[Conflict, ...] = ()
    tallies: Mapping[str, Mapping[str, int]] = field(default_factory=_nothing)  # see `positions.tallies`
    on: str = field(default="", compare=False)  # the ISO day it is looked at; "" means the day of the last change
    # The next two are filled only in a public view. `counts`: by partner id, whether a partner whose dates are private
    # takes part on that day. `hidden_people`: by person id, the partner of each person who is not in the view.
    counts: Mapping[str, bool] = field(default_factory=_nothing)
    hidden_people: Mapping[str, str] = field(default_factory=_nothing)

    @property
    def day(self) -> str:
        """The ISO day on which it is looked at, for dates from which or until which a partner takes part."""
        return self.on or self.changed[:10]

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry of that id, removed or not; None if there is none."""
        return self.entries.get(entry_id)

    @cached_property
    def by_part(self) -> Mapping[tuple[str, str], Sequence[Entry]]:
        """The entries in use (`Entry.is_in_use`) by question id and part id, sorted by their order keys."""
        rows_by_part: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.entries.values():
            if entry.is_in_use:
                rows_by_part.setdefault((entry.question, entry.part), []).append(entry)
        return {key: tuple(sorted(entries, key=_sort_key)) for key, entries in rows_by_part.items()}

    @cached_property
    def by_giver(self) -> Mapping[tuple[str, str, str], Sequence[Entry]]:
        """The entries in use by question id, part id and id of each partner they belong to, in their order."""
        rows_by_giver: dict[tuple[str, str, str], list[Entry]] = {}
        for (question, part), entries in self.by_part.items():
            for entry in entries:
                for partner_id in entry.givers:
                    rows_by_giver.setdefault((question, part, partner_id), []).append(entry)
        return {key: tuple(entries) for key, entries in rows_by_giver.items()}

    @cached_property
    def derived(self) -> dict[str, Any]:
        """A cache in which other modules keep what they derive from this value, each under a name of its own."""
        return {}

    def rows(self, question: str, part: str = "", subject: tuple[str, ...] | None = None) -> tuple[Entry, ...]:
        """Return the rows in use of a part in their order, of all subjects or of one."""
        rows = self.by_part.get((question, part), ())
        return tuple(rows if subject is None else (row for row in rows if row.subject == subject))

    def setting(self, name: str, default: Value = None) -> Value:
        """Return a setting of the partnership (document language, typography, number of drafts sent …)."""
        settings = self.entries.get(SETTINGS)
        return default if settings is None else settings.get(name, default)


def order_behind(partnership: Partnership, question: str, part: str) -> str:
    """Return the order key of a new row behind all that a part has."""
    rows = partnership.by_part.get((question, part), ())
    return order_between(rows[-1].order if rows else "", "")


def share_index(
    before: Partnership,
    after: Partnership,
    changed: Sequence[tuple[Entry | None, Entry | None]],
    *,
    in_place: bool = False,
) -> None:
    """Give `after` the sorted rows of `before` with some entries replaced, so that it need not sort all again.

    `changed` holds each entry that differs, as it was (None for a new one) and as it is (None for one that is gone).
    With `in_place` the rows of `before` are changed themselves: it must not be used any more.
    """
    # Cached properties lie in `__dict__` once they were computed.
    parts, givers = before.__dict__.get("by_part"), before.__dict__.get("by_giver")
    if parts is None:
        return
    if any(len(set(entry.givers)) < len(entry.givers) for both in changed for entry in both if entry is not None):
        givers = None  # An entry that names a partner twice is in its list twice.
    if not in_place:
        parts = dict(parts)
        givers = dict(givers) if givers is not None else None
    for old, new in changed:
        # Only entries in use are in the index.
        indexed, to_index = (entry if entry is not None and entry.is_in_use else None for entry in (old, new))
        row = indexed or to_index
        if row is None:
            continue
        _replace_in_index(parts, (row.question, row.part), indexed, to_index, in_place)
        if givers is not None:
            old_givers = indexed.givers if indexed else ()
            new_givers = to_index.givers if to_index else ()
            for giver in {*old_givers, *new_givers}:
                old_row = indexed if giver in old_givers else None
                new_row = to_index if giver in new_givers else None
                _replace_in_index(givers, (row.question, row.part, giver), old_row, new_row, in_place)
    after.__dict__["by_part"] = parts
    if givers is not None:
        after.__dict__["by_giver"] = givers


def index_again(before: Partnership, after: Partnership) -> None:
    """Give `after` the sorted rows of `before` where few entries differ; unchanged ones must be the same objects."""
    old, new = before.entries, after.entries
    differing = [name for name, entry in new.items() if old.get(name) is not entry]
    differing += old.keys() - new.keys()
    if len(differing) <= _FEW:
        share_index(before, after, [(old.get(name), new.get(name)) for name in differing])


def _replace_in_index(
    index: dict[Any, Sequence[Entry]], key: object, old: Entry | None, new: Entry | None, in_place: bool
) -> None:
    """Remove `old` from the rows under `key` and insert `new` in its place; either may be None.

    With `in_place` the list of rows itself is changed, else a copy of it.
    """
    indexed_rows = index.get(key, ())
    rows = indexed_rows if in_place and isinstance(indexed_rows, list) else list(indexed_rows)
    if old is not None:
        del rows[bisect_left(rows, _sort_key(old), key=_sort_key)]
    if new is not None:
        rows.insert(bisect_left(rows, _sort_key(new), key=_sort_key), new)
    if rows:
        index[key] = rows if in_place else tuple(rows)
    else:
        index.pop(key, None)


def as_of(partnership: Partnership, day: str) -> Partnership:
    """Return the same partnership as it is on a day (ISO date): with the partners that take part on that day."""
    if partnership.on == day:
        return partnership
    on_that_day = replace(partnership, on=day)
    share_index(partnership, on_that_day, ())
    return on_that_day


def answer_id(question: str, subject: tuple[str, ...] = ()) -> str:
    """Return the fixed id of a single answer, so that two people answering at once mean the same one."""
    return f"{question}:{'+'.join(subject)}" if subject else question


def _sort_key(entry: Entry) -> tuple[str, str]:
    return entry.order, entry.id
