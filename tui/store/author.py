"""Who writes: a stable id and a name, from the account, or as once asked on a shared account."""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import socket
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tui.partnership.ids import ALPHABET, LENGTH
from tui.store.store_errors import Author, as_store_errors

_LIMIT = 4096  # bytes of the file that holds a name


def default_author(environ: Mapping[str, str]) -> Author:
    """The author remembered for this account, else the account itself: its full name, or its login."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        from tui.atomic_files import read_file

        found = json.loads(read_file(_place(environ), _LIMIT))
        return Author(str(found["id"]), str(found["name"]))
    return _account()


def remember_author(environ: Mapping[str, str], name: str) -> Author:
    """Keep `name` as the author's from now on; the id stays. Raises `StoreError` when it cannot be kept."""
    from tui.atomic_files import make_private_dir, write_atomic

    author = Author(default_author(environ).id, name)
    place = _place(environ)
    with as_store_errors(place):
        make_private_dir(place.parent)
        write_atomic(place, json.dumps({"id": author.id, "name": author.name}).encode("ascii"))
    return author


def _place(environ: Mapping[str, str]) -> Path:
    """XDG Base Directory Specification: $XDG_CONFIG_HOME, else ~/.config."""
    home = environ.get("XDG_CONFIG_HOME") or os.path.join(environ.get("HOME") or os.path.expanduser("~"), ".config")
    return Path(home) / "entente" / "author.json"


def _account() -> Author:
    login, name = f"uid {os.getuid()}", ""
    with suppress(KeyError):  # a container's uid may have no account
        account = pwd.getpwuid(os.getuid())
        login, name = account.pw_name, account.pw_gecos.split(",")[0].strip()
    digest = hashlib.sha256(f"{socket.gethostname()}:{os.getuid()}:{login}".encode()).digest()
    return Author("".join(ALPHABET[byte & 31] for byte in digest[:LENGTH]), name or login)
