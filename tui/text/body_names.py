"""What a board or an assembly is called in a sentence: « le conseil d'administration », “its board of directors”."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.text.french_names import FrenchName, begins_with_vowel, guess, typed_article
from tui.text.name_matching import fold

_STANDS_ALONE = r"(?:an?|all|both|each|every|any|some|this|that|these|those|two|three|\d+)\s"
_OWN = r"(?i)^(?:the|its|our|their|your)\s+"
_FRENCH = r"(?:(?:les?|la|son|sa|ses|une?)\s|l['’])"  # a name that nobody put into English
_FRENCH_DETERMINER = r"(?i)(?:son|sa|ses|notre|nos|leurs?|une?|deux|trois|chaque|chacune?|tou[st]|toutes?)\s"
# Acronyms of bodies, which say nothing of their gender by themselves; the head noun decides (conseil, assemblée).
_ACRONYMS = {"ca": "le", "ce": "le", "ag": "l'", "aga": "l'", "age": "l'"}
# Bodies that are no organisations, so that `french_names.guess` need not know them.
_MASCULINE = frozenset(("bureau", "caucus", "cercle", "congres", "directoire", "executif", "forum", "senat"))
_FEMININE = frozenset(("administration", "chefferie", "instance", "mairie", "pleniere", "presidence"))


@lru_cache(maxsize=256)
def body_in_sentence(text: str, lang: str) -> str:
    """A body as it was typed, with the article a sentence gives it; "" for none.

    In English it is the partner's own ("its general meeting"); what was typed with a word of its own that stands
    before a noun ("a committee of three") keeps it. A French body of which nothing tells the article stays as typed.
    """
    bare = " ".join(text.split()).rstrip(".;,")
    if not bare:
        return ""
    if lang != "fr":
        stands_alone = re.match(f"(?i){_STANDS_ALONE}|{_FRENCH}", bare)
        return bare if stands_alone else f"its {re.sub(_OWN, '', bare, count=1)}"
    if said_by_us := re.match(r"(?i)(?:(notre|votre)|nos|vos)\s+", bare):  # a document speaks of it, not for it
        article, base = _french(bare[said_by_us.end() :])
        return f"{('sa' if article == 'la' else 'son') if said_by_us[1] else 'ses'} {base}"
    if re.match(_FRENCH_DETERMINER, bare):
        return _small(bare)
    article, base = _french(bare)
    return FrenchName(base, article).subject if article else bare


@lru_cache(maxsize=256)
def own_body(text: str, lang: str, owner: str = "") -> str:
    """A body as the partner's own: « son conseil d'administration », “its board of directors”; "" for none.

    Whose it is stands once: « le conseil de la MRC » of an `owner` that is called « MRC des Hautes-Vallées ».
    """
    said = body_in_sentence(text, lang)
    if _names_its_owner(said, owner):
        return re.sub(r"^its\s", "the ", said) if lang != "fr" else said
    if lang != "fr" or not said or re.match(_FRENCH_DETERMINER, said):
        return said
    article, base = _french(" ".join(text.split()).rstrip(".;,"))
    possessive = {"la": "sa", "les": "ses"}.get(article, "son")
    return f"{possessive} {base}"


def _names_its_owner(body: str, owner: str) -> bool:
    """Return whether a body ends with words that stand in the names of its owner: « conseil de la MRC »."""
    whose = re.match(r".*\s(?:du|des|de la|de l['’]|d['’]|de|of(?: the)?)\s?(.+)$", body)
    words, names = (re.sub(r"\W+", " ", f" {fold(text)} ") for text in (whose[1] if whose else "", owner))
    return whose is not None and words in names


def _french(bare: str) -> tuple[str, str]:
    """The article of a French body ("" where nothing tells it), and its name without one."""
    article, base = typed_article(_small(bare))
    if article:
        return article, base
    word = guess(base)
    first = base.split()[0].casefold()
    if word.article:
        return word.article, word.base
    if first in _ACRONYMS:
        return _ACRONYMS[first], base
    return _gendered(base), base


def _gendered(base: str) -> str:
    first = fold(base).split()[0]
    if first not in _MASCULINE | _FEMININE:
        return ""
    return "l'" if begins_with_vowel(base) else "le" if first in _MASCULINE else "la"


def _small(text: str) -> str:
    """The text with a small letter at its head, unless an acronym stands there: « CA », or a name: « Town Council »."""
    words = text.split()
    titled = len(words) > 1 and words[1][:1].isupper() and not words[1].isupper()
    return text if titled or text[1:2].isupper() else text[:1].lower() + text[1:]
