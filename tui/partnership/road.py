"""The road to the signatures: the steps that must happen before all partners can sign, and when each can happen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.fast_dataclass import dataclass
from tui.partnership.board_sittings import next_sitting
from tui.partnership.bodies import RATIFIES, body_name
from tui.partnership.completion import DISCUSS, answer_entry
from tui.partnership.conditions import CONDITIONS, open_conditions
from tui.partnership.due import SIGNATURE
from tui.partnership.meetings import POINTS
from tui.partnership.milestones import Milestones
from tui.partnership.partners import active, active_ids
from tui.partnership.positions import CONSENSUS, DISSENT, RESERVATION, UNSAID, PositionStatus, PositionStatuses
from tui.partnership.signatures import SIGNATURES, rule_of
from tui.partnership.values import Partnership, answer_id
from tui.partnership.versions import last_sent_to
from tui.text.dates import is_date, last_day

HOLE, DISCUSSION, POINT, ANSWER, CONFIRM, DISAGREEMENT, CONDITION, RATIFY = (
    "hole", "discussion", "point", "answer", "confirm", "disagreement", "condition", "ratify",
)  # fmt: skip
# The kinds of step that must be done before a board is asked about the text. A hole is an answer that the text lacks.
_TEXT = frozenset({HOLE, DISCUSSION, POINT})


@dataclass(frozen=True, slots=True)
class RoadStep:
    """One thing that has to happen before all can sign."""

    kind: str
    partner: str = ""  # the id of the partner that is to do it, "" for all
    date: str = ""  # the earliest ISO day on which it can be done, "" if unknown: then somebody is to ask
    question: str = CONSENSUS  # with `entry`: where it is written
    entry: str = ""
    hole: str = ""  # the id of a named hole, "" for another kind
    body: str = ""  # for a ratification: the name of the body
    papers: str = ""  # for a ratification: the ISO day by which the papers are due, "" for none


@dataclass(frozen=True, slots=True)
class Road:
    """The steps to the signatures as they are on one day."""

    day: str  # that day, ISO
    steps: tuple[RoadStep, ...] = ()
    effect_on: str = ""  # the ISO day on which the text says that it takes effect, "" for none

    @property
    def dated(self) -> tuple[RoadStep, ...]:
        """The steps with a date, the earliest first."""
        return tuple(sorted((step for step in self.steps if step.date), key=lambda step: (step.date, step.partner)))

    @property
    def undated(self) -> tuple[RoadStep, ...]:
        """The steps without a date."""
        return tuple(step for step in self.steps if not step.date)

    @property
    def not_before(self) -> str:
        """The ISO day before which not all can sign, even if the undated steps take no time."""
        return max((self.day, *(step.date for step in self.steps)))

    @property
    def earliest(self) -> str:
        """The ISO day on which all can sign at the earliest; "" while a date is missing."""
        return "" if self.undated else self.not_before


# The kinds of step that a letter asks a partner for. It asks for an answer to the text anyway, and disagreements and
# conditions are talked over instead.
OWN = frozenset({CONFIRM, RATIFY, SIGNATURE, POINT, HOLE})


def own_part(road: Road, partner: str) -> tuple[RoadStep, ...]:
    """Return the steps that a letter to a partner (id) asks it for, the dated ones first."""
    steps = (*road.dated, *road.undated)
    return tuple(step for step in steps if step.partner == partner and step.kind in OWN)


def road(partnership: Partnership, answers: PositionStatuses, goals: Milestones, day: str, lang: str) -> Road:
    """Return the road to the signatures on an ISO day.

    `answers` and `goals` are the positions and milestones of the same partnership. For an adopted text the road has
    only open conditions, ratifications and the signatures that were asked for.
    """
    steps = [] if goals.adopted else [*_text_steps(partnership, goals, day), *_answer_steps(partnership, answers, day)]
    steps += _condition_steps(partnership, day)
    ready = max((day, *(step.date for step in steps if step.kind in _TEXT)))
    steps += _ratification_steps(partnership, answers, day, ready, lang)
    if goals.adopted:
        steps += _signature_steps(partnership)
    _rule, effect_on = rule_of(partnership)
    return Road(day, tuple(steps), effect_on)


def _ahead(iso: object, day: str) -> str:
    """Return the last ISO day of a date that has not passed on `day`; "" for any other value."""
    if not isinstance(iso, str) or not is_date(iso):
        return ""
    last = last_day(iso).isoformat()
    return last if last >= day else ""


def _text_steps(partnership: Partnership, goals: Milestones, day: str) -> Iterator[RoadStep]:
    """Yield the holes, the questions marked as to be discussed, and the points set aside for later."""
    for missing in goals.adoption:
        if missing.hole:
            yield RoadStep(HOLE, missing.partner, question=missing.question, hole=missing.hole)
        elif missing.reason == DISCUSS:
            yield RoadStep(DISCUSSION, missing.partner, question=missing.question)
    for row in partnership.rows(POINTS, "rows"):
        if any(row.text("text", lang) for lang in ("fr", "en")):
            who = row.get("who")
            yield RoadStep(POINT, _partner_of(partnership, who), _ahead(row.get("due"), day), POINTS, row.id)


def _partner_of(partnership: Partnership, who: object) -> str:
    """Return the id of the active partner that a `someone` value is or belongs to; "" for anybody else."""
    if not isinstance(who, Mapping):
        return ""
    person = partnership.entry(str(who.get("person", "")))
    partner_id = person.subject[0] if person is not None and person.subject else str(who.get("partner", ""))
    return partner_id if partner_id in active_ids(partnership) else ""


def _answer_steps(partnership: Partnership, answers: PositionStatuses, day: str) -> Iterator[RoadStep]:
    """Yield a step for each partner that has not answered, disagrees, or answered on other words."""
    for partner in active(partnership):
        answer = answers.get((CONSENSUS, partner.id))
        position_id = answer_id(CONSENSUS, (partner.id,))
        sent = last_sent_to(partnership, partner.id)
        by = _ahead(sent.get("answer_by"), day) if sent is not None else ""
        if answer is None or answer.level in UNSAID:
            yield RoadStep(ANSWER, partner.id, by, entry=position_id)
        elif _is_disagreement(partnership, answer):
            yield RoadStep(DISAGREEMENT, partner.id, entry=position_id)
        elif answer.reopened:
            yield RoadStep(CONFIRM, partner.id, by, entry=position_id)


def _is_disagreement(partnership: Partnership, answer: PositionStatus) -> bool:
    """Return whether an answer holds a disagreement or reservation that is more than its open conditions.

    If conditions are all that it says, each of them is a step of its own.
    """
    if answer.exceptions:
        return True
    position = answer_entry(partnership, CONSENSUS, (answer.partner,))
    own_words = position is not None and any(position.text(RESERVATION, lang) for lang in ("fr", "en"))
    return answer.level in DISSENT | {RESERVATION} and (own_words or not open_conditions(partnership, answer.partner))


def _condition_steps(partnership: Partnership, day: str) -> Iterator[RoadStep]:
    for row in open_conditions(partnership):
        yield RoadStep(CONDITION, row.subject[0], _ahead(row.get("due"), day), CONDITIONS, row.id)


def _ratification_steps(
    partnership: Partnership, answers: PositionStatuses, day: str, ready: str, lang: str
) -> Iterator[RoadStep]:
    """Yield the ratifications still to come, each on the first sitting for which the text can be ready (ISO `ready`).

    A text that was ratified in other words has to be ratified again.
    """
    for partner in active(partnership):
        position = answer_entry(partnership, CONSENSUS, (partner.id,))
        answer = answers.get((CONSENSUS, partner.id))
        if position is None:
            continue
        is_ratified = bool(position.get("ratified_on") or position.text("resolution", lang))
        anew = answer is not None and answer.reopened
        if is_ratified and not anew:
            continue
        body = body_name(position, RATIFIES, lang)
        if body or position.text("ratify_sittings", lang) or position.get("ratify_on"):
            sitting, papers = next_sitting(position, day, ready, lang, anew=anew)
            yield RoadStep(RATIFY, partner.id, sitting, entry=position.id, body=body, papers=papers)


def _signature_steps(partnership: Partnership) -> Iterator[RoadStep]:
    """Yield the signatures of the adopted version that were asked for and have not come."""
    mark = partnership.setting("adopted")
    version = mark.get("version") if isinstance(mark, Mapping) else None
    for row in partnership.rows(SIGNATURES, "rows"):
        if version and row.get("version") == version and row.get("asked") and not row.get("on"):
            yield RoadStep(SIGNATURE, row.subject[0], question=SIGNATURES, entry=row.id)
