"""No word of Python, of the system or of a library reaches a person: `tui/error_words.py` tells what they raise."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.tree import named, parsed, python_files

# Where such words are read, and never shown.
NOT_SHOWN = {
    "tui/agreement/blocks.py": "NotASnapshot is caught everywhere, its words are for whoever debugs",
    "tui/export/pdf_document.py": "typst's words are searched for the characters it could not draw",
    "tui/guide/guide_loading.py": "the guide's data is part of the program: its errors are for those who change it",
}
_WORDS = {"strerror", "msg", "diagnostic", "reason"}


@cache
def our_errors() -> set[str]:
    """The names of all classes of the program."""
    return {
        node.name for path in python_files("tui") for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef)
    }


def caught(handler: ast.ExceptHandler) -> list[str]:
    """The names of what a handler catches; what a function returns, or a constant holds, is looked up by nobody."""
    kind = handler.type
    listed = kind.elts if isinstance(kind, ast.Tuple) else [kind] if kind is not None else []
    return [
        one.attr if isinstance(one, ast.Attribute) else one.id
        for one in listed
        if isinstance(one, ast.Attribute | ast.Name)
    ]


def shown(handler: ast.ExceptHandler) -> Iterator[int]:
    """The lines where the words of the error itself are taken: str(error), {error}, reason=error, error.strerror."""
    for node in ast.walk(handler):
        inner: list[ast.expr] = []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("str", "repr"):
            inner = node.args
        elif isinstance(node, ast.keyword | ast.FormattedValue) or (
            isinstance(node, ast.Attribute) and node.attr in _WORDS
        ):
            inner = [node.value]
        if any(isinstance(one, ast.Name) and one.id == handler.name for one in inner):
            yield inner[0].lineno


def taken(tree: ast.AST, ours: set[str]) -> list[int]:
    """The lines that take the words of an error which may be foreign."""
    handlers = [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler) and node.name]
    return [line for one in handlers if set(caught(one)) - ours for line in shown(one)]


@pytest.mark.slow
@pytest.mark.parametrize("path", python_files("tui"), ids=named)
def test_foreign_errors_are_told_by_the_one_function(path: Path) -> None:
    if named(path) in NOT_SHOWN:
        assert taken(parsed(path), our_errors()), "take it off the list"
    else:
        assert taken(parsed(path), our_errors()) == []


@pytest.mark.parametrize("words", ["str(error)", "f'{error}'", "say(reason=error)", "error.strerror"])
def test_the_words_of_a_foreign_error_are_found(words: str) -> None:
    tree = ast.parse(f"try:\n    work()\nexcept (OSError, StoreError) as error:\n    say({words})")
    assert taken(tree, {"StoreError"}) == [4]
    assert taken(ast.parse("try:\n    work()\nexcept StoreError as error:\n    say(str(error))"), {"StoreError"}) == []
