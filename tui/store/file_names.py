"""What the files in a partnership's folder are called; a listing knows them by name without loading TinyDB."""

from __future__ import annotations

import re
from typing import Final

PUBLIC, PRIVATE, PAST, VERSIONS = "project.json", "private.json", "history.json", "versions.json"
NAMES: Final = (PUBLIC, PRIVATE, PAST, VERSIONS)
BIN: Final = "bin"  # the folder in which deleted partnerships lie
UNFINISHED_FOLDER: Final = ".restoring-"  # a folder of that name is being filled, or was when its program was killed
CLOSED_NAME: Final = re.compile(r"(?:history|private|versions)\.json\.closed-([1-9][0-9]{0,5})\.json", re.ASCII)


def is_closed_file(name: str) -> bool:
    """Return whether a file of closed history, or its twin, is called so."""
    return CLOSED_NAME.fullmatch(name.removesuffix(".twin")) is not None


def is_kept_file(name: str) -> bool:
    """Return whether a file of a partnership's folder holds tables of its own, or is the twin of one that does."""
    return name.removesuffix(".twin") in NAMES or is_closed_file(name)


def is_public_file(name: str) -> bool:
    """Return whether a file of a partnership's folder holds public tables alone, or is the twin of one that does."""
    plain = name.removesuffix(".twin")
    return plain in (PUBLIC, PAST, VERSIONS) or (is_closed_file(plain) and not plain.startswith(PRIVATE))
