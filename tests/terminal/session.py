"""A program for the terminal tests: an editor beside its lines, Ctrl+L draws anew, Ctrl+Q quits."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from tui.resources import styles_dir
from tui.terminal.diff_app import DiffApp
from tui.terminal.editor import Editor
from tui.terminal.line_pane import Lines, Piece


class Session(DiffApp[None]):
    """As small as an app of this kind can be."""

    CSS_PATH = [styles_dir() / "lines.tcss", styles_dir() / "editor.tcss"]  # noqa: RUF012
    BINDINGS = [("ctrl+l", "forget")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        pane = Lines()
        with Horizontal():
            yield Editor(watcher=lambda text: pane.show([(Piece(" " + line),) for line in text.split("\n")]))
            yield pane

    def on_mount(self) -> None:
        self.query_one(Editor).focus()
        self.query_one(Lines).show([(Piece(" ready"),)])  # letters typed before would find no editor

    def action_forget(self) -> None:
        self.forget()


if __name__ == "__main__":
    Session().run()
