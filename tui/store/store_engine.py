"""What the store asks of an engine: partnerships found, made, listed, put into the bin, and the directory beside them.

`FolderEngine` keeps them as folders of sealed files. What one partnership asks of it is `StoredPartnership`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from tui.guide.guide_types import Guide
    from tui.store.erasure import Eraser, Erasure
    from tui.store.list_cache import ListingProgress
    from tui.store.store_errors import Author, Problem, StoreError, Summary, Unlocked
    from tui.store.stored_partnership import StoredPartnership

GuideLoader: TypeAlias = "Callable[[], Guide]"
Organisations: TypeAlias = Sequence[Mapping[str, Any]]
Mending: TypeAlias = Callable[[Organisations], Mapping[str, Mapping[str, Any]]]


class StoreEngine(ABC):
    """Where the partnerships of one store are kept. All errors are `StoreError`s."""

    is_server = False

    def __init__(self, root: Path, guide: GuideLoader, holder: Callable[[], str]) -> None:
        """`root` is the folder of this store on this machine, `holder` says who writes, for others to read."""
        self.root = root
        self.place = str(root)  # as it is told to people
        self._guide = guide
        self._holder = holder
        self.problems: list[Problem] = []

    # -- one partnership -----------------------------------------------------------------------------------------------

    @abstractmethod
    def partnership(self, partnership_id: str) -> StoredPartnership:
        """Return a partnership by its id, the same object as long as it is used. Raises Unknown for none of ours."""

    @abstractmethod
    def has(self, partnership_id: object) -> bool:
        """Return whether there is a partnership of that id, the bin left out."""

    @abstractmethod
    def new_partnership(self, partnership_id: str) -> AbstractContextManager[StoredPartnership]:
        """Return a partnership to be filled: it is there whole once the block ends well, or not at all.

        Raises Taken where one of that id is there, Unknown for what is no id.
        """

    @abstractmethod
    def free_id(self, wanted: object) -> str:
        """Return `wanted` where it is an id that nobody has, else a new one."""

    # -- all of them ---------------------------------------------------------------------------------------------------

    @abstractmethod
    def summaries(self, watch: ListingProgress | None = None) -> list[Summary]:
        """Return the line of each partnership, the last changed first; `watch` is told how many are read."""

    @abstractmethod
    def deleted(self) -> list[Summary]:
        """Return the line of each partnership in the bin, the last changed first."""

    # -- deleted, brought back, destroyed ------------------------------------------------------------------------------

    @abstractmethod
    def delete(self, partnership_id: str) -> None:
        """Move a partnership to the bin, whole. Raises Unknown."""

    @abstractmethod
    def restore_deleted(self, partnership_id: str) -> str:
        """Bring one back from the bin; its id, a new one where its own is taken meanwhile. Raises Unknown."""

    @abstractmethod
    def purge(self, partnership_id: str) -> Path:
        """Destroy one in the bin for good; what went. Raises Unknown."""

    @abstractmethod
    def earlier_lives(self, partnership_id: str) -> Sequence[StoredPartnership]:
        """Return what lies in the bin under this id, or was called so before it was deleted."""

    @abstractmethod
    def destroy_private(self, stored: StoredPartnership) -> tuple[Path, ...]:
        """Destroy the private half of a partnership, its history, and every journal of it; what went."""

    @abstractmethod
    def erase(self, stored: StoredPartnership, eraser: Eraser, author: Author, at: str, *, write: bool) -> Erasure:
        """Look for words in a partnership and around it, and with `write` take them out; what was found."""

    @abstractmethod
    def related_copies(self, partnership_id: str, *, deleted: bool = False) -> tuple[Summary, ...]:
        """Return the partnerships with private notes of this one: its copies, its origin, and copies of that.

        Those in the bin count as well; with `deleted` it lies there itself.
        """

    @abstractmethod
    def copies_elsewhere(self, partnership_id: str) -> tuple[Path, ...]:
        """Return what is known to hold this partnership, or did, and is not reached by destroying it: backups, say."""

    # -- the directory -------------------------------------------------------------------------------------------------

    @abstractmethod
    def organisations(self) -> list[dict[str, Any]]:
        """Return all organisations, in the order in which they were first remembered."""

    @abstractmethod
    def remember(self, organisation: dict[str, Any]) -> str:
        """Keep an organisation under its id, a new one where it has none; fields not given stay as they were."""

    @abstractmethod
    def mend(self, work: Mending) -> dict[str, dict[str, Any]]:
        """Set what `work` says of each organisation, in one transaction. Returns the cells as they were."""

    # -- what is asked twice a second: it never waits, and raises nothing ----------------------------------------------

    @abstractmethod
    def change_mark(self, partnership_id: str) -> object:
        """Return what changes when there may be something to look at in a partnership that is open."""

    @abstractmethod
    def people_mark(self, partnership_id: str) -> int:
        """Return what changes when somebody came to a partnership, or left it."""

    @abstractmethod
    def vanished(self, partnership_id: str) -> StoreError:
        """Return what to say of a partnership that is open here, and no longer there."""

    def hurry(self) -> None:
        """The program was asked to end: from now on nothing waits for long."""
        return  # a folder keeps nobody waiting

    # -- what is remembered, and what there was to work around ---------------------------------------------------------

    @abstractmethod
    def forget_all(self) -> None:
        """Remember nothing of what was read: something else was put in its place."""

    @abstractmethod
    def successor(self) -> str:
        """Return the place of the store that the partnerships were copied to; "" while this one is in use."""

    @abstractmethod
    def refuse_leaving(self) -> None:
        """Raise `StoreError` where this account may not leave the store to another one."""

    @abstractmethod
    def leave_to(self, successor: str) -> None:
        """Only read from now on, and point to `successor`; who is just saving is waited for by whoever reads next."""

    @abstractmethod
    def take_back(self) -> None:
        """Use this store again."""

    def unlocked(self) -> Unlocked | None:
        """Return why nothing is written without the person's yes; None where several may write, or yes was said."""
        return None

    def allow_unlocked(self) -> None:
        """Write from now on although several who save at once lose words: the person said yes to it."""
        return

    def take_problems(self) -> list[Problem]:
        """Return what had to be worked around since the last call."""
        taken, self.problems = self.problems, []
        return taken
