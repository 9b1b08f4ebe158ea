"""The answers that partners gave: from whom each comes, when and by which means, and whether it was confirmed since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tui.guide.guide_types import Guide
from tui.partnership.completion import single_entry
from tui.partnership.partners import WHO
from tui.partnership.positions import digest
from tui.partnership.record_cells import record_of
from tui.partnership.values import ORDER, STATE, Change, Entry, Partnership, order_behind
from tui.text.dates import format_on

RECEIVED, ROWS = "note.answers", "rows"  # the private question whose rows say which answer came from whom
SETTLED, ENTRIES = "settled", "entries"  # its records: what was decided of each answer, and the entries it went to
TAKEN, REFUSED, ASIDE, ARTICLE = "taken", "refused", "aside", "article"  # … which is one of these
TO_CONFIRM = "to_confirm"  # the mark of an answer that its partner has yet to confirm
TELEPHONE, MAIL, WORD, PAGE = "telephone", "mail", "word", "page"  # codes of choices.toml [answer_means]


def received(partnership: Partnership, partner: str) -> tuple[Entry, ...]:
    """Return the rows that note the answers of a partner, in the order in which they came."""
    return partnership.rows(RECEIVED, ROWS, (partner,))


def state_entry(partnership: Partnership, question: str, partner: str) -> Entry:
    """Return the entry that bears the mark of a partner's answer to a question."""
    return single_entry(partnership, question, (partner,))


def words_digest(entry: Entry) -> str:
    """Return a mark of what an answer says, 32 hexadecimal digits: it tells whether it was changed since."""
    said = {name: cell.value for name, cell in entry.cells.items() if name[:1] != "#" and cell.value is not None}
    return digest([entry.removed, said])


def noted_changes(partnership: Partnership, row: str, partner: str, fields: Mapping[str, object]) -> Iterator[Change]:
    """Yield the changes that note an answer of a partner under the id `row`; `fields` are cells of its row."""
    known = partnership.entry(row)
    cells = dict(fields)
    if known is None:
        cells = {ORDER: order_behind(partnership, RECEIVED, ROWS), **cells}
    for cell, value in cells.items():
        yield Change(row, RECEIVED, cell, value, ROWS, (partner,))


def given_entries(row: Entry) -> Mapping[str, object]:
    """Return the entries that an answer went to, each with the mark of what it said then."""
    return record_of(row, ENTRIES)


def stands_in(partnership: Partnership, row: Entry) -> tuple[Entry, ...]:
    """Return the entries that still say what an answer of a partner said."""
    found = (partnership.entry(name) for name in given_entries(row))
    marks = given_entries(row)
    return tuple(entry for entry in found if entry is not None and words_digest(entry) == marks[entry.id])


def source_row(partnership: Partnership, entries: Iterable[str], partner: str) -> Entry | None:
    """Return the last answer of a partner that one of these entries still says; None where nothing tells."""
    wanted = frozenset(entries)
    for row in reversed(received(partnership, partner)):
        if any(entry.id in wanted for entry in stands_in(partnership, row)):
            return row
    return None


def source_words(guide: Guide, row: Entry, lang: str) -> str:
    """« dit au téléphone par Solange Viau, noté par Marie, le 22 novembre 2026 »: where an answer comes from."""
    said = guide.word(f"answer_{row.get('means', TELEPHONE)}", lang)
    if row.get("said_by"):
        said = guide.word("answer_by", lang, said=said, name=row.get("said_by"))
    noted = guide.word("answer_noted_by", lang, name=row.get("noted_by")) if row.get("noted_by") else ""
    on = format_on(str(row.get("on", "")), lang) if row.get("on") else ""
    return ", ".join(filter(None, (said, noted, on)))


def questions_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the questions that these entries answer, each once, in their order."""
    return tuple(dict.fromkeys(entry.question for entry in entries))


def unconfirmed(partnership: Partnership, partner: str) -> tuple[Entry, ...]:
    """Return the answers of a partner that stand as they were noted, and wait to be confirmed."""
    found = []
    for row in received(partnership, partner):
        marked = (
            state_entry(partnership, name, partner).state == TO_CONFIRM
            for name in questions_of(stands_in(partnership, row))
        )
        if not row.get("confirmed") and any(marked):
            found.append(row)
    return tuple(found)


def noted_by_telephone(partnership: Partnership, partner: str) -> tuple[Entry, ...]:
    """Return what a partner said by telephone and has yet to confirm, in the order in which it was noted."""
    return tuple(row for row in unconfirmed(partnership, partner) if row.get("means") == TELEPHONE)


def confirmed_changes(partnership: Partnership, row: Entry, day: str) -> tuple[Change, ...]:
    """Return the changes by which a partner confirmed an answer on an ISO day: its marks go where it still stands."""
    partner = row.subject[0]
    changes = [Change(row.id, RECEIVED, "confirmed", day, ROWS, row.subject)]
    for name in questions_of(stands_in(partnership, row)):
        entry = state_entry(partnership, name, partner)
        if entry.state == TO_CONFIRM:
            changes.append(Change(entry.id, name, STATE, None, "", entry.subject))
    return tuple(changes)


def to_confirm_changes(partnership: Partnership, partner: str, questions: Iterable[str]) -> Iterator[Change]:
    """Yield the changes that mark a partner's answers to these questions as to be confirmed."""
    for name in questions:
        entry = state_entry(partnership, name, partner)
        subject = (partner,) if name == WHO else entry.subject
        yield Change(entry.id, name, STATE, TO_CONFIRM, "", subject)
