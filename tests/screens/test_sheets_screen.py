"""The page of the sheets: those ticked are written, and what stands on one is typed in, one window after the other."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.partnership.told import GUIDE, Told
from tests.screens.opened import filled_store, opened, shown, workspace_of
from tests.screens.test_export_screen import done
from tests.workspace.in_memory import Memory
from tui import i18n
from tui.i18n import Language
from tui.partnership.field_kinds import BadValue
from tui.partnership.partners import active, rows_of
from tui.partnership.values import answer_id
from tui.screens import sheets_screen
from tui.screens.sheets_screen import SheetEntryScreen, SheetsScreen
from tui.settings import Settings
from tui.workspace.workspace import Workspace

SMALL = (80, 24)
WORDS = {"fr": ("feuilles à remplir", "questions-a-remplir", "feuille-de-l-animation"),
         "en": ("sheets to fill", "questions-to-be-filled-in", "the-facilitator-s-own-sheet")}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
async def test_what_is_ticked_is_written(lang: Language, tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    i18n.use(lang)
    command, first, own = WORDS[lang]
    async with opened(store, Settings(output=str(tmp_path / "out"), lang=lang), SMALL) as (app, pilot):
        await pilot.press("escape", "f2", *command, "enter")
        await pilot.pause()
        assert isinstance(app.screen, SheetsScreen)
        await pilot.press("home", "enter", "end", "up", "up", "enter", "end", "enter")
        await done(pilot, app)
        await pilot.pause()
        names = sorted(path.name for path in (tmp_path / "out").iterdir())
        assert len(names) == 4 and sum(first in name for name in names) == 2 and sum(own in name for name in names) == 2
        assert names[0] in shown(app, "sheet")


async def test_what_was_written_is_typed_in_window_after_window(tmp_path: Path) -> None:
    """Nothing is looked for: two Enters open the sheet of the first partner, and each Enter asks the next thing."""
    store = filled_store(tmp_path / "store")
    async with opened(store, Settings(output=str(tmp_path / "out")), SMALL) as (app, pilot):
        partner = active(workspace_of(app).partnership)[0].id
        await pilot.press("escape", "f2", *WORDS["fr"][0], "enter")
        await pilot.pause()
        await pilot.press("home", "down", "enter")
        await pilot.pause()
        await pilot.press("enter")  # the name stays
        await pilot.pause()
        await pilot.press(*"accueillir", "enter")
        await pilot.pause()
        await pilot.press("enter")  # nobody was written down
        await pilot.pause()
        await pilot.press(*"contribue", "enter")
        await pilot.pause()
        await pilot.press(*"deux camions", "enter")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, SheetEntryScreen) and "deux camions" in shown(app, "sheet")
        kept = workspace_of(app).partnership
    row, level = kept.entry(partner), kept.entry(answer_id("open.involvement", (partner,)))
    assert row is not None and row.text("role", "fr") == "accueillir"
    assert level is not None and level.get("level") == "contributes"
    assert "deux camions" in [one.text("text", "fr") for one in rows_of(kept, "open.contributions", "rows", partner)]


async def test_large_print_and_the_page_for_the_room_are_one_command(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "store")
    async with opened(store, Settings(output=str(tmp_path / "out")), SMALL) as (_app, pilot):
        await pilot.press("escape", "f2", *"gros carac", "enter")
        await pilot.pause()
        names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert [path.rpartition(".")[2] for path in names] == ["docx", "pdf", "html"]
    assert "-gros-" in names[0] and "-salle-" in names[2]


@pytest.mark.parametrize("understood", [True, False])
def test_an_answer_of_a_sheet_is_saved_once_it_is_understood(monkeypatch: pytest.MonkeyPatch, understood: bool) -> None:
    done: list[str] = []

    def take(text: str) -> None:
        done.append(text)
        if not understood:
            raise BadValue("pas une date")

    app = SimpleNamespace(save=lambda: done.append("saved"), say=done.append)
    monkeypatch.setattr(SheetEntryScreen, "app", app)
    entry: Any = SimpleNamespace(take=take)
    page = SheetEntryScreen(Workspace(GUIDE, Told("Collège").partnership, Memory()), entry)
    monkeypatch.setattr(page, "paint", lambda: done.append("painted"))
    monkeypatch.setattr(page, "call_after_refresh", lambda call: done.append(call.__name__))
    assert page._take("hier") is understood
    assert done == (["hier", "saved", "painted", "_ask"] if understood else ["hier", "pas une date"])


@pytest.mark.parametrize(
    ("answers", "repeats", "typed", "kept"),
    [
        (("lundi",), False, "lundi", ""), (("lundi",), False, "", ""), (("lundi",), False, "mardi", "mardi"),
        (("lundi",), True, "lundi", "lundi"), ((), False, "lundi", "lundi"), (("lundi",), False, None, None),
    ],
)  # fmt: skip
def test_an_answer_of_a_sheet_left_as_it_was_writes_nothing(
    monkeypatch: pytest.MonkeyPatch, answers: tuple[str, ...], repeats: bool, typed: str | None, kept: str | None
) -> None:
    taken: list[str] = []
    entry: Any = SimpleNamespace(take=taken.append)
    prompt: Any = SimpleNamespace(answers=answers, repeats=repeats, heading="Jour", label="Lequel", kind="text")
    page = SheetEntryScreen(Workspace(GUIDE, Told("Collège").partnership, Memory()), entry)
    monkeypatch.setattr(SheetEntryScreen, "app", None)
    shown: list[str] = []

    def take_answer(text: str) -> bool:
        taken.append(text)
        return True

    monkeypatch.setattr(page, "_take", take_answer)

    def ask_text(app: object, window: str, title: str, take: Any, *, text: str, **more: object) -> None:
        shown.append(text)
        assert take(typed) is (typed is not None)

    monkeypatch.setattr(sheets_screen, "ask_text", ask_text)
    page._ask_text(prompt)
    assert taken == ([] if kept is None else [kept]) and shown == ["" if repeats else "".join(answers)]
