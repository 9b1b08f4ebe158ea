"""The page of the life of a sentence: its wordings, decisions and answers, from the first one to today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.guide.guide_types import Field
from tui.i18n import N_, _
from tui.partnership.sentence_life import LifeStep
from tui.partnership.values import Entry
from tui.ui.page import PageRow, RowsScreen
from tui.workspace.sentence_words import SentenceLife
from tui.workspace.workspace import Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host


class LifeScreen(RowsScreen):
    """The steps in the life of one sentence, the earliest first; « p » hides the private ones."""

    about = N_(
        "Where this sentence comes from: its wordings, what decided it, who said yes to it, in which versions it "
        "stands. Enter opens the place of a step. P leaves only what may be shown to the others."
    )

    def __init__(self, workspace: Workspace, life: SentenceLife) -> None:
        super().__init__(workspace)
        self._life = life
        self._shareable_only = False

    def heading(self) -> str:
        """Return the title of the page."""
        return _("Life of this sentence")

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the page, with what they do."""
        other = _("all of it") if self._shareable_only else _("what may be shown")
        return [("↑↓", _("line")), (_("Enter"), _("open")), ("p", other), (_("Esc"), _("back"))]

    def rows(self) -> Sequence[PageRow]:
        """Return the sentence as it is now, then its steps."""
        life = self._life
        text, steps = life.sentence_and_steps(for_all=self._shareable_only)
        rows = [PageRow(text, "strong"), PageRow()]
        if not steps:
            rows.append(PageRow(_("Nothing of it may be shown yet."), "hint"))
        for step in steps:
            style = "muted" if step.private else ""
            rows.append(PageRow(life.words(step), style, self._opener(step), life.date(step)))
        return rows

    def act(self, key: str) -> bool:
        """Act on a key: « p » shows all steps, or only what may be shown to others.

        Return whether the key did something.
        """
        if key.lower() != "p":
            return super().act(key)
        self._shareable_only = not self._shareable_only
        self.paint()
        return True

    def _opener(self, step: LifeStep) -> Callable[[], None]:
        """Return what Enter does on a step: show the versions, or go to the entry of the step."""

        def act() -> None:
            if step.version:
                self.dismiss(None)
                self.app.run_command("versions")
            else:
                entry = self.workspace.partnership.entry(step.entry) or self._life.entry
                partner = entry.subject[0] if entry.subject else ""
                self.to_field(entry.question, partner, entry.id, "")

        return act


def show_life(app: Host) -> None:
    """Show the life of the current sentence of the question or the document."""
    target: tuple[Entry, Field] | None = app.page.take_field()
    workspace = app.workspace
    if target is None or workspace is None:
        app.page.say_to_room(_("Stand on a sentence first."))
        return
    app.push_screen(LifeScreen(workspace, SentenceLife(workspace, app.store, *target)))
