"""The number of a line in a list, as a person types it."""

from __future__ import annotations

_MOST_DIGITS = 6  # no list is longer, and Python refuses to read a number of thousands of digits


def list_number(text: str, most: int) -> int:
    """Return the number from 1 to `most` that `text` is, in plain digits; 0 for any other text."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    number = int(text) if is_number else 0
    return number if number <= most else 0
