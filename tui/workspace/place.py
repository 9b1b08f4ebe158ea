"""The place where a person is in a partnership: question, partner and field; kept on disk for the next start."""

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
from tui.form.question_walk import question_order
from tui.guide.guide_types import Guide, Question
from tui.named_files import MEGABYTE, read_named, write_named
from tui.partnership.partners import active, partners, with_those_who_left
from tui.partnership.values import Partnership
from tui.resources import own_folder
from tui.store import Store
from tui.store.store_errors import StoreError

NOTE = "note.call"  # the id of the question that holds a partner's call note
_MOST_PLACES = 200  # of how many partnerships the place is kept
_BACK_TEXTS = 6  # how many texts `Place.back` joins by "|"


@dataclass(frozen=True, slots=True)
class Place:
    """A question, the partner it is asked of, and the current field of its form."""

    question: str = "open.who"  # its id
    partner: str = ""  # its id, "" where there is no partner
    other: str = ""  # the id of the second partner of a pair, "" for none
    slot: str = ""  # the field within the form, « entry id/field id »; "" for the first
    cursor: tuple[int, int] | None = None  # line and column in the field's text, from 0; None where none is kept
    # In a call note, where to go back to: "question|slot|line|column|activity|row", as in `Back`; "" elsewhere.
    back: str = ""

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Place:
        """Return a place kept in a file; what is missing or of another type is left at its default."""
        names = ("question", "partner", "other", "slot", "back")
        texts = {key: raw[key] for key in names if isinstance(raw.get(key), str)}
        match raw.get("cursor"):
            case [int(line), int(column)] if line >= 0 and column >= 0:
                return cls(**texts, cursor=(line, column))
        return cls(**texts)

    def to_fields(self) -> dict[str, Any]:
        """Return what a file keeps of the place: its fields by their names."""
        return asdict(self)


def valid_place(place: Place, guide: Guide, partnership: Partnership) -> Place:
    """Return the place made valid: its question is in the guide, its partners are in the partnership.

    A partner that is not there is replaced by the first active one, else by the first of all, else by "".
    """
    if place.question not in guide.by_id:
        place = replace(place, question="open.who", slot="")
    partner_ids = [partner.id for partner in partners(partnership)]
    first = next((partner.id for partner in active(partnership)), partner_ids[0] if partner_ids else "")
    if place.partner not in partner_ids:
        place = replace(place, partner=first)
    if place.other and (place.other not in partner_ids or place.other == place.partner):
        place = replace(place, other="")
    return place


def at_question(place: Place, guide: Guide, question_id: str) -> Place:
    """Return the beginning of another question, for the same partner.

    The second partner of a pair stays too, except in a question that may be asked of one partner alone.
    """
    begins_alone = guide.question(question_id).scope == "partner_or_pair"
    other = "" if begins_alone else place.other
    return replace(place, question=question_id, other=other, slot="", back="", cursor=None)


def place_further(place: Place, guide: Guide, by: int) -> Place:
    """Return the place `by` questions further on (back if negative), not beyond the first and the last question.

    From a call note it counts from the question that the person came from; a question that is not in the walk (the
    order in which the guide asks its questions) counts as the first.
    """
    walk = question_order(guide)
    question_id = place.back.partition("|")[0] if place.question == NOTE else place.question
    position = walk.index(question_id) if question_id in walk else 0
    return at_question(place, guide, walk[min(max(position + by, 0), len(walk) - 1)])


@dataclass(frozen=True, slots=True)
class Back:
    """Where the person was before they went to a call note."""

    place: Place
    # What they did: "writing", "moving", "document" (reading it), "field" (writing one below the document).
    activity: str = "writing"
    row: int = 0  # the row of the document that they were at, from 0; 0 elsewhere


def place_in_note(place: Place, cursor: tuple[int, int] | None, activity: str, row: int = 0) -> Place:
    """Return the place of the present partner's call note, with `place` and `cursor` in its `back`.

    `activity` and `row` are as in `Back`.
    """
    line, column = cursor or ("", "")
    back = f"{place.question}|{place.slot}|{line}|{column}|{activity}|{row}"
    return replace(place, question=NOTE, slot="", back=back, cursor=None)


def place_before_note(place: Place) -> Back:
    """Return where the person came from to a call note; what its `back` lacks gets the defaults."""
    texts = (*place.back.split("|"), *[""] * _BACK_TEXTS)[:_BACK_TEXTS]
    question, slot, line, column, activity, row = texts
    cursor = (int(line), int(column)) if line.isdecimal() and column.isdecimal() else None
    origin = replace(place, question=question or "open.who", slot=slot, back="", cursor=cursor)
    return Back(origin, activity or "writing", int(row) if row.isdecimal() else 0)


def next_partner_place(place: Place, partnership: Partnership, by: int) -> Place:
    """Return the same question `by` partners further on; after the last comes the first.

    Those who left or declined come last. Without any partner the place stays; from a partner that is not there any more
    the first one follows.
    """
    partner_ids = [partner.id for partner in with_those_who_left(partnership)]
    if not partner_ids:
        return place
    # For a partner that is not there, the position is -by, so that `position + by` is the first one's.
    position = partner_ids.index(place.partner) if place.partner in partner_ids else -by
    partner = partner_ids[(position + by) % len(partner_ids)]
    return replace(place, partner=partner, other="", slot="", cursor=None)


def subject(place: Place, question: Question) -> tuple[str, ...]:
    """Return the ids of the partners that the question is asked of here: (), one partner, or a pair in sorted order."""
    return subject_of(question, place.partner, place.other)


def places_file(environ: Mapping[str, str]) -> Path:
    """Return the file of places, among XDG's state files (basedir-spec 0.8)."""
    return own_folder(environ, "XDG_STATE_HOME") / "places.json"


def place_of(path: Path, partnership_id: str) -> Mapping[str, Any]:
    """Return the place kept for a partnership in the file at `path`, as `Place.to_fields` gave it.

    {} if there is none or the file cannot be read.
    """
    kept_place = _read(path).get(partnership_id)
    return kept_place if isinstance(kept_place, dict) else {}


def last_open(path: Path) -> str:
    """Return the id of the partnership that was open when the app was last left.

    "" when the list of partnerships was open, or where the file cannot be read.
    """
    last = _read(path).get("last")
    return last if isinstance(last, str) else ""


def keep_place(path: Path, partnership_id: str, place: Mapping[str, Any] | None, *, last: str) -> bool:
    """Keep a partnership's place (as `Place.to_fields` gives it) and the id of the partnership that is open, `last`.

    Without a place (None) the earlier one stays. Beyond `_MOST_PLACES` the places kept longest ago are dropped.
    Return whether the file could be written; where it could not, the person is not disturbed.
    """
    places = _read(path)
    if place is not None:
        places.pop(partnership_id, None)
        places[partnership_id] = dict(place)  # the last one: the oldest come first
    places["last"] = last
    for key in [key for key in places if key != "last"][:-_MOST_PLACES]:
        del places[key]
    try:
        if not path.parent.exists():
            make_private_dir(path.parent)
        write_named(path, json.dumps(places, ensure_ascii=False).encode("utf-8", "replace"), 0o600)
    except OSError:
        return False
    return True


def _read(path: Path) -> dict[str, Any]:
    """Return the places by partnership id, and "last": the id of the one that was open; {} for an unreadable file."""
    try:
        places = json.loads(read_named(path, MEGABYTE))
    except (OSError, ValueError, RecursionError):
        return {}
    return places if isinstance(places, dict) else {}


def last_open_in_store(places_file_path: Path, store: Store) -> str:
    """Return the id of the partnership that was open when the app was last left, if it is still in the store.

    Else "". `places_file_path` is that of `places_file`.
    """
    last = last_open(places_file_path)
    if store.engine.is_server:
        return _if_on_server(store, last)
    return last if last and (store.root / last / "project.json").is_file() else ""


def _if_on_server(store: Store, partnership_id: str) -> str:
    """Return the id if the server has that partnership; "" if it has not, or does not answer: the list reports that."""
    with suppress(StoreError):
        return partnership_id if partnership_id and store.has(partnership_id) else ""
    return ""
