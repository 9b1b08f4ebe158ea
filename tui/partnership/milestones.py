"""The milestones (meeting, adoption) with what each still needs, and the answers that are awaited of partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide, Question
from tui.i18n import _, ngettext
from tui.partnership.bodies import RATIFIES, body_name
from tui.partnership.completion import DISCUSS, Progress, answer_entry, progress, unanswered
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
UnansweredOf = Callable[[Partnership, Question], tuple[str, ...]]
AWAITED_ANSWER, AWAITED_CONFIRMATION, AWAITED_RATIFICATION = "answer", "confirm", "ratify"  # kinds of `Awaited`
LISTED_PARTNERS = 3  # if more partners lack the same answer, it is one line with their names


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing awaited of a partner: an answer, the confirmation of one on changed words, or a ratification."""

    kind: str  # AWAITED_ANSWER, AWAITED_CONFIRMATION or AWAITED_RATIFICATION
    partner: str  # its id
    by: str = ""  # ISO date, "" for none
    number: int = 0  # of the draft that the partner was sent last; 0 for none
    body: str = ""  # the name of the body that is to ratify, "" if unknown
    changed: int = 0  # how many sentences differ from those on which it answered


def awaited(partnership: Partnership, answers: PositionStatuses, lang: str) -> tuple[Awaited, ...]:
    """Return all that is awaited, the earliest date first and those without a date last.

    `answers` are those of `Published.answers`, `lang` is the language of the names of bodies.
    """
    items = []
    for partner in active(partnership):
        position = answer_entry(partnership, CONSENSUS, (partner.id,))
        sent = last_sent_to(partnership, partner.id)
        by = str(sent.get("answer_by", "")) if sent is not None else ""
        number = sent.get("number", 0) if sent is not None else 0
        answer = answers.get((CONSENSUS, partner.id))
        if position is None or answer is None or answer.level in UNSAID:
            items.append(Awaited(AWAITED_ANSWER, partner.id, by, number))
            continue
        if answer.reopened:
            items.append(Awaited(AWAITED_CONFIRMATION, partner.id, by, number, changed=len(answer.changed)))
        body, on = body_name(position, RATIFIES, lang), str(position.get("ratify_on", ""))
        is_ratified = position.text("resolution", lang) or position.get("ratified_on")
        if (body or on) and not is_ratified:
            items.append(Awaited(AWAITED_RATIFICATION, partner.id, on, body=body))
    return tuple(sorted(items, key=lambda item: (not item.by, item.by)))


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing a milestone still needs."""

    question: str  # the id of the question to answer
    partner: str = ""  # the id of the partner it concerns, "" for all
    hole: str = ""  # the id of the named hole to fill
    reason: str = ""  # "partners", "interested", "discuss", "position" or "hole"; "" for a question not answered


def group_alike(missing: Iterable[Missing]) -> Iterator[tuple[Missing, ...]]:
    """Yield each missing thing as a group of one, but as one group what more than LISTED_PARTNERS partners lack."""
    groups: dict[Missing, list[Missing]] = {}
    for item in missing:
        without_partner = replace(item, partner="each" if item.partner else "")
        groups.setdefault(without_partner, []).append(item)
    for group in groups.values():
        if group[0].partner and len(group) > LISTED_PARTNERS:
            yield tuple(group)
        else:
            yield from ((item,) for item in group)


@dataclass(frozen=True, slots=True)
class Milestones:
    """The three milestones of a partnership, with what the first two still need."""

    meeting: tuple[Missing, ...]  # needed to hold the meeting
    adoption: tuple[Missing, ...]  # needed to adopt the text
    adopted: bool  # whether the present text is adopted
    changed: bool = False  # whether the text has changed since its adoption
    dissents: tuple[PositionStatus, ...] = ()  # the disagreements with the text, shown beside the milestones

    @property
    def next(self) -> str:
        """The milestone to work towards: "meeting", "adoption" or "adopted"."""
        if self.adopted:
            return "adopted"
        return "meeting" if self.meeting else "adoption"

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
    unanswered_of: UnansweredOf = unanswered,
) -> Milestones:
    """Return what each milestone still needs (contracts.md, « Completion, holes, numbers »).

    `public`, `progress_of` and `unanswered_of` may be passed if the caller has them. The caller also says whether the
    text is `adopted`, and `changed` since then (tui.agreement.agreed_words).
    """
    public = public or published(guide, partnership)
    return Milestones(
        tuple(_missing_for_meeting(guide, partnership, unanswered_of)),
        _missing_for_adoption(guide, partnership, public, progress_of),
        adopted and not changed,
        changed,
        dissents(public.answers),
    )


def milestone_words(code: str) -> str:
    """Return how far a partnership is, in words of the interface; `code` is what `next_milestone` returned.

    A code that is none of these is returned unchanged.
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


def dissent_count(guide: Guide, milestones: Milestones, lang: str) -> str:
    """Return the disagreements in words: « 1 désaccord, 1 désaccord donné sur l'ancien texte »; "" for none."""
    return count_words(guide, Counter(dissent.code for dissent in milestones.dissents), lang)


def next_milestone(guide: Guide, partnership: Partnership, adoption: str) -> str:
    """Return the milestone to work towards, as `Milestones.next`, or "changed" if the adopted text was changed.

    `adoption` is "adopted", "changed", or "" if nothing was adopted (`Composer.adoption`). The partnership needs only
    the entries of `meeting_questions`.
    """
    if adoption:
        return adoption
    return "adoption" if next(_missing_for_meeting(guide, partnership), None) is None else "meeting"


def meeting_questions(guide: Guide) -> frozenset[str]:
    """Return the ids of the questions whose entries decide whether the meeting can be held."""
    questions_asked = [question for question in guide.by_id.values() if question.milestone == "meeting"]
    # A rule of `complete` may name a part of another question, « open.contributions/rows ».
    named = {
        part.rpartition("/")[0] for question in questions_asked for rule in question.complete for part, _field in rule
    }
    return frozenset({WHO, *(question.id for question in questions_asked), *named} - {""})


def _missing_for_meeting(
    guide: Guide, partnership: Partnership, unanswered_of: UnansweredOf = unanswered
) -> Iterator[Missing]:
    """Yield what the first meeting still needs; nothing but partners while there are not two."""
    partners = active(partnership)
    if len(partners) < 2:
        yield Missing(WHO, reason="partners")
        return
    for question in guide.by_id.values():
        if question.milestone == "meeting":
            yield from (Missing(question.id, partner_id) for partner_id in unanswered_of(partnership, question))
    if sum(partner.status in INTERESTED for partner in partners) < 2:
        yield Missing(WHO, reason="interested")


def _missing_for_adoption(
    guide: Guide, partnership: Partnership, public: Published, progress_of: ProgressOf
) -> tuple[Missing, ...]:
    """Return what an adoption still needs: holes, what is to be discussed, and the yes of each partner."""
    missing_answers = [Missing(rule.question, partner_id, rule.id, "hole") for rule, partner_id in public.holes]
    for question in guide.by_id.values():
        if progress_of(partnership, question).state == DISCUSS:
            missing_answers.append(Missing(question.id, reason="discuss"))
    for partner in active(partnership):
        answer = public.answers.get((CONSENSUS, partner.id))
        if answer is None or answer.level in UNSAID or answer.reopened:
            missing_answers.append(Missing(CONSENSUS, partner.id, reason="position"))
        elif answer.level == DISCUSS_FIRST:
            missing_answers.append(Missing(CONSENSUS, partner.id, reason="discuss"))
    return tuple(missing_answers)
