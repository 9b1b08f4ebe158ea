"""A command line with a home of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """The command in an empty home."""
    return Shell(tmp_path)
