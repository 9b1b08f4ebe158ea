"""The interface of an engine: what keeps all partnerships of a store, its bin, and its directory of organisations.

`FolderEngine` keeps them in folders of sealed files, `ServerEngine` in a PostgreSQL database. The interface of a single
partnership is `StoredPartnership`. `Store` calls both.
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
Organisations: TypeAlias = Sequence[Mapping[str, Any]]  # each as a JSON object
# Gets all organisations and returns the cells to set: organisation id → key of a cell → value.
OrganisationChanges: TypeAlias = Callable[[Organisations], Mapping[str, Mapping[str, Any]]]


class StoreEngine(ABC):
    """Where the partnerships of one store are kept. All errors are `StoreError`s."""

    is_server = False

    def __init__(self, root: Path, guide: GuideLoader, holder: Callable[[], str]) -> None:
        """`root` is the folder of this store on this machine; for a server, that of journals and unfinished texts.

        `guide` gives the guide, which says what is private. `holder` gives the name of who writes; others read it while
        they wait for the lock.
        """
        self.root = root
        self.place = str(root)  # as messages name the store
        self._guide = guide
        self._holder = holder
        self.problems: list[Problem] = []

    # -- one partnership -----------------------------------------------------------------------------------------------

    @abstractmethod
    def partnership(self, partnership_id: str) -> StoredPartnership:
        """Return a partnership by its id, the same object while it is remembered.

        Raises Unknown for what is no id, and, where that is seen without asking a server, for one that is not there.
        """

    @abstractmethod
    def has(self, partnership_id: object) -> bool:
        """Return whether a partnership of that id exists outside the bin."""

    @abstractmethod
    def new_partnership(self, partnership_id: str) -> AbstractContextManager[StoredPartnership]:
        """Return a context that gives a new partnership to fill: it exists if the block ends without an error.

        Raises Taken if there is one of that id, Unknown for what is no id.
        """

    @abstractmethod
    def free_id(self, wanted: object) -> str:
        """Return `wanted` if it is an id that is not in use, else a new id."""

    # -- the list ------------------------------------------------------------------------------------------------------

    @abstractmethod
    def summaries(self, progress: ListingProgress | None = None) -> list[Summary]:
        """Return a summary of each partnership outside the bin, the last changed first.

        `progress` is called with how many are read and how many there are; reading ends if it returns False.
        """

    @abstractmethod
    def deleted(self) -> list[Summary]:
        """Return a summary of each partnership in the bin, the last changed first."""

    # -- deleted, brought back, destroyed ------------------------------------------------------------------------------

    @abstractmethod
    def delete(self, partnership_id: str) -> None:
        """Move a partnership to the bin. Raises Unknown if there is none of that id."""

    @abstractmethod
    def restore_deleted(self, partnership_id: str) -> str:
        """Bring a partnership back from the bin; return its id, a new one if its own is in use. Raises Unknown."""

    @abstractmethod
    def purge(self, partnership_id: str) -> Path:
        """Destroy a partnership in the bin for good; return the path of its folder. Raises Unknown."""

    @abstractmethod
    def earlier_lives(self, partnership_id: str) -> Sequence[StoredPartnership]:
        """Return the partnerships in the bin that have this id, or had it when they were deleted."""

    @abstractmethod
    def destroy_private(self, stored: StoredPartnership) -> tuple[Path, ...]:
        """Destroy the private half of a partnership, its history and its journals; return the files that went."""

    @abstractmethod
    def erase(self, stored: StoredPartnership, eraser: Eraser, author: Author, at: str, *, write: bool) -> Erasure:
        """Return where the words that `eraser` seeks stand in a partnership and around it.

        With `write`, also take them out; `author` and `at`, an ISO date and time, are noted with that change.
        """

    @abstractmethod
    def related_copies(self, partnership_id: str, *, deleted: bool = False) -> tuple[Summary, ...]:
        """Return the copies of a partnership, its origin and copies of that, if they hold private notes.

        Those in the bin count too. With `deleted`, the partnership itself lies in the bin.
        """

    @abstractmethod
    def copies_elsewhere(self, partnership_id: str) -> tuple[Path, ...]:
        """Return files outside its folder that may hold this partnership even once it is destroyed, such as backups."""

    # -- the directory -------------------------------------------------------------------------------------------------

    @abstractmethod
    def organisations(self) -> list[dict[str, Any]]:
        """Return all organisations, in the order in which they were first remembered."""

    @abstractmethod
    def remember(self, organisation: dict[str, Any]) -> str:
        """Keep an organisation and return its id, a new one if it has none; fields not given stay as they are."""

    @abstractmethod
    def change_organisations(self, work: OrganisationChanges) -> dict[str, dict[str, Any]]:
        """Set the cells that `work` returns, in one transaction; a cell set to None is removed.

        Returns the cells as they were before, in the same form.
        """

    # -- polled twice a second: these never wait, and raise nothing ----------------------------------------------------

    @abstractmethod
    def change_mark(self, partnership_id: str) -> object:
        """Return a value that differs once an open partnership may have changed."""

    @abstractmethod
    def people_mark(self, partnership_id: str) -> int:
        """Return a number that differs once somebody has opened a partnership or left it."""

    @abstractmethod
    def vanished_error(self, partnership_id: str) -> StoreError:
        """Return the error to show for a partnership that is open here but no longer in the store."""

    def hurry(self) -> None:
        """Shorten all waiting from now on, because the program was asked to end."""
        return  # a folder has nothing to wait for

    # -- the store as a whole ------------------------------------------------------------------------------------------

    @abstractmethod
    def forget_all(self) -> None:
        """Forget what was read of partnerships, because something else is about to take its place."""

    @abstractmethod
    def successor(self) -> str:
        """Return the folder or address of the store that the partnerships were copied to; "" if this one is in use."""

    @abstractmethod
    def refuse_leaving(self) -> None:
        """Raise `StoreError` if this account may not move the store elsewhere (`leave_to`)."""

    @abstractmethod
    def leave_to(self, successor: str) -> None:
        """Refuse every save from now on, because the store `successor` is used instead.

        A save under way may still end: before it copies a partnership the caller waits for it, by its lock.
        """

    @abstractmethod
    def take_back(self) -> None:
        """Undo `leave_to`: this store is used again."""

    def unlocked_error(self) -> Unlocked | None:
        """Return the error of a disk without locks, where the user must allow writing.

        None if locks work, or if the user has allowed it.
        """
        return None

    def allow_unlocked(self) -> None:
        """Write from now on although the disk has no locks, because the user allowed it."""
        return

    def take_problems(self) -> list[Problem]:
        """Return the problems met since the last call, and forget them."""
        problems, self.problems = self.problems, []
        return problems
