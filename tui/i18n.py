"""Translate the words of the interface by gettext; the language in use can be changed at any time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Literal

from tui.resources import locale_dir

if TYPE_CHECKING:
    from gettext import GNUTranslations

Language = Literal["fr", "en"]

DOMAIN = "entente"
_current: Language = "fr"  # French comes first: the guide is French


def use(lang: Language) -> None:
    """Use `lang` for all words from now on. Raises ValueError for a language other than "fr" and "en"."""
    global _current
    if lang not in ("fr", "en"):
        raise ValueError(f"no such language: {lang!r} (fr or en)")
    _current = lang


def language() -> Language:
    """Return the language in use."""
    return _current


def detect(environ: Mapping[str, str]) -> Language:
    """Return the language that `environ` asks for.

    The first of ENTENTE_LANG, LC_ALL, LC_MESSAGES and LANG that is not empty decides (POSIX, XBD 8.2). French, C and
    POSIX, or no variable at all, give "fr"; English and every other language give "en".
    """
    for name in ("ENTENTE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name, "").strip():
            # « fr_CA.UTF-8@euro »: language, region, charset, variant.
            code = value.replace("-", "_").split(".")[0].split("@")[0].split("_")[0].lower()
            return "fr" if code in ("fr", "c", "posix") else "en"
    return "fr"


def _(message: str) -> str:
    """Return `message`, an English text, in the language in use."""
    if _current == "en" or not message:  # an empty msgid would return the catalogue's own header
        return message
    return _catalogue(_current).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the message for `n` things in the language in use; 0 is plural in English, singular in French."""
    if _current == "en":
        return singular if n == 1 else plural
    return _catalogue(_current).ngettext(singular, plural, n)


def in_both_languages(words: Callable[[], str]) -> dict[str, str]:
    """Return {"fr": …, "en": …}: what `words` returns in each language; the language in use is restored."""
    previous, texts = _current, dict[str, str]()
    try:
        for lang in ("fr", "en"):
            use(lang)
            texts[lang] = words()
    finally:
        use(previous)
    return texts


def N_(message: str) -> str:
    """Mark a message for the catalogue and return it unchanged: for tables whose texts are shown later through `_`."""
    return message


@cache
def _catalogue(lang: Language) -> GNUTranslations:
    """Load the catalogue of `lang`, once, when its first word is needed: importing gettext takes milliseconds."""
    from gettext import GNUTranslations

    with (locale_dir() / lang / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return GNUTranslations(file)
