"""The exact words a position is given on: one fingerprint a point, and which points changed since.

The fingerprint covers the NFC source with resolved dates, amounts and partner ids, before typography (contracts.md),
so that a setting reopens nothing and a changed sentence reopens only the positions on it.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping

from tui.guide.types import Guide
from tui.project.candidates import is_second
from tui.project.partners import WHO, active
from tui.project.values import STATE, Entry, Project

POSITIONS = ("gather.procedures", "commit.consensus")
NOT_APPLICABLE = "not_applicable"
NO_POINT = frozenset({WHO, "open.involvement", "extra.points", *POSITIONS})


class Points:
    """The points of a view that changes; what nobody touched is not fingerprinted again."""

    def __init__(self, guide: Guide) -> None:
        """`guide` says which fields feed the agreement."""
        self._guide = guide
        self._kept: dict[str, tuple[Entry, tuple[str, ...], str]] = {}  # "" for what the agreement does not say
        self._present: set[str] = set()
        self._members: dict[tuple[str, bool], str] = {}

    def of(self, view: Project) -> dict[str, str]:
        """The points of a public view: entry id → fingerprint, for everything the agreement says."""
        members = active(view)
        present = {one.id for one in members}
        # Who takes part is said too: one who joins, leaves or comes to be named changes what the others said yes to.
        found = {one.id: self._member(one.id, one.may_appear) for one in members}
        same, self._present = present == self._present, present
        for entry in view.entries.values():
            kept = self._kept.get(entry.id)
            if kept is None or kept[0] is not entry or not same:
                kept = self._kept[entry.id] = self._read(entry, kept, present)
            if kept[2]:
                found[entry.id] = kept[2]
        return found

    def _member(self, name: str, may_appear: bool) -> str:
        known = self._members.get((name, may_appear))
        if known is None:
            known = self._members[name, may_appear] = digest([WHO, name, may_appear])
        return known

    def _read(
        self, entry: Entry, kept: tuple[Entry, tuple[str, ...], str] | None, present: set[str]
    ) -> tuple[Entry, tuple[str, ...], str]:
        gone = tuple(one for one in entry.givers if one not in present)
        if not self._tells(entry) or (gone and len(gone) == len(entry.givers)):
            return entry, gone, ""  # the document prints nothing of those who left
        same = kept is not None and kept[0] is entry and kept[1] == gone and kept[2]
        return kept if kept is not None and same else (entry, gone, fingerprint(entry, gone))

    def _tells(self, entry: Entry) -> bool:
        question = self._guide.by_id.get(entry.question)
        if question is None or entry.removed or entry.question in NO_POINT:
            return False
        part = question.part(entry.part)
        return bool(question.feeds or (part is not None and part.feeds)) and _says(entry)


def points(guide: Guide, view: Project) -> dict[str, str]:
    """The points of one public view: entry id → fingerprint, for everything the agreement says."""
    return Points(guide).of(view)


def fingerprint(entry: Entry, gone: tuple[str, ...] = ()) -> str:
    """32 hexadecimal digits over the NFC words and values of one entry and whom it concerns.

    `gone` are those of its givers who left: what is left of « A and B » is another sentence.
    """
    words = {
        key: cell.value
        for key, cell in entry.cells.items()
        if key[:1] != "#" and cell.value is not None and not is_second(key)
    }
    if entry.state == NOT_APPLICABLE:  # takes its heading out of the document; the other states change no word of it
        words[STATE] = NOT_APPLICABLE
    return digest([entry.question, entry.part, entry.subject, words, *([gone] if gone else [])])


def digest(value: object) -> str:
    """32 hexadecimal digits over the NFC form of any JSON value, the order of keys set aside."""
    raw = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(unicodedata.normalize("NFC", raw).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _says(entry: Entry) -> bool:
    said = (cell.value for key, cell in entry.cells.items() if key[:1] != "#" and not is_second(key))
    return entry.state == NOT_APPLICABLE or any(value not in (None, "", False) for value in said)


def changed_since(seen: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of the points that are new, different or gone since a position was given."""
    return tuple(sorted({key for key in (*seen, *now) if seen.get(key) != now.get(key)}))
