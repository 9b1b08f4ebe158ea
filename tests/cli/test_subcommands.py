"""Every command of the table says so, and ends with 3, when the store cannot be read or written."""

from __future__ import annotations

import errno
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.house.tree import ROOT
from tests.store.faults import Disk, failing
from tests.store.upper.acts import store, vision
from tui.cli.command_line import main, parser_of
from tui.cli.subcommands import BY_NAME, SUBCOMMANDS
from tui.partnership.values import Change

ID = "aaaaaaaaaa"
LINE = json.dumps({"question": "gather.vision", "value": {"vision": "une autre"}})
WORDS: dict[str, list[str]] = {
    "list": [],
    "new": ["Un"],
    "show": [ID],
    "export": [ID, "-"],
    "import": ["given.json"],
    "copy": [ID],
    "minutes": [ID],
    "agenda": [ID],
    "levels": [ID],
    "compare": [ID, "1"],
    "versions": [ID],
    "check": [ID],
    "send": [ID, "--format", "eml"],
    "form": [ID, "--partner", "Un partenaire"],
    "attach": [ID],
    "sheet": [ID, "--partner", "Un partenaire", "--own", "-o", "papier"],
    "adopt": [ID, "--reason", "une"],
    "due": [ID, "--json"],
    "sign": [ID],
    "road": [ID],
    "call": [ID],
    "handover": [ID],
    "trace": [ID, "1"],
    "cost": [ID],
    "round": [ID],
    "contacts": [ID],
    "health": [ID],
    "leave": [ID, "Personne"],
    "amend": [ID],
    "standing": [ID],
    "funders": [ID, "-"],
    "answer": [ID],
    "answers": [ID],
    "questions": [],
    "schema": [],
    "plain": [ID],
    "sample": ["1"],
    "directory": [],
    "erase": [ID, "une"],
    "backup": ["new.zip"],
    "restore": ["given.zip"],
    "store": ["copy", "elsewhere"],
    "doctor": [],
    "completion": ["bash"],
}
NO_STORE = {"questions", "schema", "sample", "completion"}  # they need none
OF_ONE = {name for name, words in WORDS.items() if ID in words}
CHANGES = {"copy", "new", "import", "answer", "send", "adopt", "plain", "backup", "restore", "store"}
REPORTS = {"doctor"}  # what cannot be read is what it was asked for: 1


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a store of one partnership, and the files that commands take in."""
    ann = store(tmp_path / "s")
    ann.create([vision("une"), Change("extra.name", "extra.name", "name@fr", "Un")], partnership_id=ID)
    ann.remember({"name": "Un organisme"})
    ann.backup(tmp_path / "given.zip")
    (tmp_path / "given.json").write_text(json.dumps(ann.public_document(ID)), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(LINE.encode()), isatty=lambda: False))
    return tmp_path


def test_no_command_is_left_out() -> None:
    assert set(WORDS) == {command.name for command in SUBCOMMANDS}


@pytest.mark.parametrize(
    ("command", "option", "name"),
    [
        ("form", "--partner", "partner"), ("sheet", "--partner", "partner"), ("send", "--to", "to"),
        ("answers", "--received", "received"), ("handover", "--tick", "tick"), ("handover", "--without", "without"),
        ("handover", "--add", "add"),
    ],
)  # fmt: skip
def test_what_is_given_as_often_as_needed_is_kept_in_its_order(command: str, option: str, name: str) -> None:
    parsed = parser_of(BY_NAME[command]).parse_args(["Le soir", option, "b", option, "a"])
    assert getattr(parsed, name) == ["b", "a"]


def code(name: str, root: Path) -> int:
    """The exit code of a command."""
    return main([name, *WORDS[name], "--store", str(root), "--lang", "en"])


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("place", ["file", "file/store"])
def test_a_file_stands_where_the_store_has_to_be(
    home: Path, name: str, place: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (home / "file").write_text("", encoding="utf-8")
    expected = 0 if name in NO_STORE else 1 if name in REPORTS else 3
    assert code(name, home / place) == expected
    out, err = capfd.readouterr()
    assert ("is a file, where a folder has to be" in out + err) == (name not in NO_STORE)
    assert "Traceback" not in err and (home / "file").read_bytes() == b""
    assert not (home / "new.zip").exists()


@pytest.mark.parametrize("name", sorted(OF_ONE))
def test_a_partnership_that_cannot_be_read(home: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    for file in ("project.json", "project.json.twin"):
        (home / "s" / ID / file).write_bytes(b"ruined")
    assert code(name, home / "s") == 3
    out, err = capfd.readouterr()
    assert "both of its copies are damaged" in out + err and "Traceback" not in err


@pytest.mark.parametrize("why", [errno.EROFS, errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("name", WORDS)
def test_a_store_that_cannot_be_written(home: Path, name: str, why: int, capfd: pytest.CaptureFixture[str]) -> None:
    with failing(Disk("error", at=1, errno=why, sticky=True)):
        found = code(name, home / "s")
    out, err = capfd.readouterr()
    assert (found == 3) == (name in CHANGES), out + err
    assert "Traceback" not in err
    assert out + err
    assert store(home / "s").load(ID).rows("gather.vision")[0].text("vision", "fr") == "une"


# Each command in a process that has imported no more than any start does: most tests fork one that has all of it.
FROM_NOTHING = """
import json, os, sys
from tui.cli.command_line import main
for name, words in json.loads(sys.argv[1]).items():
    pid = os.fork()
    if pid == 0:
        sys.exit(main([name, *words, "--store", "s", "--lang", "en"]))
    print(name, os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True, file=sys.stderr)
"""


@pytest.mark.parametrize("part", range(4))
def test_every_command_finds_what_it_imports(home: Path, part: int) -> None:
    tried = dict(list(WORDS.items())[part::4])
    words = [sys.executable, "-c", FROM_NOTHING, json.dumps(tried)]
    done = subprocess.run(
        words, stdin=subprocess.DEVNULL, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    ended = dict(line.split() for line in done.stderr.splitlines() if line.partition(" ")[0] in tried)
    assert done.returncode == 0 and set(ended) == set(tried), done.stderr
    assert "Traceback" not in done.stderr and set(ended.values()) <= {"0", "1", "2", "3"}, done.stderr
    assert "0" in ended.values(), done.stderr
