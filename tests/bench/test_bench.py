"""`make bench` runs this folder: one run of the bench, its table on the terminal (pytest -s)."""

from __future__ import annotations

import importlib.util
from pathlib import Path


def test_bench() -> None:
    spec = importlib.util.spec_from_file_location("bench", Path(__file__).with_name("bench.py"))
    assert spec is not None and spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    print()
    assert bench.main([]) == 0
