"""A partnership read while others save: the reading is never half of one save and half of another."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from tests.store.upper.acts import confirmed, offer, reason, store, text_of, vision
from tui.atomic_files import GROUP, READERS, Modes, make_private_dir
from tui.atomic_files import PRIVATE as PRIVATE_MODES
from tui.guide.guide_loading import load_guide
from tui.store.file_names import PRIVATE, PUBLIC
from tui.store.partnership_folder import Folder

pytestmark = pytest.mark.sampled


@pytest.mark.parametrize("saves", range(1, 5))
@pytest.mark.parametrize("begins", [False, True], ids=["wished", "confirmed"])
def test_a_cell_that_moves_while_both_files_are_read_is_neither_lost_nor_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saves: int, begins: bool
) -> None:
    """Between the readings of the two files, Bob moves the cell from one to the other, `saves` times."""
    ann, bob = store(tmp_path, "Ann"), store(tmp_path, "Bob")
    name = ann.create([offer("prêter une salle"), confirmed(begins), vision("v"), reason("r")]).id
    lacks, left = Folder._tables_or_problem, [saves]

    def meanwhile(folder: Folder, storage: Any) -> Any:
        if left[0] and not folder.lock.owned and folder is reading:
            left[0] -= 1
            bob.save(name, [confirmed(begins == bool(left[0] % 2 == saves % 2)), vision(f"v{left[0]}")])
        return lacks(folder, storage)

    reading = Folder(tmp_path / name, load_guide())
    monkeypatch.setattr(Folder, "_tables_or_problem", meanwhile)
    found = reading.state()
    assert left[0] < saves
    monkeypatch.setattr(Folder, "_tables_or_problem", lacks)
    assert found.partnership == bob.load(name)
    assert text_of(found.partnership, "offer", "text@fr") == "prêter une salle" and not found.move_interrupted


def test_a_reading_that_saw_the_private_file_before_its_last_write_is_taken_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell that went to the public file is still in the private one, as after a save that was interrupted."""
    bob = store(tmp_path, "Bob")
    name = bob.create([offer("prêter une salle"), confirmed(False), vision("v")]).id
    reading, put, lacks = Folder(tmp_path / name, load_guide()), Folder._write_file, Folder._tables_or_problem
    written: list[str] = []
    left: list[tuple[Any, ...]] = []
    found = []

    def paused(folder: Folder, database: Any, after: Any) -> None:
        if written[-1:] == [PUBLIC]:
            left.append((folder, database, after))
            found.append(reading.state())
            assert not left, "the last write came in the middle of the reading"
        else:
            put(folder, database, after)
        written.append(database.path.name)

    def meanwhile(folder: Folder, database: Any) -> Any:
        tables = lacks(folder, database)
        if folder is reading and left:
            put(*left.pop())
        return tables

    monkeypatch.setattr(Folder, "_tables_or_problem", meanwhile)
    monkeypatch.setattr(Folder, "_write_file", paused)
    bob.save(name, [confirmed(True)])
    assert written[-2:] == [PUBLIC, PRIVATE]
    assert [state.move_interrupted for state in found] == [False]
    assert found[0].partnership == store(tmp_path).load(name)


@pytest.mark.parametrize("modes", [PRIVATE_MODES, GROUP, READERS])
def test_what_one_types_is_read_by_those_alone_who_read_private_notes(tmp_path: Path, modes: Modes) -> None:
    make_private_dir(tmp_path / "s", modes)
    ann = store(tmp_path / "s")
    name = ann.create([vision("v"), reason("r")]).id
    with ann.session(name) as session:
        session.note(reason("tapé"))
        found = {path.name[:7]: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "s" / name).iterdir()}
    assert found["journal"] == found["private"] == modes.private.file
    assert found["project"] == modes.file
