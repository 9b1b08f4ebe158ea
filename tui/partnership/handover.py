"""Makes the lines of the pages for a successor: one who takes a partner's seat, or one who takes over the facilitating.

The page for a seat holds the partner's own answers and what is public. The page for a facilitator holds what is public,
and those private lines that the user ticks one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Field, Guide, Part
from tui.partnership.answer_list import PartnerAnswer
from tui.partnership.call_sheet import promised_to
from tui.partnership.completion import answer_entry, is_filled
from tui.partnership.due import DueItem, due_words
from tui.partnership.field_kinds import ParseContext, format_value
from tui.partnership.meetings import HELD
from tui.partnership.outcomes import GIVEN
from tui.partnership.partner_words import may_be_shown_to_partner, own_answers
from tui.partnership.partners import WHO, active, find_partner, givers, people, rows_of
from tui.partnership.positions import POSITIONS, YES
from tui.partnership.privacy import Published, is_public
from tui.partnership.received_answers import TELEPHONE, questions_of, received_notes, source_words, unchanged_entries
from tui.partnership.values import Entry, Partnership
from tui.text.dates import format_date
from tui.text.separators import colon, semicolon

ANSWERED, AGREED, PROMISED, DUE, OTHERS, STANDING, PRIVATE = (
    "answered", "agreed", "promised", "due", "others", "standing", "private",
)  # fmt: skip
ADDED = "added"  # what is typed for the page itself
SEAT = (ANSWERED, AGREED, PROMISED, DUE, OTHERS, ADDED)  # the sections of the page for a seat, in their order
FACILITATING = (STANDING, DUE, OTHERS, PRIVATE, ADDED)  # those of the page for the facilitating
_CONTRIBUTIONS = "open.contributions"
_WORDLESS = frozenset({"record", "reference"})  # kinds of field whose values are no words


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One line of a page."""

    id: str  # the same as long as the answer exists that it comes from
    section: str  # one of SEAT or FACILITATING
    text: str
    entry: str = ""  # with `question` and `field`: where it comes from
    question: str = ""
    field: str = ""
    private: bool = False  # whether it is printed only if it was ticked


def seat_lines(
    guide: Guide, partnership: Partnership, public: Published, items: Iterable[DueItem], partner: str, lang: str
) -> tuple[HandoverLine, ...]:
    """Return the lines for the successor of a partner (id), in `lang`, section by section.

    They say what the partner answered in writing or confirmed, and what it said yes to; everything else is public.
    `items` are the due items without private ones.
    """
    return (
        *_answered_lines(guide, partnership, partner, lang),
        *_agreed_lines(guide, partnership, public, partner, lang),
        *_promised_lines(guide, public.view, partner, lang),
        *_due_lines(guide, public.view, (item for item in items if _concerns(public.view, item, partner)), lang),
        *_other_partner_lines(guide, public.view, partner, lang),
    )


def facilitator_lines(
    guide: Guide,
    partnership: Partnership,
    public: Published,
    items: Iterable[DueItem],
    answers: Sequence[PartnerAnswer],
    lang: str,
) -> tuple[HandoverLine, ...]:
    """Return the lines for the next facilitator, in `lang`: first the public ones, then the private ones.

    `items` are all due items, `answers` what anyone may see of who answered.
    """
    public_items = [item for item in items if not item.private]
    private_items = (item for item in items if item.private)
    private_due = [
        replace(line, section=PRIVATE, private=True) for line in _due_lines(guide, partnership, private_items, lang)
    ]
    return (
        *_progress_lines(guide, public.view, answers, lang),
        *_due_lines(guide, public.view, public_items, lang),
        *_other_partner_lines(guide, public.view, "", lang),
        *private_due,
        *_private_lines(guide, partnership, lang),
    )


# -- a seat ------------------------------------------------------------------------------------------------------------


def _answered_lines(guide: Guide, partnership: Partnership, partner: str, lang: str) -> Iterator[HandoverLine]:
    """Yield the answers that the partner gave in writing, or by telephone and confirmed, as far as they still hold."""
    lines: dict[str, HandoverLine] = {}  # by entry id; a later answer replaces an earlier one
    for row in received_notes(partnership, partner):
        is_unconfirmed_call = row.get("means", TELEPHONE) == TELEPHONE and not row.get("confirmed")
        if is_unconfirmed_call:
            continue
        entry_ids = {entry.id for entry in unchanged_entries(partnership, row)}
        for question in questions_of(unchanged_entries(partnership, row)):
            for answer in own_answers(guide, partnership, question, partner, lang):
                if answer.entry.id in entry_ids:
                    text = f"{answer.words} ({source_words(guide, row, lang)})"
                    lines[answer.entry.id] = HandoverLine(f"{ANSWERED}/{answer.entry.id}", ANSWERED, text,
                                                          answer.entry.id, answer.entry.question)  # fmt: skip
    yield from lines.values()


def _agreed_lines(
    guide: Guide, partnership: Partnership, public: Published, partner: str, lang: str
) -> Iterator[HandoverLine]:
    """Yield what the partner said yes to, noting if the text has changed since, then the contributions it promised."""
    for question in POSITIONS:
        answer = public.answers.get((question, partner))
        entry = answer_entry(partnership, question, (partner,))
        if answer is None or entry is None or answer.level not in YES:
            continue
        if not may_be_shown_to_partner(guide, guide.question(question)):
            continue
        level = guide.choice("position", answer.level, lang)
        text = f"{guide.question(question).short.get(lang)}{colon(lang)}{level}"
        text += f" ({guide.word('handover_changed', lang)})" if answer.reopened else ""
        yield HandoverLine(f"{AGREED}/{entry.id}", AGREED, text, entry.id, question, "level")
    for row in rows_of(partnership, _CONTRIBUTIONS, "rows", partner):
        text = _in_line(row.text("text", lang))
        if text and row.get("state") in GIVEN:
            state = guide.choice("contribution_state", str(row.get("state")), lang)
            yield HandoverLine(f"{AGREED}/{row.id}", AGREED, f"{text} ({state})", row.id, _CONTRIBUTIONS, "text")


def _promised_lines(guide: Guide, view: Partnership, partner: str, lang: str) -> Iterator[HandoverLine]:
    """Yield what others promised to the partner."""
    for row in promised_to(view, partner, lang):
        part = guide.question(row.question).part(row.part)
        assert part is not None and part.main is not None
        text = _in_line(row.text(part.main.id, lang))
        if text:
            yield HandoverLine(f"{PROMISED}/{row.id}", PROMISED, text, row.id, row.question, part.main.id)


def _concerns(view: Partnership, item: DueItem, partner: str) -> bool:
    """Return whether a due item is that partner's, or everybody's; a task is its owner's."""
    if item.partner:
        return item.partner == partner
    entry = view.entry(item.about)
    who = entry.get("who") if entry is not None and item.question in (HELD, "extra.points") else None
    if not isinstance(who, Mapping):
        return True
    person = view.entry(str(who.get("person", "")))
    owner = person.subject[0] if person is not None and person.subject else str(who.get("partner", ""))
    return owner == partner


def _due_lines(guide: Guide, partnership: Partnership, items: Iterable[DueItem], lang: str) -> Iterator[HandoverLine]:
    """Yield a line for each item; `partnership` gives its words, and is the public view for public lines."""
    for item in items:
        date = format_date(item.date, lang) if item.date else ""
        text = colon(lang).join(filter(None, (date, due_words(guide, partnership, item, lang))))
        yield HandoverLine(f"{DUE}/{item.id}", DUE, text, item.about, item.question, item.field)


def _other_partner_lines(guide: Guide, view: Partnership, partner: str, lang: str) -> Iterator[HandoverLine]:
    """Yield the other partners that may be named, with those of their people that may be named."""
    for other in active(view):
        if other.id == partner or not other.name(lang):
            continue
        contacts = (", ".join(filter(None, (row.text("name", lang), row.text("title", lang))))
                    for row in people(view, other.id) if row.text("name", lang))  # fmt: skip
        text = colon(lang).join(filter(None, (other.name(lang), semicolon(lang).join(contacts))))
        yield HandoverLine(f"{OTHERS}/{other.id}", OTHERS, text, other.id, WHO, "name")


# -- the facilitating --------------------------------------------------------------------------------------------------


def _progress_lines(
    guide: Guide, view: Partnership, answers: Sequence[PartnerAnswer], lang: str
) -> Iterator[HandoverLine]:
    """Yield how far each partner is, as anyone may see it; one that may not be named yet has a line without name."""
    answers_by_partner = {answer.partner: answer for answer in answers}
    for partner in active(view):
        answer = answers_by_partner.get(partner.id)
        status = guide.choice("status", partner.status, lang) if partner.name(lang) else ""
        group = guide.word(f"handover_{answer.group}", lang) if answer is not None else ""
        name = partner.name(lang) or guide.word("an_organisation", lang)
        text = colon(lang).join((name, semicolon(lang).join(filter(None, (status, group)))))
        yield HandoverLine(f"{STANDING}/{partner.id}", STANDING, text, partner.id, WHO, "status")


def _private_lines(guide: Guide, partnership: Partnership, lang: str) -> Iterator[HandoverLine]:
    """Yield each private answer: a row in one line, a single answer in one line for each field."""
    context = ParseContext(guide, partnership, lang)
    for question in guide.by_id.values():
        for part in question.parts:
            if part.store:
                continue  # It is a view of another question's rows, whose lines are made there.
            for entry in partnership.rows(question.id, part.id):
                fields = [field for field in part.fields if _is_hidden(guide, partnership, entry, field)]
                for line_fields in [fields] if part.list else _field_groups(fields):
                    text = _values(context, part, entry, line_fields)
                    if text:
                        head = colon(lang).join(filter(None, (_whose(partnership, entry, lang),
                                                               question.short.get(lang))))  # fmt: skip
                        name = f"{entry.id}/{'' if part.list else line_fields[0].id}"
                        yield HandoverLine(f"{PRIVATE}/{name}", PRIVATE, f"{head} – {text}", entry.id, question.id,
                                           line_fields[0].id, private=True)  # fmt: skip


def _field_groups(fields: Sequence[Field]) -> list[list[Field]]:
    """Return each field of a single answer as a group; dates go with the main field, as that of a note."""
    main = next((field for field in fields if field.main), None)
    dates = [field for field in fields if main is not None and field.kind == "date"]
    return [[field, *dates] if field is main else [field] for field in fields if field not in dates]


def _is_hidden(guide: Guide, partnership: Partnership, entry: Entry, field: Field) -> bool:
    """Return whether a field of an entry holds words that are not public."""
    if field.hidden or field.kind in _WORDLESS:
        return False
    keys = [key for key in entry.cells if key.partition("@")[0] == field.id]
    return any(not is_public(guide, partnership, entry, key) for key in keys)


def _values(context: ParseContext, part: Part, entry: Entry, fields: Sequence[Field]) -> str:
    """Return the filled fields on one line, each with its label unless it is the main field or the only one."""
    texts = []
    for field in fields:
        value = entry.text(field.id, context.lang) if field.translatable else entry.get(field.id)
        if is_filled(value):
            text = _in_line(str(value if field.translatable else format_value(context, field, value)))
            needs_no_label = field.main or (len(fields) == 1 and not part.list)
            texts.append(text if needs_no_label else field.label.get(context.lang) + colon(context.lang) + text)
    return semicolon(context.lang).join(texts)


def _whose(partnership: Partnership, entry: Entry, lang: str) -> str:
    """Return the short names of the partners that an entry belongs to."""
    owners = (find_partner(partnership, partner_id) for partner_id in givers(entry))
    return ", ".join(partner.short(lang) for partner in owners if partner is not None and partner.short(lang))


def _in_line(text: str) -> str:
    return " ".join(text.split())
