"""The placeholders of guide texts, which the screens and line mode fill before they show a text.

« {command:send} » becomes the name or key of a command, « {section:open_points} » the number of a section of the
agreement. Keys may be changed and sections moved, so the data hold ids in their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable

COMMAND, SECTION = "command", "section"
_PLACEHOLDER = re.compile(r"\{(command|section):([a-z_]+)\}")


def placeholders(text: str) -> list[tuple[str, str]]:
    """Return the placeholders of a text in their order, each as (COMMAND or SECTION, id)."""
    return [(match[1], match[2]) for match in _PLACEHOLDER.finditer(text)]


def fill(text: str, *, command: Callable[[str], str], section: Callable[[str], str]) -> str:
    """Return the text with each placeholder replaced: `command` and `section` return the words for an id."""
    return _PLACEHOLDER.sub(lambda match: command(match[2]) if match[1] == COMMAND else section(match[2]), text)
