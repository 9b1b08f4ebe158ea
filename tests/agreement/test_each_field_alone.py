"""Tests that each field which the document prints with others is printed when it is the only one filled."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.agreement.reading import GUIDE, Told, agreed, everything, lines
from tui.guide.guide_types import Field, Part, Question
from tui.partnership.values import Change, Value

# Fields that only say more of others of their row: whose title, of what amount, where the article stands.
SAYS_MORE_OF: dict[tuple[str, str, str], tuple[str, ...]] = {
    ("open.who", "people", "title"): ("accountable", "signs"),
    ("open.who", "", "article"): ("short_name",),
    ("open.contributions", "rows", "partners"): ("owner", "type", "value"),
    ("open.contributions", "rows", "value"): ("type",),
    ("commit.funding", "rows", "ceiling"): ("amount",),
    ("commit.funding", "rows", "each"): ("amount",),
    ("extra.legal", "", "effect_on"): ("effect",),
    ("extra.decision_rule", "", "until"): ("silence",),
    ("extra.review", "", "notice"): ("renewal",),
    ("extra.articles", "rows", "text"): ("place", "own_section"),
    ("extra.articles", "rows", "place"): ("text", "own_section"),
    ("extra.articles", "rows", "own_section"): ("text", "place"),
}
HELD = Told("Centre A", "Centre B")
A, B = HELD.ids.values()


def value(field: Field) -> Value:
    """A value of the field's kind; None for what nobody types."""
    if field.kind == "choice":
        return list(GUIDE.choices[field.choices])[1]
    values: dict[str, Any] = {
        "flag": True, "line": f"mot {field.id}", "prose": f"mot {field.id}", "effort": "3 h", "number": 3, "partner": A,
        "date": "2031-05", "period": {"start": "2031-04", "end": "2031-06"}, "someone": {"name": f"Zoé {field.id}"},
        "amount": {"amount": "4200", "currency": "CAD"}, "someones": [{"name": f"Zoé {field.id}"}],
        "partners": {"ids": [A, B], "group": "all"},
    }  # fmt: skip
    return values.get(field.kind)


def printed(question: Question, part: Part, cells: dict[str, Value]) -> dict[str, str]:
    """The sections of the document of two partners and one answer, or one row, of these cells; "" for its head."""
    told = Told()
    told.partnership = HELD.partnership
    subject = () if question.scope == "project" or "partners" in cells else (A,)
    entry = "rowaaaaaaa" if part.list else A if question.id == "open.who" else ":".join((question.id, *subject))
    for name, one in cells.items():
        field = part.field(name)
        assert field is not None
        told.take(Change(entry, question.id, f"{name}@fr" if field.translatable else name, one, part.id, subject))
    agreement = agreed(told)
    head = everything(replace(agreement, sections=()))
    return {"": head, **{one.id: "\n".join([one.heading, *lines(one.blocks)]) for one in agreement.sections}}


def places(first: dict[str, str], second: dict[str, str]) -> set[str]:
    """The sections that differ."""
    return {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}


PARTS = [
    (question, part)
    for question in GUIDE.by_id.values()
    for part in question.parts
    if not question.private and "pair" not in question.scope and not part.store
]


@pytest.mark.slow
@pytest.mark.parametrize(("question", "part"), PARTS, ids=[f"{one.id}/{part.id}" for one, part in PARTS])
def test_what_is_printed_beside_others_is_printed_alone(question: Question, part: Part) -> None:
    needed = {rule.field: rule.values[0] for rule in part.public_when if rule.of == "entry"}
    fields = [field for field in part.fields if not (field.hidden or field.private)]
    full = {field.id: value(field) for field in fields if value(field) is not None} | needed
    main = {part.main.id} if part.list and part.main is not None else set()
    lost = []
    for name in full.keys() - needed.keys() - main:
        base = {one: full[one] for one in (*main, *needed, *SAYS_MORE_OF.get((question.id, part.id, name), ()))}
        without = {one: full[one] for one in full if one != name}
        beside_others = places(printed(question, part, full), printed(question, part, without))
        alone = places(printed(question, part, base | {name: full[name]}), printed(question, part, base))
        lost += [(name, section) for section in beside_others - alone]
    assert lost == []


def test_each_field_that_says_more_of_another_is_one_of_the_guide() -> None:
    for (question, part, field), others in SAYS_MORE_OF.items():
        home = GUIDE.question(question).part(part)
        assert home is not None and all(home.field(one) is not None for one in (field, *others))
