"""Lists to choose from on the working screen: each choice goes to what it names."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui.commands import DOCUMENT, LIST, WORK
from tui.screens import opening_commands
from tui.workspace.workspace import Workspace


def chosen(monkeypatch: pytest.MonkeyPatch, number: int) -> tuple[Any, list[Any], list[Any]]:
    """A screen on which choice `number` of each list is chosen; the choices, and where one goes."""
    told = Told("Ruche", "Pré", "Parti", status="interested")
    told.say("open.who", {"status": "withdrawn"}, "Parti")
    choices: list[Any] = []
    places: list[Any] = []

    async def answer(listed: list[Any]) -> str:
        choices.extend(listed)
        return str(listed[number].id) if number < len(listed) else ""

    monkeypatch.setattr(opening_commands, "answer_to", answer)
    monkeypatch.setattr(opening_commands, "Picker", lambda title, listed: listed)
    monkeypatch.setattr(opening_commands, "CommandPicker", lambda title, listed, first: listed)
    workspace = Workspace(GUIDE, told.partnership, Memory())
    screen: Any = SimpleNamespace(workspace=workspace, told=told, go=lambda place, writing: places.append(place))
    screen.to_partner = places.append
    return screen, choices, places


@pytest.mark.parametrize("number", [0, 1, 99])
async def test_a_missing_answer_is_gone_to_for_its_partner(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    screen, choices, places = chosen(monkeypatch, number)
    await opening_commands.show_missing(screen)
    missing = screen.workspace.milestones.missing
    assert len(choices) == len(missing) > 1
    before = screen.workspace.place.partner
    wanted = [(item.question, item.partner or before) for item in missing][number : number + 1]
    assert [(place.question, place.partner) for place in places] == wanted


@pytest.mark.parametrize("number", range(4))
async def test_each_partner_can_be_gone_to_also_one_that_left(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    screen, choices, places = chosen(monkeypatch, number)
    await opening_commands.ask_partner(screen)
    assert [choice.label for choice in choices] == ["Ruche", "Pré", "Parti"]
    assert [place.partner for place in places] == list(screen.told.ids.values())[number : number + 1]


@pytest.mark.parametrize("where", [LIST, WORK, DOCUMENT])
@pytest.mark.parametrize("is_open", [True, False])
async def test_what_the_guide_asks_is_found_on_pages_of_a_partnership(
    monkeypatch: pytest.MonkeyPatch, where: str, is_open: bool
) -> None:
    screen, choices, _places = chosen(monkeypatch, 9999)
    monkeypatch.setattr(opening_commands, "commands_of_moment", lambda *what: ())
    page = SimpleNamespace(where=where, likely_commands=lambda: ())
    app: Any = SimpleNamespace(page=page, workspace=screen.workspace if is_open else None)
    await opening_commands.show_palette(app)
    of_guide = [choice for choice in choices if choice.id.startswith("?")]
    assert bool(of_guide) is (is_open and where != LIST) and len(of_guide) < len(choices)
    assert "palette" not in [choice.id for choice in choices]
