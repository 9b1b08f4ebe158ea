"""Decides which cells are public, and makes the public view of a partnership.

A cell is public only if the guide data says so, by its field and by rules on other cells. Private cells are stored in
another file, and the agreement is composed from the public view alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import is_

from tui.guide.guide_types import Condition, Field, Guide, Part
from tui.partnership.holes import Holes, OpenHoles, settled_holes
from tui.partnership.partners import PEOPLE, WHO, WHOLE, find_partner, givers, partners
from tui.partnership.positions import (
    POSITIONS,
    Fingerprints,
    PositionStatuses,
    position_statuses,
    tallies,
    with_counted_text,
)
from tui.partnership.values import NOTHING, SETTINGS, STATE, Entry, Partnership, Value, index_again, share_index

__all__ = [
    "POSITIONS",
    "PrivacyConditions",
    "PublicView",
    "Published",
    "is_about",
    "is_public",
    "public_entries",
    "public_entry",
    "public_view",
    "published",
    "stored_tallies",
]


def is_public(guide: Guide, partnership: Partnership, entry: Entry, cell: str) -> bool:
    """Return whether a cell of an entry may be in the public file, the document and every export."""
    if entry.question == SETTINGS:
        return True
    question = guide.by_id.get(entry.question)
    if question is None or question.private:
        return False
    part = question.part(entry.part)
    if cell.startswith("#"):
        if part is not None and any(field.always_public for field in part.fields):
            return True
        if part is None:
            # A question with rows only may still be marked as a whole, « sans objet » say.
            return entry.part in ("", WHOLE)
        return _may_be_published(part, partnership, entry) or (cell == STATE and not entry.part)
    if part is None:
        return False
    field = part.field(cell.partition("@")[0])
    return field is not None and _is_field_public(field, part, partnership, entry)


def _is_field_public(field: Field, part: Part, partnership: Partnership, entry: Entry) -> bool:
    """Return whether a field of an entry is public by its own rules and those of its part."""
    if field.private or (field.private_when and entry.get(field.private_when)):
        return False
    if field.without_leave:  # private without the leave (permission) of the partner
        return bool(entry.get("leave") == "yes")
    if field.kind == "someone" and _is_of_unnamed(part, partnership, entry, entry.get(field.id)):
        return False
    return field.always_public or field.id == "leave" or _may_be_published(part, partnership, entry)


def _is_of_unnamed(part: Part, partnership: Partnership, entry: Entry, someone: Value) -> bool:
    """Return whether a row about a partner that may not appear holds the typed name of somebody.

    Whoever is in a list of people is stored as an id, which names nobody by itself.
    """
    is_about_partner = part.main is not None and part.main.kind == "partner"
    is_typed_name = isinstance(someone, Mapping) and "name" in someone
    if part.main is None or not is_about_partner or not is_typed_name:
        return False
    partner = find_partner(partnership, str(entry.get(part.main.id)))
    return partner is not None and not partner.may_appear


def _may_be_published(part: Part, partnership: Partnership, entry: Entry) -> bool:
    """Return whether one of the conditions `public_when` of the part is met; True if it has none."""
    return not part.public_when or any(_is_met(condition, partnership, entry) for condition in part.public_when)


def _is_met(condition: Condition, partnership: Partnership, entry: Entry) -> bool:
    """Return whether the entry, or each partner that it belongs to, has one of the values a condition names."""
    if condition.of == "entry":
        return entry.get(condition.field) in condition.values
    owners = [partnership.entry(name) for name in givers(entry)]
    return bool(owners) and all(
        owner is not None and owner.get(condition.field) in condition.values for owner in owners
    )


def public_entry(guide: Guide, partnership: Partnership, entry: Entry) -> Entry | None:
    """Return the entry with its public cells alone; None when it has none."""
    cells = {key: cell for key, cell in entry.cells.items() if is_public(guide, partnership, entry, key)}
    if not any(not key.startswith("#") or key == STATE for key in cells):
        return None
    if len(cells) == len(entry.cells):
        return entry
    return replace(entry, cells=cells)


def public_entries(guide: Guide, partnership: Partnership) -> Partnership:
    """Return the partnership with its public cells alone, without conflicts and counts of positions."""
    public_by_id = {entry.id: public_entry(guide, partnership, entry) for entry in partnership.entries.values()}
    entries = {entry_id: entry for entry_id, entry in public_by_id.items() if entry}
    return replace(partnership, entries=entries, conflicts=(), tallies=NOTHING)


class PrivacyConditions:
    """Detects changes in the cells of partners that may decide what is public in their rows (`public_when`)."""

    def __init__(self, guide: Guide) -> None:
        """`guide` holds the conditions."""
        conditions = (
            condition for question in guide.by_id.values() for part in question.parts for condition in part.public_when
        )
        self._fields = sorted({condition.field for condition in conditions})
        self._partners: list[Entry] = []  # their entries at the last call
        self._values_before: dict[str, tuple[Value, ...]] = {}  # by partner id, of these fields at the last call

    def changed(self, partnership: Partnership) -> frozenset[str]:
        """Return the ids of the partners whose cells differ from those at the last call.

        An unchanged row became public or private only if it is about one of them (`is_about`).
        """
        partners = [entry for entry in partnership.entries.values() if entry.question == WHO and not entry.part]
        if len(partners) == len(self._partners) and all(map(is_, partners, self._partners)):
            return frozenset()
        before, self._partners = self._values_before, partners
        values = {entry.id: tuple(entry.get(name) for name in self._fields) for entry in partners}
        self._values_before = values
        ids = {*before, *values}
        return frozenset(partner_id for partner_id in ids if before.get(partner_id) != values.get(partner_id))


def is_about(entry: Entry, partner_ids: frozenset[str]) -> bool:
    """Return whether an entry belongs to one of these partners, or has the id of one in a cell."""
    return bool(partner_ids) and (
        not partner_ids.isdisjoint(entry.givers)
        or any(isinstance(cell.value, str) and cell.value in partner_ids for cell in entry.cells.values())
    )


@dataclass(frozen=True)
class Published:
    """A partnership as anyone may see it, with what is derived from it."""

    view: Partnership  # its public cells, with counts of positions in place of private positions
    points: Mapping[str, str]  # the fingerprint of each entry in the agreement, by entry id
    answers: PositionStatuses  # what each partner's positions are worth on these words
    _open: OpenHoles
    settled: frozenset[str] = frozenset()  # the holes that a private answer fills

    @cached_property
    def holes(self) -> Holes:
        """The open named holes (answers the agreement lacks) as (rule, id of the partner it concerns or "")."""
        return tuple((rule, partner_id) for rule, partner_id in self._open.of(self.view) if rule.id not in self.settled)


class PublicView:
    """Gives the public view of a partnership that changes: unchanged entries stay the same objects between calls."""

    def __init__(self, guide: Guide) -> None:
        """`guide` holds the rules."""
        self._guide = guide
        self._points = Fingerprints(guide)
        self._conditions = PrivacyConditions(guide)
        self._public_forms: dict[str, tuple[Entry, Entry | None]] = {}  # by id, an entry and its public form, if any
        self._holes = OpenHoles(guide)
        self._last: tuple[Partnership, Published] | None = None  # the partnership seen last, and its view

    def of(self, partnership: Partnership) -> Published:
        """Return the partnership as anyone may see it."""
        last = self._last
        if last is not None and last[0] is partnership:
            return last[1]
        public_entries: dict[str, Entry] = {}
        hidden_people: dict[str, str] = {}
        cache = self._public_forms
        changed = self._conditions.changed(partnership)
        for entry in partnership.entries.values():
            entry_before, public = cache.get(entry.id, (None, None))
            if entry_before is not entry or is_about(entry, changed):
                before, public = public, public_entry(self._guide, partnership, entry)
                if before == public:  # Only private cells changed.
                    public = before
                cache[entry.id] = entry, public
            if public is not None:
                public_entries[entry.id] = public
            elif entry.part == PEOPLE and entry.question == WHO and entry.subject:
                hidden_people[entry.id] = entry.subject[0]
        conflicts = tuple(
            conflict
            for conflict in partnership.conflicts
            if not conflict.private
            and conflict.entry in public_entries
            and is_public(self._guide, partnership, partnership.entries[conflict.entry], conflict.cell)
        )
        is_active = {  # for partners whose leaving date is not public
            partner.id: partner.active
            for partner in partners(partnership)
            if partner.entry.get("until") and not partner.may_appear
        }
        view = replace(
            partnership, entries=public_entries, conflicts=conflicts, counts=is_active, hidden_people=hidden_people
        )
        if last is not None:
            index_again(last[1].view, view)
        points = self._points.of(view)
        answers = position_statuses(partnership, points)
        with_tallies = replace(view, tallies=tallies(partnership, answers, points))
        share_index(view, with_tallies, ())
        result = Published(with_tallies, points, answers, self._holes, settled_holes(partnership))
        self._last = partnership, result
        return result


def published(guide: Guide, partnership: Partnership) -> Published:
    """Return the public view of one partnership, with what is derived from it."""
    return PublicView(guide).of(partnership)


def public_view(guide: Guide, partnership: Partnership) -> Partnership:
    """Return the public view of one partnership."""
    return published(guide, partnership).view


def stored_tallies(views: PublicView, partnership: Partnership) -> dict[str, dict[str, int]]:
    """Return the counts of positions for the public file: question id → code of a position → number of partners.

    They include a digest of the words on which they were counted (`with_counted_text`).
    """
    public = views.of(partnership)
    return with_counted_text(public.view.tallies, public.points)
