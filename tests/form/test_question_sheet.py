"""Tests of what a sheet of paper asks: a partner nothing private, the facilitator what no partner is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.partnership.told import GUIDE, Told
from tui.form.form import Fields, FormContext
from tui.form.question_sheet import OWN, SheetContext, SheetWalk, sheet_questions
from tui.form.question_walk import PAIRS, ROSTER
from tui.guide.guide_types import Field, Part, Question
from tui.partnership.partners import PEOPLE, WHO

ADDRESSES = {"email", "phone"}  # of people: private, but a partner is asked for them


def sheet_of(told: Told, name: str = "") -> SheetContext:
    """The sheet of a partner, or the facilitator's own."""
    return SheetContext(FormContext(GUIDE, told.partnership, "fr"), told.ids.get(name, OWN))


def asked(sheet: SheetContext) -> Iterator[tuple[Question, Part, Field]]:
    """All that a sheet asks."""
    for name in sheet_questions(GUIDE, sheet):
        question = GUIDE.question(name)
        for part in question.parts:
            for field in part.fields:
                if sheet.shows_part(question, part) and sheet.shows(field) and sheet.asks(question, part, field):
                    yield question, part, field


def test_a_partner_is_asked_nothing_private_but_addresses_and_nothing_of_the_group() -> None:
    sheet = sheet_of(Told("Ruche", "Nid"), "Ruche")
    found = list(asked(sheet))
    assert {question.scope for question, _part, _field in found} <= {"partner", "partner_or_pair"}
    assert not any(question.private for question, _part, _field in found)
    assert {field.id for _question, _part, field in found if field.private} == ADDRESSES
    assert not {field.id for question, part, field in found if question.id == WHO and not part.id} & {"status", "named"}
    assert not any(field.id == "agreed" for _question, _part, field in found)


def test_the_own_sheet_asks_what_no_partner_is_asked() -> None:
    told = Told("Ruche", "Nid")
    own, of_partner = list(asked(sheet_of(told))), list(asked(sheet_of(told, "Ruche")))
    assert not [item for item in own if item in of_partner]
    ids = {(question.id, part.id, field.id) for question, part, field in own}
    assert {(WHO, "", "status"), (WHO, "", "named"), ("open.involvement", "", "agreed")} <= ids
    assert not any(part == PEOPLE for _question, part, _field in ids)
    assert any(question.scope == "project" for question, _part, _field in own)


@pytest.mark.parametrize("name", ["Ruche", ""])
def test_no_list_asks_for_a_choice_and_none_shows_rows_of_another_question(name: str) -> None:
    found = list(asked(sheet_of(Told("Ruche", "Nid"), name)))
    assert found and not any(part.list and field.kind == "choice" for _question, part, field in found)
    assert not any(part.store or part.more or field.more for _question, part, field in found)


@pytest.mark.parametrize("name", ["Ruche", ""])
def test_the_way_through_a_sheet_stops_at_whom_it_is_about(name: str) -> None:
    told = Told("Ruche", "Nid", "Clinique")
    walk = SheetWalk(FormContext(GUIDE, told.partnership, "fr"), told.ids.get(name, OWN))
    spot, stops = walk.start(), set[str]()
    while spot.question:
        stops.add(spot.stop)
        for group in walk.form(spot).groups:
            assert not isinstance(group, Fields) or group.fields
        spot = walk.after(spot)
    assert stops == ({told.ids["Ruche"]} if name else {"", *told.ids.values(), PAIRS})
    assert ROSTER not in stops
    assert walk.stops("gather.vision") == (() if name else ("",))


def test_an_additional_private_question_is_on_no_sheet_of_a_partner() -> None:
    told = Told("Ruche", "Nid")
    sheet = sheet_of(told, "Ruche")
    for name in sheet_questions(GUIDE, sheet):
        steps = tuple(
            replace(step, questions=tuple(
                replace(question, private=True) if question.id == name else question for question in step.questions
            ))
            for step in GUIDE.steps
        )  # fmt: skip
        assert name not in sheet_questions(replace(GUIDE, steps=steps), sheet)


def test_no_other_private_field_of_people_is_asked() -> None:
    told = Told("Ruche", "Nid")
    question = GUIDE.question(WHO)
    part = question.part(PEOPLE)
    assert part is not None
    for field in part.fields:
        if field.kind != "choice":
            hidden = replace(field, private=True)
            assert sheet_of(told, "Ruche").asks(question, part, hidden) is (field.id in ADDRESSES)
            assert not sheet_of(told).asks(question, part, hidden)
