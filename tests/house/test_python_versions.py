"""Which Python Entente is set up with: older than tested is refused, newer is tried with a word."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.tree import ROOT

PARTNERSHIP = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
TESTED = [(3, 11), (3, 12), (3, 13), (3, 14)]


def set_up(folder: Path, version: tuple[int, int]) -> subprocess.CompletedProcess[str]:
    """Begin `make run` in `folder` with a Python that says it is of this version, and makes no true environment."""
    python = folder / "python"
    python.write_text(
        "#!/bin/sh\n"
        'if [ "$1" = -c ]; then\n'
        f'  exec {sys.executable} -c "import sys; sys.version_info = {(*version, 0, "final", 0)!r}; $2"\n'
        "fi\n"
        "mkdir -p .venv/bin && touch .venv/bin/python\n",
        encoding="utf-8",
    )
    python.chmod(0o700)
    shutil.copy(ROOT / "Makefile", folder)
    words = ["make", "PYTHON=./python", ".venv/bin/python"]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(words, cwd=folder, env=environ, capture_output=True, text=True)


@pytest.mark.parametrize("version", [(3, 10), (3, 9), (2, 7)])
def test_older_python_is_refused_with_the_way_out(tmp_path: Path, version: tuple[int, int]) -> None:
    done = set_up(tmp_path, version)
    assert done.returncode != 0 and not (tmp_path / ".venv").exists()
    assert "Entente needs Python 3.11 or newer: make PYTHON=" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("version", TESTED)
def test_tested_python_is_taken_without_a_word(tmp_path: Path, version: tuple[int, int]) -> None:
    done = set_up(tmp_path, version)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / ".venv").exists()


@pytest.mark.parametrize("version", [(3, 15), (3, 20), (4, 0)])
def test_newer_python_is_tried_with_a_word(tmp_path: Path, version: tuple[int, int]) -> None:
    done = set_up(tmp_path, version)
    assert done.returncode == 0 and (tmp_path / ".venv").exists()
    assert done.stderr.count("\n") == 1 and "Python newer than 3.14, the last one tested" in done.stderr


def test_partnership_says_the_same() -> None:
    said = [found for one in PARTNERSHIP["classifiers"] if (found := re.fullmatch(r".*:: Python :: 3\.(\d+)", one))]
    assert [(3, int(found[1])) for found in said] == TESTED
    assert PARTNERSHIP["requires-python"] == ">=3.11", "pip refuses whatever an upper end leaves out"
