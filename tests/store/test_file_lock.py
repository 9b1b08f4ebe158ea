"""The lock: one holder among threads and programs, and words about who holds it."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tui.atomic_files import GROUP, PRIVATE, READERS, Modes
from tui.resources import PACKAGE
from tui.store.file_lock import Lock
from tui.store.store_errors import Full, Locked, Vanished

HOLD = """
import sys, time
from pathlib import Path
from tui.store.file_lock import Lock
with Lock(Path(sys.argv[1]), holder=sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(path: Path, name: str) -> subprocess.Popen[str]:
    """Start a program that holds the lock until its input ends."""
    program = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PACKAGE.parent,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == "held\n"
    return program


@pytest.mark.parametrize(("name", "said"), [("Chloé Roy", "Chloé Roy"), ("", "process ")])
def test_another_program_holds_it(tmp_path: Path, name: str, said: str) -> None:
    program = holder(tmp_path / ".lock", name)
    with pytest.raises(Locked) as caught:
        Lock(tmp_path / ".lock", timeout=0.01).acquire()
    assert said in caught.value.holder
    assert said in str(caught.value)
    program.communicate("")
    with Lock(tmp_path / ".lock", timeout=0):
        pass


def test_a_long_name_leaves_nothing_of_itself_to_the_next_holder(tmp_path: Path) -> None:
    with Lock(tmp_path / ".lock", holder="Marie-Chloé Roy-Tremblay, Collège"):
        pass
    with Lock(tmp_path / ".lock", holder="Bo"), pytest.raises(Locked) as caught:
        Lock(tmp_path / ".lock", timeout=0).acquire()
    assert caught.value.holder == "Bo"


def test_who_reads_waits_for_the_lock_as_who_writes_does(tmp_path: Path) -> None:
    """Else a save would be read half way."""
    with Lock(tmp_path / ".lock"), pytest.raises(Locked), Lock(tmp_path / ".lock", timeout=0).reading():
        pytest.fail("read without the lock")


@pytest.mark.parametrize("modes", [PRIVATE, GROUP, READERS])
def test_the_lock_file_is_open_to_whom_the_store_is(tmp_path: Path, modes: Modes) -> None:
    before = os.umask(0o077)
    try:
        with Lock(tmp_path / ".lock", modes=modes):
            assert stat.S_IMODE((tmp_path / ".lock").stat().st_mode) == modes.file
    finally:
        os.umask(before)


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    program = holder(tmp_path / ".lock", "x")
    program.send_signal(signal.SIGKILL)
    program.communicate()
    with Lock(tmp_path / ".lock", timeout=0):
        pass


def test_threads_exclude_each_other(tmp_path: Path) -> None:
    shared = Lock(tmp_path / ".lock", timeout=0)
    refused: list[object] = []

    def attempt(lock: Lock) -> None:
        assert not lock.owned
        try:
            lock.acquire()
        except Locked as err:
            refused.append(err)

    with shared:
        for lock in (shared, Lock(tmp_path / ".lock", timeout=0)):
            thread = threading.Thread(target=attempt, args=[lock])
            thread.start()
            thread.join()
    assert len(refused) == 2


def test_the_same_thread_may_take_it_again(tmp_path: Path) -> None:
    lock = Lock(tmp_path / ".lock")
    with lock, lock:
        assert lock.owned
    assert not lock.owned
    with Lock(tmp_path / ".lock", timeout=0):
        pass


def test_file_is_never_deleted(tmp_path: Path) -> None:
    lock = Lock(tmp_path / ".lock")
    with lock:
        inode = (tmp_path / ".lock").stat().st_ino
    with lock:
        assert (tmp_path / ".lock").stat().st_ino == inode


def test_failures_speak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Vanished):
        Lock(tmp_path / "gone" / ".lock").acquire()
    lock = Lock(tmp_path / ".lock")

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fcntl.flock", full)
    with pytest.raises(Full):
        lock.acquire()
    monkeypatch.undo()
    with lock:
        assert lock.owned
