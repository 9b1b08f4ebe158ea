"""The calls with each partner, the last first, and the last real contact with it: who was reached, and when."""

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

NOTE, CALLS, ROWS = "note.call", "note.calls", "rows"  # the note of the present call; the dated calls, each a row
SPOKE, MESSAGE, WRONG, NO_ANSWER = OUTCOMES = "spoke", "message", "wrong", "no_answer"  # choices.toml [call_outcome]
CAME = "came"  # the cell that says what came of the next step
BY_CALL, BY_ANSWER, BY_MEETING = "call", "answer", "meeting"  # how a partner was last reached


@dataclass(frozen=True, slots=True)
class Call:
    """One call with a partner. `on` is an ISO date ("" where none was noted), `outcome` one of OUTCOMES or "".

    `entry` is the id of the row that holds it, "" where there is nothing but the note of the present call. `next` is
    what was to be done after it, and `next_on` the ISO date by when, each "" for none.
    """

    entry: str = ""
    on: str = ""
    outcome: str = ""
    caller: str = ""
    called: str = ""
    text: str = ""
    next: str = ""
    next_on: str = ""

    @property
    def reached(self) -> bool:
        """Whether somebody was spoken to: it says so, or there is a note and nothing that says otherwise."""
        return self.outcome == SPOKE or (not self.outcome and bool(self.text))


@dataclass(frozen=True, slots=True)
class Contact:
    """The last time a partner was reached: the ISO date `on`, and by which of BY_CALL, BY_ANSWER and BY_MEETING."""

    on: str
    by: str

    def days_until(self, day: str) -> int:
        """Return how many days have gone by until an ISO day; a date of a month counts from its last day."""
        return max((date.fromisoformat(day) - last_day(self.on)).days, 0)


def calls_of(partnership: Partnership, partner: str, lang: str) -> tuple[Call, ...]:
    """Return the calls with a partner, the last first and those without a date at the end.

    The note of the present call is that of the call of its day that `row_of_note` finds, else a call of its own.
    """
    note = partnership.entry(answer_id(NOTE, (partner,)))
    text = note.text("text", lang) if note is not None and not note.removed else ""
    on = _date(note, "on") if note is not None and text.strip() else ""
    own = row_of_note(partnership, partner, on) if text.strip() else None
    rows = rows_of(partnership, CALLS, ROWS, partner)
    found = [_with_text(_call(row, lang), text) if row is own else _call(row, lang) for row in rows]
    if text.strip() and own is None:
        found.append(Call(on=on, text=text))
    behind = sorted(enumerate(found), key=lambda place: (place[1].on, place[0]), reverse=True)
    return tuple(call for _at, call in behind)


def _call(row: Entry, lang: str) -> Call:
    texts = {name: row.text(name, lang) for name in ("caller", "called", "text", "next")}
    return Call(row.id, _date(row, "on"), str(row.get("outcome", "")), next_on=_date(row, "next_on"), **texts)


def _with_text(call: Call, text: str) -> Call:
    return Call(call.entry, call.on, call.outcome, call.caller, call.called, text, call.next, call.next_on)


def _date(entry: Entry, cell: str) -> str:
    value = entry.get(cell, "")
    return value if isinstance(value, str) and is_date(value) else ""


def row_of_note(partnership: Partnership, partner: str, on: str) -> Entry | None:
    """Return the call of a day (ISO date) with a partner whose words are the present note; None where there is none.

    It is the last one of that day that has no words of its own and at which somebody was spoken to, else any of them.
    """
    rows = rows_of(partnership, CALLS, ROWS, partner)
    found = [row for row in rows if row.get("on") == on and not _any_text(row)]
    spoke = [row for row in found if row.get("outcome") == SPOKE]
    return next(reversed(spoke or found), None)


def _any_text(row: Entry) -> bool:
    return any(row.text("text", lang).strip() for lang in ("fr", "en"))


def next_steps(partnership: Partnership) -> Iterator[Entry]:
    """Yield the calls after which something is still to be done with a partner that takes part, in their order.

    What came of it is kept with the call, which is private: the outcomes of what was promised are not.
    """
    present = {partner.id for partner in active(partnership)}
    for row in partnership.rows(CALLS, ROWS):
        told = any(row.text("next", lang).strip() for lang in ("fr", "en"))
        open_ = row.get(CAME) not in CLOSING and (told or _date(row, "next_on"))
        if open_ and row.subject and row.subject[0] in present:
            yield row


def last_contacts(partnership: Partnership, day: str) -> Mapping[str, Contact]:
    """Return by partner id the last real contact up to an ISO day; a partner that was never reached is not there.

    A call that left a message, found nobody or the wrong person is none. An answer that came and a meeting at which
    somebody of the partner was present are.
    """
    found: dict[str, Contact] = {}
    for partner in active(partnership):
        for call in calls_of(partnership, partner.id, "fr"):
            if call.reached:
                _keep_later(found, partner.id, Contact(call.on, BY_CALL), day)
    for row in partnership.rows(RECEIVED, ANSWER_ROWS):
        for name in row.subject:
            _keep_later(found, name, Contact(_date(row, "on"), BY_ANSWER), day)
    for name, on in _met(partnership):
        _keep_later(found, name, Contact(on, BY_MEETING), day)
    present = {partner.id for partner in active(partnership)}
    return {name: contact for name, contact in found.items() if name in present}


def _keep_later(found: dict[str, Contact], partner: str, contact: Contact, day: str) -> None:
    """Keep the later of two contacts; one without a date, or after the day, is none."""
    if not contact.on or last_day(contact.on).isoformat() > day:
        return
    known = found.get(partner)
    if known is None or last_day(known.on) < last_day(contact.on):
        found[partner] = contact


def _met(partnership: Partnership) -> Iterator[tuple[str, str]]:
    """Yield the id of each partner that was present at a meeting that was opened, with the date of the meeting."""
    held = {row.id: _date(row, "on") for row in partnership.rows(HELD, MEETINGS) if row.get("opened")}
    for row in partnership.rows(HELD, PRESENCE):
        who = row.get("who")
        if row.get("presence") != PRESENT or not isinstance(who, Mapping):
            continue
        person = partnership.entry(str(who.get("person", "")))
        name = person.subject[0] if person is not None and person.subject else str(who.get("partner", ""))
        if on := held.get(str(row.get("meeting")), ""):
            yield name, on
