"""Looks twice a second who else is here and what they saved; their changes are shown at the next key only."""

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

LOOK_EVERY = 0.5  # seconds (store.md)
_COUNT_AGAIN = 10  # looks between two counts of those here: one whose program was killed leaves no trace


class Saver(Protocol):
    """What the poller asks of the one who saves."""

    saving: bool  # whether a save is under way

    def lost(self, workspace: Workspace, error: StoreError) -> None:
        """Say that `workspace` cannot be read or written any more."""

    def new_journal(self, workspace: Workspace) -> None:
        """Begin another journal for `workspace`. Raises StoreError if it cannot be written."""

    def paint_around(self) -> None:
        """Paint the first and the last lines."""


class ChangePoller:
    """Brings into the app's open partnership what others do to it."""

    def __init__(self, app: Host, autosave: Saver) -> None:
        self._app = app
        self._autosave = autosave
        self._seen: object = None
        self._marks: object = None  # what the last glance saw
        self._people = 0  # the mark of who is here, as last seen
        self._looks = 0
        self._unmet = False  # others changed something that the panes do not show yet

    def start(self, also: Callable[[], None]) -> None:
        """Begin to look, and to call `also` as often; called once the app runs."""
        self._glance(asyncio.get_running_loop(), also)

    def _glance(self, loop: asyncio.AbstractEventLoop, also: Callable[[], None]) -> None:
        """Look where there is something to see: a glance at a folder is three `stat` calls, at a server none at all."""
        if self._something():
            self._app.call_later(self.look)
        also()
        if self._app.is_running:
            loop.call_later(LOOK_EVERY, self._glance, loop, also)

    def _something(self) -> bool:
        workspace = self._app.workspace
        if workspace is None or self._autosave.saving:
            return False
        if workspace.other_editors.present or workspace.state.kind == "failed":
            return True  # who left without a trace, and a folder that came back, are found by looking
        marks = self._app.store.change_mark(workspace.partnership.id)
        same, self._marks = marks == self._marks, marks
        return not same

    def opened(self, workspace: Workspace) -> None:
        """A partnership was opened: remember how it lies on disk, and count who is here."""
        self._looks, self._unmet = 0, False
        self._seen = self._app.store.seen_signature(workspace.partnership.id)
        self._people = self._app.store.people_mark(workspace.partnership.id)
        self._count(workspace)

    def look(self) -> None:
        """Look whether another person saved something, came or left; costs two `stat` calls as a rule."""
        workspace = self._app.workspace
        if workspace is None or self._autosave.saving:
            return
        shown = _shown(workspace)
        try:
            self._look(workspace)
        except StoreError as error:
            self._autosave.lost(workspace, error)
        else:
            self._found_again(workspace)
        if shown != _shown(workspace):
            self._autosave.paint_around()

    def _look(self, workspace: Workspace) -> None:
        store, name = self._app.store, workspace.partnership.id
        seen, gone = store.signature(name), False
        people = store.people_mark(name)
        self._looks += 1
        if people != self._people or (workspace.other_editors.present and self._looks % _COUNT_AGAIN == 0):
            self._people = people
            gone = self._count(workspace)
        if seen != self._seen or gone:
            before = workspace.edits.synced
            workspace.reload()  # what a killed program had typed is brought in as well
            self.take_note_of_others(workspace, before, Batch(()), seen)

    def _count(self, workspace: Workspace) -> bool:
        """Count who is here. Returns whether somebody left."""
        before = workspace.other_editors.present
        workspace.other_editors.note_present(workspace.others())
        return any(name not in workspace.other_editors.present for name in before)

    def take_note_of_others(self, workspace: Workspace, before: Partnership, batch: Batch, seen: object) -> None:
        """The workspace took in what is on disk: count what others changed since `before`, `batch` being our own.

        `seen` is how the files stood then at the latest: whatever comes after it is looked at again.
        """
        self._seen = seen
        entries = entries_changed_by_others(before, workspace.edits.synced, batch.changes)
        if entries:
            self._unmet = True
            past = self._app.store.history(workspace.partnership.id, after=before.rev)
            workspace.other_editors.add_changes(entries, past, before.rev)

    def _found_again(self, workspace: Workspace) -> None:
        """Nothing waits to be saved: where the folder can be written again, all is well."""
        if workspace.state.kind == "failed" and not workspace.edits.at_risk and self._looks % _COUNT_AGAIN == 0:
            try:
                self._autosave.new_journal(workspace)
            except StoreError:
                return
            workspace.state = SaveState("saved", workspace.state.at)

    def take_in(self, event: Event) -> None:
        """A key was pressed: only now do the panes show what others changed, with the reader's place kept.

        Who goes on writing where somebody else wrote does so in theirs, between the same words; where these are gone,
        in the text they see: then both are kept.
        """
        workspace = self._app.workspace
        if workspace is None or (self._unmet and self._app.page.may_write_over(event)):
            return
        seen = workspace.other_editors.forget_changes()
        if self._unmet:
            self._unmet = False
            self._app.page.refresh_in_place()
        elif seen:
            self._autosave.paint_around()


def _shown(workspace: Workspace) -> tuple[object, ...]:
    """Return all that the bars say of saving and of others."""
    return (
        workspace.state,
        workspace.other_editors.present,
        len(workspace.other_editors.changes),
        len(open_conflicts(workspace.partnership)),
    )
