"""Texts typed in dialogs are kept from the first letter, readable by one account alone, until they are entered."""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.waiting import PATIENCE, wait_asleep
from tui.atomic_files import GROUP, make_private_dir
from tui.store import Author, Store
from tui.workspace.unfinished_texts import Typing, UnfinishedTexts

PROMISED = 0.3  # seconds from the last key to the disk
TYPED = "elle a peur du Collège"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store that a group shares."""
    make_private_dir(tmp_path / "store", GROUP)
    return Store(tmp_path / "store", author=Author("x" * 10, "Marie"))


@pytest.fixture
def started(store: Store, tmp_path: Path) -> Callable[[], UnfinishedTexts]:
    """Return what starts another program over the store, of the same account."""
    return lambda: UnfinishedTexts(store.root, tmp_path / "home" / "unfinished")


Started = Callable[[], UnfinishedTexts]


def typed(texts: UnfinishedTexts, partnership: str, text: str = TYPED, *, hidden: bool = False) -> Typing:
    """Return a text just typed, in the window of a decision."""
    typing = texts.begin("decision", "", partnership, hidden=hidden)
    typing.open("La décision", "")
    typing.keep(text)
    return typing


def offered(texts: UnfinishedTexts, partnership: str) -> str:
    """Return what the window of a decision begins with now."""
    return texts.begin("decision", "", partnership).open("La décision", "")


def files(folder: Path) -> list[Path]:
    """Return the files of unfinished texts below a folder."""
    return sorted(folder.rglob("*unfinished-*"))


def test_a_text_is_on_disk_soon_and_for_one_account_alone(store: Store, started: Started, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        for name in (store.create([]).id, ""):
            texts = started()
            typed(texts, name)
            wait_asleep(os.getpid(), PROMISED)
            found = [path for path in files(tmp_path) if TYPED in path.read_text(encoding="utf-8")]
            assert len(found) == 1
            assert stat.S_IMODE(found[0].stat().st_mode) == 0o600
            assert (store.root in found[0].parents) == bool(name)
            texts.forget(name)
            texts.close()
        assert stat.S_IMODE((tmp_path / "home" / "unfinished").stat().st_mode) == 0o700
    finally:
        os.umask(before)


def test_each_letter_counts_however_long_one_types(store: Store, started: Started, tmp_path: Path) -> None:
    typing = typed(started(), store.create([]).id, f"{TYPED} 0")
    lost: dict[int, int] = {}  # by what was newly found on disk: how many letters were typed since
    count, end = 0, time.monotonic() + PATIENCE
    while len(lost) < 5:
        assert time.monotonic() < end, "nothing is written as long as one types"
        count += 1
        typing.keep(f"{TYPED} {count}")
        time.sleep(0.01)
        for path in tmp_path.rglob("unfinished-*.json"):  # one may just be written anew beside it
            on_disk = int(json.loads(path.read_text(encoding="utf-8"))["text"].rpartition(" ")[2])
            lost.setdefault(on_disk, count - on_disk)
    assert min(lost.values()) < PROMISED / 0.01, "who never rests loses no more than others"


def test_a_text_is_offered_after_a_crash_until_it_is_done(store: Store, started: Started, tmp_path: Path) -> None:
    name = store.create([]).id
    dead = started()
    typed(dead, name)
    dead.close()  # what a dead program held, nobody holds
    fresh = started()
    assert fresh.titles(name) == ["La décision"]
    typing = fresh.begin("decision", "", name)
    assert typing.open("La décision", "") == TYPED
    typing.leave()
    assert offered(fresh, name) == TYPED, "Escape loses no text"
    typing.done()
    fresh.save_now()
    assert files(tmp_path) == []
    assert offered(started(), name) == ""


def test_a_text_is_offered_where_it_was_typed_and_nowhere_else(store: Store, started: Started) -> None:
    first, second = store.create([]).id, store.create([]).id
    dead = started()
    typed(dead, first)
    dead.close()
    fresh = started()
    assert fresh.begin("task", "", first).earlier is None
    assert fresh.begin("decision", "another row", first).earlier is None
    assert fresh.begin("decision", "", second).earlier is None
    assert fresh.begin("decision", "", "").earlier is None
    assert offered(fresh, first) == TYPED


def test_a_text_of_no_partnership_belongs_to_its_store(store: Store, started: Started, tmp_path: Path) -> None:
    dead = started()
    typed(dead, "")
    dead.close()
    assert offered(UnfinishedTexts(tmp_path / "other", tmp_path / "home" / "unfinished"), "") == ""
    assert offered(started(), "") == TYPED


def test_what_a_living_program_holds_is_offered_to_no_other(store: Store, started: Started) -> None:
    name = store.create([]).id
    living = started()
    typed(living, name)
    living.save_now()
    other = started()
    assert offered(other, name) == ""
    typed(other, name, "le mien")
    other.close()
    living.close()
    third = started()
    assert {offered(third, name), offered(third, name)} == {TYPED, "le mien"}, "each is kept"


@pytest.mark.parametrize("text", ["", "  \n", "Salle B"])
def test_what_says_no_more_than_the_field_is_not_kept(
    text: str, store: Store, started: Started, tmp_path: Path
) -> None:
    name = store.create([]).id
    texts = started()
    typing = texts.begin("meeting.place", "m", name)
    typing.open("Où ?", "Salle B")
    typing.keep("Salle C")
    texts.save_now()
    assert files(tmp_path)
    typing.keep(text)
    texts.save_now()
    assert files(tmp_path) == []


def test_a_text_typed_before_a_room_hides_what_was_typed_before(store: Store, started: Started) -> None:
    name = store.create([]).id
    texts = started()
    typed(texts, name).leave()
    before_the_room = texts.begin("decision", "", name, hidden=True)
    assert before_the_room.open("La décision", "") == ""
    before_the_room.keep("devant tous")
    before_the_room.leave()
    assert texts.begin("decision", "", name, hidden=True).open("La décision", "") == ""
    assert [offered(texts, name), offered(texts, name)] == ["devant tous", TYPED], "the last one first"


def test_texts_are_destroyed_with_the_private_notes(store: Store, started: Started, tmp_path: Path) -> None:
    name, other = store.create([]).id, store.create([]).id
    texts = started()
    typed(texts, name).leave()
    waiting = typed(texts, name, "encore ouvert")
    typed(texts, other, "autre partenariat")
    texts.save_now()
    Store(store.root, author=Author("y" * 10, "Luc")).destroy_private(name)  # by a colleague, from another program
    assert files(store.root / name) == []
    assert offered(texts, name) == ""
    waiting.keep("encore ouvert, et la suite")
    texts.save_now()
    assert TYPED not in "".join(path.read_text(encoding="utf-8") for path in files(tmp_path)), "typed since: that alone"
    assert offered(started(), other) == "", "it is typed there now"


def test_a_text_goes_the_way_of_its_partnership(store: Store, started: Started, tmp_path: Path) -> None:
    name = store.create([]).id
    texts = started()
    typed(texts, name)
    texts.close()
    store.delete(name)
    assert offered(started(), name) == ""
    store.restore_from_bin(name)
    assert started().titles(name) == ["La décision"]
    store.delete(name)
    store.purge(name)
    assert files(tmp_path) == []


def test_no_way_out_takes_a_text_along(store: Store, started: Started, tmp_path: Path) -> None:
    name = store.create([]).id
    texts = started()
    typed(texts, name)
    texts.close()
    store.backup(tmp_path / "copie.zip")
    assert b"unfinished" not in (tmp_path / "copie.zip").read_bytes()
    assert TYPED not in json.dumps(store.public_document(name, private=True), ensure_ascii=False)
    copies = [store.duplicate(name), store.import_document(store.root / name)]
    assert [files(store.root / copy) for copy in copies] == [[], []]


def test_a_folder_that_is_gone_loses_no_text(store: Store, started: Started, tmp_path: Path) -> None:
    texts = started()
    typed(texts, "aaaaaaaaaa")  # its disk was taken away
    texts.close()
    assert [path.parent for path in files(tmp_path)] == [tmp_path / "home" / "unfinished"]
    fresh = started()
    assert offered(fresh, "aaaaaaaaaa") == TYPED
    fresh.forget("aaaaaaaaaa")
    assert files(tmp_path) == []


def test_what_no_folder_takes_is_said(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    texts = UnfinishedTexts(store.root, tmp_path / "file" / "unfinished")
    typing = typed(texts, "")
    texts.save_now()
    assert "file" in typing.problem
    assert texts.pending


def planted(path: Path, kind: str) -> None:
    """Put something in the way, under the name of an unfinished text."""
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "link":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    else:
        path.write_text(kind, encoding="utf-8")


@pytest.mark.parametrize("kind", ["pipe", "link", "folder", "", "{", "[1]", '{"unfinished": 2}', '{"unfinished": 1}',
                                  '{"unfinished": 1, "window": 3}', "[" * 100_000])  # fmt: skip
def test_what_lies_in_the_way_harms_nothing(kind: str, store: Store, started: Started) -> None:
    name = store.create([]).id
    path = store.root / name / "unfinished-zzzzzzzzzz.json"
    planted(path, kind)
    texts = started()
    assert texts.titles(name) == []
    assert offered(texts, name) == ""
    typed(texts, name)
    texts.close()
    assert offered(started(), name) == TYPED
    assert os.path.lexists(path), "what we do not know we leave"


def test_what_a_kill_left_of_a_write_is_swept(store: Store, started: Started, tmp_path: Path) -> None:
    name = store.create([]).id
    half = store.root / name / ".unfinished-zzzzzzzzzz.json.012345678901.tmp"
    half.write_text(f'{{"text": "{TYPED}', encoding="utf-8")
    assert started().titles(name) == []
    assert files(tmp_path) == []


def test_what_another_account_laid_there_is_not_ours(
    store: Store, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = store.create([]).id
    dead = started()
    typed(dead, name)
    dead.close()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert started().titles(name) == []


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("where", ["text", "field"])
def test_words_taken_out_go_from_the_texts_of_their_partnership_and_of_none(
    store: Store, started: Started, where: str, ended: bool
) -> None:
    texts, here, there = started(), store.create([]).id, store.create([]).id
    for partnership in (here, there, ""):
        for window, words in (("decision", "dit Zoé Lis"), ("task", "rien à dire")):
            typing = texts.begin(window, "", partnership)
            typing.open(window, words if where == "field" else "")
            typing.keep(f"{words}, le soir" if where == "text" else f"autre {window}")
            typing.leave()
    texts.save_now()
    if ended:
        texts.close()
        texts = started()
    texts.forget_holding(here, lambda text: "Zoé Lis" in text)
    texts.close()
    texts = started()
    assert [texts.titles(partnership) for partnership in (here, "")] == [["task"], ["task"]]
    assert sorted(texts.titles(there)) == ["decision", "task"]
    texts.close()


def test_one_window_of_one_partnership_is_forgotten_and_no_other(store: Store, started: Started) -> None:
    texts, here, there = started(), store.create([]).id, store.create([]).id
    for partnership in (here, there):
        for window in ("decision", "task"):
            typing = texts.begin(window, "", partnership)
            typing.open(window, "")
            typing.keep(TYPED)
    texts.save_now()
    for windows, left in ((("decision",), ["task"]), ((), [])):
        texts.forget(here, *windows)
        texts.close()
        texts = started()
        assert (texts.titles(here), sorted(texts.titles(there))) == (left, ["decision", "task"])
