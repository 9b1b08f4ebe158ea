"""The page of versions: what is compared goes from the older text to the newer one, and no text with itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.workspace.in_memory import Memory
from tui import i18n
from tui.partnership.values import HistoryEntry
from tui.screens import versions_screen
from tui.screens.versions_screen import VersionsScreen
from tui.workspace.workspace import Workspace

FIRST, SECOND, THIRD = VERSIONS = tuple(SimpleNamespace(id=name) for name in ("first", "second", "third"))


def unseen(monkeypatch: pytest.MonkeyPatch, chosen: str | None) -> tuple[Any, list[Any]]:
    """The page of three versions, seen by nobody, where one answers `chosen`; and what is offered and compared."""
    i18n.use("en")
    done: list[Any] = []

    def push_screen(screen: Any, take: Any = None) -> None:
        if take is not None:
            done.append([choice.label for choice in screen.choices])
            take(chosen)

    def note(what: Any, agreement: str) -> str:
        done.append(what)
        return agreement

    monkeypatch.setattr(versions_screen, "name_of", lambda version, lang: version.id)
    monkeypatch.setattr(versions_screen, "ReadOnlyScreen", lambda agreement: agreement)
    monkeypatch.setattr(versions_screen, "text_of", lambda workspace, version, lang: note(version.id, "text"))
    monkeypatch.setattr(
        versions_screen, "changes_between", lambda workspace, old, new, lang: note((old, new), "changes")
    )
    monkeypatch.setattr(VersionsScreen, "app", SimpleNamespace(push_screen=push_screen))
    versions: Any = VERSIONS
    return VersionsScreen(Workspace(GUIDE, Told("Collège").partnership, Memory()), versions), done


@pytest.mark.parametrize(
    ("version", "chosen", "compared"),
    [
        (SECOND, "first", [(FIRST, SECOND)]), (SECOND, "third", [(SECOND, THIRD)]), (THIRD, "today", [(THIRD, None)]),
        (FIRST, "third", [(FIRST, THIRD)]), (SECOND, "", ["second"]), (SECOND, None, []),
    ],
)  # fmt: skip
def test_changes_go_from_the_older_text_to_the_newer_one(
    monkeypatch: pytest.MonkeyPatch, version: Any, chosen: str | None, compared: list[Any]
) -> None:
    page, done = unseen(monkeypatch, chosen)
    page._compare_asker(version)()
    offered, *found = done
    assert found == compared
    others = [each.id for each in reversed(VERSIONS) if each is not version]
    assert offered == ["Today's text", *others, "Nothing: read it as it was"]


@pytest.mark.parametrize("moments", [(1, 2, 3, 4), (4, 3, 2, 1), (2, 4, 1, 3)])
def test_what_a_field_said_is_told_newest_first_in_both_wordings(
    monkeypatch: pytest.MonkeyPatch, moments: tuple[int, ...]
) -> None:
    """The two wordings of a field have a history each, told as one."""
    told = Told("Collège")
    told.say("gather.vision", {"vision": "aujourd'hui"})
    workspace = Workspace(GUIDE, told.partnership, Memory())
    entry = told.partnership.entries["gather.vision"]

    def history(partnership: str, *, entry: str, cell: str) -> list[HistoryEntry]:
        first, second = sorted(moments[:2] if cell == "vision@fr" else moments[2:])
        return [
            HistoryEntry(entry, entry, cell, None, f"texte {first}", first, "", f"2026-11-0{first}"),
            HistoryEntry(entry, entry, cell, f"texte {first}", f"texte {second}", second, "", f"2026-11-0{second}"),
        ]

    pages: list[Any] = []
    app = SimpleNamespace(
        store=SimpleNamespace(history=history), push_screen=lambda screen, take: pages.append(screen), lang="fr"
    )
    monkeypatch.setattr(workspace, "flush", lambda: None)
    field = SimpleNamespace(cell="vision@fr", entry=entry)
    screen: Any = SimpleNamespace(
        form=SimpleNamespace(current_field=field), workspace=workspace, app=app, say=lambda text: pages.append(text)
    )
    versions_screen.show_history(screen)
    assert [earlier.at[-1:] for earlier in pages[0].earlier_texts if earlier.at] == list("4321")
