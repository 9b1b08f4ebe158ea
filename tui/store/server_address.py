"""The address of a store on a PostgreSQL server: known from a folder's path, shown without its password."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from tui.resources import own_folder

_SCHEMES: Final = ("postgresql://", "postgres://")
_SECRET: Final = frozenset({"password", "sslpassword", "passfile"})


def is_server(text: str) -> bool:
    """Return whether `text` is the address of a server, and no path of a folder."""
    return text.strip().lower().startswith(_SCHEMES)


def shown_address(address: str) -> str:
    """Return the address as it may be told: without password, and without what cannot be shown."""
    try:
        parts = urlsplit(address.strip())
        place = parts.netloc.rpartition("@")
    except ValueError:
        return "postgresql://…"
    user = place[0].partition(":")[0]
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name.lower() not in _SECRET]
    clean = SplitResult(
        "postgresql",
        f"{user}@{place[2]}" if user else place[2],
        parts.path,
        unquote("&".join(f"{name}={value}" for name, value in kept)),
        "",
    )
    # `urlunsplit` would drop the slashes of « postgresql:///name », which goes through the local socket.
    text = f"{clean.scheme}://{clean.netloc}{clean.path}{'?' + clean.query if clean.query else ''}"
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def local_folder(address: str, environ: Mapping[str, str]) -> Path:
    """Return the folder of this account on this machine for what never goes to the server: journals, unfinished texts.

    It is named by the address without its password, so that a new password finds the journals of the old one.
    """
    shown = shown_address(address)
    words = re.sub(r"[^A-Za-z0-9.]+", "-", shown.partition("://")[2]).strip("-")[:48] or "local"
    mark = hashlib.sha256(quote(shown).encode("ascii")).hexdigest()[:8]
    return own_folder(environ, "XDG_STATE_HOME") / "servers" / f"{words}-{mark}"
