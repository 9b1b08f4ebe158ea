"""What a command asks of a page is a method of `Page`: no code asks what kind of page it has before it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.tree import named, parsed, python_files

ROOMS = ("tui/ui", "tui/screens", "tui/app")
BASES = {"Screen", "ModalScreen", "Page"}

# Where Textual hands over a screen of any kind, and the contract itself begins.
ALLOWED = {("tui/ui/host.py", "Page")}


@cache
def page_classes() -> frozenset[str]:
    """Return the names of all classes that are pages, those that derive from one included."""
    bases = {
        node.name: {base.id for base in map(_unsubscripted, node.bases) if isinstance(base, ast.Name)}
        for path in python_files(*ROOMS)
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
    }
    found = set(BASES)
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return frozenset(found)


def _unsubscripted(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.Subscript) else node


def asked_kinds(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield (line, name) where code asks whether a value is of a page's class, or has an attribute by its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in ("isinstance", "issubclass") and len(node.args) == 2:
                yield from _pages_in(node.args[1])
            if node.func.id in ("getattr", "hasattr") and isinstance(node.args[1], ast.Constant):
                yield node.lineno, node.func.id
        elif isinstance(node, ast.MatchClass):
            yield from _pages_in(node.cls)
        elif isinstance(node, ast.Compare) and isinstance(node.left, ast.Call) and _is_type(node.left.func):
            for compared in node.comparators:
                yield from _pages_in(compared)


def _is_type(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id == "type"


def _pages_in(node: ast.expr) -> Iterator[tuple[int, str]]:
    for part in ast.walk(node):
        name = part.id if isinstance(part, ast.Name) else part.attr if isinstance(part, ast.Attribute) else ""
        if name in page_classes():
            yield node.lineno, name


@pytest.mark.parametrize("path", python_files(*ROOMS), ids=named)
def test_no_code_asks_what_kind_of_page_it_has(path: Path) -> None:
    """Give `Page` a method that does nothing, or returns nothing, and let the page in question say otherwise."""
    found = [(line, name) for line, name in asked_kinds(parsed(path)) if (named(path), name) not in ALLOWED]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "isinstance(page, WorkScreen)",
        "isinstance(page, (str, work_screen.WorkScreen))",
        "isinstance(page, Picker | LevelsScreen)",
        "type(page) is WorkScreen",
        "match page:\n    case WorkScreen():\n        pass",
        "getattr(screen, 'editor', None)",
        "hasattr(screen, 'editor')",
    ],
)
def test_a_planted_question_is_found(source: str) -> None:
    assert list(asked_kinds(ast.parse(source))) != []


def test_other_questions_are_let_through() -> None:
    assert list(asked_kinds(ast.parse("isinstance(error, Full)\nisinstance(event, events.Key)"))) == []
