"""Sealed storage: transactions, what others save, what newer programs wrote, and folders that go away."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import threading
from pathlib import Path

import pytest

from tests.store.faults import Disk, failing
from tui.atomic_files import PRIVATE, READERS, Modes, read_file
from tui.store.file_lock import Lock
from tui.store.sealed_bytes import Tables, add_seal, body_of, read_seal, schema_of, upgrade_tables, with_schema
from tui.store.sealed_storage import Copy, SealedStorage, read_copy
from tui.store.store_errors import Full, Linked, Newer, NotFound, ReadOnly, Unstorable, Vanished


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_ino) for path in folder.iterdir() if "lock" not in path.name}


@pytest.fixture
def storage(tmp_path: Path) -> SealedStorage:
    made = SealedStorage(tmp_path / "s" / "p.json")
    made.write({"t": {"1": {"n": 1}}})
    return made


def rows(storage: SealedStorage) -> object:
    return (storage.read() or {}).get("t")


def test_new_file_reads_as_none_and_is_not_made_by_looking(tmp_path: Path) -> None:
    storage = SealedStorage(tmp_path / "p.json")
    assert storage.read() is None
    with storage.transaction() as tables:
        assert tables == {}
    assert not storage.path.exists()


def test_not_created_when_not_asked_for(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        SealedStorage(tmp_path / "no" / "p.json", create=False)
    assert list(tmp_path.iterdir()) == []


def test_error_in_a_transaction_drops_its_changes(storage: SealedStorage) -> None:
    before = snapshot(storage.path.parent)
    with pytest.raises(KeyError), storage.transaction() as tables:
        tables["t"]["1"]["n"] = 2
        raise KeyError
    assert rows(storage) == {"1": {"n": 1}}
    assert snapshot(storage.path.parent) == before


def test_inner_transaction_is_part_of_the_outer(storage: SealedStorage) -> None:
    with pytest.raises(KeyError), storage.transaction() as tables:
        with storage.transaction() as inner:
            inner["t"]["1"]["n"] = 2
        assert tables["t"]["1"]["n"] == 2
        raise KeyError
    assert rows(storage) == {"1": {"n": 1}}


def test_starting_over_inside_a_transaction_is_wrong_use(storage: SealedStorage) -> None:
    with pytest.raises(RuntimeError), storage.transaction():
        storage.replace_all({})
    assert rows(storage) == {"1": {"n": 1}}


def test_damaged_bytes_that_cannot_be_kept_yet_are_kept_before_the_save(storage: SealedStorage) -> None:
    storage.path.write_bytes(b"damaged")
    with failing(Disk("error", 2, errno.ENOSPC, sticky=True)):  # the lock is there; nothing else can be made
        assert rows(storage) == {"1": {"n": 1}}
        with pytest.raises(Full):
            storage.write({"t": {"1": {"n": 2}}})
    assert [(report.kind, report.kept) for report in storage.take_reports()] == [("damaged", None)]
    assert storage.path.read_bytes() == b"damaged"
    storage.write({"t": {"1": {"n": 2}}})
    assert b"damaged" in [raw for raw, _ in snapshot(storage.path.parent).values()]


def test_value_read_is_a_copy(storage: SealedStorage) -> None:
    found = storage.read()
    assert found is not None
    found["t"]["1"]["n"] = 99
    assert rows(storage) == {"1": {"n": 1}}


def test_equal_value_is_not_written_again(storage: SealedStorage) -> None:
    before = snapshot(storage.path.parent)
    storage.write({"t": {"1": {"n": 1}}})
    assert snapshot(storage.path.parent) == before


def test_unchanged_file_is_not_parsed_again(storage: SealedStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[Path] = []

    def noting(path: Path, other: Copy | None = None) -> Copy:
        looked.append(path)
        return read_copy(path, other)

    monkeypatch.setattr("tui.store.sealed_storage.read_copy", noting)
    for _ in range(3):
        storage.read()
    assert looked == []
    other = SealedStorage(storage.path)
    other.write({"t": {"1": {"n": 2}}})
    looked.clear()
    assert rows(storage) == {"1": {"n": 2}}
    assert looked == [storage.twin, storage.path]


def test_saves_that_stat_cannot_tell_apart_are_seen(storage: SealedStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    real, same, other = os.lstat, os.stat_result([0] * 10), SealedStorage(storage.path)

    def alike(path: str | Path, **more: int) -> os.stat_result:
        real(path, **more)  # a file that is not there is still not there
        return same  # a slow clock, and inode numbers used again

    monkeypatch.setattr(os, "lstat", alike)
    storage.write({"t": {"1": {"n": 2}}})
    other.write({"t": {"1": {"n": 3}}})
    assert rows(storage) == {"1": {"n": 3}}


def test_other_threads_do_not_see_a_transaction(storage: SealedStorage) -> None:
    seen: list[object] = []
    with storage.transaction() as tables:
        tables["t"]["1"]["n"] = 2
        reader = threading.Thread(target=lambda: seen.append(rows(storage)))
        reader.start()
        reader.join()
    assert seen == [{"1": {"n": 1}}]


@pytest.mark.slow
def test_threads_lose_nothing(storage: SealedStorage) -> None:
    def count() -> None:
        for _ in range(20):
            with storage.transaction() as tables:
                tables["t"]["1"]["n"] += 1

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows(SealedStorage(storage.path)) == {"1": {"n": 81}}


def test_files_of_a_partnership_share_a_lock(tmp_path: Path) -> None:
    lock = Lock(tmp_path / ".lock")
    public, private = (SealedStorage(tmp_path / name, lock=lock) for name in ("project.json", "private.json"))
    with public.transaction() as shown, private.transaction() as hidden:
        shown["t"] = {"1": {"a": 1}}
        hidden["t"] = {"1": {"b": 2}}
    assert (rows(public), rows(private)) == ({"1": {"a": 1}}, {"1": {"b": 2}})
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.endswith("lock")) == [".lock"]


@pytest.mark.parametrize("which", ["both", "main", "twin", "unsealed"])
def test_newer_file_is_refused_and_left_untouched(storage: SealedStorage, which: str) -> None:
    newer = add_seal(body_of(with_schema({"t": {"1": {"n": 2}}}, schema=2)), 9)
    if which in ("both", "main"):
        storage.path.write_bytes(newer)
    if which in ("both", "twin"):
        storage.twin.write_bytes(newer)
    if which == "unsealed":
        storage.path.write_bytes(newer.replace(b'"n": 2', b'"n": 3'))
    before = snapshot(storage.path.parent)
    for act in (storage.read, lambda: storage.write({}), lambda: storage.replace_all({})):
        with pytest.raises(Newer) as caught:
            act()
        assert (caught.value.found, caught.value.known) == (2, 1)
    assert snapshot(storage.path.parent) == before


def test_migrations_run_one_after_the_other() -> None:
    steps = {
        1: lambda tables: {**tables, "t": {"1": {"n": 1}}},
        2: lambda tables: {**tables, "t": {"1": {"n": tables["t"]["1"]["n"] + 1}}},
    }
    done = upgrade_tables({"mine": {"1": {"kept": True}}, "meta": {"1": {"id": "x"}}}, Path("p.json"), steps, schema=3)
    assert done == {"mine": {"1": {"kept": True}}, "meta": {"1": {"id": "x", "schema": 3}}, "t": {"1": {"n": 2}}}
    with pytest.raises(Newer):
        upgrade_tables(done, Path("p.json"), steps, schema=2)


def test_schema_is_stamped_and_unknown_fields_survive(storage: SealedStorage) -> None:
    storage.write({"meta": {"1": {"schema": 1, "later": [1]}, "2": {}}, "who": {"7": {"knows": None}}})
    found: Tables = SealedStorage(storage.path).read() or {}
    assert found == {"meta": {"1": {"schema": 1, "later": [1]}, "2": {}}, "who": {"7": {"knows": None}}}
    assert schema_of(found) == 1


def test_folder_that_went_away_does_not_read_as_empty(storage: SealedStorage) -> None:
    shutil.rmtree(storage.path.parent)
    for act in (storage.read, lambda: storage.write({})):
        with pytest.raises(Vanished):
            act()
    assert not storage.path.parent.exists()


def test_file_that_went_away_does_not_read_as_empty(storage: SealedStorage) -> None:
    storage.path.unlink()
    storage.twin.unlink()
    for act in (storage.read, lambda: storage.write({})):
        with pytest.raises(NotFound):
            act()


@pytest.mark.parametrize("name", ["p.json", "p.json.twin", "p.json.lock"])
def test_links_are_refused(storage: SealedStorage, tmp_path: Path, name: str) -> None:
    (tmp_path / "outside").write_bytes(b"theirs")
    link = storage.path.with_name(name)
    link.unlink()
    link.symlink_to(tmp_path / "outside")
    with pytest.raises(Linked):
        SealedStorage(storage.path).write({"t": {}})
    assert (tmp_path / "outside").read_bytes() == b"theirs"


def test_what_cannot_be_stored_changes_nothing(storage: SealedStorage) -> None:
    before = snapshot(storage.path.parent)
    with pytest.raises(Unstorable):
        storage.write({"t": {"1": {"text": "\udc80"}}})
    assert snapshot(storage.path.parent) == before
    assert rows(storage) == {"1": {"n": 1}}


def test_store_one_may_only_read_is_still_shown(storage: SealedStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    storage.path.write_bytes(b"damaged")
    real = os.open

    def refuse(path: Path, flags: int, *more: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *more)

    monkeypatch.setattr(os, "open", refuse)
    reader = SealedStorage(storage.path)
    assert rows(reader) == {"1": {"n": 1}}
    assert [(report.kind, report.kept) for report in reader.take_reports()] == [("damaged", None)]
    with pytest.raises(ReadOnly):
        reader.write({})
    monkeypatch.undo()
    reader.write({"t": {"1": {"n": 2}}})
    assert b"damaged" in [raw for raw, _ in snapshot(storage.path.parent).values()]


def test_bytes_that_cannot_be_read_are_kept_under_a_second_name(
    storage: SealedStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = b" " * 5000
    storage.path.write_bytes(huge)
    monkeypatch.setattr("tui.store.sealed_storage.read_file", lambda path: read_file(path, 4000))
    assert rows(storage) == {"1": {"n": 1}}
    [report] = storage.take_reports()
    storage.write({"t": {"1": {"n": 2}}})
    assert report.kept is not None
    assert report.kept.read_bytes() == huge
    assert rows(SealedStorage(storage.path)) == {"1": {"n": 2}}


def kept_bytes(storage: SealedStorage) -> list[bytes]:
    return [path.read_bytes() for path in storage.path.parent.iterdir() if "damaged" in path.name]


def test_of_two_sealed_copies_of_one_save_the_other_is_kept(storage: SealedStorage) -> None:
    """Two machines that saved once each, whose files a sync program mixed."""
    theirs = add_seal(body_of(with_schema({"t": {"1": {"n": "theirs"}}})), 1)
    storage.twin.write_bytes(theirs)
    assert rows(SealedStorage(storage.path)) == {"1": {"n": 1}}
    storage.write({"t": {"1": {"n": 2}}})
    assert theirs in kept_bytes(storage)


@pytest.mark.parametrize("modes", [PRIVATE, READERS])
def test_what_is_set_aside_is_private_whatever_the_file_is(tmp_path: Path, modes: Modes) -> None:
    storage = SealedStorage(tmp_path / "p.json", modes=modes)
    storage.write({"t": {"1": {"n": 1}}})
    storage.path.write_bytes(b"damaged")
    storage.write({"t": {"1": {"n": 2}}})
    (kept,) = tmp_path.glob("*.damaged-*")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (kept, storage.path)] == [0o600, modes.file]


def test_a_lone_file_edited_by_hand_is_kept_as_it_was_found(storage: SealedStorage) -> None:
    storage.twin.unlink()
    edited = storage.path.read_bytes().replace(b'"n": 1', b'"n": 5')
    storage.path.write_bytes(edited)
    fresh = SealedStorage(storage.path)
    assert rows(fresh) == {"1": {"n": 5}}
    fresh.write({"t": {"1": {"n": 6}}})
    assert kept_bytes(fresh) == [edited]


def test_the_number_of_a_save_is_above_those_of_both_copies(storage: SealedStorage) -> None:
    older = storage.path.read_bytes()
    for number in range(2, 5):
        storage.write({"t": {"1": {"n": number}}})
    storage.path.write_bytes(older)
    fresh = SealedStorage(storage.path)
    fresh.write({"t": {"1": {"n": 9}}})
    seal = read_seal(storage.path.read_bytes())
    assert seal is not None and seal.generation == 5


def test_a_second_copy_that_could_not_be_written_is_written_with_the_next_save(storage: SealedStorage) -> None:
    new: Tables = {"t": {"1": {"n": 2}}}
    replaced = os.replace

    def refusing(source: str, target: Path) -> None:
        if target == storage.twin:
            raise OSError(errno.ENOSPC, "No space left on device")
        replaced(source, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "replace", refusing)
        storage.write(new)
    assert [report.kind for report in storage.take_reports()] == ["single"]
    assert storage.twin.read_bytes() != storage.path.read_bytes()
    storage.write(new)
    assert storage.twin.read_bytes() == storage.path.read_bytes()
