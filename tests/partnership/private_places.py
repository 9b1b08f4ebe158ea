"""Every place of a partnership that may hold something private, told from the guide's data, each with words of its own.

One partnership holds them all at once, so that one look at a way out tells which of them it lets through.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from tests.partnership.told import AT, GUIDE
from tui.guide.guide_types import Condition, Field, Part, Question
from tui.partnership.changes import apply
from tui.partnership.partners import PEOPLE, WHO
from tui.partnership.values import ORDER, REMOVED, STATE, Change, Entry, Partnership, answer_id
from tui.text.amounts import format_amount
from tui.text.dates import format_date

ALWAYS, STATED = "always", "by its state"  # why a place is private
MARKS = (ORDER, STATE, REMOVED)
REFERENCES = frozenset({"partner", "partners", "someone", "someones"})
WITHHOLDING = frozenset(
    kind.private_when for one in GUIDE.by_id.values() for part in one.parts for kind in part.fields
) - {""}  # the flags that keep fields of their entry private
NAME = "extra.name"  # not given: a partnership without a name is called by its partners'
HERE = "here000000"  # a partner who may appear
IN_DATA = re.compile(r"zanzibar\d{5}z|7\d{5}917|2[1-9]\d\d-\d\d-\d\d")  # the words of `canary` as data has them


@dataclass(frozen=True)
class Place:
    """One private cell; `words` are what its value reads as in data and in documents."""

    change: Change
    why: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        """Where it lies."""
        return f"{self.change.question}/{self.change.part}.{self.change.cell} of {self.change.entry}"


@dataclass
class Places:
    """A partnership being filled; `first` is the number of its first words, `opened` lets out what a state hides."""

    first: int = 0
    opened: bool = False
    changes: list[Change] = field(default_factory=list)
    private: list[Place] = field(default_factory=list)
    opens: list[Change] = field(default_factory=list)  # what lets out all that a state hides
    hidden: list[tuple[str, ...]] = field(default_factory=list)  # the partners who may not appear
    partners: int = 0  # who may appear, besides HERE
    answered: set[tuple[str, str]] = field(default_factory=set)  # which of them answered which question

    def partnership(self) -> Partnership:
        """The partnership with all of it."""
        return apply(Partnership("aaaaaaaaaa"), self.changes, by="Marie", at=AT).partnership

    def closing(self) -> list[Change]:
        """What takes back all that lets private places out."""
        return [replace(one, value=True if one.cell in WITHHOLDING else None) for one in self.opens]

    def told_by(self, data: str, why: str = "") -> list[str]:
        """The private places that data tells, of all or of those hidden by one rule; [] is what one hopes for."""
        found = set(IN_DATA.findall(data))
        return [str(one) for one in self.private if why in ("", one.why) and one.words[0] in found]

    def told_in_words(self, text: str) -> list[str]:
        """The private places that a text for people tells, where a date and an amount are written out."""
        text = text.replace("\u00a0", " ").replace("\u202f", " ")
        known = set(self.told_by(text))
        return [str(one) for one in self.private if str(one) in known or any(word in text for word in one.words[1:])]

    def stated(self) -> list[str]:
        """All the places that a state hides."""
        return [str(one) for one in self.private if one.why == STATED]

    # -- filling -------------------------------------------------------------------------------------------------------

    def put(self, entry: Entry, cells: Mapping[str, Any]) -> None:
        """Set cells that may be seen, or that only decide what may be."""
        self.changes += [_change(entry, cell, value) for cell, value in cells.items()]

    def hide(self, entry: Entry, cell: str, kind: str, why: str) -> None:
        """Set one private cell to words that stand nowhere else."""
        value, words = canary(kind, self.first + len(self.private))
        self.changes.append(_change(entry, cell, value))
        self.private.append(Place(self.changes[-1], why, words))

    def partner(self, question: Question) -> str:
        """A partner who may appear and has given no answer to this question; one more where all have."""
        known = [f"open{number:06}" for number in range(1, self.partners + 2)]
        name = next(one for one in known if (question.id, one) not in self.answered)
        self.answered.add((question.id, name))
        if name == known[-1]:
            self.partners += 1
            entry = Entry(name, WHO, "", (name,))
            self.put(entry, {"name@fr": f"Organisme {name}", "status": "interested", ORDER: name})
        return name

    def entry(self, question: Question, part: Part, subject: tuple[str, ...] | None = None) -> Entry:
        """A new row, or the answer of a partner who has given none yet."""
        if subject is None:
            subject = self.subjects(question, HERE if part.list else self.partner(question))[0]
        if question.id == WHO and not part.list:
            return Entry(subject[0], WHO, "", subject)
        name = f"row{len(self.changes):07}" if part.list else answer_id(question.id, subject)
        return Entry(name, question.id, part.id, subject)

    def subjects(self, question: Question, one: str) -> list[tuple[str, ...]]:
        """Whom a question is asked of: nobody, this partner, it and another, or both."""
        alone = [(one,)] if question.scope.startswith("partner") else []
        return [*alone, *([(HERE, one)] if question.scope.endswith("pair") else [])] or [()]


def _change(entry: Entry, cell: str, value: Any) -> Change:
    return Change(entry.id, entry.question, cell, value, entry.part, entry.subject)


def canary(kind: str, number: int) -> tuple[Any, tuple[str, ...]]:
    """A value of a field's kind, and what it reads as: no two numbers have a word in common."""
    word, digits = f"zanzibar{number:05}z", f"7{number:05}917"
    day = f"{2101 + number // 336}-{1 + number // 28 % 12:02}-{1 + number % 28:02}"
    days = (day, *(format_date(day, lang).replace("\u00a0", " ") for lang in ("fr", "en")))
    amounts = (digits, *(format_amount(digits, "CAD", lang).strip("CA$\u00a0") for lang in ("fr", "en")))
    values: dict[str, tuple[Any, tuple[str, ...]]] = {
        "record": ({word: word}, (word,)),
        "someone": ({"name": word}, (word,)),
        "someones": ([{"name": word}], (word,)),
        "partners": ({"ids": [HERE, word], "group": ""}, (word,)),
        "number": (int(digits), (digits,)),
        "flag": (int(digits), (digits,)),  # any number is a yes
        "amount": ({"amount": digits, "currency": "CAD"}, tuple(one.replace("\u00a0", " ") for one in amounts)),
        "date": (day, days),
        "period": ({"start": day, "end": ""}, days),
    }
    return values.get(kind, (f"le {word} chante" if kind in ("line", "prose", "effort") else word, (word,)))


def cells_of(kind: Field) -> tuple[str, ...]:
    """The cells a field is kept in: one a language, each with its second wording; else one."""
    if not kind.translatable:
        return (kind.id,)
    return tuple(f"{kind.id}@{lang}{second}" for lang in ("fr", "en") for second in ("", "~2"))


def everywhere(first: int = 0, *, opened: bool = False) -> Places:
    """A partnership with something private in every place there is."""
    made = Places(first, opened)
    made.put(Entry(HERE, WHO, "", (HERE,)), {"name@fr": "Organisme d'ici", "status": "interested", ORDER: "1"})
    asked = [one for one in GUIDE.by_id.values() if one.id != NAME]
    for question in asked:
        for part in (one for one in question.parts if not one.store):
            _seen(made, question, part)
            for number, state in enumerate(states_that_hide(part)):
                _hidden(made, question, part, state, number)
            if of_partner(part):
                _rows_of_partners(made, question, part)
            for kind in (one for one in part.fields if one.private_when):
                _withheld(made, question, part, kind)
            _marks(made, question, part)
    _unknown(made)
    _references(made)
    return made


def states_that_hide(part: Part) -> list[dict[str, Any]]:
    """All combinations of what an entry's own fields may say that leave no condition of its part true."""
    own = [one for one in part.public_when if one.of == "entry"]
    return [dict(zip((one.field for one in own), values, strict=True)) for values in product(*(
        _other(part, one) for one in own
    ))] if own else []  # fmt: skip


def _other(part: Part, condition: Condition) -> list[Any]:
    asked = part.field(condition.field)
    assert asked is not None
    known: list[Any] = list(GUIDE.choices.get(asked.choices, ())) if asked.kind != "flag" else [False]
    return [None, *(one for one in known if one not in condition.values)]


def of_partner(part: Part) -> bool:
    """Whether the partner decides if a row may be seen."""
    return any(one.of == "partner" for one in part.public_when)


def _seen(made: Places, question: Question, part: Part) -> None:
    """An entry as public as can be: private is what is so always."""
    if question.private:
        for subject in made.subjects(question, made.partner(question)):
            _fill(made, made.entry(question, part, subject), part, ALWAYS)
        return
    entry = made.entry(question, part, (HERE,) if question.id == WHO else None)
    made.put(entry, {one.field: one.values[0] for one in part.public_when if one.of == "entry"})
    if part.main is not None and not part.main.private:
        made.put(entry, {cells_of(part.main)[0]: plain(part.main)})
    _fill(made, entry, replace(part, fields=tuple(one for one in part.fields if one.private)), ALWAYS)


def _hidden(made: Places, question: Question, part: Part, state: Mapping[str, Any], number: int) -> None:
    """An entry whose state hides it; one of its conditions, each in its turn, lets it out."""
    entry = made.entry(question, part, (f"hidden{number:04}",) if question.id == WHO else None)
    if question.id == WHO:
        made.hidden.append(entry.subject)
        made.put(entry, {ORDER: "0"})
    condition = part.public_when[number % len(part.public_when)]
    opens = _change(entry, condition.field, condition.values[0])
    made.opens.append(opens)
    made.put(entry, state)
    if made.opened:
        made.changes.append(opens)
    _fill(made, entry, part, STATED, whole=not number)


def _withheld(made: Places, question: Question, part: Part, kind: Field) -> None:
    """A field that a flag of the same entry keeps private, in an entry that may be seen."""
    entry = made.entry(question, part)
    made.opens.append(_change(entry, kind.private_when, None))
    made.put(entry, {kind.private_when: None if made.opened else True})
    for cell in cells_of(kind):
        made.hide(entry, cell, kind.kind, STATED)


def _rows_of_partners(made: Places, question: Question, part: Part) -> None:
    """Rows of those who may not appear, with all fields and with the main one alone, and rows of nobody."""
    assert part.main is not None
    for subject in (*made.hidden, (HERE, *made.hidden[0])):
        _fill(made, made.entry(question, part, subject), part, STATED, whole=subject == made.hidden[0])
        _fill(made, made.entry(question, part, subject), replace(part, fields=(part.main,)), STATED)
    for subject in ((), ("nobody0000",)):
        _fill(made, made.entry(question, part, subject), part, ALWAYS, whole=False)


def _fill(made: Places, entry: Entry, part: Part, why: str, *, whole: bool = True) -> None:
    """Hide every field, in one language and wording unless `whole`: a state hides all of them alike."""
    deciding = {one.field for one in part.public_when if one.of == "entry"}
    for kind in part.fields:
        if kind.id not in deciding and not kind.always_public:
            for cell in cells_of(kind)[: None if whole else 1]:
                made.hide(entry, cell, kind.kind, ALWAYS if kind.private else why)


def _marks(made: Places, question: Question, part: Part) -> None:
    """Each mark on an entry of its own that may not be seen, where the entry has no field that always may."""
    states = states_that_hide(part)
    if not question.private and (not states or any(one.always_public for one in part.fields)):
        return
    for mark in MARKS:
        if question.private or part.list or mark != STATE:  # an answer's state is no secret, what it says is
            entry = made.entry(question, part)
            made.put(entry, states[0] if states else {})
            made.hide(entry, mark, _kind_of(mark), ALWAYS if question.private else STATED)
            opens = [_change(entry, one.field, one.values[0]) for one in part.public_when[:1]]
            made.opens += opens
            made.changes += opens if made.opened else []


def _kind_of(cell: str) -> str:
    return "flag" if cell == REMOVED else "mark"


def _unknown(made: Places) -> None:
    """What the guide does not know: a question, a part, a field, and the marks of the first two."""
    for entry in (Entry("unknown001", "call.notes"), Entry("unknown002", "gather.vision", "margin")):
        for cell in ("note", "note@fr", *MARKS):
            made.hide(replace(entry, id=f"{entry.id}{cell}"), cell, _kind_of(cell), ALWAYS)
    made.hide(Entry("gather.vision", "gather.vision"), "margin@fr", "line", ALWAYS)


def _references(made: Places) -> None:
    """Public rows that refer to every partner who may not appear, and to its people."""
    people = {one.change.subject: one.change.entry for one in made.private if one.change.part == PEOPLE}
    for (hidden,) in made.hidden:
        values = {
            "partner": hidden, "partners": {"ids": [HERE, hidden], "group": ""},
            "someone": {"person": people[hidden,]}, "someones": [{"partner": hidden}, {"person": people[hidden,]}],
        }  # fmt: skip
        for question in GUIDE.by_id.values():
            for part in (one for one in question.parts if one.list and not one.store and not question.private):
                for kind in (one for one in part.fields if one.kind in REFERENCES and not one.private):
                    entry = made.entry(question, part)
                    made.put(entry, {one.field: one.values[0] for one in part.public_when})
                    if part.main is not None and part.main is not kind:
                        made.put(entry, {cells_of(part.main)[0]: plain(part.main)})
                    made.put(entry, {kind.id: values[kind.kind]})


def plain(kind: Field) -> Any:
    """A value of a field's kind that may be seen."""
    values = {
        "choice": next(iter(GUIDE.choices.get(kind.choices, {})), ""), "flag": True, "number": 3, "partner": HERE,
        "partners": {"ids": [HERE], "group": ""}, "someone": {"name": "Zoé"}, "someones": [{"name": "Zoé"}],
        "amount": {"amount": "12", "currency": "CAD"}, "date": "2026-11-22", "period": {"start": "2026-11", "end": ""},
        "record": {"clair": "clair"},
    }  # fmt: skip
    return values.get(kind.kind, "clair")
