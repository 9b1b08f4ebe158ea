"""Record what a checkout of Entente does, seen from outside, or compare it with what was recorded.

    python -m tools.golden record  [--checkout PATH] [--python PATH] [--into FOLDER] [NAME …]
    python -m tools.golden compare [--checkout PATH] [--python PATH] [--with FOLDER] [NAME …]

It starts the program of `--checkout` with the Python of `--python` (of a venv that holds its libraries), drives it by
commands, a terminal and files, and imports nothing of it: the same script serves every commit. `compare` prints the
differences and ends with 1 where there are any. NAMEs choose parts of the record, by how they begin (see `PARTS`).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tools.golden import commands, pages, stored
from tools.golden.files import differences, read_tree, write_tree
from tools.golden.program import PLACE, Program, fixed_place

ROOT = Path(__file__).resolve().parents[2]
FAILED = "failed.txt"
RECORDED = ROOT / "tests" / "golden"

# Each part has a home of its own, so that two can run side by side; the longest come first.
PARTS: dict[str, Callable[[Program], dict[str, str]]] = {
    **{
        f"pages-{walk}-{look[0]}{look[1]}": partial(pages.record_pages, walk=walk, look=look)
        for walk in pages.WALKS
        for look in pages.LOOKS
    },
    "formats": commands.record_formats,
    "stored": stored.record_commands_work,
    "line_mode": commands.record_line_mode,
    "facts": commands.record_facts,
    "help": commands.record_help,
}


def made(checkout: Path, python: Path, names: list[str]) -> dict[str, str]:
    """Return all files that the parts `names` make for this checkout."""

    def part(name: str) -> dict[str, str]:
        began, program = time.monotonic(), Program(checkout, PLACE / name)
        program.prepare()
        try:
            found = PARTS[name](program)
        except TimeoutError as error:
            found = {f"{name}-{FAILED}": str(error)}
        print(f"{name}: {len(found)} files, {time.monotonic() - began:.0f} s", file=sys.stderr)
        return found

    # Most of the time the pages wait for the program to come to rest: more at a time than there are processors.
    with fixed_place(python), ThreadPoolExecutor(8) as pool:
        return {name: text for found in pool.map(part, names) for name, text in found.items()}


def main() -> int:
    """Do what the arguments say; return the exit code."""
    parser = argparse.ArgumentParser(prog="golden", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("record", "compare"))
    parser.add_argument("parts", nargs="*", metavar="NAME", help=f"parts of the record: {', '.join(PARTS)}")
    parser.add_argument("--checkout", type=Path, default=ROOT)
    parser.add_argument("--python", type=Path, default=ROOT / ".venv/bin/python")
    parser.add_argument("--into", "--with", dest="folder", type=Path, default=RECORDED)
    asked = parser.parse_intermixed_args()
    chosen = [part for part in PARTS if not asked.parts or part.startswith(tuple(asked.parts))]
    if not chosen:
        parser.error(f"no such part: {', '.join(asked.parts)}")
    found = made(asked.checkout.resolve(), asked.python, chosen)
    if failed := [f"{name}: {text}" for name, text in found.items() if name.endswith(FAILED)]:
        print("\n".join(failed), file=sys.stderr)
        return 1
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
