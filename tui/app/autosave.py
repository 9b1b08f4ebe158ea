"""Saves from a thread of its own, a moment after the last key, and tries again what failed."""

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
from tui.screens.header_footer import RETRY_AFTER, in_short
from tui.store.store_errors import NotFound, StoreError
from tui.workspace import place
from tui.workspace.pending_edits import Batch
from tui.workspace.shutdown import rescue, text_of
from tui.workspace.workspace import SaveState, Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

SAVE_AFTER = 0.3  # seconds (store.md)


class AutoSave:
    """Keeps the app's open partnership on disk. `saving` while the thread is at it."""

    def __init__(self, app: Host) -> None:
        self._app = app
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="save")
        self.unsaved = False  # whether the app ended with changes that are in no store
        self._timer: Timer | None = None
        self.saving = False
        self.poller = ChangePoller(app, self)

    def stop(self) -> None:
        """The app ends: nothing more will be saved from the thread."""
        self._pool.shutdown(wait=False)

    def opened(self, workspace: Workspace) -> None:
        """A partnership was opened: begin its journal, remember how it lies on disk, and count who is here.

        From here on each of its edits is saved a moment later, whoever makes it. Where nothing can be written it is
        opened all the same, to be read; the bars say so.
        """
        workspace.on_change = self.edited
        try:
            self.new_journal(workspace)
            self.poller.opened(workspace)
        except StoreError as error:
            self.lost(workspace, error)

    def edited(self) -> None:
        """Something was typed: save a moment after the last key."""
        self._save_in(SAVE_AFTER)

    def _save_in(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._app.set_timer(seconds, self.save)

    def save(self) -> None:
        """Hand what is pending to the saving thread, one save at a time; the latest state wins."""
        workspace = self._app.workspace
        if workspace is None or self.saving:
            return
        batch = workspace.next_batch()
        if batch is None:
            return
        self.saving = True
        future = asyncio.get_running_loop().run_in_executor(self._pool, workspace.write, batch)
        future.add_done_callback(lambda done: self._saved(workspace, batch, done))

    def _saved(self, workspace: Workspace, batch: Batch, done: Future[Any]) -> None:
        self.saving = False
        error = done.exception()
        if not workspace.edits.under_way or workspace is not self._app.workspace:
            pass  # it was saved here and now meanwhile
        elif error is None:
            self._written(workspace, batch, done.result())
        elif isinstance(error, StoreError):
            self._not_written(workspace, error)
        else:
            raise error
        open_now = self._app.workspace
        if open_now is not None and open_now.edits.unsaved:  # it failed, or was asked for while this save was under way
            self._save_in(RETRY_AFTER if open_now.state.kind == "failed" else SAVE_AFTER)
        self.paint_around()

    def _written(self, workspace: Workspace, batch: Batch, partnership: Partnership) -> None:
        before, failed = workspace.edits.synced, workspace.state.kind == "failed"
        workspace.batch_saved(partnership)
        try:
            self.poller.take_note_of_others(
                workspace, before, batch, self._app.store.seen_signature(workspace.partnership.id)
            )
            if failed and not workspace.edits.at_risk:
                self.new_journal(workspace)
        except StoreError as error:
            self.lost(workspace, error)

    def new_journal(self, workspace: Workspace) -> None:
        """A journal in the folder as it is now: after a failure it may be another one."""
        fresh = self._app.store.session(workspace.partnership.id)
        if workspace.journal is not None:
            workspace.journal.close()
        workspace.journal = fresh

    def save_now(self) -> None:
        """Save all that is pending; what the store refuses stays pending."""
        workspace = self._app.workspace
        if workspace is None:
            return
        try:
            workspace.flush()
        except StoreError as error:
            self._not_written(workspace, error)

    def _not_written(self, workspace: Workspace, error: StoreError) -> None:
        told = self._told(workspace, error)
        workspace.batch_failed(str(told))
        workspace.state = replace(workspace.state, short=in_short(told))

    def _told(self, workspace: Workspace, error: StoreError) -> StoreError:
        """A partnership that is open and not found has been taken away."""
        return self._app.store.vanished(workspace.partnership.id) if isinstance(error, NotFound) else error

    def put_away(self, *, leaving: bool) -> bool:
        """Save the open partnership and close it. False when it could not be saved.

        `leaving` the app, it is closed all the same: what could not be saved goes to a file, which is named on the
        standard output once the terminal is itself again; without any such file the text itself stands there.
        """
        app, workspace = self._app, self._app.workspace
        if workspace is None:
            return True
        self.save_now()
        if workspace.edits.at_risk:
            if not leaving:
                return False
            app.lines_at_end += _rescued(workspace)
            self.unsaved = True
        place.keep(
            app.memory,
            workspace.partnership.id,
            workspace.place.written(),
            last=workspace.partnership.id if leaving else "",
        )
        if workspace.journal is not None:
            workspace.journal.close()
        app.workspace = None
        return True

    def lost(self, workspace: Workspace, error: StoreError) -> None:
        """The folder cannot be reached: said at once, before anything is typed."""
        if workspace.state.kind != "failed":
            told = self._told(workspace, error)
            workspace.state = SaveState("failed", workspace.state.at, str(told), in_short(told))

    def paint_around(self) -> None:
        """What the bars say of saving and of others; a save may end when the app is already closing its screens."""
        if not self._app.is_running:
            return
        for page in self._app.pages:
            page.paint_around()
            if not page.is_modal:
                break  # what lies under a whole page is not seen; behind a window it is


def _rescued(workspace: Workspace) -> list[str]:
    """Return what is to be read after the program has ended: why, and where the unsaved changes are."""
    path = rescue(workspace, os.environ)
    said = _("NOT SAVED: {reason}").format(reason=workspace.state.reason)
    return [
        said,
        text_of(workspace) if path is None else _("Your last changes are in this file: {path}").format(path=path),
    ]
