"""The interview of line mode: the questions in their order, whom each is asked of, and the prompts one by one.

A question stops at each partner it is asked of; at each stop it has prompts, one for each field or list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.form.form import Fields, Form, FormContext, FormField, Rows, fields_of, form_of
from tui.guide.guide_types import Guide, Part
from tui.partnership.completion import next_unanswered, single_entry
from tui.partnership.partners import WHO, active, partners
from tui.partnership.values import Entry

ROSTER, PAIRS = "roster", "pairs"  # stops that are no partner: the list of all partners, and the list of pairs


def question_order(guide: Guide, *, extra: bool = True) -> tuple[str, ...]:
    """Return the ids of all questions in the order of the interview, with or without the optional ones."""
    return tuple(
        question.id for step in guide.walked_steps if extra or step.id != "extra" for question in step.questions
    )


@dataclass(frozen=True, slots=True)
class Spot:
    """A position in the interview: one prompt."""

    question: str  # id; "" after the last one
    stop: str = ""  # whom it is asked of: "" the partnership, a partner's id, two ids joined by "+", ROSTER or PAIRS
    key: str = ""  # of the prompt; "" for the first one
    row: str = ""  # id of the row that is being changed; "" for none
    field: str = ""  # id of the field of that row


END = Spot("")
NOWHERE = Entry("", "")  # the entry of a prompt that has none


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing that is asked: a field, a list to add a row to, the list of partners, or which two partners."""

    kind: str  # "field", "list", "roster", "pairs" or "end"
    key: str  # "/<field id>", "+<part id>", ROSTER or PAIRS; in a row the id of the field
    field: FormField | None = None  # of a "field"
    rows: Rows | None = None  # of a "list" or the "roster"

    @property
    def part(self) -> Part | None:
        """The part of the question that the prompt is about; None if it has none."""
        place = self.place
        return place.part if place is not None else None

    @property
    def entry(self) -> Entry:
        """The entry that the answer goes to, or the home of the rows to be added."""
        place = self.place
        return place.entry if place is not None else NOWHERE

    @property
    def place(self) -> FormField | None:
        """The field that takes what is typed, or the place that adds a row; None for none."""
        return self.rows.new if self.rows is not None else self.field


@dataclass(frozen=True, slots=True)
class Writing:
    """A text of several lines while it is typed."""

    field: FormField  # that it goes to
    lines: list[str]
    behind: str = ""  # what stands between the present text and these lines; "" if they replace it
    aside: bool = False  # a call note, after which the interview stays at its prompt


class Walk:
    """The prompts of the interview for a partnership as it is now.

    `more` are the ids of questions whose seldom needed fields are asked too.
    """

    def __init__(self, context: FormContext, more: Collection[str] = ()) -> None:
        self._context = context
        self._guide = context.guide
        self._partnership = context.partnership
        self._more = more

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of the questions of the interview, in their order."""
        return question_order(self._guide)

    def start(self) -> Spot:
        """Return where to begin: at the partners if there are none yet, else at the first unanswered question."""
        return self.first(next_unanswered(self._guide, self._partnership) if partners(self._partnership) else WHO)

    def first(self, question: str) -> Spot:
        """Return the first prompt of a question, or of a later one if nobody can be asked it yet; else END."""
        walk = self.questions
        for field_id_of in walk[walk.index(question) :] if question in walk else ():
            if stops := self.stops(field_id_of):
                return Spot(field_id_of, stops[0])
        return END

    def stops(self, field_id_of: str) -> tuple[str, ...]:
        """Return whom a question is asked of, in order, each in the form of `Spot.stop`."""
        question = self._guide.question(field_id_of)
        partner_ids = tuple(partner.id for partner in active(self._partnership))
        only_pair = ("+".join(sorted(partner_ids)),) if len(partner_ids) == 2 else ()
        pairs = (PAIRS,) if len(partner_ids) > 2 else only_pair
        if field_id_of == WHO:
            return (ROSTER, *(partner.id for partner in partners(self._partnership)))
        by_scope = {
            "project": ("",),
            "partner": partner_ids,
            "pair": pairs,
            "partner_or_pair": (*partner_ids, *pairs),
        }
        return by_scope[question.scope]

    def nearest_spot(self, spot: Spot) -> Spot:
        """Return the spot, or the nearest one that exists if its partner or row was removed meanwhile."""
        if not spot.question:
            return spot
        row = self._partnership.entry(spot.row) if spot.row else None
        if spot.row and (row is None or row.removed):
            spot = replace(spot, row="", field="")
        partner_ids = {partner.id for partner in partners(self._partnership)}
        if spot.stop in ("", ROSTER, PAIRS) or set(spot.stop.split("+")) <= partner_ids:
            return spot
        return self.first(spot.question)

    def form(self, spot: Spot) -> Form:
        """Return the form of the question at a spot."""
        question, subject = self._guide.question(spot.question), subject_of(spot)
        at = f"{single_entry(self._partnership, question.id, subject).id}{spot.key}" if spot.key[:1] == "/" else ""
        partner, other = (*subject, "", "")[:2]
        return form_of(self._context, question, partner, other, unfolded=self._asks_more(spot), at=at)

    def _asks_more(self, spot: Spot) -> bool:
        return spot.question in self._more

    def prompt(self, spot: Spot) -> Prompt:
        """Return what is asked at a spot."""
        if not spot.question:
            return Prompt("end", "")
        prompts, at = self._prompts_and_index(spot)
        return prompts[at]

    def _prompts_and_index(self, spot: Spot) -> tuple[tuple[Prompt, ...], int]:
        """Return all prompts of the row or stop at a spot, and the index of the present one."""
        prompts = tuple(self._prompts_of_row(spot)) if spot.row else tuple(self._prompts_of_stop(spot))
        key = spot.field if spot.row else spot.key
        return prompts, next((at for at, prompt in enumerate(prompts) if prompt.key == key), 0)

    def _prompts_of_stop(self, spot: Spot) -> Iterator[Prompt]:
        """Yield the prompts at a stop of a question: its pairs, its partners, or its unfolded fields and lists."""
        if spot.stop == PAIRS:
            yield Prompt(PAIRS, PAIRS)
            return
        for group in self.form(spot).groups:
            if isinstance(group, Fields):
                yield from (
                    Prompt("field", f"/{field_id_of(field)}", field) for field in group.fields if not field.folded
                )
            elif group.part.list and not group.folded:
                yield Prompt("list", group.new.key, rows=group)
            elif spot.stop == ROSTER:
                yield Prompt(ROSTER, ROSTER, rows=group)

    def _prompts_of_row(self, spot: Spot) -> Iterator[Prompt]:
        part, row = self._guide.question(spot.question).part(spot.key[1:]), self._partnership.entry(spot.row)
        assert part is not None and row is not None  # `nearest_spot` has checked that the row exists
        at = f"{spot.row}/{spot.field}"
        fields = fields_of(self._context, part, row, unfolded=self._asks_more(spot), at=at).fields
        yield from (Prompt("field", field_id_of(field), field) for field in fields if not field.folded)

    def rows(self, spot: Spot, part: Part) -> tuple[Entry, ...]:
        """Return the rows of a list at a spot, in the order of their numbers."""
        groups = [item for item in self.form(spot).groups if isinstance(item, Rows) and item.part is part]
        return tuple(row.entry for group in groups for row in group.rows)

    def folded_labels(self, spot: Spot) -> tuple[str, ...]:
        """Return the labels of the fields and lists at a spot that are folded: seldom needed, and not asked."""
        groups = self.form(spot).groups
        part, row = self._guide.question(spot.question).part(spot.key[1:]), self._partnership.entry(spot.row)
        if part is not None and row is not None:
            groups = (fields_of(self._context, part, row, unfolded=self._asks_more(spot)),)
        fields = [field for group in groups if isinstance(group, Fields) for field in group.fields if field.folded]
        return (
            *(field.label for field in fields),
            *(item.title for item in groups if isinstance(item, Rows) and item.folded),
        )

    def after(self, spot: Spot) -> Spot:
        """Return the next prompt: in the same row, stop or question, else in the next one; END after the last."""
        prompts, at = self._prompts_and_index(spot)
        if at + 1 < len(prompts):
            return _moved_to(spot, prompts[at + 1])
        return replace(spot, row="", field="") if spot.row else self.after_stop(spot)

    def after_stop(self, spot: Spot) -> Spot:
        """Return the next stop of the same question, else the next question."""
        stops = self.stops(spot.question)
        if spot.stop not in stops and PAIRS in stops:
            return Spot(spot.question, PAIRS)
        at = stops.index(spot.stop) if spot.stop in stops else len(stops)
        return Spot(spot.question, stops[at + 1]) if at + 1 < len(stops) else self.after_question(spot)

    def after_question(self, spot: Spot) -> Spot:
        """Return the first prompt of the next question that can be asked, or END."""
        walk = self.questions
        at = walk.index(spot.question) + 1
        return self.first(walk[at]) if at < len(walk) else END

    def before(self, spot: Spot) -> Spot:
        """Return the prompt before this one; the first one stays where it is."""
        if not spot.question:
            return self._last_prompt_before(len(self.questions) - 1, spot)
        prompts, at = self._prompts_and_index(spot)
        if at:
            return _moved_to(spot, prompts[at - 1])
        if spot.row:
            return replace(spot, row="", field="")
        stops = self.stops(spot.question)
        if spot.stop not in stops:
            return Spot(spot.question, stops[-1]) if stops else spot
        at = stops.index(spot.stop)
        if at:
            return self._last_prompt_of_stop(Spot(spot.question, stops[at - 1]))
        return self._last_prompt_before(self.questions.index(spot.question) - 1, spot)

    def _last_prompt_before(self, at: int, otherwise: Spot) -> Spot:
        """Return the last prompt of the question with the index `at`, or of one before it; else `otherwise`."""
        for field_id_of in reversed(self.questions[: at + 1]):
            if stops := self.stops(field_id_of):
                return self._last_prompt_of_stop(Spot(field_id_of, stops[-1]))
        return otherwise

    def _last_prompt_of_stop(self, spot: Spot) -> Spot:
        return _moved_to(spot, tuple(self._prompts_of_stop(spot))[-1])


def _moved_to(spot: Spot, prompt: Prompt) -> Spot:
    return replace(spot, field=prompt.key) if spot.row else replace(spot, key=prompt.key)


def field_id_of(place: FormField) -> str:
    """Return the id of the field of a place; "" if it has none."""
    return place.field.id if place.field is not None else ""


def subject_of(spot: Spot) -> tuple[str, ...]:
    """Return the ids of the partners that the question is asked of at a spot: (), one, or two in sorted order."""
    return () if spot.stop in ("", ROSTER, PAIRS) else tuple(spot.stop.split("+"))
