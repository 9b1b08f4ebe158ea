"""The arrows of docs/architecture.md: who may import whom, and that only the top floor knows Textual."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, TUI, named, parsed, python_files, walk_running

ANYWHERE = {"words", "places", "quick", "__init__"}
PURE = {"text", "guide", "project", "agreement"}
MIDDLE = {"store", "export", "clipboard", "settings"}
SCREENS = {"app", "screens", "themes", "widgets"}  # one box of the drawing: they know each other

MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "places": set(),
    "words": {"places"},
    "quick": set(),
    "text": set(),
    "guide": {"text"},
    "project": {"guide", "text"},
    "agreement": {"project", "guide", "text"},
    **dict.fromkeys(sorted(MIDDLE), PURE),
    "commands": PURE | MIDDLE,
    "bare": {"text"},
    "console": {"text"},
    "keymap": {"commands", "settings"},
    "desk": PURE | MIDDLE | {"console"},
    "memory": set(),
    "samples": PURE | {"store"},
    "plain": PURE | MIDDLE | {"commands", "console", "desk"},
    **dict.fromkeys(
        sorted(SCREENS), PURE | MIDDLE | SCREENS | {"bare", "commands", "console", "desk", "memory", "samples"}
    ),
    "cli": PURE | MIDDLE | {"commands", "console", "keymap", "desk", "plain", "samples"},
    "__main__": {"cli"},
}
LAZILY: dict[str, set[str]] = {"cli": SCREENS}  # inside functions only: `entente list` must not load Textual
ONLY_IN = {"tinydb": {"store"}, "textual": SCREENS, "docx": {"export"}, "typst": {"export"}}
LAZILY_ONLY_IN = {"textual": {"cli"}}
HEADLESS = [room for room in MAY_IMPORT if room not in SCREENS | {"__init__", "__main__"}]


def room_of(path: Path) -> str:
    """Return the room of a file of tui/: its folder, or its own name on the top level."""
    parts = path.relative_to(TUI).parts
    return parts[0] if len(parts) > 1 else path.stem


def imported_names(node: ast.AST, path: Path) -> Iterator[str]:
    """Yield the dotted names that an import statement of the file `path` may load."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        package = path.relative_to(ROOT).with_suffix("").parts[: -node.level] if node.level else ()
        origin = ".".join([*package, *([node.module] if node.module else [])])
        # `from tui import words` names a room in its second half
        yield from (f"{origin}.{alias.name}" for alias in node.names) if origin == "tui" else (origin,)


def faults(path: Path, tree: ast.Module) -> Iterator[str]:
    """Yield one sentence for each import of `tree`, the syntax of the file `path`, that goes against an arrow."""
    room = room_of(path)
    for node, inside in walk_running(tree):
        for name in imported_names(node, path):
            package, _, rest = name.partition(".")
            target = rest.partition(".")[0]
            if package == "tui":
                allowed = MAY_IMPORT[room] | ANYWHERE | {room} | (LAZILY.get(room, set()) if inside else set())
                if target in MAY_IMPORT and target not in allowed:
                    yield f"line {node.lineno}: {room} may not import {target}"  # type: ignore[attr-defined]
            elif package in ONLY_IN:
                lazily = LAZILY_ONLY_IN.get(package, set()) if inside else set()
                if room not in ONLY_IN[package] | lazily:
                    yield f"line {node.lineno}: {room} may not import {package}"  # type: ignore[attr-defined]


def test_imports_follow_the_arrows() -> None:
    rooms = {room_of(path) for path in python_files("tui")}
    assert rooms <= set(MAY_IMPORT), "a room that is not drawn: add it to docs/architecture.md, then here"
    found = {named(path): list(faults(path, parsed(path))) for path in python_files("tui")}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("guide", "from tui.project.values import Project"),
        ("guide", "from tui import project"),
        ("guide", "from ..project import values"),
        ("guide", "import tui.store"),
        ("guide", "def f():\n    from tui.store import Store"),
        ("agreement", "import tinydb"),
        ("export", "from tui.store import Store"),
        ("export", "import textual"),
        ("store", "from tui.screens import plan"),
        ("widgets", "from tinydb import TinyDB"),
        ("cli", "from textual.app import App"),
        ("cli", "import tui.app"),
        ("plain", "def f():\n    import tui.app"),
    ],
)
def test_arrows_can_fail(room: str, source: str) -> None:
    assert len(list(faults(TUI / room / "room.py", ast.parse(source)))) == 1


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("cli", "def main():\n    from tui.app import Entente"),
        ("store", "import tinydb\nfrom tui.words import _\nfrom .sealed import Sealed"),
        ("screens", "from tui import __version__, commands\nfrom textual.screen import Screen"),
        ("agreement", "if TYPE_CHECKING:\n    from tui.export import rendered"),
    ],
)
def test_arrows_let_through(room: str, source: str) -> None:
    assert list(faults(TUI / room / "room.py", ast.parse(source))) == []


def test_each_room_is_drawn() -> None:
    drawing = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [room for room in MAY_IMPORT if not room.startswith("__") and room not in drawing] == []


@pytest.mark.parametrize("room", HEADLESS)
def test_room_loads_without_textual(room: str) -> None:
    modules = [
        named(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in python_files("tui")
        if room_of(path) == room
    ]
    assert modules, f"tui/{room} is drawn and is not there"
    program = f"import sys, importlib\nfor name in {modules!r}: importlib.import_module(name)\n"
    program += "print(*sorted(name for name in sys.modules if name.split('.')[0] == 'textual'))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")
