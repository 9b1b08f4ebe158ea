"""Handing over: the lines for whoever takes a partner's seat, and for whoever takes over the facilitating.

Every line comes from the record. The page of a seat holds the partner's own answers and what is public; that of the
facilitator what is public, and beside it each private line by itself, to be ticked one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Field, Guide, Part
from tui.partnership.answer_list import PartnerAnswer
from tui.partnership.call_sheet import promised_to
from tui.partnership.completion import answer_entry, filled
from tui.partnership.due import DueItem, due_words
from tui.partnership.field_kinds import ParseContext, format_value
from tui.partnership.meetings import HELD
from tui.partnership.outcomes import GIVEN
from tui.partnership.partner_words import may_be_told, told_entries
from tui.partnership.partners import WHO, active, find_partner, givers, people, rows_of
from tui.partnership.positions import POSITIONS, YES
from tui.partnership.privacy import Published, is_public
from tui.partnership.received_answers import TELEPHONE, questions_of, received, source_words, stands_in
from tui.partnership.values import Entry, Partnership, is_second_wording_cell
from tui.text.dates import format_date
from tui.text.separators import colon, semicolon

ANSWERED, AGREED, PROMISED, DUE, OTHERS, STANDING, PRIVATE = (
    "answered", "agreed", "promised", "due", "others", "standing", "private",
)  # fmt: skip
ADDED = "added"  # what is typed for the page itself
SEAT = (ANSWERED, AGREED, PROMISED, DUE, OTHERS, ADDED)  # the headings of the page for whoever takes a seat
FACILITATING = (STANDING, DUE, OTHERS, PRIVATE, ADDED)  # those of the page for whoever takes over the facilitating
_CONTRIBUTIONS = "open.contributions"
_UNTOLD = frozenset({"record", "reference"})  # kinds that say nothing in words


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One line of a page. `id` stays the same while what it tells of is there; `section` is its heading.

    `entry`, `field` and `question` are where it is written. A `private` line stands on no page unless it was ticked.
    """

    id: str
    section: str
    text: str
    entry: str = ""
    question: str = ""
    field: str = ""
    private: bool = False


def seat_lines(
    guide: Guide, partnership: Partnership, public: Published, items: Iterable[DueItem], partner: str, lang: str
) -> tuple[HandoverLine, ...]:
    """Return the lines for whoever takes the seat of a partner, in `lang`, by heading.

    `items` are what is due without what is private. Of the partner itself it tells what it answered in writing or had
    read back and what it said yes to; of everything else what anyone may see.
    """
    return (
        *_answered(guide, partnership, partner, lang),
        *_agreed(guide, partnership, public, partner, lang),
        *_promised(guide, public.view, partner, lang),
        *_due(guide, public.view, (item for item in items if _concerns(public.view, item, partner)), lang),
        *_others(guide, public.view, partner, lang),
    )


def facilitator_lines(
    guide: Guide,
    partnership: Partnership,
    public: Published,
    items: Iterable[DueItem],
    answers: Sequence[PartnerAnswer],
    lang: str,
) -> tuple[HandoverLine, ...]:
    """Return the lines for whoever takes over the facilitating, in `lang`: first the public ones, then the private.

    `items` are all that is due and `answers` what anyone may see of who answered.
    """
    told = [item for item in items if not item.private]
    hidden = [replace(line, section=PRIVATE, private=True)
              for line in _due(guide, partnership, (item for item in items if item.private), lang)]  # fmt: skip
    return (
        *_standing(guide, public.view, answers, lang),
        *_due(guide, public.view, told, lang),
        *_others(guide, public.view, "", lang),
        *hidden,
        *_private(guide, partnership, lang),
    )


# -- a seat ------------------------------------------------------------------------------------------------------------


def _answered(guide: Guide, partnership: Partnership, partner: str, lang: str) -> Iterator[HandoverLine]:
    """What it answered in writing, or said by telephone and confirmed, where it still stands; the last answer alone."""
    found: dict[str, HandoverLine] = {}
    for row in received(partnership, partner):
        if row.get("means", TELEPHONE) == TELEPHONE and not row.get("confirmed"):
            continue
        wanted = {entry.id for entry in stands_in(partnership, row)}
        for question in questions_of(stands_in(partnership, row)):
            for told in told_entries(guide, partnership, question, partner, lang):
                if told.entry.id in wanted:
                    text = f"{told.words} ({source_words(guide, row, lang)})"
                    found[told.entry.id] = HandoverLine(f"{ANSWERED}/{told.entry.id}", ANSWERED, text, told.entry.id,
                                                        told.entry.question)  # fmt: skip
    yield from found.values()


def _agreed(
    guide: Guide, partnership: Partnership, public: Published, partner: str, lang: str
) -> Iterator[HandoverLine]:
    """Its yeses, with a word where the text has changed since, then what it brings and has said so."""
    for question in POSITIONS:
        answer = public.answers.get((question, partner))
        entry = answer_entry(partnership, question, (partner,))
        if (
            answer is None
            or entry is None
            or answer.level not in YES
            or not may_be_told(guide, guide.question(question))
        ):
            continue
        said = f"{guide.question(question).short.get(lang)}{colon(lang)}{guide.choice('position', answer.level, lang)}"
        since = f" ({guide.word('handover_changed', lang)})" if answer.reopened else ""
        yield HandoverLine(f"{AGREED}/{entry.id}", AGREED, said + since, entry.id, question, "level")
    for row in rows_of(partnership, _CONTRIBUTIONS, "rows", partner):
        text = _in_line(row.text("text", lang))
        if text and row.get("state") in GIVEN:
            state = guide.choice("contribution_state", str(row.get("state")), lang)
            yield HandoverLine(f"{AGREED}/{row.id}", AGREED, f"{text} ({state})", row.id, _CONTRIBUTIONS, "text")


def _promised(guide: Guide, view: Partnership, partner: str, lang: str) -> Iterator[HandoverLine]:
    for row in promised_to(view, partner, lang):
        part = guide.question(row.question).part(row.part)
        assert part is not None and part.main is not None
        text = _in_line(row.text(part.main.id, lang))
        if text:
            yield HandoverLine(f"{PROMISED}/{row.id}", PROMISED, text, row.id, row.question, part.main.id)


def _concerns(view: Partnership, item: DueItem, partner: str) -> bool:
    """Return whether what is due is that partner's, or everybody's: a task belongs to who has it."""
    if item.partner:
        return item.partner == partner
    entry = view.entry(item.about)
    who = entry.get("who") if entry is not None and item.question in (HELD, "extra.points") else None
    if not isinstance(who, Mapping):
        return True
    person = view.entry(str(who.get("person", "")))
    owner = person.subject[0] if person is not None and person.subject else str(who.get("partner", ""))
    return owner == partner


def _due(guide: Guide, told: Partnership, items: Iterable[DueItem], lang: str) -> Iterator[HandoverLine]:
    for item in items:
        date = format_date(item.date, lang) if item.date else ""
        text = colon(lang).join(filter(None, (date, due_words(guide, told, item, lang))))
        yield HandoverLine(f"{DUE}/{item.id}", DUE, text, item.about, item.question, item.field)


def _others(guide: Guide, view: Partnership, partner: str, lang: str) -> Iterator[HandoverLine]:
    """Yield the other partners that may be named, with the people of theirs that may be."""
    for other in active(view):
        if other.id == partner or not other.name(lang):
            continue
        named = (", ".join(filter(None, (row.text("name", lang), row.text("title", lang))))
                 for row in people(view, other.id) if row.text("name", lang))  # fmt: skip
        text = colon(lang).join(filter(None, (other.name(lang), semicolon(lang).join(named))))
        yield HandoverLine(f"{OTHERS}/{other.id}", OTHERS, text, other.id, WHO, "name")


# -- the facilitating --------------------------------------------------------------------------------------------------


def _standing(guide: Guide, view: Partnership, answers: Sequence[PartnerAnswer], lang: str) -> Iterator[HandoverLine]:
    """Where each partner stands, as anyone may see it; one that may not be named yet is counted without its name."""
    groups = {answer.partner: answer for answer in answers}
    for partner in active(view):
        answer = groups.get(partner.id)
        status = guide.choice("status", partner.status, lang) if partner.name(lang) else ""
        group = guide.word(f"handover_{answer.group}", lang) if answer is not None else ""
        name = partner.name(lang) or guide.word("an_organisation", lang)
        text = colon(lang).join((name, semicolon(lang).join(filter(None, (status, group)))))
        yield HandoverLine(f"{STANDING}/{partner.id}", STANDING, text, partner.id, WHO, "status")


def _private(guide: Guide, partnership: Partnership, lang: str) -> Iterator[HandoverLine]:
    """Yield each private answer by itself: a row in one line, of a single answer each field."""
    reading = ParseContext(guide, partnership, lang)
    for question in guide.by_id.values():
        for part in question.parts:
            if part.store:
                continue  # a view of another question's rows: they are told there
            for entry in partnership.rows(question.id, part.id):
                fields = [field for field in part.fields if _is_hidden(guide, partnership, entry, field)]
                for told in [fields] if part.list else _apart(fields):
                    text = _values(reading, part, entry, told)
                    if text:
                        head = colon(lang).join(filter(None, (_whose(partnership, entry, lang),
                                                               question.short.get(lang))))  # fmt: skip
                        name = f"{entry.id}/{'' if part.list else told[0].id}"
                        yield HandoverLine(f"{PRIVATE}/{name}", PRIVATE, f"{head} – {text}", entry.id, question.id,
                                           told[0].id, private=True)  # fmt: skip


def _apart(fields: Sequence[Field]) -> list[list[Field]]:
    """Return each field of a single answer by itself; the date of a note goes with its words."""
    main = next((field for field in fields if field.main), None)
    dates = [field for field in fields if main is not None and field.kind == "date"]
    return [[field, *dates] if field is main else [field] for field in fields if field not in dates]


def _is_hidden(guide: Guide, partnership: Partnership, entry: Entry, field: Field) -> bool:
    """Return whether a field of an entry says something in words that no public page may hold."""
    if field.hidden or field.kind in _UNTOLD:
        return False
    cells = [name for name in entry.cells if name.partition("@")[0] == field.id and not is_second_wording_cell(name)]
    return any(not is_public(guide, partnership, entry, name) for name in cells)


def _values(reading: ParseContext, part: Part, entry: Entry, fields: Sequence[Field]) -> str:
    found = []
    for field in fields:
        value = entry.text(field.id, reading.lang) if field.translatable else entry.get(field.id)
        if filled(value):
            said = _in_line(str(value if field.translatable else format_value(reading, field, value)))
            bare = field.main or (len(fields) == 1 and not part.list)
            found.append(said if bare else field.label.get(reading.lang) + colon(reading.lang) + said)
    return semicolon(reading.lang).join(found)


def _whose(partnership: Partnership, entry: Entry, lang: str) -> str:
    found = (find_partner(partnership, name) for name in givers(entry))
    return ", ".join(partner.short(lang) for partner in found if partner is not None and partner.short(lang))


def _in_line(text: str) -> str:
    return " ".join(text.split())
