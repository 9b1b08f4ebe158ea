"""What an exported file is called: after the agreement's own public title, and what every system takes."""

from __future__ import annotations

from tui.agreement.blocks import Agreement
from tui.text.names import fold

_LONGEST = 60  # letters of each half; 143 bytes is the shortest limit of an encrypted home folder


def plain_name(text: str) -> str:
    """`text` in small letters, digits and dashes, at most 60; "" when nothing of it is left."""
    kept = "".join(one if one.isascii() and one.isalnum() else " " for one in fold(text))
    return "-".join(kept.split())[:_LONGEST].strip("-")


def stem(agreement: Agreement, *, partner: str = "") -> str:
    """« une-porte-ouverte-le-soir-ebauche-3-fr », with the public name of the `partner` a copy is for behind it."""
    own = plain_name(f"{agreement.title} {agreement.version}") or "entente"
    return "-".join(filter(None, (own, *(part.lang for part in agreement.parts), plain_name(partner))))
