"""A save that fails is shown at once, loses nothing, and is tried again by itself."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.screens.opened import ORG, ROLE, ShakyStore, filled_store, opened, partnership_of, shown, workspace_of
from tui import i18n
from tui.app.app import EntenteApp
from tui.partnership.values import Change
from tui.screens.header_footer import short_reason
from tui.screens.list_screen import PartnershipsScreen
from tui.settings import Settings
from tui.store import Saved
from tui.store.server_errors import Deleted, NotAllowed, Refused, ServerBusy, ServerFull, Unreachable
from tui.store.store_errors import Full, Locked, ReadOnly, StoreError, Vanished
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Lines
from tui.workspace import shutdown as rescuing


def written(store: ShakyStore) -> object:
    """The role as it is on disk, without what journals hold."""
    entry = store._folder(store.list()[0].id).state().partnership.entry(ORG)
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
    app.save()
    while app.autosave.saving:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0)


async def test_what_is_not_saved_is_said_above_a_window_too(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        await pilot.press(*"hôte")
        app.run_command("author")
        await pilot.pause()
        work, window = app.screen_stack[-2:]
        assert window.is_modal
        store.full = True
        await _saved(app, pilot)
        head = work.query_one("#head", Lines)
        assert "NON ENREGISTRÉ" in "".join(piece.text for line in head.lines for piece in line)
        store.full = False


async def test_a_failed_save_is_tried_again_without_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    monkeypatch.setattr("tui.app.autosave.RETRY_AFTER_SECONDS", 0.05)
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
        app.autosave.poller.look()
        assert "RIEN NE PEUT ÊTRE ENREGISTRÉ : le dossier a disparu" in shown(app, "head")
        await pilot.press(*"hôte")
        await _saved(app, pilot)
        assert "NON ENREGISTRÉ : le dossier a disparu" in shown(app, "head")
        (tmp_path / "away").rename(tmp_path / "s")
        await _saved(app, pilot)
        assert written(store) == "hôte"
        await pilot.press(*"sse")
        partnership = filled_store(tmp_path / "s", "Paul").session(partnership_of(store).id)
        assert [one.author for one in partnership.others()] == ["Marie"]
        partnership.close()


async def test_a_folder_that_is_put_back_from_a_copy_has_a_journal_again(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        (tmp_path / "s").rename(tmp_path / "away")
        await pilot.press(*"hôte")
        await _saved(app, pilot)
        shutil.copytree(tmp_path / "away", tmp_path / "s", ignore=shutil.ignore_patterns("journal-*"))
        await _saved(app, pilot)
        assert written(store) == "hôte"
        await pilot.press(*"sse")
        (journal,) = (tmp_path / "s").glob("*/journal-*")
        assert journal.read_text(encoding="utf-8").count("\n") > 1, "what is typed now is in it"


async def test_unsaved_text_goes_to_a_file_of_its_own_at_the_end(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        store.full = True
        await pilot.press(*"hôte du lieu")
        await pilot.press("f12")
        await pilot.pause()
    path = Path(app.lines_at_end[-1].rpartition(": ")[2])
    assert path.parent == Path(os.environ["XDG_STATE_HOME"]) / "entente" / "unsaved"
    assert path.stat().st_mode & 0o777 == 0o600
    text = path.read_text(encoding="utf-8")
    assert "hôte du lieu" in text and "Qui, et pourquoi" in text and "Rôle" in text
    assert app.autosave.unsaved
    assert "hôte du lieu" in str(partnership_of(filled_store(tmp_path / "s")).entry(ORG)), "the journal has it as well"


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
    said = files[0].read_text(encoding="utf-8") if places else app.lines_at_end[-1]
    assert "hôte du lieu" in said


async def test_what_cannot_be_saved_keeps_the_partnership_open(tmp_path: Path) -> None:
    store = filled_store(tmp_path / "s")
    async with opened(store) as (app, pilot):
        store.full = True
        await pilot.press(*"hôte")
        app.run_command("list")
        await pilot.pause()
        assert not isinstance(app.screen, PartnershipsScreen)
        assert workspace_of(app).edits.at_risk
        store.full = False


async def test_where_nothing_can_be_written_one_can_still_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled_store(tmp_path / "s")

    def refuse(_name: str) -> object:

        raise ReadOnly(tmp_path / "s" / "journal")

    monkeypatch.setattr(store, "session", refuse)
    async with opened(store, Settings()) as (app, _pilot):
        assert "RIEN NE PEUT ÊTRE ENREGISTRÉ" in shown(app, "head")
        assert "Université" in shown(app, "paper")


WHY: list[tuple[i18n.Language, Callable[[Path], StoreError], tuple[int, int]]] = [
    *(("fr", kind, (80, 24)) for kind in (Full, ReadOnly, Vanished, Locked)),
    *(("fr", ReadOnly, size) for size in ((140, 40), (100, 30), (60, 20), (40, 15))),
    *(("en", ReadOnly, size) for size in ((80, 24), (40, 15))),
]


@pytest.mark.parametrize(("lang", "kind", "size"), WHY)
async def test_why_it_is_not_saved_is_never_cut_off(
    tmp_path: Path,
    lang: i18n.Language,
    kind: Callable[[Path], StoreError],
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    i18n.use(lang)
    store = filled_store(tmp_path / "s")
    error = kind(Path("/home/marie/.local/share/entente") / store.list()[0].id / "history.json")
    first = {"fr": "NON ENREGISTRÉ", "en": "NOT SAVED"}[lang]
    retry = {"fr": "nouvel essai dans 5 s", "en": "trying again in 5 s"}[lang]

    def refuse(*_given: object, **_how: object) -> object:
        raise error

    async with opened(store, size=size) as (app, pilot):
        foot = app.screen.query_one("#foot", Lines)
        usual = foot.size.height
        with monkeypatch.context() as patch:
            patch.setattr(store, "save", refuse)
            await pilot.press(*"hôte")
            await _saved(app, pilot)
            await pilot.pause()
            said = " ".join(f"{shown(app, 'head')} {shown(app, 'foot')}".split())
            assert first in said and retry in said
            assert "".join(str(error).split()) in "".join(said.split())  # a path may be broken anywhere
            assert foot.size.height == len(foot.lines) and foot.region.bottom == size[1]
            assert foot.size.height <= size[1] // 2
            editor = app.screen.query_one(Editor)
            assert editor.text == "hôte" and editor.region.bottom <= foot.region.y, "what one writes stays in sight"
        await _saved(app, pilot)
        await pilot.pause()
        assert first not in shown(app, "head")
        assert foot.size.height == usual


@pytest.mark.parametrize("size", [(80, 24), (40, 15)], ids=str)
async def test_what_the_list_says_is_never_cut_off(tmp_path: Path, size: tuple[int, int]) -> None:
    store = filled_store(tmp_path / "s")
    error = ReadOnly(Path("/home/marie/.local/share/entente") / store.list()[0].id / "history.json")
    async with opened(store, size=size) as (app, pilot):
        app.run_command("list")
        await pilot.pause()
        assert isinstance(app.screen, PartnershipsScreen)
        app.say(str(error))
        await pilot.pause()
        foot = app.screen.query_one("#foot", Lines)
        assert "".join(str(error).split()) in "".join(shown(app, "foot").split())
        assert foot.size.height == len(foot.lines) and foot.region.bottom == size[1]


async def test_a_save_that_ends_when_the_app_has_closed_paints_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    failures: list[dict[str, object]] = []
    monkeypatch.setattr(loop, "call_exception_handler", failures.append)
    store = filled_store(tmp_path / "s")
    started, closed, ended = threading.Event(), threading.Event(), threading.Event()
    save = store.save

    def held(partnership_id: str, changes: Sequence[Change], **_how: object) -> Saved:
        """Save, but end only once the app has closed."""
        monkeypatch.setattr(store, "save", save)
        started.set()
        assert closed.wait(timeout=20)
        ended.set()
        return save(partnership_id, changes)

    async with opened(store) as (app, pilot):
        monkeypatch.setattr(store, "save", held)
        await pilot.press("h")
        app.save()
        assert await asyncio.to_thread(started.wait, 20)
    assert app.autosave.saving
    closed.set()
    while app.autosave.saving:
        await asyncio.sleep(0.01)
    assert ended.is_set() and failures == []
    assert written(store) == "h"


def test_each_trouble_with_a_server_is_said_in_a_few_words() -> None:
    busy, down = ServerBusy("server"), Unreachable("server", "down")
    errors = (ServerFull("server"), Refused("server"), NotAllowed("server"), Deleted("server"), busy, down)
    assert [short_reason(error).replace("’", "'") for error in errors] == [
        "le serveur est plein", "le serveur refuse ce compte", "ce compte peut seulement lire",
        "quelqu'un l'a supprimé", "quelqu'un d'autre enregistre", "le serveur ne répond pas",
    ]  # fmt: skip
    assert short_reason(Full(Path("x"))) == "disque plein"
