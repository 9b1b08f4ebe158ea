"""Tests that text which was not understood as a date, amount or name is kept, and never counts as an answer."""

from __future__ import annotations

import pytest

from tests.agreement.reading import agreed, everything
from tests.partnership.told import GUIDE, Told
from tui.guide.guide_types import Field, Part, Question
from tui.partnership.completion import ANSWERED, has_field, progress
from tui.partnership.field_kinds import BadValue, ParseContext, read_value, unparsed_fields
from tui.partnership.holes import open_holes
from tui.partnership.privacy import public_view
from tui.partnership.value_types import value_types
from tui.partnership.values import Change

TYPED = "zqillisible 32 ?"
HELD = Told("Centre A", "Centre B")
A, B = HELD.ids.values()


def readable(field: Field) -> bool:
    """Whether any text can be read as a value of this field."""
    try:
        read_value(ParseContext(GUIDE, HELD.partnership, "fr"), field, TYPED)
    except BadValue:
        return False
    return True


FIELDS = [
    (question, part, field)
    for question in GUIDE.by_id.values()
    for part in question.parts
    for field in part.fields
    if not (part.store or field.hidden or field.kind in ("choice", "flag") or readable(field))
]


def with_typed(question: Question, part: Part, field: Field) -> Told:
    """Two partners, and an answer or a row in which this field alone holds what was typed."""
    told = Told()
    told.partnership = HELD.partnership
    subject = {"project": (), "pair": (A, B)}.get(question.scope, (A,))
    entry = (
        "rowaaaaaaa" if part.list else A if question.id == "open.who" else ":".join([question.id, "+".join(subject)])
    )
    entry = entry.rstrip(":")
    told.take(Change(entry, question.id, field.id, {"typed": TYPED}, part.id, subject))
    return told


def test_the_kinds_that_can_be_misread_are_all_there() -> None:
    assert {field.kind for _question, _part, field in FIELDS} >= {"date", "period", "amount", "number", "partner"}


@pytest.mark.parametrize(
    ("question", "part", "field"), FIELDS, ids=[f"{one.id}/{part.id}/{field.id}" for one, part, field in FIELDS]
)
def test_what_was_not_read_answers_nothing(question: Question, part: Part, field: Field) -> None:
    told = with_typed(question, part, field)
    (entry,) = [one for one in told.partnership.entries.values() if one.get(field.id) == {"typed": TYPED}]
    assert not has_field(entry, field.id)
    assert value_types(GUIDE).fits(question.id, part.id, field.id, {"typed": TYPED}), "it is there when one comes back"
    before, after = progress(HELD.partnership, question), progress(told.partnership, question)
    assert after.done == before.done and (after.state != ANSWERED or before.state == ANSWERED)
    holes = open_holes(GUIDE, public_view(GUIDE, HELD.partnership))
    assert open_holes(GUIDE, public_view(GUIDE, told.partnership)) == holes
    for lang in ("fr", "en"):
        assert TYPED not in everything(agreed(told, lang))
    told_of = [(one.id, other.id, text) for one, other, text in unparsed_fields(GUIDE, told.partnership)]
    assert told_of == ([] if field.private else [(entry.id, field.id, TYPED)])
