"""Apply the typography of a language and region to shown text: only spaces and apostrophes change, never a letter."""

from __future__ import annotations

import re
from functools import partial

from tui.text.dates import MONTHS
from tui.text.result_cache import CachedByText

NBSP = "\u00a0"
NARROW = "\u202f"  # narrow no-break space

Rule = tuple[str, str, tuple[str, ...]]  # (pattern, replacement, texts of which one must occur for it to match)

# Code, web and e-mail addresses stay as typed. {1,64} keeps the search from scanning a long word again and again.
_MAY_BE_UNTOUCHED = re.compile(r"[`@]|://|mailto:|www\.")
_UNTOUCHED = r"`[^`\n]*`|(?:https?://|mailto:|www\.)[^\s«»]+|[\w.+-]{1,64}@[^\s«»]+"

_GAP = f"[ {NBSP}{NARROW}]"
_AFTER = r"(?<=[\w»)\]’”%$€°.…])"  # one of the signs that « : ; ? ! » may follow

_APOSTROPHE: Rule = (r"'(?<=[^\W\d_]')(?=[\w«“])", "’", ("'",))

_MARK = r"\g<mark>"  # in a replacement: the group `mark` of the pattern, such as « n° » or « ! »

_TITLES = tuple(
    f"{mark}{gap}"
    for mark in ("n°", "no", "art.", "p.", "M.", "Mme", "Mmes", "Dr", "Dre")
    for gap in (" ", NBSP, NARROW)
)
_DIGITS = tuple("0123456789")
_HIGH = ("?", "!", ";")  # the « high marks » of French typography

# Places where a line may not break, in either language: between the halves of a Canadian postal code, and between a
# number and its unit.
_POSTAL: Rule = (f"(?<=\\b[A-Za-z]\\d[A-Za-z]){_GAP}(?=\\d[A-Za-z]\\d\\b)", NBSP, _DIGITS)
_UNIT: Rule = (
    f"(?<=\\d){_GAP}(?=(?:h|min|km|m|cm|mm|m²|km²|kg|g|L|ml|mL|°C|Mo|Go)(?![\\w'’]))",
    NBSP,
    tuple(f"{gap}{first}" for gap in (" ", NARROW) for first in ("h", "m", "k", "c", "g", "L", "°", "M", "G")),
)
_MINUTES: Rule = (f"(?<=\\d{NBSP}h){_GAP}(?=\\d\\d(?!\\d))", NBSP, (f"{NBSP}h ", f"{NBSP}h{NARROW}"))
# “6 p.m.”, “10:30 a.m.”, “6 pm”
_HALF_DAY: Rule = (
    f"(?<=\\d){_GAP}(?=[ap](?:\\.m\\.|m\\b))",
    NBSP,
    tuple(f"{gap}{half}" for gap in (" ", NARROW) for half in ("a.m.", "p.m.", "am", "pm")),
)
_UNBREAKABLE: tuple[Rule, ...] = (_POSTAL, _UNIT, _MINUTES, _HALF_DAY)

# Source: Office québécois de la langue française, « Espacement des signes de ponctuation et autres signes ».
_FRENCH: tuple[Rule, ...] = (
    _APOSTROPHE,
    (f"(?<=[^\\W\\d_])'(?={_GAP}?«)", "’", ("'",)),
    # After « and before », also at the end or the beginning of a run of text, whose next run may be bold.
    (f"«(?:{_GAP}*(?=[^\\s»])|{_GAP}+$)", f"«{NBSP}", ("«",)),
    (f"(?:(?<=[^\\s«]){_GAP}*|^{_GAP}+)»", f"{NBSP}»", ("»",)),
    (f"(?:{_AFTER}{_GAP}*|^{_GAP}+):(?=\\s|$)", f"{NBSP}:", (":",)),
    (f"(?<=\\d){_GAP}*(?=[%$€](?!\\w))", NBSP, ("%", "$", "€")),
    (f"(?<=\\d){_GAP}(?=[kM][$€])", NBSP, ("$", "€")),
    (f"\\b(?P<mark>n°|no|art\\.|p\\.|MM?\\.|Mmes?|Dre?){_GAP}(?=[\\dA-ZÀ-ÖØ-Þ])", f"\\g<mark>{NBSP}", _TITLES),
    *_UNBREAKABLE,
)
_THOUSANDS = f"(?<=\\d)(?<!\\d{{4}}){_GAP}(?=\\d{{3}}(?!\\d))"
_HIGH_MARKS = (
    f"(?:{_AFTER}{_GAP}*|^{_GAP}+)(?P<mark>[?!;]+)(?!\\w)"  # also at the start of a run of text, after a bold name
)

_RULES: dict[str, tuple[Rule, ...]] = {
    "fr-CA": (*_FRENCH, (_THOUSANDS, NBSP, _DIGITS), (_HIGH_MARKS, r"\g<mark>", _HIGH)),
    "fr-FR": (*_FRENCH, (_THOUSANDS, NARROW, _DIGITS), (_HIGH_MARKS, f"{NARROW}\\g<mark>", _HIGH)),
    "en-CA": (
        _APOSTROPHE,
        (r"'(?<=[^\W\d_][sS]')(?=[\s,.;:!?)]|$)", "’", ("'",)),  # of a plural: “the Students' Union”
        (f"\\b(?P<mark>[Nn]o\\.){_GAP}(?=\\w)", f"\\g<mark>{NBSP}", ("o. ", f"o.{NARROW}")),
        *_UNBREAKABLE,
    ),
}
REGIONS = tuple(_RULES)


_LEFT_AS_TYPED = r"`[^`\n]*`|(?<!\S)\S*[/@\\]\S*"  # code, paths, web and e-mail addresses


def curl_apostrophes(text: str) -> str:
    """Return `text` with « ’ » in the place of a straight apostrophe between letters, as all text for reading has it.

    Code between backticks, paths and addresses stay as they are, since people copy them.
    """
    if "'" not in text:
        return text
    if not any(sign in text for sign in "`/@\\"):
        return re.sub(_APOSTROPHE[0], _APOSTROPHE[1], text)
    return re.sub(f"(?P<untouched>{_LEFT_AS_TYPED})|{_APOSTROPHE[0]}", partial(_replaced, _APOSTROPHE[1]), text)


_SHORT_MONTHS = (
    *("janv.", "févr.", "avr.", "juill.", "sept.", "oct.", "nov.", "déc."),
    *("Jan.", "Feb.", "Mar.", "Apr.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
_MONTHS = (*MONTHS["fr"], *map(str.capitalize, MONTHS["fr"]), *MONTHS["en"], *_SHORT_MONTHS)
_STREETS = (
    "avenue|av\\.|boulevard|boul\\.|rue|chemin|ch\\.|route|rang|place|allée|côte|quai|square|montée|impasse|promenade|"
    "ruelle|terrasse|sentier|carrefour|street|road|drive"
)
_COUNTED = (
    "[kM]?[$€]|%|h|min|km|m|cm|mm|m²|km²|kg|g|L|ml|mL|°C|Mo|Go|ans?|années?|mois|semaines?|jours?|heures?|minutes?|"
    "years?|months?|weeks?|days?|hours?|dollars?|euros?|[ap]\\.m\\."
)
_BEFORE_A_NUMBER = (*_MONTHS, "n°", "N°", "no", "No", "no.", "No.", "art.", "section", "article", "annexe", "page")
_ANY_MONTH = "|".join(map(re.escape, _MONTHS))
# A space at which a line may not break. The space comes first in the pattern, so that the search goes quickly from
# space to space; each alternative then looks at what is before it and what follows.
_HELD_SPACE = re.compile(
    " (?:"
    + "|".join(
        (
            f"(?<=\\d )(?=(?:{_COUNTED}|{_ANY_MONTH})(?![\\w'’]))",
            "(?<=\\d )(?<!\\d{4} )(?=\\d{3}(?!\\d))",  # of thousands, but not after a year: « 1 500 », « 2026 300 »
            f"(?<=1er )(?=(?:{_ANY_MONTH})(?!\\w))",
            f"(?<=\\d[ {NBSP}]h )(?=\\d\\d(?!\\d))",
            f"(?<=\\d, )(?=(?i:{_STREETS})(?!\\w))",  # « 48, avenue »
            f"(?:(?<=[a-z.][ {NBSP}]\\d, )|(?<=[a-z.][ {NBSP}]\\d\\d, ))(?=\\d{{4}}(?!\\d))",  # “May 12, 2026”
            "(?<=[A-Z]\\d[A-Z] )(?=\\d[A-Z]\\d(?!\\w))",
            "(?<=, c\\. )(?=(?:[A-Z]-)?\\d)",  # the chapter of a law: « RLRQ, c. C-67.2 », “S.O. 2010, c. 15”
            "(?=\\d)(?:" + "|".join(f"(?<=\\b{re.escape(word)} )" for word in _BEFORE_A_NUMBER) + ")",
        )
    )
    + ")"
)


def hold_together(text: str) -> str:
    """Return `text` with no-break spaces inside dates, times, amounts, and numbers with their unit; its length stays.

    « 10 décembre 2026 », « 1 500 $ », « 9 h 30 », « 12 mois », « 48, avenue » and « n° 5 » then stay
    on one line, in every format and on the screen. It is called only when text is laid out, not on text that is
    compared, counted or kept.
    """
    return _HELD_SPACE.sub(NBSP, text) if any(map(text.__contains__, _DIGITS)) else text


@CachedByText
def regional_typography(text: str, region: str) -> str:
    """Return `text` with the spaces and apostrophes of `region`: "fr-CA", "fr-FR" or "en-CA"; KeyError for another.

    fr-CA writes « ? ! ; » without a space before, fr-FR with a narrow one; both put a no-break space before « : »,
    inside guillemets, before % $ € and in thousands. English gets its apostrophes. All three put no-break spaces
    between a number and its unit (« 3 h 30 », « 12 km »), in a postal code and after « n° » or “No.”. Addresses,
    « 14:30 » and code in backticks stay as typed. Idempotent.
    """
    may_hold_code = _MAY_BE_UNTOUCHED.search(text) is not None
    for pattern, replacement, needs in _RULES[region]:
        for need in needs:  # A search for each rule would cost more: most texts need few of them.
            if need in text:
                if may_hold_code:
                    pattern = f"(?P<untouched>{_UNTOUCHED})|{pattern}"
                    text = re.sub(pattern, partial(_replaced, replacement), text)
                else:
                    text = re.sub(pattern, replacement, text)
                break
    return text


def _replaced(replacement: str, match: re.Match[str]) -> str:
    """Return what replaces a match of a rule; the match itself where it is code or an address (group `untouched`)."""
    if match["untouched"] is not None:
        return match[0]
    # `Match.expand` would parse the replacement again for each match.
    return replacement.replace(_MARK, match["mark"]) if _MARK in replacement else replacement
