"""The field at the foot of the document, seen by nobody: which names are completed, and what is written of them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.agreement.blocks import Origin
from tui.screens.bottom_field import BottomField, target_of
from tui.workspace.workspace import Workspace


def opened(monkeypatch: pytest.MonkeyPatch, question: str, field: str, text: str) -> tuple[BottomField, list[str]]:
    """A field of the document in which so much was typed, and the list of what it then writes."""
    told = Told("Université", "Clinique")
    value = {"mandate": "animer"} if question == "gather.lead" else {"text": "prêter une salle", "state": "accepted"}
    owner = "" if question == "gather.lead" else "Clinique"
    row = told.say(question, value, owner, op="add")[0]
    workspace = Workspace(GUIDE, told.partnership, Memory())
    written: list[str] = []
    editor = SimpleNamespace(text=text)
    editor.load = lambda typed: setattr(editor, "text", typed)
    monkeypatch.setattr(BottomField, "editor", editor)
    bottom = BottomField(workspace, lambda: None)
    monkeypatch.setattr(bottom, "take_typing", written.append)
    bottom.target = target_of(workspace, Origin(row, field, question), "")
    assert bottom.target is not None and bottom.target.entry.id == row
    return bottom, written


@pytest.mark.parametrize(
    ("question", "field", "text", "written"),
    [
        ("gather.lead", "partner", "univ", "Université"), ("gather.lead", "partner", "clin", "Clinique"),
        ("gather.lead", "partner", "Université", None), ("gather.lead", "partner", "", None),
        ("gather.lead", "partner", "Maison Jean", None), ("gather.lead", "mandate", "univ", None),
        ("open.contributions", "partners", "Clinique, univ", "Clinique, Université"),
        ("open.contributions", "partners", "tous", None), ("open.contributions", "state", "conf", None),
        ("open.contributions", "text", "clin", None),
    ],
)  # fmt: skip
def test_a_name_begun_is_completed_where_names_are_asked(
    monkeypatch: pytest.MonkeyPatch, question: str, field: str, text: str, written: str | None
) -> None:
    bottom, done = opened(monkeypatch, question, field, text)
    bottom.take_name()
    assert done == ([] if written is None else [written])
    target: Any = bottom.target
    bottom.target = None
    bottom.take_name()
    assert len(done) == (written is not None) and target is not None
