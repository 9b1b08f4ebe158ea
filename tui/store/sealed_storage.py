"""TinyDB's storage on two sealed copies of one file: which copy is used, and what is set aside before a save.

The copies are the main file and its twin. A seal is a first line with the SHA-256 of the rest and a generation, the
number of the save. To set bytes aside is to keep them beside the file under a name of their own.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import marshal
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from tinydb.storages import Storage

from tui.atomic_files import PRIVATE, Modes, make_private_dir, modes_of, read_file, sweep_temporaries, write_atomic
from tui.error_words import reason_words
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.store.file_lock import Lock
from tui.store.sealed_bytes import (
    LineEncoder,
    Loaded,
    Malformed,
    Seal,
    Tables,
    is_older,
    load,
    migrated,
    read_seal,
    refuse_newer,
    sealed,
    stamped,
)
from tui.store.store_errors import (
    Damaged,
    Full,
    NotFound,
    ReadOnly,
    Unlocked,
    Unstorable,
    Vanished,
    as_store_errors,
)
from tui.store.successor import require_writable

Kind = Literal["damaged", "edited", "missing", "unsealed", "twin", "single"]
Stamp = tuple[object, ...]  # see `SealedStorage._stamp`

_SEAL_LINE_BYTES: Final = 160  # hold the whole first line of a sealed file
SHA256_OF_NOTHING: Final = hashlib.sha256().hexdigest()


@dataclass(frozen=True, slots=True)
class Recovered:
    """One thing a storage had to work around, for the person to know.

    `kind`: "damaged" (the file could not be read: its twin was used), "edited" (changed outside the program: the twin
    was used, `kept` can be adopted), "missing" (the file was gone: the twin was used), "unsealed" (no copy carries a
    good seal: the readable one was used), "twin" (the file is good; the twin was not, or was newer), "single" (saved,
    but the second copy could not be written). `kept` holds the set-aside bytes, None when there was nothing to keep.
    """

    kind: Kind
    path: Path  # of the main file
    kept: Path | None = None
    why: str = ""  # why it could not be read, or not be written: words for the user, "" where there is no more to say


@dataclass(frozen=True, slots=True)
class Copy:
    """One of the two files as it was found: absent, read strictly (`loaded`), or unreadable (`why`)."""

    path: Path
    present: bool = False
    raw: bytes | None = None  # None when absent, or when not even the bytes can be had
    loaded: Loaded | None = None
    why: str = ""

    @property
    def seal(self) -> Seal | None:
        """The seal, if every byte is as it was sealed; else None."""
        return self.loaded.seal if self.loaded else None

    @property
    def void(self) -> bool:
        """Whether nothing is there: no file, or one without a byte."""
        return not self.present or self.raw == b""


def read_copy(path: Path, other: Copy | None = None) -> Copy:
    """Return the copy at `path`. Raises OSError where it may be intact but may not be read (a link, no right to read).

    `other` is the other copy, if it was read before: equal bytes are not parsed again.
    """
    try:
        raw = read_file(path)
    except FileNotFoundError:
        return Copy(path)
    except OSError as err:
        if err.errno not in (errno.EIO, errno.EOVERFLOW):
            raise
        return Copy(path, present=True, why=reason_words(err))
    if other is not None and other.loaded and other.raw == raw:
        return replace(other, path=path)
    return copy_of_bytes(path, raw)


def read_both_copies(path: Path, twin: Path) -> tuple[Copy, Copy]:
    """Return the main file and its twin. Raises OSError as `read_copy`.

    The twin is read first, so that a save in between leaves the main file the newer, as a finished save does.
    """
    second = read_copy(twin)
    first = read_copy(path, second)
    return first, second


def copy_of_bytes(path: Path, raw: bytes) -> Copy:
    """Return the copy with these bytes; nothing is read from `path`, which only names it."""
    if not raw:
        return Copy(path, present=True, raw=raw, why=_("it is empty"))
    try:
        return Copy(path, present=True, raw=raw, loaded=load(raw))
    except Malformed as err:
        return Copy(path, present=True, raw=raw, why=str(err))


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a choice between the two copies."""

    tables: Tables  # those of the chosen copy
    generation: int  # the highest of the two copies
    kind: Kind | None = None  # what was wrong, as in `Recovered`; None for nothing
    why: str = ""
    aside: tuple[Copy, ...] = ()  # to be set aside before the next save
    believed: Copy | None = None  # the chosen copy; None when neither holds anything


def are_undisturbed(main: Copy, twin: Copy) -> bool:
    """Return whether the copies are as saves leave them: main file sealed, twin equal, or older after a crash."""
    if main.void and twin.void:
        return True
    if main.seal is None:
        return False
    if not twin.present:
        return True
    return twin.seal is not None and (twin.seal == main.seal or twin.seal.generation < main.seal.generation)


def choose_copy(main: Copy, twin: Copy) -> Verdict:
    """Return which copy to use: a sealed main file, else a sealed twin, else one that can be parsed.

    Raises `Damaged` if neither can; its `kept` is empty, because nothing is set aside here.
    """
    generation = max((c.seal.generation for c in (main, twin) if c.seal), default=0)
    if main.void and twin.void:
        return Verdict({}, 0)
    if main.loaded and main.seal:
        if are_undisturbed(main, twin):
            return Verdict(main.loaded.tables, generation, believed=main)
        return Verdict(main.loaded.tables, generation, "twin", twin.why, _worth_keeping(twin), main)
    if twin.loaded and twin.seal:
        kind: Kind = "edited" if main.loaded else "damaged" if main.present else "missing"
        return Verdict(twin.loaded.tables, generation, kind, main.why, _worth_keeping(main), twin)
    for readable in (main, twin):
        if readable.loaded:
            # A file without any seal was put here by hand and is carried on whole: there is nothing to set aside.
            plain = twin.void and readable.raw is not None and b'"_seal"' not in readable.raw
            aside = () if plain else _worth_keeping(main, twin)
            return Verdict(readable.loaded.tables, generation, "unsealed", main.why or twin.why, aside, readable)
    raise Damaged(main.path)


def _worth_keeping(*copies: Copy) -> tuple[Copy, ...]:
    return tuple(copy for copy in copies if not copy.void)


def set_aside(copy: Copy, main: Path, modes: Modes, word: str = "damaged") -> Path:
    """Keep the bytes of `copy` beside `main` as `<main>.<word>-<sha12>`, once however often they are met.

    Bytes that cannot be read (a bad sector, too large) are kept by a second name for the same file. Raises OSError.
    """
    if copy.raw is None:
        kept = main.with_name(f"{main.name}.{word}-inode{os.lstat(copy.path).st_ino}")
        with contextlib.suppress(FileExistsError):
            os.link(copy.path, kept, follow_symlinks=False)
        return kept
    kept = main.with_name(f"{main.name}.{word}-{hashlib.sha256(copy.raw).hexdigest()[:12]}")
    if not os.path.lexists(kept):
        write_atomic(kept, copy.raw, modes.private)  # Bytes that could not be parsed may hold private notes.
    return kept


@dataclass(frozen=True, slots=True)
class _LastRead:
    """What the files held when they were last read or saved."""

    stamp: Stamp  # by which it is seen whether they changed since
    generation: int
    sha256: str | None  # of the bytes behind the seal line; None: the next save writes even if the tables are equal
    tables: Tables  # never changed: callers that may change them get a copy
    pending: tuple[Copy, ...] = ()  # copies that could not be set aside yet: the next save has to
    older: Copy | None = None  # a copy of an older schema, which is set aside before the first save of this schema


class SealedStorage(Storage):
    """The storage of one JSON file `path` and of its twin `path` + ".twin", both of the same generation.

    `lock` is shared by a partnership's files (default: `path` + ".lock"); `modes` default to what the folder asks for.
    Links in the folder's own path are resolved; the file itself may not be one. With `create` false a file that does
    not exist is `NotFound`. Reads and saves raise `StoreError`s only. `tui.store.tinydb_tables.SealedDB` is the
    TinyDB on it, each of whose operations is a transaction.
    """

    def __init__(
        self, path: str | os.PathLike[str], lock: Lock | None = None, modes: Modes | None = None, create: bool = True
    ) -> None:
        given = Path(path)
        self.path = Path(os.path.realpath(given.parent)) / given.name
        self.twin = self.path.with_name(self.path.name + ".twin")
        with as_store_errors(self.path):
            if create:
                if not self.path.parent.is_dir():
                    require_writable(self.path)
                make_private_dir(self.path.parent, modes or PRIVATE)
            elif not self.path.exists() and not self.twin.exists():
                raise NotFound(self.path)
            self.modes = modes or modes_of(self.path.parent)
        self.lock = lock or Lock(self.path.with_name(self.path.name + ".lock"), modes=self.modes)
        self._known: _LastRead | None = None
        self._working: Tables | None = None  # the tables of the transaction under way
        self._swept = False  # whether temporary files of earlier, killed saves were removed
        self._lines = LineEncoder()
        self._reports: list[Recovered] = []  # since the last `take_reports`

    def take_reports(self) -> list[Recovered]:
        """Return the reports since the last call, oldest first, each once, and forget them."""
        taken, self._reports = self._reports, []
        return taken

    def read(self) -> Tables | None:
        """Return a fresh copy of the tables as last saved; inside a transaction, the tables it is changing.

        None when nothing was ever saved.
        """
        found = self.held()
        return found if found is None or found is self._working else _deep_copied(found)

    def held(self) -> Tables | None:
        """Return what `read` does, without a copy: the same objects until the file changes. Nobody may change them."""
        if self._working is not None and self.lock.owned:
            return self._working
        known = self._current()
        return known.tables if known.generation or known.sha256 != SHA256_OF_NOTHING else None

    def write(self, data: Tables) -> None:
        """Save `data` in place of all tables; inside a transaction, at its end."""
        with self.lock:
            if self._working is None:
                self._save(self._current(), data)
            elif data is not self._working:
                replaced = dict(data)
                self._working.clear()
                self._working.update(replaced)

    @contextlib.contextmanager
    def transaction(self, *, replaced: bool = False) -> Iterator[Tables]:
        """Lock, read, change, save: gives the tables to change; they are on disk when the block has ended.

        An exception in the block drops the changes. A block inside a block is part of the outer one. Equal tables are
        not written again. With `replaced` the block promises to replace documents, and never to change one in place:
        then they need no copy. Raises `StoreError`; then nothing typed is on disk, or all of it.
        """
        with self.lock:
            if self._working is not None:
                yield self._working
                return
            known = self._current()
            self._working = _copied_tables(known.tables) if replaced else _deep_copied(known.tables)
            try:
                yield self._working
                self._save(known, self._working)
            finally:
                self._working = None

    def replace_all(self, tables: Tables) -> None:
        """Save `tables` in place of whatever is there, readable or not; both copies are set aside first.

        Raises RuntimeError inside a transaction, `Newer` if a copy was written by a later version of this program.
        """
        if self._working is not None and self.lock.owned:
            raise RuntimeError("replace_all inside a transaction")
        with self.lock, as_store_errors(self.path):
            twin, main = read_copy(self.twin), read_copy(self.path)
            for copy in (main, twin):
                if copy.loaded:
                    refuse_newer(copy.loaded.tables, copy.path)
            for copy in (main, twin):
                if not copy.void:
                    set_aside(copy, self.path, self.modes, "before" if copy.seal else "damaged")
            generation = max((c.seal.generation for c in (main, twin) if c.seal), default=0)
            self._save(_LastRead(self._stamp(), generation, None, {}), tables)

    def keep_present(self) -> None:
        """Set the main file aside, before something in it is replaced that no history holds."""
        with self.lock, as_store_errors(self.path):
            copy = read_copy(self.path)
            if not copy.void:
                set_aside(copy, self.path, self.modes, "before")

    def adopt(self, path: Path) -> None:
        """Save the tables of the set-aside file `path`; what they replace is set aside in its turn.

        Raises NotFound, Damaged if `path` cannot be parsed, Newer.
        """
        with as_store_errors(path):
            raw = read_file(path)
        try:
            tables = load(raw).tables
        except Malformed as err:
            raise Damaged(path) from err
        self.replace_all(migrated(tables, path))

    def _stamp(self) -> Stamp:
        """Return a value that differs whenever a copy has changed: what stat says of both, and the seal line.

        The seal line tells two saves apart that fall within one tick of the clock of the file system.
        """
        marks: list[object] = []
        for path in (self.path, self.twin):
            try:
                found = os.lstat(path)
                marks.append((found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino))
            except FileNotFoundError:
                marks.append(None)
        if marks[0]:
            with contextlib.suppress(OSError):  # A file that cannot be opened raises when it is read.
                fd = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
                try:
                    marks.append(os.read(fd, _SEAL_LINE_BYTES))
                finally:
                    os.close(fd)
        return tuple(marks)

    def _current(self) -> _LastRead:
        """Return what the files hold now, parsed again only when their stamp changed."""
        with as_store_errors(self.path):
            stamp = self._stamp()
            if self._known and self._known.stamp == stamp:
                return self._known
            main, twin = read_both_copies(self.path, self.twin)
            if are_undisturbed(main, twin):
                return self._settle(stamp, main, twin)
        try:
            self.lock.acquire()
        except (ReadOnly, Full, Unlocked):  # A store that may only be read is still shown.
            return self._settle(stamp, main, twin)
        try:
            with as_store_errors(self.path):
                stamp = self._stamp()
                return self._settle(stamp, *read_both_copies(self.path, self.twin), keep=True)
        finally:
            self.lock.release()

    def _settle(self, stamp: Stamp, main: Copy, twin: Copy, keep: bool = False) -> _LastRead:
        """Choose between the copies, with `keep` set bytes aside, and return and remember the outcome."""
        if main.void and twin.void:
            self._expect_new()
        try:
            verdict = choose_copy(main, twin)
        except Damaged:
            raise Damaged(self.path, self._keep((main, twin)) if keep else (self.path, self.twin)) from None
        tables = migrated(verdict.tables, self.path)
        older = verdict.believed if verdict.believed and is_older(verdict.tables) else None
        for copy in (main, twin):
            if copy.loaded:
                refuse_newer(
                    copy.loaded.tables, copy.path
                )  # The copy of a later program is neither moved nor replaced.
        kept: tuple[Path, ...] = ()
        pending = verdict.aside
        if keep:
            with contextlib.suppress(OSError):  # Reading goes on; the next save has to set them aside.
                kept, pending = self._keep(pending), ()
        if verdict.kind:
            self._note(Recovered(verdict.kind, self.path, kept[0] if kept else None, verdict.why))
        sound = verdict.kind is None and verdict.believed is not None and twin.seal == main.seal
        sha256 = main.seal.sha256 if sound and main.seal else None
        if verdict.believed is None:
            sha256 = SHA256_OF_NOTHING
        self._known = _LastRead(stamp, verdict.generation, sha256, tables, pending, older)
        return self._known

    def _expect_new(self) -> None:
        """Raise Vanished or NotFound if a folder or file is gone that was there.

        It must not read as an empty new file.
        """
        if not self.path.parent.is_dir():
            raise Vanished(self.path)
        if self._known and self._known.generation:
            raise NotFound(self.path)

    def _keep(self, copies: tuple[Copy, ...]) -> tuple[Path, ...]:
        """Set the copies aside, but for empty ones, and return the paths they are kept under. Raises OSError."""
        return tuple(set_aside(copy, self.path, self.modes) for copy in copies if not copy.void)

    def _note(self, report: Recovered) -> None:
        if report not in self._reports:
            self._reports.append(report)

    def _save(self, known: _LastRead, tables: Tables) -> None:
        """Write the next generation, twice; only under the lock, and after `known` was read under it."""
        try:
            body, back = self._lines.body(stamped(tables) if tables or known.generation else tables)
        except Malformed as err:
            raise Unstorable(self.path, str(err)) from err
        raw = sealed(body, known.generation + 1)
        seal = read_seal(raw)
        assert seal is not None  # `sealed` has just written it
        if known.sha256 == seal.sha256:
            return
        self._known = None
        with as_store_errors(self.path):
            self._keep(known.pending)
            if known.older is not None:
                set_aside(known.older, self.path, self.modes, "before")
            if not self._swept:
                sweep_temporaries(
                    self.path
                )  # This also removes those of the twin, whose name begins with the same words.
                self._swept = True
            write_atomic(self.path, raw, self.modes)
            whole = self._write_twin(raw)
            self._known = _LastRead(self._stamp(), known.generation + 1, seal.sha256 if whole else None, back)

    def _write_twin(self, raw: bytes) -> bool:
        """Write the twin, and return whether it was written.

        A failure is reported, not raised: the main file is saved.
        """
        try:
            write_atomic(self.twin, raw, self.modes)
        except OSError as err:
            self._note(Recovered("single", self.path, None, reason_words(err)))
            return False
        return True


def _copied_tables(tables: Tables) -> Tables:
    return {name: dict(table) for name, table in tables.items()}


def _deep_copied(tables: Tables) -> Tables:
    copy: Tables = marshal.loads(marshal.dumps(tables))  # faster than parsing JSON again, and than copy.deepcopy
    return copy
