"""Meetings of a partnership: which one is open now, who is there, and the rows that belong to it.

The question HELD has a part for each list of a meeting: the meetings themselves, presence, decisions, tasks, notes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime, timedelta

from tui.fast_dataclass import dataclass
from tui.partnership.partners import WHO, Partner, active, find_partner, people
from tui.partnership.values import Entry, Partnership, Value
from tui.text import moments
from tui.text.person_lines import without_contacts

HELD = "meeting.held"
MEETINGS, PRESENCE, DECISIONS, TASKS, NOTES = "rows", "presence", "decisions", "tasks", "notes"
POINTS = "extra.points"
PRESENT, EXCUSED, ABSENT = "present", "excused", "absent"
MARKS = (PRESENT, EXCUSED, ABSENT)  # the values of the field "presence"
# Fields of a row of presence: the moments of coming and leaving, a private flag (takes no part in a decision), how the
# person may speak, and whom they replace.
CAME, LEFT, STANDS_ASIDE, MANDATE, STANDS_IN = "came", "left", "stands_aside", "mandate", "stands_in"
DECIDES, REPORTS, OBSERVES = MANDATES = ("decides", "reports", "observes")
GIVEN_BY = "given_by"  # the field of a position that says who gave it at the table
THERE, ASIDE, RESULT = "there", "aside", "result"  # fields of a decision: who was there, who stood aside, the result
# Fields of a meeting on its minutes: the day they were sent for correction and their words then; the day of their
# approval, their words then, and where it was.
MAILED, MAILED_MINUTES = "mailed", "mailed_minutes"
APPROVED, KEPT_MINUTES, APPROVED_AT = "approved", "kept_minutes", "approved_at"
LATE = timedelta(minutes=10)  # whoever is marked as present later than this after the opening came late
LONGEST = timedelta(hours=12)  # a meeting that nobody closed counts as over after this time
_SOURCE = "meeting:"  # begins the `source` of changes made during a meeting


@dataclass(frozen=True, slots=True)
class Seat:
    """Someone who may be at a meeting."""

    who: Mapping[str, str]  # a `someone` value: {"person": id}, {"partner": id} or {"name": text}
    partner: str  # the id of their partner, "" for a guest
    name: str
    title: str = ""
    mark: str = ""  # one of MARKS, "" if nothing was noted
    row: str = ""  # the id of their row of presence, "" if there is none
    came: str = ""  # ISO moment, "" if unknown
    left: str = ""  # ISO moment, "" if they stayed
    stands_aside: bool = False
    mandate: str = ""  # a code of choices.toml [mandate], "" if nothing was noted
    stands_in: Mapping[str, str] = field(default_factory=dict)  # whom they replace, as a `someone` value

    @property
    def key(self) -> str:
        """The id that tells it from other seats."""
        return next(iter(self.who.values()), self.row)


def meetings(partnership: Partnership) -> tuple[Entry, ...]:
    """Return all meetings, the first one first."""
    rows = partnership.rows(HELD, MEETINGS)
    return tuple(sorted(rows, key=lambda row: (moments.moment_sort_key(row.get("opened") or row.get("on")), row.order)))


def meeting_open_at(partnership: Partnership, at: str) -> Entry | None:
    """Return the meeting that is open at a moment (ISO date and time); None if there is none."""
    return next((row for row in reversed(meetings(partnership)) if _is_open(row, at)), None)


def _is_open(meeting: Entry, at: str) -> bool:
    """Return whether a meeting was opened, not closed, and has not lasted longer than LONGEST at a moment."""
    opened = meeting.get("opened")
    if not isinstance(opened, str) or meeting.get("closed"):
        return False
    try:
        return timedelta(0) <= datetime.fromisoformat(at) - datetime.fromisoformat(opened) <= LONGEST
    except (TypeError, ValueError):  # The texts are no moments, or only one of them has a time zone.
        return False


def source_of(meeting: Entry | None) -> str:
    """Return the `source` of changes made during a meeting; "" for None."""
    return f"{_SOURCE}{meeting.id}" if meeting is not None else ""


def rows_of_meeting(partnership: Partnership, meeting: str, part: str, question: str = HELD) -> tuple[Entry, ...]:
    """Return the rows of a part that belong to one meeting, in their order."""
    stored_part = "rows" if question == POINTS else part
    return tuple(row for row in partnership.rows(question, stored_part) if row.get("meeting") == meeting)


def points_of(partnership: Partnership, meeting: str) -> tuple[Entry, ...]:
    """Return the points set aside during a meeting."""
    return rows_of_meeting(partnership, meeting, "rows", POINTS)


def seats(partnership: Partnership, meeting: str, lang: str) -> tuple[Seat, ...]:
    """Return everyone who may be at a meeting, partner by partner, then guests.

    A partner without people in its list has a seat itself.
    """
    rows = {_row_key(row): row for row in rows_of_meeting(partnership, meeting, PRESENCE)}
    all_seats: list[Seat] = []
    for partner in active(partnership):
        all_seats += _partner_seats(partnership, partner, rows, lang)
    known_ids = {seat.key for seat in all_seats} | {partner.id for partner in active(partnership)}
    for key, row in rows.items():
        if key not in known_ids:
            all_seats.append(_guest_seat(partnership, row, lang))
    earlier_mandates = _mandates_before(partnership, meeting)
    return tuple(replace(seat, mandate=seat.mandate or earlier_mandates.get(seat.key, "")) for seat in all_seats)


def _mandates_before(partnership: Partnership, meeting: str) -> Mapping[str, str]:
    """Return by id the mandate that each person or partner had at the last earlier meeting; it holds until changed."""
    rows = [row for row in partnership.rows(HELD, PRESENCE) if row.get(MANDATE)]
    if not rows:
        return {}
    order = {row.id: at for at, row in enumerate(meetings(partnership))}
    this_place = order.get(meeting, len(order))
    earlier = [row for row in rows if order.get(str(row.get("meeting")), this_place) < this_place]
    earlier.sort(key=lambda row: order[str(row.get("meeting"))])
    return {_key(row.get("who")): str(row.get(MANDATE)) for row in earlier}


def spokesperson(partnership: Partnership, meeting: str, partner: str, lang: str) -> Seat | None:
    """Return who gives a partner's position at a meeting: the person present who decides, else the only one present.

    Observers do not count. None if there is nobody, or several who could: an organisation has one position, and the
    program does not choose who gives it.
    """
    speakers = [
        seat for seat in seats(partnership, meeting, lang)
        if seat.partner == partner and seat.mark == PRESENT and not seat.left and seat.mandate != OBSERVES
    ]  # fmt: skip
    deciding = [seat for seat in speakers if seat.mandate == DECIDES]
    candidates = deciding or speakers
    return candidates[0] if len(candidates) == 1 else None


def _partner_seats(partnership: Partnership, partner: Partner, rows: Mapping[str, Entry], lang: str) -> list[Seat]:
    """Return the seats of a partner's people, and of the partner itself if it was noted without names or has none.

    `rows` are the rows of presence by `_row_key`.
    """
    listed = [row for row in people(partnership, partner.id) if row.text("name", lang)]
    own_seats = [
        _seat({"person": row.id}, partner.id, row.text("name", lang), row.text("title", lang), rows.get(row.id))
        for row in listed
    ]
    has_marked_person = any(seat.mark for seat in own_seats)
    if not own_seats or (partner.id in rows and not has_marked_person):
        own_seats.append(_seat({"partner": partner.id}, partner.id, "", "", rows.get(partner.id)))
    return own_seats


def organisation_row(partnership: Partnership, meeting: str, partner_id: str) -> Entry | None:
    """Return the row of presence of a partner itself, without the name of a person; None if there is none."""
    return next(
        (row for row in rows_of_meeting(partnership, meeting, PRESENCE) if _key(row.get("who")) == partner_id), None
    )


def _guest_seat(partnership: Partnership, row: Entry, lang: str) -> Seat:
    """Return the seat of somebody of no active partner: a guest, or a person of a partner that left since."""
    who = row.get("who")
    person = partnership.entry(str(who.get("person"))) if isinstance(who, Mapping) and "person" in who else None
    if person is not None:
        owner = person.subject[0] if person.subject else ""
        return _seat(dict(who), owner, person.text("name", lang), person.text("title", lang), row)
    name = row.text("guest", lang) or (str(who.get("name", "")) if isinstance(who, Mapping) else "")
    owner = str(who.get("partner", "")) if isinstance(who, Mapping) else ""
    return _seat(dict(who) if owner else {"row": row.id}, owner, without_contacts(name), "", row)


def _seat(who: Mapping[str, str], owner: str, name: str, title: str, row: Entry | None) -> Seat:
    """Return the seat of somebody with their row of presence, if any; `owner` is the id of their partner or ""."""
    if row is None:
        return Seat(who, owner, name, title)
    stands_in = row.get(STANDS_IN)
    return Seat(
        who,
        owner,
        name,
        title,
        mark=str(row.get("presence", "")),
        row=row.id,
        came=str(row.get(CAME, "")),
        left=str(row.get(LEFT, "")),
        stands_aside=bool(row.get(STANDS_ASIDE)),
        mandate=str(row.get(MANDATE, "")),
        stands_in=dict(stands_in) if isinstance(stands_in, Mapping) else {},
    )


def _row_key(row: Entry) -> str:
    """Return the key of a row of presence: the id of the person or partner; the id of the row for a typed name."""
    who = row.get("who")
    return row.id if isinstance(who, Mapping) and "name" in who else _key(who) or row.id


def _key(who: Value) -> str:
    """Return the id or name in a `someone` value; "" for any other value."""
    return str(next(iter(who.values()), "")) if isinstance(who, Mapping) else ""


def seat_name(partnership: Partnership, seat: Seat, lang: str) -> str:
    """Return « Marie Tremblay », or the partner's name for a partner that has a seat itself."""
    partner = find_partner(partnership, seat.partner) if seat.partner else None
    return seat.name or (partner.name(lang) if partner is not None else "")


def present_ids(partnership: Partnership, meeting: str) -> frozenset[str]:
    """Return the ids of the people who were there and of their partners; the minutes may name them to each other."""
    ids = set()
    for row in rows_of_meeting(partnership, meeting, PRESENCE):
        if row.get("presence") == PRESENT:
            member_id = _key(row.get("who"))
            ids.add(member_id)
            person = partnership.entry(member_id)
            if person is not None and person.question == WHO:
                ids.update(person.subject)
    return frozenset(ids - {""})


def came_late(meeting: Entry, seat: Seat) -> bool:
    """Return whether someone was marked as present later than LATE after the opening."""
    opened = str(meeting.get("opened") or "")
    try:
        return datetime.fromisoformat(seat.came) - datetime.fromisoformat(opened) >= LATE
    except (TypeError, ValueError):  # The texts are no moments, or only one of them has a time zone.
        return False


def attendance_now(partnership: Partnership, meeting: str) -> dict[str, list[str]]:
    """Return who is at a meeting now, as a decision keeps it: {THERE: ids of people and partners, ASIDE: ids}.

    Those who stand aside are only in ASIDE, those who left in neither.
    """
    ids_by_group: dict[str, list[str]] = {THERE: [], ASIDE: []}
    for row in rows_of_meeting(partnership, meeting, PRESENCE):
        if row.get("presence") == PRESENT and not row.get(LEFT):
            ids_by_group[ASIDE if row.get(STANDS_ASIDE) else THERE].append(_key(row.get("who")) or row.id)
    return ids_by_group


def partners_there(partnership: Partnership, decision: Entry) -> frozenset[str]:
    """Return the ids of the active partners that were present, themselves or by a person, when a decision was taken."""
    record = decision.get(THERE)
    ids = record.get("who") if isinstance(record, Mapping) else None
    partner_ids: set[str] = set()
    for member_id in ids if isinstance(ids, list) else ():
        row = partnership.entry(str(member_id))
        is_person = row is not None and row.question == WHO and bool(row.part)
        partner_ids.update(row.subject if row is not None and is_person else (str(member_id),))
    return frozenset(partner_ids) & frozenset(partner.id for partner in active(partnership))
