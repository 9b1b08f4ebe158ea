"""Where the store of an account lies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tui.resources import own_folder


def default_root(environ: Mapping[str, str]) -> Path:
    """ENTENTE_STORE, else $XDG_DATA_HOME/entente, else ~/.local/share/entente (XDG Base Directory Specification)."""
    if named := environ.get("ENTENTE_STORE"):
        return Path(named).expanduser()
    return own_folder(environ, "XDG_DATA_HOME")
