"""Opening, changing and saving partnerships: the part of the store that is in use at every moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tui.project.ids import is_id, new_id
from tui.store.types import Author, Problem, Saved, Summary

if TYPE_CHECKING:
    from tui.guide.types import Guide
    from tui.project.changes import Applied
    from tui.project.values import Change, Past, Project
    from tui.store.folder import Folder
    from tui.store.index import Watch
    from tui.store.session import Session

GuideLoader = Callable[[], "Guide"]
Clock = Callable[[], str]
Summaries: TypeAlias = "list[Summary]"  # the class has a `list` of its own
Pasts: TypeAlias = "list[Past]"
Problems: TypeAlias = "list[Problem]"


_REMEMBERED = 8  # partnerships whose files are kept in memory: the last ones used


def clock() -> str:
    """The local date and time with its zone, to the second, in ISO 8601."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


class Editing:
    """The partnerships in the folder `root`. All errors are `StoreError`s; after one, saving again may succeed."""

    def __init__(
        self, root: Path, guide_loader: GuideLoader | None = None, author: Author | None = None, now: Clock = clock
    ) -> None:
        """`guide_loader` gives the guide that says what is private (ours by default), `now` the time to write down."""
        self.root = Path(root)
        self._guide_loader = guide_loader
        self._author = author
        self._now = now
        self._folders: dict[str, Folder] = {}
        self._problems: list[Problem] = []

    @property
    def author(self) -> Author:
        """Who writes: as given, else this account's."""
        if self._author is None:
            import os

            from tui.store.author import default_author

            self._author = default_author(os.environ)
        return self._author

    def _guide(self) -> Guide:
        if self._guide_loader is None:
            from tui.guide.load import load_guide

            self._guide_loader = load_guide
        return self._guide_loader()

    def _folder(self, project_id: str) -> Folder:
        """The folder of a partnership; `NotFound` for what is no id, a link, or not there."""
        from tui.store.folder import Folder
        from tui.store.refusals import Unknown

        path = self.root / project_id if is_id(project_id) else None
        if path is None or path.is_symlink() or not path.is_dir():
            self._folders.pop(project_id, None)
            raise Unknown(self.root, str(project_id))
        self._folders[project_id] = known = self._folders.pop(project_id, None) or Folder(path, self.author.name)
        if len(self._folders) > _REMEMBERED:
            self._problems += self._folders.pop(next(iter(self._folders))).take_problems()
        return known

    def list(self, *, archived: bool = False, watch: Watch | None = None) -> Summaries:
        """The partnerships, the last changed first; with `archived` true those put away, else the others.

        `watch` is told how many of how many are read, and ends the reading where it says False: see `index.listing`.
        """
        return [one for one in self._everything(watch) if one.archived == archived]

    def find(self, text: str) -> Summary:
        """The one meant by `text`: its id, the first letters of it (4 or more), or its exact title.

        Archived ones count as well. Raises `NotFound`, or `Ambiguous` with the list.
        """
        from tui.store.index import meant

        found = meant(self._everything(), text)
        if len(found) == 1:
            return found[0]
        from tui.store.refusals import Ambiguous, Unknown

        raise Ambiguous(self.root, text, found) if found else Unknown(self.root, text)

    def _everything(self, watch: Watch | None = None) -> Summaries:
        from tui.store.errors import speaking_of
        from tui.store.index import listing, newest_first

        with speaking_of(self.root):
            return newest_first(listing(self.root, self._summarise, watch))

    def _summarise(self, project_id: str) -> Summary:
        from tui.store.summaries import summary_of

        return summary_of(self.root / project_id, self._guide(), self._problems)

    def create(self, changes: Iterable[Change] = (), *, project_id: str | None = None) -> Project:
        """A new partnership with these changes in it; `Taken` when one of that id is there."""
        from tui.project.changes import apply
        from tui.project.values import Project
        from tui.store.halves import Half
        from tui.store.plan import State
        from tui.store.shelf import new_folder

        at = self._now()
        path = new_folder(self.root, project_id or new_id())
        empty = Project(path.name, created=at, changed=at)
        applied = apply(empty, _clean(changes), by=self.author.name, at=at)
        return self._folder(path.name).start(self._guide(), State(empty, Half()), applied, self.author)

    def load(self, project_id: str, *, private: bool = True) -> Project:
        """The partnership as last saved, and what sessions that died had typed; with `private` false its public part.

        What could be shown only in part is told by `notes_problems`. Raises `NotFound`, `Damaged`, `Newer` …
        """
        folder = self._folder(project_id)
        self._replay(folder)
        state = folder.state()
        if state.twice:
            self._repair(folder)
        return state.project if private else folder.state(private=False).project

    def _repair(self, folder: Folder) -> None:
        """Finish a move between the two files that was cut short; where one may only read, it waits."""
        from tui.store.errors import Full, Locked, ReadOnly

        try:
            folder.save(self._guide(), self._nothing, self.author)
        except (Full, Locked, ReadOnly) as err:
            self._problems.append(Problem("waiting", folder.path, None, str(err)))

    @staticmethod
    def _nothing(project: Project) -> Applied:
        """No change: what is saved is only put in order."""
        from tui.project.changes import Applied

        return Applied(project, (), ())

    def _replay(self, folder: Folder) -> None:
        """Save what dead sessions left in their journals, under their authors' names."""
        from tui.project.changes import apply
        from tui.store.errors import Full, Locked, ReadOnly
        from tui.store.session import has_journals, keep_torn, left_behind, unsaved

        if not has_journals(folder.path):
            return
        try:
            with folder.lock:
                for orphan in left_behind(folder.path):
                    who = Author("journal", orphan.author)
                    folder.save(
                        self._guide(),
                        lambda project, one=orphan: apply(  # type: ignore[misc]
                            project, unsaved(one, project), by=one.author, at=self._now()
                        ),
                        who,
                    )
                    kept = keep_torn(orphan, folder.modes)
                    orphan.discard()
                    self._problems.append(Problem("journal", orphan.path, kept, orphan.author))
        except (Full, Locked, ReadOnly) as err:
            self._problems.append(Problem("waiting", folder.path, None, str(err)))

    def save(self, project_id: str, changes: Sequence[Change]) -> Saved:
        """Apply the changes to what is on disk now, and keep the outcome: one transaction under the lock.

        A change on an older `base` becomes a conflict; nothing is dropped. On an error nothing is half done.
        """
        from tui.project.changes import apply

        at = self._now()
        ours = _clean(changes)
        return self._folder(project_id).save(
            self._guide(), lambda project: apply(project, ours, by=self.author.name, at=at), self.author
        )

    def settle(self, project_id: str, conflict_id: str, choice: str) -> Saved:
        """End a conflict by "mine", "theirs" or "both"; one that somebody else just settled stays as they did.

        KeyError when the partnership has no such conflict.
        """
        from tui.project.changes import settle

        at = self._now()

        def act(project: Project) -> Applied:
            if any(one.id == conflict_id and one.settled for one in project.conflicts):
                return self._nothing(project)
            return settle(project, conflict_id, choice, by=self.author.name, at=at)

        return self._folder(project_id).save(self._guide(), act, self.author)

    def signature(self, project_id: str) -> object:
        """What `stat` says of the partnership's files: poll it, load again when it differs. `NotFound`."""
        return self._folder(project_id).signature()

    def history(self, project_id: str, *, entry: str = "", cell: str = "", private: bool = True) -> Pasts:
        """What stood before, oldest first, one line a stretch of typing; of everything, an entry, or a cell."""
        return self._folder(project_id).history(entry=entry, cell=cell, private=private)

    def session(self, project_id: str) -> Session:
        """Begin to edit: a journal for what is not saved yet, by which others also see that one is here."""
        from tui.store.session import Session

        folder = self._folder(project_id)
        return Session(folder.path, self.author.name, folder.modes)

    def notes_problems(self) -> Problems:
        """What had to be worked around since the last call: set aside, recovered, or shown only in part."""
        for folder in self._folders.values():
            self._problems += [one for one in folder.take_problems() if one not in self._problems]
        taken, self._problems = self._problems, []
        return taken


def _clean(changes: Iterable[Change]) -> list[Change]:
    from tui.store.records import cleaned

    return [replace(change, value=cleaned(change.value)) for change in changes]
