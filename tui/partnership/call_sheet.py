"""The page that the facilitator reads before a call: what a partner answered, was promised, and is to be asked."""

from __future__ import annotations

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide, Question
from tui.partnership.calls import Call, Contact, calls_of, last_contacts, next_steps
from tui.partnership.completion import CONFIRM, DISCUSS, EMPTY, STARTED, partner_state
from tui.partnership.conditions import open_conditions
from tui.partnership.meetings import POINTS
from tui.partnership.partner_words import OwnAnswer, may_be_shown_to_partner, own_answers
from tui.partnership.partners import WHO, active_ids, people, rows_of
from tui.partnership.promised_money import paid_to, promised_money
from tui.partnership.values import Entry, Partnership

_RECEIVES, _FUNDING = "commit.win_win", "commit.funding"
_OPEN = (EMPTY, STARTED, CONFIRM, DISCUSS)


@dataclass(frozen=True, slots=True)
class CallSheet:
    """The page about one partner before a call."""

    partner: str  # its id
    contact: Contact | None  # the last real contact with it
    steps: tuple[Entry, ...]  # the earlier calls after which something is still to be done
    points: tuple[Entry, ...]  # the open points that a meeting noted for this call
    conditions: tuple[Entry, ...]  # its open conditions
    people: tuple[Entry, ...]
    answered: tuple[OwnAnswer, ...]
    promised: tuple[Entry, ...]  # what others give it
    to_ask: tuple[Question, ...]  # the questions that it has not answered
    calls: tuple[Call, ...]


def call_sheet(guide: Guide, partnership: Partnership, partner: str, day: str, lang: str) -> CallSheet:
    """Return the page about a partner (id) on an ISO day. It is for the facilitator only and never sent."""
    questions_asked = [
        question
        for step in guide.walked_steps
        for question in step.questions
        if may_be_shown_to_partner(guide, question)
    ]
    answered = [
        entry
        for question in questions_asked
        if question.id != WHO
        for entry in own_answers(guide, partnership, question.id, partner, lang)
    ]
    promised = promised_to(partnership, partner, lang)
    promised_ids = {row.id for row in promised}
    return CallSheet(
        partner=partner,
        contact=last_contacts(partnership, day).get(partner),
        steps=open_steps(partnership, partner),
        points=points_for_call(partnership, partner),
        conditions=open_conditions(partnership, partner),
        people=people(partnership, partner),
        answered=tuple(answer for answer in answered if answer.entry.id not in promised_ids),
        promised=promised,
        to_ask=tuple(
            question for question in questions_asked if partner_state(partnership, question, (partner,)) in _OPEN
        ),
        calls=calls_of(partnership, partner, lang),
    )


def open_steps(partnership: Partnership, partner: str) -> tuple[Entry, ...]:
    """Return the calls with a partner after which something is still to be done, in their order."""
    return tuple(row for row in next_steps(partnership) if row.subject == (partner,))


def points_for_call(partnership: Partnership, partner: str) -> tuple[Entry, ...]:
    """Return the open points of meetings noted for the next call with a partner; () if it takes part no more."""
    if partner not in active_ids(partnership):
        return ()
    return tuple(row for row in partnership.rows(POINTS, "rows") if row.get("for_call") == partner)


def promised_to(partnership: Partnership, partner: str, lang: str) -> tuple[Entry, ...]:
    """Return what a partner is to receive: its benefits, then the money that is paid to it."""
    money = [*partnership.rows(_FUNDING, "rows"), *promised_money(partnership)]
    paid = [row for row in money if partner in paid_to(partnership, row, lang).get("ids", ())]
    return (*rows_of(partnership, _RECEIVES, "receives", partner), *paid)
