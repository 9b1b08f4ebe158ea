"""Measure what a row costs `entente answer` in a short and in a long list: `python tests/bench/answering.py`.

Rows come through a pipe, as a script sends them. CPU is user and system time of the process, less that of a call with
no row at all; the ratio is what one row costs among many over what it costs among few.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENTENTE = [sys.executable, "-m", "tui"]


def spent(words: Sequence[str], home: Path, lines: bytes = b"") -> tuple[float, str]:
    """Return the milliseconds of CPU that a call takes, and what it prints."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(home), "LANG": "C.UTF-8"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([*ENTENTE, *words], input=lines, stdout=subprocess.PIPE, env=environ, cwd=home, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime), done.stdout.decode()


def row_cost(home: Path, rows: int) -> float:
    """Return the milliseconds of CPU that each of `rows` rows takes in a new partnership."""
    partnership = spent(["new", f"{rows} rows"], home)[1].strip()
    nothing = spent(["answer", partnership], home)[0]
    line = {"question": "gather.objectives", "op": "add"}
    lines = "".join(json.dumps({**line, "value": f"objectif {number}"}) + "\n" for number in range(rows))
    taken, said = spent(["answer", partnership], home, lines.encode())
    assert said.count('"ok": true') == rows
    return (taken - nothing) / rows


def main(arguments: Sequence[str]) -> int:
    """Print the cost of a row in each list, and the ratio to the first; 0 unless a row was refused."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[200, 2000, 10_000])
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        costs = [row_cost(Path(home), rows) for rows in options.rows]
    for rows, cost in zip(options.rows, costs, strict=True):
        print(f"answer, {rows} rows: {cost:.2f} ms of CPU a row, {cost / costs[0]:.2f} times the first")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
