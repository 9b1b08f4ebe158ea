"""The commands undo and redo of the open partnership: they say what changed, and the page shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.i18n import _
from tui.workspace.cell_labels import undone_words

if TYPE_CHECKING:
    from tui.ui.host import Host


def undo(app: Host) -> None:
    """Take back the last step."""
    if app.workspace is not None:
        changes = app.workspace.undo()
        app.page.show_restored()
        app.say(undone_words(app.workspace, changes) if changes else _("Nothing left to undo."))


def redo(app: Host) -> None:
    """Do the last undone step again."""
    if app.workspace is not None:
        changes = app.workspace.redo()
        app.page.show_restored()
        app.say(undone_words(app.workspace, changes, again=True) if changes else _("Nothing left to redo."))
