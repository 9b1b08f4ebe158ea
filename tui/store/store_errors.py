"""The values and errors of the store: each error names the thing, the place and what to do next."""

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
    """`path` as one line that is safe to show: whatever could steer a terminal becomes « ? »."""
    return "".join(c if c.isprintable() or c == "\xa0" else "?" for c in os.fspath(path))


def place_of(path: Path) -> str:
    """Return the folder of `path` as it is shown: the one somebody stands in by its own name, not as « . »."""
    return printable(Path.cwd() if path.parent == Path() else path.parent)


class StoreError(Exception):
    """Anything a store refuses or cannot do; `str()` is a sentence for the person, `path` what it is about."""

    def __init__(self, path: str | os.PathLike[str], message: str) -> None:
        super().__init__(message)
        self.path = Path(path)

    @property
    def short_words(self) -> str:
        """Return in two or three words why it went wrong; "" where the kind of error alone does not say it."""
        return ""


class Damaged(StoreError):
    """No copy of a file can be read; `kept` names where its bytes lie. Nothing was overwritten."""

    def __init__(self, path: Path, kept: Iterable[Path] = ()) -> None:
        self.kept = tuple(kept)
        names = ", ".join(printable(k.name) for k in self.kept) or printable(path.name)
        super().__init__(
            path,
            _(
                "“{name}” in {place} cannot be read: both of its copies are damaged. "
                "Nothing was overwritten; what is left is kept in {kept}. Put a backup back, or run “entente doctor”."
            ).format(name=printable(path.name), place=place_of(path), kept=names),
        )


class Lost(Damaged):
    """A partnership's public file is gone, and so is its twin, while others of its files are there."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.args = (
            _(
                "“{name}” in {place} is gone, and so is its second copy. What the other files say is kept: "
                "put a backup back, or run “entente doctor”."
            ).format(name=printable(path.name), place=place_of(path)),
        )


class Newer(StoreError):
    """The file was written by a later version of the program: refused and left as it is."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        self.found, self.known = found, known
        super().__init__(
            path,
            _(
                "“{name}” in {place} was written by a newer version of Entente "
                "(format {found}; this one knows {known}). It was left untouched: update Entente to open it."
            ).format(name=printable(path.name), place=place_of(path), found=found, known=known),
        )


class Locked(StoreError):
    """Somebody else held the lock for as long as we were ready to wait; `holder` says who, or is empty."""

    def __init__(self, path: Path, holder: str = "") -> None:
        self.holder = holder
        who = printable(holder) or _("someone else")
        super().__init__(
            path,
            _("{place} is being saved by {who}. Nothing was lost: try again in a moment.").format(
                place=place_of(path), who=who
            ),
        )


LockKind = Literal["", "none", "idle", "machine"]  # "": others are kept out; else as `disk_locks.LockFault` says


class Unlocked(StoreError):
    """Nothing is written where locks keep nobody out, until the person says yes to that; `told` says only why.

    `kind` is "none" where the disk knows no locks, "idle" where each lock is given to everybody, "machine" where other
    machines never hear of it; `disk` the type of its file system, or "".
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
        said = _(
            "{place} is on {what}, where two people or two windows that save at once lose words: move this folder to a "
            "disk of this machine (ENTENTE_STORE=/…), or keep the partnerships in a PostgreSQL database "
            "(ENTENTE_STORE=postgresql://…)."
        )
        self.told = said.format(place=printable(path), what=what)
        way = _("To save there all the same: --without-locks, or in the settings {line}")
        line = f'without_locks = "{printable(path.absolute())}"'
        super().__init__(path, f"{self.told} {way.format(line=line)}")


class Full(StoreError):
    """No room, or no quota, is left where the file lies."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _(
                "No room is left in {place} to save “{name}”. What was saved is safe: make room, then save again."
            ).format(name=printable(path.name), place=place_of(path)),
        )


class ReadOnly(StoreError):
    """The account may not write (or read) there."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _("This account may not read or change “{name}” in {place}. Ask whoever looks after this folder.").format(
                name=printable(path.name), place=place_of(path)
            ),
        )


class Moved(ReadOnly):
    """The partnerships went to another store, `successor`: this one, at `place`, only reads."""

    def __init__(self, place: Path | str, successor: str) -> None:
        self.successor = successor
        super().__init__(Path(place))
        said = _("{place}: the partnerships were copied to {successor}. Nothing more is written here: go on there.")
        self.args = (said.format(place=printable(place), successor=printable(successor)),)


class Vanished(StoreError):
    """A folder that was there is gone: moved, deleted, or on a disk that was taken away."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _("The folder {place} is no longer there. Bring it back, or connect its disk, then save again.").format(
                place=place_of(path)
            ),
        )


class NotFound(StoreError):
    """The file asked for does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _("There is no “{name}” in {place}.").format(name=printable(path.name), place=place_of(path)),
        )


class Linked(StoreError):
    """A symbolic link, or something that is no plain file, stands where the store keeps its own."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _(
                "“{name}” in {place} is a link or a special file, which is not followed. Put the plain file back."
            ).format(name=printable(path.name), place=place_of(path)),
        )


class NotAFolder(StoreError):
    """A file stands where a folder has to be."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _("“{name}” in {place} is a file, where a folder has to be. Choose another place, or move it away.").format(
                name=printable(path.name), place=place_of(path)
            ),
        )


class IsAFolder(StoreError):
    """A folder stands where a file has to be."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _("“{name}” in {place} is a folder, where a file has to be. Choose another name.").format(
                name=printable(path.name), place=place_of(path)
            ),
        )


class NameTooLong(StoreError):
    """The disk takes no name of that length."""

    def __init__(self, path: Path) -> None:
        name = printable(path.name)
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
                name=printable(path.name), reason=printable(reason)
            ),
        )


class Failed(StoreError):
    """The system refused for a reason of its own, told in the interface's language."""

    def __init__(self, path: Path, reason: str) -> None:
        self.reason = reason
        super().__init__(
            path,
            _("The system could not read or write “{name}” in {place}: {reason}. Try again, or check the disk.").format(
                name=printable(path.name), place=place_of(path), reason=printable(reason)
            ),
        )


# What a value of an unforeseen form makes of the code that meets it.
MISSHAPEN: Final = (TypeError, ValueError, LookupError, AttributeError, ArithmeticError, RecursionError)


class Unreadable(StoreError):
    """A partnership holds something that this version reads as nothing it knows, though its files are whole."""

    def __init__(self, path: Path, error: BaseException) -> None:
        super().__init__(
            path,
            _(
                "{id}: something in its files is not as Entente writes it, and it cannot be shown ({kind}, {place}). "
                "Nothing was changed. Put a backup back, or report what is in brackets."
            ).format(id=printable(path.name), kind=type(error).__name__, place=_place_of(error)),
        )


def _place_of(error: BaseException) -> str:
    """Return the file and line of the program where an error was raised."""
    from traceback import extract_tb

    frames = extract_tb(error.__traceback__)
    return f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "?"


@contextmanager
def reading_of(folder: Path) -> Iterator[None]:
    """Within it, what a misshapen value does to the code leaves as the `Unreadable` of the partnership in `folder`.

    The types are checked where a document comes in; what passes all the same must harm no other partnership.
    """
    try:
        yield
    except MISSHAPEN as err:
        raise Unreadable(folder, err) from err


_BY_ERRNO: dict[int, Callable[[Path], StoreError]] = {
    errno.ENOSPC: Full,
    errno.EDQUOT: Full,
    errno.EFBIG: Full,  # a limit on the size of files is a quota by another name
    errno.EACCES: ReadOnly,
    errno.EPERM: ReadOnly,
    errno.EROFS: ReadOnly,
    errno.ESTALE: Vanished,
    errno.ENODEV: Vanished,
    errno.ENXIO: Vanished,
    errno.ELOOP: Linked,
    errno.EISDIR: IsAFolder,
    errno.ENAMETOOLONG: NameTooLong,
    errno.EMLINK: Linked,  # what FreeBSD answers for O_NOFOLLOW
}


def from_oserror(err: OSError, path: str | os.PathLike[str]) -> StoreError:
    """Return the `StoreError` that says what `err`, met on `path`, means for the person."""
    place = Path(path)
    if isinstance(err, RefusedFile):
        return StoreError(place, str(err))
    if err.errno == errno.ENOTDIR:
        in_the_way = next((path for path in (place, *place.parents) if path.exists()), place)
        if not in_the_way.is_dir():
            return NotAFolder(in_the_way)
    if err.errno in (errno.ENOENT, errno.ENOTDIR):
        return NotFound(place) if place.parent.is_dir() else Vanished(place)
    kind = _BY_ERRNO.get(err.errno or 0)
    return kind(place) if kind else Failed(place, reason_words(err))


def error_sentence(error: Exception) -> str:
    """Return what went wrong as a sentence in the interface's language, whatever raised it."""
    if isinstance(error, OSError) and not isinstance(error, RefusedFile) and error.filename:
        return str(from_oserror(error, os.fsdecode(error.filename)))
    said = reason_words(error)
    return str(error) if is_ours(error) else f"{said[:1].upper()}{said[1:]}."


@contextmanager
def as_store_errors(path: str | os.PathLike[str]) -> Iterator[None]:
    """Within the block, raise a `StoreError` about `path` in place of an `OSError`."""
    try:
        yield
    except OSError as err:
        raise from_oserror(err, path) from err


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
                text=printable(text), ids=", ".join(summary.id for summary in found)
            ),
        )


class NoDocument(StoreError):
    """What was to be brought in is no partnership; `reason` says why."""

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


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: an id that stays the same when the name is corrected, and the name others read."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list, made from the public view. `damaged` says in words why a partnership cannot be read whole.

    `milestone` is the next one: "meeting", "adoption", "adopted", or "changed" since; `changed` an ISO date and time.
    `dissents` counts the disagreements that stand. On the ISO day `told_on` so many things were `late` and so many due
    in its `month`; "" for a partnership where nothing is dated, whatever the day.
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
    dissents: int = 0
    late: int = 0
    month: int = 0
    told_on: str = ""

    def title(self, lang: str) -> str:
        """Return the title in `lang`, "fr" or "en"."""
        return self.title_en if lang == "en" else self.title_fr


@dataclass(frozen=True, slots=True)
class Saved:
    """What is on disk now, what stood before (oldest first, for undo) and the conflicts this save made."""

    partnership: Partnership
    past: tuple[HistoryEntry, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What was destroyed, and what could not be: sessions open elsewhere, copies made of it, and `backups`.

    These are the backups of this store, and what a sync program copied of its folder.
    """

    files: tuple[Path, ...]
    backups: tuple[Path, ...] = ()
    sessions: tuple[str, ...] = ()
    copies: tuple[Summary, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the store worked around, for the status line and `entente doctor`.

    `kind`: those of `sealed_storage.Recovered`; "unread" (one file cannot be read: the rest is shown, `kept` is
    where its bytes lie); "journal" (what a session that died had typed was saved now; `why` names its author);
    "synced" (a second copy that a sync program left, which is not read).
    """

    kind: str
    path: Path
    kept: Path | None = None
    why: str = ""
