"""Empty functions of the program, one at a time, and print the files whose own tests do not notice.

    python -m tools.untested_files [FILE …]

`make untested` runs it. The own test of a file is tests/<room>/test_<name>.py; tools/tested_elsewhere.toml names
the tests of files that have another one. The longest functions of each file are emptied, at most `MOST_TRIED`, until a
test fails. The exit code is 1 if a file has no test of its own, or none that notices.
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
COPY: Final = ROOT / "build" / "untested"  # of the project
ELSEWHERE: Final = ROOT / "tools" / "tested_elsewhere.toml"
MOST_TRIED: Final = 3  # functions of each file
SKIPPED: Final = (".*", "build", "dist", "*.egg-info", "__pycache__", "golden")
FAILED: Final = 1  # exit code of pytest if tests failed


def program_files() -> list[str]:
    """Return the paths, relative to the checkout, of the program's files that have a function."""
    files = sorted(path for path in (ROOT / "tui").rglob("*.py") if path.name not in ("__init__.py", "__main__.py"))
    return [str(path.relative_to(ROOT)) for path in files if functions(path.read_text(encoding="utf-8"))]


def named_elsewhere() -> dict[str, list[str]]:
    """Return the tests of tools/tested_elsewhere.toml by file of the program."""
    tests: dict[str, list[str]] = tomllib.loads(ELSEWHERE.read_text(encoding="utf-8"))["tested"]
    return tests


def named_tests(file: str) -> list[str]:
    """Return the tests named after a file, in the folder of its room or in a folder within that."""
    path = Path(file)
    room = "." if path.parent == Path("tui") else path.parent.name
    tests = [
        *(ROOT / "tests" / room).glob(f"test_{path.stem}.py"),
        *(ROOT / "tests" / room).glob(f"*/test_{path.stem}.py"),
    ]
    if room == ".":  # else a test of a room that has a file of the same name would count
        tests = [test for test in tests if test.parent.name in ("tests", "house")]
    return [str(test.relative_to(ROOT)) for test in tests]


def functions(source: str) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the functions of a source file that are not empty, the longest first."""
    nodes = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _does_something(node)
    ]
    return sorted(nodes, key=lambda node: -((node.end_lineno or 0) - node.lineno))


def _does_something(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether a function has a statement besides its docstring, « pass », « ... » and « return None »."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return any(not isinstance(line, ast.Pass) and ast.unparse(line) not in ("...", "return None") for line in body)


def with_empty_function(source: str, node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """Return a source file with one of its functions returning None at once."""
    lines = source.splitlines(keepends=True)
    first, last = node.body[0].lineno - 1, node.end_lineno or node.lineno
    if node.body[0].lineno == node.lineno:  # all of it on one line
        return "".join([*lines[: node.lineno - 1], *lines[last:]])
    return "".join([*lines[:first], " " * node.body[0].col_offset + "return None\n", *lines[last:]])


def is_noticed(file: str, tests: list[str]) -> bool:
    """Return whether tests fail in the copy of the program with one of the longest functions of a file emptied."""
    path = COPY / file
    source = path.read_text(encoding="utf-8")
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *tests]
    try:
        for node in functions(source)[:MOST_TRIED]:
            path.write_text(with_empty_function(source, node), encoding="utf-8")
            result = subprocess.run(words, cwd=COPY, capture_output=True)
            if result.returncode == FAILED:
                return True
    finally:
        path.write_text(source, encoding="utf-8")
    return False


def main() -> int:
    """Try the files that the command line names, or all of them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="*", metavar="FILE")
    arguments = parser.parse_args()
    shutil.rmtree(COPY, ignore_errors=True)
    shutil.copytree(ROOT, COPY, ignore=shutil.ignore_patterns(*SKIPPED))
    other_tests, untested = named_elsewhere(), 0
    for file in arguments.files or program_files():
        tests = named_tests(file) or other_tests.get(file, [])
        if not tests:
            print(f"{file}: no test of its own", flush=True)
        elif not is_noticed(file, tests):
            print(f"{file}: {' '.join(tests)} notice nothing", flush=True)
        else:
            continue
        untested += 1
    print(f"{untested} files are not tested")
    return 1 if untested else 0


if __name__ == "__main__":
    sys.exit(main())
