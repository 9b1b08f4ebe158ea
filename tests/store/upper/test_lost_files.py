"""A partnership without its public file is damaged, not gone; what is begun and not ended leaves nothing."""

from __future__ import annotations

import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import Shell
from tests.store.upper.acts import store
from tui.partnership.values import Change
from tui.store import folder_lifecycle, partnership_folder
from tui.store.partnership_store import Store
from tui.store.store_errors import Full, Lost
from tui.workspace.samples import samples


@pytest.fixture
def ann(tmp_path: Path) -> Store:
    ann = store(tmp_path / "s")
    name = ann.import_document(samples()[0].document)
    ann.save(name, [Change("gather.vision", "gather.vision", "vision@fr", "Une vision dite deux fois")])
    ann.save(name, [Change("note.call:x", "note.call", "text@fr", "une note privée", subject=("x",))])
    return ann


def lose(ann: Store, *names: str) -> str:
    (line,) = ann.list()
    for name in names:
        (ann.root / line.id / name).unlink()
    return line.id


def test_a_partnership_without_its_public_file_is_shown_as_damaged(ann: Store, tmp_path: Path) -> None:
    name = lose(ann, "project.json", "project.json.twin")
    (line,) = store(ann.root).list()
    assert line.id == name and "project.json" in line.damaged
    assert store(ann.root).find(name).id == name
    with pytest.raises(Lost):
        store(ann.root).load(name)
    assert store(ann.root).backup(tmp_path / "b.zip").damaged == (name,)


def test_it_goes_on_from_its_history_and_its_private_file(ann: Store) -> None:
    name = lose(ann, "project.json", "project.json.twin")
    before = store(ann.root).readable(name)
    assert before.partnership.entries["gather.vision"].text("vision", "fr") == "Une vision dite deux fois"
    again = store(ann.root)
    again.restart_from_readable(name)
    project = store(ann.root).load(name)
    assert project.entries["gather.vision"].text("vision", "fr") == "Une vision dite deux fois"
    assert project.entries["note.call:x"].text("text", "fr") == "une note privée"
    assert "privée" not in (ann.root / name / "project.json").read_text("utf-8")
    assert [one.damaged for one in store(ann.root).list()] == [""]


def test_an_empty_folder_is_no_partnership(ann: Store) -> None:
    (ann.root / "emptyaaaaa").mkdir()
    (ann.root / "emptyaaaaa" / ".lock").touch()
    assert len(store(ann.root).list()) == 1


def test_doctor_tells_of_it_and_of_the_others(ann: Store, tmp_path: Path) -> None:
    name = lose(ann, "project.json", "project.json.twin")
    store(ann.root).import_document(samples()[1].document)
    done = Shell(tmp_path)("doctor", ENTENTE_STORE=str(ann.root))
    assert done.code == 1 and name in done.out and f"--adopt {ann.root / name}" in done.out
    assert Shell(tmp_path)("list", ENTENTE_STORE=str(ann.root)).out.count("\n") == 3


@pytest.mark.parametrize("begin", ["create", "import_document", "duplicate"])
def test_what_cannot_be_begun_leaves_no_folder(ann: Store, begin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: partnership_folder.Folder, *_rest: object) -> None:
        raise Full(folder.path)

    name = ann.list()[0].id
    before = sorted(path.name for path in ann.root.iterdir())
    given: dict[str, list[Any]] = {"import_document": [samples()[1].document], "duplicate": [name]}
    monkeypatch.setattr(partnership_folder.Folder, "_write_file", full)
    with pytest.raises(Full):
        getattr(ann, begin)(*given.get(begin, []))
    assert sorted(path.name for path in ann.root.iterdir()) == before


def test_what_a_killed_program_was_filling_goes_with_the_next(ann: Store) -> None:
    left = ann.root / ".restoring-0123456789ab"
    left.mkdir()
    (left / "private.json").write_text("une note privée")
    with folder_lifecycle.unfinished_folder(ann.root) as busy:
        ann.create([])
        assert busy.is_dir() and not left.exists()
    assert not busy.exists()


def test_many_who_create_at_once_take_no_folder_from_each_other(ann: Store) -> None:
    known = len(ann.list())
    with ThreadPoolExecutor(12) as pool:
        made = list(pool.map(lambda _n: ann.create([]).id, range(60)))
    assert len(set(made)) == 60
    assert len(ann.list()) == known + 60


def test_what_lies_damaged_in_a_backup_comes_back_with_a_word(ann: Store, tmp_path: Path) -> None:
    name = ann.list()[0].id
    ann.import_document(samples()[1].document)
    ann.backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as old, zipfile.ZipFile(tmp_path / "c.zip", "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            hurt = entry.filename.startswith(f"{name}/project.json")
            new.writestr(entry.filename, data[: len(data) // 2] if hurt else data)
    done = Shell(tmp_path)("--store", tmp_path / "n", "restore", tmp_path / "c.zip")
    assert (done.code, len(done.out.splitlines())) == (3, 2) and name in done.err and "abîmé" in done.err
    shutil.rmtree(tmp_path / "n")
    done = Shell(tmp_path)("--store", tmp_path / "n", "restore", tmp_path / "b.zip")
    assert (done.code, done.err) == (0, "")
