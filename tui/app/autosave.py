"""Saves the app's open partnership in a thread, a moment after the last key, and tries again after a failure."""

from __future__ import annotations

import asyncio
import os
from asyncio import Future
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual.timer import Timer

from tui.app.change_poller import ChangePoller
from tui.i18n import _
from tui.partnership.values import Partnership
from tui.screens.header_footer import RETRY_AFTER_SECONDS, short_reason
from tui.store.store_errors import NotFound, StoreError
from tui.workspace import place
from tui.workspace.pending_edits import Batch
from tui.workspace.shutdown import rescue, text_of
from tui.workspace.workspace import SaveState, Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

SAVE_AFTER_SECONDS = 0.3  # after the last key (store.md)


class AutoSave:
    """Keeps the app's open partnership on disk. `saving` is True while the thread saves.

    The bars are the lines above and below a page that tell how far saving is and who else edits.
    """

    def __init__(self, app: Host) -> None:
        self._app = app
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="save")
        self.unsaved = False  # whether the app ended with changes that are in no store
        self._timer: Timer | None = None
        self.saving = False
        self.poller = ChangePoller(app, self)

    def stop(self) -> None:
        """End the saving thread, as the app ends."""
        self._pool.shutdown(wait=False)

    def opened(self, workspace: Workspace) -> None:
        """Begin to save a partnership that was opened: its journal, and the poll for other editors.

        From here on each of its edits is saved a moment later. If nothing can be written the partnership stays open to
        be read, and the bars say so.
        """
        workspace.on_change = self.edited
        try:
            self.new_journal(workspace)
            self.poller.opened(workspace)
        except StoreError as error:
            self.lost(workspace, error)

    def edited(self) -> None:
        """Save soon: SAVE_AFTER_SECONDS seconds after the last call."""
        self._save_in(SAVE_AFTER_SECONDS)

    def _save_in(self, seconds: float) -> None:
        """Save after so many seconds, instead of at the time planned before."""
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(seconds, self.save)

    def save(self) -> None:
        """Hand the pending changes to the saving thread; while it saves, newer changes wait for the next call."""
        workspace = self._app.workspace
        if workspace is None or self.saving:
            return
        batch = workspace.next_batch()
        if batch is None:
            return
        self.saving = True
        future = asyncio.get_running_loop().run_in_executor(self._pool, workspace.write, batch)
        future.add_done_callback(lambda done: self._saved(workspace, batch, done))

    def _saved(self, workspace: Workspace, batch: Batch, future: Future[Any]) -> None:
        """Take in how a save in the thread ended, and save again if changes are still pending."""
        self.saving = False
        error = future.exception()
        if not workspace.edits.is_saving or workspace is not self._app.workspace:
            pass  # `save_now` saved it in the meantime, or the partnership was closed
        elif error is None:
            self._take_in_saved(workspace, batch, future.result())
        elif isinstance(error, StoreError):
            self._take_in_failure(workspace, error)
        else:
            raise error
        open_now = self._app.workspace
        # Changes are left if the save failed, or if they were made while it was under way.
        if open_now is not None and open_now.edits.unsaved:
            self._save_in(RETRY_AFTER_SECONDS if open_now.state.kind == "failed" else SAVE_AFTER_SECONDS)
        self.paint_around()

    def _take_in_saved(self, workspace: Workspace, batch: Batch, partnership: Partnership) -> None:
        """Take in what a save left on disk, with what others changed there; after a failure begin a new journal."""
        before, failed_before = workspace.edits.synced, workspace.state.kind == "failed"
        workspace.batch_saved(partnership)
        try:
            self.poller.take_note_of_others(
                workspace, before, batch, self._app.store.seen_signature(workspace.partnership.id)
            )
            if failed_before and not workspace.edits.at_risk:
                self.new_journal(workspace)
        except StoreError as error:
            self.lost(workspace, error)

    def new_journal(self, workspace: Workspace) -> None:
        """Replace the journal of `workspace` by a new one: after a failure the folder may be another one.

        Raises StoreError if it cannot be written.
        """
        journal = self._app.store.session(workspace.partnership.id)
        if workspace.journal is not None:
            workspace.journal.close()
        workspace.journal = journal

    def save_now(self) -> None:
        """Save all that is pending before this returns; what the store refuses stays pending."""
        workspace = self._app.workspace
        if workspace is None:
            return
        try:
            workspace.flush()
        except StoreError as error:
            self._take_in_failure(workspace, error)

    def _take_in_failure(self, workspace: Workspace, error: StoreError) -> None:
        """Keep a batch that could not be saved, and let the bars say why."""
        reason = self._reason(workspace, error)
        workspace.batch_failed(str(reason))
        workspace.state = replace(workspace.state, short=short_reason(reason))

    def _reason(self, workspace: Workspace, error: StoreError) -> StoreError:
        """Return the error to show: if an open partnership is not found, its folder has been taken away."""
        return self._app.store.vanished_error(workspace.partnership.id) if isinstance(error, NotFound) else error

    def put_away(self, *, leaving: bool) -> bool:
        """Save the open partnership and close it; return False, and keep it open, if it could not be saved.

        With `leaving` it is closed in any case: what could not be saved goes to a file, and `lines_at_end` names that
        file, or holds the text itself if no file can be written.
        """
        app, workspace = self._app, self._app.workspace
        if workspace is None:
            return True
        self.save_now()
        if workspace.edits.at_risk:
            if not leaving:
                return False
            app.lines_at_end += _rescue_lines(workspace)
            self.unsaved = True
        place.keep_place(
            app.memory,
            workspace.partnership.id,
            workspace.place.to_fields(),
            last=workspace.partnership.id if leaving else "",
        )
        if workspace.journal is not None:
            workspace.journal.close()
        app.workspace = None
        return True

    def lost(self, workspace: Workspace, error: StoreError) -> None:
        """Let the bars say at once that the store cannot be reached, before anything is typed."""
        if workspace.state.kind != "failed":
            reason = self._reason(workspace, error)
            workspace.state = SaveState("failed", workspace.state.at, str(reason), short_reason(reason))

    def paint_around(self) -> None:
        """Paint the bars that tell of saving and of other editors, on each page that is seen."""
        if not self._app.is_running:  # a save may end while the app closes its pages
            return
        for page in self._app.pages:
            page.paint_around()
            if not page.is_modal:
                break  # a whole page hides the pages under it, a dialog does not


def _rescue_lines(workspace: Workspace) -> list[str]:
    """Write the unsaved changes to a file; return the lines to print: why, and its path, or without a file the text."""
    path = rescue(workspace, os.environ)
    reason = _("NOT SAVED: {reason}").format(reason=workspace.state.reason)
    if path is None:
        return [reason, text_of(workspace)]
    return [reason, _("Your last changes are in this file: {path}").format(path=path)]
