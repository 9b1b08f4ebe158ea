"""What was typed kept apart from what comes next: two changes of one cell within a save would be one in the history."""

from __future__ import annotations

from contextlib import suppress

from tui.desk.desk import Desk
from tui.store.errors import StoreError


def keep_apart(desk: Desk) -> None:
    """End the step of undo and save now; where the disk cannot take it, it stays to be saved with what comes next."""
    desk.edits.end_stretch()
    with suppress(StoreError):
        desk.flush()
