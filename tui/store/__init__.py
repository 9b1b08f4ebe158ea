"""The store: the only room that imports TinyDB; sealed copies, a lock, a journal, recovery. Names load when used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.store.author import default_author
    from tui.store.partnerships import Store, default_root, open_store
    from tui.store.session import Session
    from tui.store.types import Author, Destroyed, Problem, Saved, Summary

_HOMES = {
    "Author": "types",
    "Destroyed": "types",
    "Problem": "types",
    "Saved": "types",
    "Summary": "types",
    "Session": "session",
    "Store": "partnerships",
    "default_author": "author",
    "default_root": "partnerships",
    "open_store": "partnerships",
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
    "default_root",
    "open_store",
]


def __getattr__(name: str) -> object:
    """Load a public name from its file the first time it is asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
