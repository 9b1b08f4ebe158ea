"""A session on a server: seen by others within a second, gone when its program is, and never waiting."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.postgres import Server, opened, shared, started
from tests.store.upper.acts import text_of, vision
from tui.partnership.values import Partnership
from tui.store import Store
from tui.store.journal import Session
from tui.store.server_errors import Unreachable
from tui.store.store_errors import NotFound

pytestmark = pytest.mark.slow


def within(seconds: float, true: Callable[[], bool]) -> bool:
    """Whether something becomes true so soon."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


@pytest.fixture
def bob(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Bob's store, on a host of his own."""
    with monkeypatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(tmp_path / "bob"))
        return opened(shared().url(database, "bob"), "Bob")


def test_what_others_save_is_known_within_a_second_and_nothing_waits(ann: Store, bob: Store) -> None:
    name = ann.create([vision("a")]).id
    ann.load(name)
    with ann.session(name):
        assert within(1, lambda: ann.signature(name) == ann.seen_signature(name))
        before, mark = ann.signature(name), ann.engine.change_mark(name)
        bob.save(name, [vision("b")])
        assert within(1, lambda: ann.signature(name) != before)
        assert ann.engine.change_mark(name) != mark and ann.signature(name) != ann.seen_signature(name)
        assert text_of(ann.load(name), "gather.vision", "vision@fr") == "b"
        assert ann.signature(name) == ann.seen_signature(name)


def test_ones_own_save_is_no_news(ann: Store) -> None:
    name = ann.create([vision("a")]).id
    with ann.session(name):
        ann.save(name, [vision("b")])
        assert ann.signature(name) == ann.seen_signature(name)


def test_who_comes_and_leaves_is_seen_from_the_other_host(ann: Store, bob: Store) -> None:
    name = ann.create([vision("a")]).id
    with ann.session(name) as hers:
        assert hers.others() == []
        alone = ann.engine.people_mark(name)
        with bob.session(name):
            assert within(1.5, lambda: [one.author for one in hers.others()] == ["Bob"])
            assert ann.engine.people_mark(name) != alone
        assert within(1.5, lambda: hers.others() == [])
    assert shared().admin("SELECT * FROM entente.presence", name_of(ann)) == []


def name_of(store: Store) -> str:
    """The database of a store."""
    return store.engine.place.partition("@/")[2].partition("?")[0]


def test_who_died_is_gone_by_the_clock_of_the_server(ann: Store, database: str) -> None:
    """Their row stays; nothing of another machine's clock is in it."""
    name = ann.create([vision("a")]).id
    row = f"('journal-x', '{name}', 'bob', 'Bob', '2040-01-01', now() - interval '30 seconds')"
    shared().admin(f"INSERT INTO entente.presence VALUES {row}", database)
    with ann.session(name) as hers:
        assert hers.others() == []
        shared().admin("UPDATE entente.presence SET seen_at = now() WHERE author = 'Bob'", database)
        assert within(1, lambda: [one.author for one in hers.others()] == ["Bob"])


def test_a_journal_lies_on_this_host_for_this_account_alone(ann: Store, bob: Store) -> None:
    name = ann.create([vision("a")]).id
    with ann.session(name) as session:
        session.note(vision("SECRET en route"))
        (journal,) = (ann.root / name).glob("journal-*")
        assert journal.stat().st_mode & 0o077 == 0 and ann.root.stat().st_mode & 0o077 == 0
        assert not list(bob.root.rglob("journal-*"))
        for table in ("document", "presence", "save", "summary"):
            assert "SECRET" not in str(shared().admin(f"SELECT t::text FROM entente.{table} t", name_of(ann)))
        session.mark_saved()


def at_work(server: Server) -> tuple[Store, Partnership, Session]:
    """A store on a server, a partnership in it, and the session of whoever works on it."""
    ann = opened(server.url(server.database()))
    made = ann.create([vision("a")])
    ann.load(made.id)
    return ann, made, ann.session(made.id)


def test_a_server_that_goes_and_comes_back_is_told_and_the_journal_saved_after_it() -> None:
    server = started()
    try:
        ann, made, session = at_work(server)
        server.stop()
        with pytest.raises(Unreachable):
            ann.save(made.id, [vision("b", base=made.rev)])
        session.note(vision("b", base=made.rev))
        assert within(2, lambda: _fails(ann, made.id))
        began = time.monotonic()
        session.close()  # as at a hang-up: what is not saved stays in the journal
        assert time.monotonic() - began < 1
        server.start()
        later = opened(ann.engine._address)  # type: ignore[attr-defined]
        assert text_of(later.load(made.id), "gather.vision", "vision@fr") == "b"
        assert [one.kind for one in later.take_problems()] == ["journal"]
        assert not list((ann.root / made.id).glob("journal-*"))
    finally:
        server.close()


def _fails(store: Store, name: str) -> bool:
    try:
        store.signature(name)
    except Unreachable:
        return True
    return False


def test_a_frozen_server_keeps_nobody_from_leaving() -> None:
    server = started()
    try:
        ann, made, session = at_work(server)
        session.others()
        server.signal_all(signal.SIGSTOP)
        ann.engine.hurry()
        session.note(vision("b"))
        began = time.monotonic()
        with pytest.raises(Unreachable):
            ann.save(made.id, [vision("b")])
        session.close()
        assert time.monotonic() - began < 3.5
        assert list((ann.root / made.id).glob("journal-*"))
    finally:
        server.signal_all(signal.SIGCONT)
        server.close()


def test_a_partnership_that_somebody_deletes_is_missed(ann: Store, bob: Store) -> None:
    name = ann.create([vision("a")]).id
    ann.load(name)
    with ann.session(name):
        bob.delete(name)

        def missed() -> bool:
            try:
                ann.signature(name)
            except NotFound:
                return True
            return False

        assert within(1.5, missed)
