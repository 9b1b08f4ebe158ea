"""Put the name of a body (board, assembly) into a sentence: « le conseil d'administration », “its board”."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.text.french_names import FrenchName, begins_with_vowel, guess_name, split_article
from tui.text.name_matching import fold

# English determiners after which a body needs no « its ».
_STANDS_ALONE = r"(?:an?|all|both|each|every|any|some|this|that|these|those|two|three|\d+)\s"
_OWN_DETERMINER = r"(?i)^(?:the|its|our|their|your)\s+"
_FRENCH = r"(?:(?:les?|la|son|sa|ses|une?)\s|l['’])"  # a French name in an English document
_FRENCH_DETERMINER = r"(?i)(?:son|sa|ses|notre|nos|leurs?|une?|deux|trois|chaque|chacune?|tou[st]|toutes?)\s"
# Acronyms of bodies and their article, by the head noun (conseil, comité, assemblée).
_ACRONYMS = {"ca": "le", "ce": "le", "ag": "l'", "aga": "l'", "age": "l'"}
# Nouns, folded, of bodies that are no organisations, so that `french_names.guess_name` need not know them.
_MASCULINE = frozenset(("bureau", "caucus", "cercle", "congres", "directoire", "executif", "forum", "senat"))
_FEMININE = frozenset(("administration", "chefferie", "instance", "mairie", "pleniere", "presidence"))


@lru_cache(maxsize=256)
def body_in_sentence(text: str, lang: str) -> str:
    """Return a typed body with the article that a sentence needs; "" for none.

    In English it becomes the partner's own ("its general meeting"), unless it was typed with a determiner ("a committee
    of three"). In French « notre » and « votre » become « son » or « sa »; a body whose article is not known stays as
    typed.
    """
    bare = " ".join(text.split()).rstrip(".;,")
    if not bare:
        return ""
    if lang != "fr":
        stands_alone = re.match(f"(?i){_STANDS_ALONE}|{_FRENCH}", bare)
        return bare if stands_alone else f"its {re.sub(_OWN_DETERMINER, '', bare, count=1)}"
    # The document speaks about the partner: « notre conseil » becomes « son conseil ».
    if our := re.match(r"(?i)(?:(notre|votre)|nos|vos)\s+", bare):
        article, base = _french(bare[our.end() :])
        singular = "sa" if article == "la" else "son"
        return f"{singular if our[1] else 'ses'} {base}"
    if re.match(_FRENCH_DETERMINER, bare):
        return _with_small_letter(bare)
    article, base = _french(bare)
    return FrenchName(base, article).subject if article else bare


@lru_cache(maxsize=256)
def own_body(text: str, lang: str, owner: str = "") -> str:
    """Return a body as the partner's own: « son conseil d'administration », “its board of directors”; "" for none.

    A body that names its `owner` gets no possessive: « le conseil de la MRC » of « MRC des Hautes-Vallées ».
    """
    words = body_in_sentence(text, lang)
    if _names_its_owner(words, owner):
        return re.sub(r"^its\s", "the ", words) if lang != "fr" else words
    if lang != "fr" or not words or re.match(_FRENCH_DETERMINER, words):
        return words
    article, base = _french(" ".join(text.split()).rstrip(".;,"))
    possessive = {"la": "sa", "les": "ses"}.get(article, "son")
    return f"{possessive} {base}"


def _names_its_owner(body: str, owner: str) -> bool:
    """Return whether a body ends with « de » (or "of") and words of its owner's name: « conseil de la MRC »."""
    whose = re.match(r".*\s(?:du|des|de la|de l['’]|d['’]|de|of(?: the)?)\s?(.+)$", body)
    words, names = (re.sub(r"\W+", " ", f" {fold(text)} ") for text in (whose[1] if whose else "", owner))
    return whose is not None and words in names


def _french(bare: str) -> tuple[str, str]:
    """Return (article, name without it) of a French body; the article is "" where it is not known."""
    article, base = split_article(_with_small_letter(bare))
    if article:
        return article, base
    guessed = guess_name(base)
    first = base.split()[0].casefold()
    if guessed.article:
        return guessed.article, guessed.base
    if first in _ACRONYMS:
        return _ACRONYMS[first], base
    return _article(base), base


def _article(base: str) -> str:
    """Return the article of a body by its first word; "" where the word is in neither list."""
    first = fold(base).split()[0]
    if first not in _MASCULINE | _FEMININE:
        return ""
    if begins_with_vowel(base):
        return "l'"
    return "le" if first in _MASCULINE else "la"


def _with_small_letter(text: str) -> str:
    """Return the text with a small first letter, unless it is an acronym (« CA ») or a name (« Town Council »)."""
    words = text.split()
    is_name = len(words) > 1 and words[1][:1].isupper() and not words[1].isupper()
    is_acronym = text[1:2].isupper()
    return text if is_name or is_acronym else text[:1].lower() + text[1:]
