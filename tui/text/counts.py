"""Write small numbers in words: « neuf organismes », "nine organizations", « premier »."""

from __future__ import annotations

_WORDS = {
    "fr": (
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
        "treize", "quatorze", "quinze", "seize",
    ),
    "en": (
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        "thirteen", "fourteen", "fifteen", "sixteen",
    ),
}  # fmt: skip
_ORDINALS = {
    "fr": (
        "", "premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième",
        "neuvième", "dixième",
    ),
    "en": (
        "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ),
}  # fmt: skip


def count_in_words(count: int, lang: str) -> str:
    """Return a count in words up to sixteen, beyond that in digits."""
    words = _WORDS["fr" if lang.startswith("fr") else "en"]
    return words[count] if 0 <= count < len(words) else str(count)


def ordinal_in_words(number: int, lang: str) -> str:
    """Return « premier », "third" up to the tenth, beyond that « 12e », "12th"."""
    is_french = lang.startswith("fr")
    ordinals = _ORDINALS["fr" if is_french else "en"]
    if 0 < number < len(ordinals):
        return ordinals[number]
    if is_french:
        return f"{number}e"
    is_teen = 10 < number % 100 < 14  # « 11th », « 112th »
    ending = "th" if is_teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
