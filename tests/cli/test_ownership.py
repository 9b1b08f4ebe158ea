"""One run as root, HOME kept: nothing is left that the folder's owner cannot read, and `doctor` names the rest."""

from __future__ import annotations

import os
import pwd
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.cli.test_permissions import store_of
from tests.store.upper.acts import reason, store, vision
from tui.settings import remember
from tui.store.unfinished_files import UnfinishedFile, UnfinishedText

SOMEBODY = 12345  # uid and gid of an account that needs not exist


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[set[int]]:
    """The inodes given to the owner of the home, which is not root's, while root runs the program.

    Each is held open: the number of one that is gone would go to a new file, which then seems given.
    """
    inodes: set[int] = set()
    held: list[int] = []
    chown, fchown = os.chown, os.fchown
    if os.geteuid() == 0:
        chown(tmp_path, SOMEBODY, SOMEBODY)
    owner = tmp_path.stat()

    def give(path: Path, uid: int, gid: int, *, follow_symlinks: bool = True) -> None:
        assert (uid, gid, follow_symlinks) == (owner.st_uid, owner.st_gid, False)
        chown(path, uid, gid, follow_symlinks=False)
        if sys.platform == "linux":
            held.append(os.open(path, os.O_PATH | os.O_NOFOLLOW))
        inodes.add(path.lstat().st_ino)

    def give_open(fd: int, uid: int, gid: int) -> None:
        assert (uid, gid) == (owner.st_uid, owner.st_gid)
        fchown(fd, uid, gid)
        if sys.platform == "linux":
            held.append(os.open(f"/proc/self/fd/{fd}", os.O_PATH))
        inodes.add(os.fstat(fd).st_ino)

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("SUDO_UID", "")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", give)
    monkeypatch.setattr(os, "fchown", give_open)
    yield inodes
    for number in held:
        os.close(number)


def test_all_that_root_makes_belongs_to_the_owner_of_the_folder(tmp_path: Path, given: set[int]) -> None:
    root = tmp_path / ".local" / "share" / "entente"
    ann = store(root)
    name = ann.create([vision("a"), reason("b")]).id
    for text in ("c", "d"):
        ann.save(name, [vision(text), reason(text)])
    ann.add_version(name, {"id": "v"})
    ann.remember({"name@fr": "Alpha"})
    ann.list()
    ann.delete(ann.duplicate(name))
    ann.import_document(ann.public_document(name))
    remember(tmp_path / ".config" / "entente" / "config.toml", author="Ann")
    session = ann.session(name)
    session.note(vision("e"))
    unfinished = UnfinishedFile((root / name,))
    unfinished.write(UnfinishedText("note", "", name, str(root), "", "", "texte", "2026-11-22"))
    ann.backup(tmp_path / "sauvegarde.zip")
    os.environ.update(HOME="/", SUDO_UID=str(tmp_path.stat().st_uid))
    ann.backup(tmp_path / "une-autre.zip")
    del os.environ["SUDO_UID"]
    ann.backup(tmp_path / "de-root.zip")
    made = {path.name: path.lstat().st_ino for path in sorted(tmp_path.rglob("*"))}
    files = {"project.json", "directory.json", "index.json", ".lock", "bin", "sauvegarde.zip", "config.toml"}
    assert files <= set(made)
    assert any(path.startswith("journal-") for path in made) and any(path.startswith("unfinished-") for path in made)
    assert [path for path, inode in made.items() if inode not in given] == ["de-root.zip"], "it may hold what is root's"
    session.close()
    unfinished.release()


def test_in_a_folder_of_its_own_and_for_others_root_gives_nothing_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "chown", pytest.fail)
    monkeypatch.setattr(os, "fchown", pytest.fail)
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid or 0)
    store(tmp_path / "store").create([vision("a")])


@pytest.mark.parametrize("left", [".local/share/entente/directory.json", ".local/state/entente/places.json"])
def test_doctor_names_what_an_earlier_run_left_its_owner_and_the_cure(shell: Shell, left: str) -> None:
    bound = replace(shell, bound=True)
    bound.answer(bound.new("Un"), {"question": "open.who", "op": "add", "value": {"name": "Alpha", "status": "lead"}})
    path = shell.home / left
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    assert str(path) not in bound("doctor").out
    path.chmod(0)
    said = bound("doctor")
    path.chmod(0o600)
    owner = pwd.getpwuid(os.getuid()).pw_name
    assert said.code == 1 and path.name in said.out and f"sudo chown {owner} {path}" in said.out.replace("\xa0", " ")


def test_root_is_told_what_the_owner_of_the_store_cannot_read(shell: Shell) -> None:
    name = shell.new("Un")
    if os.geteuid() == 0:
        for path in (store_of(shell), *store_of(shell).rglob("*")):
            os.chown(path, SOMEBODY, SOMEBODY)
        os.chown(store_of(shell) / name / "project.json", 0, 0)
    else:
        (store_of(shell) / name / "project.json").chmod(0)
    said = shell("doctor")
    assert said.code == 1 and "project.json" in said.out and "sudo chown -R" in said.out
