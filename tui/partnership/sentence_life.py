"""Tells the life of a sentence: its wordings, the decisions on it, the versions it is in, and who said yes to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.partnership.decisions import all_decisions, decided_on, sent_to
from tui.partnership.outcomes import outcomes
from tui.partnership.partners import active
from tui.partnership.positions import CONSENSUS, YES
from tui.partnership.privacy import Published
from tui.partnership.received_answers import RECEIVED, ROWS, given_entries
from tui.partnership.rounds import answers_to, rounds_about
from tui.partnership.values import Entry, HistoryEntry, Partnership, first_wording_cell, is_second_wording_cell
from tui.partnership.versions import ADOPTED, Version

# The kinds of steps.
WRITTEN, REWORDED, TRANSLATED, SET_ASIDE, RECEIVED_AS, ASKED, DECIDED, YESES, NOT_YET, DRAFT, ADOPTION, OUTCOME = (
    "written", "reworded", "translated", "set_aside", "received", "asked", "decided", "yes", "not_yet", "draft",
    "adoption", "outcome",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One step in the life of a sentence; each text is "" if it does not apply."""

    kind: str
    at: str = ""  # ISO date or moment
    text: str = ""  # the wording of that step
    by: str = ""  # who wrote it
    lang: str = ""  # "fr" or "en", for a sentence that exists in both
    entry: str = ""  # the id of the decision, answer or outcome
    version: str = ""  # the id of a version
    partners: tuple[str, ...] = ()  # the ids of the partners that said yes, or have not
    count: int = 0  # how many these are
    private: bool = False  # whether only the facilitator may see it


def sentence_life(
    partnership: Partnership,
    public: Published,
    entry: Entry,
    cells: Sequence[str],
    past: Iterable[HistoryEntry],
    versions: Sequence[Version],
    negotiated: str = "",
) -> tuple[LifeStep, ...]:
    """Return the steps in the life of the sentence in `entry`, the earliest first and today's answers last.

    `cells` are the names of the cells that hold its words, `past` is the history of the entry (oldest first),
    `versions` are the kept versions, and `negotiated` is the language in which the text was negotiated, "" if it exists
    in one language only. If the sentence is not public, every step is private.
    """
    public_entry = public.view.entry(entry.id)
    is_private = public_entry is None or not any(public_entry.get(cell) for cell in cells)
    steps_of_words = [
        *_wording_steps(entry, cells, past, negotiated),
        *_received_steps(partnership, entry.id),
        *_round_steps(partnership, entry.id, cells),
        *_decision_steps(partnership, entry.id),
        *_version_steps(entry.id, versions),
        *_outcome_steps(partnership, entry.id),
    ]
    steps = (*sorted(steps_of_words, key=lambda step: step.at), *_answer_steps(partnership, public, entry.id))
    return tuple(_as_private(step) for step in steps) if is_private else steps


def _as_private(step: LifeStep) -> LifeStep:
    return replace(step, private=True)


def _wording_steps(
    entry: Entry, cells: Sequence[str], past: Iterable[HistoryEntry], negotiated: str
) -> Iterator[LifeStep]:
    """Yield its wordings, translations, and second wordings set aside; if it has no history, today's words."""
    written = False
    for line in past:
        cell = first_wording_cell(line.cell)
        if cell not in cells:
            continue
        if is_second_wording_cell(line.cell):
            if isinstance(line.value, str) and line.value and line.new is None:
                yield LifeStep(SET_ASIDE, line.at, line.value, line.by, private=line.private)
        elif isinstance(line.new, str) and line.new:
            lang = cell.partition("@")[2] if negotiated else ""
            kind = REWORDED if written or line.value else WRITTEN
            if lang != negotiated:
                kind = TRANSLATED
            yield LifeStep(kind, line.at, line.new, line.by, lang, private=line.private)
            written = written or kind != TRANSLATED
    if not written:
        own_cells = (cell for cell in cells if not negotiated or cell.endswith(f"@{negotiated}"))
        text = next((str(entry.get(cell)) for cell in own_cells if entry.get(cell)), "")
        yield LifeStep(WRITTEN, text=text, lang=negotiated)


def _received_steps(partnership: Partnership, entry_id: str) -> Iterator[LifeStep]:
    """Yield the partners' answers (by telephone, mail or form) that its words came from; these steps are private."""
    for row in partnership.rows(RECEIVED, ROWS):
        if entry_id in given_entries(row):
            yield LifeStep(RECEIVED_AS, str(row.get("on", "")), entry=row.id, partners=row.subject, private=True)


def _round_steps(partnership: Partnership, entry_id: str, cells: Sequence[str]) -> Iterator[LifeStep]:
    """Yield the rounds about it; these steps are private, as are the answers."""
    for field in dict.fromkeys(cell.partition("@")[0] for cell in cells):
        for row in rounds_about(partnership, f"{entry_id}/{field}"):
            partners = tuple(answers_to(partnership, row))
            yield LifeStep(ASKED, decided_on(partnership, row), row.text("text", "fr"), entry=row.id,
                           partners=partners, count=len(partners), private=True)  # fmt: skip


def _decision_steps(partnership: Partnership, entry_id: str) -> Iterator[LifeStep]:
    for row in all_decisions(partnership):
        if sent_to(row)[0] == entry_id:
            yield LifeStep(DECIDED, decided_on(partnership, row), entry=row.id)


def _version_steps(entry_id: str, versions: Sequence[Version]) -> Iterator[LifeStep]:
    for version in versions:
        if entry_id in version.points:
            kind = ADOPTION if version.status == ADOPTED else DRAFT
            yield LifeStep(kind, version.at or version.date, version=version.id)


def _outcome_steps(partnership: Partnership, entry_id: str) -> Iterator[LifeStep]:
    """Yield the outcomes noted for it; these steps are private (others read them on the page « Où nous en sommes »)."""
    for row in outcomes(partnership).get(entry_id, ()):
        yield LifeStep(OUTCOME, str(row.get("on", "")), entry=row.id, private=True)


def _answer_steps(partnership: Partnership, public: Published, entry_id: str) -> Iterator[LifeStep]:
    """Yield which partners said yes to the present words, and privately which have not."""
    present_fingerprint = public.points.get(entry_id)
    if present_fingerprint is None:
        return
    yes: list[str] = []
    others: list[str] = []
    for partner in active(partnership):
        answer = public.answers.get((CONSENSUS, partner.id))
        position = partnership.entry(f"{CONSENSUS}:{partner.id}")
        seen_points = position.get("seen") if position is not None else None
        on_present_words = isinstance(seen_points, Mapping) and seen_points.get(entry_id) == present_fingerprint
        says_yes = answer is not None and answer.level in YES and entry_id not in answer.left_out
        (yes if says_yes and on_present_words else others).append(partner.id)
    if yes:
        yield LifeStep(YESES, partners=tuple(yes), count=len(yes))
    if others:
        yield LifeStep(NOT_YET, partners=tuple(others), count=len(others), private=True)


def public_part(steps: Iterable[LifeStep]) -> tuple[LifeStep, ...]:
    """Return the steps that are not private, without authors and partners."""
    return tuple(replace(step, by="", partners=()) for step in steps if not step.private)
