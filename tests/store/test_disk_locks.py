"""Disks that cannot lock, or give each lock to everybody: found by trying, and written to after a yes alone."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.store.unlocked import FAULTS, everything_in, without_locks
from tui.partnership.values import SETTINGS, Change
from tui.store import Author, Store, disk_locks
from tui.store.disk_locks import LockFault, lock_fault, store_of, try_locks
from tui.store.folder_lifecycle import sweep_unfinished
from tui.store.store_errors import LockKind, StoreError, Unlocked
from tui.store.unfinished_files import UnfinishedFile, UnfinishedText

BINNED = "bbbbbbbbbb"
HERE = "aaaaaaaaaa"


def titled(text: str) -> Change:
    """A change of the title."""
    return Change(SETTINGS, SETTINGS, "title@fr", text)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of a store with a partnership, one in the bin, and a directory."""
    store = Store(tmp_path / "store", author=Author("mariexxxxx", "Marie"))
    store.create([titled("Une porte")], partnership_id=HERE)
    store.create([titled("Jetée")], partnership_id=BINNED)
    store.delete(BINNED)
    store.remember({"id": "cccccccccc", "name@fr": "Le Collège"})
    store.backup(tmp_path / "copie.zip")
    return store.root


@pytest.fixture(params=["idle", "ENOLCK"])
def fault(request: pytest.FixtureRequest, root: Path) -> Iterator[str]:
    """What the locks of the disk do from here on."""
    with without_locks(request.param):
        yield request.param


def written(store: Store) -> dict[str, Callable[[], object]]:
    """Everything that writes in a store's folder, by name."""
    unfinished = UnfinishedText("new", "", HERE, str(store.root), "t", "", "t", "2026-11-27T12:00:00+00:00")
    return {
        "create": lambda: store.create([titled("Neuve")]),
        "save": lambda: store.save(HERE, [titled("Autre")]),
        "archive": lambda: store.archive(HERE),
        "session": lambda: store.session(HERE),
        "delete": lambda: store.delete(HERE),
        "purge": lambda: store.purge(BINNED),
        "out of the bin": lambda: store.restore_from_bin(BINNED),
        "restore": lambda: list(store.restore(store.root.parent / "copie.zip")),
        "remember": lambda: store.remember({"name@fr": "La Ville"}),
        "duplicate": lambda: store.duplicate(HERE),
        "destroy": lambda: store.destroy_private(HERE),
        "version": lambda: store.add_version(HERE, {"id": "dddddddddd"}),
        "paper": lambda: store.keep_paper(HERE, "dddddddddd", "a.pdf", b"%PDF"),
        "unfinished": lambda: UnfinishedFile((store.root / HERE, store.root)).write(unfinished),
    }


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in written(Store(Path("/"))) if name != "unfinished"])
def test_nothing_is_written_without_a_yes(root: Path, fault: str, name: str) -> None:
    before = everything_in(root)
    with pytest.raises(Unlocked) as refused:
        written(Store(root))[name]()
    assert everything_in(root) == before
    said = str(refused.value)
    assert str(root) in said and HERE not in said and BINNED not in said
    assert "ENTENTE_STORE=/" in said and "postgresql://" in said and "--without-locks" in said


def test_what_one_is_typing_goes_to_ones_own_folder(root: Path, fault: str, tmp_path: Path) -> None:
    before = everything_in(root)
    text = UnfinishedText("new", "", HERE, str(root), "t", "", "un mot", "2026-11-27T12:00:00+00:00")
    UnfinishedFile((root / HERE, tmp_path / "own")).write(text)
    assert everything_in(root) == before and len(list((tmp_path / "own").iterdir())) == 1


def test_everything_is_read_and_nothing_written(root: Path, fault: str, tmp_path: Path) -> None:
    before = everything_in(root)
    store = Store(root)
    assert [one.id for one in store.list()] == [HERE]
    assert [one.id for one in store.bin()] == [BINNED]
    assert store.load(HERE).setting("title@fr") == "Une porte"
    assert store.directory()[0]["name@fr"] == "Le Collège"
    assert len(store.history(HERE)) == 1 and store.versions(HERE) == []
    assert store.public_document(HERE, private=True)
    assert store.backup(tmp_path / "autre.zip").count == 1
    assert everything_in(root) == before


def test_a_store_that_is_not_there_yet_is_not_made(tmp_path: Path) -> None:
    with without_locks("ENOLCK"):
        store = Store(tmp_path / "a" / "store")
        assert store.unlocked_error() is not None and store.list() == []
        with pytest.raises(Unlocked):
            store.create([titled("Une")])
        with pytest.raises(Unlocked):
            store.remember({"name@fr": "La Ville"})
        assert list(tmp_path.iterdir()) == []


def test_all_works_after_a_yes(root: Path, fault: str) -> None:
    store = Store(root, author=Author("paulxxxxxx", "Paul"))
    store.allow_unlocked()
    assert store.unlocked_error() is None
    for name, act in written(store).items():
        if name not in ("delete", "purge", "destroy"):
            act()
    assert store.load(HERE).setting("title@fr") == "Autre"
    store.purge(BINNED) if (root / "bin" / BINNED).is_dir() else None
    store.destroy_private(HERE)
    store.delete(HERE)
    for other in ("other", f"{root.name}-2"):
        with pytest.raises(Unlocked):  # the yes is for one folder
            Store(root.parent / other).create([titled("Une")])


def journal_of(root: Path, pid: int, host: str) -> Path:
    """A journal with a title that nobody saved, of a program of that number."""
    head = {"journal": 1, "author": "Zoé", "since": "2026-11-27T12:00:00+00:00", "pid": pid, "host": host}
    change = {"entry": SETTINGS, "question": SETTINGS, "cell": "title@fr", "value": "Tapé", "reason": "", "base": None}
    path = root / HERE / f"journal-{pid:08x}{len(host):08x}.jsonl"
    path.write_text(json.dumps(head) + "\n" + json.dumps([change]) + "\n", encoding="utf-8")
    return path


def test_only_a_session_known_to_be_dead_is_replayed(root: Path, fault: str) -> None:
    """Where each lock is given to everybody, a living session would look like a dead one."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    living = journal_of(root, os.getpid(), socket.gethostname())
    far = journal_of(root, ended.pid, f"not-{socket.gethostname()}")  # another machine may have such a program
    dead = journal_of(root, ended.pid, socket.gethostname())
    store = Store(root)
    store.allow_unlocked()
    store.load(HERE)
    assert living.exists() and far.exists() and not dead.exists()
    assert store.load(HERE).setting("title@fr") == "Tapé"
    with store.session(HERE) as session:
        assert sorted(one.author for one in session.others()) == ["Zoé", "Zoé"]


def test_a_folder_that_may_be_being_filled_stays(root: Path, fault: str) -> None:
    filled = root / ".restoring-0123456789ab"
    filled.mkdir()
    disk_locks.allow_unlocked(root)
    sweep_unfinished(root)
    assert filled.is_dir()


@pytest.mark.parametrize("fault", FAULTS)
def test_what_a_disk_answers_is_recognised(tmp_path: Path, fault: str) -> None:
    with without_locks(fault):
        found = lock_fault(tmp_path)
        assert found is not None and found.kind == ("idle" if fault == "idle" else "none")
    assert lock_fault(tmp_path) is None


def test_a_disk_that_locks_is_no_fault_and_keeps_nothing_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert try_locks(tmp_path) == "" and lock_fault(tmp_path) is None
    monkeypatch.setattr(disk_locks, "unnamed_file", lambda *_args: None)
    assert try_locks(tmp_path) == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", HERE, f"bin/{BINNED}", ".restoring-0123456789ab", "bin"])
def test_the_store_is_named_whichever_of_its_folders_is_written_in(tmp_path: Path, name: str) -> None:
    assert store_of(tmp_path / name) == tmp_path


def test_a_folder_that_cannot_be_tried_says_nothing_of_its_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers: dict[str, LockKind | None] = {"closed": None, "open": "none"}
    monkeypatch.setattr(disk_locks, "_faults_by_device", {})
    monkeypatch.setattr(disk_locks, "try_locks", lambda folder: answers[folder.name])
    for name in answers:
        (tmp_path / name).mkdir()
    assert lock_fault(tmp_path / "closed") is None
    found = lock_fault(tmp_path / "open")
    assert found is not None and found.kind == "none"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_disk_without_locks_is_called_so_however_it_was_mounted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    with without_locks(fault):
        found = mounted(tmp_path, monkeypatch, "nfs", "rw,nolock")
    assert found == LockFault("idle" if fault == "idle" else "none", "nfs")


def test_an_option_of_the_mount_itself_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert mounted(tmp_path, monkeypatch, "cifs", "rw", own="rw,nobrl") == LockFault("machine", "cifs")


def test_a_disk_is_tried_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Path] = []
    monkeypatch.setattr(disk_locks, "_faults_by_device", {})

    def works(folder: Path) -> str:
        tried.append(folder)
        return ""

    monkeypatch.setattr(disk_locks, "try_locks", works)
    for number in range(3):
        Store(root).save(HERE, [titled(f"Titre {number}")])
        Store(root).list()
    assert len(tried) == 1


LOCAL = [
    ("nfs", "rw,vers=3,nolock,addr=10.0.0.1"),
    ("nfs", "rw,vers=3,local_lock=all"),
    ("nfs4", "rw,vers=4.2,local_lock=flock"),
    ("cifs", "rw,nobrl,vers=3.1.1"),
    ("lustre", "rw,localflock"),
    ("fuse.sshfs", "rw,user_id=1000"),
    ("fuse.blobfuse2", "rw,user_id=1000"),  # any FUSE whose files are elsewhere and which this kernel locks alone
    ("fuse", "rw,user_id=1000"),
]
SHARED = [
    ("nfs4", "rw,vers=4.2,local_lock=none"),
    ("nfs", "rw,vers=3,local_lock=posix"),
    ("cifs", "rw,vers=3.1.1"),
    ("lustre", "rw,flock"),
    ("ext4", "rw,nobrl"),
    ("fuse.mergerfs", "rw,user_id=1000"),
]


def mounted(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    options: str,
    *,
    source: str = "srv:/a",
    own: str = "rw,noatime",
) -> LockFault | None:
    """What is found of a disk that was mounted like this, whose locks keep a second opening out."""
    device = tmp_path.stat().st_dev
    line = f"36 35 {os.major(device)}:{os.minor(device)} / /net {own} shared:1 - {kind} {source} {options}\n"
    mounts = tmp_path / "mountinfo"
    mounts.write_text("25 1 254:9999 / / rw - ext4 /dev/x rw\nwrong\n" + line, encoding="utf-8")
    monkeypatch.setattr(disk_locks, "_MOUNTS", str(mounts))
    monkeypatch.setattr(disk_locks, "_faults_by_device", {})
    return lock_fault(tmp_path)


@pytest.mark.parametrize(("kind", "options"), LOCAL)
def test_locks_that_other_machines_never_hear_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, options: str
) -> None:
    assert mounted(tmp_path, monkeypatch, kind, options) == LockFault("machine", kind)
    refused = Store(tmp_path).unlocked_error()
    assert refused is not None and kind in str(refused)


@pytest.mark.parametrize(("kind", "options"), SHARED)
def test_locks_that_they_hear_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, options: str) -> None:
    assert mounted(tmp_path, monkeypatch, kind, options) is None


def test_fuse_that_is_told_of_each_lock_or_lies_over_a_folder_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_locks, "_LOCKS", os.devnull)  # where it is told of them, the kernel lists none
    assert mounted(tmp_path, monkeypatch, "fuse.glusterfs", "rw") is None
    monkeypatch.undo()
    assert mounted(tmp_path, monkeypatch, "fuse", "rw", source="/srv/encrypted") is None


def test_a_lock_server_away_for_a_moment_is_no_yes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that could lock a moment ago saves nothing without a lock."""
    store = Store(root)
    store.save(HERE, [titled("Avant")])

    def flock(_fd: int, _how: int) -> None:
        raise OSError(FAULTS["ENOLCK"], os.strerror(FAULTS["ENOLCK"]))

    monkeypatch.setattr(fcntl, "flock", flock)
    with pytest.raises(StoreError):
        store.save(HERE, [titled("Après")])
    monkeypatch.undo()
    assert store.load(HERE).setting("title@fr") == "Avant"
