"""Sending a draft, as far as the partnership tells: who can be written to, what stays behind, who saw which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tui.guide.types import Guide
from tui.project.completion import filled
from tui.project.ids import order_between
from tui.project.partners import active, people
from tui.project.privacy import is_public
from tui.project.values import ORDER, Change, Entry, Project
from tui.quick import dataclass
from tui.text.dates import format_date

SENT = "note.sent"  # the private question whose rows say what went to whom


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone who can be written to: a partner's person with an e-mail address."""

    partner: str
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Private answers of one kind: how many stay behind, and the question they answer. Never their text."""

    question: str
    count: int


@dataclass(frozen=True, slots=True)
class Letter:
    """A cover letter in the document's language."""

    subject: str
    body: str


def contacts(project: Project, lang: str) -> tuple[Contact, ...]:
    """The people of active partners who have an address, in order; those who are accountable or sign come first."""
    found = []
    for one in active(project):
        rows = [row for row in people(project, one.id) if "@" in row.text("email", lang)]
        rows.sort(key=lambda row: not (row.get("accountable") or row.get("signs")))
        found += [Contact(one.id, row.text("name", lang), row.text("email", lang).strip()) for row in rows]
    return tuple(found)


def left_out(guide: Guide, project: Project) -> tuple[LeftOut, ...]:
    """How many answers hold something private, by question in the order of the page; texts are never given."""
    counts: dict[str, int] = {}
    for entry in project.entries.values():
        if (
            entry.stands
            and entry.question in guide.by_id
            and entry.question != SENT
            and _holds_private(guide, project, entry)
        ):
            counts[entry.question] = counts.get(entry.question, 0) + 1
    return tuple(LeftOut(name, counts[name]) for name in guide.by_id if name in counts)


def _holds_private(guide: Guide, project: Project, entry: Entry) -> bool:
    hidden = {field.id for part in guide.question(entry.question).parts for field in part.fields if field.hidden}
    return any(
        key[:1] != "#" and key not in hidden and filled(cell.value) and not is_public(guide, project, entry, key)
        for key, cell in entry.cells.items()
    )


def letter(guide: Guide, lang: str, *, kind: str, title: str, version: str, draft: bool, answer_by: str = "") -> Letter:
    """The cover letter: what is attached, what is asked, by when. `answer_by` is an ISO date or ""."""
    attached = guide.word("letter_attached", lang, title=title, version=version)
    lines = [guide.word("letter_hello", lang), attached]
    if draft:
        lines.append(guide.word("letter_draft", lang))
    lines.append(guide.word("letter_ask", lang))
    if answer_by:
        by = "letter_by" if len(answer_by) > len("2026-12") else "letter_by_about"  # a month or a year has no « le »
        lines.append(guide.word(by, lang, date=format_date(answer_by, lang)))
    lines.append(guide.word("letter_bye", lang))
    subject = guide.word("letter_subject", lang, kind=kind, title=title, version=version)
    return Letter(subject, "\n\n".join(lines) + "\n")


def sendings(project: Project) -> tuple[Entry, ...]:
    """What was sent, in the order of sending."""
    return project.rows(SENT, "rows")


def last_sent_to(project: Project, partner: str) -> Entry | None:
    """The last draft that went to a partner, None when none did."""
    return next((row for row in reversed(sendings(project)) if partner in row.givers), None)


def words_seen(project: Project, now: Mapping[str, str], partner: str) -> Mapping[str, str]:
    """The points a partner answers on: those of the draft it was sent last, else the text as it stands (`now`).

    An answer given before everyone, on today's text, is said to be so by hand (tui.desk.answers).
    """
    row = last_sent_to(project, partner)
    seen = row.get("seen") if row is not None else None
    return seen if isinstance(seen, Mapping) else now


def noted(project: Project, name: str, fields: Mapping[str, object]) -> Iterator[Change]:
    """The changes that note one sending under the id `name`, behind the others."""
    last = max((row.order for row in sendings(project)), default="")
    for cell, value in {ORDER: order_between(last, ""), **fields}.items():
        yield Change(name, SENT, cell, value, "rows")
