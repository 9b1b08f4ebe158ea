"""A backup of a store on a server, and of a folder, brought back on either: all of it, and nothing left on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.postgres import shared
from tests.store.test_store_copy import BINNED, HERE, OTHER, fill
from tests.store.upper.acts import store, text_of, vision
from tui.store import Store
from tui.store.backup import known_backups
from tui.store.store_errors import Taken

pytestmark = pytest.mark.slow

KINDS = ["folder", "server"]


def made(kind: str, tmp_path: Path, name: str) -> Store:
    """An empty store of a kind."""
    return store(shared().url(shared().database()) if kind == "server" else tmp_path / name)


@pytest.mark.parametrize("other", KINDS)
@pytest.mark.parametrize("kind", KINDS)
def test_all_comes_back(kind: str, other: str, tmp_path: Path) -> None:
    source, target = made(kind, tmp_path, "source"), made(other, tmp_path, "target")
    fill(source)
    told: list[tuple[int, int]] = []
    done = source.backup(tmp_path / "copie.zip", lambda at, total: told.append((at, total)))
    assert (done.count, done.binned, done.damaged, done.left_out) == (2, 1, (), ()) and told
    assert set(target.restore(tmp_path / "copie.zip")) == {HERE, OTHER}
    assert target.load(HERE) == source.load(HERE) and target.history(HERE) == source.history(HERE)
    assert target.versions(HERE) == source.versions(HERE) and target.directory() == source.directory()
    paper = target.paper(HERE, "dddddddddd")
    assert paper is not None and paper.read_bytes() == b"%PDF-1.7 signed"
    assert [one.id for one in target.bin()] == [BINNED]
    for opened in (source, target):
        assert not list(opened.root.glob(".restoring-*"))


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_here_is_never_replaced(kind: str, tmp_path: Path) -> None:
    source = made(kind, tmp_path, "source")
    fill(source)
    source.backup(tmp_path / "copie.zip")
    source.save(HERE, [vision("depuis")])
    back = list(source.restore(tmp_path / "copie.zip"))
    assert len(back) == 1 and back[0] not in (HERE, OTHER)
    assert text_of(source.load(HERE), "gather.vision", "vision@fr") == "depuis"
    assert text_of(source.load(back[0]), "gather.vision", "vision@fr") == "une porte 29"
    with pytest.raises(Taken):
        source.backup(tmp_path / "copie.zip")


def test_the_way_there_is_swept_after_a_kill(tmp_path: Path) -> None:
    source = made("server", tmp_path, "source")
    fill(source)
    left = source.root / ".restoring-0123456789ab"
    left.mkdir(parents=True)
    source.backup(tmp_path / "copie.zip")
    assert not left.exists()


def test_who_reads_what_is_public_alone_is_told_so(tmp_path: Path) -> None:
    database = shared().database()
    source = store(shared().url(database))
    fill(source)
    assert source.backup(tmp_path / "all.zip").public_only == ()
    reader = store(shared().url(database, "rita"))
    done = reader.backup(tmp_path / "public.zip")
    assert done.public_only == tuple(sorted([BINNED, HERE, OTHER])) and done.count == 2


@pytest.mark.parametrize("kind", KINDS)
def test_the_backup_is_known_and_the_directory_that_is_there_stays(kind: str, tmp_path: Path) -> None:
    source, target = made(kind, tmp_path, "source"), made(kind, tmp_path, "target")
    fill(source)
    source.backup(tmp_path / "copie.zip")
    assert known_backups(source.root) == [tmp_path / "copie.zip"]
    target.remember({"id": "eeeeeeeeee", "name@fr": "Un autre nom"})
    list(target.restore(tmp_path / "copie.zip"))
    assert [organisation["name@fr"] for organisation in target.directory()] == ["Un autre nom"]
