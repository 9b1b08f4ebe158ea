"""The host of every page: what a page or a command may ask of the app, whichever screens the app has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.terminal.diff_app import DiffApp

if TYPE_CHECKING:
    from tui.guide.guide_types import Guide
    from tui.i18n import Language
    from tui.settings import Settings
    from tui.store import Store
    from tui.workspace.unfinished_texts import UnfinishedTexts
    from tui.workspace.workspace import Workspace


class Host(DiffApp[None], inherit_bindings=False):
    """An app with at most one open partnership. `tui.app.app.EntenteApp` is the one that runs."""

    store: Store
    settings: Settings
    guide: Guide
    lang: Language  # of the interface
    workspace: Workspace | None  # of the open partnership
    unfinished: UnfinishedTexts  # what is being typed in windows
    memory: Path  # the file that keeps where the person was in each partnership
    said_at_end: list[str]  # printed on stdout once the terminal is itself again
    advice: str  # what to try where a copy does not arrive, "" for nothing
    handed: list[str]  # the path last written to, then the lines that fetch it

    def open(self, partnership_id: str) -> None:
        """Open a partnership where it was left; a StoreError is said on the present screen."""
        raise NotImplementedError

    def close_workspace(self, *, leaving: bool = False) -> bool:
        """Save and put the open partnership away; return False, and keep it open, if it could not be saved.

        `leaving` the app, it is the one to open next time.
        """
        raise NotImplementedError

    def begin_journal(self) -> None:
        """Begin another journal for the open partnership, since the one before went with its private notes."""
        raise NotImplementedError

    def moved(self) -> None:
        """Save what is pending now, and keep the place the person went to."""
        raise NotImplementedError

    def save(self) -> None:
        """Save what is pending now."""
        raise NotImplementedError

    def run_command(self, name: str) -> None:
        """Run the command whose id is `name`, if it is valid on the present screen. KeyError if there is none."""
        raise NotImplementedError

    def to_list(self) -> None:
        """Go back to the list of partnerships; the open one is saved and put away."""
        raise NotImplementedError

    def leave(self) -> None:
        """Quit, unless what was typed could not be saved."""
        raise NotImplementedError

    def repaint(self) -> None:
        """Paint the present screen anew after the language or the value changed."""
        raise NotImplementedError

    def write_here(self) -> None:
        """Write at the workspace's place, coming from the document or a page."""
        raise NotImplementedError

    def choose_theme(self, name: str) -> None:
        """Use the theme `name` now and at each start."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """Show `text` in the last line of the present screen."""
        raise NotImplementedError
