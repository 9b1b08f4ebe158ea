"""An editor beside the document that is painted from it: `python tests/bench/demo.py KILOBYTES` or `… FILE`."""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import ComposeResult
from textual.containers import Horizontal

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tui.places import styles_dir
from tui.widgets.editor import Editor
from tui.widgets.lines import Line, Lines, Piece
from tui.widgets.terminal import FrugalApp


def document(size: int) -> str:
    """Return a text of about `size` bytes: sections of short lines, the first one empty."""
    lines, section = [""], 0
    length = 0
    while length < size:
        section += 1
        lines += [f"## {section}. Engagements de chacun", ""]
        lines += [f"– fournir la salle {n} le mardi soir, d'octobre à mars ;" for n in range(1, 21)]
        length = sum(map(len, lines))
    return "\n".join(lines)


class Demo(FrugalApp[None]):
    """Each key changes one line of the editor and one line of the document."""

    CSS_PATH = [styles_dir() / "lines.tcss", styles_dir() / "editor.tcss"]  # noqa: RUF012

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.painted: dict[str, Line] = {}

    def compose(self) -> ComposeResult:
        pane = Lines()
        with Horizontal():
            editor = Editor(self.text, watcher=lambda text: pane.show([self.paint(line) for line in text.split("\n")]))
            yield editor
            yield pane
        pane.show([self.paint(line) for line in editor.text.split("\n")])

    def paint(self, line: str) -> Line:
        """Return the painted `line`: the same object for the same text, so that it compares fast."""
        if line not in self.painted:
            style = "heading" if line.startswith("#") else ""
            self.painted[line] = (Piece(" "), Piece(line.lstrip("# "), style))
        return self.painted[line]

    def on_mount(self) -> None:
        self.query_one(Editor).focus()


if __name__ == "__main__":
    asked = sys.argv[1] if len(sys.argv) > 1 else "20"
    Demo(document(int(asked) * 1000) if asked.isdigit() else Path(asked).read_text(encoding="utf-8")).run()
