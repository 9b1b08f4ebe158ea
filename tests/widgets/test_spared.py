"""What a start leaves out of Textual: the app runs without it, and Textual asks for no more than what stands there."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import textual

from tests.house.tree import ROOT

# Run in a process of its own, since what one has loaded stays loaded; at its end it loads the real palette.
PROGRAM = """
import asyncio, importlib, sys
from pathlib import Path
from tui.widgets.spared import spare
spare()
from tests.screens.opened import filled_store, opened

def widgets():
    return {name.removeprefix("textual.widgets.") for name in sys.modules if name.startswith("textual.widgets.")}

async def main():
    async with opened(filled_store(Path(sys.argv[1]))) as (app, pilot):
        await pilot.press(*"mot", "f2", "escape", "f5", "escape")
        print(app.screen)
    loaded = widgets()
    print(*vars(sys.modules.pop("textual.command")))
    importlib.import_module("textual.command")
    print(*widgets() - loaded)

asyncio.run(main())
"""
LEFT_OUT = {
    *("_button", "_directory_tree", "_input", "_loading_indicator", "_option_list", "_placeholder", "_select", "_tree"),
    "option_list",
}


def test_the_app_runs_without_the_palette_and_its_widgets(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "store")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    screen, offered, spared = done.stdout.splitlines()
    assert screen.startswith("WorkScreen") and set(spared.split()) == LEFT_OUT
    assert asked_of_the_palette() <= set(offered.split())


def asked_of_the_palette() -> set[str]:
    """The names that any file of Textual imports from its palette, however late."""
    sources = (path.read_text(encoding="utf-8") for path in Path(textual.__file__).parent.rglob("*.py"))
    found = {
        alias.name
        for source in sources
        if "textual.command" in source
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "textual.command"
        for alias in node.names
    }
    assert "CommandPalette" in found
    return found
