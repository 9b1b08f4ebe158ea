"""TinyDB's document interface on sealed storage: usable as ever, and no lost update between programs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from tinydb import Query, TinyDB

from tui.partnership.values import Change
from tui.resources import PACKAGE
from tui.store import Store
from tui.store.sealed_storage import SealedStorage
from tui.store.tinydb_tables import SealedDB, SealedTable

COUNT = """
import sys
from tui.store.sealed_storage import SealedStorage
from tui.store.tinydb_tables import SealedDB
db = SealedDB(SealedStorage(sys.argv[1]))
table = db.table("counters")
for n in range(100):
    table.update(lambda document: document.update(n=document["n"] + 1), doc_ids=[1])
    if n % 10 == 0:
        table.insert({"by": sys.argv[2], "step": n})
"""


def test_plain_tinydb_works_on_it(tmp_path: Path) -> None:
    with TinyDB(tmp_path / "db.json", storage=SealedStorage) as db:
        one = db.table("answers").insert({"key": "a", "text": "déjà"})
        db.table("answers").insert({"key": "b"})
        db.table("answers").update({"text": "vu"}, doc_ids=[one])
        assert db.table("answers").get(Query().key == "a") == {"key": "a", "text": "vu"}
        db.drop_table("answers")
    assert TinyDB(tmp_path / "db.json", storage=SealedStorage).tables() == {"meta"}


@pytest.mark.slow
def test_another_program_is_seen_at_once(tmp_path: Path) -> None:
    one, two = (SealedDB(SealedStorage(tmp_path / "db.json")).table("t") for _ in range(2))
    assert one.insert({"n": 1}) == 1
    assert two.search(Query().n == 1) == [{"n": 1}]
    assert two.insert({"n": 2}) == 2
    assert one.insert({"n": 3}) == 3
    assert one.insert_multiple([{"n": 4}, {"n": 5}]) == [4, 5]
    assert one.upsert({"n": 2, "again": True}, Query().n == 2) == [2]
    assert one.update_multiple([({"x": 1}, Query().n == 4)]) == [4]
    assert two.remove(doc_ids=[1]) == [1]
    assert [dict(row) for row in one.all()] == [{"again": True, "n": 2}, {"n": 3}, {"n": 4, "x": 1}, {"n": 5}]
    two.truncate()
    assert len(one) == 0


def test_operations_in_a_transaction_are_one_save(tmp_path: Path) -> None:
    db = SealedDB(SealedStorage(tmp_path / "db.json"))
    with pytest.raises(KeyError), db.transaction():
        db.table("t").insert({"n": 1})
        raise KeyError
    with db.transaction():
        db.table("t").insert({"n": 2})
        db.table("u").insert({"n": 3})
    assert [dict(row) for row in SealedDB(SealedStorage(tmp_path / "db.json")).table("t").all()] == [{"n": 2}]


def test_documents_that_were_read_stay_as_they_were(tmp_path: Path) -> None:
    db = SealedDB(SealedStorage(tmp_path / "db.json"))
    table = db.table("t")
    table.insert({"deep": {"n": 1}})
    before = db.documents()

    def change(document: MutableMapping[Any, Any]) -> None:
        document["deep"]["n"] += 1

    table.update(change)
    table.update({"more": 1}, Query().deep.n == 2)
    assert before is not None and before["t"] == {"1": {"deep": {"n": 1}}}
    assert [dict(row) for row in SealedDB(SealedStorage(db.path)).table("t")] == [{"deep": {"n": 2}, "more": 1}]


def test_documents_that_do_not_change_stay_the_same_objects(tmp_path: Path) -> None:
    db = SealedDB(SealedStorage(tmp_path / "db.json"))
    db.save({"t": {"1": {"n": 1}, "2": {"n": 2}, "7": {"n": 7}}, "gone": {"1": {}}, "empty": {}})
    before = db.documents() or {}
    db.save({"t": {"1": {"n": 1}, "2": {"n": 3}, "9": {"n": 9}}, "empty": {}})
    after = db.documents() or {}
    assert {name: table for name, table in after.items() if name != "meta"} == {
        "t": {"1": {"n": 1}, "2": {"n": 3}, "9": {"n": 9}},
        "empty": {},
    }
    assert after["t"]["1"] is before["t"]["1"]


def test_a_letter_is_an_operation_on_each_table_it_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path)
    name = store.create([Change("aaaaaaaaaa", "vision.text", "text@fr", "un lieu")]).id
    put: list[tuple[str, list[str]]] = []
    done = SealedTable.put

    def noted(table: SealedTable, documents: Mapping[str, Mapping[str, Any]]) -> None:
        put.append((table.name, list(documents)))
        done(table, documents)

    monkeypatch.setattr(SealedTable, "put", noted)
    store.save(name, [Change("aaaaaaaaaa", "vision.text", "text@fr", "un lieu ouvert")])
    assert sorted(put) == [("entries", ["1"]), ("history", ["2"]), ("meta", ["1"]), ("meta", ["1"])]


@pytest.mark.slow
def test_two_programs_lose_no_increment(tmp_path: Path) -> None:
    db = SealedDB(SealedStorage(tmp_path / "db.json"))
    db.table("counters").insert({"n": 0})
    command = [sys.executable, "-c", COUNT, str(tmp_path / "db.json")]
    programs = [subprocess.Popen([*command, who], cwd=PACKAGE.parent) for who in ("one", "two")]
    assert [program.wait() for program in programs] == [0, 0]
    assert db.table("counters").get(doc_id=1) == {"n": 200}
    assert len(db.table("counters")) == 21
