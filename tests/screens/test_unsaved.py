"""A save that fails is said at once, loses nothing, and is taken up again by itself."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.screens.opened import ORG, ROLE, ShakyStore, desk_of, filled_store, opened, project_of, shown
from tui.app import EntenteApp
from tui.desk import rescue as rescuing
from tui.screens.partnerships import PartnershipsScreen
from tui.settings import Settings


def written(store: ShakyStore) -> object:
    """The role as it is on disk, without what journals hold."""
    entry = store._folder(store.list()[0].id).state().project.entry(ORG)
    return entry.get(ROLE) if entry is not None else None


async def test_a_full_disk_is_said_and_typing_goes_on(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        store.full = True
        await pilot.press(*"hôte")
        await _saved(app, pilot)
        assert "NON ENREGISTRÉ : disque plein, le texte est gardé, nouvel essai dans 5 s" in shown(app, "head")
        assert str(tmp_path) in shown(app, "foot")
        await pilot.press(*" du lieu")
        assert "hôte du lieu" in shown(app, "paper")
        assert written(store) is None
        store.full = False
        await _saved(app, pilot)
        assert "NON ENREGISTRÉ" not in shown(app, "head")
        assert written(store) == "hôte du lieu"


async def _saved(app: EntenteApp, pilot: object) -> None:
    """Let the thread save what is pending, as the timer does."""
    import asyncio

    app.save()
    while app.autosave.saving:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0)


async def test_a_failed_save_is_tried_again_without_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    monkeypatch.setattr("tui.screens.autosave.RETRY_AFTER", 0.05)
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        store.full = True
        await pilot.press(*"hôte")
        await _saved(app, pilot)
        store.full = False
        for _wait in range(500):
            if written(store) == "hôte":
                break
            await asyncio.sleep(0.02)
        assert written(store) == "hôte"


async def test_a_folder_that_went_away_and_came_back(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        (tmp_path / "s").rename(tmp_path / "away")
        app.autosave.lookout.look()
        assert "RIEN NE PEUT ÊTRE ENREGISTRÉ : le dossier a disparu" in shown(app, "head")
        await pilot.press(*"hôte")
        await _saved(app, pilot)
        assert "NON ENREGISTRÉ : le dossier a disparu" in shown(app, "head")
        (tmp_path / "away").rename(tmp_path / "s")
        await _saved(app, pilot)
        assert written(store) == "hôte"
        await pilot.press(*"sse")
        project = filled_store(tmp_path / "s", "Paul").session(project_of(store).id)
        assert [one.author for one in project.others()] == ["Marie"]
        project.close()


async def test_unsaved_text_goes_to_a_file_of_its_own_at_the_end(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        store.full = True
        await pilot.press(*"hôte du lieu")
        await pilot.press("f12")
        await pilot.pause()
    path = Path(app.said_at_end[-1].rpartition(": ")[2])
    assert path.parent == Path(os.environ["XDG_STATE_HOME"]) / "entente" / "unsaved"
    assert path.stat().st_mode & 0o777 == 0o600
    text = path.read_text(encoding="utf-8")
    assert "hôte du lieu" in text and "Qui, et pourquoi" in text and "Rôle" in text
    assert app.autosave.unsaved
    assert "hôte du lieu" in str(project_of(filled_store(tmp_path / "s")).entry(ORG)), "the journal has it as well"


@pytest.mark.parametrize("places", [[], ["second"]], ids=["nowhere", "elsewhere"])
async def test_a_state_folder_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, places: Sequence[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    monkeypatch.setenv("TMPDIR", str(blocked))
    monkeypatch.setattr(rescuing, "LAST_RESORT", tmp_path / "second")
    for name in places:
        (tmp_path / name).mkdir()
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        store.full = True
        await pilot.press(*"hôte du lieu")
        await pilot.press("f12")
        await pilot.pause()
    files = list((tmp_path / "second").glob("*.txt"))
    said = files[0].read_text(encoding="utf-8") if places else app.said_at_end[-1]
    assert "hôte du lieu" in said


async def test_what_cannot_be_saved_keeps_the_partnership_open(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        store.full = True
        await pilot.press(*"hôte")
        app.run_command("list")
        await pilot.pause()
        assert not isinstance(app.screen, PartnershipsScreen)
        assert desk_of(app).edits.at_risk
        store.full = False


async def test_where_nothing_can_be_written_one_can_still_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled_store(tmp_path / "s")

    def refuse(_name: str) -> object:
        from tui.store.errors import ReadOnly

        raise ReadOnly(tmp_path / "s" / "journal")

    monkeypatch.setattr(store, "session", refuse)
    async with opened(store, Settings()) as (app, _pilot):
        assert "RIEN NE PEUT ÊTRE ENREGISTRÉ" in shown(app, "head")
        assert "Université" in shown(app, "paper")
