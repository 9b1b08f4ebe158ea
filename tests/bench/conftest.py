"""What holds for every bench: it waits for the disk, whose time it measures."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _disk_at_once() -> None:
    """Wait for each disk, in place of the fixture that lets every other test wait for none."""
