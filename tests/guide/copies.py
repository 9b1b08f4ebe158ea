"""Copies of the guide data that a test may change."""

from __future__ import annotations

import shutil
from pathlib import Path

from tui.guide.guide_loading import DATA


class Copy:
    """The data files in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "data"
        shutil.copytree(DATA, self.folder)

    def change(self, file: str, old: str, new: str) -> None:
        """Replace the first `old` of a file, which must be there."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def append(self, file: str, text: str) -> None:
        """Write at the end of a file."""
        with (self.folder / file).open("a", encoding="utf-8") as out:
            out.write(text)
