"""Record what a checkout of Entente does, seen from outside, or compare it with what was recorded.

    python -m tools.golden record  [--checkout PATH] [--python PATH] [--into FOLDER] [NAME …]
    python -m tools.golden compare [--checkout PATH] [--python PATH] [--with FOLDER] [NAME …]

It starts the program of `--checkout` with the Python of `--python` (of a venv that holds its libraries), drives it by
commands, a terminal and files, and imports nothing of it: the same script serves every commit. `compare` prints the
differences and ends with 1 where there are any. NAMEs choose parts of the record (see `PARTS`).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.golden import commands
from tools.golden.files import differences, read_tree, write_tree
from tools.golden.program import PLACE, Program, fixed_place

ROOT = Path(__file__).resolve().parents[2]
RECORDED = ROOT / "tests" / "golden"

# Each part has a home of its own, so that two can run side by side; the longest come first.
PARTS: dict[str, Callable[[Program], dict[str, str]]] = {
    "formats": commands.record_formats,
    "line_mode": commands.record_line_mode,
    "facts": commands.record_facts,
    "help": commands.record_help,
}


def made(checkout: Path, python: Path, names: list[str]) -> dict[str, str]:
    """Return all files that the parts `names` make for this checkout."""

    def part(name: str) -> dict[str, str]:
        began, program = time.monotonic(), Program(checkout, PLACE / name)
        program.prepare()
        found = PARTS[name](program)
        print(f"{name}: {len(found)} files, {time.monotonic() - began:.0f} s", file=sys.stderr)
        return found

    with fixed_place(python), ThreadPoolExecutor(2) as pool:
        return {name: text for found in pool.map(part, names) for name, text in found.items()}


def main() -> int:
    """Do what the arguments say; return the exit code."""
    parser = argparse.ArgumentParser(prog="golden", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("record", "compare"))
    parser.add_argument("parts", nargs="*", metavar="NAME", help=f"parts of the record: {', '.join(PARTS)}")
    parser.add_argument("--checkout", type=Path, default=ROOT)
    parser.add_argument("--python", type=Path, default=ROOT / ".venv/bin/python")
    parser.add_argument("--into", "--with", dest="folder", type=Path, default=RECORDED)
    asked = parser.parse_args()
    if unknown := set(asked.parts) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    found = made(asked.checkout.resolve(), asked.python, asked.parts or list(PARTS))
    if asked.what == "record":
        if not asked.parts:
            shutil.rmtree(asked.folder, ignore_errors=True)
        write_tree(asked.folder, found)
        return 0
    recorded = read_tree(asked.folder)
    if asked.parts:
        recorded = {name: text for name, text in recorded.items() if name in found}
    different = list(differences(recorded, found))
    print("\n".join(different) if different else f"golden: {len(found)} files, all as recorded")
    return 1 if different else 0


sys.exit(main())
