"""A person's script reads a store with plain TinyDB: the one of docs/store.md, on all files of a used store."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT
from tui.partnership.partners import WHO
from tui.partnership.values import Change
from tui.store import Store


def script() -> str:
    """Return the script of docs/store.md, its folder being the first argument."""
    page = (ROOT / "docs" / "store.md").read_text(encoding="utf-8")
    [code] = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    return f"import sys\nfolder = sys.argv[1]\n{code}"


def test_the_script_of_the_page_reads_every_table(tmp_path: Path) -> None:
    store = Store(tmp_path)
    name = store.create([Change("aaaaaaaaaa", WHO, "name@fr", "Université", "", ("aaaaaaaaaa",))]).id
    store.save(name, [Change("aaaaaaaaaa", WHO, "status", "interested", "", ("aaaaaaaaaa",))])
    for said in ("un lieu ouvert le soir", "autre chose"):
        store.save(name, [Change("aaaaaaaaaa", WHO, "role@fr", said, "", ("aaaaaaaaaa",))])
    files = {path.name for path in tmp_path.glob("*/*.json")}
    done = subprocess.run([sys.executable, "-c", script(), str(tmp_path)], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    read = [line.split() for line in done.stdout.splitlines()]
    assert {name for name, _table, _count in read} == files
    counted = {(name, table): int(count) for name, table, count in read}
    assert counted["project.json", "entries"] == 1 and counted["history.json", "history"] == 3, counted
