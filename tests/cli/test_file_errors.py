"""Each command that reads or writes a file says what is wrong with it: one sentence, in the interface's language."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.store.upper.acts import store, vision
from tui.cli.command_line import main
from tui.cli.invocation import FAILED, WRONG
from tui.cli.subcommands import BY_NAME
from tui.form.answer_json import answer
from tui.guide.guide_loading import load_guide
from tui.partnership.values import Change, Partnership

ID = "aaaaaaaaaa"
READING = {
    "import": ["import", "{}"],
    "compare": ["compare", ID, "{}"],
    "adopt": ["adopt", ID, "--reason", "une", "--yes", "--file", "{}"],
    "contacts": ["contacts", ID, "--import", "{}"],
    "restore": ["restore", "{}"],
    "doctor": ["doctor", "--adopt", "{}"],
}
WRITING = {
    "export as text": ["export", ID, "{}.txt"],
    "export as Word": ["export", ID, "{}.docx"],
    "export as JSON": ["export", ID, "{}.json"],
    "export for each": ["export", ID, "{}", "--for-each", "--format", "docx"],
    "levels": ["levels", ID, "--output", "{}.txt"],
    "due": ["due", ID, "--ics", "{}"],
    "send": ["send", ID, "--folder", "{}", "--yes", "--format", "docx"],
    "standing": ["standing", ID, "--output", "{}.md"],
    "contacts": ["contacts", ID, "{}"],
    "funders": ["funders", ID, "{}"],
    "backup": ["backup", "{}"],
}
NO_FILES = ["missing", "folder", "no/such/file", "file/below", "loop", "n" * 300]
NO_TEXTS = ["empty", "latin", "binary", "utf16"]
NO_PLACES = ["file/below", "loop/below", "n" * 300]
# What no interface of ours says: words of the system, of Python and of its library.
FOREIGN = [
    *("Errno", "Traceback", "codec", "Expecting value", "not a zip", "Is a directory", "No such file", "too long:"),
    *("Permission denied", "File name too long", "Too many levels", "Not a directory", "error of its own"),
    "erreur de sa part",
]  # fmt: skip


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of one partnership, and files of every wrong kind."""
    changes = [vision("une"), Change("extra.name", "extra.name", "name@fr", "Un")]
    line = {"question": "open.who", "op": "add", "value": {"name": "Alpha", "status": "signatory"}}
    changes += answer(load_guide(), Partnership(""), line).changes
    store(tmp_path / "s").create(changes, partnership_id=ID)
    (tmp_path / "folder").mkdir()
    (tmp_path / "loop").symlink_to("loop")
    for name, data in {
        "file": b"x", "empty": b"", "latin": "é;à\n".encode("latin-1"), "binary": bytes(range(256)) * 9,
        "utf16": "nom;courriel\n".encode("utf-16"),
    }.items():  # fmt: skip
        (tmp_path / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(), isatty=lambda: False))
    return tmp_path


def said(words: list[str], file: str, lang: str, capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """(exit code, all that was said on the standard error)."""
    called = [word.format(file) for word in words]
    code = main([*called, "--store", "s", "--lang", lang])
    _out, err = capfd.readouterr()
    assert not [one for one in FOREIGN if one in err], err
    return code, err


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("file", NO_FILES)
@pytest.mark.parametrize("name", READING)
def test_what_cannot_be_read_is_told(name: str, file: str, lang: str, capfd: pytest.CaptureFixture[str]) -> None:
    code, err = said(READING[name], file, lang, capfd)
    assert code in (WRONG, FAILED)
    assert err.startswith("entente") and any(part[:20] in err for part in Path(file).parts), err


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("file", NO_TEXTS)
@pytest.mark.parametrize("name", ["import", "contacts", "restore", "doctor"])
def test_what_is_no_such_file_is_told(name: str, file: str, lang: str, capfd: pytest.CaptureFixture[str]) -> None:
    code, err = said(READING[name], file, lang, capfd)
    assert code in (WRONG, FAILED) and err.startswith("entente"), err


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("file", NO_PLACES)
@pytest.mark.parametrize("name", WRITING)
def test_what_cannot_be_written_is_told(
    name: str, file: str, lang: str, home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path.name for path in home.iterdir())
    code, err = said(WRITING[name], file, lang, capfd)
    assert code == FAILED and "entente" in err, err
    assert sorted({path.name for path in home.iterdir()} - {"home"}) == before, "nothing is left half-written"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", ["due", "contacts", "funders"])
def test_a_folder_where_a_file_is_to_be_written(name: str, lang: str, capfd: pytest.CaptureFixture[str]) -> None:
    code, err = said(WRITING[name], "folder", lang, capfd)
    assert code == FAILED and ("est un dossier" if lang == "fr" else "is a folder") in err.replace("\xa0", " ")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", ["due", "contacts", "funders"])
def test_a_full_disk(name: str, lang: str, capfd: pytest.CaptureFixture[str]) -> None:
    code, err = said(WRITING[name], "/dev/full", lang, capfd)
    assert code == FAILED and "full" in err


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize("name", ["", *BY_NAME])
def test_a_help_that_nobody_can_read_fails(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = io.StringIO()
    monkeypatch.setattr(sys, "stderr", told)
    with open("/dev/full", "w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert main([*([name] if name else []), "--help", "--lang", "en"]) == FAILED
    assert told.getvalue() == "entente: What is printed cannot be written: the disk is full.\n"


def test_a_folder_that_is_gone_under_the_command_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert main(["export", ID, "t.txt", "--store", str(tmp_path / "s"), "--lang", "en"]) == FAILED
    assert "The folder in which this command is run is gone." in capsys.readouterr().err


def test_a_word_file_is_no_partnership_for_what_it_is(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "reply.docx").write_bytes(b"PK\x03\x04" + b"[" * 500 + b"\xff")
    code, err = said(READING["import"], str(tmp_path / "reply.docx"), "en", capfd)
    assert code != 0 and "UTF-8" in err and "deep" not in err
