"""Sheets of paper with questions, filled in by hand and typed in afterwards: which questions and fields they hold.

There are two kinds. The sheet of a partner holds nothing private. The facilitator's own sheet asks about the group, and
holds what no partner is asked: the state of the contact with each, past events, trust.
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.form.form import Fields, Form, FormContext, Rows, form_of
from tui.form.question_walk import ROSTER, Prompt, Spot, Walk, subject_of
from tui.guide.guide_types import Field, Guide, Part, Question
from tui.partnership.partners import PEOPLE, WHO

OWN = ""  # in place of the id of a partner: the facilitator's own sheet
_PARTNER_SCOPES = frozenset({"partner", "partner_or_pair"})
# (question, part, field) that are public but on the facilitator's sheet: the state of the contact, who may be named.
_FACILITATOR_FIELDS = frozenset({(WHO, "", "status"), (WHO, "", "named"), ("open.involvement", "", "agreed")})
# Fields of people that are never printed in the document, but asked for on the sheet of their partner.
_CONTACT_FIELDS = frozenset({"email", "phone"})


class SheetContext(FormContext):
    """The context of the forms on a sheet; `whose` is the id of its partner, or OWN."""

    def __init__(self, context: FormContext, whose: str) -> None:
        super().__init__(context.guide, context.partnership, context.lang, lambda: context.public)
        self.whose = whose

    def shows(self, field: Field) -> bool:
        """Return whether a field can be on paper: not if it is seldom needed, or set by the program."""
        return super().shows(field) and not field.more

    def shows_part(self, question: Question, part: Part) -> bool:
        """Return whether a part can be on paper: not if it is seldom needed, or shows the rows of another question."""
        return super().shows_part(question, part) and not part.store and not part.more

    def asks(self, question: Question, part: Part, field: Field) -> bool:
        """Return whether this sheet asks a field of a question."""
        if part.list and field.kind == "choice":
            return False  # On paper a row has only words; its choices are made when it is typed in.
        if not self.whose and question.scope == "project":
            return True
        if part.id == PEOPLE:
            return bool(self.whose) and (not field.private or field.id in _CONTACT_FIELDS)
        for_facilitator = field.private or (question.id, part.id, field.id) in _FACILITATOR_FIELDS
        return not for_facilitator if self.whose else for_facilitator


class SheetWalk(Walk):
    """The prompts of one sheet: those of the interview, without what the sheet does not ask.

    A stop is whom a question is asked of, and a spot the place of one prompt (see `tui.form.question_walk`).
    """

    def __init__(self, context: FormContext, whose: str) -> None:
        sheet = SheetContext(context, whose)
        super().__init__(sheet)
        self._sheet = sheet
        self._whose = whose

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of the questions of the sheet: those of the guide's main steps of which it asks a field."""
        return sheet_questions(self._guide, self._sheet)

    def start(self) -> Spot:
        """Return the first prompt, whatever was answered before."""
        return self.first(next(iter(self.questions), ""))

    def stops(self, name: str) -> tuple[str, ...]:
        """Return whom a question is asked of on this sheet, as in `Walk.stops`: its partner, or all of them."""
        if not self._whose:
            return tuple(stop for stop in super().stops(name) if stop != ROSTER)
        return (self._whose,) if name in self.questions else ()

    def form(self, spot: Spot) -> Form:
        """Return the form of the question at a spot, with only the fields that are on this sheet."""
        question, subject = self._guide.question(spot.question), subject_of(spot)
        partner, other = (*subject, "", "")[:2]
        form = form_of(self._sheet, question, partner, other)
        groups_on_sheet = (self._group_on_sheet(question, group) for group in form.groups)
        groups = tuple(group for group in groups_on_sheet if group is not None)
        return Form(form.context, form.question, form.subject, groups, form.other)

    def _group_on_sheet(self, question: Question, group: Fields | Rows) -> Fields | Rows | None:
        """Return a group with only the fields that are on the sheet; None if there are none."""
        if isinstance(group, Rows):
            asks_field = any(self._sheet.asks(question, group.part, field) for field in group.part.fields)
            return group if group.part.list and asks_field else None
        fields_on_sheet = tuple(
            place
            for place in group.fields
            if place.field is not None and self._sheet.asks(question, group.part, place.field)
        )
        return Fields(group.context, group.part, group.entry, fields_on_sheet) if fields_on_sheet else None

    def row_fields(self, question: Question, part: Part) -> tuple[Field, ...]:
        """Return the fields that each row of a list is asked for, in their order."""
        return tuple(
            field for field in part.fields if self._sheet.shows(field) and self._sheet.asks(question, part, field)
        )

    def _prompts_of_row(self, spot: Spot) -> Iterator[Prompt]:
        question = self._guide.question(spot.question)
        part = question.part(spot.key[1:])  # the key is « +PART »
        for prompt in super()._prompts_of_row(spot):
            field = prompt.field.field if prompt.field is not None else None
            if part is not None and field is not None and self._sheet.asks(question, part, field):
                yield prompt


def sheet_questions(guide: Guide, sheet: SheetContext) -> tuple[str, ...]:
    """Return the ids of the questions of a sheet, in the guide's order."""

    def is_on_sheet(question: Question) -> bool:
        if sheet.whose and (question.private or question.scope not in _PARTNER_SCOPES):
            return False
        return any(
            sheet.shows(field) and sheet.asks(question, part, field)
            for part in question.parts
            if sheet.shows_part(question, part)
            for field in part.fields
        )

    return tuple(question.id for step in guide.main_steps for question in step.questions if is_on_sheet(question))
