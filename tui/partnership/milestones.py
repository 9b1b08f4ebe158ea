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
    DISCUSS_FIRST,
    UNSAID,
    PositionStatus,
    PositionStatuses,
    count_words,
    dissents,
)
from tui.partnership.privacy import Published, published
from tui.partnership.values import Partnership
from tui.partnership.versions import last_sent_to

ProgressOf = Callable[[Partnership, Question], Progress]
AWAITED_ANSWER, AWAITED_CONFIRMATION, AWAITED_RATIFICATION = "answer", "confirm", "ratify"  # kinds of `Awaited`
LISTED_PARTNERS = 3  # What more partners than these lack alike is said once, with their names.


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing awaited of a partner: an answer, the confirmation of one on changed words, or a ratification."""

    kind: str  # AWAITED_ANSWER, AWAITED_CONFIRMATION or AWAITED_RATIFICATION
    partner: str  # its id
    by: str = ""  # ISO date, "" for none
    number: int = 0  # of the draft that the partner was sent last; 0 for none
    body: str = ""  # who is to ratify
    changed: int = 0  # how many sentences differ from those it answered on


def awaited(partnership: Partnership, answers: PositionStatuses, lang: str) -> tuple[Awaited, ...]:
    """Return all that is awaited, the earliest date first and those without a date last.

    `answers` are those of the public view, `lang` is the language of the names of bodies.
    """
    found = []
    for partner in active(partnership):
        position = answer_entry(partnership, CONSENSUS, (partner.id,))
        sent = last_sent_to(partnership, partner.id)
        by = str(sent.get("answer_by", "")) if sent is not None else ""
        number = sent.get("number", 0) if sent is not None else 0
        answer = answers.get((CONSENSUS, partner.id))
        if position is None or answer is None or answer.level in UNSAID:
            found.append(Awaited(AWAITED_ANSWER, partner.id, by, number))
            continue
        if answer.reopened:
            found.append(Awaited(AWAITED_CONFIRMATION, partner.id, by, number, changed=len(answer.changed)))
        body, on = body_name(position, RATIFIES, lang), str(position.get("ratify_on", ""))
        if (body or on) and not (position.text("resolution", lang) or position.get("ratified_on")):
            found.append(Awaited(AWAITED_RATIFICATION, partner.id, on, body=body))
    return tuple(sorted(found, key=lambda item: (not item.by, item.by)))


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing a milestone still needs."""

    question: str  # the id of the question to answer
    partner: str = ""  # the id of the partner it concerns, "" for all
    hole: str = ""  # the id of the named hole to fill
    reason: str = ""  # "partners", "interested", "discuss", "position" or "hole"; "" for a question not answered


def group_alike(missing: Iterable[Missing]) -> Iterator[tuple[Missing, ...]]:
    """Yield what is missing in groups of one; together only what more than LISTED_PARTNERS partners lack alike."""
    alike: dict[Missing, list[Missing]] = {}
    for item in missing:
        alike.setdefault(replace(item, partner="each" if item.partner else ""), []).append(item)
    for several in alike.values():
        if several[0].partner and len(several) > LISTED_PARTNERS:
            yield tuple(several)
        else:
            yield from ((item,) for item in several)


@dataclass(frozen=True, slots=True)
class Milestones:
    """The three milestones of a partnership, with what the first two still need."""

    meeting: tuple[Missing, ...]  # needed to hold the meeting
    adoption: tuple[Missing, ...]  # needed to adopt the text
    adopted: bool  # whether the present text is adopted
    changed: bool = False  # whether the text has changed since its adoption
    dissents: tuple[PositionStatus, ...] = ()  # disagreements, which are shown wherever these milestones are

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

    `public` and `progress_of` may be given where they are known already. Whether the text is `adopted`, and `changed`
    since, is told by its words (tui.agreement.agreed_words).
    """
    public = public or published(guide, partnership)
    return Milestones(
        tuple(_missing_for_meeting(guide, partnership)),
        _missing_for_adoption(guide, partnership, public, progress_of),
        adopted and not changed,
        changed,
        dissents(public.answers),
    )


def milestone_words(code: str) -> str:
    """Return how far a partnership is, in words of the interface; `code` is what `next_milestone` returned.

    An unknown code is returned as it is.
    """
    words = {
        "meeting": _("in preparation"),
        "adoption": _("ready for the meeting"),
        "adopted": _("adopted"),
        "changed": _("changed since adoption"),
    }
    return words.get(code, code)


def dissent_words(count: int) -> str:
    """Return a number of disagreements in words of the interface: « 1 désaccord »."""
    return ngettext("{n} disagreement", "{n} disagreements", count).format(n=count)


def dissent_count(guide: Guide, found: Milestones, lang: str) -> str:
    """Return the disagreements in words: « 1 désaccord, 1 désaccord donné sur l'ancien texte »; "" for none."""
    return count_words(guide, Counter(dissent.code for dissent in found.dissents), lang)


def next_milestone(guide: Guide, partnership: Partnership, since: str) -> str:
    """Return the milestone to work towards, as `Milestones.next`, or "changed" since the adoption.

    `since` is "adopted" or "changed", as the present text compares to the adopted one; "" when nothing was adopted.
    The partnership may hold the entries of `meeting_questions` alone.
    """
    if since:
        return since
    return "meeting" if any(True for _lack in _missing_for_meeting(guide, partnership)) else "adoption"


def meeting_questions(guide: Guide) -> frozenset[str]:
    """Return the ids of the questions whose entries tell whether the meeting can be held."""
    asked = [question for question in guide.by_id.values() if question.milestone == "meeting"]
    told = {part.rpartition("/")[0] for question in asked for rule in question.complete for part, _field in rule}
    return frozenset({WHO, *(question.id for question in asked), *told} - {""})


def _missing_for_meeting(guide: Guide, partnership: Partnership) -> Iterator[Missing]:
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


def _missing_for_adoption(
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
        elif answer.level == DISCUSS_FIRST:
            found.append(Missing(CONSENSUS, partner.id, reason="discuss"))
    return tuple(found)
