"""TinyDB's document interface on sealed storage: usable as ever, and no lost update between programs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tinydb import Query, TinyDB

from tui.resources import PACKAGE
from tui.store.sealed_storage import SealedStorage
from tui.store.tinydb_tables import SealedDB

COUNT = """
import sys
from tui.store.tinydb_tables import SealedDB
db = SealedDB(sys.argv[1])
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


def test_another_program_is_seen_at_once(tmp_path: Path) -> None:
    one, two = (SealedDB(tmp_path / "db.json").table("t") for _ in range(2))
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
    db = SealedDB(tmp_path / "db.json")
    with pytest.raises(KeyError), db.sealed.transaction():
        db.table("t").insert({"n": 1})
        raise KeyError
    with db.sealed.transaction():
        db.table("t").insert({"n": 2})
        db.table("u").insert({"n": 3})
    assert [dict(row) for row in SealedDB(tmp_path / "db.json").table("t").all()] == [{"n": 2}]


def test_two_programs_lose_no_increment(tmp_path: Path) -> None:
    db = SealedDB(tmp_path / "db.json")
    db.table("counters").insert({"n": 0})
    command = [sys.executable, "-c", COUNT, str(tmp_path / "db.json")]
    programs = [subprocess.Popen([*command, who], cwd=PACKAGE.parent) for who in ("one", "two")]
    assert [program.wait() for program in programs] == [0, 0]
    assert db.table("counters").get(doc_id=1) == {"n": 200}
    assert len(db.table("counters")) == 21
