"""The questions, lists and fields that the list of commands finds lead to the place where they are answered."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.form.form import ADD, MORE, PAIR
from tui.ui.form_painter import FormPainter
from tui.workspace.field_search import findables, place_found
from tui.workspace.place import Place
from tui.workspace.workspace import Workspace


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("filled", [False, True])
def test_each_leads_to_the_place_where_it_is_written(lang: str, filled: bool) -> None:
    told = Told("A", "B")
    if filled:
        told.say("open.contributions", {"text": "prêter une salle"}, partner="A", op="add")
        told.say("gather.governance", {"name": "comité"}, part="bodies", op="add")
    workspace = Workspace(GUIDE, told.partnership, Memory())
    workspace.lang = lang
    for one in findables(GUIDE, lang):
        workspace.place = Place("open.who", told.ids["A"], told.ids["B"])
        workspace.go(place_found(workspace, one.id))
        assert workspace.place.question == one.question
        here = FormPainter(workspace, 100).paint().current_field
        assert here is not None, one
        if one.part is not None and here.kind != PAIR:
            assert here.part.id == one.part and here.kind != MORE, one
            assert here.kind == ADD or not one.field or here.field.id == one.field, one  # type: ignore[union-attr]


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_question_and_shown_label_is_found_once(lang: str) -> None:
    found = list(findables(GUIDE, lang))
    assert len({one.id for one in found}) == len(found) and all(one.label for one in found)
    labels = {one.label for one in found}
    for step in GUIDE.walked_steps:
        for question in step.questions:
            assert question.short.get(lang) in labels and question.words.get(lang)
            shown = [field.label.get(lang) for part in question.parts for field in part.fields if not field.hidden]
            assert set(shown) <= labels
