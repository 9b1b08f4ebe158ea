"""Where the store of an account lies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tui.resources import own_folder
from tui.text.outside_paths import outside_path


def default_root(environ: Mapping[str, str]) -> Path:
    """ENTENTE_STORE, else $XDG_DATA_HOME/entente, else ~/.local/share/entente (XDG Base Directory Specification).

    Raises WrongPath where ENTENTE_STORE is no whole path: a store in whatever folder one stands in is found by nobody.
    """
    if named := environ.get("ENTENTE_STORE"):
        return outside_path(named, "ENTENTE_STORE")
    return own_folder(environ, "XDG_DATA_HOME")
