"""The milestones and what each still needs: named holes, and answers that are awaited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide, HoleRule
from tui.partnership.completion import ANSWERED, DISCUSS, VOID, answer_entry, filled, has, progress, state_of
from tui.partnership.partners import INTERESTED, WHO, active, rows_of
from tui.partnership.positions import (
    CONSENSUS,
    UNSAID,
    Heard,
    PositionStatus,
    count_words,
    dissents,
    points,
    position_statuses,
)
from tui.partnership.privacy import public_view
from tui.partnership.values import Entry, Partnership
from tui.partnership.versions import adoption, last_sent_to

ANSWER, CONFIRM, RATIFY = "answer", "confirm", "ratify"


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing awaited of a partner: an answer, the confirmation of one on changed words, or a ratification.

    `by` is an ISO date or ""; `number` the draft it was sent (0: none); `body` who is to ratify; `changed` how many
    sentences differ from those it answered on.
    """

    kind: str
    partner: str
    by: str = ""
    number: int = 0
    body: str = ""
    changed: int = 0


def awaited(partnership: Partnership, now: Mapping[str, str], lang: str) -> tuple[Awaited, ...]:
    """All that is awaited, the earliest date first and what has none last; `now` are the points of the public view."""
    answers = position_statuses(partnership, now)
    found = []
    for one in active(partnership):
        position = answer_entry(partnership, CONSENSUS, (one.id,))
        sent = last_sent_to(partnership, one.id)
        by = str(sent.get("answer_by", "")) if sent is not None else ""
        number = sent.get("number", 0) if sent is not None else 0
        answer = answers.get((CONSENSUS, one.id))
        if position is None or answer is None or answer.level in UNSAID:
            found.append(Awaited(ANSWER, one.id, by, number))
            continue
        if answer.reopened:
            found.append(Awaited(CONFIRM, one.id, by, number, changed=len(answer.changed)))
        body, on = position.text("ratify_by", lang), str(position.get("ratify_on", ""))
        if (body or on) and not (position.text("resolution", lang) or position.get("ratified_on")):
            found.append(Awaited(RATIFY, one.id, on, body=body))
    return tuple(sorted(found, key=lambda one: (not one.by, one.by)))


def open_holes(guide: Guide, view: Partnership) -> tuple[tuple[HoleRule, str], ...]:
    """The named holes of a public view that are open, each with the partner it concerns ("" for none)."""
    return tuple((rule, name) for rule in guide.holes for name in holes_of(guide, view, rule))


def holes_of(guide: Guide, view: Partnership, rule: HoleRule) -> tuple[str, ...]:
    """The partners one named hole of a public view is open for ("" for a hole that is the whole partnership's)."""
    question = guide.question(rule.question)
    if progress(view, question).state == VOID:
        return ()
    subjects: list[tuple[str, ...]] = [(one.id,) for one in active(view)] if rule.each_partner else [()]
    return tuple(
        subject[0] if subject else ""
        for subject in subjects
        if state_of(view, question, subject) != VOID and not _hole_filled(view, rule, subject)
    )


class OpenHoles:
    """The open holes of a view that changes; a hole that nothing it reads has changed is not looked into again."""

    def __init__(self, guide: Guide) -> None:
        """`guide` holds the holes."""
        self._guide = guide
        self._read = {rule.id: _parts_read(guide, rule) for rule in guide.holes}
        self._kept: dict[str, tuple[object, tuple[str, ...]]] = {}

    def of(self, view: Partnership) -> tuple[tuple[HoleRule, str], ...]:
        """What `open_holes` finds in a public view."""
        members = [one.id for one in active(view)]
        found: list[tuple[HoleRule, str]] = []
        for rule in self._guide.holes:
            seen = members, *(view.by_part.get(part, ()) for part in self._read[rule.id])
            kept = self._kept.get(rule.id)
            if kept is None or kept[0] != seen:
                kept = self._kept[rule.id] = seen, holes_of(self._guide, view, rule)
            found += ((rule, name) for name in kept[1])
        return tuple(found)


def _parts_read(guide: Guide, rule: HoleRule) -> tuple[tuple[str, str], ...]:
    """The questions and parts whose rows decide whether a hole is open."""
    question = guide.question(rule.question)
    own = [(question.id, ""), (question.id, rule.part), *((question.id, part.id) for part in question.parts)]
    named = (part.rpartition("/") for alternative in question.complete for part, _field in alternative if part)
    return tuple(dict.fromkeys((*own, *((source or question.id, name) for source, _slash, name in named))))


def _hole_filled(view: Partnership, rule: HoleRule, subject: tuple[str, ...]) -> bool:
    if not rule.part:
        return has(answer_entry(view, rule.question, subject), rule.field)
    rows = rows_of(view, rule.question, rule.part, subject[0]) if subject else view.rows(rule.question, rule.part)
    holds: Callable[[Entry], bool] = (lambda row: has(row, rule.field)) if rule.field else _any_field
    return any(holds(row) for row in rows)


def _any_field(row: Entry) -> bool:
    return any(filled(cell.value) for key, cell in row.cells.items() if not key.startswith("#"))


@dataclass(frozen=True, slots=True)
class Missing:
    """What a milestone still needs: a question or a named hole, for one partner or for all ("")."""

    question: str
    partner: str = ""
    hole: str = ""
    reason: str = ""  # "partners", "interested", "discuss", "position" or "hole"


@dataclass(frozen=True, slots=True)
class Milestones:
    """The three milestones of a partnership, with what the first two still need."""

    meeting: tuple[Missing, ...]
    adoption: tuple[Missing, ...]
    adopted: bool
    changed: bool = False  # since the adoption: the text that was adopted is another one
    dissents: tuple[PositionStatus, ...] = ()  # they stand, and are said wherever readiness is

    @property
    def next(self) -> str:
        """The milestone to work towards: "meeting", "adoption" or "adopted"."""
        return "adopted" if self.adopted else "meeting" if self.meeting else "adoption"

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What the next milestone needs."""
        return () if self.adopted else self.meeting or self.adoption


def milestones(
    guide: Guide, partnership: Partnership, view: Partnership | None = None, *, adopted: bool = False
) -> Milestones:
    """What each milestone still needs (contracts.md, « Completion, holes, numbers »)."""
    view = view or public_view(guide, partnership)
    changed = adopted and adoption(guide, view) == "changed"
    answers = position_statuses(partnership, points(guide, view))
    return Milestones(
        tuple(_for_meeting(guide, partnership)),
        _for_adoption(guide, partnership, view, answers),
        adopted and not changed,
        changed,
        dissents(answers),
    )


def dissent_count(guide: Guide, found: Milestones, lang: str) -> str:
    """« 1 désaccord, 1 désaccord donné sur l'ancien texte »; "" where nobody disagrees."""
    return count_words(guide, Counter(one.code for one in found.dissents), lang)


def next_milestone(guide: Guide, partnership: Partnership, view: Partnership) -> str:
    """The milestone to work towards, as `Milestones.next`, or "changed" since the adoption.

    Of an unadopted partnership the entries of `meeting_questions` are enough; `view` needs no points nor counts.
    """
    if partnership.setting("adopted"):
        since = adoption(guide, view)
        if since:
            return since
    return "meeting" if any(True for _lack in _for_meeting(guide, partnership)) else "adoption"


def meeting_questions(guide: Guide) -> frozenset[str]:
    """The questions whose entries tell whether the meeting can be held."""
    asked = [one for one in guide.by_id.values() if one.milestone == "meeting"]
    told = {part.rpartition("/")[0] for one in asked for rule in one.complete for part, _field in rule}
    return frozenset({WHO, *(one.id for one in asked), *told} - {""})


def _for_meeting(guide: Guide, partnership: Partnership) -> Iterator[Missing]:
    present = active(partnership)
    if len(present) < 2:
        yield Missing(WHO, reason="partners")
        return
    for question in guide.by_id.values():
        if question.milestone == "meeting":
            for one in present:
                if state_of(partnership, question, (one.id,)) not in (ANSWERED, VOID):
                    yield Missing(question.id, one.id)
    if sum(one.status in INTERESTED for one in present) < 2:
        yield Missing(WHO, reason="interested")


def _for_adoption(guide: Guide, partnership: Partnership, view: Partnership, answers: Heard) -> tuple[Missing, ...]:
    found = [Missing(rule.question, one, rule.id, "hole") for rule, one in open_holes(guide, view)]
    for question in guide.by_id.values():
        if progress(partnership, question).state == DISCUSS:
            found.append(Missing(question.id, reason="discuss"))
    for one in active(partnership):
        answer = answers.get((CONSENSUS, one.id))
        if answer is None or answer.level in UNSAID or answer.reopened:
            found.append(Missing(CONSENSUS, one.id, reason="position"))
    return tuple(found)
