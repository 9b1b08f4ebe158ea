"""A page that writes files: in a thread, with how far it is; then each path to be copied, and how to fetch it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from textual import events

from tui import clipboard
from tui.desk.desk import Desk
from tui.desk.handed import elsewhere, ways_home
from tui.desk.sheets import Sheet, Written, write
from tui.export.rendered import CannotExport
from tui.screens import marks, output
from tui.screens.rows import Row, RowsScreen
from tui.store.errors import StoreError
from tui.words import _, ngettext

_BAR = 24  # cells


class WritingScreen(RowsScreen):
    """Its page gives way to the progress while files are written; no key does anything then."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._progress: tuple[int, int, str] | None = None
        self.ways: tuple[str, ...] = ()  # the lines that bring the files to the person's own computer

    def page(self) -> Sequence[Row]:
        """The rows while nothing is being written."""
        return ()

    def rows(self) -> Sequence[Row]:
        """The page, or how far the writing is."""
        return self.page() if self._progress is None else _progress_rows(*self._progress)

    def begin(self, folder: Path, sheets: Sequence[Sheet], then: Callable[[Written], None]) -> None:
        """Write the files; `then` is called with them once all are there. What fails is said on the last line."""
        self._told(0, len(sheets), sheets[0].label if sheets else "")

        def work() -> None:
            def told(done: int, of: int, label: str) -> None:
                self.app.call_from_thread(self._told, done, of, label)

            facts = clipboard.gather(os.environ)
            try:
                made = write(folder, sheets, told)
            except (OSError, CannotExport, StoreError, ValueError) as error:
                self.app.call_from_thread(self._ended, None, then, str(error))
                return
            if elsewhere(facts):
                self.ways = tuple(ways_home(path, facts, None, self.app.settings.host)[0] for path in made.files)
            self.app.call_from_thread(self._ended, made, then, "")

        self.run_worker(work, thread=True)

    def _told(self, done: int, of: int, label: str) -> None:
        self._progress = done, of, label
        self.paint()

    def _ended(self, made: Written | None, then: Callable[[Written], None], trouble: str) -> None:
        self._progress = None
        if made is None:
            self.paint()
            self.say(trouble)
            return
        self.app.said_at_end = [*map(str, made.files), *self.ways]
        self.app.handed, self.app.advice = [*map(str, made.files[:1]), *self.ways[:1]], ""
        then(made)
        if self.is_current:
            self.paint()

    def on_key(self, event: events.Key) -> None:
        """Nothing is changed or left while files are being written."""
        if self._progress is None:
            super().on_key(event)
        else:
            event.stop()
            event.prevent_default()

    def copier(self, text: str) -> Callable[[], None]:
        """What copies one text by itself."""
        return lambda: output.copy_text(self.app, text, "message.txt", private=True)

    def written_rows(self, made: Written) -> list[Row]:
        """Each file with its path, Enter copies it; what was replaced."""
        said = ngettext("{n} file written", "{n} files written", len(made.files)).format(n=len(made.files))
        found = [Row(said, "done")]
        found += [Row(path.name, "", self.copier(str(path)), _("copy the path")) for path in made.files]
        if made.files:
            found.append(Row(_("in {folder}").format(folder=made.files[0].parent), "muted", indent=3))
        found += [Row(f"{marks.radio(True)} {text}", "warn") for text in made.warnings]
        return found

    def fetch_rows(self) -> list[Row]:
        """The lines that bring the files to a computer elsewhere; nothing when this is the person's own."""
        if not self.ways:
            return []
        head = Row(_("To fetch them, on your own computer:"), "heading")
        return [Row(), head, *(Row(line, "", self.copier(line)) for line in self.ways)]


def _progress_rows(done: int, of: int, label: str) -> list[Row]:
    full = _BAR * done // max(of, 1)
    filled, empty = marks.bar()
    return [
        Row(_("{done} of {of} written").format(done=done, of=of), "heading"),
        Row(),
        Row(filled * full + empty * (_BAR - full), "accent"),
        Row(label, "muted"),
    ]
