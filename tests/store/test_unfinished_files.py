"""The files of unfinished texts: whose they are, which come first, and what is left of killed programs."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from tests.store.unlocked import without_locks
from tui.store import Store
from tui.store.unfinished_files import UnfinishedFile, UnfinishedText, resume_text, unfinished_in


def text(words: str, at: str = "") -> UnfinishedText:
    """A text that somebody types in the window of a decision."""
    return UnfinishedText("decision", "", "", "", "La décision", "", words, at)


def left(folder: Path, words: str, at: str = "") -> Path:
    """The file that a program left when it died."""
    file = UnfinishedFile((folder,))
    file.write(text(words, at))
    file.release()
    (path,) = [path for found, path in unfinished_in(folder) if found.text == words]
    return path


def test_the_newest_text_comes_first(tmp_path: Path) -> None:
    for words, at in (
        ("deux", "2026-11-22T10:00:00-05:00"),
        ("trois", "2026-11-22T16:00:00+00:00"),
        ("un", "2026-11-21T23:00:00-05:00"),
    ):
        left(tmp_path, words, at)
    assert [found.text for found, _path in unfinished_in(tmp_path)] == ["trois", "deux", "un"]


def test_a_file_that_is_written_a_hundred_times_holds_one_descriptor(tmp_path: Path) -> None:
    file = UnfinishedFile((tmp_path,))
    file.write(text("0"))
    held = len(os.listdir("/proc/self/fd"))
    for number in range(100):
        file.write(text(str(number)))
    assert len(os.listdir("/proc/self/fd")) == held
    file.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_is_done_meanwhile_is_not_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, locked = left(tmp_path, "fait"), fcntl.flock

    def late(handle: int, how: int) -> None:
        path.unlink(missing_ok=True)  # the other program was done between our look and our lock
        locked(handle, how)

    monkeypatch.setattr(fcntl, "flock", late)
    assert unfinished_in(tmp_path) == []


@pytest.mark.parametrize("held", [True, False])
def test_a_half_written_file_stays_while_its_program_runs(tmp_path: Path, held: bool) -> None:
    path = tmp_path / ".unfinished-aaaaaaaaaa.json.0123456789ab.tmp"
    with path.open("w") as writing:
        if held:
            fcntl.flock(writing, fcntl.LOCK_EX)
        unfinished_in(tmp_path)
        assert path.exists() == held


def test_a_text_is_taken_up_again_on_a_disk_without_locks(tmp_path: Path) -> None:
    path = left(tmp_path, "tapé")
    with without_locks("ENOLCK"):
        assert [found.text for found, _path in unfinished_in(tmp_path)] == ["tapé"]
        resumed = resume_text((tmp_path,), path)
    assert resumed is not None and resumed[0].text == "tapé"
    resumed[1].release()


def test_a_store_that_was_left_takes_no_more_texts(tmp_path: Path) -> None:
    store = Store(tmp_path / "s")
    name = store.create([]).id
    store.copy_to(Store(tmp_path / "t"), lambda _done, _total: None)
    own = tmp_path / "own"
    file = UnfinishedFile((store.root / name, own))
    file.write(text("tapé"))
    file.release()
    assert [found.text for found, _path in unfinished_in(own)] == ["tapé"]
    assert unfinished_in(store.root / name) == []
