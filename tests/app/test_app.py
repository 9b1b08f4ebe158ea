"""The app on one partnership: its languages, its time zone, and whose name its changes carry."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.screens.opened import filled_store, opened, partnership_of, workspace_of
from tui import i18n
from tui.app.app import EntenteApp, run_app
from tui.partnership.values import SETTINGS, TIME_ZONE, Change
from tui.screens.list_screen import PartnershipsScreen
from tui.screens.work_screen import WorkScreen
from tui.settings import Settings
from tui.store import Store
from tui.text import moments
from tui.workspace import place


def set_to(store: Store, **settings: str) -> None:
    """Keep settings with the one partnership."""
    store.save(partnership_of(store).id, [Change(SETTINGS, SETTINGS, name, value) for name, value in settings.items()])


@pytest.mark.parametrize(
    ("interface", "chosen", "kept", "document"),
    [
        ("fr", "", "", "fr"),
        ("en", "", "", "fr"),  # what was typed is French
        ("fr", "", "en", "en"),
        ("fr", "en", "", "en"),
        ("en", "fr", "en", "fr"),
    ],
)
async def test_the_document_has_a_language_of_its_own(
    tmp_path: Path, interface: i18n.Language, chosen: str, kept: str, document: str
) -> None:
    store = filled_store(tmp_path / "s")
    store.save(partnership_of(store).id, [Change("gather.vision", "gather.vision", "vision@fr", "Un lieu ouvert")])
    if kept:
        set_to(store, lang=kept)
    i18n.use(interface)
    async with opened(store, Settings(doc_lang=chosen)) as (app, _pilot):
        workspace = workspace_of(app)
        assert (workspace.lang, workspace.doc_lang) == (interface, document)


async def test_the_time_zone_of_a_partnership_ends_with_it(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    set_to(store, **{TIME_ZONE: "Asia/Tokyo"})
    async with opened(store, Settings(timezone="America/Toronto")) as (app, pilot):
        assert moments.now().endswith("+09:00")
        app.run_command("list")
        await pilot.pause()
        assert isinstance(app.screen, PartnershipsScreen)
        assert moments.now()[-6:] in ("-05:00", "-04:00")


@pytest.mark.parametrize(
    ("settings", "namesake", "asked"),
    [
        (Settings(), False, False),
        (Settings(group=True), False, True),
        (Settings(), True, True),
        (Settings(group=True, author="Marie"), True, False),
    ],
)
async def test_who_shares_a_store_is_asked_for_a_name(
    tmp_path: Path, settings: Settings, namesake: bool, asked: bool
) -> None:
    store = filled_store(tmp_path / "s")
    session = filled_store(tmp_path / "s").session(partnership_of(store).id) if namesake else None
    async with opened(store, settings) as (app, _pilot):
        assert isinstance(app.screen, WorkScreen) != asked
    if session is not None:
        session.close()


@pytest.mark.parametrize("command", ["list", "quit"])
async def test_what_was_open_at_the_end_is_what_comes_first(tmp_path: Path, command: str) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        app.run_command(command)
        await pilot.pause()
        memory = app.memory
    assert place.last_open_in_store(memory, store) == (partnership_of(store).id if command == "quit" else "")


@pytest.mark.parametrize("unsaved", [False, True])
def test_the_program_ends_with_a_code_and_words_of_what_is_in_no_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], unsaved: bool
) -> None:
    def run(app: EntenteApp, **_options: object) -> None:
        app.autosave.unsaved = unsaved
        app.lines_at_end += ["NON ENREGISTRÉ"] if unsaved else []

    monkeypatch.setattr(EntenteApp, "run", run)
    assert run_app(filled_store(tmp_path / "s"), Settings(), "") == (3 if unsaved else 0)
    assert capsys.readouterr().out == ("NON ENREGISTRÉ\n" if unsaved else "")
