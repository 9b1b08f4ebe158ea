"""A store on a disk without working file locks: app and line mode ask before they write anything there."""

from __future__ import annotations

from pathlib import Path

from tui.i18n import _
from tui.settings import remember
from tui.store import Store


def unlocked_question(store: Store) -> str:
    """Return the question before anything is written in `store`; "" where its locks work or it was answered by yes."""
    refused = store.unlocked_error()
    return "" if refused is None else refused.explanation + " " + _("Save there all the same?")


def save_all_the_same(store: Store, settings_file: Path) -> None:
    """Allow writing in `store`, and remember that in the person's settings.

    Raises OSError or SettingsError where it cannot be remembered: then writing is allowed for this time alone.
    """
    store.allow_unlocked()
    remember(settings_file, without_locks=str(store.root.absolute()))
