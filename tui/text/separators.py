"""What stands between a label and its text, and between items that have commas of their own, in each language.

French sets a space before both; `typography` then keeps, hardens or drops it by the custom of the region (the Office
québécois de la langue française has none before a semicolon). English sets none. These are for documents, in the
language of the document; the interface says `_(": ")` and `_("; ")`.
"""

from __future__ import annotations


def colon(lang: str) -> str:
    """Return the colon of `lang` ("fr" or "en") with its spaces: « Rôle : coordonner », “Role: coordinate”."""
    return " : " if lang == "fr" else ": "


def unbreakable_colon(lang: str) -> str:
    """Return the colon of `lang` where no typography comes after: in French it stays on the line of its label."""
    return "\u00a0: " if lang == "fr" else ": "


def semicolon(lang: str) -> str:
    """Return the semicolon of `lang` ("fr" or "en") with its spaces."""
    return " ; " if lang == "fr" else "; "
