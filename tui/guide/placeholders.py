"""The places in a guide text that whoever shows it fills: the name of a command, the number of a section.

« {command:send} » is a command of the program by its id, « {section:open_points} » a section of the agreement by its
id: keys may be changed and sections moved, so neither a key nor a number is written in the data.
"""

from __future__ import annotations

import re
from collections.abc import Callable

COMMAND, SECTION = "command", "section"
_PLACE = re.compile(r"\{(command|section):([a-z_]+)\}")


def placeholders(text: str) -> list[tuple[str, str]]:
    """Return the places of a text in their order: (COMMAND or SECTION, id)."""
    return [(found[1], found[2]) for found in _PLACE.finditer(text)]


def fill(text: str, *, command: Callable[[str], str], section: Callable[[str], str]) -> str:
    """Return the text with each place filled by what `command` and `section` say of its id."""
    return _PLACE.sub(lambda found: command(found[2]) if found[1] == COMMAND else section(found[2]), text)
