"""The table of a sub-step: sections with something to be specified, and what a room may see."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.agreement.blocks import Block, Item, ListBlock, Paragraph, Row, Run, Subheading, Table
from tui.guide.guide_types import Step
from tui.workspace.step_pages import sections_with_holes, table_of
from tui.workspace.workspace import Workspace

HOLE = (Run("à préciser", hole=True),)
SAID = (Run("dit"),)
WITH_HOLE: dict[str, Block] = {
    "a paragraph": Paragraph(HOLE),
    "a heading": Subheading(HOLE),
    "an item": ListBlock((Item((Paragraph(SAID),)), Item((Paragraph(HOLE),)))),
    "a list in a list": ListBlock((Item((ListBlock((Item((Paragraph(HOLE),)),)),)),)),
    "a table": Table((SAID, SAID), (Row((SAID, SAID)), Row((SAID, HOLE)))),
}


def open_workspace(told: Told) -> Workspace:
    """The told partnership, open."""
    memory = Memory()
    memory.partnership = told.partnership
    return Workspace(GUIDE, told.partnership, memory)


@pytest.mark.parametrize("where", WITH_HOLE)
def test_a_hole_is_found_wherever_it_stands(where: str) -> None:
    agreement = open_workspace(Told("Ruche", "Pré")).agreement
    first, second = (replace(section, blocks=()) for section in agreement.sections[:2])
    second = replace(second, blocks=(Paragraph(SAID), WITH_HOLE[where]))
    assert sections_with_holes(replace(agreement, sections=(first, second))) == {second.id}


@pytest.mark.parametrize("step", GUIDE.main_steps, ids=lambda step: step.id)
def test_table_for_a_room_says_nothing_private(step: Step) -> None:
    told = Told("Zanzibar", status="prospective")
    told.join("Ruche")
    for name in ("Zanzibar", "Ruche"):
        told.say("open.history", {"note": "vieille rancune"}, name)
    workspace = open_workspace(told)
    room, own = repr(table_of(workspace, step, public=True)), repr(table_of(workspace, step))
    assert "Zanzibar" not in room and "rancune" not in room
    assert "Zanzibar" in own and "Ruche" in own
