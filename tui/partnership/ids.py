"""Ids of entries, and the order keys by which rows sort: between two keys there is always room for another."""

from __future__ import annotations

ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
LENGTH = 10
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ALL_DIGITS = frozenset(_DIGITS)
_FULL = "zzzz"  # the last block of four digits in the order


def new_id() -> str:
    """Return ten random lower-case base32 characters (50 bits)."""
    import secrets  # Imported here: most programs that read ids make none.

    return _id_of_number(secrets.randbits(50))


def id_for_key(*words: str) -> str:
    """Return an id made from some words: the same words give the same id, other words another one."""
    from hashlib import sha256

    return _id_of_number(int.from_bytes(sha256("\0".join(words).encode()).digest()[:8], "big"))


def _id_of_number(number: int) -> str:
    """Return the id made of the lowest 50 bits of a number, five bits a character."""
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def is_id(text: object) -> bool:
    """Return whether a value has the form of an id."""
    return isinstance(text, str) and len(text) == LENGTH and all(letter in ALPHABET for letter in text)


def order_between(before: str, after: str) -> str:
    """Return an order key that sorts after `before` and before `after`; "" stands for no neighbour.

    Keys are fractions in base 36 without trailing zeros, so there is always room between two. If a key has characters
    that this program never writes, the result sorts after `before` at least.
    """
    if not set(before + after) <= _ALL_DIGITS:
        return f"{before}i"
    if not after and before.startswith(_FULL):
        return _next_key(before)
    key = ""
    place = 0
    while True:
        low = _DIGITS.index(before[place]) if place < len(before) else 0
        high = _DIGITS.index(after[place]) if after and place < len(after) else len(_DIGITS)
        if high - low > 1:
            # Behind the last row a small step is taken, since most rows are added there.
            return key + _DIGITS[(low + high) // 2 if after else min(low + 2, (low + high) // 2)]
        key += _DIGITS[low]
        if high > low:
            after = ""
        place += 1


def _next_key(before: str) -> str:
    """Return an order key after one that begins with full blocks: the block after these is counted up by one.

    Halving the room that is left instead would make the key of the ten-thousandth row a thousand characters long.
    """
    width = len(_FULL)
    start = width
    while before.startswith(_FULL, start):
        start += width
    number = int(before[start : start + width].ljust(width, "0"), len(_DIGITS)) + 1
    number += number % len(_DIGITS) == 0  # one more, as a key has no trailing zero
    block = ""
    for _place in range(width):
        number, digit = divmod(number, len(_DIGITS))
        block = _DIGITS[digit] + block
    return before[:start] + block
