"""A store of many: a save touches its own partnership alone, and what was read of the others is kept at any end."""

from __future__ import annotations

import importlib
import os
from pathlib import Path

import pytest

from tests.store.upper.acts import store
from tui.store import list_cache

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture
def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of a few partnerships, made as the bench makes its thousands, in `tmp_path / "s"`."""
    monkeypatch.syspath_prepend(BENCH)
    names: list[str] = importlib.import_module("scale").many(tmp_path / "s", 6, 4000)
    return names


def test_what_the_bench_makes_is_whole(tmp_path: Path, many: list[str]) -> None:
    found = store(tmp_path / "s").list()
    assert sorted(one.id for one in found) == sorted(many)
    assert len({one.title_fr for one in found}) == 6
    for name in many:
        ann = store(tmp_path / "s")
        assert ann.load(name).rows("open.contributions", "rows")
        assert ann.history(name)
        assert not ann.take_problems()


def test_a_save_touches_its_own_partnership_alone(
    tmp_path: Path, many: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ann = store(tmp_path / "s")
    ann.list()
    scale = importlib.import_module("scale")
    touched: set[tuple[str, Path]] = set()
    for name in ("open", "scandir", "listdir", "replace", "unlink", "stat", "lstat"):
        real = getattr(os, name)

        def noting(path, *rest, name=name, real=real, **more):
            if isinstance(path, (str, os.PathLike)) and Path(path).is_relative_to(tmp_path / "s"):
                touched.add((name, Path(path).relative_to(tmp_path / "s")))
            return real(path, *rest, **more)

        monkeypatch.setattr(os, name, noting)
    ann.save(many[3], [scale.changing(1)])
    monkeypatch.undo()
    assert {path.parts[:1] for _call, path in touched} == {(many[3],), (), ("successor.json",)}
    above = {(call, path) for call, path in touched if path.parts[:1] != (many[3],)}
    # Whether the folder is a link, and whether the store was left for another: no more.
    assert above == {("lstat", Path()), ("lstat", Path("successor.json"))}


class Asked(list[tuple[int, int]]):
    """A watch that remembers what it was told, and never stops the work."""

    def __call__(self, done: int, total: int) -> bool:
        self.append((done, total))
        return True


class Killed(BaseException):
    """The program ended, and cleaned up nothing."""


def test_a_reading_that_is_killed_has_not_read_for_nothing(
    tmp_path: Path, many: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_cache, "_WRITE_EVERY", 2)
    write, written = list_cache._write, list[int]()

    def dying(root: Path, rows: dict[str, list_cache.Row]) -> None:
        if len(written) == 2:
            raise Killed
        written.append(len(rows))
        write(root, rows)

    monkeypatch.setattr(list_cache, "_write", dying)
    with pytest.raises(Killed):
        store(tmp_path / "s").list()
    assert written == [2, 4]
    monkeypatch.setattr(list_cache, "_write", write)
    asked = Asked()
    store(tmp_path / "s").list(progress=asked)
    assert asked[0] == (4, 6)


def test_a_reading_can_be_stopped_and_gone_on_with(tmp_path: Path, many: list[str]) -> None:
    assert len(store(tmp_path / "s").list(progress=lambda done, _total: done < 2)) == 2
    left = Asked()
    assert len(store(tmp_path / "s").list(progress=left)) == 6
    assert left == [(2, 6), (3, 6), (4, 6), (5, 6)]
    store(tmp_path / "s").list(progress=lambda *_counts: pytest.fail("all of them are known"))
