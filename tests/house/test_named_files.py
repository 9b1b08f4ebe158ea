"""What a colleague puts under a name that somebody else is about to use: never followed, filled, or read for ever."""

from __future__ import annotations

import errno
import os
import stat
import threading
from pathlib import Path

import pytest

from tui import i18n, named_files
from tui.named_files import (
    MEGABYTE,
    RefusedFile,
    new_named,
    opened_plain,
    read_named,
    replace_file,
    size_words,
    write_named,
)

OTHER = 12345  # the user id of a colleague
LIMIT = 1024


@pytest.fixture
def foreign(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names that belong to a colleague: files of this account, since only root could give them away."""
    names: set[str] = set()
    look, fstat = named_files._status, os.fstat

    def owned(found: os.stat_result | None, name: str) -> os.stat_result | None:
        if found is None or name not in names:
            return found
        return os.stat_result([*found[:4], OTHER, *found[5:]])

    monkeypatch.setattr(named_files, "_status", lambda name, folder: owned(look(name, folder), name))
    monkeypatch.setattr(
        os, "fstat", lambda fd: owned(fstat(fd), os.path.basename(os.readlink(f"/proc/self/fd/{fd}"))) or fstat(fd)
    )
    return names


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("chain", ["", "absolute", "relative", "twice"])
def test_a_link_of_ones_own_is_followed_and_stays(tmp_path: Path, chain: str) -> None:
    (tmp_path / "dotfiles").mkdir()
    target, name = tmp_path / "dotfiles" / "config.toml", tmp_path / "config.toml"
    target.write_text("old")
    if chain == "twice":
        (tmp_path / "between").symlink_to(target)
        name.symlink_to("between")
    elif chain:
        name.symlink_to(target if chain == "absolute" else Path("dotfiles/config.toml"))
    else:
        name = target
    write_named(name, b"new")
    assert target.read_bytes() == b"new" and name.is_symlink() is bool(chain)
    assert left(target.parent) == ["config.toml"]


@pytest.mark.parametrize("whose", ["link", "folder"])
def test_a_link_somebody_else_may_have_put_there_is_not_followed(tmp_path: Path, foreign: set[str], whose: str) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / ".bashrc").write_text("mine")
    (tmp_path / "shared" / "x.md").symlink_to(tmp_path / ".bashrc")
    foreign.add("x.md" if whose == "link" else "shared")
    with pytest.raises(RefusedFile, match=r"x\.md"):
        write_named(tmp_path / "shared" / "x.md", b"notes")
    with pytest.raises(RefusedFile, match=r"x\.md"), new_named(tmp_path / "shared" / "x.md"):
        pass
    assert (tmp_path / ".bashrc").read_text() == "mine" and left(tmp_path / "shared") == ["x.md"]


def test_a_folder_behind_a_foreign_link_is_not_entered(tmp_path: Path, foreign: set[str]) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "exports").symlink_to(tmp_path / "home")
    write_named(tmp_path / "exports" / "a.md", b"own link")
    foreign.add("exports")
    with pytest.raises(RefusedFile, match="exports"):
        write_named(tmp_path / "exports" / "b.md", b"foreign link")
    assert left(tmp_path / "home") == ["a.md"]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="symbolic links") as caught:
        write_named(tmp_path / "a", b"x")
    assert caught.value.errno == errno.ELOOP


def test_planted_temporary_names_are_never_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(named_files, "unnamed_file", lambda _folder, _mode: None)
    monkeypatch.setattr("secrets.token_hex", lambda _n: "0" * 12)
    (tmp_path / ".bashrc").write_text("mine")
    (tmp_path / ".x.md.000000000000.entente-part").symlink_to(tmp_path / ".bashrc")
    with pytest.raises(FileExistsError):
        write_named(tmp_path / "x.md", b"notes")
    assert (tmp_path / ".bashrc").read_text() == "mine"


def test_a_foreign_pipe_gets_nothing(tmp_path: Path, foreign: set[str]) -> None:
    os.mkfifo(tmp_path / "x.md")
    reader = os.open(tmp_path / "x.md", os.O_RDONLY | os.O_NONBLOCK)
    foreign.add("x.md")
    try:
        with pytest.raises(RefusedFile, match=r"x\.md"):
            write_named(tmp_path / "x.md", b"private")
        with pytest.raises(BlockingIOError):  # the other end is open, and nothing came
            while os.read(reader, 9):
                pytest.fail("something was written")
            raise BlockingIOError
    finally:
        os.close(reader)


def test_ones_own_pipe_takes_all_and_waits_for_its_reader(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    data, read = b"x" * 300_000, list[bytes]()

    def late() -> None:
        threading.Event().wait(0.2)
        read.append((tmp_path / "pipe").read_bytes())

    thread = threading.Thread(target=late)
    thread.start()
    write_named(tmp_path / "pipe", data)
    thread.join()
    assert read == [data] and stat.S_ISFIFO(os.lstat(tmp_path / "pipe").st_mode)


def test_a_pipe_without_a_reader_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(named_files, "_READER_WAIT_SECONDS", 0.1)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RefusedFile, match="pipe"):
        write_named(tmp_path / "pipe", b"x")


def test_what_was_handed_over_open_is_written(tmp_path: Path) -> None:
    read, write = os.pipe()
    write_named(Path(f"/dev/fd/{write}"), b"to a pipe")
    os.close(write)
    assert os.read(read, 99) == b"to a pipe"
    os.close(read)
    write_named(Path("/dev/null"), b"nowhere")
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


@pytest.mark.parametrize("what", ["folder", "pipe", "device", "large"])
def test_only_plain_files_within_the_limit_are_read(tmp_path: Path, what: str) -> None:
    path = tmp_path / what
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "device":
        path = Path("/dev/zero")
    else:
        path.write_bytes(b"x" * (LIMIT + 1))
    with pytest.raises(RefusedFile) as caught:
        read_named(path, LIMIT)
    assert path.name in str(caught.value) and ("1\xa0ko" in str(caught.value) or what == "folder")
    with pytest.raises(RefusedFile), opened_plain(path, LIMIT):
        pass


def test_a_plain_file_is_read_up_to_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * LIMIT)
    (tmp_path / "link").symlink_to("a")
    assert read_named(tmp_path / "link", LIMIT) == b"x" * LIMIT
    with pytest.raises(FileNotFoundError):
        read_named(tmp_path / "b", LIMIT)


@pytest.mark.parametrize("unnamed", [True, False])
def test_a_new_file_is_there_whole_or_not_at_all(
    tmp_path: Path, unnamed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not unnamed:
        monkeypatch.setattr(named_files, "unnamed_file", lambda _folder, _mode: None)
    path = tmp_path / "b.zip"
    with pytest.raises(KeyError), new_named(path) as file:
        file.write(b"half")
        assert unnamed is (left(tmp_path) == [])
        raise KeyError
    assert left(tmp_path) == []
    with new_named(path) as file:
        file.write(b"whole")
        file.flush()
        file.seek(0)
        assert file.read() == b"whole"
    assert path.read_bytes() == b"whole" and stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileExistsError), new_named(path):
        pass
    with pytest.raises(FileExistsError), new_named(tmp_path / "late"):
        (tmp_path / "late").write_bytes(b"somebody else's")
    assert left(tmp_path) == ["b.zip", "late"] and (tmp_path / "late").read_bytes() == b"somebody else's"


def test_a_disk_without_links_takes_files_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_paths: object, **_more: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    write_named(tmp_path / "a", b"x" * 3_000_000, 0o640)
    with new_named(tmp_path / "b") as file:
        file.write(b"b" * 3_000_000)
    assert (tmp_path / "a").read_bytes() == b"x" * 3_000_000 and (tmp_path / "b").stat().st_size == 3_000_000
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640 and left(tmp_path) == ["a", "b"]
    with pytest.raises(FileExistsError), new_named(tmp_path / "late"):
        (tmp_path / "late").write_bytes(b"somebody else's")
    assert left(tmp_path) == ["a", "b", "late"]


def test_a_full_disk_without_links_keeps_nothing_of_the_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(fd: int, name: str, folder: int) -> None:
        raise OSError(errno.EPERM, "no links here")

    def fail(fd: int) -> None:
        if os.readlink(f"/proc/self/fd/{fd}").endswith(".entente-part"):
            raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(named_files, "name_unnamed", refuse)
    monkeypatch.setattr(named_files, "sync_file", fail)
    with pytest.raises(OSError, match="full"):
        write_named(tmp_path / "entente.docx", b"new")
    assert left(tmp_path) == []


def test_what_nobody_named_is_replaced_whatever_it_is(tmp_path: Path, foreign: set[str]) -> None:
    (tmp_path / ".bashrc").write_text("mine")
    (tmp_path / "x").symlink_to(".bashrc")
    os.mkfifo(tmp_path / "y")
    foreign |= {"x", "y"}
    for name in ("x", "y"):
        replace_file(tmp_path / name, b"new", 0o600)
        assert stat.S_ISREG(os.lstat(tmp_path / name).st_mode) and (tmp_path / name).read_bytes() == b"new"
    assert (tmp_path / ".bashrc").read_text() == "mine"


def test_what_a_kill_left_goes_and_what_is_in_use_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(named_files, "unnamed_file", lambda _folder, _mode: None)
    (tmp_path / ".old.zip.0123456789ab.entente-part").write_bytes(b"private notes")
    (tmp_path / ".mine.entente-part").write_bytes(b"of another name")
    with new_named(tmp_path / "a.zip"):
        with new_named(tmp_path / "b.zip") as inner:
            inner.write(b"b")
        assert len(left(tmp_path)) == 3
    assert left(tmp_path) == [".mine.entente-part", "a.zip", "b.zip"]


def test_what_another_account_is_writing_stays(tmp_path: Path, foreign: set[str]) -> None:
    name = ".old.zip.0123456789ab.entente-part"
    (tmp_path / name).write_bytes(b"another's")
    foreign.add(name)
    with new_named(tmp_path / "a.zip"):
        pass
    assert left(tmp_path) == [name, "a.zip"]


@pytest.mark.parametrize(
    ("size", "words"),
    [(512 * 1024, "512 kB"), (MEGABYTE, "1 MB"), (1023 * MEGABYTE, "1023 MB"), (1024 * MEGABYTE, "1 GB")],
)
def test_a_limit_is_told_in_whole_units(size: int, words: str) -> None:
    i18n.use("en")
    assert size_words(size) == words


@pytest.mark.parametrize(("mask", "mode", "expected"), [(0o022, None, 0o644), (0o077, None, 0o600), (0, 0o640, 0o640)])
def test_a_written_file_has_the_mode_asked_for(tmp_path: Path, mask: int, mode: int | None, expected: int) -> None:
    before = os.umask(mask)
    try:
        write_named(tmp_path / "a", b"x", mode)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == expected
