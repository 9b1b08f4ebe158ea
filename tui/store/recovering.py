"""The store at recovering: what was set aside is named and comes back, what is damaged is shown as far as it reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.store.editing import Editing

if TYPE_CHECKING:
    from tui.store.kept import Kept, Readable
    from tui.store.types import Saved


class Recovering(Editing):
    """What is done with bytes that somebody else changed, or that no longer read."""

    def kept(self, project_id: str) -> list[Kept]:
        """The files set aside beside a partnership, the last written first, each with what only it says."""
        from tui.store.kept import kept_beside

        return kept_beside(self._folder(project_id))

    def take_over(self, project_id: str, file: Path) -> Saved:
        """Bring in what a set-aside file says, as changes that the history keeps and that conflict with newer ones.

        The file stays where it is. `NotFound` for one that is not set aside beside this partnership.
        """
        from tui.store.kept import take_over

        return take_over(self._folder(project_id), self._guide(), Path(file), self.author, self._now())

    def readable(self, project_id: str) -> Readable:
        """What can still be read of a partnership that `load` refuses as `Damaged`. Nothing is written."""
        from tui.store.kept import readable

        return readable(self._folder(project_id))

    def go_on(self, project_id: str) -> None:
        """Go on with what can be read of a damaged partnership; the damaged bytes stay beside it."""
        from tui.store.kept import go_on

        go_on(self._folder(project_id), self._guide(), self.author)
