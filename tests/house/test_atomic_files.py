"""Files on disk: whole, private under any umask, group stores kept, links never followed."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.faults import Disk, failing
from tui import atomic_files
from tui.atomic_files import (
    GROUP,
    PRIVATE,
    make_private_dir,
    modes_of,
    read_file,
    signature,
    sweep_temporaries,
    write_atomic,
)
from tui.store.sealed_storage import SealedStorage


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_private_store_under_any_umask(tmp_path: Path, umask: int) -> None:
    storage = SealedStorage(tmp_path / "a" / "b" / "p.json")
    storage.write({"t": {"1": {}}})
    storage.twin.write_bytes(b"damaged")
    storage.write({"t": {"2": {}}})
    assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o700, 0o700)
    found = {path.name.split("-")[0]: mode(path) for path in (tmp_path / "a" / "b").iterdir()}
    assert found == dict.fromkeys(("p.json", "p.json.twin", "p.json.lock", "p.json.damaged"), 0o600)


def test_group_store_under_any_umask(tmp_path: Path, umask: int) -> None:
    make_private_dir(tmp_path / "g", GROUP)
    storage = SealedStorage(tmp_path / "g" / "p.json")
    storage.write({"t": {"1": {}}})
    storage.write({"t": {"2": {}}})
    assert mode(tmp_path / "g") == 0o2770
    assert modes_of(tmp_path / "g") == GROUP
    assert {path.name: mode(path) for path in (tmp_path / "g").iterdir()} == dict.fromkeys(
        ("p.json", "p.json.twin", "p.json.lock"), 0o660
    )


@pytest.mark.parametrize(
    ("folder", "file", "private"),
    [
        (0o700, 0o600, 0o600),
        (0o755, 0o600, 0o600),
        (0o770, 0o600, 0o600),  # a group may write there, but new files would not be the group's
        (0o2700, 0o600, 0o600),
        (0o2770, 0o660, 0o660),
        (0o2775, 0o660, 0o660),
        (0o2750, 0o640, 0o600),  # who only reads sees what is public
        (0o2755, 0o600, 0o600),
        (0o2754, 0o600, 0o600),
        (0o2740, 0o600, 0o600),
    ],
    ids=oct,
)
def test_the_mode_of_a_folder_says_who_reads_its_files(tmp_path: Path, folder: int, file: int, private: int) -> None:
    tmp_path.chmod(folder)
    modes = modes_of(tmp_path)
    assert (modes.file, modes.private.file) == (file, private)
    assert modes.private.directory == modes.directory


def test_only_what_saves_of_the_file_left_is_swept(tmp_path: Path) -> None:
    swept = {".p.json.0123456789ab.tmp", ".p.json.twin.0123456789ab.tmp"}
    kept = {"p.json", "p.json.tmp", ".p.json.mine", ".q.json.0123456789ab.tmp", ".p.json2.tmp"}
    for name in swept | kept:
        (tmp_path / name).write_text("")
    sweep_temporaries(tmp_path / "p.json")
    assert {path.name for path in tmp_path.iterdir()} == kept


def test_a_save_of_as_many_bytes_in_one_tick_of_the_clock_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    seen = []
    for data in (b"1", b"2"):
        write_atomic(path, data)
        os.utime(path, ns=(0, 0))
        seen.append(signature([path, tmp_path / "none"]))
    assert seen[0] != seen[1] and len(seen[1]) == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file to any group")
def test_group_of_a_shared_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    write_atomic(path, b"1", GROUP)
    os.chown(path, -1, 12345)
    write_atomic(path, b"2", GROUP)
    assert (path.stat().st_gid, mode(path)) == (12345, 0o660)


def test_folder_that_exists_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs").chmod(0o755)
    make_private_dir(tmp_path / "theirs")
    assert mode(tmp_path / "theirs") == 0o755
    assert modes_of(tmp_path / "theirs") == PRIVATE


def test_old_looser_mode_is_not_inherited(tmp_path: Path) -> None:
    (tmp_path / "p").write_bytes(b"")
    (tmp_path / "p").chmod(0o644)
    write_atomic(tmp_path / "p", b"x")
    assert mode(tmp_path / "p") == 0o600


def test_link_is_neither_followed_nor_replaced(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"theirs")
    link = tmp_path / "p.json"
    link.symlink_to(outside)
    for act in (lambda: read_file(link), lambda: write_atomic(link, b"ours")):
        with pytest.raises(OSError) as caught:
            act()
        assert caught.value.errno == errno.ELOOP
    assert link.is_symlink()
    assert outside.read_bytes() == b"theirs"


def test_private_folder_is_not_made_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "p2").symlink_to(tmp_path)
    with pytest.raises(OSError):
        make_private_dir(tmp_path / "real" / "p2")


def test_special_files_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(OSError) as caught:
            read_file(path)
        assert caught.value.errno == errno.ELOOP


def test_size_limit(tmp_path: Path) -> None:
    (tmp_path / "p").write_bytes(b"x" * 100)
    assert read_file(tmp_path / "p", limit=100) == b"x" * 100
    with pytest.raises(OSError) as caught:
        read_file(tmp_path / "p", limit=99)
    assert caught.value.errno == errno.EOVERFLOW


def test_short_writes_are_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, data[:7]))
    write_atomic(tmp_path / "p", bytes(range(256)))
    assert (tmp_path / "p").read_bytes() == bytes(range(256))


def test_no_temporary_file_is_left_behind(tmp_path: Path) -> None:
    for at in range(1, 6):
        with failing(Disk("error", at, errno.EIO)), pytest.raises(OSError):
            write_atomic(tmp_path / "p", b"x")
        assert list(tmp_path.iterdir()) == []


def test_limit_on_file_size_is_a_full_disk(tmp_path: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from tui.store.sealed_storage import SealedStorage; from tui.store.store_errors import Full\n"
        "s = SealedStorage(Path(sys.argv[1])); s.write({'t': {'1': {'x': 'small'}}})\n"
        "most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, most))\n"
        "try: s.write({'t': {'1': {'x': 'y' * 10000}}})\n"
        "except Full: print('full')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))\n"
        "print(s.read()['t']); s.write({'t': {'1': {'x': 'room'}}}); print(s.read()['t'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "p.json"],
        capture_output=True,
        text=True,
        cwd=Path(atomic_files.__file__).parents[2],
    )
    assert done.stdout == "full\n{'1': {'x': 'small'}}\n{'1': {'x': 'room'}}\n", done.stderr
