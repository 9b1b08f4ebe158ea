"""The arrows of docs/architecture.md: who may import whom, type-only imports counted, and who knows which library."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, TUI, named, parsed, python_files, walk_imports

ANYWHERE = {"i18n", "error_words", "resources", "atomic_files", "named_files", "fast_dataclass", "__init__"}
FROM_WORKSPACE_UP = {"console", "settings", "commands", "keymap"}
SCREENS = {"terminal", "ui", "screens", "app"}  # the rooms that know Textual

# One row a room of the drawing: the rooms it names; what those may import, it may import too.
NAMES: dict[str, set[str]] = {
    "__init__": set(),
    "resources": set(),
    "fast_dataclass": set(),
    "atomic_files": set(),
    "named_files": set(),
    "i18n": set(),
    "error_words": set(),
    "console": {"text"},
    "settings": {"text"},
    "commands": {"text"},
    "keymap": {"text"},
    "text": set(),
    "guide": {"text"},
    "partnership": {"guide"},
    "form": {"partnership"},
    "agreement": {"partnership"},
    "export": {"agreement"},
    "comparison": {"export", "form"},
    "store": {"agreement"},
    "clipboard": {"text"},
    "workspace": {"store", "clipboard", "comparison"},
    "line_mode": {"workspace"},
    "terminal": {"text"},
    "ui": {"workspace", "terminal"},
    "screens": {"ui"},
    "app": {"screens"},
    "cli": {"line_mode"},
    "__main__": {"cli"},
}
TOP = {"workspace", "line_mode", *SCREENS, "cli"} | FROM_WORKSPACE_UP
LAZILY: dict[str, set[str]] = {"cli": SCREENS}  # inside functions only: `entente list` must not load Textual
ONLY_IN = {"tinydb": {"store"}, "psycopg": {"store"}, "textual": SCREENS, "docx": {"export"}, "typst": {"export"}}
LAZILY_ONLY_IN = {"textual": {"cli"}}
HEADLESS = [room for room in NAMES if room not in SCREENS | {"__init__", "__main__"}]

# Arrows that go the wrong way today, each with what takes it away. The list only shrinks.
STILL_THERE: dict[tuple[str, str], str] = {}


def allowed_for(room: str) -> set[str]:
    """Return the rooms that `room` may import: those its row names, all below them, and what any room may."""
    found: set[str] = set()
    waiting = [room]
    while waiting:
        below = NAMES[waiting.pop()] - found
        found |= below
        waiting += below
    return found | ANYWHERE | {room} | (FROM_WORKSPACE_UP if room in TOP else set())


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
        # `from tui import i18n` names a room in its second half
        yield from (f"{origin}.{alias.name}" for alias in node.names) if origin == "tui" else (origin,)


def faults(path: Path, tree: ast.Module) -> Iterator[tuple[str, str, int]]:
    """Yield (room, what it may not import, line) for each import of `tree`, the syntax of the file `path`."""
    room = room_of(path)
    for node, inside in walk_imports(tree):
        for name in imported_names(node, path):
            package, _, rest = name.partition(".")
            target = rest.partition(".")[0]
            if package == "tui":
                allowed = allowed_for(room) | (LAZILY.get(room, set()) if inside else set())
                if target in NAMES and target not in allowed:
                    yield room, target, node.lineno
            elif package in ONLY_IN:
                lazily = LAZILY_ONLY_IN.get(package, set()) if inside else set()
                if room not in ONLY_IN[package] | lazily:
                    yield room, package, node.lineno


@pytest.mark.slow
def test_imports_follow_the_arrows() -> None:
    rooms = {room_of(path) for path in python_files("tui")}
    assert rooms <= set(NAMES), "a room that is not drawn: add it to docs/architecture.md, then here"
    found = {
        (room, target): named(path) for path in python_files("tui") for room, target, _ in faults(path, parsed(path))
    }
    assert {arrow: where for arrow, where in found.items() if arrow not in STILL_THERE} == {}
    assert set(STILL_THERE) <= set(found), "an arrow is gone: take it off the list"


def imports_of(sources: dict[str, str]) -> dict[str, set[str]]:
    """Return, of each module in `sources` (dotted name → text), the others that it imports anywhere."""
    found: dict[str, set[str]] = {}
    for module, source in sources.items():
        named_there: set[str] = set()
        for node, _inside in walk_imports(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and node.module:
                named_there |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                named_there |= {alias.name for alias in node.names}
        found[module] = {name for name in named_there if name in sources and name != module}
    return found


def in_circles(imports: dict[str, set[str]]) -> list[str]:
    """Return the modules that reach themselves by way of others."""

    def reached(module: str) -> set[str]:
        found: set[str] = set()
        waiting = [module]
        while waiting:
            further = imports[waiting.pop()] - found
            found |= further
            waiting += further
        return found

    return [module for module in imports if module in reached(module)]


@pytest.mark.slow
def test_no_file_is_in_a_circle() -> None:
    sources = {
        named(path).removesuffix(".py").replace("/", "."): path.read_text(encoding="utf-8")
        for path in python_files("tui")
        if path.name != "__init__.py"
    }
    assert in_circles(imports_of(sources)) == []


def test_a_circle_is_found_though_one_side_imports_types_alone() -> None:
    one = "if TYPE_CHECKING:\n    from tui.b import thing"
    other = "def f():\n    from tui import a"
    assert in_circles(imports_of({"tui.a": one, "tui.b": other, "tui.c": "import tui.a"})) == ["tui.a", "tui.b"]


def test_each_arrow_fails_when_it_is_turned_round() -> None:
    for room in NAMES:
        for target in NAMES:
            planted = list(faults(TUI / room / "planted.py", ast.parse(f"from tui.{target} import something")))
            assert bool(planted) == (target not in allowed_for(room)), (room, target)
            if target in allowed_for(room) - ANYWHERE - {room} and target not in FROM_WORKSPACE_UP:
                assert room not in allowed_for(target), f"{room} and {target} import each other"


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("guide", "from tui.partnership.values import Project"),
        ("guide", "from tui import partnership"),
        ("guide", "from ..partnership import values"),
        ("guide", "import tui.store"),
        ("guide", "def f():\n    from tui.store import Store"),
        ("agreement", "import tinydb"),
        ("agreement", "if TYPE_CHECKING:\n    from tui.export import formats"),
        ("export", "from tui.store import Store"),
        ("export", "import textual"),
        ("store", "from tui.screens import plan_pane"),
        ("terminal", "from tinydb import TinyDB"),
        ("terminal", "from tui.ui import page"),
        ("ui", "from tui.screens import work_screen"),
        ("screens", "if TYPE_CHECKING:\n    from tui.app.app import EntenteApp"),
        ("cli", "from textual.app import App"),
        ("cli", "import tui.app"),
        ("line_mode", "def f():\n    import tui.app"),
    ],
)
def test_arrows_can_fail(room: str, source: str) -> None:
    assert len(list(faults(TUI / room / "room.py", ast.parse(source)))) == 1


@pytest.mark.parametrize(
    ("room", "source"),
    [
        ("cli", "def main():\n    from tui.app.app import EntenteApp"),
        ("store", "import tinydb\nfrom tui.i18n import _\nfrom .sealed_storage import Sealed"),
        ("screens", "from tui import __version__, commands\nfrom textual.screen import Screen"),
    ],
)
def test_arrows_let_through(room: str, source: str) -> None:
    assert list(faults(TUI / room / "room.py", ast.parse(source))) == []


def test_each_room_is_drawn() -> None:
    drawing = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert [room for room in NAMES if not room.startswith("__") and room not in drawing] == []


@pytest.mark.slow
@pytest.mark.parametrize("room", HEADLESS)
def test_room_loads_without_textual(room: str) -> None:
    modules = [
        named(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in python_files("tui")
        if room_of(path) == room
    ]
    assert modules, f"tui/{room} is in the table, and not in the house"
    program = f"import sys, importlib\nfor name in {modules!r}: importlib.import_module(name)\n"
    program += "print(*sorted(name for name in sys.modules if name.split('.')[0] == 'textual'))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")
