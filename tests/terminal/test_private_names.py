"""What the code uses of Textual's inside is what the list says, each name once and still there in Textual's source."""

from __future__ import annotations

import ast
import importlib
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import textual

from tests.house.tree import ROOT, named, parsed, python_files
from tui.terminal.private_names import PRIVATE_NAMES

ROOMS = ("terminal", "ui", "screens", "app", "cli")  # those that may know Textual
SOURCE = Path(textual.__file__).parent


def is_private(name: str) -> bool:
    """Whether a name has one underscore before it, and is not that alone."""
    return name.startswith("_") and not name.startswith("__") and name != "_"


def defined(tree: ast.AST) -> Iterator[str]:
    """Yield the private names that a syntax tree defines: functions, attributes that it sets, names it binds."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.AnnAssign):
            yield getattr(node.target, "attr", getattr(node.target, "id", ""))


@cache
def textuals_own() -> frozenset[str]:
    """Every private name that Textual's source defines, and its private modules."""
    names = {path.stem for path in SOURCE.rglob("*.py")}
    for path in SOURCE.rglob("*.py"):
        names |= set(defined(parsed(path)))
    return frozenset(filter(is_private, names))


@cache
def of_class(kind: type) -> frozenset[str]:
    """The private names that the source of a class of Textual defines."""
    names = set(vars(kind)) | set(defined(ast.parse(textwrap.dedent(inspect.getsource(kind)))))
    return frozenset(filter(is_private, names))


def inherited(module: str, name: str) -> frozenset[str]:
    """The private names that the class `name` of a module of ours has from Textual; none where it is not its child."""
    kind = getattr(importlib.import_module(module), name, None)
    bases = inspect.getmro(kind) if isinstance(kind, type) else ()
    return frozenset().union(*(of_class(base) for base in bases if base.__module__.startswith("textual.")))


def used_in(tree: ast.Module, module: str, ours: frozenset[str]) -> Iterator[str]:
    """Yield the private names of Textual that a module uses; `ours` are those that our own code defines."""
    textuals = textuals_own() - ours
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
            yield from filter(is_private, [*(node.module or "").split("."), *(alias.name for alias in node.names)])
        elif isinstance(node, ast.ClassDef):
            yield from _in_class(node, inherited(module, node.name), textuals)
        elif isinstance(node, ast.Attribute) and not _own(node) and node.attr in textuals:
            yield node.attr


def _in_class(tree: ast.ClassDef, base: frozenset[str], textuals: frozenset[str]) -> Iterator[str]:
    """Yield what a class defines or asks of itself that it has from Textual, on purpose or by mistake.

    A class that is mixed into widgets has nothing from Textual yet: what it asks of `super`, and what it does not
    define itself, is Textual's.
    """
    itself = set() if base else set(defined(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and _own(node) and node.attr in (base or textuals):
            yield from (name for name in (node.attr,) if isinstance(node.value, ast.Call) or name not in itself)
    yield from (name for node in tree.body for name in defined(node) if name in base)


def _own(node: ast.Attribute) -> bool:
    """Whether an attribute is asked of the object itself, or of what it inherits."""
    of = node.value.func if isinstance(node.value, ast.Call) else node.value
    return isinstance(of, ast.Name) and of.id in ("self", "cls", "super")


@cache
def used() -> dict[str, set[str]]:
    """The private names of Textual in use, each with the files that use it."""
    files = [path for path in python_files("tui") if path.relative_to(ROOT).parts[1] in ROOMS]
    ours = frozenset(name for path in python_files("tui") for name in defined(parsed(path)))
    found: dict[str, set[str]] = {}
    for path in files:
        module = named(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name in used_in(parsed(path), module, ours - set(PRIVATE_NAMES)):
            found.setdefault(name, set()).add(named(path))
    return found


def test_each_private_name_in_use_is_listed_and_each_listed_one_is_used() -> None:
    assert (sorted(used().keys() - PRIVATE_NAMES.keys()), sorted(PRIVATE_NAMES.keys() - used().keys())) == ([], [])


def test_each_listed_name_is_still_in_textuals_source_and_has_a_reason() -> None:
    assert sorted(PRIVATE_NAMES.keys() - textuals_own()) == []
    assert [name for name, reason in PRIVATE_NAMES.items() if len(reason.split()) < 4] == []


def test_only_one_room_knows_textuals_inside() -> None:
    outside = {name: files for name, files in used().items() if any("/terminal/" not in file for file in files)}
    assert outside == {}


def test_the_list_can_fail() -> None:
    asked = "def f(app):\n    return app._driver"
    assert list(used_in(ast.parse(asked), "tui.app.app", frozenset())) == ["_driver"]
    imported = "from textual._compositor import ChopsUpdate"
    assert list(used_in(ast.parse(imported), "tui.app.app", frozenset())) == ["_compositor"]
    child = "class Editor:\n    def _set_document(self):\n        self._driver = super()._on_key"
    assert set(used_in(ast.parse(child), "tui.terminal.editor", frozenset())) == {"_set_document", "_on_key"}
