"""A store behind PgBouncer in transaction mode: two server processes for all, and nobody can tell."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.postgres import Pooler, opened, pooled, shared
from tests.store.test_server_session import within
from tests.store.upper.acts import reason, text_of, vision
from tui.store.server_errors import NotAllowed

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pooler() -> Iterator[Pooler]:
    found = pooled(shared())
    yield found
    found.close()


def test_a_new_store_is_made_and_used_through_the_pooler(pooler: Pooler) -> None:
    ann = opened(pooler.url(shared().database(prepared=False)))
    made = ann.create([vision("début"), reason("privé")])
    ann.save(made.id, [vision("suite", base=made.rev)])
    (conflict,) = ann.save(made.id, [vision("autrement", base=made.rev)]).conflicts
    assert conflict.theirs == "suite" and len(ann.list()) == 1 and len(ann.history(made.id)) == 3


def test_many_programs_share_two_processes_of_the_server(pooler: Pooler) -> None:
    database = shared().database()
    stores = [opened(pooler.url(database), f"P{number}") for number in range(8)]
    name = stores[0].create([vision("début")]).id
    sessions = [store.session(name) for store in stores]

    def write(number: int) -> None:
        for step in range(4):
            stores[number].save(name, [vision(f"{number}-{step}")])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    told = {past.new for past in stores[0].history(name)}
    assert told == {"début"} | {f"{number}-{step}" for number in range(8) for step in range(4)}
    assert within(3, lambda: len(sessions[0].others()) == 7)
    processes = shared().admin(f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database}'")
    assert processes[0][0] <= 2
    for session in sessions:
        session.close()


def test_each_account_keeps_its_own_level_behind_the_pooler(pooler: Pooler) -> None:
    database = shared().database()
    ann, rita = opened(pooler.url(database)), opened(pooler.url(database, "rita"), "Rita")
    name = ann.create([vision("à tous"), reason("SECRET")]).id
    for _turn in range(3):
        assert "SECRET" in str(ann.load(name)) and "SECRET" not in str(rita.load(name))
        with pytest.raises(NotAllowed):
            rita.save(name, [vision("non")])
    assert text_of(ann.load(name), "gather.vision", "vision@fr") == "à tous"
