"""The milestones and what each still needs: named holes, and answers that are awaited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide, Question
from tui.i18n import _, ngettext
from tui.partnership.bodies import RATIFIES, body_name
from tui.partnership.completion import ANSWERED, DISCUSS, VOID, Progress, answer_entry, progress, state_of
from tui.partnership.partners import INTERESTED, WHO, active
from tui.partnership.positions import (
    CONSENSUS,
    UNSAID,
    Heard,
    PositionStatus,
    count_words,
    dissents,
)
from tui.partnership.privacy import Published, published
from tui.partnership.values import Partnership
from tui.partnership.versions import last_sent_to

ProgressOf = Callable[[Partnership, Question], Progress]
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


def awaited(partnership: Partnership, answers: Heard, lang: str) -> tuple[Awaited, ...]:
    """Return all that is awaited, the earliest date first and what has none last.

    `answers` are those of the public view.
    """
    found = []
    for partner in active(partnership):
        position = answer_entry(partnership, CONSENSUS, (partner.id,))
        sent = last_sent_to(partnership, partner.id)
        by = str(sent.get("answer_by", "")) if sent is not None else ""
        number = sent.get("number", 0) if sent is not None else 0
        answer = answers.get((CONSENSUS, partner.id))
        if position is None or answer is None or answer.level in UNSAID:
            found.append(Awaited(ANSWER, partner.id, by, number))
            continue
        if answer.reopened:
            found.append(Awaited(CONFIRM, partner.id, by, number, changed=len(answer.changed)))
        body, on = body_name(position, RATIFIES, lang), str(position.get("ratify_on", ""))
        if (body or on) and not (position.text("resolution", lang) or position.get("ratified_on")):
            found.append(Awaited(RATIFY, partner.id, on, body=body))
    return tuple(sorted(found, key=lambda item: (not item.by, item.by)))


@dataclass(frozen=True, slots=True)
class Missing:
    """What a milestone still needs: a question or a named hole, for one partner or for all ("")."""

    question: str
    partner: str = ""
    hole: str = ""
    reason: str = ""  # "partners", "interested", "discuss", "position" or "hole"


MANY = 3  # partners: where the same is to be said of more, it is said once, with their names


def lacked_alike(missing: Iterable[Missing]) -> Iterator[tuple[Missing, ...]]:
    """Yield what is missing one by one, but together what more than `MANY` partners lack alike."""
    alike: dict[Missing, list[Missing]] = {}
    for item in missing:
        alike.setdefault(replace(item, partner="each" if item.partner else ""), []).append(item)
    for several in alike.values():
        if several[0].partner and len(several) > MANY:
            yield tuple(several)
        else:
            yield from ((item,) for item in several)


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
    guide: Guide,
    partnership: Partnership,
    public: Published | None = None,
    *,
    adopted: bool = False,
    changed: bool = False,
    progress_of: ProgressOf = progress,
) -> Milestones:
    """Return what each milestone still needs (contracts.md, « Completion, holes, numbers »).

    `public` is the public view with what is known of it, and `progress_of` how far a question is, where they are kept.
    Whether the text is `adopted`, and `changed` since, is told by its words (tui.agreement.agreed_words).
    """
    public = public or published(guide, partnership)
    return Milestones(
        tuple(_for_meeting(guide, partnership)),
        _for_adoption(guide, partnership, public, progress_of),
        adopted and not changed,
        changed,
        dissents(public.answers),
    )


def milestone_words(code: str) -> str:
    """How far a partnership is, in words of the interface: `code` is that of `next_milestone`, the one to work towards.

    A code that is not known comes back as it is.
    """
    words = {
        "meeting": _("in preparation"),
        "adoption": _("ready for the meeting"),
        "adopted": _("adopted"),
        "changed": _("changed since adoption"),
    }
    return words.get(code, code)


def dissent_words(count: int) -> str:
    """« 1 désaccord »: what a list says of a partnership, beside how far it is."""
    return ngettext("{n} disagreement", "{n} disagreements", count).format(n=count)


def dissent_count(guide: Guide, found: Milestones, lang: str) -> str:
    """« 1 désaccord, 1 désaccord donné sur l'ancien texte »; "" where nobody disagrees."""
    return count_words(guide, Counter(dissent.code for dissent in found.dissents), lang)


def next_milestone(guide: Guide, partnership: Partnership, since: str) -> str:
    """Return the milestone to work towards, as `Milestones.next`, or "changed" since the adoption.

    `since` is how the text stands to the adopted one ("" when nothing was adopted); then the entries of
    `meeting_questions` are enough.
    """
    if since:
        return since
    return "meeting" if any(True for _lack in _for_meeting(guide, partnership)) else "adoption"


def meeting_questions(guide: Guide) -> frozenset[str]:
    """Return the questions whose entries tell whether the meeting can be held."""
    asked = [question for question in guide.by_id.values() if question.milestone == "meeting"]
    told = {part.rpartition("/")[0] for question in asked for rule in question.complete for part, _field in rule}
    return frozenset({WHO, *(question.id for question in asked), *told} - {""})


def _for_meeting(guide: Guide, partnership: Partnership) -> Iterator[Missing]:
    present = active(partnership)
    if len(present) < 2:
        yield Missing(WHO, reason="partners")
        return
    for question in guide.by_id.values():
        if question.milestone == "meeting":
            for partner in present:
                if state_of(partnership, question, (partner.id,)) not in (ANSWERED, VOID):
                    yield Missing(question.id, partner.id)
    if sum(partner.status in INTERESTED for partner in present) < 2:
        yield Missing(WHO, reason="interested")


def _for_adoption(
    guide: Guide, partnership: Partnership, public: Published, progress_of: ProgressOf
) -> tuple[Missing, ...]:
    found = [Missing(rule.question, hole, rule.id, "hole") for rule, hole in public.holes]
    for question in guide.by_id.values():
        if progress_of(partnership, question).state == DISCUSS:
            found.append(Missing(question.id, reason="discuss"))
    for partner in active(partnership):
        answer = public.answers.get((CONSENSUS, partner.id))
        if answer is None or answer.level in UNSAID or answer.reopened:
            found.append(Missing(CONSENSUS, partner.id, reason="position"))
    return tuple(found)
