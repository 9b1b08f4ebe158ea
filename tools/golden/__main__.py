"""Record what a checkout of Entente does, as seen from outside, or compare it with an earlier record.

    python -m tools.golden record  [--checkout PATH] [--python PATH] [--into FOLDER] [NAME …]
    python -m tools.golden compare [--checkout PATH] [--python PATH] [--with FOLDER] [NAME …]

It starts the program of `--checkout` with the Python of `--python` (of a venv with its libraries), and drives it by
commands, a terminal and files. It imports nothing of the program, so that the same script serves every commit.
`compare` prints the differences, and its exit code is 1 if there are any. NAMEs are beginnings of names in `PARTS`; all
by default.
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
from tools.golden.files import differences, read_tree, update_tree
from tools.golden.program import PLACE, Program, fixed_place

ROOT = Path(__file__).resolve().parents[2]
FAILED = "failed.txt"  # the end of the name of a file that says why a part could not be recorded
RECORD = ROOT / "tests" / "golden"
AT_A_TIME = 8  # parts recorded at the same time

# Each part runs in a home folder of its own, so that several run at the same time; the longest come first.
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


def record_parts(checkout: Path, python: Path, names: list[str]) -> dict[str, str]:
    """Return the files of the parts `names` for this checkout, text by file name; print the time of each part."""

    def record_part(name: str) -> dict[str, str]:
        start, program = time.monotonic(), Program(checkout, PLACE / name)
        program.prepare()
        try:
            texts = PARTS[name](program)
        except TimeoutError as error:
            texts = {f"{name}-{FAILED}": str(error)}
        print(f"{name}: {len(texts)} files, {time.monotonic() - start:.0f} s", file=sys.stderr)
        return texts

    # More at a time than there are processors: pages mostly wait for the program to come to rest.
    with fixed_place(python), ThreadPoolExecutor(AT_A_TIME) as pool:
        return {name: text for texts in pool.map(record_part, names) for name, text in texts.items()}


def main() -> int:
    """Record or compare, as the arguments say; return the exit code."""
    parser = argparse.ArgumentParser(prog="golden", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("record", "compare"))
    parser.add_argument(
        "parts", nargs="*", metavar="NAME", help=f"beginnings of the names of parts: {', '.join(PARTS)}"
    )
    parser.add_argument("--checkout", type=Path, default=ROOT)
    parser.add_argument("--python", type=Path, default=ROOT / ".venv/bin/python")
    parser.add_argument("--into", "--with", dest="folder", type=Path, default=RECORD)
    arguments = parser.parse_intermixed_args()
    chosen = [part for part in PARTS if not arguments.parts or part.startswith(tuple(arguments.parts))]
    if not chosen:
        parser.error(f"no such part: {', '.join(arguments.parts)}")
    texts = record_parts(arguments.checkout.resolve(), arguments.python, chosen)
    if failures := [f"{name}: {text}" for name, text in texts.items() if name.endswith(FAILED)]:
        print("\n".join(failures), file=sys.stderr)
        return 1
    if arguments.what == "record":
        if not arguments.parts:
            shutil.rmtree(arguments.folder, ignore_errors=True)
        update_tree(arguments.folder, texts)
        return 0
    recorded = read_tree(arguments.folder)
    if arguments.parts:
        recorded = {name: text for name, text in recorded.items() if name in texts}
    all_differences = list(differences(recorded, texts))
    print("\n".join(all_differences) if all_differences else f"golden: {len(texts)} files, all as recorded")
    return 1 if all_differences else 0


sys.exit(main())
