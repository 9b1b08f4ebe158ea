"""Looks twice a second who else has the partnership open and what they saved; the next key shows their changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from textual.events import Event

from tui.partnership.values import Partnership
from tui.store.store_errors import StoreError
from tui.workspace.other_editors import entries_changed_by_others, open_conflicts
from tui.workspace.pending_edits import Batch
from tui.workspace.workspace import SaveState, Workspace

if TYPE_CHECKING:
    from tui.ui.host import Host

LOOK_EVERY_SECONDS = 0.5  # (store.md)
# The other editors are counted at each tenth look: a program that is killed does not say that it ended.
_LOOKS_BETWEEN_COUNTS = 10


class Saver(Protocol):
    """What the poller needs of the object that saves, `AutoSave`."""

    saving: bool  # whether a save is under way

    def lost(self, workspace: Workspace, error: StoreError) -> None:
        """Say that `workspace` cannot be read or written any more."""

    def new_journal(self, workspace: Workspace) -> None:
        """Begin another journal for `workspace`. Raises StoreError if it cannot be written."""

    def paint_around(self) -> None:
        """Paint the bars that tell of saving and of other editors."""


class ChangePoller:
    """Finds what others save of the app's open partnership, takes it into the workspace, and shows it at a key."""

    def __init__(self, app: Host, autosave: Saver) -> None:
        self._app = app
        self._autosave = autosave
        self._seen_signature: object = None  # of the stored documents, as last taken in
        self._change_mark: object = None  # of the store, as the last glance saw it: another value means a change
        self._people_mark = 0  # of the other editors, as last counted: another value means that one came or left
        self._looks = 0  # how often `look` has looked since the partnership was opened
        self._is_behind = False  # whether others changed something that the panes do not show yet

    def start(self, also: Callable[[], None]) -> None:
        """Glance every LOOK_EVERY_SECONDS until the app ends, and call `also` each time; called once the app runs.

        A glance is cheap, and finds out whether a look, which reads what changed, is worth its cost.
        """
        self._glance(asyncio.get_running_loop(), also)

    def _glance(self, loop: asyncio.AbstractEventLoop, also: Callable[[], None]) -> None:
        """Look if something may have changed, call `also`, and plan the next glance."""
        if self._may_have_changed():
            self._app.call_later(self.look)
        also()
        if self._app.is_running:
            loop.call_later(LOOK_EVERY_SECONDS, self._glance, loop, also)

    def _may_have_changed(self) -> bool:
        """Return whether a look is worth its cost; to know takes three `stat` calls, for a server no call at all."""
        workspace = self._app.workspace
        if workspace is None or self._autosave.saving:
            return False
        if workspace.other_editors.present or workspace.state.kind == "failed":
            return True  # only a look finds that a killed program is gone, or that a lost folder is back
        mark = self._app.store.change_mark(workspace.partnership.id)
        has_changed = mark != self._change_mark
        self._change_mark = mark
        return has_changed

    def opened(self, workspace: Workspace) -> None:
        """Begin with a partnership that was opened: remember how it is stored, and count the other editors."""
        self._looks, self._is_behind = 0, False
        self._seen_signature = self._app.store.seen_signature(workspace.partnership.id)
        self._people_mark = self._app.store.people_mark(workspace.partnership.id)
        self._count_editors(workspace)

    def look(self) -> None:
        """Find out whether others saved something, came or left, and take it in; mostly this costs two `stat` calls."""
        workspace = self._app.workspace
        if workspace is None or self._autosave.saving:
            return
        bars_before = _values_in_bars(workspace)
        try:
            self._look_at_store(workspace)
        except StoreError as error:
            self._autosave.lost(workspace, error)
        else:
            self._recover(workspace)
        if _values_in_bars(workspace) != bars_before:
            self._autosave.paint_around()

    def _look_at_store(self, workspace: Workspace) -> None:
        """Do the work of `look`. Raises StoreError if the store cannot be read."""
        store, partnership_id = self._app.store, workspace.partnership.id
        signature, somebody_left = store.signature(partnership_id), False
        people_mark = store.people_mark(partnership_id)
        self._looks += 1
        is_time_to_count = workspace.other_editors.present and self._looks % _LOOKS_BETWEEN_COUNTS == 0
        if people_mark != self._people_mark or is_time_to_count:
            self._people_mark = people_mark
            somebody_left = self._count_editors(workspace)
        if signature != self._seen_signature or somebody_left:
            before = workspace.edits.synced
            workspace.reload()  # this brings in what a killed program had typed and not saved as well
            self.take_note_of_others(workspace, before, Batch(()), signature)

    def _count_editors(self, workspace: Workspace) -> bool:
        """Count the other editors. Return whether one of them has left."""
        before = workspace.other_editors.present
        workspace.other_editors.note_present(workspace.others())
        return any(name not in workspace.other_editors.present for name in before)

    def take_note_of_others(self, workspace: Workspace, before: Partnership, batch: Batch, signature: object) -> None:
        """Note what others changed between `before` and what the workspace has just read; `batch` was saved from here.

        `signature` is that of the store at this reading or earlier: a later one makes `look` read again. Raises
        StoreError if the history cannot be read.
        """
        self._seen_signature = signature
        entries = entries_changed_by_others(before, workspace.edits.synced, batch.changes)
        if entries:
            self._is_behind = True
            past = self._app.store.history(workspace.partnership.id, after=before.rev)
            workspace.other_editors.add_changes(entries, past, before.rev)

    def _recover(self, workspace: Workspace) -> None:
        """After a failure that left nothing to save, try now and then whether the store can be written again."""
        failed_with_nothing_left = workspace.state.kind == "failed" and not workspace.edits.at_risk
        if failed_with_nothing_left and self._looks % _LOOKS_BETWEEN_COUNTS == 0:
            try:
                self._autosave.new_journal(workspace)
            except StoreError:
                return
            workspace.state = SaveState("saved", workspace.state.at)

    def take_in(self, event: Event) -> None:
        """Show in the panes what others changed, as a key was pressed; the reader's place stays.

        A key that would type over a text that somebody else has changed does not show the change: the person goes on in
        the text they see, and both texts are kept.
        """
        workspace = self._app.workspace
        if workspace is None or (self._is_behind and self._app.page.may_write_over(event)):
            return
        had_changes = workspace.other_editors.forget_changes()
        if self._is_behind:
            self._is_behind = False
            self._app.page.refresh_in_place()
        elif had_changes:
            self._autosave.paint_around()


def _values_in_bars(workspace: Workspace) -> tuple[object, ...]:
    """Return all values that the bars show, to find out whether they must be painted again."""
    return (
        workspace.state,
        workspace.other_editors.present,
        len(workspace.other_editors.changes),
        len(open_conflicts(workspace.partnership)),
    )
