"""Where a person stands in a partnership: question, partner, row and field; kept from start to start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from tui.guide.types import Guide, Question
from tui.project.partners import active, partners
from tui.project.values import Project

NOTE = "note.call"  # a partner's call note


@dataclass(frozen=True, slots=True)
class Place:
    """The question and what of it; `other` is the second partner of a pair, `slot` the field within the form."""

    question: str = "open.who"
    partner: str = ""
    other: str = ""
    slot: str = ""
    cursor: tuple[int, int] | None = None
    back: str = ""  # where to come back to from a call note, as "question|slot|line|column"

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Place:
        """A place kept in a file; what does not fit is left at its default."""
        names = ("question", "partner", "other", "slot", "back")
        texts = {key: raw[key] for key in names if isinstance(raw.get(key), str)}
        cursor = raw.get("cursor")
        if isinstance(cursor, list) and len(cursor) == 2 and all(isinstance(one, int) and one >= 0 for one in cursor):
            return cls(**texts, cursor=(cursor[0], cursor[1]))
        return cls(**texts)

    def written(self) -> dict[str, Any]:
        """What is kept in a file."""
        return asdict(self)


def settled(place: Place, guide: Guide, project: Project) -> Place:
    """The place made valid: a question that exists, a partner that is still there."""
    if place.question not in guide.by_id:
        place = replace(place, question="open.who", slot="")
    known = [one.id for one in partners(project)]
    first = next((one.id for one in active(project)), known[0] if known else "")
    if place.partner not in known:
        place = replace(place, partner=first)
    if place.other and (place.other not in known or place.other == place.partner):
        place = replace(place, other="")
    return place


def order(guide: Guide, *, extra: bool = True) -> tuple[str, ...]:
    """The ids of all questions in the order one walks them."""
    return tuple(question.id for step in guide.walked if extra or step.id != "extra" for question in step.questions)


def stepped(place: Place, guide: Guide, by: int) -> Place:
    """The question `by` further on, the partner kept; the first and the last stay where they are."""
    walk = order(guide)
    at = walk.index(place.question) if place.question in walk else 0
    return replace(place, question=walk[min(max(at + by, 0), len(walk) - 1)], slot="", cursor=None)


def to_note(place: Place, cursor: tuple[int, int] | None = None) -> Place:
    """The call note of the present partner, or back to where one came from, with the cursor where it was."""
    if place.question == NOTE:
        question, slot, line, column = (place.back.split("|") + [""] * 4)[:4]
        at = (int(line), int(column)) if line.isdigit() and column.isdigit() else None
        return replace(place, question=question or "open.who", slot=slot, back="", cursor=at)
    at_line, at_column = cursor or ("", "")
    back = f"{place.question}|{place.slot}|{at_line}|{at_column}"
    return replace(place, question=NOTE, slot="", back=back, cursor=None)


def stepped_partner(place: Place, project: Project, by: int) -> Place:
    """The partner `by` further on, round and round, the question kept."""
    known = [one.id for one in active(project)] or [one.id for one in partners(project)]
    if not known:
        return place
    at = known.index(place.partner) if place.partner in known else -by
    return replace(place, partner=known[(at + by) % len(known)], other="", slot="", cursor=None)


def subject(place: Place, question: Question) -> tuple[str, ...]:
    """Whom the question is asked of at this place: nobody, a partner, or a pair in sorted order."""
    if question.scope == "project" or not place.partner:
        return ()
    if question.scope in ("pair", "partner_or_pair") and place.other:
        return (place.partner, place.other) if place.partner < place.other else (place.other, place.partner)
    return (place.partner,)
