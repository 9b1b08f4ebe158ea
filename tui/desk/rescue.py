"""What could not be saved when the program ends, written as a readable text where there is room for it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from tui.desk.desk import Desk, now
from tui.desk.said import value_words, where
from tui.project.values import ORDER, Change
from tui.store.errors import StoreError
from tui.store.files import make_private_dir, write_atomic
from tui.words import _

LAST_RESORT = Path("/tmp")


def rescue(desk: Desk, environ: Mapping[str, str]) -> Path | None:
    """Write the unsaved changes to a new file that only this account can read; its path, None when no place takes it.

    Tries the folder of state files (XDG Base Directory Specification), then $TMPDIR, then /tmp.
    """
    data = text_of(desk).encode("utf-8", errors="backslashreplace")
    name = f"entente-{desk.project.id}-{now()[:19].replace(':', '')}-{os.getpid()}.txt"
    for folder in _places(environ):
        try:
            if folder.name == "unsaved":
                make_private_dir(folder)
            write_atomic(folder / name, data)
        except (OSError, StoreError):
            continue
        return folder / name
    return None


def rescued(project_id: str, environ: Mapping[str, str]) -> list[Path]:
    """The files that unsaved changes of a partnership were written to before, and that are still there."""
    found = [path for folder in _places(environ) for path in folder.glob(f"entente-{project_id}-*.txt")]
    return sorted(dict.fromkeys(found))


def _places(environ: Mapping[str, str]) -> Iterator[Path]:
    base = environ.get("XDG_STATE_HOME", "")
    home = environ.get("HOME", "")
    if base.startswith("/") or home:
        yield (Path(base) if base.startswith("/") else Path(home) / ".local" / "state") / "entente" / "unsaved"
    if environ.get("TMPDIR", "").startswith("/"):
        yield Path(environ["TMPDIR"])
    yield LAST_RESORT


def text_of(desk: Desk) -> str:
    """The unsaved changes: for each its question, whose it is, its field, and the whole text."""
    lines = [_("What could not be saved in “{title}” ({id}):").format(title=desk.title, id=desk.project.id), ""]
    for change in desk.edits.at_risk_changes:
        if change.cell != ORDER:
            lines += [
                f"## {where(desk, change.question, change.part, change.cell, change.subject)}",
                _told(desk, change),
            ]
    return "\n".join(lines) + "\n"


def _told(desk: Desk, change: Change) -> str:
    said = value_words(desk, change.question, change.part, change.cell, change.value)
    return (said or _("(emptied)")) + "\n"
