"""A backup is whole or not there; a restore, wherever it is stopped, leaves whole partnerships and can go on."""

from __future__ import annotations

import errno
import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.upper.acts import everything, offer, reason, store, vision
from tui.atomic_files import READERS, make_private_dir, read_file
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


def test_a_store_that_vanishes_meanwhile_gives_no_backup(ann: Store, tmp_path: Path) -> None:
    def watch(_done: int, _total: int) -> None:
        if (tmp_path / "a").exists():
            (tmp_path / "a").rename(tmp_path / "gone")

    with pytest.raises(StoreError):
        ann.backup(tmp_path / "b.zip", watch)
    assert [path.name for path in tmp_path.iterdir()] == ["gone"]


@pytest.mark.parametrize(
    ("lost", "damaged"), [(["project.json"], False), (["project.json.twin"], False), (["project.json*"], True)]
)
def test_a_partnership_without_its_public_file_is_in_the_backup(
    ann: Store, tmp_path: Path, lost: list[str], damaged: bool
) -> None:
    name = ann.list()[0].id
    for path in [path for pattern in lost for path in (tmp_path / "a" / name).glob(pattern)]:
        path.unlink()
    done = ann.backup(tmp_path / "b.zip")
    assert (done.count, done.damaged, done.left_out) == (3, (name,) if damaged else (), ())
    list(store(tmp_path / "n").restore(tmp_path / "b.zip"))
    assert b"priv\xc3\xa9" in (tmp_path / "n" / name / "private.json").read_bytes()


@pytest.mark.parametrize(
    ("refused", "left_out"),
    [
        (["project.json"], ["project.json"]),
        (["private.json"], ["private.json"]),
        (["project.json", "project.json.twin"], [""]),
    ],
)
def test_what_the_account_may_not_read_is_named(
    ann: Store, tmp_path: Path, refused: list[str], left_out: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, read = tmp_path / "a" / ann.list()[0].id, read_file

    def reading(path: Path, *more: int) -> bytes:
        if path in [folder / name for name in refused]:
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path, *more)

    monkeypatch.setattr(backups, "read_file", reading)
    done = ann.backup(tmp_path / "b.zip")
    assert done.left_out == tuple(folder / name for name in left_out)
    assert done.count == (2 if left_out == [""] else 3)


def test_the_directory_that_is_there_stays(ann: Store, tmp_path: Path) -> None:
    ann.remember({"id": "orgorgorgo", "name@fr": "Avant"})
    ann.backup(tmp_path / "b.zip")
    kept, new = store(tmp_path / "k"), store(tmp_path / "n")
    kept.remember({"id": "orgorgorgo", "name@fr": "Après"})
    for one, name in ((kept, "Après"), (new, "Avant")):
        list(one.restore(tmp_path / "b.zip"))
        assert [organisation["name@fr"] for organisation in store(one.root).directory()] == [name]


def test_what_comes_back_is_as_private_as_the_store_asks(ann: Store, tmp_path: Path) -> None:
    name = ann.list()[0].id
    folder = tmp_path / "a" / name
    (folder / "private.json.damaged-1a2b").write_text("privé")
    (folder / "adopted-aaaaaaaaaa.docx").write_text("public")
    ann.backup(tmp_path / "b.zip")
    make_private_dir(tmp_path / "n", READERS)
    list(store(tmp_path / "n").restore(tmp_path / "b.zip"))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "n" / name).iterdir()}
    private = {file for file, mode in modes.items() if mode == 0o600}
    assert private == {"private.json", "private.json.twin", "private.json.damaged-1a2b"}
    assert modes["project.json"] == modes["adopted-aaaaaaaaaa.docx"] == 0o640


def test_what_was_deleted_twice_is_in_the_bin_twice(ann: Store, tmp_path: Path) -> None:
    one = ann.list()[0].id
    ann.delete(one)
    ann.backup(tmp_path / "b.zip")
    ann.restore_from_bin(one)
    ann.save(one, [vision("la suite")])
    ann.delete(one)
    assert list(ann.restore(tmp_path / "b.zip")) == []
    texts = [path.read_text(encoding="utf-8") for path in (tmp_path / "a" / "bin").glob("*/project.json")]
    assert sorted("la suite" in text for text in texts) == [False, True]


def test_a_second_copy_that_is_missing_brings_nothing_back_twice(ann: Store, tmp_path: Path) -> None:
    ann.backup(tmp_path / "b.zip")
    for path in (tmp_path / "a").glob("*/*.twin"):
        path.unlink()
    assert list(ann.restore(tmp_path / "b.zip")) == []


def test_all_backups_that_are_still_there_are_known(ann: Store, tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.zip" for name in "cab"]
    for file in files:
        ann.backup(file)
    files[0].unlink()
    assert backups.known_backups(tmp_path / "a") == sorted(files[1:])
