"""The author of changes: an id and a name, both from the account, or from the file `author.json` if there is one."""

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

_LIMIT = 4096  # bytes of `author.json`, at most


def default_author(environ: Mapping[str, str]) -> Author:
    """Return the author in `author.json`, else the account: its full name, or its login if it has none."""
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        from tui.atomic_files import read_file

        found = json.loads(read_file(_author_file(environ), _LIMIT))
        return Author(str(found["id"]), str(found["name"]))
    return _author_of_account()


def author_named(account: Author, name: str) -> Author:
    """Return the author who writes as `name` on a shared account; each name there has an id of its own."""
    if name == account.name:
        return account
    return Author(_id_of(f"{account.id}:{name}"), name)


def _author_file(environ: Mapping[str, str]) -> Path:
    return own_folder(environ, "XDG_CONFIG_HOME") / "author.json"


def _author_of_account() -> Author:
    login, name = f"uid {os.getuid()}", ""
    with suppress(KeyError):  # a container's uid may have no account
        account = pwd.getpwuid(os.getuid())
        login, name = account.pw_name, account.pw_gecos.split(",")[0].strip()
    return Author(_id_of(f"{socket.gethostname()}:{os.getuid()}:{login}"), name or login)


def _id_of(words: str) -> str:
    """Return an id in the form of those of partnerships that is always the same for the same words."""
    return "".join(ALPHABET[byte & 31] for byte in hashlib.sha256(words.encode()).digest()[:LENGTH])
