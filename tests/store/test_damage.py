"""Damaged files: the value comes back from the twin, the damaged bytes are kept, and saving goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.damages import damages
from tui.store.sealed_bytes import add_seal, body_of, with_schema
from tui.store.sealed_storage import SealedStorage
from tui.store.set_aside_files import salvage
from tui.store.store_errors import Damaged

VALUE = with_schema(
    {
        "answers": {str(n): {"key": f"k{n}", "text": f"note {n} : « déjà vu » \\ {{[,]}} 🙂"} for n in range(1, 7)},
        "later": {"1": {"unknown": [1, {"deep": None}]}},
    }
)
RAW = add_seal(body_of(VALUE), 1)
DAMAGES = list(damages(RAW))
NOTES = [f"note {number}" for number in range(1, 7)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A saved store file."""
    place = tmp_path / "store" / "project.json"
    SealedStorage(place).write(VALUE)
    assert place.read_bytes() == RAW
    return place


def contents(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.iterdir()]


@pytest.mark.parametrize("bad", [bad for _, bad in DAMAGES], ids=[name for name, _ in DAMAGES])
def test_damaged_file_is_recovered_and_kept(path: Path, bad: bytes) -> None:
    path.write_bytes(bad)
    storage = SealedStorage(path)
    assert storage.read() == VALUE
    [report] = storage.take_reports()
    assert report.kind in ("damaged", "edited")
    with storage.transaction() as tables:
        tables["answers"]["7"] = {"key": "k7"}
    assert SealedStorage(path).read() == {**VALUE, "answers": {**VALUE["answers"], "7": {"key": "k7"}}}
    if bad:
        assert report.kept is not None
        assert report.kept.read_bytes() == bad
    assert storage.take_reports() == []


@pytest.mark.parametrize("bad", [bad for _, bad in DAMAGES], ids=[name for name, _ in DAMAGES])
def test_damaged_twin_is_kept_and_replaced(path: Path, bad: bytes) -> None:
    twin = path.with_name("project.json.twin")
    twin.write_bytes(bad)
    storage = SealedStorage(path)
    assert storage.read() == VALUE
    assert [report.kind for report in storage.take_reports()] == ["twin"]
    with storage.transaction():
        pass  # nothing changes, and the second copy is made good all the same
    assert twin.read_bytes() == path.read_bytes()
    assert (bad in contents(path.parent)) == bool(bad), "an empty one is not worth keeping"


@pytest.mark.parametrize("bad", [bad for _, bad in DAMAGES if bad], ids=[name for name, bad in DAMAGES if bad])
def test_salvage_finds_what_is_whole_and_drops_no_text(bad: bytes) -> None:
    found = salvage(bad)
    whole = {(table, name): row for table, name, row in _whole_lines(bad)}
    assert {key: found.tables.get(key[0], {}).get(key[1]) for key in whole} == whole
    assert all(isinstance(row, dict) for rows in found.tables.values() for row in rows.values())
    left = bad.decode("utf-8", "replace").replace("\0", "")
    told = f"{found.tables} {found.unread}"
    assert [note for note in NOTES if note in left and note not in told] == []


def _whole_lines(bad: bytes) -> Iterator[tuple[str, str, object]]:
    """The documents of VALUE whose line, and the line that opens their table, stand in the damaged bytes."""
    table = b""
    for line in RAW.split(b"\n")[1:]:
        if line.endswith(b"{"):
            table = line
        elif line.startswith(b'"') and table + b"\n" in bad and line + b"\n" in bad:
            name = table.split(b'"')[1].decode()
            yield name, line.split(b'"')[1].decode(), VALUE[name][line.split(b'"')[1].decode()]


def test_most_damages_leave_something_to_salvage() -> None:
    everything = [(table, name, row) for table, rows in VALUE.items() for name, row in rows.items()]
    assert list(_whole_lines(RAW)) == everything
    assert sum(bool(list(_whole_lines(bad))) for _name, bad in DAMAGES) >= 20


def test_both_damaged_is_refused_and_nothing_is_overwritten(path: Path) -> None:
    twin = path.with_name("project.json.twin")
    path.write_bytes(RAW[:-20])
    twin.write_bytes(RAW[:-30])
    storage = SealedStorage(path)
    for _ in range(2):
        with pytest.raises(Damaged) as caught:
            storage.read()
        with pytest.raises(Damaged):
            storage.write({})
    assert path.read_bytes() == RAW[:-20]
    assert twin.read_bytes() == RAW[:-30]
    assert sorted(kept.read_bytes() for kept in caught.value.kept) == sorted([RAW[:-20], RAW[:-30]])
    assert all(kept.name in str(caught.value) for kept in caught.value.kept)
    assert len([name for name in path.parent.iterdir() if "damaged" in name.name]) == 2


def test_starting_over_from_what_was_salvaged(path: Path) -> None:
    broken = RAW.replace(b'"key": "k3"', b'"key": k3"')
    path.write_bytes(broken)
    path.with_name("project.json.twin").write_bytes(broken)
    storage = SealedStorage(path)
    with pytest.raises(Damaged):
        storage.read()
    found = salvage(broken)
    assert sorted(found.tables["answers"]) == ["1", "2", "4", "5", "6"]
    assert found.tables["later"] == VALUE["later"]
    [line] = found.unread
    assert "note 3" in line
    storage.replace_all(found.tables)
    assert SealedStorage(path).read() == found.tables
    assert broken in contents(path.parent)


def test_salvage_reads_other_layouts() -> None:
    text = '{"answers": {\n  "1": {\n "text": {"fr": {"x": 1}}}, "2": {"text": oops}, "3": {"a": "b"}}'
    text += ', "rows": {"4": {"c": 2}}'
    assert salvage(text.encode()).tables == {
        "answers": {"1": {"text": {"fr": {"x": 1}}}, "3": {"a": "b"}},
        "rows": {"4": {"c": 2}},
    }


@pytest.mark.parametrize(
    "lines",
    [
        '"1": {"text": "first", "text": "second"}',
        '"1": {"text": {"x": "first", "x": "second"}}',
        '"1": {"text": "first"},\n"1": {"text": "second"}',
    ],
    ids=["a field", "a field within", "a document"],
)
def test_what_stands_twice_loses_neither(lines: str) -> None:
    found = salvage(f'{{"answers": {{\n{lines}\n}}\n}}\n'.encode())
    told = f"{found.tables} {found.unread}"
    assert "first" in told and "second" in told


def test_same_damage_is_kept_once(path: Path) -> None:
    for _ in range(3):
        path.write_bytes(b"oops")
        storage = SealedStorage(path)
        storage.write(VALUE)
        assert [report.kind for report in storage.take_reports()] == ["damaged"]
    assert [name.name for name in path.parent.iterdir() if "damaged" in name.name] == [
        "project.json.damaged-d13f2eadd4ed"
    ]


def test_hand_edit_is_offered_and_can_be_adopted(path: Path) -> None:
    edited = RAW.replace("déjà vu".encode(), b"jamais lu")
    path.write_bytes(edited)
    storage = SealedStorage(path)
    assert storage.read() == VALUE
    [report] = storage.take_reports()
    assert report.kind == "edited"
    assert report.kept is not None
    storage.adopt(report.kept)
    found = SealedStorage(path).read()
    assert found is not None
    assert found["answers"]["2"]["text"] == "note 2 : « jamais lu » \\ {[,]} 🙂"
    assert RAW in contents(path.parent)  # what the adopted one replaced
    assert storage.take_reports() == []


def test_what_does_not_read_cannot_be_adopted(path: Path) -> None:
    (path.parent / "x").write_bytes(RAW[:-9])
    storage = SealedStorage(path)
    with pytest.raises(Damaged):
        storage.adopt(path.parent / "x")
    assert storage.read() == VALUE


def test_missing_file_comes_back_from_its_twin(path: Path) -> None:
    path.unlink()
    storage = SealedStorage(path)
    assert storage.read() == VALUE
    assert [(report.kind, report.kept) for report in storage.take_reports()] == [("missing", None)]
    storage.write(VALUE)
    assert SealedStorage(path).read() == VALUE


def test_older_file_put_back_wins_and_the_newer_twin_is_kept(path: Path) -> None:
    storage = SealedStorage(path)
    with storage.transaction() as tables:
        tables["answers"]["1"]["text"] = "newer"
    newer = path.read_bytes()
    path.write_bytes(RAW)
    assert storage.read() == VALUE
    assert [report.kind for report in storage.take_reports()] == ["twin"]
    with storage.transaction() as tables:
        tables["answers"]["1"]["text"] = "newest"
    assert newer in contents(path.parent)


def test_unsealed_file_from_elsewhere_is_carried_on(tmp_path: Path) -> None:
    path = tmp_path / "project.json"
    path.write_bytes(b'{"answers": {"1": {"text": "by hand"}}, "mine": {"5": {"kept": true}}}')
    storage = SealedStorage(path)
    assert storage.read() == {"answers": {"1": {"text": "by hand"}}, "mine": {"5": {"kept": True}}}
    assert [report.kind for report in storage.take_reports()] == ["unsealed"]
    with storage.transaction() as tables:
        tables["answers"]["2"] = {"text": "by us"}
    again = SealedStorage(path)
    found = again.read()
    assert found is not None
    assert found["mine"] == {"5": {"kept": True}}
    assert again.take_reports() == []
    assert sorted(name.name for name in tmp_path.iterdir()) == [
        "project.json",
        "project.json.lock",
        "project.json.twin",
    ]
