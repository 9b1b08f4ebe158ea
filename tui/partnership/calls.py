"""The calls with each partner, and when each partner was last reached, by a call, an answer or a meeting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from tui.fast_dataclass import dataclass
from tui.partnership.meetings import HELD, MEETINGS, PRESENCE, PRESENT
from tui.partnership.outcomes import CLOSING
from tui.partnership.partners import active, rows_of
from tui.partnership.received_answers import RECEIVED
from tui.partnership.received_answers import ROWS as ANSWER_ROWS
from tui.partnership.values import Entry, Partnership, answer_id
from tui.text.dates import is_date, last_day

NOTE, CALLS, ROWS = "note.call", "note.calls", "rows"  # the note written during a call; the calls, each a row
SPOKE, MESSAGE, WRONG, NO_ANSWER = OUTCOMES = "spoke", "message", "wrong", "no_answer"  # choices.toml [call_outcome]
CAME = "came"  # the cell of a call that says what came of its next step
BY_CALL, BY_ANSWER, BY_MEETING = "call", "answer", "meeting"  # how a partner was last reached


@dataclass(frozen=True, slots=True)
class Call:
    """One call with a partner; each text is "" if it was not noted."""

    entry: str = ""  # the id of its row, "" for a note without a row
    on: str = ""  # ISO date
    outcome: str = ""  # one of OUTCOMES
    caller: str = ""
    called: str = ""  # the person who was called
    text: str = ""
    next: str = ""  # what is to be done after it
    next_on: str = ""  # ISO date by when

    @property
    def has_reached_somebody(self) -> bool:
        """Whether somebody was spoken to: the outcome says so, or there is a note without an outcome."""
        return self.outcome == SPOKE or (not self.outcome and bool(self.text))


@dataclass(frozen=True, slots=True)
class Contact:
    """The last time a partner was reached."""

    on: str  # ISO date
    by: str  # BY_CALL, BY_ANSWER or BY_MEETING

    def days_until(self, day: str) -> int:
        """Return the number of days from `on` (if a month, its last day) to an ISO day; never below 0."""
        return max((date.fromisoformat(day) - last_day(self.on)).days, 0)


def calls_of(partnership: Partnership, partner: str, lang: str) -> tuple[Call, ...]:
    """Return the calls with a partner, the latest first and those without a date at the end.

    The note written during the last call belongs to the call that `row_of_note` finds, else it is a call of its own.
    """
    note = partnership.entry(answer_id(NOTE, (partner,)))
    text = note.text("text", lang) if note is not None and not note.removed else ""
    on = _date(note, "on") if note is not None and text.strip() else ""
    noted_row = row_of_note(partnership, partner, on) if text.strip() else None
    rows = rows_of(partnership, CALLS, ROWS, partner)
    calls = [_with_text(_call(row, lang), text) if row is noted_row else _call(row, lang) for row in rows]
    if text.strip() and noted_row is None:
        calls.append(Call(on=on, text=text))
    latest_first = sorted(enumerate(calls), key=lambda numbered: (numbered[1].on, numbered[0]), reverse=True)
    return tuple(call for _at, call in latest_first)


def _call(row: Entry, lang: str) -> Call:
    texts = {name: row.text(name, lang) for name in ("caller", "called", "text", "next")}
    return Call(row.id, _date(row, "on"), str(row.get("outcome", "")), next_on=_date(row, "next_on"), **texts)


def _with_text(call: Call, text: str) -> Call:
    return Call(call.entry, call.on, call.outcome, call.caller, call.called, text, call.next, call.next_on)


def _date(entry: Entry, cell: str) -> str:
    value = entry.get(cell, "")
    return value if isinstance(value, str) and is_date(value) else ""


def row_of_note(partnership: Partnership, partner: str, on: str) -> Entry | None:
    """Return the row of the call to which the note written on an ISO day belongs; None if there is none.

    It is the last call of that day without words of its own, preferably one at which somebody was spoken to.
    """
    rows = rows_of(partnership, CALLS, ROWS, partner)
    without_words = [row for row in rows if row.get("on") == on and not _any_text(row)]
    spoken = [row for row in without_words if row.get("outcome") == SPOKE]
    return next(reversed(spoken or without_words), None)


def _any_text(row: Entry) -> bool:
    return any(row.text("text", lang).strip() for lang in ("fr", "en"))


def next_steps(partnership: Partnership) -> Iterator[Entry]:
    """Yield the calls after which something is still to be done with an active partner, in their order.

    What came of it is kept in the call itself, which is private, and not among the outcomes.
    """
    active_ids = {partner.id for partner in active(partnership)}
    for row in partnership.rows(CALLS, ROWS):
        has_text = any(row.text("next", lang).strip() for lang in ("fr", "en"))
        is_open = row.get(CAME) not in CLOSING and (has_text or _date(row, "next_on"))
        if is_open and row.subject and row.subject[0] in active_ids:
            yield row


def last_contacts(partnership: Partnership, day: str) -> Mapping[str, Contact]:
    """Return by partner id the last contact up to an ISO day; partners that were never reached are left out.

    Contacts are calls at which somebody was spoken to, answers that came, and meetings at which somebody of the partner
    was present.
    """
    contacts: dict[str, Contact] = {}
    for partner in active(partnership):
        for call in calls_of(partnership, partner.id, "fr"):
            if call.has_reached_somebody:
                _keep_later(contacts, partner.id, Contact(call.on, BY_CALL), day)
    for row in partnership.rows(RECEIVED, ANSWER_ROWS):
        for partner_id in row.subject:
            _keep_later(contacts, partner_id, Contact(_date(row, "on"), BY_ANSWER), day)
    for partner_id, on in _attendances(partnership):
        _keep_later(contacts, partner_id, Contact(on, BY_MEETING), day)
    active_ids = {partner.id for partner in active(partnership)}
    return {partner_id: contact for partner_id, contact in contacts.items() if partner_id in active_ids}


def _keep_later(contacts: dict[str, Contact], partner_id: str, contact: Contact, day: str) -> None:
    """Put the contact into `contacts`, unless a later one is there, or its date is unknown or after `day`."""
    if not contact.on or last_day(contact.on).isoformat() > day:
        return
    earlier_contact = contacts.get(partner_id)
    if earlier_contact is None or last_day(earlier_contact.on) < last_day(contact.on):
        contacts[partner_id] = contact


def _attendances(partnership: Partnership) -> Iterator[tuple[str, str]]:
    """Yield (id of a partner that was present, ISO date) for each meeting that was opened."""
    held = {row.id: _date(row, "on") for row in partnership.rows(HELD, MEETINGS) if row.get("opened")}
    for row in partnership.rows(HELD, PRESENCE):
        who = row.get("who")
        if row.get("presence") != PRESENT or not isinstance(who, Mapping):
            continue
        person = partnership.entry(str(who.get("person", "")))
        partner_id = person.subject[0] if person is not None and person.subject else str(who.get("partner", ""))
        if on := held.get(str(row.get("meeting")), ""):
            yield partner_id, on
