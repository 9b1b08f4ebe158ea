"""`doctor` names what lies set aside, and takes it over when told to."""

from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.cli.shell import PARTNERSHIPS, Shell
from tui import i18n
from tui.cli.store_findings import access_findings, folder_findings
from tui.store import Store
from tui.store.store_errors import from_oserror


def folder_of(shell: Shell) -> Path:
    """The folder of a new partnership."""
    name = shell("new", "Une salle").out.strip()
    return next(path.parent for path in shell.home.rglob("project.json") if path.parent.name == name)


def test_a_hand_edit_is_offered_and_taken_over(shell: Shell) -> None:
    folder = folder_of(shell)
    path = folder / "project.json"
    path.write_text(path.read_text(encoding="utf-8").replace("Une salle", "Une grande salle"), encoding="utf-8")
    assert "Une salle" in shell("show", folder.name).out
    said = shell("doctor").out
    kept = next(folder.glob("project.json.damaged-*"))
    assert f"entente doctor --adopt {kept}" in said
    assert shell("doctor", "--adopt", kept).code == 0
    assert "Une grande salle" in shell("show", folder.name).out
    assert "--adopt" not in shell("doctor").out and kept.exists()


def test_of_a_ruined_partnership_one_goes_on_with_what_reads(shell: Shell) -> None:
    folder = folder_of(shell)
    for path in (folder / "project.json", folder / "project.json.twin"):
        path.write_bytes(path.read_bytes()[:-3])
    ruined = shell("show", folder.name)
    assert ruined.code == 3 and "project.json" in ruined.err
    said = shell("doctor")
    assert said.code == 1 and f"entente doctor --adopt {folder}" in said.out
    assert shell("doctor", "--adopt", folder).code == 0
    assert "Une salle" in shell("show", folder.name).out


def test_only_what_is_set_aside_is_adopted(shell: Shell, tmp_path: Path) -> None:
    folder = folder_of(shell)
    for path in (folder / "project.json", tmp_path / "x.json", tmp_path):
        assert shell("doctor", "--adopt", path).code == 3


def test_private_notes_are_handed_over_only_when_asked_for(shell: Shell, tmp_path: Path) -> None:
    folder = folder_of(shell)
    line = {"question": "open.how_many", "value": {"reason": {"fr": "SECRET"}}}
    assert shell("answer", folder.name, stdin=json.dumps(line)).code == 0
    bare, whole = tmp_path / "a.json", tmp_path / "b.json"
    assert "SECRET" not in shell("export", folder.name, bare).err + bare.read_text(encoding="utf-8")
    said = shell("export", folder.name, whole, "--with-private")
    assert said.code == 0 and "notes privées" in said.err and "SECRET" in whole.read_text(encoding="utf-8")
    assert whole.stat().st_mode & 0o777 == 0o600
    assert shell("export", folder.name, tmp_path / "c.docx", "--with-private").code == 2
    assert Store(folder.parent).destroy_private(folder.name).backups == (whole,), "it is named when they are destroyed"


@pytest.mark.parametrize(("free", "told"), [(49_000_000, True), (51_000_000, False)])
def test_a_disk_that_is_nearly_full_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, told: bool
) -> None:
    i18n.use("en")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    found = [finding for finding in folder_findings(tmp_path) if "49 MB" in finding.text]
    assert [finding.level for finding in found] == (["warn"] if told else [])


def test_two_copies_cut_alike_are_one_file_that_was_set_aside(shell: Shell) -> None:
    name = shell("import", PARTNERSHIPS / "02-entente-de-services.json").out.strip()
    folder = shell.home / ".local" / "share" / "entente" / name
    for file in ("project.json", "project.json.twin"):
        os.truncate(folder / file, 3000)
    said = shell("doctor").out
    [kept] = folder.glob("project.json.damaged-*")
    [line] = [line for line in said.splitlines() if line.startswith(f"  !  {name}\u00a0: ")]
    assert line.count(kept.name) == 1


def test_a_disk_that_can_only_be_read_is_no_question_of_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    i18n.use("en")
    facts = os.statvfs(tmp_path)
    read_only = os.statvfs_result((*facts[:8], os.ST_RDONLY, facts[9]))
    monkeypatch.setattr(os, "statvfs", lambda path: read_only)
    sentence = f"{tmp_path}: its disk can only be read, so nothing is saved there. Have it mounted for writing."
    assert [finding.text for finding in folder_findings(tmp_path) if finding.level == "bad"] == [sentence]
    (tmp_path / "aaaaaaaaaa").mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    assert not [finding for finding in access_findings(tmp_path / "aaaaaaaaaa") if "chown" in finding.text]
    assert str(from_oserror(OSError(errno.EROFS, ""), tmp_path / ".lock")) == sentence
