"""A folder in which one account writes and its group reads what is public: what the group sees and what it does not."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.shell import Done, Shell
from tui.atomic_files import GROUP, PRIVATE, READERS, modes_of

CANARY = "motcanari"
WRITER = 64001  # the number of no account of a machine

# The writer is root, who gives what it makes to the folder's owner; the reader is root without its powers.
pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")


@dataclass(frozen=True)
class Shared:
    """A store that one account writes, the id of a partnership in it, and both accounts."""

    root: Path
    partnership_id: str
    writer: Shell
    reader: Shell

    def read(self, *words: str | Path) -> Done:
        """Call the command as the one who reads."""
        return self.reader("--store", self.root, *words)


@pytest.fixture
def shared(tmp_path: Path) -> Shared:
    """A store with a partnership of which something is public and something private."""
    root, home = tmp_path / "store", tmp_path / "home"
    home.mkdir()
    root.mkdir()
    os.chown(root, WRITER, 0)
    root.chmod(0o2750)
    writer = Shell(home)
    partnership_id = writer("--store", root, "new", "Une porte").out.strip()
    people = [{"name": "Zoé", "email": f"{CANARY}@exemple.ca"}]
    value = {"name": "Le Collège", "status": "interested", "people": people}
    lines = [
        {"question": "open.who", "op": "add", "value": value},
        {
            "question": "open.who",
            "op": "add",
            "value": {"name": "L'Hôpital", "status": "prospective", "reason": CANARY},
        },
    ]
    done = writer("--store", root, "answer", partnership_id, stdin="\n".join(map(json.dumps, lines)))
    assert done.code == 0, done.err
    return Shared(root, partnership_id, writer, Shell(home, bound=True))


def modes(root: Path) -> dict[str, int]:
    """The permission bits of every file and folder of a store, by name."""
    return {str(path.relative_to(root)): stat.S_IMODE(path.stat().st_mode) for path in root.rglob("*")}


def test_public_files_are_the_groups_and_private_ones_are_not(shared: Shared) -> None:
    found = modes(shared.root)
    assert found[shared.partnership_id] == 0o2750
    for name, mode in found.items():
        leaf = name.rpartition("/")[2]
        public = leaf.removesuffix(".twin") in ("project.json", "history.json", "versions.json")
        assert mode == (0o640 if public else 0o2750 if leaf == shared.partnership_id else 0o600), name
    said = b"".join((shared.root / name).read_bytes() for name, mode in found.items() if mode == 0o640 and mode & 0o040)
    assert b"Une porte" in said and CANARY.encode() not in said


def test_a_reader_sees_what_is_public_and_writes_nothing(shared: Shared) -> None:
    before = modes(shared.root)
    assert shared.partnership_id in shared.read("list").out
    shown = shared.read("show", shared.partnership_id, "--format", "json", "--with-private")
    assert shown.code == 0 and "Une porte" in shown.out and CANARY not in shown.out + shown.err
    assert shared.read("show", shared.partnership_id).code == 0
    assert shared.read("trace", shared.partnership_id, "1").code in (0, 2)
    refused = shared.read("answer", shared.partnership_id, "--help")
    assert refused.code == 0
    line = json.dumps({"question": "purpose.why", "op": "set", "value": "Autre"})
    refused = shared.reader("--store", shared.root, "answer", shared.partnership_id, stdin=line)
    assert refused.code in (2, 3) and modes(shared.root) == before
    assert shared.read("new", "Deux").code == 3 and modes(shared.root) == before
    directory = shared.read("directory", "--json", "--with-private")
    assert CANARY not in directory.out


def test_doctor_says_it_to_both(shared: Shared) -> None:
    for said in (shared.read("doctor"), shared.writer("--store", shared.root, "doctor")):
        line = next(line for line in said.out.splitlines() if "le groupe « root »" in line.replace("\xa0", " "))
        assert line.startswith("  ok ") and "aucune note privée" in line
        assert not [line for line in said.out.splitlines() if line.startswith("  !  ") and str(shared.root) in line]
    assert "ne fait que lire" in shared.read("doctor").out


def test_doctor_names_what_modes_of_before_leave_open(shared: Shared) -> None:
    private = shared.root / shared.partnership_id / "private.json"
    private.chmod(0o660)
    said = shared.writer("--store", shared.root, "doctor")
    assert said.code == 1 and f"chmod 600 {private}" in said.out
    private.chmod(0o600)
    (shared.root / shared.partnership_id).chmod(0o2770)
    said = shared.writer("--store", shared.root, "doctor")
    assert said.code == 1 and f"chmod 2750 {private.parent}" in said.out


def test_administrators_are_named_to_everybody(shared: Shared) -> None:
    assert "sauvegardes" in shared.writer("--store", shared.root, "doctor").out
    assert "Administrators" in shared.writer("--lang", "en", "--store", shared.root, "doctor").out


@pytest.mark.parametrize(
    ("mode", "asked"),
    [(0o700, PRIVATE), (0o750, PRIVATE), (0o755, PRIVATE), (0o2755, PRIVATE), (0o2750, READERS), (0o2770, GROUP),
     (0o2740, PRIVATE), (0o2710, PRIVATE), (0o2775, GROUP)],
)  # fmt: skip
def test_what_a_folder_asks_for(tmp_path: Path, mode: int, asked: object) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    folder.chmod(mode)
    assert modes_of(folder) == asked
