"""Where the store of an account lies: in a folder, or on a server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tui.resources import own_folder
from tui.text.outside_paths import outside_path
from tui.text.server_addresses import is_server


def default_place(environ: Mapping[str, str], chosen: str = "") -> Path | str:
    """Return the store's folder, or the address of its server: ENTENTE_STORE, else `chosen` in the settings, else ours.

    Raises WrongPath where a path is none.
    """
    for named, source in ((environ.get("ENTENTE_STORE", ""), "ENTENTE_STORE"), (chosen, "store")):
        if is_server(named):
            return named.strip()
        if named:
            return outside_path(named, source)
    return own_folder(environ, "XDG_DATA_HOME")
