"""The milestones: what is still needed to hold the meeting, and to adopt the agreement."""

from __future__ import annotations

from collections.abc import Iterator

from tui.guide.types import Guide
from tui.project.completion import ANSWERED, DISCUSS, VOID, progress, state_of
from tui.project.holes import open_holes
from tui.project.partners import INTERESTED, WHO, active
from tui.project.positions import CONSENSUS, UNSAID, heard
from tui.project.privacy import public_view
from tui.project.values import Project
from tui.project.versions import adoption
from tui.project.wording import points
from tui.quick import dataclass


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

    @property
    def next(self) -> str:
        """The milestone to work towards: "meeting", "adoption" or "adopted"."""
        return "adopted" if self.adopted else "meeting" if self.meeting else "adoption"

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What the next milestone needs."""
        return () if self.adopted else self.meeting or self.adoption


def milestones(guide: Guide, project: Project, view: Project | None = None, *, adopted: bool = False) -> Milestones:
    """What each milestone still needs (contracts.md, « Completion, holes, numbers »)."""
    view = view or public_view(guide, project)
    changed = adopted and adoption(guide, view) == "changed"
    return Milestones(
        tuple(_for_meeting(guide, project)), _for_adoption(guide, project, view), adopted and not changed, changed
    )


def next_milestone(guide: Guide, project: Project, view: Project) -> str:
    """The milestone to work towards, as `Milestones.next`, or "changed" since the adoption.

    Of an unadopted partnership the entries of `meeting_questions` are enough; `view` needs no points nor counts.
    """
    if project.setting("adopted"):
        since = adoption(guide, view)
        if since:
            return since
    return "meeting" if any(True for _lack in _for_meeting(guide, project)) else "adoption"


def meeting_questions(guide: Guide) -> frozenset[str]:
    """The questions whose entries tell whether the meeting can be held."""
    asked = [one for one in guide.by_id.values() if one.milestone == "meeting"]
    told = {part.rpartition("/")[0] for one in asked for rule in one.complete for part, _field in rule}
    return frozenset({WHO, *(one.id for one in asked), *told} - {""})


def _for_meeting(guide: Guide, project: Project) -> Iterator[Missing]:
    present = active(project)
    if len(present) < 2:
        yield Missing(WHO, reason="partners")
        return
    for question in guide.by_id.values():
        if question.milestone == "meeting":
            for one in present:
                if state_of(project, question, (one.id,)) not in (ANSWERED, VOID):
                    yield Missing(question.id, one.id)
    if sum(one.status in INTERESTED for one in present) < 2:
        yield Missing(WHO, reason="interested")


def _for_adoption(guide: Guide, project: Project, view: Project) -> tuple[Missing, ...]:
    found = [Missing(rule.question, one, rule.id, "hole") for rule, one in open_holes(guide, view)]
    for question in guide.by_id.values():
        if progress(project, question).state == DISCUSS:
            found.append(Missing(question.id, reason="discuss"))
    answers = heard(project, points(guide, view))
    for one in active(project):
        answer = answers.get((CONSENSUS, one.id))
        if answer is None or answer.level in UNSAID or answer.reopened:
            found.append(Missing(CONSENSUS, one.id, reason="position"))
    return tuple(found)
