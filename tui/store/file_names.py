"""The names of the files in a partnership's folder. Apart from the code that reads them, which loads TinyDB."""

from __future__ import annotations

import re
from typing import Final

# PAST is the public history; the private history lies in the private file. Beside each lies its twin, a second copy:
# `project.json.twin`.
PUBLIC, PRIVATE, PAST, VERSIONS = "project.json", "private.json", "history.json", "versions.json"
NAMES: Final = (PUBLIC, PRIVATE, PAST, VERSIONS)
BIN: Final = "bin"  # the folder in which deleted partnerships lie
# Begins the name of a folder that is being filled, or that was when its program was killed.
UNFINISHED_FOLDER: Final = ".restoring-"
# The name of a closed file, which holds older lines of the history or older versions: "history.json.closed-2.json".
CLOSED_NAME: Final = re.compile(r"(?:history|private|versions)\.json\.closed-([1-9][0-9]{0,5})\.json", re.ASCII)


def is_closed_file(name: str) -> bool:
    """Return whether this is the name of a closed file or of its twin."""
    return CLOSED_NAME.fullmatch(name.removesuffix(".twin")) is not None


def is_table_file(name: str) -> bool:
    """Return whether this is the name of a file that holds tables of a partnership, or of its twin."""
    return name.removesuffix(".twin") in NAMES or is_closed_file(name)


def is_public_file(name: str) -> bool:
    """Return whether this is the name of a file that holds only public tables, or of its twin."""
    first_copy = name.removesuffix(".twin")
    is_closed_public_file = is_closed_file(first_copy) and not first_copy.startswith(PRIVATE)
    return first_copy in (PUBLIC, PAST, VERSIONS) or is_closed_public_file
