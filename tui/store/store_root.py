"""The place of the store of an account: a folder, or the address of a server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tui.resources import own_folder
from tui.text.outside_paths import outside_path
from tui.text.server_addresses import is_server


def default_place(environ: Mapping[str, str], chosen: str = "") -> Path | str:
    """Return the store's folder, or the address of its server.

    It is the one in ENTENTE_STORE, else `chosen`, from the settings, else the account's data folder. Raises WrongPath
    if the value is no path that can be used.
    """
    for given, source in ((environ.get("ENTENTE_STORE", ""), "ENTENTE_STORE"), (chosen, "store")):
        if is_server(given):
            return given.strip()
        if given:
            return outside_path(given, source)
    return own_folder(environ, "XDG_DATA_HOME")
