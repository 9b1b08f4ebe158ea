"""Put a postal address into a sentence: « au 48, avenue des Érables », « à Rouyn-Noranda », “at 7 King Street”."""

from __future__ import annotations

import re

from tui.text.french_names import french_name, guess_name
from tui.text.name_matching import fold

_FRENCH_PREPOSITION = r"(?i)(?:aux?|à|chez)\s"
_PREPOSITION = r"(?i)^(?:aux?|à|at|in)\s+"
_CARE_OF = r"(?i)^(?:chez|a/s(?: de)?|c/o|(?:in )?care of)\s+"  # mail goes to somebody else
# Streets, folded, which take no preposition: « ayant son siège avenue du Parc, 5 », « 3e Avenue, 88 ».
_STREETS = (
    "allee", "autoroute", "avenue", "av.", "boulevard", "boul.", "chemin", "ch.", "cote", "cours", "croissant",
    "esplanade", "impasse", "montee", "place", "promenade", "quai", "rang", "route", "rue", "ruelle", "sentier",
    "square", "terrasse",
)  # fmt: skip
_STREET = rf"(?:\d+\s?(?:re|er|e|ieme)\s+)?(?:{'|'.join(map(re.escape, _STREETS))})(?!\w)"
_BUILDINGS = ("edifice", "immeuble", "hotel")  # all of them with « l' »; `guess_name` knows other nouns


def place_in_sentence(address: str, lang: str) -> str:
    """Return an address with the preposition it needs in a sentence in `lang` ("fr" or "en").

    In French a typed preposition stays, and an address that begins with none of a number, a street, a known building or
    a town (« Case postale 14 ») follows « à l'adresse suivante : », which fits anything.
    """
    if lang != "fr":
        if re.match(_CARE_OF, address):
            return f"in care of {re.sub(_CARE_OF, '', address)}"
        return f"at {re.sub(_PREPOSITION, '', address, count=1)}"
    if re.match(_FRENCH_PREPOSITION, address):
        return address[:1].lower() + address[1:]
    if re.match(_CARE_OF, address):
        return f"aux soins {french_name(re.sub(_CARE_OF, '', address)).of}"
    bare = re.sub(r"(?i)^(?:at|in)\s+", "", address)
    if re.match(_STREET, fold(bare)):
        return bare[:1].lower() + bare[1:]
    if bare[:1].isdigit():
        return f"au {bare}"
    article = "l'" if fold(bare).startswith(_BUILDINGS) else guess_name(bare).article
    if not article and any(map(str.isdigit, bare.split(",")[0])):
        return f"à l'adresse suivante : {bare}"
    return french_name(bare, article).to
