"""No test runs for ever: one that hangs fails, and the tests after it run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

pytestmark = pytest.mark.slow

HANGING = """
import time
def test_that_hangs(): time.sleep(50)
def test_after_it(): pass
"""
LONGEST_SECONDS = 60.0


def test_each_test_has_a_time_limit(request: pytest.FixtureRequest) -> None:
    assert 0 < float(request.config.getini("timeout")) <= LONGEST_SECONDS


def test_a_test_that_hangs_fails_and_the_next_runs(tmp_path: Path) -> None:
    (tmp_path / "test_hanging.py").write_text(HANGING, encoding="utf-8")
    settings = ["-c", str(ROOT / "pyproject.toml"), "-p", "no:cacheprovider", "-o", "timeout=0.5"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *settings, str(tmp_path)], capture_output=True, text=True, cwd=tmp_path
    )
    assert "1 failed, 1 passed" in done.stdout and "Timeout" in done.stdout
