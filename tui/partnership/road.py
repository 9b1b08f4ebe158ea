"""What holds the signatures: what has to happen before all can sign, on which day each thing can, and what to ask."""

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
_TEXT = frozenset({HOLE, DISCUSSION, POINT})  # what the text waits for: a board is asked about the text behind them


@dataclass(frozen=True, slots=True)
class RoadStep:
    """One thing that has to happen before all can sign.

    `date` is the ISO day on which it can be done at the earliest, "" where nothing says it: then it is to be asked.
    `partner` is whose it is ("" for all), `question` and `entry` where it is written, `hole` the id of a named hole.
    Of a ratification `body` is who ratifies and `papers` the ISO day by which its papers are due, "" for none.
    """

    kind: str
    partner: str = ""
    date: str = ""
    question: str = CONSENSUS
    entry: str = ""
    hole: str = ""
    body: str = ""
    papers: str = ""


@dataclass(frozen=True, slots=True)
class Road:
    """The way to the signatures as it stands on the ISO day `day`; `effect_on` is the day the text names, or ""."""

    day: str
    steps: tuple[RoadStep, ...] = ()
    effect_on: str = ""

    @property
    def dated(self) -> tuple[RoadStep, ...]:
        """The steps whose day is known, the earliest first."""
        return tuple(sorted((step for step in self.steps if step.date), key=lambda step: (step.date, step.partner)))

    @property
    def undated(self) -> tuple[RoadStep, ...]:
        """The steps of which no date is known: each has to be asked for."""
        return tuple(step for step in self.steps if not step.date)

    @property
    def not_before(self) -> str:
        """The ISO day before which not everyone can sign, whatever the undated steps will say."""
        return max((self.day, *(step.date for step in self.steps)))

    @property
    def earliest(self) -> str:
        """The ISO day on which all can sign at the earliest; "" while a date is missing."""
        return "" if self.undated else self.not_before


OWN = frozenset({CONFIRM, RATIFY, SIGNATURE, POINT, HOLE})  # what a letter asks besides an answer to the text


def own_part(whole: Road, partner: str) -> tuple[RoadStep, ...]:
    """Return the steps that a letter to a partner may ask of it: its own alone, the dated ones first.

    The answer to the text is what the letter is about, and a disagreement or its condition is talked over, not mailed.
    """
    steps = (*whole.dated, *whole.undated)
    return tuple(step for step in steps if step.partner == partner and step.kind in OWN)


def road(partnership: Partnership, answers: PositionStatuses, goals: Milestones, day: str, lang: str) -> Road:
    """Return the way to the signatures on an ISO day.

    `answers` are what the positions are worth on today's public words, `goals` the milestones of the same value. Of an
    adopted text only open conditions, what is to be ratified and the signatures that were asked for are left.
    """
    steps = [] if goals.adopted else [*_of_the_text(partnership, goals, day), *_of_answers(partnership, answers, day)]
    steps += _of_conditions(partnership, day)
    ready = max((day, *(step.date for step in steps if step.kind in _TEXT)))
    steps += _of_boards(partnership, answers, day, ready, lang)
    if goals.adopted:
        steps += _of_signatures(partnership)
    _rule, effect_on = rule_of(partnership)
    return Road(day, tuple(steps), effect_on)


def _ahead(iso: object, day: str) -> str:
    """Return the last ISO day of a date that has not passed on `day`; "" for any other value."""
    if not isinstance(iso, str) or not is_date(iso):
        return ""
    last = last_day(iso).isoformat()
    return last if last >= day else ""


def _of_the_text(partnership: Partnership, goals: Milestones, day: str) -> Iterator[RoadStep]:
    """Yield the holes, what is marked as to be discussed, and the points that were set aside."""
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
    """Return the partner that « someone » is, or whose person it is; "" for anybody else."""
    if not isinstance(who, Mapping):
        return ""
    person = partnership.entry(str(who.get("person", "")))
    name = person.subject[0] if person is not None and person.subject else str(who.get("partner", ""))
    return name if name in active_ids(partnership) else ""


def _of_answers(partnership: Partnership, answers: PositionStatuses, day: str) -> Iterator[RoadStep]:
    for partner in active(partnership):
        answer = answers.get((CONSENSUS, partner.id))
        place = answer_id(CONSENSUS, (partner.id,))
        sent = last_sent_to(partnership, partner.id)
        by = _ahead(sent.get("answer_by"), day) if sent is not None else ""
        if answer is None or answer.level in UNSAID:
            yield RoadStep(ANSWER, partner.id, by, entry=place)
        elif _to_settle(partnership, answer):
            yield RoadStep(DISAGREEMENT, partner.id, entry=place)
        elif answer.reopened:
            yield RoadStep(CONFIRM, partner.id, by, entry=place)


def _to_settle(partnership: Partnership, answer: PositionStatus) -> bool:
    """Return whether a disagreement is to be settled besides the conditions it was given with.

    Where those are all that it says, they are what the signatures wait for, each with its day.
    """
    if answer.exceptions:
        return True
    position = answer_entry(partnership, CONSENSUS, (answer.partner,))
    own_words = position is not None and any(position.text(RESERVATION, lang) for lang in ("fr", "en"))
    return answer.level in DISSENT | {RESERVATION} and (own_words or not open_conditions(partnership, answer.partner))


def _of_conditions(partnership: Partnership, day: str) -> Iterator[RoadStep]:
    for row in open_conditions(partnership):
        yield RoadStep(CONDITION, row.subject[0], _ahead(row.get("due"), day), CONDITIONS, row.id)


def _of_boards(
    partnership: Partnership, answers: PositionStatuses, day: str, ready: str, lang: str
) -> Iterator[RoadStep]:
    """Yield the ratifications that are still to come, each at the first sitting for which the text can be ready.

    What was ratified on other words has to be ratified again.
    """
    for partner in active(partnership):
        position = answer_entry(partnership, CONSENSUS, (partner.id,))
        answer = answers.get((CONSENSUS, partner.id))
        ratified = position is not None and bool(position.get("ratified_on") or position.text("resolution", lang))
        anew = answer is not None and answer.reopened
        if position is None or (ratified and not anew):
            continue
        body = body_name(position, RATIFIES, lang)
        if body or position.text("ratify_sittings", lang) or position.get("ratify_on"):
            sitting, papers = next_sitting(position, day, ready, lang, anew=anew)
            yield RoadStep(RATIFY, partner.id, sitting, entry=position.id, body=body, papers=papers)


def _of_signatures(partnership: Partnership) -> Iterator[RoadStep]:
    """Yield the signatures of the adopted version that were asked for and have not come."""
    mark = partnership.setting("adopted")
    version = mark.get("version") if isinstance(mark, Mapping) else None
    for row in partnership.rows(SIGNATURES, "rows"):
        if version and row.get("version") == version and row.get("asked") and not row.get("on"):
            yield RoadStep(SIGNATURE, row.subject[0], question=SIGNATURES, entry=row.id)
