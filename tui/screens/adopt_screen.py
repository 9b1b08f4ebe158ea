"""The page of an adoption: its obstacles, the date, the resolution, the version, and the adoption itself.

An *obstacle* is a finding that speaks against adopting the text now, such as a partner that disagrees.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.i18n import N_, _
from tui.partnership.field_kinds import BadValue
from tui.store.store_errors import StoreError, error_sentence
from tui.text.dates import format_date
from tui.text.outside_paths import WrongPath, typed_path
from tui.ui.dialog import ask_text, yes_no
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.adoption import (
    AdoptionOptions,
    CannotAdopt,
    read_day,
    read_paper,
    record_adoption,
    version_number_words,
)
from tui.workspace.adoption_obstacles import Obstacle, obstacles
from tui.workspace.workspace import Workspace, current_moment

if TYPE_CHECKING:
    from tui.ui.host import Host
    from tui.workspace.unfinished_texts import Typing


class AdoptScreen(RowsScreen):
    """The facts that the adopted text will print of its adoption; the text is adopted after a confirmation."""

    about = N_("What stands in the way, and what the adopted text will say of itself. Enter changes a line, or adopts.")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.resolution = ""  # the resolution or meeting that adopts the text
        self.reason = ""  # why it is adopted in spite of obstacles
        self.day = current_moment()[:10]  # the ISO date of the adoption
        self.file: Path | None = None  # the adopted text as a file; None: today's text is the adopted one
        self._typed: list[Typing] = []  # what was typed in dialogs, kept until the text is adopted

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Record the adopted text")

    def rows(self) -> Sequence[PageRow]:
        """Return the facts of the adoption, then the obstacles."""
        obstacles_found = obstacles(self.workspace)
        lang, empty = self.workspace.lang, "—"
        file_words = str(self.file) if self.file is not None else _("today's text, as it stands here")
        adopt_words = _("Adopt all the same") if obstacles_found else _("Adopt this text")
        rows = [
            PageRow(_("Resolution or meeting: {text}").format(text=self.resolution or empty), "", self._ask_resolution),
            PageRow(_("Date of the adoption: {date}").format(date=format_date(self.day, lang)), "", self._ask_day),
            PageRow(_("What was adopted: {text}").format(text=file_words), "", self._ask_file),
        ]
        if obstacles_found:
            rows.append(PageRow(_("Why all the same: {text}").format(text=self.reason or empty), "", self._ask_reason))
        return [
            *rows,
            PageRow(adopt_words, "strong", self._adopt),
            PageRow(),
            PageRow(version_number_words(self.workspace, self.app.store), "muted"),
            PageRow(),
            *self._obstacle_rows(obstacles_found),
        ]

    def _obstacle_rows(self, obstacles_found: Sequence[Obstacle]) -> Sequence[PageRow]:
        """Return a row for each obstacle, or one row that there is none."""
        if not obstacles_found:
            return [PageRow(_("Nothing stands in the way."), "done")]
        title = _("What stands in the way · {n}").format(n=len(obstacles_found))
        return [
            PageRow(title, "heading"),
            *(PageRow(obstacle.words, "", self._opener(obstacle)) for obstacle in obstacles_found),
        ]

    def _opener(self, obstacle: Obstacle) -> Callable[[], None]:
        """Return what Enter does on an obstacle: go to its field."""
        return lambda: self.to_field(obstacle.question, obstacle.partner)

    def _ask_resolution(self) -> None:
        """Ask by which resolution or meeting the text was adopted."""

        def take_text(text: str | None) -> bool:
            if text is not None:
                self.resolution = text.strip()
                self.paint()
            return False  # kept until the text is adopted

        title = _("By which resolution or meeting? (may stay empty)")
        self._typed.append(ask_text(self.app, "adopt.resolution", title, take_text, text=self.resolution))

    def _ask_day(self) -> None:
        """Ask on which day the text was adopted."""

        def take_text(text: str | None) -> bool:
            try:
                self.day = read_day(text, self.workspace.lang) if text else self.day
            except BadValue as error:
                self.app.say(str(error))
                return False
            self.paint()
            return True

        date = format_date(self.day, self.workspace.lang)
        ask_text(self.app, "adopt.date", _("On which day was it adopted?"), take_text, text=date)

    def _ask_file(self) -> None:
        """Ask for the path of the paper that was adopted; empty for today's text."""

        def take_text(text: str | None) -> bool:
            if text is not None and not text.strip():
                self.file = None
            elif text:
                try:
                    self.file = read_paper(typed_path(text, _("Path of the adopted file; empty for today's text")))
                except (WrongPath, BadValue) as error:
                    self.app.say(str(error))
                    return False
            self.paint()
            return False  # kept until the text is adopted

        title = _("Path of the adopted file; empty for today's text")
        self._typed.append(ask_text(self.app, "adopt.file", title, take_text, text=str(self.file or "")))

    def _ask_reason(self) -> None:
        """Ask why the text is adopted although obstacles are left."""

        def take_text(text: str | None) -> bool:
            if text is not None:
                self.reason = text.strip()
                self.paint()
            return False  # kept until the text is adopted

        title = _("Why is it adopted although something stands in the way?")
        self._typed.append(ask_text(self.app, "adopt.reason", title, take_text, text=self.reason))

    def _adopt(self) -> None:
        """Ask for a confirmation, then adopt the text; with obstacles a reason is needed first."""
        if obstacles(self.workspace) and not self.reason:
            self.say_to_room(_("Something stands in the way: say first why it is adopted all the same."))
            return

        def take_answer(answer: str | None) -> None:
            if answer == "yes" and self._record():
                for typing in self._typed:
                    typing.done()

        self.app.push_screen(yes_no(_("Keep today's text as the adopted one?")), take_answer)

    def _record(self) -> bool:
        """Record the adoption and leave the page; if it is refused, say why and return False."""
        try:
            options = AdoptionOptions(self.day, self.resolution, self.reason, self.file)
            record_adoption(self.workspace, self.app.store, options)
        except (OSError, StoreError, CannotAdopt) as error:
            self.app.say(error_sentence(error))
            return False
        self.dismiss(None)
        self.app.repaint()
        self.app.say(_("Adopted: this text is kept, and any later change will show."))
        return True


def open_adopt(app: Host) -> None:
    """Show the page of the adoption."""
    if app.workspace is not None:
        app.push_screen(AdoptScreen(app.workspace))
