"""Names each line of an exported agreement, so that the lines of a file that comes back are recognised.

The name (a bookmark in Word, an id in HTML) is a hash of the language, section and field that the line comes from, and
of its number among the lines of that field. Equal agreements give equal names, and a reworded line keeps its name.
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
    """Return whether a bookmark or id found in a file has the form that `AnchorNames` gives: « ent_k3f7a2… »."""
    return _ANCHOR.fullmatch(name) is not None


class AnchorNames:
    """Names the lines of one document; `name` is to be called once for each line in reading order."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, ...]] = Counter()

    def name(self, lang: str, section: str, origin: Origin, text: str = "") -> str:
        """Return the name of the next line that comes from `origin`; a line without origin is named by its `text`."""
        ids = (origin.entry, origin.field, origin.question, origin.partner)
        source = (lang, section, *ids) if any(ids) else (lang, section, "", text)
        self._counts[source] += 1
        key = "\0".join((*source, str(self._counts[source])))
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
        return _PREFIX + b32encode(digest)[:12].decode().lower()
