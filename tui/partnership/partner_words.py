"""Words what one partner answered, to be shown to that partner itself.

Left out are the facilitator's notes on it, such as trust and history, and the answers of other partners.
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Field, Guide, Part, Question
from tui.partnership.completion import answer_entry, is_filled
from tui.partnership.field_kinds import ParseContext, format_value
from tui.partnership.partners import PEOPLE, WHO, rows_of
from tui.partnership.positions import POSITIONS
from tui.partnership.values import Entry, Partnership
from tui.text.separators import colon, semicolon

# By part the fields of a partner that it fills in about itself; others, as its status, are the facilitator's.
_OF_ITSELF = {
    "": ("name", "short_name", "legal_form", "legal_text", "address", "auth_body", "auth_number", "auth_date"),
    PEOPLE: ("name", "title", "accountable", "signs"),
}
# By question the set phrase of the label « Position sur le texte », which says what the position is on.
_POSITION_ON = dict(zip(POSITIONS, ("position_on_procedures", "position_on_text"), strict=True))
_OTHERS = frozenset({"partner", "partners", "reference", "record"})  # kinds of field that name others, or hold no words


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """One entry that a partner answered, in one line: « Position sur le texte : accord »."""

    entry: Entry
    words: str


def may_be_shown_to_partner(guide: Guide, question: Question) -> bool:
    """Return whether a partner's answers to a question may be shown to it: asked of each partner, and not private."""
    walked = {question.id for step in guide.walked_steps for question in step.questions}
    return question.scope == "partner" and not question.private and question.id in walked


def own_answers(guide: Guide, partnership: Partnership, question: str, partner: str, lang: str) -> list[OwnAnswer]:
    """Return what a partner answered to a question, entry by entry, in `lang`; [] if that may not be shown to it."""
    guide_question = guide.question(question)
    if not may_be_shown_to_partner(guide, guide_question):
        return []
    context = ParseContext(guide, partnership, lang)
    answers = []
    for part in guide_question.parts:
        for entry in _entries(partnership, guide_question, part, partner):
            fields = [field for field in part.fields if _is_shown(guide_question, part, entry, field)]
            words = _words(context, guide_question, part, entry, fields)
            if words:
                answers.append(OwnAnswer(entry, words))
    return answers


def _entries(partnership: Partnership, question: Question, part: Part, partner: str) -> Iterator[Entry]:
    """Yield the entries of a part that a partner answered, without rows that others only wish of it."""
    if not part.list:
        entry = answer_entry(partnership, question.id, (partner,))
        if entry is not None:
            yield entry
        return
    if part.store:
        return  # It is a view of another question's rows, which are shown there.
    for row in rows_of(partnership, *part.home(question.id), partner):
        state_conditions = (
            condition for condition in part.public_when if condition.of == "entry" and condition.field == "state"
        )
        if all(row.get(condition.field) in condition.values for condition in state_conditions):
            yield row


def _is_shown(question: Question, part: Part, entry: Entry, field: Field) -> bool:
    """Return whether a field of an entry may be shown to its partner."""
    if field.hidden or field.private or field.kind in _OTHERS:
        return False
    if field.private_when and entry.get(field.private_when):
        return False
    return question.id != WHO or field.id in _OF_ITSELF.get(part.id, ())


def _words(context: ParseContext, question: Question, part: Part, entry: Entry, fields: list[Field]) -> str:
    """Return « Position sur le texte : accord ; Réserve : … »; "" if no field is filled.

    The main field of a row is labelled with the title of its list.
    """
    labelled = []
    for field in fields:
        value = entry.text(field.id, context.lang) if field.translatable else entry.get(field.id)
        if not is_filled(value):
            continue
        label = field.label.get(context.lang)
        text = " ".join(format_value(context, field, value).split())
        if part.list and field is part.main:
            label = part.title.get(context.lang)
        elif field is part.main and question.id in _POSITION_ON:
            label = context.guide.word(_POSITION_ON[question.id], context.lang)
        labelled.append(label if field.kind == "flag" else label + colon(context.lang) + text)
    return semicolon(context.lang).join(labelled)
