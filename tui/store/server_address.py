"""The folder on this machine in which an account keeps the files that never go to a PostgreSQL server."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from tui.resources import own_folder
from tui.text.server_addresses import shown_address


def local_folder(address: str, environ: Mapping[str, str]) -> Path:
    """Return the folder of this account on this machine for what never goes to the server: journals, unfinished texts.

    It is named by the address without its password, so that a new password finds the journals of the old one.
    """
    address_without_password = shown_address(address)
    readable_name = (
        re.sub(r"[^A-Za-z0-9.]+", "-", address_without_password.partition("://")[2]).strip("-")[:48] or "local"
    )
    digest = hashlib.sha256(quote(address_without_password).encode("ascii")).hexdigest()[:8]
    return own_folder(environ, "XDG_STATE_HOME") / "servers" / f"{readable_name}-{digest}"
