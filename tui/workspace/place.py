"""The place of the person in a partnership: question, partner, row and field, kept from start to start."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tui.atomic_files import make_private_dir
from tui.fast_dataclass import dataclass
from tui.form.form import subject_of
from tui.form.question_walk import order
from tui.guide.guide_types import Guide, Question
from tui.named_files import MEGABYTE, read_named, write_named
from tui.partnership.partners import active, partners, with_those_who_left
from tui.partnership.values import Partnership
from tui.resources import own_folder
from tui.store import Store
from tui.store.store_errors import StoreError

NOTE = "note.call"  # a partner's call note


@dataclass(frozen=True, slots=True)
class Place:
    """The question and what of it; `other` is the second partner of a pair, `slot` the field within the form."""

    question: str = "open.who"
    partner: str = ""
    other: str = ""
    slot: str = ""
    cursor: tuple[int, int] | None = None
    back: str = ""  # where to come back to from a call note, as "question|slot|line|column|from|row"

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Place:
        """Return a place kept in a file; what does not fit is left at its default."""
        names = ("question", "partner", "other", "slot", "back")
        texts = {key: raw[key] for key in names if isinstance(raw.get(key), str)}
        cursor = raw.get("cursor")
        if (
            isinstance(cursor, list)
            and len(cursor) == 2
            and all(isinstance(item, int) and item >= 0 for item in cursor)
        ):
            return cls(**texts, cursor=(cursor[0], cursor[1]))
        return cls(**texts)

    def written(self) -> dict[str, Any]:
        """Return what a file keeps of the place: its fields by their names."""
        return asdict(self)


def settled(place: Place, guide: Guide, partnership: Partnership) -> Place:
    """Return the place made valid: a question that exists, a partner that is still there."""
    if place.question not in guide.by_id:
        place = replace(place, question="open.who", slot="")
    known = [partner.id for partner in partners(partnership)]
    first = next((partner.id for partner in active(partnership)), known[0] if known else "")
    if place.partner not in known:
        place = replace(place, partner=first)
    if place.other and (place.other not in known or place.other == place.partner):
        place = replace(place, other="")
    return place


def at_question(place: Place, guide: Guide, name: str) -> Place:
    """Another question, the partner kept; what is asked of one partner or of two begins with the one."""
    alone = guide.question(name).scope == "partner_or_pair"
    return replace(place, question=name, other="" if alone else place.other, slot="", back="", cursor=None)


def stepped(place: Place, guide: Guide, by: int) -> Place:
    """Return the question `by` further on, the partner kept; the first and the last stay where they are.

    From a call note one goes on from where one came.
    """
    walk = order(guide)
    here = place.back.partition("|")[0] if place.question == NOTE else place.question
    at = walk.index(here) if here in walk else 0
    return at_question(place, guide, walk[min(max(at + by, 0), len(walk) - 1)])


@dataclass(frozen=True, slots=True)
class Back:
    """What a call note leads back to: a place, and whether one wrote there, moved, or read the document at a row."""

    place: Place
    came: str = "writing"  # or "moving", "document", "field" (open at the bottom of the document)
    row: int = 0


def to_note(place: Place, cursor: tuple[int, int] | None, came: str, row: int = 0) -> Place:
    """Return the call note of the present partner; where one came from stays in it, to the cursor."""
    line, column = cursor or ("", "")
    back = f"{place.question}|{place.slot}|{line}|{column}|{came}|{row}"
    return replace(place, question=NOTE, slot="", back=back, cursor=None)


def from_note(place: Place) -> Back:
    """Back to where one came from, with the cursor where it was."""
    question, slot, line, column, came, row = (place.back.split("|") + [""] * 6)[:6]
    cursor = (int(line), int(column)) if line.isdigit() and column.isdigit() else None
    there = replace(place, question=question or "open.who", slot=slot, back="", cursor=cursor)
    return Back(there, came or "writing", int(row) if row.isdigit() else 0)


def stepped_partner(place: Place, partnership: Partnership, by: int) -> Place:
    """Return the partner `by` further on, round and round, the question kept; those who left come last."""
    known = [partner.id for partner in with_those_who_left(partnership)]
    if not known:
        return place
    at = known.index(place.partner) if place.partner in known else -by
    return replace(place, partner=known[(at + by) % len(known)], other="", slot="", cursor=None)


def subject(place: Place, question: Question) -> tuple[str, ...]:
    """Return whom the question is asked of at this place: nobody, a partner, or a pair in sorted order."""
    return subject_of(question, place.partner, place.other)


_MOST = 200  # partnerships whose place is kept


def memory_path(environ: Mapping[str, str]) -> Path:
    """Return the file of places, among XDG's state files (basedir-spec 0.8)."""
    return own_folder(environ, "XDG_STATE_HOME") / "places.json"


def place_of(path: Path, partnership_id: str) -> Mapping[str, Any]:
    """Return the place kept for a partnership, as `Place.written` gave it.

    {} if there is none or the file cannot be read.
    """
    kept = _read(path).get(partnership_id)
    return kept if isinstance(kept, dict) else {}


def last_open(path: Path) -> str:
    """Return the id of the partnership that was open when the app was last left; "" when the list was."""
    last = _read(path).get("last")
    return last if isinstance(last, str) else ""


def keep(path: Path, partnership_id: str, place: Mapping[str, Any] | None, *, last: str) -> bool:
    """Keep a place and which partnership was open. Returns whether it could be written (it is no reason to stop)."""
    kept = _read(path)
    if place is not None:
        kept.pop(partnership_id, None)
        kept[partnership_id] = dict(place)  # the newest stand last
    kept["last"] = last
    for name in [name for name in kept if name != "last"][:-_MOST]:
        del kept[name]
    try:
        if not path.parent.exists():
            make_private_dir(path.parent)
        write_named(path, json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace"), 0o600)
    except OSError:
        return False
    return True


def _read(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(read_named(path, MEGABYTE))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def left_open(places: Path, store: Store) -> str:
    """Return the partnership that was open when the app was last left, if it is still in the store.

    Else "".
    """
    last = last_open(places)
    if store.engine.is_server:
        return _on_server(store, last)
    return last if last and (store.root / last / "project.json").is_file() else ""


def _on_server(store: Store, partnership_id: str) -> str:
    """Return the partnership if the server has it; "" where it has not, or does not answer: the list will say so."""
    with suppress(StoreError):
        return partnership_id if partnership_id and store.has(partnership_id) else ""
    return ""
