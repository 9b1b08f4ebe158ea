"""Identifiers and order keys: short, random, never reused; a row can always be put between two others."""

from __future__ import annotations

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
LENGTH = 10
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ALL_DIGITS = frozenset(_DIGITS)
_FULL = "zzzz"  # the block of digits that nothing of its length sorts behind


def new_id() -> str:
    """Ten random lower-case base32 characters (50 bits)."""
    import secrets  # here, since most of those who read ids make none

    number = secrets.randbits(50)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def id_for_key(*words: str) -> str:
    """Return the id that goes with a key of somebody's own: the same words give the same id, others another one."""
    from hashlib import sha256

    number = int.from_bytes(sha256("\0".join(words).encode()).digest()[:8], "big")
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def is_id(text: object) -> bool:
    """Return whether this has the form of an id."""
    return isinstance(text, str) and len(text) == LENGTH and all(letter in ALPHABET for letter in text)


def order_between(before: str, after: str) -> str:
    """Return an order key that sorts after `before` and before `after`; an empty string stands for no neighbour.

    Keys are fractions written in base 36 without a trailing zero, so there is always room between two. Behind a key of
    other letters, which no program of ours writes, it sorts after `before` at least.
    """
    if not set(before + after) <= _ALL_DIGITS:
        return f"{before}i"
    if not after and before.startswith(_FULL):
        return _counted_behind(before)
    key = ""
    place = 0
    while True:
        low = _DIGITS.index(before[place]) if place < len(before) else 0
        high = _DIGITS.index(after[place]) if after and place < len(after) else len(_DIGITS)
        if high - low > 1:
            return key + _DIGITS[(low + high) // 2 if after else min(low + 2, (low + high) // 2)]
        key += _DIGITS[low]
        if high > low:
            after = ""
        place += 1


def _counted_behind(before: str) -> str:
    """Return an order key behind one that begins with a full block: the block behind the full ones counts by one.

    To halve what is left each time would make the key of the ten-thousandth row of a list a thousand letters long.
    """
    width = len(_FULL)
    start = width
    while before.startswith(_FULL, start):
        start += width
    number = int(before[start : start + width].ljust(width, "0"), len(_DIGITS)) + 1
    number += number % len(_DIGITS) == 0  # a key has no trailing zero
    block = ""
    for _place in range(width):
        number, digit = divmod(number, len(_DIGITS))
        block = _DIGITS[digit] + block
    return before[:start] + block
