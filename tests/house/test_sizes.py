"""A house one can live in: small files and functions, named for what they are, and honest about errors."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.tree import ROOT, named, parsed, python_files, text_of, tracked_files

# Over these sizes a file or a function is no longer read in one go: it is cut, or stands below with its reason.
FILE_LINES, FUNCTION_LINES = 500, 60
# "path" for a file, "path: function" for a function; an entry that is no longer needed fails.
LARGE_FOR_A_REASON: dict[str, str] = {
    "tui/store/partnership_store.py": "one method for each thing one may do, which names the file that does it",
}

NAMELESS = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
PYTHON = python_files("tui", "tests", "tools")
SOURCES = [*PYTHON, *sorted((ROOT / "styles").rglob("*.tcss"))]

# In two halves, so that this file is not the one that holds them.
FORBIDDEN = [
    "/wo" + "rk/",
    "index" + "-url",
    "pypi" + ".org",
    "python" + "hosted",
    "/etc/" + "xdg/pip",
    "/opt/" + "wheels",
]


def large_functions(tree: ast.Module) -> dict[str, int]:
    """Return the functions of `tree` that are over `FUNCTION_LINES`, with their number of lines."""
    lengths = {
        node.name: (node.end_lineno or node.lineno) - node.lineno + 1
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS)
    }
    return {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES}


def unlisted_and_idle(large: dict[str, int], reasons: dict[str, str]) -> tuple[dict[str, int], list[str]]:
    """Return what is large without a reason, and the entries of `reasons` that no longer serve or give none."""
    unlisted = {name: lines for name, lines in large.items() if name not in reasons}
    return unlisted, [name for name, reason in reasons.items() if name not in large or not reason.strip()]


def swallowed(tree: ast.Module) -> Iterator[int]:
    """Yield the lines of handlers that catch everything and go on: they hide what nobody thought of.

    One that cleans up and raises again hides nothing.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and not _raises_again(node):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(one is None or getattr(one, "id", "") in ("Exception", "BaseException") for one in caught):
                yield node.lineno


def _raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


@pytest.mark.slow
def test_files_and_functions_are_small_or_say_why_not() -> None:
    large = {named(path): lines for path in SOURCES if (lines := len(text_of(path).splitlines())) > FILE_LINES}
    for path in PYTHON:
        large |= {f"{named(path)}: {name}": lines for name, lines in large_functions(parsed(path)).items()}
    assert unlisted_and_idle(large, LARGE_FOR_A_REASON) == ({}, [])


def test_files_are_named_and_tell_their_room() -> None:
    nameless = [named(path) for path in python_files("tui") if {path.stem, path.parent.name} & NAMELESS]
    silent = [named(path) for path in python_files("tui") if not re.match('"""[^"]', text_of(path))]
    assert (nameless, silent) == ([], []), "the first line of a file says what it is for"


def test_no_two_files_of_the_program_have_one_name() -> None:
    names = [path.name for path in python_files("tui") if path.name not in ("__init__.py", "__main__.py")]
    assert sorted({name for name in names if names.count(name) > 1}) == []


@pytest.mark.slow
def test_errors_are_caught_narrowly() -> None:
    found = {named(path): list(swallowed(parsed(path))) for path in python_files("tui")}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_measures_can_fail() -> None:
    assert large_functions(ast.parse("def f():\n" + "    pass\n" * FUNCTION_LINES)) == {"f": FUNCTION_LINES + 1}
    assert not large_functions(ast.parse("def f():\n" + "    pass\n" * (FUNCTION_LINES - 1)))
    assert unlisted_and_idle({"a.py": 501}, {}) == ({"a.py": 501}, [])
    assert unlisted_and_idle({"a.py": 501}, {"a.py": "one table"}) == ({}, [])
    assert unlisted_and_idle({}, {"a.py": "one table"}) == ({}, ["a.py"])
    assert unlisted_and_idle({"a.py": 501}, {"a.py": " "}) == ({}, ["a.py"])
    assert len(list(swallowed(ast.parse("try: f()\nexcept (OSError, Exception): pass\ntry: f()\nexcept: pass")))) == 2
    assert not list(swallowed(ast.parse("try: f()\nexcept BaseException:\n    close()\n    raise")))


@pytest.mark.slow
def test_all_styling_is_in_styles() -> None:
    stray = [named(path) for path in (ROOT / "tui").rglob("*.tcss")]
    inline = [
        f"{named(path)}:{node.lineno}"
        for path in python_files("tui")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and {getattr(target, "id", "") for target in getattr(node, "targets", [getattr(node, "target", None)])}
        & {"CSS", "DEFAULT_CSS"}
    ]
    assert stray + inline == []


@pytest.mark.slow
def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    pattern = re.compile("|".join(re.escape(word) for word in FORBIDDEN), re.IGNORECASE)
    found = [
        f"{named(path)}: {match[0]}"
        for path in tracked_files()
        if (match := pattern.search(path.read_bytes().decode("utf-8", errors="ignore")))
    ]
    assert found == []
