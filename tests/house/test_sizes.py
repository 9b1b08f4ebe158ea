"""A house one can live in: small files, functions and classes, named for what they are, and honest about errors."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.tree import ROOT, named, parsed, python_files, text_of, tracked_files

FILE_LINES, FUNCTION_LINES, CLASS_METHODS = 300, 40, 20
NAMELESS = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SOURCES = [*python_files("tui", "tests"), *sorted((ROOT / "styles").rglob("*.tcss"))]

# In two halves, so that this file is not the one that holds them.
FORBIDDEN = [
    "/wo" + "rk/",
    "index" + "-url",
    "pypi" + ".org",
    "python" + "hosted",
    "/etc/" + "xdg/pip",
    "/opt/" + "wheels",
]


def outgrown(tree: ast.Module) -> Iterator[str]:
    """Yield the functions and classes of `tree` that are too large."""
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS) and (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES:
            yield f"{node.name}, line {node.lineno}: {lines} lines"
        if isinstance(node, ast.ClassDef):
            methods = sum(isinstance(child, FUNCTIONS) for child in node.body)
            if methods > CLASS_METHODS:
                yield f"{node.name}, line {node.lineno}: {methods} methods"


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


def test_files_are_short() -> None:
    long = {named(path): lines for path in SOURCES if (lines := len(text_of(path).splitlines())) > FILE_LINES}
    assert long == {}


def test_functions_and_classes_are_small() -> None:
    found = {named(path): list(outgrown(parsed(path))) for path in python_files("tui", "tests")}
    assert {path: large for path, large in found.items() if large} == {}


def test_files_are_named_and_tell_their_room() -> None:
    nameless = [named(path) for path in python_files("tui") if {path.stem, path.parent.name} & NAMELESS]
    silent = [named(path) for path in python_files("tui") if not ast.get_docstring(parsed(path))]
    assert (nameless, silent) == ([], []), "the first line of a file says what it is for"


def test_errors_are_caught_narrowly() -> None:
    found = {named(path): list(swallowed(parsed(path))) for path in python_files("tui")}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_measures_can_fail() -> None:
    long = "def f():\n" + "    pass\n" * FUNCTION_LINES
    wide = "class C:\n" + "".join(f"    def m{n}(self): pass\n" for n in range(CLASS_METHODS + 1))
    assert len(list(outgrown(ast.parse(long + wide)))) == 2
    assert len(list(swallowed(ast.parse("try: f()\nexcept (OSError, Exception): pass\ntry: f()\nexcept: pass")))) == 2
    assert not list(swallowed(ast.parse("try: f()\nexcept BaseException:\n    close()\n    raise")))


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


def test_no_tracked_file_names_a_machine_or_a_registry() -> None:
    pattern = re.compile("|".join(re.escape(word) for word in FORBIDDEN), re.IGNORECASE)
    found = [
        f"{named(path)}: {match[0]}"
        for path in tracked_files()
        if (match := pattern.search(path.read_bytes().decode("utf-8", errors="ignore")))
    ]
    assert found == []
