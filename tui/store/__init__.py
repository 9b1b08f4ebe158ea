"""The store: the only room that imports TinyDB; sealed copies, a lock, a journal, recovery. Names load when used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.store.author import default_author
    from tui.store.journal import Session
    from tui.store.partnership_store import Store, open_store
    from tui.store.store_errors import Author, Destroyed, Problem, Saved, Summary
    from tui.store.store_root import default_place

_HOMES = {
    "Author": "store_errors",
    "Destroyed": "store_errors",
    "Problem": "store_errors",
    "Saved": "store_errors",
    "Summary": "store_errors",
    "Session": "journal",
    "Store": "partnership_store",
    "default_author": "author",
    "default_place": "store_root",
    "open_store": "partnership_store",
}

__all__ = [
    "Author",
    "Destroyed",
    "Problem",
    "Saved",
    "Session",
    "Store",
    "Summary",
    "default_author",
    "default_place",
    "open_store",
]


def __getattr__(name: str) -> object:
    """Load a public name from its file the first time it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
