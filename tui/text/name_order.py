"""Names in the order in which a reader of the language looks for them."""

from __future__ import annotations

import unicodedata

from tui.text.name_matching import fold

NameKey = tuple[str, int, tuple[str, ...], str, str]


def name_key(name: str, lang: str) -> NameKey:
    """Return the key by which names sort in `lang`, "fr" or "en": by letters, then accents, then capitals.

    As in the Unicode Collation Algorithm (UTS 10) a difference counts only where all before it is equal, and œ, æ, ß
    and ligatures are the letters they are made of. Of two French words that differ by accents alone the last accent
    decides (« cote, côte, coté, côté »), as Canadian French sorts (CLDR, fr-CA; CAN/CSA Z243.4.1).
    """
    apart = unicodedata.normalize("NFD", name.casefold())
    accents = [
        "" if at + 1 == len(apart) or not unicodedata.combining(apart[at + 1]) else apart[at + 1 :][:1]
        for at, char in enumerate(apart)
        if not unicodedata.combining(char)
    ]
    decisive = tuple(reversed(accents) if lang == "fr" else accents)
    return fold(name), -len(accents), decisive, name.swapcase(), name  # « oeuvre » before « œuvre »
