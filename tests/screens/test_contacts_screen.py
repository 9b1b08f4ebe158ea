"""The page of contacts: people taken in by keyboard, leave given and taken back, the annex with the document."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.caged import press
from tests.screens.opened import ORG, filled_store, opened, workspace_of
from tests.workspace.in_memory import Memory
from tui.partnership.partners import people
from tui.partnership.values import ANNEXED
from tui.screens.contacts_screen import ContactsScreen
from tui.screens.person_departure import PersonDepartureScreen
from tui.screens.versions_screen import ReadOnlyScreen
from tui.workspace.kept_versions import present_text
from tui.workspace.workspace import Workspace

CARD = "BEGIN:VCARD\nVERSION:3.0\nN:Roy;Ida;;;\nFN:Ida Roy\nEMAIL:ida@univ.ca\nEND:VCARD\n"


async def test_people_are_taken_in_and_agree_to_the_annex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "gens.vcf").write_text(CARD, encoding="utf-8")
    async with opened(filled_store(tmp_path / "s")) as (app, pilot):
        workspace = workspace_of(app)
        await press(pilot, "escape")
        app.run_command("contacts")
        await pilot.pause()
        assert isinstance(app.screen, ContactsScreen)
        await press(pilot, "enter", *str(tmp_path / "rien.vcf"), "enter")
        assert "rien.vcf" in app.page.message
        await press(pilot, "enter", *["backspace"] * 8, *"gens.vcf", "enter")
        await press(pilot, *"univ", "enter")
        assert [row.get("name") for row in people(workspace.partnership, ORG)] == ["Ida Roy"]
        assert "1 personne prise en note." in app.page.message.replace("\u00a0", " ")
        rows = [(row.text, row.behind) for row in app.screen.rows()]
        assert ("Ida Roy · ida@univ.ca", "") in rows
        await press(pilot, "end", "enter", "enter")
        assert ("Ida Roy · ida@univ.ca", "à l'annexe") in [(row.text, row.behind) for row in app.screen.rows()]
        assert "ida@univ.ca" not in repr(present_text(workspace, "fr"))
        await press(pilot, "home", *["down"] * 4, "enter")
        assert "ida@univ.ca" in repr(present_text(workspace, "fr"))
        assert "ida@univ.ca" not in repr(workspace.agreement), "what is shown to a room holds no address"
        await press(pilot, "up", "up", "enter")
        assert isinstance(app.screen, ReadOnlyScreen) and "ida@univ.ca" in repr(app.screen.agreement)
        await press(pilot, "escape", "up", "enter")
        (written,) = (tmp_path / "Entente").glob("*.csv")
        assert "ida@univ.ca" in written.read_text(encoding="utf-8") and "pour-moi-seul" in written.name
        assert written.stat().st_mode & 0o077 == 0
        await press(pilot, "end", "enter", *"part", "enter")
        assert isinstance(app.screen, PersonDepartureScreen)


@pytest.mark.parametrize("answer", [None, "b" * 10])
def test_the_annex_is_taken_back_and_nobody_is_taken_in_unasked(
    monkeypatch: pytest.MonkeyPatch, answer: str | None
) -> None:
    taken: list[Any] = []
    monkeypatch.setattr(ContactsScreen, "app", SimpleNamespace(push_screen=lambda screen, take: take(answer)))
    monkeypatch.setattr(ContactsScreen, "paint", lambda page: None)
    monkeypatch.setattr(ContactsScreen, "_take_in", lambda page, file, owner: taken.append(owner))
    workspace = Workspace(GUIDE, Told("Collège").partnership, Memory())
    page = ContactsScreen(workspace)
    page._ask_owner(Path("gens.vcf"), "Sans organisme.")
    assert taken == ([answer] if answer else [])
    joined = []
    for _press in range(3):
        page._toggle_annexed()
        joined.append(bool(workspace.partnership.setting(ANNEXED)))
    assert joined == [True, False, True]


@pytest.mark.parametrize(
    ("listed", "chosen", "stands"),
    [(False, "yes", True), (True, "no", False), (False, None, False), (True, None, True), (True, "#field", True)],
)
def test_who_stands_in_the_annex_is_who_agrees(
    monkeypatch: pytest.MonkeyPatch, listed: bool, chosen: str | None, stands: bool
) -> None:
    told = Told("Collège", status="committed")
    told.say("open.who", {"people": [{"name": "Ida Roy", **({"listed": True} if listed else {})}]}, "Collège")
    store = Memory()
    store.partnership = told.partnership
    workspace = Workspace(GUIDE, told.partnership, store)
    monkeypatch.setattr(ContactsScreen, "app", SimpleNamespace(push_screen=lambda dialog, take: take(chosen)))
    screen = ContactsScreen(workspace)
    for name in ("paint", "say", "to_field"):
        monkeypatch.setattr(screen, name, lambda *what: None)
    (person,) = people(workspace.partnership, told.ids["Collège"])
    screen._action_asker(person)()
    assert bool(workspace.partnership.entries[person.id].get("listed")) is stands
