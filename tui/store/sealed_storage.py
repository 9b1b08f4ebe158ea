"""TinyDB's storage on two sealed copies: which one is believed, and what is set aside before a save."""

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


@dataclass(frozen=True, slots=True)
class Recovered:
    """One thing a storage had to work around, for the person to know.

    `kind`: "damaged" (the file could not be read: its twin was used), "edited" (changed outside the program: the twin
    was used, `kept` can be adopted), "missing" (the file was gone: the twin was used), "unsealed" (no copy carries a
    good seal: the readable one was used), "twin" (the file is good; the twin was not, or was newer), "single" (saved,
    but the second copy could not be written). `kept` holds the set-aside bytes, None when there was nothing to keep.
    """

    kind: Kind
    path: Path
    kept: Path | None = None
    why: str = ""


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
        """Its seal, when every byte is as it was sealed."""
        return self.loaded.seal if self.loaded else None

    @property
    def void(self) -> bool:
        """Whether nothing is there: no file, or one without a byte."""
        return not self.present or self.raw == b""


def look(path: Path, other: Copy | None = None) -> Copy:
    """Read the copy at `path`; raises OSError where good bytes may be refused to us (a link, no right to read).

    `other` is the other copy, when it was read before.
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
    return of_bytes(path, raw)


def look_at_both(path: Path, twin: Path) -> tuple[Copy, Copy]:
    """Return the file and its twin, read in the order in which a save in between leaves the file the newer; as `look`.

    Where their bytes are the same they are parsed once.
    """
    second = look(twin)
    first = look(path, second)
    return first, second


def of_bytes(path: Path, raw: bytes) -> Copy:
    """Return the copy that these bytes are, wherever they lie."""
    if not raw:
        return Copy(path, present=True, raw=raw, why=_("it is empty"))
    try:
        return Copy(path, present=True, raw=raw, loaded=load(raw))
    except Malformed as err:
        return Copy(path, present=True, raw=raw, why=str(err))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Which tables to believe, the generation they are of, what was found wrong, and what to keep before a save."""

    tables: Tables
    generation: int
    kind: Kind | None = None
    why: str = ""
    aside: tuple[Copy, ...] = ()
    believed: Copy | None = None


def in_order(main: Copy, twin: Copy) -> bool:
    """Whether the two are what undisturbed saves leave: a sealed file, its twin equal or (save cut short) earlier."""
    if main.void and twin.void:
        return True
    if main.seal is None:
        return False
    if not twin.present:
        return True
    return twin.seal is not None and (twin.seal == main.seal or twin.seal.generation < main.seal.generation)


def judge(main: Copy, twin: Copy) -> Verdict:
    """Choose between the copies: a sealed file, else a sealed twin, else what reads; raises `Damaged` for none.

    `Damaged.kept` is empty here: whoever sets the bytes aside knows their names.
    """
    generation = max((c.seal.generation for c in (main, twin) if c.seal), default=0)
    if main.void and twin.void:
        return Verdict({}, 0)
    if main.loaded and main.seal:
        if in_order(main, twin):
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
        write_atomic(kept, copy.raw, modes.private)  # bytes that nobody could read may hold anything
    return kept


_SEAL_LINE_LENGTH: Final = 160  # bytes; holds the whole first line of a sealed file
NOTHING: Final = hashlib.sha256().hexdigest()

Stamp = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the files held when their stamp was `stamp`. Nobody changes `tables`: whoever may gets a copy."""

    stamp: Stamp
    generation: int
    sha256: str | None  # of what stands behind the seal; None: the next save must write, even if the value is the same
    tables: Tables
    pending: tuple[Copy, ...] = ()  # could not be set aside yet; a save has to
    older: Copy | None = None  # of an older schema: kept as it is before the first save of this one


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
        self._known: _Known | None = None
        self._working: Tables | None = None
        self._swept = False
        self._lines = LineEncoder()
        self._reports: list[Recovered] = []

    def take_reports(self) -> list[Recovered]:
        """Return what had to be worked around since the last call, oldest first, each once."""
        taken, self._reports = self._reports, []
        return taken

    def read(self) -> Tables | None:
        """Return the tables as last saved, a fresh copy; in this thread's transaction its working tables.

        None when new.
        """
        found = self.held()
        return found if found is None or found is self._working else _copied(found)

    def held(self) -> Tables | None:
        """As `read`, not copied: the same objects until the file changes. Nobody may change them."""
        if self._working is not None and self.lock.owned:
            return self._working
        known = self._current()
        return known.tables if known.generation or known.sha256 != NOTHING else None

    def write(self, data: Tables) -> None:
        """Save `data` as all there is; inside a transaction it waits for the transaction's end."""
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
            self._working = _shallow(known.tables) if replaced else _copied(known.tables)
            try:
                yield self._working
                self._save(known, self._working)
            finally:
                self._working = None

    def replace_all(self, tables: Tables) -> None:
        """Start over with `tables`, also when nothing could be read; all that lay there is set aside first.

        Not inside a transaction (RuntimeError). Raises `Newer`: what a later program wrote is not ours to replace.
        """
        if self._working is not None and self.lock.owned:
            raise RuntimeError("replace_all inside a transaction")
        with self.lock, as_store_errors(self.path):
            twin, main = look(self.twin), look(self.path)
            for copy in (main, twin):
                if copy.loaded:
                    refuse_newer(copy.loaded.tables, copy.path)
            for copy in (main, twin):
                if not copy.void:
                    set_aside(copy, self.path, self.modes, "before" if copy.seal else "damaged")
            generation = max((c.seal.generation for c in (main, twin) if c.seal), default=0)
            self._save(_Known(self._stamp(), generation, None, {}), tables)

    def keep_present(self) -> None:
        """Set what the file holds now aside, before something in it is replaced that nothing else remembers."""
        with self.lock, as_store_errors(self.path):
            copy = look(self.path)
            if not copy.void:
                set_aside(copy, self.path, self.modes, "before")

    def adopt(self, path: Path) -> None:
        """Make the set-aside file `path` the current value; what it replaces is set aside in its turn.

        Raises NotFound, Damaged if `path` does not read strictly, Newer.
        """
        with as_store_errors(path):
            raw = read_file(path)
        try:
            tables = load(raw).tables
        except Malformed as err:
            raise Damaged(path) from err
        self.replace_all(migrated(tables, path))

    def _stamp(self) -> Stamp:
        """Changes whenever a copy does: what stat says of both, and the seal line, for a clock that ticks slowly."""
        marks: list[object] = []
        for path in (self.path, self.twin):
            try:
                found = os.lstat(path)
                marks.append((found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino))
            except FileNotFoundError:
                marks.append(None)
        if marks[0]:
            with contextlib.suppress(OSError):  # what cannot be opened speaks up when it is read
                fd = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK)
                try:
                    marks.append(os.read(fd, _SEAL_LINE_LENGTH))
                finally:
                    os.close(fd)
        return tuple(marks)

    def _current(self) -> _Known:
        """Return what the files hold now, parsed again only when their stamp changed."""
        with as_store_errors(self.path):
            stamp = self._stamp()
            if self._known and self._known.stamp == stamp:
                return self._known
            main, twin = look_at_both(self.path, self.twin)
            if in_order(main, twin):
                return self._settle(stamp, main, twin)
        try:
            self.lock.acquire()
        except (ReadOnly, Full, Unlocked):  # a store one may only read is still shown
            return self._settle(stamp, main, twin)
        try:
            with as_store_errors(self.path):
                stamp = self._stamp()
                return self._settle(stamp, *look_at_both(self.path, self.twin), keep=True)
        finally:
            self.lock.release()

    def _settle(self, stamp: Stamp, main: Copy, twin: Copy, keep: bool = False) -> _Known:
        """Judge the copies, set bytes aside when `keep`, and remember the outcome."""
        if main.void and twin.void:
            self._expect_new()
        try:
            verdict = judge(main, twin)
        except Damaged:
            raise Damaged(self.path, self._keep((main, twin)) if keep else (self.path, self.twin)) from None
        tables = migrated(verdict.tables, self.path)
        older = verdict.believed if verdict.believed and is_older(verdict.tables) else None
        for copy in (main, twin):
            if copy.loaded:
                refuse_newer(copy.loaded.tables, copy.path)  # a later program's copy is neither moved nor replaced
        kept: tuple[Path, ...] = ()
        pending = verdict.aside
        if keep:
            with contextlib.suppress(OSError):  # reading goes on; the save will have to
                kept, pending = self._keep(pending), ()
        if verdict.kind:
            self._note(Recovered(verdict.kind, self.path, kept[0] if kept else None, verdict.why))
        sound = verdict.kind is None and verdict.believed is not None and twin.seal == main.seal
        sha256 = main.seal.sha256 if sound and main.seal else None
        if verdict.believed is None:
            sha256 = NOTHING
        self._known = _Known(stamp, verdict.generation, sha256, tables, pending, older)
        return self._known

    def _expect_new(self) -> None:
        """Finding nothing is right for a new file only: a folder or a file that was there must not read as empty."""
        if not self.path.parent.is_dir():
            raise Vanished(self.path)
        if self._known and self._known.generation:
            raise NotFound(self.path)

    def _keep(self, copies: tuple[Copy, ...]) -> tuple[Path, ...]:
        return tuple(set_aside(copy, self.path, self.modes) for copy in copies if not copy.void)

    def _note(self, report: Recovered) -> None:
        if report not in self._reports:
            self._reports.append(report)

    def _save(self, known: _Known, tables: Tables) -> None:
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
                sweep_temporaries(self.path)  # and of its twin, whose name begins with its own
                self._swept = True
            write_atomic(self.path, raw, self.modes)
            whole = self._write_twin(raw)
            self._known = _Known(self._stamp(), known.generation + 1, seal.sha256 if whole else None, back)

    def _write_twin(self, raw: bytes) -> bool:
        """Write the second copy. The save itself is already kept, so a failure here is reported, not raised."""
        try:
            write_atomic(self.twin, raw, self.modes)
        except OSError as err:
            self._note(Recovered("single", self.path, None, reason_words(err)))
            return False
        return True


def _shallow(tables: Tables) -> Tables:
    return {name: dict(table) for name, table in tables.items()}


def _copied(tables: Tables) -> Tables:
    copy: Tables = marshal.loads(marshal.dumps(tables))  # faster than parsing JSON again, and than copy.deepcopy
    return copy
