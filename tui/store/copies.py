"""The two copies of a store file: how each stands, which one is believed, and what is set aside before a save."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from dataclasses import replace
from pathlib import Path
from typing import Literal

from tui.quick import dataclass
from tui.store.errors import Damaged
from tui.store.files import Modes, read_file, write_atomic
from tui.store.sealed_json import Loaded, Malformed, Seal, Tables, load

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
        return Copy(path, present=True, why=err.strerror or "")
    if other is not None and other.loaded and other.raw == raw:
        return replace(other, path=path)
    return of_bytes(path, raw)


def look_at_both(path: Path, twin: Path) -> tuple[Copy, Copy]:
    """The file and its twin, read in the order in which a save in between leaves the file the newer; as `look`.

    Where their bytes are the same they are parsed once.
    """
    second = look(twin)
    first = look(path, second)
    return first, second


def of_bytes(path: Path, raw: bytes) -> Copy:
    """The copy that these bytes are, wherever they lie."""
    if not raw:
        return Copy(path, present=True, raw=raw, why="empty")
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
        write_atomic(kept, copy.raw, modes)
    return kept
