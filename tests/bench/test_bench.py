"""`make bench` runs this folder: one run of each bench, its figures on the terminal (pytest -s)."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent


@pytest.mark.timeout(1800)  # seconds: a bench repeats what it measures, often for minutes
@pytest.mark.parametrize("name", ["bench", "fields", "storing", "answering", "scale", "idle", "growth"])
def test_bench(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(FOLDER)  # they import each other as scripts do
    print()
    assert importlib.import_module(name).main([]) == 0
