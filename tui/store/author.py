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
from tui.text.clean import one_line

_FILE_LIMIT_BYTES = 4096  # of `author.json`, at most


def default_author(environ: Mapping[str, str]) -> Author:
    """Return the author in `author.json`, else the account: its full name, or its login if it has none."""
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        from tui.atomic_files import read_file

        data = json.loads(read_file(_author_file(environ), _FILE_LIMIT_BYTES))
        return Author(str(data["id"]), str(data["name"]))
    return _author_of_account()


def author_named(account: Author, name: str) -> Author:
    """Return the author who writes as `name` on a shared account: the id is derived from the account and the name.

    The name is kept in one line; if nothing of it shows, the author is the account's.
    """
    name = one_line(name)
    if name in ("", account.name):
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
    """Return an id that is always the same for the same words. It has the form of the ids of partnerships."""
    digest = hashlib.sha256(words.encode()).digest()[:LENGTH]
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest)
