"""Tell the address of a PostgreSQL server from the path of a folder, check it, and show it without its password."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, unquote, unquote_to_bytes

from tui.i18n import _
from tui.text.outside_paths import WrongPath, outside_path

_SCHEMES: Final = ("postgresql://", "postgres://")
_SECRET: Final = "pass"  # in the name of an option: password, sslpassword, passfile, and misspelt ones
# The parts of an address as libpq 15 reads them (conninfo_uri_parse_options): the account ends at the first « @ »
# before any « / », and neither « ? » nor « # » ends it.
_ADDRESS: Final = (
    r"(?is)postgres(?:ql)?://(?:(?P<user>[^:@/]*)(?::[^@/]*)?@)?(?P<hosts>[^/?]*)(?P<path>/[^?]*)?(?:\?(?P<query>.*))?"
)
_HOSTS: Final = r"(?:(?:\[[0-9a-fA-F:.%]+\]|[\w.%-]*)(?::\d{0,5})?(?:,|\Z))*"  # machines, each with its port
_SCHEME: Final = r"(?i)[a-z][a-z0-9+.-]*://|postgres(?:ql)?:"  # « mysql://… », « postgresql:/machine »
_WRONG_PERCENT: Final = r"%(?![0-9a-fA-F]{2})"


def is_server(text: str) -> bool:
    """Return whether `text` is the address of a server, not the path of a folder."""
    return text.strip().lower().startswith(_SCHEMES)


def place_of_store(text: str, source: str, *, relative: bool = False) -> Path | str:
    """Return the folder, or the address of a server, that `text` names; `source` stands in the messages.

    Raises WrongPath for a text that is neither, as `outside_path` and `server_address` do.
    """
    if is_server(text):
        return server_address(text, source)
    if re.match(_SCHEME, text.strip()):
        sentence = _(
            "{source} takes a folder, or the address of a PostgreSQL server: postgresql://USER@MACHINE/DATABASE."
        )
        raise WrongPath(sentence.format(source=source))
    return outside_path(text, source, relative=relative)


def server_address(text: str, source: str) -> str:
    """Return the address `text`, its scheme in small letters; `source` (a variable, an option) stands in the message.

    Raises WrongPath if libpq could not read it, or would take a part of the password for something else. The message
    quotes nothing of it: a sign in the password that should have been written as « %40 » moves the password elsewhere.
    """
    scheme, mark, rest = text.strip().partition("://")
    address = scheme.lower() + mark + rest
    if _parts(address) is None:
        sentence = _(
            "{source}: this address of a server cannot be read. Write postgresql://USER@MACHINE:PORT/DATABASE, and in a"
            " password %40 for @, %3A for :, %2F for / and %25 for %; or keep the password in ~/.pgpass."
        )
        raise WrongPath(sentence.format(source=source))
    return address


def shown_address(address: str) -> str:
    """Return the address without its password, and with « ? » for each character that cannot be shown.

    « postgresql://… » for one that cannot be read: its password might stand anywhere.
    """
    parts = _parts(address.strip())
    if parts is None:
        return "postgresql://…"
    user, hosts, path, query = parts
    shown_options = [(name, value) for name, value in parse_qsl(query) if _SECRET not in name.lower()]
    options = unquote("&".join(f"{name}={value}" for name, value in shown_options))
    # « postgresql:///name » goes through the local socket, so its slashes stay.
    text = f"postgresql://{user}{'@' if user else ''}{hosts}{path}{'?' + options if options else ''}"
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def _parts(address: str) -> tuple[str, str, str, str] | None:
    """Return (account, machines, « / » and database, options) of an address; None if it cannot be read for sure."""
    match = re.fullmatch(_ADDRESS, address)
    if match is None or not re.fullmatch(_HOSTS, match["hosts"]) or re.search(_WRONG_PERCENT, address):
        return None
    before_at, at, _rest = ((match["path"] or "") + "?" + (match["query"] or "")).partition("@")
    if at and "=" not in before_at:  # a « / » in the password ended the machines before it
        return None
    try:
        unquote_to_bytes(address).decode("utf-8")
    except UnicodeError:
        return None
    return match["user"] or "", match["hosts"], match["path"] or "", match["query"] or ""
