"""The page with the table of each partner's level and contributions."""

from __future__ import annotations

from collections.abc import Sequence

from tui.agreement.blocks import Agreement
from tui.commands import DOCUMENT, hint
from tui.i18n import N_, _
from tui.screens.agreement_screen import begin_projecting
from tui.screens.table_projection import LevelsProjection, levels_of
from tui.screens.versions_screen import ReadOnlyScreen
from tui.ui.host import Host
from tui.workspace.workspace import Workspace


class LevelsScreen(ReadOnlyScreen):
    """The table as a document to read, copy, project and write to a file, by the letters of the agreement's page."""

    where = DOCUMENT
    about = N_("The level of each partner and what it brings, from what may be seen by all. E writes it to a file.")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(levels_of(workspace), _("levels"))
        self._workspace = workspace

    def own_document(self) -> Agreement:
        """Return the table."""
        return self.agreement

    def own_document_name(self) -> str:
        """Return the end of the name of its file."""
        return self.file_name_end

    def own_command(self) -> tuple[str, ...]:
        """Return the command that prints the table."""
        return ("levels",)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of the page, with what they do."""
        return [*hint("copy", _("copy")), *hint("project", _("project")), *super().keys()]

    def run_own_command(self, command_id: str) -> bool:
        """Project the table by "project". Return True for this command and for "levels", which shows this page."""
        if command_id == "project":
            begin_projecting(self.app, LevelsProjection(self._workspace, "", self.app.theme))
        return command_id in ("project", "levels")


def show_levels(app: Host) -> None:
    """Show the table of levels and contributions."""
    if app.workspace is not None:
        app.push_screen(LevelsScreen(app.workspace))
