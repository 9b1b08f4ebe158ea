"""The questions in their order, whom each is asked of, and one thing asked after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.form.form import Fields, Form, FormContext, FormField, Rows, fields_of, form_of
from tui.guide.guide_types import Guide, Part
from tui.partnership.completion import next_unanswered, single_entry
from tui.partnership.partners import WHO, active, partners
from tui.partnership.values import Entry

ROSTER, PAIRS = "roster", "pairs"  # the stops of a question that are no partner: the list of them all, the pairs


def order(guide: Guide, *, extra: bool = True) -> tuple[str, ...]:
    """Return the ids of all questions in the order they are walked in, with or without the optional ones."""
    return tuple(question.id for step in guide.walked if extra or step.id != "extra" for question in step.questions)


@dataclass(frozen=True, slots=True)
class Spot:
    """A prompt of the interview: a question ("" behind the last), whom it is asked of, the prompt there.

    `stop` is "", a partner's id, two ids joined by "+", ROSTER or PAIRS; `key` is a prompt's key, "" the first one;
    `row` is the row being changed and `field` the field of it.
    """

    question: str
    stop: str = ""
    key: str = ""
    row: str = ""
    field: str = ""


END = Spot("")
NOWHERE = Entry("", "")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing asked: "field", "list", "roster", "pairs" or "end"; the place of the form, or the rows, it asks for."""

    kind: str
    key: str
    field: FormField | None = None
    rows: Rows | None = None

    @property
    def part(self) -> Part | None:
        """The part of the question that is asked for."""
        place = self.place
        return place.part if place is not None else None

    @property
    def entry(self) -> Entry:
        """The answer, or the home of the rows to be made."""
        place = self.place
        return place.entry if place is not None else NOWHERE

    @property
    def place(self) -> FormField | None:
        """Where what is typed goes: a field, or the place that adds a row."""
        return self.rows.new if self.rows is not None else self.field


@dataclass(frozen=True, slots=True)
class Writing:
    """A text of several lines being typed: the field it goes to, and how it follows the present text ("" replaces)."""

    field: FormField
    lines: list[str]
    behind: str = ""
    aside: bool = False  # a call note: one stays at the present prompt


class Walk:
    """The prompts of one value; `more` names the questions whose seldom needed fields are asked too."""

    def __init__(self, context: FormContext, more: Collection[str] = ()) -> None:
        self._context = context
        self._guide = context.guide
        self._partnership = context.partnership
        self._more = more

    @property
    def questions(self) -> tuple[str, ...]:
        """The ids of the questions it goes through, in their order."""
        return order(self._guide)

    def start(self) -> Spot:
        """Where one begins: the organisations when there are none, else the first question without its answer."""
        return self.first(next_unanswered(self._guide, self._partnership) if partners(self._partnership) else WHO)

    def first(self, question: str) -> Spot:
        """Return the first prompt of a question; of the next one when nobody can be asked it yet.

        END behind the last.
        """
        walk = self.questions
        for name in walk[walk.index(question) :] if question in walk else ():
            if stops := self.stops(name):
                return Spot(name, stops[0])
        return END

    def stops(self, name: str) -> tuple[str, ...]:
        """Return whom a question is asked of, one after the other."""
        question = self._guide.question(name)
        known = tuple(partner.id for partner in active(self._partnership))
        pairs = () if len(known) < 2 else ("+".join(sorted(known)),) if len(known) == 2 else (PAIRS,)
        if name == WHO:
            return (ROSTER, *(partner.id for partner in partners(self._partnership)))
        by_scope = {"project": ("",), "partner": known, "pair": pairs, "partner_or_pair": (*known, *pairs)}
        return by_scope[question.scope]

    def settled(self, spot: Spot) -> Spot:
        """Return the spot, or the nearest one that still exists: partners and rows may have gone meanwhile."""
        if not spot.question:
            return spot
        row = self._partnership.entry(spot.row) if spot.row else None
        if spot.row and (row is None or row.removed):
            spot = replace(spot, row="", field="")
        known = {partner.id for partner in partners(self._partnership)}
        if spot.stop in ("", ROSTER, PAIRS) or set(spot.stop.split("+")) <= known:
            return spot
        return self.first(spot.question)

    def form(self, spot: Spot) -> Form:
        """Return the form of the question at a spot, asked of whom it stops at."""
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
        prompts, at = self._around(spot)
        return prompts[at]

    def _around(self, spot: Spot) -> tuple[tuple[Prompt, ...], int]:
        """Return the prompts among which one stands, and the place of the present one."""
        prompts = tuple(self._of_row(spot)) if spot.row else tuple(self._of_stop(spot))
        key = spot.field if spot.row else spot.key
        return prompts, next((at for at, prompt in enumerate(prompts) if prompt.key == key), 0)

    def _of_stop(self, spot: Spot) -> Iterator[Prompt]:
        if spot.stop == PAIRS:
            yield Prompt(PAIRS, PAIRS)
            return
        for group in self.form(spot).groups:
            if isinstance(group, Fields):
                yield from (Prompt("field", f"/{name(field)}", field) for field in group.fields if not field.folded)
            elif group.part.list and not group.folded:
                yield Prompt("list", group.new.key, rows=group)
            elif spot.stop == ROSTER:
                yield Prompt(ROSTER, ROSTER, rows=group)

    def _of_row(self, spot: Spot) -> Iterator[Prompt]:
        part, row = self._guide.question(spot.question).part(spot.key[1:]), self._partnership.entry(spot.row)
        assert part is not None and row is not None  # `settled` saw to it
        at = f"{spot.row}/{spot.field}"
        fields = fields_of(self._context, part, row, unfolded=self._asks_more(spot), at=at).fields
        yield from (Prompt("field", name(field), field) for field in fields if not field.folded)

    def rows(self, spot: Spot, part: Part) -> tuple[Entry, ...]:
        """Return the rows of a list, as they are numbered."""
        groups = [item for item in self.form(spot).groups if isinstance(item, Rows) and item.part is part]
        return tuple(row.entry for group in groups for row in group.rows)

    def folded(self, spot: Spot) -> tuple[str, ...]:
        """Return the names of the fields and lists that are seldom needed here, and not asked yet."""
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
        """Return the next prompt: of the row, of whom one asks, of the next one, of the next question, END."""
        prompts, at = self._around(spot)
        if at + 1 < len(prompts):
            return _at(spot, prompts[at + 1])
        return replace(spot, row="", field="") if spot.row else self.after_stop(spot)

    def after_stop(self, spot: Spot) -> Spot:
        """Return the same question asked of the next one; the next question when there is none."""
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
            return self._last(len(self.questions) - 1, spot)
        prompts, at = self._around(spot)
        if at:
            return _at(spot, prompts[at - 1])
        if spot.row:
            return replace(spot, row="", field="")
        stops = self.stops(spot.question)
        if spot.stop not in stops:
            return Spot(spot.question, stops[-1]) if stops else spot
        at = stops.index(spot.stop)
        if at:
            return self._end_of(Spot(spot.question, stops[at - 1]))
        return self._last(self.questions.index(spot.question) - 1, spot)

    def _last(self, at: int, otherwise: Spot) -> Spot:
        """Return the last prompt of the question at a place in the walk, or of one before it."""
        for name in reversed(self.questions[: at + 1]):
            if stops := self.stops(name):
                return self._end_of(Spot(name, stops[-1]))
        return otherwise

    def _end_of(self, spot: Spot) -> Spot:
        return _at(spot, tuple(self._of_stop(spot))[-1])


def _at(spot: Spot, prompt: Prompt) -> Spot:
    return replace(spot, field=prompt.key) if spot.row else replace(spot, key=prompt.key)


def name(place: FormField) -> str:
    """Return the id of the field of a place."""
    return place.field.id if place.field is not None else ""


def subject_of(spot: Spot) -> tuple[str, ...]:
    """Return whom the question is asked of at a spot: nobody, a partner, or two in sorted order."""
    return () if spot.stop in ("", ROSTER, PAIRS) else tuple(spot.stop.split("+"))
