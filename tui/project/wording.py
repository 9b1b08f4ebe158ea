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
from tui.project.partners import WHO
from tui.project.privacy import POSITIONS
from tui.project.values import STATE, Entry, Project

NOT_APPLICABLE = "not_applicable"
NO_POINT = frozenset({WHO, "open.involvement", "extra.points", *POSITIONS})


def points(guide: Guide, view: Project) -> dict[str, str]:
    """The points of a public view: entry id → fingerprint, for everything the agreement says."""
    found = {}
    for entry in view.entries.values():
        question = guide.by_id.get(entry.question)
        if question is None or entry.removed or entry.question in NO_POINT:
            continue
        part = question.part(entry.part)
        if (question.feeds or (part is not None and part.feeds)) and _says(entry):
            found[entry.id] = fingerprint(entry)
    return found


def fingerprint(entry: Entry) -> str:
    """32 hexadecimal digits over the NFC words and values of one entry and whom it concerns."""
    words = {key: cell.value for key, cell in entry.cells.items() if key[:1] != "#" and cell.value is not None}
    if entry.state == NOT_APPLICABLE:  # takes its heading out of the document; the other states change no word of it
        words[STATE] = NOT_APPLICABLE
    raw = json.dumps([entry.question, entry.part, entry.subject, words], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(unicodedata.normalize("NFC", raw).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _says(entry: Entry) -> bool:
    said = (cell.value for key, cell in entry.cells.items() if key[:1] != "#")
    return entry.state == NOT_APPLICABLE or any(value not in (None, "", False) for value in said)


def changed_since(seen: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of the points that are new, different or gone since a position was given."""
    return tuple(sorted({key for key in (*seen, *now) if seen.get(key) != now.get(key)}))


def stands_on(view_points: Mapping[str, str], position: Entry) -> bool:
    """Whether a position was given on exactly the present words."""
    seen = position.get("seen")
    return isinstance(seen, Mapping) and not changed_since(seen, view_points)
