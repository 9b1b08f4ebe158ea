"""The errors of the store, and the small values that its methods return.

Each error is a `StoreError`, whose text tells the user what could not be done, where, and what to do next.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from tui.error_words import is_ours, reason_words
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.named_files import RefusedFile

if TYPE_CHECKING:
    from tui.partnership.values import Conflict, HistoryEntry, Partnership


def printable(path: str | os.PathLike[str]) -> str:
    """Return `path` as one line that is safe to show: characters that could steer a terminal become « ? »."""
    no_break_space = "\xa0"
    return "".join(char if char.isprintable() or char == no_break_space else "?" for char in os.fspath(path))


def place_of(path: Path) -> str:
    """Return the folder of `path` as it is shown; the working directory by its full path, not as « . »."""
    return printable(Path.cwd() if path.parent == Path() else path.parent)


def name_of(path: Path) -> str:
    """Return the name of `path` as it is shown; of « . » and « / », which have none, the path itself."""
    return printable(path.name or path)


class StoreError(Exception):
    """An error of the store: `str()` is a sentence for the user, `path` the file, folder or address it is about."""

    def __init__(self, path: str | os.PathLike[str], message: str) -> None:
        super().__init__(message)
        self.path = Path(path)

    @property
    def short_words(self) -> str:
        """The cause in two or three words, for the header of a page; "" for kinds of error without such words."""
        return ""


class Damaged(StoreError):
    """No copy of a file can be read; `kept` names where its bytes lie. Nothing was overwritten."""

    def __init__(self, path: Path, kept: Iterable[Path] = ()) -> None:
        self.kept = tuple(dict.fromkeys(kept))  # two copies with the same bytes are set aside as one file
        names = ", ".join(printable(kept_file.name) for kept_file in self.kept) or name_of(path)
        super().__init__(
            path,
            _(
                "“{name}” in {place} cannot be read: both of its copies are damaged. "
                "Nothing was overwritten; what is left is kept in {kept}. Put a backup back, or run “entente doctor”."
            ).format(name=name_of(path), place=place_of(path), kept=names),
        )


class Lost(Damaged):
    """The public file of a partnership and its twin (the second copy) are gone, while others of its files exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        # `args` is what `str()` gives: the sentence of `Damaged` is replaced.
        self.args = (
            _(
                "“{name}” in {place} is gone, and so is its second copy. What the other files say is kept: "
                "put a backup back, or run “entente doctor”."
            ).format(name=name_of(path), place=place_of(path)),
        )


class Newer(StoreError):
    """The file was written by a later version of the program; it is left as it is.

    `found` is the schema number in the file, `known` the highest that this version reads.
    """

    def __init__(self, path: Path, stored_schema: int, known_schema: int) -> None:
        self.found, self.known = stored_schema, known_schema
        super().__init__(
            path,
            _(
                "“{name}” in {place} was written by a newer version of Entente "
                "(format {found}; this one knows {known}). It was left untouched: update Entente to open it."
            ).format(name=name_of(path), place=place_of(path), found=stored_schema, known=known_schema),
        )


class Locked(StoreError):
    """Somebody else held the lock until the time limit; `holder` is their name, "" if unknown."""

    def __init__(self, path: Path, holder: str = "") -> None:
        self.holder = holder
        who = printable(holder) or _("someone else")
        super().__init__(
            path,
            _("{place} is being saved by {who}. Nothing was lost: try again in a moment.").format(
                place=place_of(path), who=who
            ),
        )


# What is wrong with the locks of a disk: "" nothing, "none" it knows no locks, "idle" each lock is given to everybody,
# "machine" they hold on one machine only.
LockKind = Literal["", "none", "idle", "machine"]


class Unlocked(StoreError):
    """Nothing is written, because the locks of this disk keep nobody out and the user has not allowed it.

    `kind` is never "" here; `disk` is the type of the file system, "" if unknown. `explanation` is the sentence without
    the advice how to allow it.
    """

    def __init__(self, path: Path, kind: LockKind, disk: str) -> None:
        self.kind, self.disk = kind, disk
        if kind == "none":
            what = _("a disk that knows no locks")
        elif kind == "idle":
            what = _("a disk whose locks keep nobody out")
        else:
            what = _("a disk whose locks hold on one machine alone")
        if disk:
            what = f"{what} ({printable(disk)})"
        explanation = _(
            "{place} is on {what}, where two people or two windows that save at once lose words: move this folder to a "
            "disk of this machine (ENTENTE_STORE=/…), or keep the partnerships in a PostgreSQL database "
            "(ENTENTE_STORE=postgresql://…)."
        )
        self.explanation = explanation.format(place=printable(path), what=what)
        advice = _("To save there all the same: --without-locks, or in the settings {line}")
        line = f'without_locks = "{printable(path.absolute())}"'
        super().__init__(path, f"{self.explanation} {advice.format(line=line)}")


class Full(StoreError):
    """No room, or no quota, is left where the file lies."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _(
                "No room is left in {place} to save “{name}”. What was saved is safe: make room, then save again."
            ).format(name=name_of(path), place=place_of(path)),
        )


class ReadOnly(StoreError):
    """The account may not write, or not even read, there."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _("This account may not read or change “{name}” in {place}. Ask whoever looks after this folder.").format(
                name=name_of(path), place=place_of(path)
            ),
        )


class ReadOnlyDisk(ReadOnly):
    """The disk is mounted so that nobody can write there."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.args = (read_only_disk_words(path.parent),)  # `str()` gives this instead of the sentence of `ReadOnly`

    @property
    def short_words(self) -> str:
        """The cause in two or three words, for the header of a page."""
        return _("this disk can only be read")


def read_only_disk_words(folder: Path) -> str:
    """Return the sentence that the disk of a folder can only be read."""
    text = _("{place}: its disk can only be read, so nothing is saved there. Have it mounted for writing.")
    return text.format(place=printable(folder))


def is_read_only_disk(folder: Path) -> bool:
    """Return whether the disk on which a folder lies is mounted to be read only; False if there is no such folder."""
    try:
        return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        return False


class Moved(ReadOnly):
    """The partnerships went to another store, `successor`: this one, at `place`, only reads."""

    def __init__(self, place: Path | str, successor: str) -> None:
        self.successor = successor
        super().__init__(Path(place))
        sentence = _("{place}: the partnerships were copied to {successor}. Nothing more is written here: go on there.")
        # `args` is what `str()` gives: the sentence of `ReadOnly` is replaced.
        self.args = (sentence.format(place=printable(place), successor=printable(successor)),)


class Vanished(StoreError):
    """The folder of a file is not there: misspelt, moved, deleted, or on a disk that was disconnected."""

    def __init__(self, path: Path) -> None:
        text = _(
            "The folder {place} is not there, or no longer. Bring it back, connect its disk, or give another path."
        )
        super().__init__(path, text.format(place=place_of(path)))


class NotFound(StoreError):
    """The file asked for does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _("There is no “{name}” in {place}.").format(name=name_of(path), place=place_of(path)),
        )


class Linked(StoreError):
    """A symbolic link, or a special file such as a pipe, has the name of a file of the store."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _(
                "“{name}” in {place} is a link or a special file, which is not followed. Put the plain file back."
            ).format(name=name_of(path), place=place_of(path)),
        )


class NotAFolder(StoreError):
    """A file stands where a folder has to be."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _("“{name}” in {place} is a file, where a folder has to be. Choose another place, or move it away.").format(
                name=name_of(path), place=place_of(path)
            ),
        )


class IsAFolder(StoreError):
    """A folder stands where a file has to be."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _("“{name}” in {place} is a folder, where a file has to be. Choose another name.").format(
                name=name_of(path), place=place_of(path)
            ),
        )


class NameTooLong(StoreError):
    """The disk takes no name of that length."""

    def __init__(self, path: Path) -> None:
        name = name_of(path)
        super().__init__(
            path, _("The name “{name}…” is too long for the disk. Choose a shorter one.").format(name=name[:40])
        )


class Unstorable(StoreError):
    """The value holds something a store file cannot keep; `reason` says what."""

    def __init__(self, path: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(
            path,
            _("“{name}” was not saved: it would hold something that cannot be read again ({reason}).").format(
                name=name_of(path), reason=printable(reason)
            ),
        )


class Failed(StoreError):
    """The system refused for another reason; `reason` says why, in the interface's language."""

    def __init__(self, path: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(
            path,
            _("The system could not read or write “{name}” in {place}: {reason}. Try again, or check the disk.").format(
                name=name_of(path), place=place_of(path), reason=printable(reason)
            ),
        )


# The exceptions of code that meets a value of an unforeseen form.
MISSHAPEN: Final = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)


class Unreadable(StoreError):
    """A value in the intact files of a partnership has a form that this version cannot handle.

    `error` is the exception that it caused.
    """

    def __init__(self, path: Path, error: BaseException) -> None:
        super().__init__(
            path,
            _(
                "{id}: something in its files is not as Entente writes it, and it cannot be shown ({kind}, {place}). "
                "Nothing was changed. Put a backup back, or report what is in brackets."
            ).format(id=printable(path.name), kind=type(error).__name__, place=_raising_line(error)),
        )


def _raising_line(error: BaseException) -> str:
    """Return where in the program an error was raised, such as "records.py:84"; "?" if unknown."""
    from traceback import extract_tb

    frames = extract_tb(error.__traceback__)
    return f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "?"


@contextmanager
def reading_of(folder: Path) -> Iterator[None]:
    """Within the block, raise `Unreadable` of the partnership in `folder` in place of the errors in `MISSHAPEN`.

    Types are checked when a document is read. If a wrong value passes all the same, only this partnership must fail.
    """
    try:
        yield
    except MISSHAPEN as err:
        raise Unreadable(folder, err) from err


_BY_ERRNO: dict[int, Callable[[Path], StoreError]] = {
    errno.ENOSPC: Full,
    errno.EDQUOT: Full,
    errno.EFBIG: Full,  # a limit on the size of files, which is a kind of quota
    errno.EACCES: ReadOnly,
    errno.EPERM: ReadOnly,
    errno.EROFS: ReadOnlyDisk,
    errno.ESTALE: Vanished,
    errno.ENODEV: Vanished,
    errno.ENXIO: Vanished,
    errno.ELOOP: Linked,
    errno.EISDIR: IsAFolder,
    errno.ENAMETOOLONG: NameTooLong,
    errno.EMLINK: Linked,  # what FreeBSD answers for O_NOFOLLOW
}


def from_oserror(err: OSError, path: str | os.PathLike[str]) -> StoreError:
    """Return the `StoreError` that tells the user what `err`, raised for `path`, means."""
    place = Path(path)
    if isinstance(err, RefusedFile):
        return StoreError(place, str(err))
    if err.errno == errno.ENOTDIR:
        blocking = next((parent for parent in (place, *place.parents) if parent.exists()), place)
        if not blocking.is_dir():
            return NotAFolder(blocking)
    if err.errno in (errno.ENOENT, errno.ENOTDIR):
        return NotFound(place) if place.parent.is_dir() else Vanished(place)
    kind = _BY_ERRNO.get(err.errno or 0)
    return kind(place) if kind else Failed(place, reason_words(err))


def error_sentence(error: Exception) -> str:
    """Return the sentence, in the interface's language, that tells the user of any error."""
    if isinstance(error, OSError) and not isinstance(error, RefusedFile) and error.filename:
        return str(from_oserror(error, os.fsdecode(error.filename)))
    if is_ours(error):  # its text is a sentence already
        return str(error)
    reason = reason_words(error)
    return f"{reason[:1].upper()}{reason[1:]}."


@contextmanager
def as_store_errors(path: str | os.PathLike[str]) -> Iterator[None]:
    """Within the block, raise a `StoreError` about `path` in place of an `OSError`."""
    try:
        yield
    except OSError as err:
        raise from_oserror(err, path) from err


class Unknown(NotFound):
    """No partnership has the id or title `text`."""

    def __init__(self, root: Path, text: str) -> None:
        super().__init__(root / "project.json")
        self.args = (_("No partnership is called “{text}”.").format(text=printable(text)),)


class Ambiguous(StoreError):
    """Several partnerships have the title or beginning of an id `text`; `found` are their summaries."""

    def __init__(self, root: Path, text: str, summaries: list[Summary]) -> None:
        self.found = tuple(summaries)
        super().__init__(
            root,
            _("Several partnerships are called “{text}”: {ids}. Give the id.").format(
                text=printable(text), ids=", ".join(summary.id for summary in summaries)
            ),
        )


class NoDocument(StoreError):
    """What was to be imported is no partnership; `reason` says why."""

    def __init__(self, path: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(
            path,
            _("“{name}” is not a partnership that Entente can read ({reason}). Nothing was changed.").format(
                name=name_of(path), reason=printable(reason)
            ),
        )


class Taken(StoreError):
    """Something of that name already exists."""

    def __init__(self, path: Path) -> None:
        text = _("“{name}” already exists in {place}. Give another name, or move it.")
        super().__init__(path, text.format(name=name_of(path), place=place_of(path)))


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes."""

    id: str  # of the account; stays the same when the name is corrected
    name: str  # as others read it


@dataclass(frozen=True, slots=True)
class Summary:
    """One partnership in the list. Its titles are those of the public view; its numbers may count private values."""

    id: str
    title_fr: str
    title_en: str
    changed: str  # ISO date and time of the last change
    milestone: str  # the next one: "meeting", "adoption", then "adopted", or "changed" if changed since
    partners: int  # how many
    archived: bool
    damaged: str = ""  # why it cannot be read whole, in words for the user; "" if it can
    trial: bool = False  # made to practise on, and to be thrown away
    dissents: int = 0  # disagreements that are not settled
    late: int = 0  # tasks and dates that were overdue on the day `counted_on`
    month: int = 0  # tasks and dates that were not overdue, but due in the month of that day
    counted_on: str = ""  # ISO date of the day for which `late` and `month` count; "" if nothing in it is dated

    def title(self, lang: str) -> str:
        """Return the title in `lang`, "fr" or "en"."""
        return self.title_en if lang == "en" else self.title_fr


@dataclass(frozen=True, slots=True)
class Saved:
    """The outcome of a save."""

    partnership: Partnership  # as it is on disk now
    past: tuple[HistoryEntry, ...] = ()  # the changes of this save with the earlier values, oldest first, for undo
    conflicts: tuple[Conflict, ...] = ()  # those that this save made


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What was destroyed for good, and what may still hold it."""

    files: tuple[Path, ...]  # destroyed
    backups: tuple[Path, ...] = ()  # backups of this store, and copies of the folder that a sync program made
    sessions: tuple[str, ...] = ()  # names of those who have the partnership open
    copies: tuple[Summary, ...] = ()  # partnerships that are copies or originals of it


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault that the store worked around, for the status line and `entente doctor`.

    `kind` is one of `sealed_storage.Recovered`, or "unread" (one file cannot be read, the rest is shown), "misfit" (it
    holds values of another type than their fields), "journal" (what a dead session had typed was saved now; `why` is
    its author), "waiting" (that could not be saved yet; `why` says why), "restored" (it lay damaged in a backup),
    "synced" (a second copy that a sync program left, which is not read) or "room" (the disk is nearly full).
    """

    kind: str
    path: Path  # of the file it is about
    kept: Path | None = None  # where the bytes that could not be used are kept; None if nowhere
    why: str = ""  # words for the user, "" if there is nothing more to say
