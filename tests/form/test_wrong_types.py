"""Each field of the guide refuses what is of another type than its own, in a sentence of the interface's language."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tui import i18n
from tui.guide.guide_types import Field, Part, Question
from tui.partnership.field_kinds import BadValue

FIELDS = [
    (question, part, field)
    for question in GUIDE.by_id.values()
    for part in question.parts
    for field in part.fields
    if not field.hidden
]
WRONG: list[Any] = ["yes", 3.7, [["x"]], {"a": {"b": 1}}, True, float("nan")]


def asked(told: Told, question: Question) -> dict[str, Any]:
    """Whom a question is asked of, as a line of `answer` says it."""
    both = [told.ids["Alpha"], told.ids["Beta"]]
    lines: dict[str, dict[str, Any]] = {"pair": {"pair": both}, "partner": {"partner": both[0]}}
    return lines.get(question.scope, {})


def given(question: Question, part: Part, field: Field, value: object) -> dict[str, Any]:
    """The value of a line that sets one field."""
    one = {field.id: value}
    return {part.id: [one]} if part.list and part is not question.parts[0] else one


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_field_takes_a_value_of_another_type(lang: i18n.Language) -> None:
    i18n.use(lang)
    for question, part, field in FIELDS:
        for value in WRONG:
            fits = (isinstance(value, str) and field.kind != "flag") or (value is True and field.kind == "flag")
            if fits:
                continue
            told = Told("Alpha", "Beta")
            with pytest.raises(BadValue) as refused:
                told.say(question.id, given(question, part, field, value), **asked(told, question))
            assert str(refused.value).strip() and "Traceback" not in str(refused.value)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_a_question_has_is_listed_whole(lang: i18n.Language) -> None:
    i18n.use(lang)
    for question in GUIDE.by_id.values():
        told = Told("Alpha", "Beta")
        with pytest.raises(BadValue) as refused:
            told.say(question.id, {"no_such_field": "x"}, **asked(told, question))
        names = re.split(r" : |: ", str(refused.value).replace("\xa0", " "))[-1].split(", ")
        assert all(name.strip() for name in names), str(refused.value)


def test_a_yes_in_words_is_no_flag() -> None:
    told = Told("Alpha")
    with pytest.raises(BadValue):
        told.say("open.who", {"named": "yes"}, row=told.ids["Alpha"])
    told.say("open.who", {"named": True}, row=told.ids["Alpha"])
