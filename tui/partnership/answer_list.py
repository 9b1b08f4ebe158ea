"""Who was asked, who answered, who is late: one line for each partner, with where its answer comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.partnership.completion import answer_entry
from tui.partnership.partners import active
from tui.partnership.positions import CONSENSUS, UNSAID, PositionStatus, PositionStatuses
from tui.partnership.received_answers import SETTLED, TO_CONFIRM, received, source_row, unconfirmed
from tui.partnership.record_cells import record_of
from tui.partnership.values import Entry, Partnership
from tui.partnership.versions import Version, last_sent_to, shows_sending
from tui.text.dates import is_date, last_day

# What came back and is not decided yet, what is late, what is awaited, what was answered on other words, what waits
# for the partner's word, what is answered, and who was asked nothing.
GROUPS = REVIEW, LATE, AWAITED, REREAD, UNCONFIRMED, ANSWERED, UNASKED = (
    "review", "late", "awaited", "reread", "unconfirmed", "answered", "unasked",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartnerAnswer:
    """Where one partner is with its answer to the text. `group` is one of GROUPS.

    `asked_on` and `by` are ISO dates or "", `number` the draft it was sent (0: none), `answer` what its position is
    worth on the present words, `source` the row that tells from whom it comes, `undecided` what came back and waits.
    """

    partner: str
    group: str
    asked_on: str = ""
    number: int = 0
    by: str = ""
    answer: PositionStatus | None = None
    source: Entry | None = None
    undecided: tuple[Entry, ...] = ()


def answer_list(partnership: Partnership, answers: PositionStatuses, day: str) -> tuple[PartnerAnswer, ...]:
    """Return a line for each partner that takes part, as seen on an ISO day, in the order of GROUPS, then by date.

    `answers` are those of the public view.
    """
    found = [_line(partnership, answers, partner.id, day) for partner in active(partnership)]
    return tuple(sorted(found, key=lambda item: (GROUPS.index(item.group), not item.by, item.by)))


def grouped(found: tuple[PartnerAnswer, ...]) -> dict[str, tuple[PartnerAnswer, ...]]:
    """Return the lines by group, in the order of GROUPS, without the empty ones."""
    parted = {
        group: tuple(partner_answer for partner_answer in found if partner_answer.group == group) for group in GROUPS
    }
    return {group: lines for group, lines in parted.items() if lines}


def without_private(found: Iterable[PartnerAnswer], versions: Sequence[Version]) -> tuple[PartnerAnswer, ...]:
    """Return the lines as anyone may see them: whether an answer is there, and of a sending what `versions` tell.

    What came back or was noted, from whom, and what was answered stay out.
    """
    told = []
    for partner_answer in found:
        sent = any(
            shows_sending(version, partner_answer.partner, partner_answer.number, partner_answer.by)
            for version in versions
        )
        group = REREAD if partner_answer.answer is not None and partner_answer.answer.reopened else ANSWERED
        if partner_answer.answer is None or partner_answer.answer.level in UNSAID:
            group = partner_answer.group if sent and partner_answer.group in (LATE, AWAITED) else AWAITED
        bare = PartnerAnswer(partner_answer.partner, group)
        told.append(
            replace(bare, asked_on=partner_answer.asked_on, number=partner_answer.number, by=partner_answer.by)
            if sent
            else bare
        )
    return tuple(sorted(told, key=lambda item: (GROUPS.index(item.group), not item.by, item.by)))


def undecided(row: Entry) -> tuple[str, ...]:
    """Return the ids of the answers of a form that came back and were neither accepted nor refused."""
    said, decided = row.get("said"), record_of(row, SETTLED)
    return tuple(name for name in said if name not in decided) if isinstance(said, Mapping) else ()


def _line(partnership: Partnership, answers: PositionStatuses, partner: str, day: str) -> PartnerAnswer:
    sent = last_sent_to(partnership, partner)
    position = answer_entry(partnership, CONSENSUS, (partner,))
    answer = answers.get((CONSENSUS, partner))
    waiting = tuple(row for row in received(partnership, partner) if undecided(row))
    by, number = _date(sent, "answer_by"), sent.get("number", 0) if sent is not None else 0
    group = REVIEW if waiting else _group(partnership, answer, position, sent, by, day)
    source = source_row(partnership, [position.id], partner) if position is not None else None
    return PartnerAnswer(partner, group, _date(sent, "on"), number, by, answer, source, waiting)


def _group(
    partnership: Partnership, answer: PositionStatus | None, position: Entry | None, sent: Entry | None, by: str,
    day: str,
) -> str:  # fmt: skip
    if answer is None or position is None or answer.level in UNSAID:
        if sent is None:
            return UNASKED
        return LATE if by and last_day(by).isoformat() < day else AWAITED
    if answer.reopened:
        return REREAD
    if position.state == TO_CONFIRM or unconfirmed(partnership, position.subject[0]):
        return UNCONFIRMED
    return ANSWERED


def _date(row: Entry | None, cell: str) -> str:
    value = row.get(cell, "") if row is not None else ""
    return value if isinstance(value, str) and is_date(value) else ""
