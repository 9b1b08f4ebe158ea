"""How far the work is: the state of each question, for one subject and for all its subjects.

A subject is a tuple of partner ids: () for the partnership, one id for a partner, two for a pair of partners.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide, Question
from tui.partnership.newest import Newest
from tui.partnership.partners import WHO, WHOLE, active, active_ids, rows_of
from tui.partnership.values import STATE, Entry, Partnership, answer_id

# The states of a question; the last three are set by hand: to be confirmed, to be discussed, not applicable (void).
EMPTY, STARTED, ANSWERED, CONFIRM, DISCUSS, VOID = "empty", "started", "answered", "confirm", "discuss", "void"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one question is."""

    state: str  # one of the states above
    done: int = 0  # how many subjects have answered
    total: int = 0  # how many are asked; 0 if that number is open, as for pairs


def is_filled(value: object) -> bool:
    """Return whether a cell's value answers anything.

    A blank text, an empty list, an unticked box and words that were not understood ({"typed": …}) do not.
    """
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Mapping):
        return "typed" not in value and any(is_filled(item) for item in value.values())
    return bool(value) or (isinstance(value, (int, float)) and not isinstance(value, bool))


def has_field(entry: Entry | None, field: str) -> bool:
    """Return whether a field of an entry is filled, in any language; False for no entry."""
    if entry is None:
        return False
    return any(is_filled(cell.value) for key, cell in entry.cells.items() if key.partition("@")[0] == field)


def answer_entry(partnership: Partnership, question: str, subject: tuple[str, ...]) -> Entry | None:
    """Return the entry with the single answer of a question and the state set by hand; None if there is none."""
    entry = partnership.entry(subject[0] if question == WHO and subject else answer_id(question, subject))
    return None if entry is None or entry.removed else entry


def single_entry(partnership: Partnership, question: str, subject: tuple[str, ...]) -> Entry:
    """Return the entry of a single answer, or an empty one with its id if it does not exist yet."""
    entry_id = subject[0] if question == WHO and subject else answer_id(question, subject)
    return partnership.entry(entry_id) or Entry(entry_id, question, "", subject)


def is_answered(partnership: Partnership, question: Question, subject: tuple[str, ...]) -> bool:
    """Return whether all fields of one alternative of `question.complete` are filled for this subject."""
    return any(
        all(_is_target_filled(partnership, question, subject, *target) for target in rule) for rule in question.complete
    )


def _is_target_filled(
    partnership: Partnership, question: Question, subject: tuple[str, ...], part: str, field: str
) -> bool:
    """Return whether a field is filled, for a list in at least one row; `part` may be "question id/part id"."""
    if not part:
        return has_field(answer_entry(partnership, question.id, subject), field)
    source, _slash, name = part.rpartition("/")
    if subject:
        rows = rows_of(partnership, source or question.id, name, subject[0])
    else:
        rows = partnership.rows(source or question.id, name)
    return any(has_field(row, field) for row in rows)


def has_any_answer(partnership: Partnership, question: Question, subject: tuple[str, ...]) -> bool:
    """Return whether anything at all was answered for this subject."""
    entry = answer_entry(partnership, question.id, subject)
    if entry is not None and any(is_filled(cell.value) for key, cell in entry.cells.items() if not key.startswith("#")):
        return True
    return any(
        rows_of(partnership, question.id, part.id, subject[0]) if subject else partnership.rows(question.id, part.id)
        for part in question.lists
        if not part.store
    )


def state_of(partnership: Partnership, question: Question, subject: tuple[str, ...]) -> str:
    """Return the state of one question for one subject: by hand if set, else derived."""
    entry = answer_entry(partnership, question.id, subject)
    by_hand = {"to_confirm": CONFIRM, "to_discuss": DISCUSS, "not_applicable": VOID}
    if entry is not None and entry.state in by_hand:
        return by_hand[entry.state]
    if is_answered(partnership, question, subject):
        return ANSWERED
    return STARTED if has_any_answer(partnership, question, subject) else EMPTY


def progress(partnership: Partnership, question: Question) -> Progress:
    """Return the state of one question over all its subjects (contracts.md, « Completion »)."""
    if is_void(partnership, question, ()):
        return Progress(VOID)
    if question.scope == "project":
        state = state_of(partnership, question, ())
        return Progress(state, int(state == ANSWERED))
    if question.scope == "pair":
        return _progress_of_pairs(partnership, question)
    subjects = [(partner.id,) for partner in active(partnership)]
    states = [partner_state(partnership, question, subject) for subject in subjects]
    return _progress_over(states)


def unanswered(partnership: Partnership, question: Question) -> tuple[str, ...]:
    """Return the ids of the active partners that have not answered a question of each partner; void ones are not."""
    partner_ids = active_ids(partnership)
    return tuple(
        partner_id
        for partner_id in partner_ids
        if state_of(partnership, question, (partner_id,)) not in (ANSWERED, VOID)
    )


class ProgressCache:
    """Keeps the progress of the questions while a partnership changes, and counts again only where cells changed."""

    def __init__(self, guide: Guide) -> None:
        """`guide` holds the questions."""
        self._parts_read = {question.id: parts_read(question) for question in guide.by_id.values()}
        self._cache = Newest[Progress]()
        self._unanswered = Newest[tuple[str, ...]]()

    def of(self, partnership: Partnership, question: Question) -> Progress:
        """Return what `progress` returns."""
        made_from = (active_ids(partnership), *map(partnership.by_part.get, self._parts_read[question.id]))
        return self._cache.of(question.id, made_from, partial(progress, partnership, question))

    def unanswered(self, partnership: Partnership, question: Question) -> tuple[str, ...]:
        """Return what `unanswered` returns."""
        made_from = (active_ids(partnership), *map(partnership.by_part.get, self._parts_read[question.id]))
        return self._unanswered.of(question.id, made_from, partial(unanswered, partnership, question))


def parts_read(question: Question) -> tuple[tuple[str, str], ...]:
    """Return the (question id, part id) of all parts on which the progress of a question depends."""
    own = [(question.id, ""), (question.id, WHOLE), *((question.id, part.id) for part in question.parts)]
    paths = (part.rpartition("/") for alternative in question.complete for part, _field in alternative if part)
    return tuple(dict.fromkeys((*own, *((source or question.id, name) for source, _slash, name in paths))))


def is_void(partnership: Partnership, question: Question, subject: tuple[str, ...]) -> bool:
    """Return whether a question was marked as not applicable to a subject; with (), to all its subjects at once."""
    entry = answer_entry(partnership, question.id, subject)
    return entry is not None and entry.state == "not_applicable"


def has_void(partnership: Partnership) -> bool:
    """Return whether any question is marked as not applicable; if not, callers need not ask `is_void` of each."""
    result: bool | None = partnership.derived.get("has_void")
    if result is None:
        with_state = (entry for entry in partnership.entries.values() if STATE in entry.cells)
        result = partnership.derived["has_void"] = any(entry.state == "not_applicable" for entry in with_state)
    return result


def is_void_for_all(partnership: Partnership, question: Question) -> bool:
    """Return whether a question is not applicable to any of its subjects, without reading their answers."""
    if is_void(partnership, question, ()):
        return True
    if question.scope == "project":
        return False
    subjects: list[tuple[str, ...]] = [(partner.id,) for partner in active(partnership)]
    if question.scope == "pair":
        subjects = [row.subject for row in partnership.rows(question.id) if len(row.subject) == 2]
    return bool(subjects) and all(is_void(partnership, question, subject) for subject in subjects)


def _progress_over(states: list[str]) -> Progress:
    """Return the progress of a question from the states of its subjects; VOID ones are not counted."""
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


def partner_state(partnership: Partnership, question: Question, subject: tuple[str, ...]) -> str:
    """Return the state of a question for one partner; an answer that it shares in a pair counts as its answer."""
    state = state_of(partnership, question, subject)
    if state == EMPTY and question.scope == "partner_or_pair":
        shared = [row for row in partnership.rows(question.id) if len(row.subject) == 2 and subject[0] in row.subject]
        if any(is_answered(partnership, question, row.subject) for row in shared):
            return ANSWERED
    return state


def _progress_of_pairs(partnership: Partnership, question: Question) -> Progress:
    """Return the progress over the pairs that have an answer, since the number of pairs to ask is open."""
    rows = [row for row in partnership.rows(question.id) if len(row.subject) == 2]
    over_rows = _progress_over([state_of(partnership, question, row.subject) for row in rows])
    return Progress(over_rows.state, over_rows.done, 0)


def next_unanswered(guide: Guide, partnership: Partnership, after: str = "") -> str:
    """Return the id of the next question of the guide's page that is not answered, "" if none is left.

    The search begins after the question `after`, and goes on from the first question up to it.
    """
    order = [question.id for step in guide.main_steps for question in step.questions]
    start = order.index(after) + 1 if after in order else 0
    for question_id in (*order[start:], *order[:start]):
        if progress(partnership, guide.question(question_id)).state in (EMPTY, STARTED, CONFIRM, DISCUSS):
            return question_id
    return ""


def waiting_partner(partnership: Partnership, question: Question, after: str) -> str:
    """Return the id of the first partner after the partner `after` that has not answered a question; "" for none."""
    if question.scope not in ("partner", "partner_or_pair"):
        return ""
    ids = [partner.id for partner in active(partnership)]
    following = ids[ids.index(after) + 1 :] if after in ids else ids
    open_states = (EMPTY, STARTED, CONFIRM, DISCUSS)
    return next(
        (partner_id for partner_id in following if partner_state(partnership, question, (partner_id,)) in open_states),
        "",
    )


def answered_count(guide: Guide, progress_of: Callable[[Question], Progress]) -> tuple[int, int]:
    """Return (questions of the guide's page that are answered by all or not applicable, all its questions)."""
    asked = [question for step in guide.main_steps for question in step.questions]
    return sum(progress_of(question).state in (ANSWERED, VOID) for question in asked), len(asked)
