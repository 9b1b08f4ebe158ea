"""The words a person reads, in French or English: gettext with one language at a time, switched at once."""

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
    """Say everything in `lang` from now on; ValueError for a language we do not speak."""
    global _current
    if lang not in ("fr", "en"):
        raise ValueError(f"no such language: {lang!r} (fr or en)")
    _current = lang


def language() -> Language:
    """Return the language in use."""
    return _current


def detect(environ: Mapping[str, str]) -> Language:
    """Return the language that `environ` asks for.

    The order is ENTENTE_LANG, then POSIX's own LC_ALL, LC_MESSAGES, LANG (XBD 8.2): the first that is set and not
    empty decides. English is spoken to those who ask for it, or for a language we do not speak; C, POSIX or nothing
    at all asks for none, and gets French.
    """
    for name in ("ENTENTE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if asked := environ.get(name, "").strip():
            code = asked.replace("-", "_").split(".")[0].split("@")[0].split("_")[0].lower()
            return "fr" if code in ("fr", "c", "posix") else "en"
    return "fr"


def _(message: str) -> str:
    """Return `message`, an English text, in the language in use."""
    if _current == "en" or not message:  # an empty msgid would return the catalogue's own header
        return message
    return _catalogue(_current).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form for `n` things; English counts 0 as plural, French as singular."""
    if _current == "en":
        return singular if n == 1 else plural
    return _catalogue(_current).ngettext(singular, plural, n)


def in_both(say: Callable[[], str]) -> dict[str, str]:
    """Return {"fr": …, "en": …}: what `say` returns in each language; the language in use stays what it was."""
    spoken, said = _current, dict[str, str]()
    try:
        for lang in ("fr", "en"):
            use(lang)
            said[lang] = say()
    finally:
        use(spoken)
    return said


def N_(message: str) -> str:
    """Mark `message` for the catalogue and return it as it is: for tables read once and said later with `_`."""
    return message


@cache
def _catalogue(lang: Language) -> GNUTranslations:
    """Load the catalogue of `lang`, once, when the first word is asked for (gettext itself costs milliseconds)."""
    from gettext import GNUTranslations

    with (locale_dir() / lang / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as file:
        return GNUTranslations(file)
