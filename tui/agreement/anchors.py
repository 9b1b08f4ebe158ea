"""The name each line of an exported agreement carries, so that a text that comes back is known line by line.

A name says the language, the section and the field a line comes from, and which of its lines it is; it is hashed, so
that it tells nobody anything. Equal agreements give equal names, and a reworded line keeps its own.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b32encode
from collections import Counter

from tui.agreement.blocks import Origin

_PREFIX = "ent_"  # Word takes letters, digits and underscores in the name of a bookmark, 40 characters at most
_ANCHOR = re.compile(r"ent_[a-z2-7]{12}")


def is_anchor(name: str) -> bool:
    """Return whether a bookmark or id found in a file may be one of ours."""
    return _ANCHOR.fullmatch(name) is not None


class AnchorNames:
    """Names the lines of one document, asked in reading order."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, ...]] = Counter()

    def name(self, lang: str, section: str, origin: Origin, text: str = "") -> str:
        """Return the name of the next line that comes from `origin`; a line from nowhere is known by its words."""
        place = (origin.entry, origin.field, origin.question, origin.partner)
        known = (lang, section, *(place if any(place) else ("", text)))
        self._counts[known] += 1
        said = "\0".join((*known, str(self._counts[known])))
        digest = hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest()
        return _PREFIX + b32encode(digest)[:12].decode().lower()
