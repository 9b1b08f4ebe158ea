"""The whole store on a server: its list and what it keeps of it, and the directory that several mend at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.postgres import opened, shared
from tests.store.upper.acts import reason, store, vision
from tui.store import Store, server_engine
from tui.store.server_engine import ServerEngine
from tui.store.server_errors import NoDriver
from tui.store.store_errors import Unknown

pytestmark = pytest.mark.slow


def test_a_line_of_the_list_is_worked_out_once(ann: Store, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [ann.create([vision(str(number))]).id for number in range(3)]
    monkeypatch.setattr(server_engine, "_BATCH", 2)
    worked: list[str] = []
    together: list[int] = []
    read_rows = ServerEngine._read_rows

    def counted(self: ServerEngine, names: list[str]) -> object:
        worked.extend(names)
        together.append(len(names))
        return read_rows(self, names)

    monkeypatch.setattr(ServerEngine, "_read_rows", counted)
    lines = ann.list()
    assert together == [2, 1], "one question for many"
    assert sorted(worked) == sorted(names) == sorted(one.id for one in lines)
    assert opened(shared().url(database)).list() == lines and len(worked) == 3
    ann.save(names[0], [vision("autre")])
    ann.list()
    assert worked[3:] == [names[0]]
    assert [line.id for line in opened(shared().url(database, "rita"), "Rita").list()] and len(worked) == 4


def test_a_long_reading_can_be_ended(ann: Store) -> None:
    for number in range(4):
        ann.create([vision(str(number))])
    seen: list[tuple[int, int]] = []

    def watch(done: int, total: int) -> bool:
        seen.append((done, total))
        return done < 2

    assert len(ann.list(progress=watch)) == 2 and seen[-1] == (2, 4)
    assert len(ann.list()) == 4


def test_the_line_for_all_tells_less_than_the_line_for_writers(ann: Store, database: str) -> None:
    ann.create([vision("public"), reason("SECRET")])
    ann.list()
    kept = dict(shared().admin("SELECT half, body::text FROM entente.summary", database))
    assert set(kept) == {"public", "private"} and "SECRET" not in kept["public"]
    assert shared().as_role("rita", "SELECT half FROM entente.summary", database) == [("public",)]


def test_both_engines_give_the_same_list(ann: Store, database: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    from tui.workspace.samples import samples

    folder = store(tmp_path_factory.mktemp("folder") / "s")
    for sample in samples():
        assert ann.import_document(sample.document) == folder.import_document(sample.document)
    assert ann.list() == folder.list()
    for line in folder.list():
        assert ann.load(line.id) == folder.load(line.id)
        assert ann.public_document(line.id, private=True) == folder.public_document(line.id, private=True)
        assert ann.history(line.id) == folder.history(line.id) and ann.versions(line.id) == folder.versions(line.id)
        assert ann.find(line.id[:6]) == folder.find(line.id[:6])


def test_an_organisation_that_two_mend_at_once_keeps_both(ann: Store, database: str) -> None:
    name = ann.remember({"name": "La Maison"})
    stores = [opened(shared().url(database)) for _number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        list(
            pool.map(lambda item: item[1].change_directory(lambda rows: {name: {f"k{item[0]}": 1}}), enumerate(stores))
        )
    (row,) = ann.directory()
    assert row == {"id": name, "name": "La Maison"} | {f"k{number}": 1 for number in range(6)}
    assert ann.change_directory(lambda rows: {name: {"k0": None}}) == {name: {"k0": 1}}
    assert "k0" not in ann.directory()[0]


def test_many_who_save_at_once_lose_nothing(ann: Store, database: str) -> None:
    """Six programs, each with a cell of its own: every save that was acknowledged is there."""
    name = ann.create([vision("début")]).id
    stores = [opened(shared().url(database), f"P{number}") for number in range(6)]

    def write(number: int) -> int:
        for step in range(5):
            stores[number].save(name, [reason(f"{number}-{step}"), vision(f"{number}-{step}")])
        return number

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    told = {past.new for past in ann.history(name, cell="vision@fr")}
    assert told == {"début"} | {f"{number}-{step}" for number in range(6) for step in range(5)}
    assert {one.load(name).rev for one in stores} == {ann.load(name).rev}


def test_what_is_no_id_is_unknown_before_anything_is_asked() -> None:
    nowhere = opened("postgresql://ann@/none?host=/nowhere")
    with pytest.raises(Unknown):
        nowhere.load("../../etc")


def test_without_the_extra_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for module in [name for name in sys.modules if name.startswith("tui.store.server_con")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(NoDriver, match="postgres"):
        opened("postgresql://ann@/none?host=/nowhere").list()
