"""Whether anything more is awaited of anybody: answers, ratifications and conditions."""

from __future__ import annotations

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.partnership.conditions import CONDITIONS
from tui.partnership.positions import CONSENSUS, points
from tui.partnership.privacy import public_view
from tui.partnership.values import ORDER, Change, answer_id
from tui.workspace.awaited_answers import all_answered, awaited_lines
from tui.workspace.workspace import Workspace

DAY = "2027-01-10"
DONE = "Chaque partenaire a répondu sur le texte d’aujourd’hui."


@pytest.mark.parametrize(
    ("level", "more", "condition", "all_in"),
    [
        ("agree", {}, None, True), ("agree", {}, "met", True), ("agree", {}, "", False), ("agree", {}, "watch", True),
        ("agree", {"ratify_by@fr": "le conseil"}, None, False), ("reservation", {}, "", False),
        ("agree", {"ratify_by@fr": "le conseil", "resolution@fr": "CA-7"}, None, True), ("", {}, None, False),
        ("agree", {"seen": {"gone": "x"}}, None, False), ("none", {}, None, False),
    ],
)  # fmt: skip
def test_all_is_answered_once_nothing_more_is_awaited(
    level: str, more: dict[str, object], condition: str | None, all_in: bool
) -> None:
    told = Told("Ruche", "Nid")
    now = points(GUIDE, public_view(GUIDE, told.partnership))
    for name, answer in (("Ruche", "agree"), ("Nid", level)):
        whom = (told.ids[name],)
        cells = {"level": answer, "seen": now, **(more if name == "Nid" else {})}
        told.take(
            *(Change(answer_id(CONSENSUS, whom), CONSENSUS, cell, value, "", whom) for cell, value in cells.items())
        )
    if condition is not None:
        row = {ORDER: "5", "answer": "yes_if", "text@fr": "la salle est libre", "state": condition or None}
        told.take(*(Change("condition0", CONDITIONS, cell, value, "rows", whom) for cell, value in row.items()))
    workspace = Workspace(GUIDE, told.partnership, Memory())
    assert all_answered(workspace, DAY) == all_in
    said = [line.replace("'", "’") for line in awaited_lines(workspace, DAY)]
    assert (DONE in said) == all_in, said
