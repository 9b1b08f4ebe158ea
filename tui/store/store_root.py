"""The place of the store of an account: a folder, or the address of a server."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tui.resources import own_folder
from tui.text.server_addresses import place_of_store


def default_place(environ: Mapping[str, str], chosen: str = "") -> Path | str:
    """Return the store's folder, or the address of its server.

    It is the one in ENTENTE_STORE, else `chosen`, from the settings, else the account's data folder. Raises WrongPath
    if the value is no path that can be used.
    """
    for given, source in ((environ.get("ENTENTE_STORE", ""), "ENTENTE_STORE"), (chosen, "store")):
        if given:
            return place_of_store(given, source)
    return own_folder(environ, "XDG_DATA_HOME")
