"""What a colleague has closed: it is listed, named with its owner, and keeps nobody from anything else."""

from __future__ import annotations

import errno
import fcntl
import os
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.shell import Done, Shell
from tui.cli import main
from tui.store import disk_locks, file_lock

Close = Callable[[Path], None]
CANARY = "motcanari"


def closing(mode: int, *names: str) -> Close:
    """Close what is called like this in a folder, else the folder itself."""

    def close(folder: Path) -> None:
        for path in [folder / name for name in names] or [folder]:
            path.chmod(mode)

    return close


def store_of(shell: Shell) -> Path:
    """The store's folder."""
    return shell.home / ".local" / "share" / "entente"


@pytest.fixture
def pair(shell: Shell) -> Iterator[tuple[Shell, str, str]]:
    """A home whose account the modes bind, a partnership of one's own, and one with private notes to be closed."""
    bound = replace(shell, bound=True)
    own, theirs = bound.new("La mienne"), bound.new("La sienne")
    bound.answer(theirs, {"question": "open.who", "op": "add", "value": {"name": "Le Collège", "reason": CANARY}})
    yield bound, own, theirs
    for path in (store_of(shell) / theirs, *(store_of(shell) / theirs).glob("*")):
        path.chmod(0o700)


PUBLIC = ("project.json", "project.json.twin")
WHOLLY = {
    "folder": closing(0),
    "folder-without-names": closing(0o300),
    "folder-without-entry": closing(0o600),
    "public-files": closing(0, *PUBLIC),
}


def everything(done: Done) -> str:
    """All that a call said, no-break spaces as spaces."""
    return f"{done.out}{done.err}".replace("\xa0", " ")


@pytest.mark.parametrize("close", WHOLLY.values(), ids=WHOLLY)
def test_partnership_that_is_closed_stays_in_sight(pair: tuple[Shell, str, str], close: Close) -> None:
    shell, own, theirs = pair
    close(store_of(shell) / theirs)
    listed = shell("list")
    assert listed.code == 0
    assert {line.split()[0] for line in listed.out.splitlines()[1:]} == {own, theirs}
    assert {one["id"] for one in shell("list", "--json").data} == {own, theirs}
    assert shell("show", own).code == 0
    refused = shell("show", theirs)
    assert refused.code == 3 and theirs in refused.err and "Errno" not in refused.err


@pytest.mark.parametrize("close", WHOLLY.values(), ids=WHOLLY)
def test_backup_holds_all_else_and_names_what_it_lacks(pair: tuple[Shell, str, str], close: Close) -> None:
    shell, own, theirs = pair
    close(store_of(shell) / theirs)
    done = shell("backup", "copie.zip")
    assert done.code == 1, "a script has to notice"
    assert f"{store_of(shell) / theirs}" in done.err and "PAS dans la sauvegarde" in done.err
    assert "copie.zip" not in done.err and "copie.zip" in done.out
    with zipfile.ZipFile(shell.home / "copie.zip") as archive:
        assert {name.split("/")[0] for name in archive.namelist() if "/" in name} == {own}
    assert own in shell("--store", "other", "restore", "copie.zip").out


@pytest.mark.parametrize(
    ("names", "there"),
    [(("private.json", "private.json.twin"), "project.json"), (("history.json", "history.json.twin"), "private.json")],
)
def test_backup_takes_the_files_it_may_read(pair: tuple[Shell, str, str], names: tuple[str, ...], there: str) -> None:
    shell, own, theirs = pair
    closing(0, *names)(store_of(shell) / theirs)
    done = shell("backup", "copie.zip")
    assert done.code == 1 and f"{store_of(shell) / theirs / names[0]}" in done.err
    with zipfile.ZipFile(shell.home / "copie.zip") as archive:
        held = set(archive.namelist())
    assert f"{theirs}/{there}" in held and f"{own}/project.json" in held
    assert not {f"{theirs}/{name}" for name in names} & held


def test_backup_names_a_closed_bin_and_directory(pair: tuple[Shell, str, str]) -> None:
    shell, own, _theirs = pair
    store = store_of(shell)
    (store / "bin").mkdir(mode=0)
    for path in store.glob("directory.json*"):
        path.chmod(0)
    done = shell("backup", "copie.zip")
    (store / "bin").chmod(0o700)
    assert done.code == 1 and f"{store / 'bin'}" in done.err and "directory.json" in done.err
    with zipfile.ZipFile(shell.home / "copie.zip") as archive:
        assert f"{own}/project.json" in archive.namelist()


SAVING = {
    **WHOLLY,
    "private-files": closing(0, "private.json", "private.json.twin"),
    "folder-to-read-only": closing(0o500),
    "lock": closing(0, ".lock"),
    "lock-to-read-only": closing(0o400, ".lock"),
}


@pytest.mark.parametrize("close", SAVING.values(), ids=SAVING)
def test_doctor_names_what_is_closed_its_owner_and_the_cure(pair: tuple[Shell, str, str], close: Close) -> None:
    shell, own, theirs = pair
    assert shell("doctor").code == 0
    close(store_of(shell) / theirs)
    done = shell("doctor")
    found = [line for line in done.out.splitlines() if line.startswith("  ! ")]
    assert done.code == 1 and found and all(f"{store_of(shell) / theirs}" in line for line in found)
    owner = (store_of(shell) / theirs).owner()
    assert all(owner in line and "chown" in line for line in found)
    assert own not in "".join(found) and "Errno" not in everything(done)


def test_what_a_colleague_has_not_finished_is_no_fault(pair: tuple[Shell, str, str]) -> None:
    shell, _own, theirs = pair
    path = store_of(shell) / theirs / "unfinished-abcdefghij.json"
    path.write_text("{}", encoding="utf-8")
    path.chmod(0)
    assert shell("doctor").code == 0
    assert shell("backup", "copie.zip").code == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_doctor_names_another_owner_and_opens_to_the_group(pair: tuple[Shell, str, str]) -> None:
    shell, _own, theirs = pair
    folder = store_of(shell) / theirs
    store_of(shell).chmod(0o2770)
    for path in (folder / ".lock", folder):
        os.chown(path, 12345, 0)
    folder.chmod(0o2770)
    (folder / ".lock").chmod(0o600)
    done = shell("doctor")
    assert done.code == 1 and "uid 12345" in done.out and f"chmod -R g+rwX {folder}" in done.out


@pytest.mark.parametrize("mode", [0o2770, 0o2775, 0o755, 0o750])
def test_doctor_says_who_else_reads_private_notes(pair: tuple[Shell, str, str], mode: int) -> None:
    shell, _own, _theirs = pair
    assert "notes privées" not in shell("doctor").out
    store_of(shell).chmod(mode)
    said = next(line for line in shell("doctor").out.splitlines() if "notes privées" in line)
    assert said.startswith("  ?  ")
    assert ("groupe" in said) == (mode == 0o2770)


def test_doctor_says_that_a_lock_is_held(pair: tuple[Shell, str, str]) -> None:
    shell, _own, theirs = pair
    path = store_of(shell) / theirs / ".lock"
    with file_lock.Lock(path, holder="Marie"):
        said = shell("doctor").out
    assert f"{path.parent}" in said and "Marie" in said


@pytest.mark.parametrize("fault", ["unknown", "idle"])
def test_doctor_says_that_locks_do_not_work(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As on a network disk without locks, and on one where each lock is given to everybody."""
    store = str(tmp_path / "store")
    assert main(["--store", store, "new", "Une"]) == 0

    def flock(_fd: int, _how: int) -> None:
        if fault == "unknown":
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", flock)
    monkeypatch.setattr(disk_locks, "_faults_by_device", {})  # what it finds of this disk is no truth for the next test
    capsys.readouterr()
    assert main(["--store", store, "doctor"]) == 1
    found = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ! ")]
    assert len(found) == 1 and "verrou" in found[0] and store in found[0]


def test_doctor_does_not_wait_long_for_a_lock(pair: tuple[Shell, str, str]) -> None:
    shell, _own, theirs = pair
    begun = time.monotonic()
    shell("doctor")
    usual = time.monotonic() - begun
    with file_lock.Lock(store_of(shell) / theirs / ".lock"):
        shell("doctor")
    assert time.monotonic() - begun < 2 * usual + 5
