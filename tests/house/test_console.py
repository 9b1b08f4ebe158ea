"""All that commands and line mode print goes through tui/console.py, which lets nothing steer a terminal."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import TUI, named, parsed, python_files

WAY_OUT = "tui/console.py"
STREAMS = {"stdout", "stderr", "__stdout__", "__stderr__"}
PRINTING = {"logging", "warnings", "pprint"}  # modules that print by themselves
# What may be asked of a stream anywhere: nothing of it writes.
ASKED = {"isatty"}
EXCEPTIONS = {
    "tui/clipboard/pager.py": "paints pages of a text that is cleaned as a whole",
    "tui/clipboard/delivery.py": "sends the clipboard's own sequence to the terminal",
    "tui/cli/command_line.py": "prepares and ends the streams, and names one that argparse prints to",
    "tui/workspace/hangup.py": "lets what nobody can hear any more go nowhere",
    "tui/line_mode/interview.py": "gives line mode its stream, which it writes to through the console",
}


def faults(tree: ast.Module) -> Iterator[str]:
    """Yield one sentence for each place in `tree` that may print otherwise."""
    asked = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in ASKED
    }  # the `sys.stdout` of `sys.stdout.isatty`
    compared = {id(node.left) for node in ast.walk(tree) if isinstance(node, ast.Compare)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            prints = node.id == "print"
        elif isinstance(node, ast.Attribute):
            stream = node.attr in STREAMS and ast.unparse(node.value) == "sys"
            prints = stream and id(node) not in asked | compared
        elif isinstance(node, ast.ImportFrom):
            names = {one.name for one in node.names}
            prints = node.module in PRINTING or (node.module == "sys" and bool(names & STREAMS))
        elif isinstance(node, ast.Import):
            prints = bool({one.name for one in node.names} & PRINTING)
        else:
            prints = isinstance(node, ast.Call) and _opens_a_stream(node)
        if prints:
            yield f"line {getattr(node, 'lineno', 0)}: {ast.unparse(node)}"


def _opens_a_stream(node: ast.Call) -> bool:
    first = node.args[0] if node.args else None
    numbered = isinstance(first, ast.Constant) and first.value in (1, 2)
    return numbered and ast.unparse(node.func) in ("os.write", "os.fdopen", "open")


@pytest.mark.slow
def test_nothing_is_printed_otherwise() -> None:
    found = {
        named(path): list(faults(parsed(path)))
        for path in python_files("tui")
        if named(path) not in {WAY_OUT, *EXCEPTIONS}
    }
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_exceptions_are_still_needed() -> None:
    assert [path for path in EXCEPTIONS if not list(faults(parsed(TUI.parent / path)))] == []


@pytest.mark.parametrize(
    "source",
    [
        "print('x')",
        "import sys\nsys.stdout.write('x')",
        "import sys\nsys.stderr.buffer.write(b'x')",
        "import sys\nout = sys.__stdout__",
        "from sys import stderr",
        "say = print",
        "import os\nos.write(1, b'x')",
        "import logging",
        "from warnings import warn",
        "import builtins, sys\nsys.stdout.writelines(['x'])",
    ],
)
def test_other_way_is_found(source: str) -> None:
    assert list(faults(ast.parse(source)))


def test_asking_a_stream_is_no_printing() -> None:
    source = "import sys\nif sys.stdout is not None and sys.stdout.isatty():\n    pass"
    assert list(faults(ast.parse(source))) == []
