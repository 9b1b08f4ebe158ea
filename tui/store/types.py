"""What the store hands out: one line of the list, what a save did, who writes, and what went wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.quick import dataclass

if TYPE_CHECKING:
    from tui.project.values import Conflict, Past, Project


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: an id that stays the same when the name is corrected, and the name others read."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list, made from the public view. `damaged` says in words why a partnership cannot be read whole.

    `milestone` is the next one: "meeting", "adoption", "adopted", or "changed" since; `changed` an ISO date and time.
    """

    id: str
    title_fr: str
    title_en: str
    changed: str
    milestone: str
    partners: int
    archived: bool
    damaged: str = ""
    trial: bool = False  # made to practise on, and to be thrown away

    def title(self, lang: str) -> str:
        """The title in `lang`, "fr" or "en"."""
        return self.title_en if lang == "en" else self.title_fr


@dataclass(frozen=True, slots=True)
class Saved:
    """What is on disk now, what stood before (oldest first, for undo) and the conflicts this save made."""

    project: Project
    past: tuple[Past, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What was destroyed, and what could not be: backups of this store, sessions open elsewhere, copies made of it."""

    files: tuple[Path, ...]
    backups: tuple[Path, ...] = ()
    sessions: tuple[str, ...] = ()
    copies: tuple[Summary, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the store worked around, for the status line and `entente doctor`.

    `kind`: those of `copies.Recovered`; "unread" (a file of the project cannot be read: the rest is shown, `kept` is
    where its bytes lie); "journal" (what a session that died had typed was saved now; `why` names its author).
    """

    kind: str
    path: Path
    kept: Path | None = None
    why: str = ""
