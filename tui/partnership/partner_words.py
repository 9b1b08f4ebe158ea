"""What one partner answered, as it may be told to that partner itself: never trust, history, nor another's answer."""

from __future__ import annotations

from collections.abc import Iterator

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Field, Guide, Part, Question
from tui.partnership.completion import answer_entry, filled
from tui.partnership.field_kinds import ParseContext, format_value
from tui.partnership.partners import PEOPLE, WHO, rows_of
from tui.partnership.positions import POSITIONS
from tui.partnership.values import Entry, Partnership
from tui.text.separators import colon, semicolon

# Of an organisation what it says of itself; how far it is on its way is what those who prepare think.
_OF_ITSELF = {
    "": ("name", "short_name", "legal_form", "legal_text", "address", "auth_body", "auth_number", "auth_date"),
    PEOPLE: ("name", "title", "accountable", "signs"),
}
# Two questions ask for a position: a line that stands by itself says on what.
_POSITION_ON = dict(zip(POSITIONS, ("position_on_procedures", "position_on_text"), strict=True))
_OTHERS = frozenset({"partner", "partners", "reference", "record"})  # kinds that name others, or say nothing in words


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """One entry of a partner's answer in one line: « Position sur le texte : accord »."""

    entry: Entry
    words: str


def may_be_told(guide: Guide, question: Question) -> bool:
    """Return whether a partner's answers to a question may be told to it: asked of it alone, and nothing private."""
    walked = {question.id for step in guide.walked for question in step.questions}
    return question.scope == "partner" and not question.private and question.id in walked


def told_entries(guide: Guide, partnership: Partnership, question: str, partner: str, lang: str) -> list[ToldEntry]:
    """Return what a partner answered to a question, entry by entry, in `lang`; [] where nothing may be told."""
    asked = guide.question(question)
    if not may_be_told(guide, asked):
        return []
    reading = ParseContext(guide, partnership, lang)
    found = []
    for part in asked.parts:
        for entry in _entries(partnership, asked, part, partner):
            fields = [field for field in part.fields if _told(asked, part, entry, field)]
            words = _words(reading, asked, part, entry, fields)
            if words:
                found.append(ToldEntry(entry, words))
    return found


def _entries(partnership: Partnership, question: Question, part: Part, partner: str) -> Iterator[Entry]:
    if not part.list:
        entry = answer_entry(partnership, question.id, (partner,))
        if entry is not None:
            yield entry
        return
    if part.store:
        return  # a view of another question's rows: they are told there
    for row in rows_of(partnership, *part.home(question.id), partner):
        stated = (condition for condition in part.public_when if condition.of == "entry" and condition.field == "state")
        # What is only wished for of them is not their answer.
        if all(row.get(condition.field) in condition.values for condition in stated):
            yield row


def _told(question: Question, part: Part, entry: Entry, field: Field) -> bool:
    if field.hidden or field.private or field.kind in _OTHERS:
        return False
    if field.private_when and entry.get(field.private_when):
        return False
    return question.id != WHO or field.id in _OF_ITSELF.get(part.id, ())


def _words(reading: ParseContext, question: Question, part: Part, entry: Entry, fields: list[Field]) -> str:
    """« Position sur le texte : accord ; Réserve : … », a row as its list is called; "" where nothing is answered."""
    told = []
    for field in fields:
        value = entry.text(field.id, reading.lang) if field.translatable else entry.get(field.id)
        if not filled(value):
            continue
        label = field.label.get(reading.lang)
        text = " ".join(format_value(reading, field, value).split())
        if part.list and field is part.main:
            label = part.title.get(reading.lang)
        elif field is part.main and question.id in _POSITION_ON:
            label = reading.guide.word(_POSITION_ON[question.id], reading.lang)
        told.append(label if field.kind == "flag" else label + colon(reading.lang) + text)
    return semicolon(reading.lang).join(told)
