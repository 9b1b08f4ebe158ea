"""A store copied to another one, between folders and servers: all of it, resumable, and left to it only at the end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from tests.postgres import shared
from tests.store.upper.acts import Clock, confirmed, everything, offer, reason, store, text_of, vision
from tui.store import Store
from tui.store.store_copy import CopyProgress, NotCopied, StoreCopier
from tui.store.store_errors import Moved, StoreError
from tui.store.stored_partnership import StoredPartnership

pytestmark = pytest.mark.sampled

HERE, OTHER, BINNED = "aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc"
Make = Callable[[str], Store]
PAIRS = [("folder", "folder"), ("folder", "server"), ("server", "folder"), ("server", "server")]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make an empty store of a kind."""

    def made(kind: str) -> Store:
        place: Path | str = tmp_path / f"folder-{len(list(tmp_path.iterdir()))}"
        if kind == "server":
            place = shared().url(shared().database())
        else:
            Path(place).mkdir(mode=0o700)
        return store(place, clock=Clock())

    return made


def fill(source: Store) -> None:
    """Two partnerships with public and private answers, a conflict, a version with its paper, and one in the bin."""
    source.create([vision("une porte"), reason("motcanari")], partnership_id=HERE)
    base = source.load(HERE).rev
    for number in range(30):
        source.save(HERE, [vision(f"une porte {number}"), offer(f"offre {number}")])
    source.save(HERE, [vision("deux portes", base=base)])
    source.save(HERE, [confirmed(True)])
    source.add_version(HERE, {"id": "dddddddddd", "name": "Ébauche 1", "unknown": {"kept": [1]}})
    source.keep_paper(HERE, "dddddddddd", "signé.pdf", b"%PDF-1.7 signed")
    source.create([vision("autre")], partnership_id=OTHER)
    source.archive(OTHER)
    source.create([vision("jetée"), reason("motcanari")], partnership_id=BINNED)
    source.delete(BINNED)
    source.remember({"id": "eeeeeeeeee", "name@fr": "Le Collège", "unknown": 1})


def quiet(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""


class Cut(Exception):
    """Whoever copies has had enough."""


def cut_at(number: int) -> CopyProgress:
    """Stop a copy before its partnership of that number, from 0; both passes count on."""
    numbers = count()

    def watch(_done: int, _total: int) -> None:
        if next(numbers) == number:
            raise Cut

    return watch


@pytest.mark.parametrize(("kind", "other"), PAIRS)
def test_all_is_there_and_the_source_only_reads(make: Make, kind: str, other: str) -> None:
    source, target = make(kind), make(other)
    fill(source)
    told: list[tuple[int, int]] = []
    done = source.copy_to(target, lambda at, total: told.append((at, total)))
    assert (done.count, done.binned, done.written) == (2, 1, 3) and told == sorted(told) and len(told) == 6
    for name in (HERE, OTHER):
        assert target.load(name) == source.load(name)
        assert target.history(name) == source.history(name)
        assert everything(target, name) == everything(source, name)
        assert target.versions(name) == source.versions(name)
    paper = target.paper(HERE, "dddddddddd")
    assert paper is not None and paper.read_bytes() == b"%PDF-1.7 signed"
    assert [one.id for one in target.bin()] == [BINNED] and target.directory() == source.directory()
    assert target.list() == source.list() and target.list(archived=True) == source.list(archived=True)
    for act in (
        lambda: source.save(HERE, [vision("perdue")]),
        lambda: source.create([vision("neuve")]),
        lambda: source.delete(HERE),
        lambda: source.remember({"name@fr": "La Ville"}),
        lambda: source.add_version(HERE, {"id": "ffffffffff"}),
    ):
        with pytest.raises(Moved) as moved:
            act()
        assert target.engine.place in str(moved.value)
    assert source.engine.successor() == target.engine.place and text_of(source.load(HERE), "gather.vision", "vision@fr")
    target.save(HERE, [vision("gardée")])


@pytest.mark.parametrize(("kind", "other"), PAIRS[:3])
def test_a_copy_that_was_cut_short_goes_on(make: Make, kind: str, other: str) -> None:
    source, target = make(kind), make(other)
    fill(source)

    for stop in range(5):
        with pytest.raises(Cut):
            source.copy_to(target, cut_at(stop + 1))
        assert source.engine.successor() == ""
        source.save(HERE, [vision(f"entre-temps {stop}"), reason(f"et {stop}")], typing=True)
    done = source.copy_to(target, quiet)
    assert done.written <= 2 and target.load(HERE) == source.load(HERE) and target.history(HERE) == source.history(HERE)
    assert [one.id for one in target.bin()] == [BINNED]


@pytest.mark.parametrize(("kind", "other"), PAIRS[:2])
def test_what_is_saved_meanwhile_comes_too(make: Make, kind: str, other: str) -> None:
    """Saved between the first copy and the moment when nothing more is saved."""
    source, target = make(kind), make(other)
    fill(source)
    leave = source.engine.leave_to

    def late(successor: str) -> None:
        source.save(OTHER, [vision("au dernier moment")])
        source.delete(HERE)
        leave(successor)

    source.engine.leave_to = late  # type: ignore[method-assign]
    source.copy_to(target, quiet)
    assert text_of(target.load(OTHER), "gather.vision", "vision@fr") == "au dernier moment"
    assert {one.id for one in target.bin()} == {BINNED, HERE} and not target.engine.has(HERE)


@pytest.mark.parametrize(("kind", "other"), PAIRS[:3])
def test_it_comes_back(make: Make, kind: str, other: str) -> None:
    source, target = make(kind), make(other)
    fill(source)
    source.copy_to(target, quiet)
    target.save(HERE, [vision("plus tard")])
    target.copy_to(source, quiet)
    assert source.engine.successor() == "" and text_of(source.load(HERE), "gather.vision", "vision@fr") == "plus tard"
    source.save(HERE, [vision("encore")])
    with pytest.raises(Moved):
        target.save(HERE, [vision("perdue")])


@pytest.mark.parametrize(("kind", "other"), PAIRS[:3])
def test_another_partnership_of_that_id_is_never_replaced(make: Make, kind: str, other: str) -> None:
    source, target = make(kind), make(other)
    fill(source)
    target.create([vision("tout autre")], partnership_id=HERE)
    with pytest.raises(NotCopied, match=HERE):
        source.copy_to(target, quiet)
    assert text_of(target.load(HERE), "gather.vision", "vision@fr") == "tout autre"
    source.save(HERE, [vision("toujours en usage")])


@pytest.mark.parametrize(("kind", "other"), PAIRS[:3])
def test_what_was_deleted_replaces_no_other_of_its_id(make: Make, kind: str, other: str) -> None:
    source, target = make(kind), make(other)
    fill(source)
    target.create([vision("tout autre")], partnership_id=BINNED)
    source.copy_to(target, quiet)
    assert text_of(target.load(BINNED), "gather.vision", "vision@fr") == "tout autre"
    (binned,) = target.bin()
    restored = target.load(target.restore_from_bin(binned.id))
    assert text_of(restored, "gather.vision", "vision@fr") == "jetée", "and it is there once, after both passes"


@pytest.mark.parametrize("kind", ["folder", "server"])
def test_nothing_is_copied_while_somebody_writes(make: Make, kind: str) -> None:
    source, target = make(kind), make("folder")
    fill(source)
    with source.session(HERE), pytest.raises(NotCopied, match="Ann"):
        source.copy_to(target, quiet)
    assert target.list() == [] and source.copy_to(target, quiet).count == 2


@pytest.mark.parametrize("place", [OTHER, f"bin/{BINNED}"])
def test_what_cannot_be_read_is_named_first(make: Make, place: str) -> None:
    source, target = make("folder"), make("folder")
    fill(source)
    for name in ("project.json", "project.json.twin"):
        (source.root / place / name).write_bytes(b"{")
    with pytest.raises(NotCopied, match=place[-10:]):
        source.copy_to(target, quiet)
    assert target.list() == [] and source.engine.successor() == ""


@pytest.mark.parametrize("kind", ["folder", "server"])
def test_a_target_that_reads_differently_is_not_left_to(make: Make, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    source, target = make("folder"), make(kind)
    fill(source)
    write = StoreCopier._write

    def torn(copier: StoreCopier, name: str, content: object) -> None:
        write(copier, name, content)  # type: ignore[arg-type]
        target.save(name, [vision("autre chose")])

    monkeypatch.setattr(StoreCopier, "_write", torn)
    with pytest.raises(NotCopied):
        source.copy_to(target, quiet)
    source.save(HERE, [vision("en usage")])


def test_not_to_itself_and_not_twice(make: Make) -> None:
    source = make("folder")
    fill(source)
    with pytest.raises(StoreError):
        source.copy_to(store(source.root), quiet)
    source.copy_to(make("folder"), quiet)
    with pytest.raises(Moved):
        source.copy_to(make("folder"), quiet)
    with pytest.raises(Moved):
        make("folder").copy_to(source, quiet)


@pytest.mark.parametrize("kind", ["folder", "server"])
def test_who_may_not_leave_a_store_copies_nothing(make: Make, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    source, target = make(kind), make("folder")
    fill(source)
    if kind == "server":
        source = store(str(source.address).replace("//ann@", "//bob@"), "Bob")
    else:
        monkeypatch.setattr("os.access", lambda *_args: False)
    with pytest.raises(StoreError):
        source.copy_to(target, quiet)
    assert target.list() == [] and source.moved_error() is None


@pytest.mark.parametrize(("kind", "other"), PAIRS[:3])
def test_the_second_pass_reads_again_only_what_changed(
    make: Make, monkeypatch: pytest.MonkeyPatch, kind: str, other: str
) -> None:
    """The source only reads for as long as that takes; a version, or its paper, counts as a change."""
    source, target = make(kind), make(other)
    fill(source)
    read: list[str] = []
    content, leave = StoreCopier._content, source.engine.leave_to

    def told(copier: StoreCopier, stored: StoredPartnership) -> object:
        read.append(stored.id)
        return content(copier, stored)

    def late(successor: str) -> None:
        source.keep_paper(HERE, "dddddddddd", "signé.pdf", b"%PDF-1.7 signed again")
        read.clear()
        leave(successor)

    monkeypatch.setattr(StoreCopier, "_content", told)
    monkeypatch.setattr(source.engine, "leave_to", late)
    source.copy_to(target, quiet)
    assert HERE in read and OTHER not in read
    paper = target.paper(HERE, "dddddddddd")
    assert paper is not None and paper.read_bytes() == b"%PDF-1.7 signed again"


@pytest.mark.parametrize("kind", ["folder", "server"])
def test_a_save_that_was_under_way_is_waited_for(make: Make, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    source, target = make(kind), make("folder")
    fill(source)
    other = store(source.address if kind == "folder" else str(source.address), "Bob")
    held, leave = threading.Event(), source.engine.leave_to

    def slow() -> None:
        stored = other.engine.partnership(HERE)
        with stored.transaction():
            stored.read()
            held.set()
            time.sleep(0.7)
            other.save(HERE, [vision("le dernier mot")])

    writer = threading.Thread(target=slow)

    def late(successor: str) -> None:
        writer.start()
        assert held.wait(5)
        leave(successor)

    monkeypatch.setattr(source.engine, "leave_to", late)
    source.copy_to(target, quiet)
    writer.join()
    assert text_of(target.load(HERE), "gather.vision", "vision@fr") == "le dernier mot"
