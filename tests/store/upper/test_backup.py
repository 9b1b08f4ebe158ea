"""A backup is whole or not there; a restore, wherever it is stopped, leaves whole partnerships and can go on."""

from __future__ import annotations

import errno
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.upper.acts import everything, offer, reason, store, vision
from tui.store import Store
from tui.store import backup as backups
from tui.store.records import with_meta
from tui.store.sealed_bytes import add_seal, body_of, load
from tui.store.store_errors import Newer, NoDocument, StoreError, Taken


class Stopped(BaseException):
    """Somebody pressed Ctrl+C."""


def stop_at(count: int) -> Callable[[int, int], None]:
    """A watch that stops the work when it is told for the time after `count`."""
    left = [count]

    def watch(done: int, total: int) -> None:
        assert done < total
        if not left[0]:
            raise Stopped
        left[0] -= 1

    return watch


@pytest.fixture
def ann(tmp_path: Path) -> Store:
    """A store of three partnerships."""
    made = store(tmp_path / "a")
    for text in ("un", "deux", "trois"):
        made.create([vision(text), reason(f"privé {text}")])
    return made


@pytest.mark.parametrize("count", [0, 2, 4])
def test_a_stopped_backup_leaves_no_file(ann: Store, tmp_path: Path, count: int) -> None:
    with pytest.raises(Stopped):
        ann.backup(tmp_path / "b.zip", stop_at(count))
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.slow
@pytest.mark.parametrize("count", range(3))
def test_a_stopped_restore_leaves_whole_partnerships_and_goes_on(ann: Store, tmp_path: Path, count: int) -> None:
    ann.backup(tmp_path / "b.zip")
    ids = sorted(one.id for one in ann.list())
    new = store(tmp_path / "n")
    with pytest.raises(Stopped):
        list(new.restore(tmp_path / "b.zip", stop_at(3 + count)))
    assert [new.load(one.id).entries for one in new.list()] == [ann.load(one.id).entries for one in new.list()]
    assert len(new.list()) == count
    list(new.restore(tmp_path / "b.zip"))
    assert sorted(one.id for one in new.list()) == ids
    assert not list((tmp_path / "n").glob(".restoring*"))


def test_a_restore_that_was_killed_half_way_is_taken_up_again(ann: Store, tmp_path: Path) -> None:
    ann.backup(tmp_path / "b.zip")
    (tmp_path / "n" / ".restoring-abc").mkdir(parents=True)
    (tmp_path / "n" / ".restoring-abc" / "project.json").write_text("{}")
    new = store(tmp_path / "n")
    assert new.list() == []
    assert sorted(new.restore(tmp_path / "b.zip")) == sorted(one.id for one in ann.list())
    assert not (tmp_path / "n" / ".restoring-abc").exists()


def test_a_damaged_backup_is_refused_before_anything_is_written(ann: Store, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    ann.backup(file)
    raw = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as archive:
        last = archive.infolist()[-1]
    raw[last.header_offset + 30 + len(last.filename) + 8] ^= 0xFF
    file.write_bytes(raw)
    with pytest.raises(NoDocument):
        list(store(tmp_path / "n").restore(file))
    assert not (tmp_path / "n").exists()


def test_a_store_of_any_size_is_backed_up_and_comes_back(
    ann: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann.backup(tmp_path / "first.zip")
    packed = (tmp_path / "first.zip").stat().st_size
    monkeypatch.setattr(backups, "TOTAL_LIMIT", packed)  # unpacked, these partnerships take more
    ann.backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert sum(info.file_size for info in archive.infolist()) > packed
    assert len(list(store(tmp_path / "n").restore(tmp_path / "b.zip"))) == 3


def test_a_zip_made_to_fill_the_disk_is_refused(ann: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "TOTAL_LIMIT", 1_000_000)
    file = tmp_path / "b.zip"
    name = f"{ann.list()[0].id}/versions.json"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, bytes(2_000_000))
    with pytest.raises(NoDocument, match="976"):
        list(store(tmp_path / "n").restore(file))
    assert not (tmp_path / "n").exists()


def test_a_backup_of_a_newer_program_is_refused_whole(ann: Store, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("aaaaaaaaaa/project.json", '{"meta": {"1": {"id": "aaaaaaaaaa"}}}')
        archive.writestr("bbbbbbbbbb/project.json", '{"meta": {"1": {"id": "bbbbbbbbbb", "schema": 99}}}')
    with pytest.raises(Newer):
        list(store(tmp_path / "n").restore(tmp_path / "b.zip"))
    assert not (tmp_path / "n").exists()


def test_what_is_damaged_is_named_and_backed_up_as_it_is(ann: Store, tmp_path: Path) -> None:
    name = ann.list()[0].id
    for path in (tmp_path / "a" / name).glob("private.json*"):
        path.write_bytes(b"ruined")
    done = ann.backup(tmp_path / "b.zip")
    assert (done.count, done.damaged) == (3, (name,))
    assert name in list(store(tmp_path / "n").restore(tmp_path / "b.zip"))
    assert (tmp_path / "n" / name / "private.json").read_bytes() == b"ruined"


def test_what_does_not_read_as_it_was_packed_is_no_backup(
    ann: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writestr = zipfile.ZipFile.writestr
    monkeypatch.setattr(zipfile.ZipFile, "writestr", lambda self, name, raw: writestr(self, name, raw[:-1]))
    with pytest.raises(StoreError):
        ann.backup(tmp_path / "b.zip")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_a_dead_session_had_typed_is_in_the_backup(ann: Store, tmp_path: Path) -> None:
    name = ann.list()[0].id
    session = ann.session(name)
    session.note(offer("tapé, jamais enregistré"))
    session.close()
    store(tmp_path / "a").backup(tmp_path / "b.zip")
    new = store(tmp_path / "n")
    list(new.restore(tmp_path / "b.zip"))
    assert "tapé, jamais enregistré" in everything(new, name)


def test_a_store_one_may_only_read_is_backed_up(ann: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.store import backup
    from tui.store.store_errors import ReadOnly

    def refuse(path: Path, *_rest: object, **_more: object) -> None:
        raise ReadOnly(path)

    monkeypatch.setattr(backup, "Lock", refuse)
    assert ann.backup(tmp_path / "b.zip").count == 3


def test_the_bin_and_what_is_set_aside_come_back_as_they_were(ann: Store, tmp_path: Path) -> None:
    one, two, three = (found.id for found in ann.list())
    ann.delete(one)
    (tmp_path / "a" / two / "private.json").write_bytes(b"ruined")
    ann.save(two, [vision("après")])
    assert list((tmp_path / "a" / two).glob("*.damaged-*"))
    done = ann.backup(tmp_path / "b.zip")
    assert (done.count, done.binned) == (2, 1)
    new = store(tmp_path / "n")
    assert sorted(new.restore(tmp_path / "b.zip")) == sorted([two, three])
    assert [found.id for found in new.bin()] == [one]
    for path in (tmp_path / "a").rglob("*.json*"):
        if path.parent != tmp_path / "a":
            assert (tmp_path / "n" / path.relative_to(tmp_path / "a")).read_bytes() == path.read_bytes()
    assert new.restore_from_bin(one) == one
    assert everything(new, one) == everything(store(tmp_path / "n"), one)
    assert list(new.restore(tmp_path / "b.zip")) == []  # all there: nothing comes twice
    assert not new.bin()  # what was taken out of the bin stays out


def test_a_backup_on_a_disk_without_hard_links(ann: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_paths: object, **_more: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert ann.backup(tmp_path / "b.zip").count == 3
    assert len(list(store(tmp_path / "n").restore(tmp_path / "b.zip"))) == 3
    with pytest.raises(Taken):
        ann.backup(tmp_path / "b.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b.zip", "n"]


def test_a_file_that_cannot_be_read_keeps_no_other_out(
    ann: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui import atomic_files
    from tui.store import backup

    bad, read = tmp_path / "a" / ann.list()[0].id / "project.json", atomic_files.read_file

    def reading(path: Path, *more: int) -> bytes:
        if path == bad:
            raise OSError(errno.EIO, "Input/output error")
        return read(path, *more)

    monkeypatch.setattr(backup, "read_file", reading)
    done = ann.backup(tmp_path / "b.zip")
    assert (done.count, done.damaged) == (3, (bad.parent.name,))
    assert len(list(store(tmp_path / "n").restore(tmp_path / "b.zip"))) == 3


def test_what_a_newer_program_wrote_and_what_is_a_link_keep_no_other_out(ann: Store, tmp_path: Path) -> None:
    newer, linked, _good = (one.id for one in ann.list())
    for end in ("", ".twin"):
        path = tmp_path / "a" / newer / f"project.json{end}"
        path.write_bytes(add_seal(body_of(with_meta(load(path.read_bytes()).tables, schema=99)), 9))
    (tmp_path / "a" / linked / "private.json").unlink()
    (tmp_path / "a" / linked / "private.json").symlink_to("/etc/passwd")
    done = ann.backup(tmp_path / "b.zip")
    assert (done.count, done.damaged) == (3, (linked,))
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        kept = archive.read(f"{newer}/project.json")
        assert b"root:" not in b"".join(archive.read(name) for name in archive.namelist())
    assert kept == (tmp_path / "a" / newer / "project.json").read_bytes()


def test_one_that_is_deleted_meanwhile_stops_no_backup(ann: Store, tmp_path: Path) -> None:
    first, *_others = sorted(one.id for one in ann.list())

    def watch(done: int, _total: int) -> None:
        if (tmp_path / "a" / first).exists():
            ann.delete(first)

    assert ann.backup(tmp_path / "b.zip", watch).count == 2


def test_a_backup_of_before_with_both_copies_comes_back(ann: Store, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        for path in (tmp_path / "a").glob("*/*.json*"):
            archive.write(path, str(path.relative_to(tmp_path / "a")))
    assert len(list(store(tmp_path / "n").restore(tmp_path / "b.zip"))) == 3
