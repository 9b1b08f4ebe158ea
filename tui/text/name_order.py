"""Sort names in the alphabetical order of a language."""

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
    decomposed = unicodedata.normalize("NFD", name.casefold())
    accents = []  # for each letter its first accent, "" for none
    for char, following in zip(decomposed, f"{decomposed[1:]} ", strict=False):
        if not unicodedata.combining(char):
            accents.append(following if unicodedata.combining(following) else "")
    compared_accents = tuple(reversed(accents) if lang == "fr" else accents)
    return fold(name), -len(accents), compared_accents, name.swapcase(), name  # -len: « oeuvre » before « œuvre »
