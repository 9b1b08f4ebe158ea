"""What a file says of another stands: each path named in the code and in docs/ is there, and each error raised."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.tree import ROOT, named, parsed, python_files, tracked_files

PATH = re.compile(r"\b(?:docs|requirements|sample_projects|styles|tests|tools|tui)/[A-Za-z0-9_/.-]+\.[a-z]+\b")
READ = {".cfg", ".css", ".in", ".md", ".py", ".tcss", ".toml", ""}
PLACEHOLDERS = {"tui/screens/MODULE.py"}


def cited(text: str) -> set[str]:
    """The paths of this checkout that a text names."""
    return set(PATH.findall(text)) - PLACEHOLDERS


@pytest.mark.slow
def test_each_file_that_is_named_is_there() -> None:
    paths = [path for path in tracked_files() if path.suffix in READ]
    found = {named(path): cited(path.read_text(encoding="utf-8")) for path in paths}
    missing = {path: {one for one in names if not (ROOT / one).exists()} for path, names in found.items()}
    assert {path: names for path, names in missing.items() if names} == {}


def test_a_file_that_is_gone_is_found() -> None:
    gone = {"tests/house/test_gone" + ".py", "docs/gone" + ".md"}  # in two halves, since this file is read as well
    assert cited("; ".join(f"see `{path}`" for path in gone)) == gone


RAISES = re.compile(r"Raises? `?([A-Z]\w+)")


def raised_in_words(tree: ast.Module) -> Iterator[str]:
    """Yield the names of the errors that docstrings say are raised."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield from RAISES.findall(ast.get_docstring(node) or "")


@cache
def error_names() -> set[str]:
    """Return the names of Python's errors, of all classes of the program and of all that it imports."""
    trees = [parsed(path) for path in python_files("tui")]
    found = {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    found |= {
        alias.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    return found | set(dir(builtins))


@pytest.mark.slow
@pytest.mark.parametrize("path", python_files("tui"), ids=named)
def test_each_error_that_a_docstring_names_is_one(path: Path) -> None:
    assert set(raised_in_words(parsed(path))) <= error_names()


def test_an_error_that_was_renamed_is_found() -> None:
    tree = ast.parse('def read():\n    """Read it. Raises `Wrong` if it cannot be read, and raises OSError."""\n')
    assert list(raised_in_words(tree)) == ["Wrong"]
