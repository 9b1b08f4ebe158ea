"""Notes of how partners gave their answers: who said it, when, by which means, and whether they confirmed it since.

Each note is a row of the private question RECEIVED. It keeps the entries that the answer went into, each with a digest
of its words, so that a later change of the entry is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tui.guide.guide_types import Guide
from tui.partnership.completion import single_entry
from tui.partnership.partners import WHO
from tui.partnership.positions import digest
from tui.partnership.record_cells import record_of
from tui.partnership.values import ORDER, STATE, Change, Entry, Partnership, order_behind
from tui.text.dates import format_on

RECEIVED, ROWS = "note.answers", "rows"
SETTLED, ENTRIES = "settled", "entries"  # records of a note: what was decided on each answer; its entries and digests
TAKEN, REFUSED, ASIDE, ARTICLE = "taken", "refused", "aside", "article"  # the values of SETTLED
TO_CONFIRM = "to_confirm"  # the state of an answer that its partner has yet to confirm
TELEPHONE, MAIL, WORD, PAGE = "telephone", "mail", "word", "page"  # codes of choices.toml [answer_means]


def received_notes(partnership: Partnership, partner: str) -> tuple[Entry, ...]:
    """Return the notes of a partner's answers, in the order in which these came."""
    return partnership.rows(RECEIVED, ROWS, (partner,))


def state_entry(partnership: Partnership, question: str, partner: str) -> Entry:
    """Return the entry that holds the state of a partner's answer to a question."""
    return single_entry(partnership, question, (partner,))


def words_digest(entry: Entry) -> str:
    """Return the digest of the words of an entry, 32 hexadecimal digits, to tell later whether it was changed."""
    values = {name: cell.value for name, cell in entry.cells.items() if name[:1] != "#" and cell.value is not None}
    return digest([entry.removed, values])


def noted_changes(partnership: Partnership, row: str, partner: str, fields: Mapping[str, object]) -> Iterator[Change]:
    """Yield the changes that set `fields` in the note with the id `row`, which is added if it does not exist."""
    note = partnership.entry(row)
    cells = dict(fields)
    if note is None:
        cells = {ORDER: order_behind(partnership, RECEIVED, ROWS), **cells}
    for cell, value in cells.items():
        yield Change(row, RECEIVED, cell, value, ROWS, (partner,))


def given_entries(row: Entry) -> Mapping[str, object]:
    """Return by id the entries that an answer went into, with the digest of their words at that time."""
    return record_of(row, ENTRIES)


def unchanged_entries(partnership: Partnership, row: Entry) -> tuple[Entry, ...]:
    """Return the entries that still have the words that the answer noted in `row` gave them."""
    digests = given_entries(row)
    entries = (partnership.entry(entry_id) for entry_id in digests)
    return tuple(entry for entry in entries if entry is not None and words_digest(entry) == digests[entry.id])


def source_row(partnership: Partnership, entries: Iterable[str], partner: str) -> Entry | None:
    """Return the note of the last answer from which one of these entries (ids) has its words; None if there is none."""
    wanted = frozenset(entries)
    for row in reversed(received_notes(partnership, partner)):
        if any(entry.id in wanted for entry in unchanged_entries(partnership, row)):
            return row
    return None


def source_words(guide: Guide, row: Entry, lang: str) -> str:
    """Return the source of an answer: « dit au téléphone par Solange Viau, noté par Marie, le 22 novembre 2026 »."""
    source = guide.word(f"answer_{row.get('means', TELEPHONE)}", lang)
    if row.get("said_by"):
        source = guide.word("answer_by", lang, said=source, name=row.get("said_by"))
    noted = guide.word("answer_noted_by", lang, name=row.get("noted_by")) if row.get("noted_by") else ""
    on = format_on(str(row.get("on", "")), lang) if row.get("on") else ""
    return ", ".join(filter(None, (source, noted, on)))


def questions_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Return the ids of the questions that these entries answer, each once, in their order."""
    return tuple(dict.fromkeys(entry.question for entry in entries))


def unconfirmed_notes(partnership: Partnership, partner: str) -> tuple[Entry, ...]:
    """Return the notes of a partner's answers that are unchanged since, and that it has yet to confirm."""
    notes = []
    for row in received_notes(partnership, partner):
        is_to_confirm = (
            state_entry(partnership, question_id, partner).state == TO_CONFIRM
            for question_id in questions_of(unchanged_entries(partnership, row))
        )
        if not row.get("confirmed") and any(is_to_confirm):
            notes.append(row)
    return tuple(notes)


def noted_by_telephone(partnership: Partnership, partner: str) -> tuple[Entry, ...]:
    """Return the notes of what a partner said by telephone and has yet to confirm, oldest first."""
    return tuple(row for row in unconfirmed_notes(partnership, partner) if row.get("means") == TELEPHONE)


def confirmed_changes(partnership: Partnership, row: Entry, day: str) -> tuple[Change, ...]:
    """Return the changes that note that a partner confirmed an answer on an ISO day.

    The state TO_CONFIRM is removed from the questions whose entries still have its words.
    """
    partner = row.subject[0]
    changes = [Change(row.id, RECEIVED, "confirmed", day, ROWS, row.subject)]
    for question_id in questions_of(unchanged_entries(partnership, row)):
        entry = state_entry(partnership, question_id, partner)
        if entry.state == TO_CONFIRM:
            changes.append(Change(entry.id, question_id, STATE, None, "", entry.subject))
    return tuple(changes)


def to_confirm_changes(partnership: Partnership, partner: str, questions: Iterable[str]) -> Iterator[Change]:
    """Yield the changes that mark a partner's answers to these questions (ids) as to be confirmed."""
    for question_id in questions:
        entry = state_entry(partnership, question_id, partner)
        subject = (partner,) if question_id == WHO else entry.subject
        yield Change(entry.id, question_id, STATE, TO_CONFIRM, "", subject)
