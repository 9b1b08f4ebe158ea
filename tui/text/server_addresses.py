"""Tell the address of a PostgreSQL server from the path of a folder, and show it without its password."""

from __future__ import annotations

from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

_SCHEMES: Final = ("postgresql://", "postgres://")
_SECRET: Final = frozenset({"password", "sslpassword", "passfile"})


def is_server(text: str) -> bool:
    """Return whether `text` is the address of a server, not the path of a folder."""
    return text.strip().lower().startswith(_SCHEMES)


def shown_address(address: str) -> str:
    """Return the address without its password, and with « ? » for each character that cannot be shown."""
    try:
        parts = urlsplit(address.strip())
        place = parts.netloc.rpartition("@")
    except ValueError:
        return "postgresql://…"
    user = place[0].partition(":")[0]
    shown_options = [(name, value) for name, value in parse_qsl(parts.query) if name.lower() not in _SECRET]
    clean = SplitResult(
        "postgresql",
        f"{user}@{place[2]}" if user else place[2],
        parts.path,
        unquote("&".join(f"{name}={value}" for name, value in shown_options)),
        "",
    )
    # `urlunsplit` would drop the slashes of « postgresql:///name », which goes through the local socket.
    text = f"{clean.scheme}://{clean.netloc}{clean.path}{'?' + clean.query if clean.query else ''}"
    return "".join(letter if letter.isprintable() else "?" for letter in text)
