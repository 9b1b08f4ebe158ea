"""A page of the directory that changes it: each change is on disk at once, and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping

from tui.project.values import Value
from tui.screens.rows import PageScreen
from tui.store.errors import StoreError
from tui.words import _

Cells = Mapping[str, Mapping[str, Value]]


class MendingScreen(PageScreen):
    """A page of the directory: each change is written at once, and « u » takes the last one back."""

    steps: list[Cells]

    def __init__(self, steps: list[Cells] | None = None) -> None:
        super().__init__()
        self.steps = [] if steps is None else steps

    def mend(self, cells: Cells, said: str = "") -> bool:
        """Set cells of organisations, so that it can be taken back. Whether it could be written."""
        before: dict[str, dict[str, Value]] = {}
        try:
            before = self.app.store.mend_directory(lambda _rows: cells)
        except StoreError as error:
            self.say(str(error))
            return False
        self.steps.append(before)
        self.paint()
        self.say(said)
        return True

    def back(self) -> None:
        """Take the last change back."""
        if not self.steps:
            self.say(_("Nothing left to undo."))
            return
        cells = self.steps.pop()
        try:
            self.app.store.mend_directory(lambda _rows: cells)
        except StoreError as error:
            self.say(str(error))
            return
        self.paint()
        self.say(_("Undone."))

    def own_command(self, name: str) -> bool:
        """Ctrl+Z is undo here too; Ctrl+S says that all is written."""
        if name == "undo":
            self.back()
        elif name == "save":
            self.say(_("Everything is saved by itself, as you write."))
        return name in ("undo", "save")
