"""What the store refuses when a partnership is named or brought in, in words for the person."""

from __future__ import annotations

from pathlib import Path

from tui.store.errors import NotFound, StoreError, printable
from tui.store.types import Summary
from tui.words import _


class Unknown(NotFound):
    """No partnership answers to the id or title given."""

    def __init__(self, root: Path, text: str) -> None:
        super().__init__(root / "project.json")
        self.args = (_("No partnership is called “{text}”.").format(text=printable(text)),)


class Ambiguous(StoreError):
    """Several partnerships answer to what was given; `found` are their lines of the list."""

    def __init__(self, root: Path, text: str, found: list[Summary]) -> None:
        self.found = tuple(found)
        super().__init__(
            root,
            _("Several partnerships are called “{text}”: {ids}. Give the id.").format(
                text=printable(text), ids=", ".join(one.id for one in found)
            ),
        )


class NoDocument(StoreError):
    """What was to be brought in is no partnership; `reason` says why, in technical words."""

    def __init__(self, path: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(
            path,
            _("“{name}” is not a partnership that Entente can read ({reason}). Nothing was changed.").format(
                name=printable(path.name), reason=printable(reason)
            ),
        )


class Taken(StoreError):
    """Something of that name is already there."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _("“{name}” already exists.").format(name=printable(path.name)))
