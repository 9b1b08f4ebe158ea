"""What the whole command costs for a document of 20 KB, in user and system time, beside `python -c pass`."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tui.store import open_store
from tui.workspace.samples import samples

RUNS = 5
MOST = {"txt": 20, "md": 20, "html": 20, "docx": 60, "pdf": 50}  # times an empty Python
WORDS = "Nous tenons ensemble un lieu où chacune et chacun est écouté, puis orienté vers le bon service. "


def cpu(*words: str, home: Path) -> float:
    """Return the least CPU time of a few runs, in seconds."""
    spent = []
    for _run in range(RUNS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(words, check=True, capture_output=True, env={**os.environ, "HOME": str(home)})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(spent)


@pytest.fixture(scope="module")
def long_one(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A store with the rich example, made longer by some free articles."""
    from tui.partnership.values import Change

    home = tmp_path_factory.mktemp("home")
    store = open_store(home / "store")
    name = store.import_document(samples()[3].document)
    cells = {"title@fr": "Article", "text@fr": WORDS * 3, "#order": "a"}
    store.save(name, [Change(f"article{at:03}", "extra.articles", cell, value, "rows")
                      for at in range(26) for cell, value in cells.items()])  # fmt: skip
    return home, name


@pytest.mark.parametrize("ending", MOST)
def test_the_whole_command(long_one: tuple[Path, str], ending: str) -> None:
    home, name = long_one
    file = home / f"x.{ending}"
    program = [sys.executable, "-m", "tui", "--store", str(home / "store"), "export", name, str(file)]
    empty = cpu(sys.executable, "-c", "pass", home=home)
    spent = cpu(*program, home=home)
    print(f"\n{ending}: {spent:.3f} s, {spent / empty:.1f} times `python -c pass` ({file.stat().st_size:,} bytes)")
    if ending == "txt":
        assert file.stat().st_size > 20_000
    assert spent < MOST[ending] * empty
