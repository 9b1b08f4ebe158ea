"""The life of a sentence: when it was written and worded anew, what decided it, who said yes to it, where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.partnership.decisions import all_decisions, decided_on, sent_to
from tui.partnership.outcomes import outcomes
from tui.partnership.partners import active
from tui.partnership.positions import CONSENSUS, UNSAID, YES
from tui.partnership.privacy import Published
from tui.partnership.received_answers import RECEIVED, ROWS, given_entries
from tui.partnership.rounds import answers_to, rounds_about
from tui.partnership.values import Entry, HistoryEntry, Partnership, first_wording_cell, is_second_wording_cell
from tui.partnership.versions import ADOPTED, Version

WRITTEN, REWORDED, TRANSLATED, SET_ASIDE, RECEIVED_AS, ASKED, DECIDED, YESES, NOT_YET, DRAFT, ADOPTION, OUTCOME = (
    "written", "reworded", "translated", "set_aside", "received", "asked", "decided", "yes", "not_yet", "draft",
    "adoption", "outcome",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LifeStep:
    """One step in the life of a sentence.

    `at` is an ISO date or moment ("" where nothing tells it), `text` the wording that came, `by` who wrote it, `lang`
    ("fr", "en") the language of a text that stands in both, `entry` the row that tells of it (a decision, an answer,
    an outcome) and `version` the id of a version. `partners` are those who said yes to the present words, or have not,
    and `count` how many. `private` is what only the facilitator sees.
    """

    kind: str
    at: str = ""
    text: str = ""
    by: str = ""
    lang: str = ""
    entry: str = ""
    version: str = ""
    partners: tuple[str, ...] = ()
    count: int = 0
    private: bool = False


def sentence_life(
    partnership: Partnership,
    public: Published,
    entry: Entry,
    cells: Sequence[str],
    past: Iterable[HistoryEntry],
    versions: Sequence[Version],
    negotiated: str = "",
) -> tuple[LifeStep, ...]:
    """Return the steps in the life of the sentence that `entry` is, the earliest first and today's answers last.

    `cells` are the names of the cells that hold its words, `past` the history of the entry (oldest first), and
    `versions` those kept. `negotiated` ("fr", "en") is the language that a text of both was negotiated in. Of a
    sentence that is not public every step is private.
    """
    told = public.view.entry(entry.id)
    hidden = told is None or not any(told.get(cell) for cell in cells)
    found = [
        *_wordings(entry, cells, past, negotiated),
        *_received(partnership, entry.id),
        *_asked(partnership, entry.id, cells),
        *_decided(partnership, entry.id),
        *_in_versions(entry.id, versions),
        *_came_of(partnership, entry.id),
    ]
    steps = (*sorted(found, key=lambda step: step.at), *_answers(partnership, public, entry.id))
    return tuple(_as_private(step) for step in steps) if hidden else steps


def _as_private(step: LifeStep) -> LifeStep:
    return replace(step, private=True)


def _wordings(entry: Entry, cells: Sequence[str], past: Iterable[HistoryEntry], negotiated: str) -> Iterator[LifeStep]:
    """The texts it has had, the translation as such, and what was set aside; of an old one only that it stands."""
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
            kind = TRANSLATED if lang != negotiated else REWORDED if written or line.value else WRITTEN
            yield LifeStep(kind, line.at, line.new, line.by, lang, private=line.private)
            written = written or kind != TRANSLATED
    if not written:
        own = (cell for cell in cells if not negotiated or cell.endswith(f"@{negotiated}"))
        text = next((str(entry.get(cell)) for cell in own if entry.get(cell)), "")
        yield LifeStep(WRITTEN, text=text, lang=negotiated)


def _received(partnership: Partnership, entry_id: str) -> Iterator[LifeStep]:
    """The answers of partners, by telephone, mail or form, that it was taken from: that there was one is private."""
    for row in partnership.rows(RECEIVED, ROWS):
        if entry_id in given_entries(row):
            yield LifeStep(RECEIVED_AS, str(row.get("on", "")), entry=row.id, partners=row.subject, private=True)


def _asked(partnership: Partnership, entry_id: str, cells: Sequence[str]) -> Iterator[LifeStep]:
    """Yield the rounds on one of its wordings: what each partner said of it is private."""
    for field in dict.fromkeys(cell.partition("@")[0] for cell in cells):
        for row in rounds_about(partnership, f"{entry_id}/{field}"):
            partners = tuple(answers_to(partnership, row))
            yield LifeStep(ASKED, decided_on(partnership, row), row.text("text", "fr"), entry=row.id,
                           partners=partners, count=len(partners), private=True)  # fmt: skip


def _decided(partnership: Partnership, entry_id: str) -> Iterator[LifeStep]:
    for row in all_decisions(partnership):
        if sent_to(row)[0] == entry_id:
            yield LifeStep(DECIDED, decided_on(partnership, row), entry=row.id)


def _in_versions(entry_id: str, versions: Sequence[Version]) -> Iterator[LifeStep]:
    for version in versions:
        if entry_id in version.points:
            kind = ADOPTION if version.status == ADOPTED else DRAFT
            yield LifeStep(kind, version.at or version.date, version=version.id)


def _came_of(partnership: Partnership, entry_id: str) -> Iterator[LifeStep]:
    """What came of a promise is the facilitator's: it is told to others by the yearly page."""
    for row in outcomes(partnership).get(entry_id, ()):
        yield LifeStep(OUTCOME, str(row.get("on", "")), entry=row.id, private=True)


def _answers(partnership: Partnership, public: Published, entry_id: str) -> Iterator[LifeStep]:
    """Who said yes to the words as they stand, then who has not. Whose yes it is stays private, not how many."""
    now = public.points.get(entry_id)
    if now is None:
        return
    yes: list[str] = []
    others: list[str] = []
    for partner in active(partnership):
        answer = public.answers.get((CONSENSUS, partner.id))
        position = partnership.entry(f"{CONSENSUS}:{partner.id}")
        seen = position.get("seen") if position is not None else None
        same = isinstance(seen, Mapping) and seen.get(entry_id) == now
        given = answer is not None and answer.level not in UNSAID
        agreed = given and answer is not None and answer.level in YES and same and entry_id not in answer.left_out
        (yes if agreed else others).append(partner.id)
    if yes:
        yield LifeStep(YESES, partners=tuple(yes), count=len(yes))
    if others:
        yield LifeStep(NOT_YET, partners=tuple(others), count=len(others), private=True)


def public_part(steps: Iterable[LifeStep]) -> tuple[LifeStep, ...]:
    """Return the steps that a room may see, without who wrote them and whose yes it is."""
    return tuple(replace(step, by="", partners=()) for step in steps if not step.private)
