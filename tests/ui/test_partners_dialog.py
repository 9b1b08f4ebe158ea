"""A whole name typed in a field means the partner of that name, whichever key ends it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.test_case_one import write
from tests.screens.test_meeting_screen import table
from tui.partnership.partners import ALL
from tui.ui import partners_dialog
from tui.ui.partners_dialog import Group, PartnersDialog, Ticked

NAMES = ("Alpha Beta", "Alpha", "Tous pour un", "Tous", "All in", "all", "Sauf")


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("key", ["enter", "tab", "down", "f4"])
async def test_a_whole_name_is_taken_as_it_was_typed(tmp_path: Path, lang: str, key: str) -> None:
    app = table(tmp_path, dict.fromkeys(NAMES, 0), lang)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        workspace: Any = app.workspace
        screen: Any = app.screen
        ids = {row.text("name", lang): row.id for row in workspace.partnership.rows("open.who")}
        for name in ids:
            screen.go(replace(workspace.place, question="gather.lead", slot="+rows"), writing=True)
            await write(pilot, f":{name.lower()}", key)
        screen.field_editor.finish()
        rows = workspace.partnership.rows("gather.lead", "rows")
        assert [row.get("partner") for row in rows] == list(ids.values())


CHOICES = (("a", "Aster"), ("b", "Bouleau"), ("c", "Cèdre"))
EVERYONE, LOCAL = Group(ALL, "tous", ("a", "b", "c")), Group("local", "les voisins", ("a", "b"))


@pytest.mark.parametrize(
    ("groups", "keys", "answer"),
    [
        ((), "", Ticked(())),
        ((), " ", Ticked(("a",))),
        ((), "  ", Ticked(())),
        ((), "a", Ticked(("a", "b", "c"))),
        ((), "aa", Ticked(())),
        ((), "t ", Ticked(("b", "c"))),
        ((EVERYONE, LOCAL), "A", Ticked(("a", "b", "c"), ALL)),
        ((EVERYONE, LOCAL), "AA", Ticked(())),
        ((EVERYONE, LOCAL), "uu ", Ticked(("a", "b", "c"), ALL)),
        ((EVERYONE, LOCAL), "u ", Ticked(("a", "b"), "local")),
        ((EVERYONE, LOCAL), "u  ", Ticked(())),
        ((EVERYONE, LOCAL), "u d ", Ticked(("b",), "local")),  # the group still, except one
        ((EVERYONE, LOCAL), "u ddd ", Ticked(("a", "b", "c"), ALL)),  # one more than the group, so all
        ((EVERYONE, LOCAL), " d d ", Ticked(("a", "b", "c"), ALL)),  # one by one
        ((LOCAL,), " d d ", Ticked(("a", "b", "c"))),
        ((EVERYONE, LOCAL), "dd ", Ticked(("c",))),
        ((EVERYONE, LOCAL), "dd uuu ", Ticked(("a", "b"), "local")),  # the group and no other
        ((EVERYONE, LOCAL), "AA ", Ticked(("a",))),
        ((EVERYONE, LOCAL), "u d d ", Ticked(())),  # nobody is left of the group
        ((EVERYONE, LOCAL), " d ", Ticked(("a", "b"))),
    ],
)
def test_what_is_ticked_is_answered_with_the_group_it_makes(
    groups: tuple[Group, ...], keys: str, answer: Ticked, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Any] = []
    monkeypatch.setattr(PartnersDialog, "paint", lambda dialog: None)
    monkeypatch.setattr(PartnersDialog, "dismiss", lambda dialog, ticked: given.append(ticked))
    dialog = PartnersDialog("Qui ?", CHOICES, groups=groups)
    for key in keys:
        if key in "ud":
            dialog.walk(-1 if key == "u" else 1)
        else:
            dialog.act(key)
    dialog.act("enter")
    assert given == [answer]


def test_who_is_ticked_gets_a_name_as_a_group(monkeypatch: pytest.MonkeyPatch) -> None:
    named: list[tuple[str, tuple[str, ...]]] = []
    given: list[Any] = []

    def name_group(name: str, members: tuple[str, ...]) -> Group:
        named.append((name, members))
        return Group("new", name, members)

    monkeypatch.setattr(PartnersDialog, "app", None)
    monkeypatch.setattr(PartnersDialog, "paint", lambda dialog: None)
    monkeypatch.setattr(PartnersDialog, "dismiss", lambda dialog, ticked: given.append(ticked))
    monkeypatch.setattr(partners_dialog, "ask_text", lambda app, window, title, take, **how: take(" les voisins "))
    dialog = PartnersDialog("Qui ?", CHOICES, groups=(LOCAL,), name_group=name_group)
    dialog.act("g")
    assert not named, "nobody is ticked"
    dialog.act(" ")
    dialog.act("G")
    assert named == [("les voisins", ("a",))] and dialog.choices[dialog.at - len(dialog.groups)][0] == "a"
    dialog.act("enter")
    assert given == [Ticked(("a",), "new")]
