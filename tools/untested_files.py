"""Empty functions of the program, one at a time, and print the files whose own tests do not notice.

    python -m tools.untested_files [FILE …]

`make untested` runs it. The own test of a file is tests/<room>/test_<name>.py; tools/tested_elsewhere.toml names
the tests of files that have another one. The longest functions of each file are emptied, at most `TRIED`, until a test
fails. It ends with 1 where a file has no test of its own, or none that notices.
"""

from __future__ import annotations

import argparse
import ast
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
PLACE: Final = ROOT / "build" / "untested"
ELSEWHERE: Final = ROOT / "tools" / "tested_elsewhere.toml"
TRIED: Final = 3  # functions of each file
SKIPPED: Final = (".*", "build", "dist", "*.egg-info", "__pycache__", "golden")
FAILED: Final = 1  # exit code of pytest where tests failed


def program_files() -> list[str]:
    """Return the paths, relative to the checkout, of the program's files that have a function."""
    files = sorted(path for path in (ROOT / "tui").rglob("*.py") if path.name not in ("__init__.py", "__main__.py"))
    return [str(path.relative_to(ROOT)) for path in files if functions(path.read_text(encoding="utf-8"))]


def elsewhere() -> dict[str, list[str]]:
    """Return the tests of tools/tested_elsewhere.toml by file of the program."""
    tested: dict[str, list[str]] = tomllib.loads(ELSEWHERE.read_text(encoding="utf-8"))["tested"]
    return tested


def named_tests(file: str) -> list[str]:
    """Return the tests named after a file, in the folder of its room or in a folder within that."""
    path = Path(file)
    room = "." if path.parent == Path("tui") else path.parent.name
    found = [
        *(ROOT / "tests" / room).glob(f"test_{path.stem}.py"),
        *(ROOT / "tests" / room).glob(f"*/test_{path.stem}.py"),
    ]
    return [str(one.relative_to(ROOT)) for one in found if room != "." or one.parent.name in ("tests", "house")]


def functions(source: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the functions of a source file that are not empty, the longest first."""
    found = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _does_something(node)
    ]
    return sorted(found, key=lambda node: -((node.end_lineno or 0) - node.lineno))


def _does_something(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return any(not isinstance(line, ast.Pass) and ast.unparse(line) not in ("...", "return None") for line in body)


def emptied(source: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """Return a source file with one of its functions returning None at once."""
    lines = source.splitlines(keepends=True)
    first, last = node.body[0].lineno - 1, node.end_lineno or node.lineno
    if node.body[0].lineno == node.lineno:  # all of it on one line
        return "".join([*lines[: node.lineno - 1], *lines[last:]])
    return "".join([*lines[:first], " " * node.body[0].col_offset + "return None\n", *lines[last:]])


def noticed(file: str, tests: list[str]) -> bool:
    """Return whether tests fail in the copy of the program with one of the longest functions of a file emptied."""
    path = PLACE / file
    source = path.read_text(encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]
    try:
        for node in functions(source)[:TRIED]:
            path.write_text(emptied(source, node), encoding="utf-8")
            done = subprocess.run(words, cwd=PLACE, capture_output=True)
            if done.returncode == FAILED:
                return True
    finally:
        path.write_text(source, encoding="utf-8")
    return False


def main() -> int:
    """Try the files that the command line names, or all of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", metavar="FILE")
    given = parser.parse_args()
    shutil.rmtree(PLACE, ignore_errors=True)
    shutil.copytree(ROOT, PLACE, ignore=shutil.ignore_patterns(*SKIPPED))
    others, untested = elsewhere(), 0
    for file in given.files or program_files():
        tests = named_tests(file) or others.get(file, [])
        if not tests:
            print(f"{file}: no test of its own", flush=True)
        elif not noticed(file, tests):
            print(f"{file}: {' '.join(tests)} notice nothing", flush=True)
        else:
            continue
        untested += 1
    print(f"{untested} files are not tested")
    return 1 if untested else 0


if __name__ == "__main__":
    sys.exit(main())
