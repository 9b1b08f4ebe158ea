"""Conflict copies of sync programs are distinguished from the store's own files, named, and never read."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.store.upper.acts import store, vision
from tui.partnership.values import Change
from tui.store.file_names import NAMES, is_closed_file
from tui.store.sync_copies import copied_file, copied_folder, copies_beside, copies_in

ID = "aaaaaaaaaa"
# What each program makes of « stem.ending » (its own documentation), the stem and the ending for { } in their order.
PROGRAMS = {
    "Syncthing": "{}.sync-conflict-20261127-101500-ABCDEFG{}",
    "Dropbox": "{} (conflicted copy 2026-11-27){}",
    "Dropbox with a name": "{} (Marie's conflicted copy 2026-11-27 (1)){}",
    "Dropbox in French": "{} (Copie en conflit de Marie 2026-11-27){}",
    "Dropbox in German": "{} (In Konflikt stehende Kopie von Jörg 2026-11-27){}",
    "Nextcloud": "{} (conflicted copy 2026-11-27 101500){}",
    "Nextcloud before": "{}_conflict-20261127-101500{}",
    "OneDrive": "{}-DESKTOP-AB12CD3{}",
    "iCloud": "{} 2{}",
    "Google Drive": "{} (1){}",
    "Google Drive in French": "Copie de {}{}",
    "Seafile": "{} (SFConflict marie@exemple.ca 2026-11-27-10-15-00){}",
    "Resilio": "{}.Conflict{}",
    "pCloud": "{} [conflicted]{}",
}
OURS = [
    *(f"{name}{end}" for name in NAMES for end in ("", ".twin", ".damaged-1a2b", ".before-1a2b", ".twin.damaged-9z")),
    *("history.json.closed-1.json", "private.json.closed-12.json.twin", "directory.json", "index.json"),
    *("journal-abc.jsonl", ".lock", ".project.json.0123456789ab.tmp", "adopted-aaaaaaaaaa.docx", "unfinished-a.json"),
]


def copy_names(name: str) -> list[str]:
    """A file's copies by each program; one that knows no other ending than the last calls a twin by that one."""
    stem, _dot, ending = name.partition(".")
    first, _dot, last = name.rpartition(".")
    return [form.format(*pair) for form in PROGRAMS.values() for pair in ((stem, "." + ending), (first, "." + last))]


@pytest.mark.parametrize("name", [*NAMES, "directory.json"])
def test_each_program_s_copies_are_known_by_name(name: str) -> None:
    for copied in (*copy_names(name), *copy_names(f"{name}.twin")):
        assert copied_file(copied) == name, copied
    if name in ("history.json", "private.json"):
        for copied in copy_names(f"{name}.closed-3.json"):
            assert is_closed_file(copied) or copied_file(copied) == name, copied


@pytest.mark.parametrize("name", OURS)
def test_what_the_store_writes_itself_is_no_copy(name: str) -> None:
    assert copied_file(name) == ""


def test_whole_folders_are_known_by_their_id() -> None:
    for form in PROGRAMS.values():
        assert copied_folder(form.format(ID, "")) == ID
    for name in (ID, f"{ID}b", "bin", ".restoring-x", "Aaaaaaaaaa 2", ID[:9] + " 2"):
        assert copied_folder(name) == "", name


def test_beside_the_partnerships_only_what_can_be_a_copy_counts(tmp_path: Path) -> None:
    for name in (f"{ID} 2", "directory 2.json"):
        (tmp_path / "folders" / name).mkdir(parents=True)
        (tmp_path / "files").mkdir(exist_ok=True)
        (tmp_path / "files" / name).write_text("")
        (tmp_path / "links").mkdir(exist_ok=True)
        (tmp_path / "links" / name).symlink_to(
            tmp_path / ("files" if name.startswith("directory") else "folders") / name
        )
    found = {path for root in ("folders", "files", "links") for path in copies_beside(tmp_path / root)}
    assert found == {tmp_path / "folders" / f"{ID} 2", tmp_path / "files" / "directory 2.json"}


def synced(root: Path) -> list[Path]:
    """A partnership at « one », one of its files as another machine left it, and its whole folder from before."""
    ann = store(root)
    ann.create([vision("zero")], partnership_id=ID)
    shutil.copytree(root / ID, root / f"{ID} 2")
    other = root.with_name("other")
    shutil.copytree(root, other)
    ann.save(ID, [vision("one")])
    store(other).save(ID, [vision("deux")])
    copies = [root / ID / "project (Marie's conflicted copy 2026-11-27).json", root / ID / "history 2.json"]
    shutil.copy(other / ID / "project.json", copies[0])
    shutil.copy(other / ID / "history.json", copies[1])
    return [*copies, root / f"{ID} 2"]


@pytest.mark.slow
def test_list_doctor_and_backup_name_them_and_read_none(tmp_path: Path) -> None:
    copies = synced(tmp_path / "s")
    shell = Shell(tmp_path)
    listed = shell("list", "--store", "s")
    assert listed.code == 0 and len(listed.out.splitlines()) == 2, "the heads and one partnership"
    saved = shell("backup", "b.zip", "--store", "s")
    assert saved.code == 0 and ", 1 partenariat" in saved.out.replace("\u202f", " ")
    told = shell("doctor", "--store", "s").out
    for path in copies:
        assert str(path.relative_to(tmp_path / "s")) in listed.err and path.name in saved.err, path
        assert path.name in told
    assert re.search(rf"entente import '\S*{ID} 2'", told)
    assert [one.id for one in store(tmp_path / "s").list()] == [ID]


def test_nothing_is_said_where_there_is_none(tmp_path: Path) -> None:
    store(tmp_path / "s").create([vision("one")], partnership_id=ID)
    shell = Shell(tmp_path)
    assert shell("list", "--store", "s").err == "" and shell("backup", "b.zip", "--store", "s").err == ""


def test_what_the_other_machine_wrote_can_be_taken_over_and_nothing_is_lost(tmp_path: Path) -> None:
    root = tmp_path / "s"
    copies = synced(root)
    ann = store(root)
    (kept,) = ann.set_aside_files(ID)
    assert kept.path == copies[0] and [change.value for change in kept.changes] == ["deux"]
    ann.take_over(ID, copies[0])
    texts = {one.mine for one in ann.load(ID).conflicts} | {one.theirs for one in ann.load(ID).conflicts}
    assert {"one", "deux"} <= texts | {ann.load(ID).rows("gather.vision")[0].text("vision", "fr")}


def test_what_only_this_machine_has_is_not_taken_out(tmp_path: Path) -> None:
    root = tmp_path / "s"
    ann = store(root)
    ann.create([vision("zero")], partnership_id=ID)
    other = tmp_path / "other"
    shutil.copytree(root, other)
    for number in range(5):
        store(other).save(ID, [vision(f"deux {number}")])
    ann.save(ID, [vision("zero")])
    ann.save(ID, [Change("extra.name", "extra.name", "name@fr", "ici seulement")])
    shutil.copy(other / ID / "project.json", root / ID / "project 2.json")
    (kept,) = ann.set_aside_files(ID)
    assert all(change.value is not None for change in kept.changes)


def test_destroying_the_private_notes_reaches_the_copies_and_names_the_folders(tmp_path: Path) -> None:
    root = tmp_path / "s"
    copies = synced(root)
    done = store(root).destroy_private(ID)
    assert copies_in(root / ID) == [] and copies[-1] in done.backups
    assert store(root).load(ID).rows("gather.vision")[0].text("vision", "fr") == "one"


@pytest.mark.slow
def test_who_opens_the_partnership_is_told(tmp_path: Path) -> None:
    root = tmp_path / "s"
    copies = synced(root)
    ann = store(root)
    with ann.session(ID):
        assert {one.path for one in ann.take_problems() if one.kind == "synced"} == set(copies[:2])


@pytest.mark.slow
def test_erasing_words_takes_them_out_of_the_copies_and_names_the_folders_that_hold_them(tmp_path: Path) -> None:
    root = tmp_path / "s"
    copies = synced(root)
    shell = Shell(tmp_path)
    assert str(copies[-1]) in shell("erase", ID, "zero", "--store", str(root)).out, "only the folder's copy holds it"
    done = shell("erase", ID, "deux", "--for-good", "--store", str(root))
    assert done.code == 0 and str(copies[-1]) not in done.out
    assert not any(b"deux" in path.read_bytes() for path in (root / ID).iterdir())
