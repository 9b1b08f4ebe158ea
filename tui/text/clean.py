"""Foreign text made safe: what is typed, pasted, imported or loaded passes here once, before anything keeps it."""

from __future__ import annotations

import re

# Patterns stay strings until they are used (`re` keeps what it compiled), to cost nothing at start.

# Word pastes its manual line break as a vertical tab, and its page break as a form feed.
_BREAKS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"

# What text may not hold: C0 but tab and line feed, DEL, C1, line and paragraph separators, lone surrogates, the byte
# order mark, noncharacters (Unicode, section 23.7), and what sets the direction of writing: marks as well as
# embeddings, overrides and isolates, since Windows hides U+200E in the dates it copies. The joiners U+200C and U+200D
# stay: emoji and several scripts need them. Named one by one: what is left out compiles in a seventh of the time.
_FOREIGN = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
_UNPRINTED = "\n\t\xa0\u202f"  # what prose may hold that `isprintable` refuses
_SPACED_BREAK = r"\s*\n\s*"
_BULLET = r"^(?:[-–—*•◦▪‣·●○]|\(?\d{1,3}[.)]|o(?=\t))(?:\s+|$)"


def clean(text: str, multiline: bool = True) -> str:
    """Return `text` without controls, direction marks, lone surrogates and noncharacters; idempotent.

    Every kind of line break becomes a line feed. With `multiline` false, each line break and tab becomes one space.
    All other code points are kept as they are: no Unicode normalisation.
    """
    if not _is_harmless(text) and re.search(_FOREIGN, text):
        text = re.sub(_FOREIGN, "", re.sub(_BREAKS, "\n", text))
    return text if multiline else text.replace("\n", " ").replace("\t", " ")


def _is_harmless(text: str) -> bool:
    """Whether a quick look tells that nothing in `text` is foreign: so for nearly all there is, of any length."""
    if text.isprintable():
        return True
    for sign in _UNPRINTED:
        text = text.replace(sign, "")
    return text.isprintable()


def one_line(text: str) -> str:
    """Return `text` cleaned, its lines joined by single spaces, without space at the ends."""
    return clean(re.sub(_SPACED_BREAK, " ", clean(text)), multiline=False).strip()


def lines(text: str) -> list[str]:
    """Return the lines of a pasted list: cleaned, not empty, each without its bullet or number."""
    bare = (re.sub(_BULLET, "", line.strip(), count=1) for line in clean(text).split("\n"))
    return [line for line in (clean(item, multiline=False).strip() for item in bare) if line]
