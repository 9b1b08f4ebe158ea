"""The tables of a store on a server: made once, by whoever may, under a lock; a newer store is left alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.postgres import opened, shared
from tests.store.upper.acts import vision
from tui.store.server_connections import Connections
from tui.store.server_errors import NewerServer, NotPrepared
from tui.store.server_schema import SCHEMA, migrate, migrations

pytestmark = pytest.mark.slow


def test_an_empty_database_becomes_a_store_at_the_first_opening() -> None:
    address = shared().url(shared().database(prepared=False))
    ann = opened(address)
    assert ann.list() == []
    assert opened(address).load(ann.create([vision("a")]).id)


def test_who_may_make_no_tables_is_told_so() -> None:
    with pytest.raises(NotPrepared, match="postgresql://bob@/t"):
        opened(shared().url(shared().database(prepared=False), "bob"), "Bob").list()


def test_an_earlier_store_is_brought_up_to_date_by_its_owner_and_nobody_else() -> None:
    name = shared().database(prepared=False)
    for sql in (migrations()[0][1], "INSERT INTO entente.access VALUES ('', 'bob', 2)"):
        shared().as_role("ann", sql, name)
    with pytest.raises(NotPrepared, match="version antérieure"):
        opened(shared().url(name, "bob"), "Bob").list()
    assert opened(shared().url(name)).list() == opened(shared().url(name, "bob"), "Bob").list() == []


def test_a_newer_store_is_refused_and_left_alone() -> None:
    name = shared().database()
    shared().admin("INSERT INTO entente.schema_version (version) VALUES (99)", name)
    before = shared().admin("SELECT * FROM entente.schema_version", name)
    with pytest.raises(NewerServer):
        opened(shared().url(name)).create([vision("a")])
    assert shared().admin("SELECT * FROM entente.schema_version", name) == before
    assert not shared().admin("SELECT id FROM entente.partnership", name)


def test_several_who_make_the_tables_at_once_make_them_once() -> None:
    name = shared().database(prepared=False)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _n: migrate(Connections(shared().url(name))), range(4)))
    assert shared().admin("SELECT version FROM entente.schema_version", name) == [
        (version,) for version in range(1, SCHEMA + 1)
    ]


def test_the_steps_follow_each_other_and_reach_what_we_know() -> None:
    assert [version for version, _sql in migrations()] == list(range(1, SCHEMA + 1))
