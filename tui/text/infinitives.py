"""Tell whether a commitment begins with an infinitive, so that it can follow « s'engage à » or “undertakes to”."""

from __future__ import annotations

import re

# Words that may stand before a French infinitive: « ne pas », « s' », « y », « les », « leur ».
_BEFORE = re.compile(r"(?:(?:n|s|m|l|d)['’]|(?:ne|se|y|en|le|la|les|leur|lui|pas|plus|jamais|mieux|bien|toujours)\s+)+")
# Endings of French infinitives. Source: Bescherelle, the three groups of verbs.
_ENDING = re.compile(r"[a-zà-öø-ÿœæ-]*(?:er|ir|dre|ttre|aître|oître|ire|ivre|clure|ompre|aincre|être)")
# Nouns and forms of verbs with these endings that a commitment may begin with.
_NOT_INFINITIVES = frozenset((
    "affaire", "anniversaire", "annuaire", "atelier", "attire", "avenir", "cadre", "cahier", "calendrier",
    "cendre", "chantier", "commentaire", "comptoir", "courrier", "couloir", "cuir", "désire", "dernier", "documentaire",
    "dossier", "espoir", "financier", "fier", "foyer", "formulaire", "gloire", "hier", "histoire", "hiver", "horaire",
    "infirmier", "inspire", "inventaire", "itinéraire", "laboratoire", "loisir", "loyer", "maire", "mémoire",
    "métier", "miroir", "mobilier", "moindre", "navire", "notaire", "ordre", "ouvrier", "paire", "panier",
    "papier", "particulier", "partenaire", "plaisir", "policier", "premier", "quartier", "répertoire",
    "retire", "salaire", "secrétaire", "séminaire", "soir", "souvenir", "stagiaire", "territoire", "tire",
    "trottoir", "victoire",
))  # fmt: skip
# English words that are no base form of a verb: modals, forms of be and have, determiners, pronouns.
_NOT_BASE_FORMS = frozenset((
    "a", "an", "any", "are", "been", "being", "can", "could", "did", "does", "each", "every", "had", "has", "he", "her",
    "his", "i", "is", "it", "its", "may", "might", "must", "my", "one", "our", "shall", "she", "should", "some", "that",
    "the", "their", "these", "they", "this", "those", "to", "two", "was", "we", "were", "will", "would", "you", "your",
))  # fmt: skip
# Base forms with the endings of other forms.
_BASE_IN_S = frozenset(("bias", "bus", "canvas", "focus"))
_BASE_IN_ING = frozenset(("bring", "ring", "sing", "swing", "wing"))
_BASE_IN_ED = frozenset(("bed", "breed", "embed", "exceed", "feed", "heed", "need", "proceed", "seed",
                         "shed", "speed", "succeed", "wed", "weed"))  # fmt: skip


def begins_with_infinitive(text: str, lang: str) -> bool:
    """Return whether a commitment in `lang` ("fr" or "en") can follow « s'engage à : » or “undertakes to:”."""
    small = text.strip().strip("«»“”\"'*-–• ").casefold().replace("’", "'")
    if lang != "fr":
        return _is_base_form((re.findall(r"[a-z']+", small) or [""])[0] if small[:1].isalpha() else "")
    before = _BEFORE.match(small)
    # « la porter » begins with a pronoun; « le » of « lever » is none: the text is tried without it and with it.
    words = [small[before.end() :] if before else small, small]
    return any(_is_infinitive((re.match(r"[a-zà-öø-ÿœæ-]+", word) or [""])[0]) for word in words)


def _is_infinitive(word: str) -> bool:
    """Return whether a French word looks like an infinitive."""
    return len(word) > 2 and word not in _NOT_INFINITIVES and _ENDING.fullmatch(word) is not None


def _is_base_form(word: str) -> bool:
    """Return whether an English word may be the base form of a verb: nothing shows another form."""
    if not word or word in _NOT_BASE_FORMS:
        return False
    if word.endswith("s") and not word.endswith("ss"):
        return word in _BASE_IN_S
    if word.endswith("ing"):
        return word in _BASE_IN_ING
    return not word.endswith("ed") or word in _BASE_IN_ED
