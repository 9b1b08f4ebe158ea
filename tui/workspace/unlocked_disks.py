"""A store on a disk whose locks keep nobody out: the question before anything is written, in app and line mode."""

from __future__ import annotations

from pathlib import Path

from tui.i18n import _
from tui.settings import remember
from tui.store import Store


def unlocked_question(store: Store) -> str:
    """Return what is asked before anything is written in `store`; "" where its locks work, or yes was said already."""
    refused = store.unlocked()
    return "" if refused is None else refused.told + " " + _("Save there all the same?")


def save_all_the_same(store: Store, settings_file: Path) -> None:
    """Write in `store` from now on, and remember in the person's settings that they said yes to it.

    Raises OSError and SettingsError where that cannot be remembered: then the yes is for this time alone.
    """
    store.allow_unlocked()
    remember(settings_file, without_locks=str(store.root.absolute()))
