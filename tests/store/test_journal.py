"""The journal: what a killed session typed is found again, once; and who is here."""

from __future__ import annotations

import fcntl
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.faults import Disk, failing
from tui.atomic_files import GROUP, READERS, make_private_dir
from tui.resources import PACKAGE
from tui.store.journal import Journal, presences
from tui.store.journal_recovery import orphans
from tui.store.store_errors import Full, Vanished

TYPE = """
import sys
from pathlib import Path
from tui.store.journal import Journal
journal = Journal.open(Path(sys.argv[1]), "Chloé")
for n in range(int(sys.argv[2])):
    assert journal.append({"n": n, "text": "déjà \\n"}) is None
print(journal.path, flush=True)
sys.stdin.read()
"""


def session(folder: Path, records: int) -> tuple[subprocess.Popen[str], Path]:
    """Start a program that types `records` records and then waits."""
    program = subprocess.Popen(
        [sys.executable, "-c", TYPE, str(folder), str(records)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PACKAGE.parent,
    )
    assert program.stdout is not None
    return program, Path(program.stdout.readline().rstrip("\n"))


def killed(folder: Path, records: int = 3) -> Path:
    program, path = session(folder, records)
    program.send_signal(signal.SIGKILL)
    program.communicate()
    return path


def test_records_of_a_killed_session_are_found_once(tmp_path: Path) -> None:
    path = killed(tmp_path)
    [orphan] = orphans(tmp_path)
    assert (orphan.path, orphan.author, orphan.torn) == (path, "Chloé", False)
    assert orphan.records == tuple({"n": n, "text": "déjà \n"} for n in range(3))
    assert orphans(tmp_path) == []  # somebody replays it now
    orphan.release()
    [orphan] = orphans(tmp_path)
    orphan.discard()
    assert list(tmp_path.iterdir()) == []


def test_killed_session_without_records_leaves_nothing(tmp_path: Path) -> None:
    killed(tmp_path, 0)
    assert orphans(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_living_session_is_present_and_no_orphan(tmp_path: Path) -> None:
    own = Journal.open(tmp_path, "Nous")
    program, path = session(tmp_path, 2)
    assert [(person.author, person.own) for person in sorted(presences(tmp_path), key=lambda p: p.author)] == [
        ("Chloé", False),
        ("Nous", True),
    ]
    assert orphans(tmp_path) == []
    program.send_signal(signal.SIGKILL)
    program.communicate()
    assert [person.author for person in presences(tmp_path)] == ["Nous"]
    own.close()
    assert presences(tmp_path) == []
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.slow
@pytest.mark.parametrize("tail", [b'[{"n":3,"te', b"\0\0\0\0", b"\xff\n", b'{"n":3}\n', b"[1,2]\n"])
def test_torn_line_costs_only_itself(tmp_path: Path, tail: bytes) -> None:
    path = killed(tmp_path)
    path.write_bytes(path.read_bytes() + tail)
    [orphan] = orphans(tmp_path)
    assert [record["n"] for record in orphan.records] == [0, 1, 2]
    assert orphan.torn
    orphan.release()


def test_a_journal_of_one_torn_line_is_kept(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path, "x")
    os.write(journal._fd, b'[{"n":0,"text":"d')
    os.close(journal._fd)  # as the system does for the dead
    [orphan] = orphans(tmp_path)
    assert (orphan.records, orphan.torn) == ((), True)
    assert journal.path.exists(), "the half line is somebody's words"
    orphan.release()


def test_saved_records_are_not_replayed(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path, "x")
    journal.append({"n": 0})
    covered = journal.position
    journal.append({"saved": 99})  # typed while the save ran; looks like our own marker
    journal.clear(covered)
    journal.append({"n": 2})
    os.close(journal._fd)  # as the system does for the dead
    [orphan] = orphans(tmp_path)
    assert orphan.records == ({"saved": 99}, {"n": 2})
    orphan.release()


def left_by_the_dead(journal: Journal) -> list[int]:
    """The numbers of the records that are found once the session of the journal has died."""
    os.close(journal._fd)  # as the system does for the dead
    [orphan] = orphans(journal.path.parent)
    orphan.discard()
    return [record["n"] for record in orphan.records]


@pytest.mark.parametrize("saves", [(1, 2), (0, 3), (2, 2), (3, 1)])
def test_of_two_saves_that_end_while_one_types_the_later_counts(tmp_path: Path, saves: tuple[int, int]) -> None:
    journal = Journal.open(tmp_path, "x")
    for n in range(4):
        journal.append({"n": n})
    for covered in saves:
        journal.clear(covered)
    assert left_by_the_dead(journal) == list(range(max(saves), 4))


@pytest.mark.parametrize("covered", range(5))
def test_a_deleted_journal_goes_on_with_what_no_save_covers(tmp_path: Path, covered: int) -> None:
    journal = Journal.open(tmp_path, "x")
    for n in range(4):
        if n == 2:
            journal.path.unlink()  # as when private notes are destroyed
        journal.append({"n": n})
    journal.clear(covered)
    journal.append({"n": 4})
    assert left_by_the_dead(journal) == [n for n in (2, 3, 4) if n >= covered]


def test_clear_then_close_leaves_nothing(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path, "x")
    for n in range(3):
        journal.append({"n": n})
        journal.clear()
    journal.append({"n": 3})
    journal.clear(journal.position)
    journal.close()
    journal.close()
    assert list(tmp_path.iterdir()) == []


def test_closing_with_unsaved_records_keeps_them(tmp_path: Path) -> None:
    journal = Journal.open(tmp_path, "x")
    journal.append({"n": 0})
    journal.clear()
    journal.append({"n": 1})
    journal.close()
    [orphan] = orphans(tmp_path)
    assert orphan.records == ({"n": 1},)
    orphan.discard()


@pytest.mark.parametrize("short", [False, True])
def test_full_disk_is_told_and_typing_goes_on(tmp_path: Path, short: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal.open(tmp_path, "x")
    journal.append({"n": 0})
    real = os.write
    if short:
        monkeypatch.setattr(os, "write", lambda fd, data: real(fd, data[:5]))
        problem = journal.append({"n": 1})
        monkeypatch.undo()
    else:
        with failing(Disk("error", 1, 28)):
            problem = journal.append({"n": 1})
    assert isinstance(problem, Full)
    assert journal.problem is problem
    assert journal.append({"n": 2}) is None
    assert journal.problem is None
    journal.close()
    [orphan] = orphans(tmp_path)
    assert (orphan.records, orphan.torn) == (({"n": 0}, {"n": 2}), False)
    orphan.discard()


def test_modes_and_links(tmp_path: Path) -> None:
    before = os.umask(0)
    make_private_dir(tmp_path / "shared", GROUP)
    make_private_dir(tmp_path / "read", READERS)
    journals = [Journal.open(folder, "x") for folder in (tmp_path, tmp_path / "shared", tmp_path / "read")]
    os.umask(before)
    modes = [stat.S_IMODE(journal.path.stat().st_mode) for journal in journals]
    assert modes == [0o600, 0o660, 0o600], "who only reads what is public reads no journal"
    for journal in journals:
        journal.close()
    outside = killed(tmp_path).rename(tmp_path / "outside")
    (tmp_path / "journal-0123456789abcdef.jsonl").symlink_to(outside)
    assert (orphans(tmp_path), presences(tmp_path)) == ([], [])
    assert outside.exists()


def test_missing_folder_speaks(tmp_path: Path) -> None:
    with pytest.raises(Vanished):
        Journal.open(tmp_path / "gone", "x")
    with pytest.raises(Vanished):
        orphans(tmp_path / "gone")


def test_journal_that_another_program_just_replayed_is_not_replayed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = killed(tmp_path)
    real = fcntl.flock

    def late(fd: int, how: int) -> None:
        path.unlink()  # the other one was done between our look and our lock
        real(fd, how)

    monkeypatch.setattr(fcntl, "flock", late)
    assert orphans(tmp_path) == []
