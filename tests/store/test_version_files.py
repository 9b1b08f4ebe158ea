"""Versions of many years: none is refused for want of room, each stands once, and what is done to one reaches all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from tests.cli.shell import Shell
from tests.store.faults import Disk, Killed, failing, places
from tests.store.test_erasure import CANARY, SOUGHT, holding
from tests.store.upper.acts import store, vision
from tui.partnership.versions import DRAFT, Sent, Version, version_document
from tui.store import sealed_bytes, version_files
from tui.store.room import room_problems
from tui.store.store_errors import Damaged

pytestmark = pytest.mark.sampled


@pytest.fixture
def little_room(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A file is refused beyond 120,000 bytes, as one is beyond 64 MB; versions are closed beyond 40,000."""
    monkeypatch.setattr(sealed_bytes, "SIZE_LIMIT", 120_000)
    monkeypatch.setattr(version_files, "OPEN_VERSIONS_LIMIT", 40_000)
    yield


def version(number: int, letters: int = 9_000) -> dict[str, Any]:
    return {"id": f"version{number:03}", "number": number, "text": f"{number} " + "mot " * (letters // 4)}


def closed_files(root: Path) -> list[str]:
    return sorted(path.name for path in root.glob("*/versions.json.closed-*.json"))


@pytest.mark.slow
@pytest.mark.usefixtures("little_room")
def test_ten_years_of_versions_refuse_no_save_and_no_save_writes_them_again(tmp_path: Path) -> None:
    ann = store(tmp_path)
    name = ann.create([vision("a")]).id
    written_once: dict[str, os.stat_result] = {}
    for number in range(120):  # some 1,100,000 bytes: nine times what one file may hold
        ann.add_version(name, version(number))
        for closed in closed_files(tmp_path):
            status = (tmp_path / name / closed).stat()
            assert written_once.setdefault(closed, status).st_ino == status.st_ino
    assert len(written_once) > 9 and (tmp_path / name / "versions.json").stat().st_size < 60_000
    assert store(tmp_path).versions(name) == [version(number) for number in range(120)]
    assert ann.save(name, [vision("b")]).partnership.rev and not room_problems(tmp_path / name)


@pytest.mark.usefixtures("little_room")
def test_plain_tinydb_reads_every_version(tmp_path: Path) -> None:
    ann = store(tmp_path)
    name = ann.create().id
    for number in range(12):
        ann.add_version(name, version(number))
    found = []
    for path in (tmp_path / name).glob("versions*.json"):
        with TinyDB(path, access_mode="r") as database:
            found += [document["number"] for document in database.table("versions")]
    assert sorted(found) == list(range(12)) and closed_files(tmp_path)


def test_a_store_whose_versions_have_no_room_left_saves_again(tmp_path: Path) -> None:
    ann = store(tmp_path)
    name = ann.create().id
    table = {str(number): version(number, 4_000_000) for number in range(1, 16)}
    ann._folder(name).versions.save({"later": {"1": {"kept": True}}, "versions": table})
    assert (tmp_path / name / "versions.json").stat().st_size > 59_000_000
    ann = store(tmp_path)
    for number in (16, 17, 18):
        ann.add_version(name, version(number, 4_000_000))
    assert [one["number"] for one in store(tmp_path).versions(name)] == list(range(1, 19))
    tables = json.loads((tmp_path / name / "versions.json").read_bytes())
    assert tables["later"] == {"1": {"kept": True}}, "what a newer program wrote stays"


def test_few_versions_lie_in_one_file_as_ever(tmp_path: Path) -> None:
    ann = store(tmp_path)
    name = ann.create().id
    ann.add_version(name, version(1))
    assert closed_files(tmp_path) == [] and "closed" not in (tmp_path / name / "versions.json").read_text("utf-8")


@pytest.mark.usefixtures("little_room")
@pytest.mark.parametrize("mode", ["kill_before", "torn"])
def test_a_kill_at_any_moment_loses_no_version_and_doubles_none(tmp_path: Path, mode: Any) -> None:
    ann = store(tmp_path / "before")
    name = ann.create().id
    for number in range(5):  # 45,000 bytes: the next one closes them
        ann.add_version(name, version(number))
    root = copied(tmp_path, "count")
    with failing(Disk()) as counted:
        store(root).add_version(name, version(5))
    assert len(counted.calls) > 8 and closed_files(tmp_path / "count")
    for at in places(mode, counted.calls):
        root = copied(tmp_path, f"{at}")
        with pytest.raises(Killed), failing(Disk(mode, at)):
            store(root).add_version(name, version(5))
        there = [one["number"] for one in store(root).versions(name)]
        assert there in ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5]), at
        for number in range(len(there), 12):  # what was cut short is made good by the saves that follow
            store(root).add_version(name, version(number))
        assert [one["number"] for one in store(root).versions(name)] == list(range(12)), at


def copied(tmp_path: Path, name: str) -> Path:
    """A copy of the store `before`, in place of which things go wrong."""
    for path in (tmp_path / "before").rglob("*"):
        if path.is_file():
            other = tmp_path / name / path.relative_to(tmp_path / "before")
            other.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            other.write_bytes(path.read_bytes())
    return tmp_path / name


@pytest.mark.usefixtures("little_room")
def test_backup_copy_and_another_store_s_folder_hold_all_versions(tmp_path: Path) -> None:
    ann = store(tmp_path / "ann")
    name = ann.create([vision("a")]).id
    for number in range(30):
        ann.add_version(name, version(number))
    ann.backup(tmp_path / "all.zip")
    back, bob = store(tmp_path / "back"), store(tmp_path / "bob")
    list(back.restore(tmp_path / "all.zip"))
    assert bob.import_document(tmp_path / "ann" / name) == name
    for other in (back, bob):
        assert other.versions(name) == ann.versions(name) == [version(number) for number in range(30)]
        other.add_version(name, version(30))
        assert [one["number"] for one in other.versions(name)] == list(range(31))


@pytest.mark.usefixtures("little_room")
def test_words_taken_out_leave_closed_versions_too(tmp_path: Path) -> None:
    ann = store(tmp_path)
    name = ann.create([vision("a")]).id
    text = {"fr": {"kind": "Agreement", "title": f"Entente. {CANARY}"}}
    unsent = version_document(
        Version("versionaaa", 1, DRAFT, "2026-11-22", snapshots=text, sent=Sent("2026-11-22", ""))
    )
    sent = {**unsent, "id": "versionbbb", "sent": {"partners": ["aaaaaaaaaa"], "at": "2026-11-22", "how": "mail"}}
    ann.add_version(name, unsent)
    for number in range(12):
        ann.add_version(name, version(number))
    assert [one for one in holding(tmp_path) if one.startswith("versions.json.closed-1")]
    found = ann.erase(name, SOUGHT, write=True)
    assert found.drafts == 1 and holding(tmp_path) == []
    ann.add_version(name, sent)
    for number in range(12, 24):
        ann.add_version(name, version(number))
    found = ann.erase(name, SOUGHT, write=True)
    assert [one["id"] for one in found.gone_out] == ["versionbbb"] and found.drafts == 0
    assert len(holding(tmp_path)) == 2, "what went out stands in its file and the twin"


@pytest.mark.usefixtures("little_room")
def test_damage_is_told_and_one_copy_is_enough(tmp_path: Path) -> None:
    ann = store(tmp_path)
    name = ann.create([vision("a")]).id
    for number in range(12):
        ann.add_version(name, version(number))
    path = tmp_path / name / closed_files(tmp_path)[0]
    path.write_bytes(path.read_bytes().replace(b"mot", b"mut", 1))
    assert path.name in Shell(tmp_path)("doctor", ENTENTE_STORE=str(tmp_path)).out
    assert [one["number"] for one in store(tmp_path).versions(name)] == list(range(12))
    for copy in (path, path.with_name(f"{path.name}.twin")):
        copy.write_bytes(b"{")
    with pytest.raises(Damaged):
        store(tmp_path).versions(name)
    assert path.name in Shell(tmp_path)("doctor", ENTENTE_STORE=str(tmp_path)).out
    store(tmp_path).add_version(name, version(12))  # a file that cannot be read keeps no new version waiting
