"""The store: how partnerships are kept on disk or on a server. It is the only package that imports TinyDB.

The other packages import the public names from here. Each is loaded from its module when it is first used, so that
commands which need little start fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.store.author import default_author
    from tui.store.journal import Session
    from tui.store.partnership_store import Store, open_store
    from tui.store.store_errors import Author, Destroyed, Problem, Saved, Summary
    from tui.store.store_root import default_place

# public name → module of this package that holds it
_MODULES = {
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
    """Return a public name of the store, loaded from its module."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
