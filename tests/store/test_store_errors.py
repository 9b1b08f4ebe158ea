"""Errors speak of the thing, the place and what to do, in both languages, and never steer a terminal."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui import i18n
from tui.atomic_files import signature
from tui.store.store_errors import (
    Damaged,
    Failed,
    Full,
    Linked,
    Locked,
    Newer,
    NotAFolder,
    NotFound,
    ReadOnly,
    ReadOnlyDisk,
    StoreError,
    Unstorable,
    Vanished,
    as_store_errors,
    from_oserror,
)

PLACE = Path("/place/thing.json")


@pytest.fixture(params=["fr", "en"])
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    before = i18n.language()
    i18n.use(request.param)
    yield request.param
    i18n.use(before)


def every(path: Path) -> list[StoreError]:
    return [kind(path) for kind in (Damaged, Full, ReadOnly, ReadOnlyDisk, Vanished, NotAFolder, NotFound, Linked)] + [
        Newer(path, 3, 1),
        Locked(path, "Chloé"),
        Failed(path, "no luck"),
        Unstorable(path, "NaN"),
    ]


def test_each_names_what_it_is_about(lang: str) -> None:
    for err in every(PLACE):
        assert err.path == PLACE
        assert "thing.json" in str(err) or "/place" in str(err)
        assert "{" not in str(err)


def test_hostile_names_do_not_steer_the_terminal(lang: str) -> None:
    for err in every(Path("/a\x1b[2J/b\n\x9b\u202e.json")):
        assert str(err).isprintable() or "\xa0" in str(err)
        assert not set("\x1b\n\x9b\u202e") & set(str(err))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOSPC, Full),
        (errno.EDQUOT, Full),
        (errno.EFBIG, Full),
        (errno.EACCES, ReadOnly),
        (errno.EPERM, ReadOnly),
        (errno.EROFS, ReadOnlyDisk),
        (errno.ELOOP, Linked),
        (errno.ESTALE, Vanished),
        (errno.EIO, Failed),
        (None, Failed),
    ],
)
def test_system_errors_are_mapped(tmp_path: Path, code: int | None, kind: type[StoreError]) -> None:
    err = OSError() if code is None else OSError(code, os.strerror(code))
    assert type(from_oserror(err, tmp_path / "x")) is kind


def test_a_missing_file_is_not_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound), as_store_errors(tmp_path / "x"):
        (tmp_path / "x").read_bytes()
    with pytest.raises(Vanished), as_store_errors(tmp_path / "gone" / "x"):
        (tmp_path / "gone" / "x").read_bytes()


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for place in (tmp_path / "file", tmp_path / "file" / "x" / "y"):
        with pytest.raises(NotAFolder) as told, as_store_errors(place):
            os.listdir(place)
        assert told.value.path == tmp_path / "file"


def test_a_signature_tells_each_change(tmp_path: Path) -> None:
    paths = [tmp_path / "a", tmp_path / "b"]
    seen = [signature(paths), signature(paths)]
    paths[0].write_bytes(b"1")
    seen += [signature(paths), signature(paths)]
    (tmp_path / "new").write_bytes(b"1")
    os.replace(tmp_path / "new", paths[0])
    seen.append(signature(paths))
    paths[1].write_bytes(b"")
    seen.append(signature(paths))
    paths[0].unlink()
    seen.append(signature(paths))
    assert (seen[0], seen[2]) == (seen[1], seen[3])
    assert len(set(seen)) == 5
    assert [mark[0] for mark in signature(paths)] == [str(paths[1])]
