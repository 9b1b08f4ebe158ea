"""Where the store of an account lies."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def default_root(environ: Mapping[str, str]) -> Path:
    """ENTENTE_STORE, else $XDG_DATA_HOME/entente, else ~/.local/share/entente (XDG Base Directory Specification)."""
    if named := environ.get("ENTENTE_STORE"):
        return Path(named).expanduser()
    home = environ.get("XDG_DATA_HOME") or os.path.join(environ.get("HOME") or os.path.expanduser("~"), ".local/share")
    return Path(home) / "entente"
