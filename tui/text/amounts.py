"""Money as a decimal string and a currency code, read and written in French and in English; no binary floats."""

from __future__ import annotations

import re

Amount = tuple[str, str]  # (decimal string, currency code): ("1500.50", "CAD")

NBSP = "\u00a0"

_CODES = {"CAD", "USD", "EUR", "GBP", "CHF", "HTG", "MXN", "XAF", "XOF"}

# What people write before or after a number, in lower case without spaces or points → its currency code.
_SIGNS = {
    "": "CAD", "$": "CAD", "$ca": "CAD", "$can": "CAD", "$cad": "CAD", "ca$": "CAD", "c$": "CAD", "cad$": "CAD",
    "dollar": "CAD", "dollars": "CAD", "dollarscanadiens": "CAD", "canadiandollars": "CAD",
    "us$": "USD", "$us": "USD", "$usd": "USD", "usd$": "USD", "dollarsus": "USD", "dollarsaméricains": "USD",
    "usdollars": "USD",
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP",
}  # fmt: skip

_SHIFT = {"": 0, "k": 3, "m": 6}  # power of ten of « k$ » and « M$ »

# Strings until used (`re` keeps what it compiled), to cost nothing at start.
# « $1,234.50 CAD »: before, whole (digits in groups), point and fraction, scale (k or M), after.
_NUMBER = (
    "(?a)"
    r"(?P<before>[^\d]*?)\s*"
    r"(?P<whole>\d{1,3}(?:(?P<group>[ ,.'’])\d{3})(?:(?P=group)\d{3})*|\d+)"
    r"(?:(?P<point>[,.])(?P<fraction>\d{1,2}))?"
    r"\s*(?P<scale>[kKM](?=\s*(?:\$|€|£|[A-Z]{3}\b)))?"
    r"\s*(?P<after>[^\d]*)"
)
_DECIMAL = (
    "(?a)"
    r"(\d+)(?:\.(\d+))?"
)
# In a sentence: a number that may be money. It is an amount only where CURRENCY is found in it: « 45 élèves » is none.
MONEY = r"(?:[$€£]\s?)?\d[\d\s\u00a0\u202f.,]*\d?\s?(?:k?\$|€|£|dollars?|euros?|CAD|USD|EUR)?"
CURRENCY = r"[$€£]|dollar|euro|CAD|USD|EUR"
_LONGEST_AMOUNT = 60  # characters; beyond this it is prose, not an amount
_SPACES = r"[\s\u00a0\u2007\u2009\u202f]+"


def parse_amount(text: str, lang: str) -> Amount | None:
    """Return (decimal, currency) for an amount as people type it, or None when it is not one.

    Amounts of both languages are read. A comma or a point before exactly three digits groups thousands, as money has at
    most two decimals; where `lang` would read it as decimals (`has_three_decimals`), the answer is None. « 12 k$ » and
    « 1,2 M$ » are read. The decimal has no leading zeros, and no fraction or one of two digits. Without a sign the
    currency is CAD.
    """
    text = re.sub(_SPACES, " ", text).strip()
    match = re.fullmatch(_NUMBER, text) if len(text) <= _LONGEST_AMOUNT else None
    if match is None or (match["group"] is not None and match["group"] == match["point"]):  # « 1,234,50 »
        return None
    currency = _currency(match["before"], match["after"])
    if currency is None or has_three_decimals(text, lang):
        return None
    digits = re.sub(r"\D", "", match["whole"])
    return _decimal(digits, match["fraction"] or "", _SHIFT[(match["scale"] or "").lower()]), currency


def amounts_in(text: str, lang: str) -> list[tuple[int, int, Amount]]:
    """Return (start, end, (decimal, currency)) of each amount of money in a sentence, in order."""
    amounts = []
    for match in re.finditer(MONEY, text):
        words = match[0].rstrip(" ,.\u00a0\u202f")  # `MONEY` also matches the comma or point after a number
        amount = parse_amount(words, lang) if re.search(CURRENCY, words) else None
        if amount is not None:
            amounts.append((match.start(), match.start() + len(words), amount))
    return amounts


def has_three_decimals(text: str, lang: str) -> bool:
    """Return whether an amount seems to have three decimals: « 12,345 $ » in French, "12.345" in English.

    A sign before the number shows the English way of writing (« $12,345 »), « $ » or « € » after it the French.
    """
    match = re.fullmatch(_NUMBER, re.sub(_SPACES, " ", text).strip()) if len(text) <= _LONGEST_AMOUNT else None
    if match is None or match["group"] not in (",", ".") or match["point"] is not None:
        return False
    groups = match["whole"].split(match["group"])
    if len(groups) > 2:
        return False
    sign_after = match["after"].strip()[:1] in ("$", "€", "£")
    is_english = bool(match["before"].strip()) or not (sign_after or lang.startswith("fr"))
    return groups[0] == "0" or match["group"] == ("." if is_english else ",")


def format_amount(decimal: str, currency: str, lang: str) -> str:
    """Return the amount in words of `lang` (« fr… » or « en… »): « 12 000 $ » with no-break spaces, "$12,000".

    Cents are written with two digits, or left out when zero. A text that is no decimal is shown as it is, before the
    currency code.
    """
    match = re.fullmatch(_DECIMAL, decimal)
    if match is None:
        return f"{decimal}{NBSP}{currency}".strip()
    digits, cents = match[1].lstrip("0") or "0", (match[2] or "").rstrip("0")
    cents = cents.ljust(2, "0") if cents else ""
    if lang.startswith("fr"):
        number = _grouped(digits, NBSP) + ("," + cents if cents else "")
        sign = {"CAD": "$", "USD": f"${NBSP}US", "EUR": "€", "GBP": "£"}.get(currency, currency)
        return f"{number}{NBSP}{sign}" if sign else number
    number = _grouped(digits, ",") + ("." + cents if cents else "")
    sign = {"": "", "CAD": "$", "USD": "US$", "EUR": "€", "GBP": "£"}.get(currency, f"{currency}{NBSP}")
    return sign + number


def _currency(before: str, after: str) -> str | None:
    """Return the code for what stands before and after the number, or None when it is no currency."""
    sides = [re.sub(_SPACES, "", side).replace(".", "") for side in (before, after)]
    marks = [side for side in sides if side]
    if len(marks) == 2 and marks[0] == "$":  # « $12,000 CAD » is read as « $CAD », « $12 EUR » as « EUR »
        marks = ["$" + marks[1]] if "$" + marks[1].lower() in _SIGNS else marks[1:]
    if len(marks) > 1:
        return None
    mark = marks[0] if marks else ""
    return mark.upper() if mark.upper() in _CODES else _SIGNS.get(mark.lower())


def _decimal(whole: str, fraction: str, shift: int) -> str:
    """Return the canonical decimal string of whole.fraction times ten to the power `shift`."""
    digits = fraction.ljust(shift, "0")
    whole, fraction = whole + digits[:shift], digits[shift:].rstrip("0")
    whole = whole.lstrip("0") or "0"
    return f"{whole}.{fraction.ljust(2, '0')}" if fraction else whole


def _grouped(digits: str, separator: str) -> str:
    """Return `digits` in groups of three: « 12 000 »."""
    return re.sub(r"(?<=\d)(?=(?:\d{3})+$)", separator, digits)
