"""Where one stands in the interview, and what comes next and before: pure walks over the guide and the project."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Field, Guide, Part, Question
from tui.partnership.completion import filled, next_unanswered, single_entry
from tui.partnership.partners import WHO, active, partners, rows_of
from tui.partnership.values import Entry, Partnership
from tui.workspace.place import order

ROSTER, PAIRS = "roster", "pairs"  # the stops of a question that are no partner: the list of them all, the pairs


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
    """One thing asked: "field", "list", "roster", "pairs" or "end"; `entry` is the answer or the home of the rows."""

    kind: str
    key: str
    part: Part | None = None
    field: Field | None = None
    entry: Entry = NOWHERE


@dataclass(frozen=True, slots=True)
class Writing:
    """A text of several lines being typed: the field it goes to, and how it follows the present text ("" replaces)."""

    prompt: Prompt
    lines: list[str]
    behind: str = ""
    aside: bool = False  # a call note: one stays at the present prompt


class Walk:
    """The prompts of one project value; `more` names the questions whose seldom needed fields are asked too."""

    def __init__(self, guide: Guide, partnership: Partnership, more: Collection[str] = ()) -> None:
        self._guide = guide
        self._partnership = partnership
        self._more = more

    def start(self) -> Spot:
        """Where one begins: the organisations when there are none, else the first question without its answer."""
        return self.first(next_unanswered(self._guide, self._partnership) if partners(self._partnership) else WHO)

    def first(self, question: str) -> Spot:
        """The first prompt of a question; of the next one when nobody can be asked it yet; END behind the last."""
        walk = order(self._guide)
        for name in walk[walk.index(question) :] if question in walk else ():
            if stops := self.stops(name):
                return Spot(name, stops[0])
        return END

    def stops(self, name: str) -> tuple[str, ...]:
        """Whom a question is asked of, one after the other."""
        question = self._guide.question(name)
        known = tuple(one.id for one in active(self._partnership))
        pairs = () if len(known) < 2 else ("+".join(sorted(known)),) if len(known) == 2 else (PAIRS,)
        if name == WHO:
            return (ROSTER, *(one.id for one in partners(self._partnership)))
        by_scope = {"project": ("",), "partner": known, "pair": pairs, "partner_or_pair": (*known, *pairs)}
        return by_scope[question.scope]

    def settled(self, spot: Spot) -> Spot:
        """The spot, or the nearest one that still exists: partners and rows may have gone meanwhile."""
        if not spot.question:
            return spot
        row = self._partnership.entry(spot.row) if spot.row else None
        if spot.row and (row is None or row.removed):
            spot = replace(spot, row="", field="")
        known = {one.id for one in partners(self._partnership)}
        if spot.stop in ("", ROSTER, PAIRS) or set(spot.stop.split("+")) <= known:
            return spot
        return self.first(spot.question)

    def prompt(self, spot: Spot) -> Prompt:
        """What is asked at a spot."""
        if not spot.question:
            return Prompt("end", "")
        prompts, at = self._around(spot)
        return prompts[at]

    def _around(self, spot: Spot) -> tuple[tuple[Prompt, ...], int]:
        """The prompts among which one stands, and the place of the present one."""
        prompts = tuple(self._of_row(spot)) if spot.row else tuple(self._of_stop(spot))
        key = spot.field if spot.row else spot.key
        return prompts, next((at for at, one in enumerate(prompts) if one.key == key), 0)

    def _of_stop(self, spot: Spot) -> Iterator[Prompt]:
        if spot.stop in (ROSTER, PAIRS):
            yield Prompt(spot.stop, spot.stop)
            return
        question = self._guide.question(spot.question)
        subject = subject_of(spot)
        for part in question.parts:
            if not part.list:
                entry = single_entry(self._partnership, question.id, subject)
                yield from (
                    Prompt("field", f"{part.id}/{field.id}", part, field, entry)
                    for field in self._shown(question, part, entry)
                )
            elif len(subject) < 2 and (not part.more or question.id in self._more or self.rows(spot, part)):
                yield Prompt("list", f"+{part.id}", part, entry=Entry("", *home(question, part), subject))

    def _of_row(self, spot: Spot) -> Iterator[Prompt]:
        question = self._guide.question(spot.question)
        part, row = question.part(spot.key[1:]), self._partnership.entry(spot.row)
        assert part is not None and row is not None  # `settled` saw to it
        for field in self._shown(question, part, row):
            yield Prompt("field", field.id, part, field, row)

    def _shown(self, question: Question, part: Part, entry: Entry) -> Iterator[Field]:
        """The fields to ask: hidden ones never, seldom needed ones when asked for or filled."""
        written = {key.partition("@")[0] for key, cell in entry.cells.items() if filled(cell.value)}
        for field in part.fields:
            if not field.hidden and (not field.more or question.id in self._more or field.id in written):
                yield field

    def rows(self, spot: Spot, part: Part) -> tuple[Entry, ...]:
        """The rows of a list, as they are numbered."""
        source, name = home(self._guide.question(spot.question), part)
        subject = subject_of(spot)
        if subject:
            return rows_of(self._partnership, source, name, subject[0])
        return self._partnership.rows(source, name)

    def after(self, spot: Spot) -> Spot:
        """The next prompt: of the row, of whom one asks, of the next one, of the next question, END."""
        prompts, at = self._around(spot)
        if at + 1 < len(prompts):
            return _at(spot, prompts[at + 1])
        return replace(spot, row="", field="") if spot.row else self.after_stop(spot)

    def after_stop(self, spot: Spot) -> Spot:
        """The same question asked of the next one; the next question when there is none."""
        stops = self.stops(spot.question)
        if spot.stop not in stops and PAIRS in stops:
            return Spot(spot.question, PAIRS)
        at = stops.index(spot.stop) if spot.stop in stops else len(stops)
        return Spot(spot.question, stops[at + 1]) if at + 1 < len(stops) else self.after_question(spot)

    def after_question(self, spot: Spot) -> Spot:
        """The first prompt of the next question that can be asked, or END."""
        walk = order(self._guide)
        at = walk.index(spot.question) + 1
        return self.first(walk[at]) if at < len(walk) else END

    def before(self, spot: Spot) -> Spot:
        """The prompt before this one; the first one stays where it is."""
        if not spot.question:
            return self._last(len(order(self._guide)) - 1, spot)
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
        return self._last(order(self._guide).index(spot.question) - 1, spot)

    def _last(self, at: int, otherwise: Spot) -> Spot:
        """The last prompt of the question at a place in the walk, or of one before it."""
        for name in reversed(order(self._guide)[: at + 1]):
            if stops := self.stops(name):
                return self._end_of(Spot(name, stops[-1]))
        return otherwise

    def _end_of(self, spot: Spot) -> Spot:
        return _at(spot, tuple(self._of_stop(spot))[-1])


def _at(spot: Spot, prompt: Prompt) -> Spot:
    return replace(spot, field=prompt.key) if spot.row else replace(spot, key=prompt.key)


def home(question: Question, part: Part) -> tuple[str, str]:
    """The question and part that a list's rows are kept under: its own, or those it is a view of."""
    source, _slash, name = part.store.partition("/")
    return (source, name) if source else (question.id, part.id)


def subject_of(spot: Spot) -> tuple[str, ...]:
    """Whom the question is asked of at a spot: nobody, a partner, or two in sorted order."""
    return () if spot.stop in ("", ROSTER, PAIRS) else tuple(spot.stop.split("+"))
