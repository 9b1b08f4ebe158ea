"""The colon between a label and its text, and the semicolon between items, with the spaces of each language.

French sets a space before both; `typography` then keeps, hardens or drops it by the custom of the region (the Office
québécois de la langue française has none before a semicolon). English sets none. These are for documents, in the
language of the document; the interface says `_(": ")` and `_("; ")`.
"""

from __future__ import annotations


def colon(lang: str) -> str:
    """Return the colon of `lang` ("fr" or "en") with its spaces: « Rôle : coordonner », “Role: coordinate”."""
    return " : " if lang == "fr" else ": "


def unbreakable_colon(lang: str) -> str:
    """Return the colon of `lang` for text on which `typography` is not applied: its French space does not break."""
    return "\u00a0: " if lang == "fr" else ": "


def semicolon(lang: str) -> str:
    """Return the semicolon of `lang` ("fr" or "en") with its spaces."""
    return " ; " if lang == "fr" else "; "
