"""Lists for each partner whether it was asked for its answer to the text, whether it answered, and how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.partnership.completion import answer_entry
from tui.partnership.partners import active
from tui.partnership.positions import CONSENSUS, UNSAID, PositionStatus, PositionStatuses
from tui.partnership.received_answers import SETTLED, TO_CONFIRM, received_notes, source_row, unconfirmed_notes
from tui.partnership.record_cells import record_of
from tui.partnership.values import Entry, Partnership
from tui.partnership.versions import Version, last_sent_to, shows_sending
from tui.text.dates import is_date, last_day

# The groups of partners, in the order in which they are listed.
GROUPS = REVIEW, LATE, AWAITED, REREAD, UNCONFIRMED, ANSWERED, UNASKED = (
    "review",  # a form came back and is not decided on
    "late",  # no answer, and the day by which it was expected is over
    "awaited",  # no answer yet
    "reread",  # the answer was given on other words than the present ones
    "unconfirmed",  # the answer waits to be confirmed by the partner
    "answered",
    "unasked",  # no draft was sent to the partner
)


@dataclass(frozen=True, slots=True)
class PartnerAnswer:
    """How far one partner is with its answer to the text."""

    partner: str  # its id
    group: str  # one of GROUPS
    asked_on: str = ""  # ISO date of the last draft sent to it, "" for none
    number: int = 0  # of that draft, 0 for none
    by: str = ""  # ISO date by which an answer is expected, "" for none
    answer: PositionStatus | None = None  # what its position is worth on the present words
    source: Entry | None = None  # the row that notes from whom the answer comes
    undecided: tuple[Entry, ...] = ()  # rows of forms that came back and are not decided on


def answer_list(partnership: Partnership, answers: PositionStatuses, day: str) -> tuple[PartnerAnswer, ...]:
    """Return a line for each active partner as of an ISO day, in the order of GROUPS, then by date.

    `answers` are those of `Published.answers`.
    """
    lines = [_line(partnership, answers, partner.id, day) for partner in active(partnership)]
    return tuple(sorted(lines, key=lambda line: (GROUPS.index(line.group), not line.by, line.by)))


def grouped(lines: tuple[PartnerAnswer, ...]) -> dict[str, tuple[PartnerAnswer, ...]]:
    """Return the lines by group, in the order of GROUPS, without the empty ones."""
    lines_by_group = {group: tuple(line for line in lines if line.group == group) for group in GROUPS}
    return {group: lines_of_group for group, lines_of_group in lines_by_group.items() if lines_of_group}


def without_private(lines: Iterable[PartnerAnswer], versions: Sequence[Version]) -> tuple[PartnerAnswer, ...]:
    """Return the lines as anyone may see them: whether there is an answer, and the sending if `versions` show it.

    Left out are what was answered, from whom it came, and forms that came back.
    """
    public_lines = []
    for partner_answer in lines:
        sent = any(
            shows_sending(version, partner_answer.partner, partner_answer.number, partner_answer.by)
            for version in versions
        )
        group = REREAD if partner_answer.answer is not None and partner_answer.answer.reopened else ANSWERED
        if partner_answer.answer is None or partner_answer.answer.level in UNSAID:
            group = partner_answer.group if sent and partner_answer.group in (LATE, AWAITED) else AWAITED
        line = PartnerAnswer(partner_answer.partner, group)
        if sent:
            line = replace(line, asked_on=partner_answer.asked_on, number=partner_answer.number, by=partner_answer.by)
        public_lines.append(line)
    return tuple(sorted(public_lines, key=lambda item: (GROUPS.index(item.group), not item.by, item.by)))


def undecided(row: Entry) -> tuple[str, ...]:
    """Return the ids of the answers in a form that came back (its `row`) that were neither accepted nor refused."""
    answers, decided = row.get("said"), record_of(row, SETTLED)
    return tuple(answer_id for answer_id in answers if answer_id not in decided) if isinstance(answers, Mapping) else ()


def _line(partnership: Partnership, answers: PositionStatuses, partner: str, day: str) -> PartnerAnswer:
    sent = last_sent_to(partnership, partner)
    position = answer_entry(partnership, CONSENSUS, (partner,))
    answer = answers.get((CONSENSUS, partner))
    undecided_forms = tuple(row for row in received_notes(partnership, partner) if undecided(row))
    by, number = _date(sent, "answer_by"), sent.get("number", 0) if sent is not None else 0
    group = REVIEW if undecided_forms else _group(partnership, answer, position, sent, by, day)
    source = source_row(partnership, [position.id], partner) if position is not None else None
    return PartnerAnswer(partner, group, _date(sent, "on"), number, by, answer, source, undecided_forms)


def _group(
    partnership: Partnership, answer: PositionStatus | None, position: Entry | None, sent: Entry | None, by: str,
    day: str,
) -> str:  # fmt: skip
    """Return the group of a partner without undecided forms; `sent` is the row of the last sending to it."""
    if answer is None or position is None or answer.level in UNSAID:
        if sent is None:
            return UNASKED
        return LATE if by and last_day(by).isoformat() < day else AWAITED
    if answer.reopened:
        return REREAD
    if position.state == TO_CONFIRM or unconfirmed_notes(partnership, position.subject[0]):
        return UNCONFIRMED
    return ANSWERED


def _date(row: Entry | None, cell: str) -> str:
    """Return the ISO date in a cell of a row; "" for none."""
    value = row.get(cell, "") if row is not None else ""
    return value if isinstance(value, str) and is_date(value) else ""
