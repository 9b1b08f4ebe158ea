"""The app on a PostgreSQL server: two computers in one partnership, a true status line when the connection breaks."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.postgres import Server, shared, started
from tests.screens.opened import ORG, ROLE, filled_store, opened, partnership_of, role, shown, workspace_of
from tui.app.app import EntenteApp
from tui.store import Store
from tui.workspace.other_editors import open_conflicts

pytestmark = pytest.mark.slow  # it needs a server

PATIENCE = 20.0  # seconds: far more than is promised, for a machine that is busy


@pytest.fixture
def frail() -> Iterator[Server]:
    """Give a server of the test's own, to be stopped and frozen."""
    server = started()
    yield server
    server.close()


async def until(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait for something to be true; the app goes on meanwhile."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


def stored_role(store: Store) -> object:
    """The role as the server has it, without what journals hold."""
    return store._stored_partnership(store.list()[0].id).state().partnership.entry(ORG).get(ROLE)  # type: ignore[union-attr]


@pytest.mark.slow
async def test_two_hosts_see_each_other_and_keep_both_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.app.autosave.SAVE_AFTER_SECONDS", 60.0)
    database = shared().database()
    marie = filled_store(shared().url(database))
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("XDG_STATE_HOME", str(tmp_path / "host"))
        paul = filled_store(shared().url(database, "bob"), "Paul")
    assert paul.root != marie.root
    async with opened(marie) as (app, pilot):
        before = partnership_of(paul)
        session = paul.session(before.id)
        await until(lambda: "aussi ouvert : Paul" in shown(app, "head"))
        await pilot.press(*"hôte")
        paul.save(before.id, [role("lieu", before)])
        await until(lambda: "1 changement de Paul" in shown(app, "foot"))
        app.autosave.save_now()
        app.autosave.paint_around()
        (conflict,) = open_conflicts(workspace_of(app).partnership)
        assert {conflict.mine, conflict.theirs} == {"hôte", "lieu"}
        session.close()
        await until(lambda: "aussi ouvert" not in shown(app, "head"))


@pytest.mark.slow
async def test_what_others_save_is_told_within_a_second(tmp_path: Path) -> None:
    database = shared().database()
    marie, paul = (filled_store(shared().url(database), name) for name in ("Marie", "Paul"))
    async with opened(marie) as (app, _pilot):
        before = partnership_of(paul)
        seen: list[float] = []
        for text in ("lieu", "hôte", "salle"):
            paul.save(before.id, [role(text)])
            began = time.monotonic()
            await until(lambda wanted=text: workspace_of(app).partnership.entry(ORG).get(ROLE) == wanted)  # type: ignore[misc, union-attr]
            seen.append(time.monotonic() - began)
        assert min(seen) < 1.0


@pytest.mark.slow
async def test_a_server_that_stops_is_said_and_nothing_is_lost(frail: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.app.autosave.RETRY_AFTER_SECONDS", 0.2)
    marie = filled_store(frail.url(frail.database()))
    async with opened(marie) as (app, pilot):
        frail.stop()
        await until(lambda: "RIEN NE PEUT ÊTRE ENREGISTRÉ : le serveur ne répond pas" in shown(app, "head"))
        await pilot.press(*"hôte")
        await until(lambda: "NON ENREGISTRÉ : le serveur ne répond pas, le texte est gardé" in shown(app, "head"))
        assert "postgresql://ann@/" in shown(app, "foot")
        assert "hôte" in shown(app, "paper")
        (journal,) = (marie.root / workspace_of(app).partnership.id).glob("journal-*")
        assert "h\\u00f4te" in journal.read_text(encoding="ascii")
        frail.start()
        await until(lambda: "ENREGISTRÉ : " not in shown(app, "head") and not workspace_of(app).edits.at_risk)
        assert stored_role(marie) == "hôte"


@pytest.mark.slow
async def test_a_frozen_server_stops_no_key_and_no_end(frail: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    marie = filled_store(frail.url(frail.database()))
    async with opened(marie) as (app, pilot):
        name = workspace_of(app).partnership.id
        frail.signal_all(signal.SIGSTOP)
        try:
            began = time.monotonic()
            await pilot.press(*"hôte du lieu")
            assert "hôte du lieu" in shown(app, "paper") and time.monotonic() - began < 5
            assert "enregistré à" not in shown(app, "head")
            app.store.hurry()
            began = time.monotonic()
            app.autosave.put_away(leaving=True)
            assert time.monotonic() - began < 5
        finally:
            frail.signal_all(signal.SIGCONT)
    again = filled_store(marie._root_given)
    assert again.load(name).entry(ORG).get(ROLE) == "hôte du lieu"  # type: ignore[union-attr]


async def test_who_may_only_read_is_told_before_the_first_key(tmp_path: Path) -> None:
    database = shared().database()
    filled_store(shared().url(database))
    rita = filled_store(shared().url(database, "rita"), "Rita")
    async with opened(rita) as (app, _pilot):
        assert "RIEN NE PEUT ÊTRE ENREGISTRÉ" in shown(app, "head")
        assert "ce compte peut seulement lire" in shown(app, "head")


async def test_a_partnership_that_somebody_deletes_is_told_as_such() -> None:
    database = shared().database()
    marie, paul = (filled_store(shared().url(database), name) for name in ("Marie", "Paul"))
    async with opened(marie) as (app, _pilot):
        paul.delete(workspace_of(app).partnership.id)
        await until(lambda: "quelqu’un l’a supprimé" in shown(app, "head").replace("'", "’"))


async def test_the_app_opens_again_what_was_open_on_the_server() -> None:
    marie = filled_store(shared().url(shared().database()))
    async with opened(marie) as (app, _pilot):
        name = workspace_of(app).partnership.id
    assert EntenteApp(marie, app.settings)._open_partnership == name
