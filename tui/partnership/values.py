"""The partnership as a value: entries made of cells, second wordings, and the changes to both."""

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

_SECOND = "~2"


def second(cell: str) -> str:
    """Return the cell of the second wording of a text cell; it is as public or private as the field."""
    return cell + _SECOND


def is_second(cell: str) -> bool:
    """Return whether a cell holds a second wording: no part of what anyone says yes to."""
    return cell.endswith(_SECOND)


def first_wording(cell: str) -> str:
    """Return the cell whose second wording `cell` is; itself where it is none."""
    return cell.removesuffix(_SECOND)


def may_have_two(field: Field) -> bool:
    """Return whether a field is a text that can be worded in two ways."""
    return field.translatable and field.kind in ("line", "prose")


def held(entry: Entry, cell: str) -> str:
    """Return the second wording, "" where there is none."""
    return str(entry.get(second(cell), ""))


Value = Any  # what JSON can hold: str, int, bool, None, list, dict

ORDER, STATE, REMOVED = "#order", "#state", "#removed"
SETTINGS = "settings"  # the entry that holds the partnership's own settings
ANNEXED = "contacts_annex"  # the setting that lets the annex of contacts go with the document
TIME_ZONE = "timezone"  # the setting that keeps in which zone a partnership's dates are told, an IANA name
TRIAL = "trial"  # the setting of a partnership that is played with and thrown away
NOTHING: Mapping[str, Any] = MappingProxyType({})


def _nothing() -> Mapping[str, Any]:
    return NOTHING  # Python 3.11 takes no mapping proxy as a plain default


@dataclass(frozen=True, slots=True)
class Cell:
    """One field's value and the partnership revision at which it was set."""

    value: Value
    rev: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An answer or a row. `subject` is () for the partnership, one partner id, or two in sorted order for a pair.

    `unknown` keeps what a newer program wrote and we do not read.
    """

    id: str
    question: str
    part: str = ""
    subject: tuple[str, ...] = ()
    cells: Mapping[str, Cell] = field(default_factory=_nothing)
    unknown: Mapping[str, Any] = field(default_factory=_nothing)
    stands: bool = field(init=False, compare=False, repr=False)  # not taken away, and holding something
    order: str = field(init=False, compare=False, repr=False)  # the key its row sorts by

    def __post_init__(self) -> None:
        """Work out once what every reader of a thousand rows asks for at each key."""
        cells = self.cells
        held = any(cell.value is not None for cell in cells.values())
        object.__setattr__(self, "stands", held and not self.get(REMOVED))
        object.__setattr__(self, "order", str(self.get(ORDER, "")))

    def get(self, name: str, default: Value = None) -> Value:
        """Return the value of a cell, or `default` when it is missing or None."""
        cell = self.cells.get(name)
        return default if cell is None or cell.value is None else cell.value

    def text(self, name: str, lang: str) -> str:
        """Return the text of a field in `lang`, else in the other language, else ""."""
        cells = self.cells
        for key in (f"{name}@{lang}", f"{name}@{'en' if lang == 'fr' else 'fr'}", name):
            cell = cells.get(key)
            if cell is not None and isinstance(cell.value, str) and cell.value.strip():
                return cell.value
        return ""

    @property
    def rev(self) -> int:
        """The latest revision of any of its cells."""
        return max((cell.rev for cell in self.cells.values()), default=0)

    @property
    def givers(self) -> tuple[str, ...]:
        """The ids of the partners it belongs to: those it names, else its subject."""
        cell = self.cells.get("partners")
        ids = cell.value.get("ids") if cell is not None and isinstance(cell.value, dict) else None
        return tuple(ids) if ids else self.subject

    @property
    def removed(self) -> bool:
        """Whether the row was taken away (it is kept as a tombstone)."""
        return bool(self.get(REMOVED))

    @property
    def state(self) -> str:
        """The state set by hand: "", "to_confirm", "to_discuss" or "not_applicable"."""
        return str(self.get(STATE, ""))


@dataclass(frozen=True, slots=True)
class Change:
    """One field set to a value: the unit of saving, merging, undoing and history.

    `base` is the revision the author saw in that cell; None means "whatever is there". `cell` is a field name, with
    "@fr" or "@en" for texts, or one of ORDER, STATE and REMOVED.
    """

    entry: str
    question: str
    cell: str
    value: Value
    part: str = ""
    subject: tuple[str, ...] = ()
    base: int | None = None
    source: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """What a cell held before a change: one line of the history."""

    entry: str
    question: str
    cell: str
    value: Value
    new: Value
    rev: int
    by: str
    at: str
    part: str = ""
    subject: tuple[str, ...] = ()
    source: str = ""
    reason: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two texts for one cell: `theirs` is the one that stands, `mine` came later on an older base. Both are kept."""

    id: str
    entry: str
    question: str
    cell: str
    mine: Value
    theirs: Value
    by: str
    their_by: str
    at: str
    rev: int
    base: int
    part: str = ""
    subject: tuple[str, ...] = ()
    private: bool = False
    settled: str = ""  # "mine", "theirs" or "both" once someone chose

    @property
    def joinable(self) -> bool:
        """Whether the two can stand one under the other: words of a language can, a choice or a date cannot."""
        return self.cell.partition("@")[2] in LANGUAGES


@dataclass(frozen=True)
class Partnership:
    """A whole partnership at one revision. Nothing in it changes; functions return a new one."""

    id: str
    rev: int = 0
    entries: Mapping[str, Entry] = field(default_factory=_nothing)
    changed: str = ""  # ISO date and time of the last change
    created: str = ""
    conflicts: tuple[Conflict, ...] = ()
    tallies: Mapping[str, Mapping[str, int]] = field(default_factory=_nothing)  # counts of positions that are not here
    on: str = field(default="", compare=False)  # the ISO day it is looked at; "" is the day of the last change
    unknown: Mapping[str, Any] = field(default_factory=_nothing)

    @property
    def day(self) -> str:
        """The ISO day for which it is told who takes part: the stated one, else that of the last change."""
        return self.on or self.changed[:10]

    def entry(self, name: str) -> Entry | None:
        """Return the entry of that id, removed or not; None when there is none."""
        return self.entries.get(name)

    @cached_property
    def by_part(self) -> Mapping[tuple[str, str], Sequence[Entry]]:
        """The entries that stand, by question and part, in their order."""
        found: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.entries.values():
            if entry.stands:
                found.setdefault((entry.question, entry.part), []).append(entry)
        return {key: tuple(sorted(entries, key=_place)) for key, entries in found.items()}

    @cached_property
    def by_giver(self) -> Mapping[tuple[str, str, str], Sequence[Entry]]:
        """The standing rows by question, part and each partner they belong to, in their order."""
        found: dict[tuple[str, str, str], list[Entry]] = {}
        for (question, part), entries in self.by_part.items():
            for entry in entries:
                for name in entry.givers:
                    found.setdefault((question, part, name), []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    @cached_property
    def worked_out(self) -> dict[str, Any]:
        """What readers worked out from this value and may ask for again, by name."""
        return {}

    def rows(self, question: str, part: str = "", subject: tuple[str, ...] | None = None) -> tuple[Entry, ...]:
        """Return the standing rows of a part in their order, of all subjects or of one."""
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


def indexed_as(
    before: Partnership, after: Partnership, changed: Sequence[tuple[Entry | None, Entry]], *, in_place: bool = False
) -> None:
    """Spare `after` the sorting of its entries, where they are those of `before` but for some.

    `changed` holds all entries that differ, as they stood, None for a new one, and as they stand. With `in_place` the
    rows of `before` are used up by it, and those that change are lists from then on.
    """
    parts, givers = before.__dict__.get("by_part"), before.__dict__.get("by_giver")
    if parts is None:
        return
    if any(len(set(entry.givers)) < len(entry.givers) for both in changed for entry in both if entry is not None):
        givers = None  # one that names a partner twice stands there twice
    if not in_place:
        parts = dict(parts)
        givers = dict(givers) if givers is not None else None
    for old, new in changed:
        stood, stands = old if old is not None and old.stands else None, new if new.stands else None
        _shift(parts, (new.question, new.part), stood, stands, in_place)
        if givers is not None:
            before_of, after_of = stood.givers if stood else (), stands.givers if stands else ()
            for name in {*before_of, *after_of}:
                here = stood if name in before_of else None, stands if name in after_of else None
                _shift(givers, (new.question, new.part, name), *here, in_place)
    after.__dict__["by_part"] = parts
    if givers is not None:
        after.__dict__["by_giver"] = givers


def _shift(
    index: dict[Any, Sequence[Entry]], key: object, old: Entry | None, new: Entry | None, in_place: bool
) -> None:
    """Put `new` in its place under `key`, and take `old` away; None for what is not there, or no longer."""
    known = index.get(key, ())
    rows = known if in_place and isinstance(known, list) else list(known)
    if old is not None:
        del rows[bisect_left(rows, _place(old), key=_place)]
    if new is not None:
        rows.insert(bisect_left(rows, _place(new), key=_place), new)
    if rows:
        index[key] = rows if in_place else tuple(rows)
    else:
        index.pop(key, None)


def as_of(partnership: Partnership, day: str) -> Partnership:
    """Return the same partnership, looked at on a day (ISO date): dates that have come act.

    Equal input, equal result.
    """
    if partnership.on == day:
        return partnership
    found = replace(partnership, on=day)
    indexed_as(partnership, found, ())
    return found


def answer_id(question: str, subject: tuple[str, ...] = ()) -> str:
    """Return the fixed id of a single answer, so that two people answering at once mean the same one."""
    return f"{question}:{'+'.join(subject)}" if subject else question


def _place(entry: Entry) -> tuple[str, str]:
    return entry.order, entry.id
