"""A save cut short at every call: by a kill, a torn write or an error; afterwards there is the old value or the new."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path

import pytest

from tests.store.faults import Disk, Killed, Mode, failing, places
from tui.store.sealed_bytes import Tables, with_schema
from tui.store.sealed_storage import SealedStorage
from tui.store.store_errors import Failed, Full, StoreError

OLD: Tables = with_schema({"answers": {"1": {"text": "old " * 50}, "2": {"text": "stays"}}})
NEW: Tables = with_schema({"answers": {"1": {"text": "new, and longer " * 80}, "2": {"text": "stays"}}})


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A folder with the old value in it, and litter of a save that was killed before."""
    SealedStorage(tmp_path / "saved" / "p.json").write(OLD)
    for name in ("p.json", "p.json.twin"):
        (tmp_path / "saved" / f".{name}.0123456789ab.tmp").write_bytes(b"half")
    return tmp_path / "saved"


def calls_of_a_save(folder: Path) -> list[str]:
    shutil.copytree(folder, folder.parent / "counted")
    with failing(Disk()) as disk:
        SealedStorage(folder.parent / "counted" / "p.json").write(NEW)
    return disk.calls


def test_a_save_is_what_we_think(saved: Path) -> None:
    assert calls_of_a_save(saved) == [
        *("open", "unlink", "unlink"),  # the lock; the litter of both copies
        *("open", "fchmod", "write", "fsync", "replace", "fsync"),
        *("open", "fchmod", "write", "fsync", "replace", "fsync"),
    ]


@pytest.mark.parametrize("mode", ["kill_before", "torn"])
def test_killed_at_every_call(saved: Path, mode: Mode) -> None:
    seen = set()
    for at in places(mode, calls_of_a_save(saved)):
        folder = saved.parent / f"trial{at}"
        shutil.copytree(saved, folder)
        with failing(Disk(mode, at)), pytest.raises(Killed):
            SealedStorage(folder / "p.json").write(NEW)
        seen.add(whole(folder))
        goes_on(folder)
    assert seen == {"old", "new"}


@pytest.mark.slow
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("sticky", [False, True])
@pytest.mark.parametrize("mode", ["error", "half_error"])
def test_error_at_every_call(saved: Path, mode: Mode, sticky: bool, code: int) -> None:
    for at in places(mode, calls_of_a_save(saved)):
        folder = saved.parent / f"trial{at}"
        shutil.copytree(saved, folder)
        storage = SealedStorage(folder / "p.json")
        with failing(Disk(mode, at, code, sticky)):
            try:
                storage.write(NEW)
                said = "new"
            except StoreError as err:
                assert type(err) is (Failed if code == errno.EIO else Full)
                said = "refused"
        assert said == "refused" or whole(folder) == "new"
        assert whole(folder) in ("old", "new")
        storage.write(NEW)  # the same session goes on once the fault is gone
        assert whole(folder) == "new"
        goes_on(folder)


def whole(folder: Path) -> str:
    found = SealedStorage(folder / "p.json", create=False).read()
    return {str(OLD): "old", str(NEW): "new"}.get(str(found), "broken")


def goes_on(folder: Path) -> None:
    """Another session saves and finds its value; no litter is left, and nothing had to be set aside."""
    storage = SealedStorage(folder / "p.json")
    with storage.transaction() as tables:
        tables["answers"]["3"] = {"text": "after"}
    found = SealedStorage(folder / "p.json").read()
    assert found is not None
    assert found["answers"]["3"] == {"text": "after"}
    assert sorted(name.name for name in folder.iterdir()) == ["p.json", "p.json.lock", "p.json.twin"]
    assert (folder / "p.json").read_bytes() == (folder / "p.json.twin").read_bytes()


@pytest.mark.parametrize("mode", ["kill_before", "torn"])
def test_first_save_killed_at_every_call(tmp_path: Path, mode: Mode) -> None:
    with failing(Disk()) as disk:
        SealedStorage(tmp_path / "counted" / "p.json").write(NEW)
    for at in places(mode, disk.calls):
        folder = tmp_path / f"trial{at}"
        with failing(Disk(mode, at)), pytest.raises(Killed):
            SealedStorage(folder / "p.json").write(NEW)
        assert SealedStorage(folder / "p.json").read() in (None, NEW)
        goes_on_from_nothing(folder)


def goes_on_from_nothing(folder: Path) -> None:
    SealedStorage(folder / "p.json").write(NEW)
    assert whole(folder) == "new"


def test_second_copy_that_cannot_be_written_is_reported(saved: Path) -> None:
    calls = calls_of_a_save(saved)
    storage = SealedStorage(saved / "p.json")
    with failing(Disk("error", len(calls) - 1, errno.ENOSPC)):  # the rename of the twin
        storage.write(NEW)
    assert [report.kind for report in storage.take_reports()] == ["single"]
    assert SealedStorage(saved / "p.json").read() == NEW
    with storage.transaction():
        pass
    assert (saved / "p.json").read_bytes() == (saved / "p.json.twin").read_bytes()
