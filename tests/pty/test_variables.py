"""Variables of the environment that are not Entente's own make it write nothing of what people type."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import textual

from tests.pty.terminal import ROOT, Terminal
from tui.store import Store

CANARY = "motcanari"
OF_TEXTUAL = sorted({
    name
    for path in Path(textual.__file__).parent.rglob("*.py")
    for name in re.findall(r"""["'](TEXTUAL[A-Z_]*)["']""", path.read_text(encoding="utf-8"))
})  # fmt: skip
WRITING = {"TEXTUAL", "TEXTUAL_DEBUG", "TEXTUAL_LOG", "TEXTUAL_PRESS", "TEXTUAL_SCREENSHOT", "TEXTUAL_DRIVER"}


def test_variables_that_write_are_among_those_found() -> None:
    assert set(OF_TEXTUAL) >= WRITING


def hostile(folder: Path, driver: bool = False) -> dict[str, str]:
    """A value for each variable of Textual; with `driver` also one that replaces the driver."""
    own = {
        "TEXTUAL": "debug,devtools",
        "TEXTUAL_LOG": str(folder / "textual.log"),
        "TEXTUAL_PRESS": "z,q,x",
        "TEXTUAL_SCREENSHOT_LOCATION": str(folder),
        "TEXTUAL_SCREENSHOT_FILENAME": "picture.svg",
        "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver",
    }
    return {name: own.get(name, "1") for name in OF_TEXTUAL if driver or name != "TEXTUAL_DRIVER"}


@pytest.mark.parametrize("driver", [False, True], ids=["usual-driver", "another-driver"])
def test_no_variable_of_textual_writes_what_is_typed(store: Store, tmp_path: Path, driver: bool) -> None:
    stood_in, logs = tmp_path / "stood-in", tmp_path / "logs"
    stood_in.mkdir()
    logs.mkdir()
    with Terminal(store.list()[0].id, environ=hostile(logs, driver), cwd=stood_in) as terminal:
        terminal.wait_for("Vous écrivez")
        terminal.type("\x1b[18~")  # F7, the private note
        terminal.wait_for("Note")
        terminal.type(CANARY)
        terminal.wait_for(CANARY)
        terminal.rest(1.5)  # a picture is taken after a second
        terminal.type("\x1b[24~")  # F12
        assert terminal.ended() == 0
    assert [*stood_in.iterdir(), *logs.iterdir()] == []
    holders = [
        path
        for folder in (tmp_path, Path(os.environ["HOME"]))
        for path in folder.rglob("*")
        if path.is_file() and CANARY.encode() in path.read_bytes()
    ]
    assert holders, "it was typed, and saved"
    assert all(path.is_relative_to(store.root) for path in holders), holders
    assert {oct(path.stat().st_mode & 0o777) for path in holders} == {"0o600"}


def test_textual_is_loaded_as_without_any_variable(tmp_path: Path) -> None:
    """The constants are read when Textual is loaded: each is what it is where no variable is set."""
    program = (
        "import json, os, sys\n"
        "from tui.cli.command_line import without_textual_variables\n"
        "without_textual_variables(os.environ)\n"
        "from textual import constants\n"
        "found = {name: repr(value) for name, value in vars(constants).items() if name.isupper()}\n"
        "json.dump([found, [name for name in os.environ if name.startswith('TEXTUAL')]], sys.stdout)\n"
    )
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TEXTUAL")}

    def constants(environ: dict[str, str]) -> object:
        run = [sys.executable, "-c", program]
        return json.loads(subprocess.run(run, env=environ, cwd=ROOT, check=True, capture_output=True).stdout)

    assert constants({**plain, **hostile(tmp_path, driver=True)}) == constants(plain)


def test_exported_columns_and_lines_do_not_freeze_the_screens() -> None:
    """As bash exports them with `set -a`: the first size is the terminal's, and so is each later one."""
    with Terminal(size=(120, 40), environ={"COLUMNS": "33", "LINES": "5"}) as terminal:
        terminal.until(lambda: "F2 tout" in "".join(terminal.seen.splitlines()[39:]))
        assert "F2 tout" in terminal.seen.splitlines()[39]
        terminal.resize(100, 30)
        terminal.until(lambda: "F2 tout" in "".join(terminal.seen.splitlines()[29:]))
        assert "F2 tout" in terminal.seen.splitlines()[29]
