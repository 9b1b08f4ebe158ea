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
from tui.resources import own_folder
from tui.store.store_errors import Author

_LIMIT = 4096  # bytes of the file that holds a name


def default_author(environ: Mapping[str, str]) -> Author:
    """Return the author remembered for this account, else the account itself: its full name, or its login."""
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        from tui.atomic_files import read_file

        found = json.loads(read_file(_place(environ), _LIMIT))
        return Author(str(found["id"]), str(found["name"]))
    return _account()


def named(account: Author, name: str) -> Author:
    """Return who writes as `name` on this account: somebody else than those who write there by other names."""
    if name == account.name:
        return account
    return Author(_id(f"{account.id}:{name}"), name)


def _place(environ: Mapping[str, str]) -> Path:
    return own_folder(environ, "XDG_CONFIG_HOME") / "author.json"


def _account() -> Author:
    login, name = f"uid {os.getuid()}", ""
    with suppress(KeyError):  # a container's uid may have no account
        account = pwd.getpwuid(os.getuid())
        login, name = account.pw_name, account.pw_gecos.split(",")[0].strip()
    return Author(_id(f"{socket.gethostname()}:{os.getuid()}:{login}"), name or login)


def _id(words: str) -> str:
    return "".join(ALPHABET[byte & 31] for byte in hashlib.sha256(words.encode()).digest()[:LENGTH])
