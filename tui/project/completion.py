"""How far the work is: the state of each question, the named holes, and what the next milestone still needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tui.guide.types import Guide, HoleRule, Question
from tui.project.partners import INTERESTED, WHO, active, rows_of
from tui.project.positions import CONSENSUS, UNSAID, heard
from tui.project.privacy import public_view
from tui.project.values import Entry, Project, answer_id
from tui.project.versions import adoption
from tui.project.wording import points
from tui.quick import dataclass

EMPTY, STARTED, ANSWERED, CONFIRM, DISCUSS, VOID = "empty", "started", "answered", "confirm", "discuss", "void"


@dataclass(frozen=True, slots=True)
class Progress:
    """One question's state; `done` of `total` subjects have answered (total 0: it has no denominator)."""

    state: str
    done: int = 0
    total: int = 0


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


def filled(value: object) -> bool:
    """Whether a cell's value answers anything: a blank text, an empty list or an unticked box does not."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Mapping):
        return "typed" not in value and any(filled(one) for one in value.values())
    return bool(value) or (isinstance(value, (int, float)) and not isinstance(value, bool))


def has(entry: Entry | None, field: str) -> bool:
    """Whether a field of an entry is filled, in any language."""
    if entry is None:
        return False
    return any(filled(cell.value) for key, cell in entry.cells.items() if key.partition("@")[0] == field)


def answer_entry(project: Project, question: str, subject: tuple[str, ...]) -> Entry | None:
    """The single answer of a question for a subject, where its own fields and its state by hand are kept."""
    entry = project.entry(subject[0] if question == WHO and subject else answer_id(question, subject))
    return None if entry is None or entry.removed else entry


def answered(project: Project, question: Question, subject: tuple[str, ...]) -> bool:
    """Whether one of the question's alternatives is wholly filled for this subject (the guide's own rule)."""
    return any(all(_target(project, question, subject, *target) for target in rule) for rule in question.complete)


def _target(project: Project, question: Question, subject: tuple[str, ...], part: str, field: str) -> bool:
    if not part:
        return has(answer_entry(project, question.id, subject), field)
    source, _, name = part.rpartition("/")
    if subject:
        rows = rows_of(project, source or question.id, name, subject[0])
    else:
        rows = project.rows(source or question.id, name)
    return any(has(row, field) for row in rows)


def begun(project: Project, question: Question, subject: tuple[str, ...]) -> bool:
    """Whether anything at all was answered for this subject."""
    entry = answer_entry(project, question.id, subject)
    if entry is not None and any(filled(cell.value) for key, cell in entry.cells.items() if not key.startswith("#")):
        return True
    return any(
        rows_of(project, question.id, part.id, subject[0]) if subject else project.rows(question.id, part.id)
        for part in question.lists
        if not part.store
    )


def state_of(project: Project, question: Question, subject: tuple[str, ...]) -> str:
    """The state of one question for one subject: by hand if set, else derived."""
    entry = answer_entry(project, question.id, subject)
    by_hand = {"to_confirm": CONFIRM, "to_discuss": DISCUSS, "not_applicable": VOID}
    if entry is not None and entry.state in by_hand:
        return by_hand[entry.state]
    if answered(project, question, subject):
        return ANSWERED
    return STARTED if begun(project, question, subject) else EMPTY


def progress(project: Project, question: Question) -> Progress:
    """The state of one question over all its subjects (contracts.md, « Completion »)."""
    if question.scope == "project":
        state = state_of(project, question, ())
        if state == VOID or state_of_whole(project, question) == VOID:
            return Progress(VOID)
        return Progress(state, int(state == ANSWERED), 0)
    if state_of_whole(project, question) == VOID:
        return Progress(VOID)
    if question.scope == "pair":
        return _pairs(project, question)
    subjects = [(one.id,) for one in active(project)]
    states = [_partner_state(project, question, subject) for subject in subjects]
    return _over(states)


def state_of_whole(project: Project, question: Question) -> str:
    """The state set by hand on the question itself, for all subjects at once ("" or VOID)."""
    entry = project.entry(answer_id(question.id))
    return VOID if entry is not None and entry.state == "not_applicable" else ""


def _over(states: list[str]) -> Progress:
    counted = [state for state in states if state != VOID]
    done = counted.count(ANSWERED)
    if states and not counted:
        return Progress(VOID)
    if DISCUSS in counted:
        state = DISCUSS
    elif CONFIRM in counted:
        state = CONFIRM
    elif counted and done == len(counted):
        state = ANSWERED
    else:
        state = STARTED if done or STARTED in counted else EMPTY
    return Progress(state, done, len(counted))


def _partner_state(project: Project, question: Question, subject: tuple[str, ...]) -> str:
    state = state_of(project, question, subject)
    if state == EMPTY and question.scope == "partner_or_pair":
        shared = [row for row in project.rows(question.id) if len(row.subject) == 2 and subject[0] in row.subject]
        if any(answered(project, question, row.subject) for row in shared):
            return ANSWERED
    return state


def _pairs(project: Project, question: Question) -> Progress:
    rows = [row for row in project.rows(question.id) if len(row.subject) == 2]
    found = _over([state_of(project, question, row.subject) for row in rows])
    return Progress(found.state, found.done, 0)


def open_holes(guide: Guide, view: Project) -> tuple[tuple[HoleRule, str], ...]:
    """The named holes of a public view that are open, each with the partner it concerns ("" for none)."""
    return tuple((rule, name) for rule in guide.holes for name in holes_of(guide, view, rule))


def holes_of(guide: Guide, view: Project, rule: HoleRule) -> tuple[str, ...]:
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

    def of(self, view: Project) -> tuple[tuple[HoleRule, str], ...]:
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


def _hole_filled(view: Project, rule: HoleRule, subject: tuple[str, ...]) -> bool:
    if not rule.part:
        return has(answer_entry(view, rule.question, subject), rule.field)
    rows = rows_of(view, rule.question, rule.part, subject[0]) if subject else view.rows(rule.question, rule.part)
    holds: Callable[[Entry], bool] = (lambda row: has(row, rule.field)) if rule.field else _any_field
    return any(holds(row) for row in rows)


def _any_field(row: Entry) -> bool:
    return any(filled(cell.value) for key, cell in row.cells.items() if not key.startswith("#"))


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


def next_gap(guide: Guide, project: Project, after: str = "") -> str:
    """The next question of the page that is not answered, after `after` and round to it; "" when none is left."""
    order = [question.id for step in guide.main_steps for question in step.questions]
    start = order.index(after) + 1 if after in order else 0
    for name in (*order[start:], *order[:start]):
        if progress(project, guide.question(name)).state in (EMPTY, STARTED, CONFIRM, DISCUSS):
            return name
    return ""


def waiting_partner(project: Project, question: Question, after: str) -> str:
    """The first partner behind `after` who has not answered a question asked of each; "" when there is none."""
    if question.scope not in ("partner", "partner_or_pair"):
        return ""
    known = [one.id for one in active(project)]
    behind = known[known.index(after) + 1 :] if after in known else known
    open_states = (EMPTY, STARTED, CONFIRM, DISCUSS)
    return next((one for one in behind if _partner_state(project, question, (one,)) in open_states), "")
