"""What leaves the rows of a server for good: private notes, and words, as far as its tables and this machine hold them.

Its log (WAL), its backups and its standbys are out of reach, as are the journals of other machines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tui.fast_dataclass import dataclass
from tui.partnership.changes import apply
from tui.partnership.values import Partnership
from tui.store.adopted_papers import PAPER
from tui.store.backup import known_backups
from tui.store.erasure import (
    Eraser,
    Erasure,
    clean,
    current_values,
    holds,
    in_tables,
    linked,
    may_hold,
    organisation_name,
    other_files,
    without,
)
from tui.store.sealed_bytes import Tables
from tui.store.server_rows import differences, with_rows
from tui.store.store_errors import Author, StoreError, as_store_errors

if TYPE_CHECKING:
    from tui.store.server_connections import Connection
    from tui.store.server_partnership import ServerPartnership
    from tui.store.store_engine import StoreEngine

_EVERY_ROW: Final = "SELECT half, kind, number, body FROM entente.document WHERE partnership = %s ORDER BY number"
_NO_PRIVATE_ROW: Final = "DELETE FROM entente.document WHERE partnership = %s AND half IN ('private', 'private.far')"
_PAPERS: Final = "SELECT version, name, data FROM entente.attachment WHERE partnership = %s ORDER BY version"
_PUT_PAPER: Final = "UPDATE entente.attachment SET data = %s WHERE partnership = %s AND version = %s"


def destroy_private(stored: ServerPartnership) -> tuple[Path, ...]:
    """Delete every private row of a partnership, and the journals of this account on this machine; what went."""
    with stored.destroying() as (held, _revision):
        held.execute(_NO_PRIVATE_ROW, (stored.id,))
    return forget_folder(stored.path)


def forget_folder(path: Path) -> tuple[Path, ...]:
    """Remove what this machine keeps of a partnership's private notes: journals, unfinished texts. What went."""
    gone = []
    for name in ("journal-*", ".journal-*", "unfinished-*", ".unfinished-*"):
        for file in path.glob(name):
            with suppress(FileNotFoundError), as_store_errors(file):
                file.unlink()
                gone.append(file)
    return tuple(gone)


def look(stored: ServerPartnership, eraser: Eraser) -> Erasure:
    """Return where the words stand in a partnership's rows, and in its files here. Nothing is written."""
    with stored.reading() as held:
        partnership, halves = stored.state().partnership, _every_row(held, stored.id)
        papers = held.execute(_PAPERS, (stored.id,)).fetchall()
    found = in_tables(halves.values(), partnership, eraser)
    here = tuple(_files_here(stored, eraser))
    holding = tuple(Path(name) for _version, name, data in papers if _stands_in(data, eraser))
    unread = (
        *(Path(name) for _version, name, _data in papers),
        *(path for path in here if not holds(path, eraser.sought)),
    )
    return replace(found, files=(*holding, *(path for path in here if path not in unread)), unread=unread)


def _every_row(held: Connection, partnership_id: str) -> dict[str, Tables]:
    """Return the documents by half: public, private, history near and far, and versions."""
    return with_rows({}, held.execute(_EVERY_ROW, (partnership_id,)).fetchall(), {})


def _files_here(stored: ServerPartnership, eraser: Eraser) -> Iterator[Path]:
    """Yield the files of this machine that hold the words, or cannot be read; a fetched paper counts by its row."""
    with as_store_errors(stored.path):
        for path in other_files(stored.path) if stored.path.is_dir() else ():
            found = holds(path, eraser.sought)
            if found or (found is None and not PAPER.fullmatch(path.name)):
                yield path


def _stands_in(data: bytes, eraser: Eraser) -> bool:
    return eraser.sought.stands_in(data.decode("utf-8", "surrogateescape"))


def erase(stored: ServerPartnership, eraser: Eraser, author: Author, at: str) -> None:
    """Take the words out of a partnership's rows and of its files here. Raises `StoreError`; it may be done again.

    The fields are saved as by hand first, so that everybody who has it open learns of it.
    """
    stored.save(eraser.guide, lambda known: apply(known, eraser.changes(known), by=author.name, at=at), author)
    with stored.destroying() as (held, revision):
        current = current_values(stored.read().partnership)
        before = _every_row(held, stored.id)
        after = {half: eraser.tables(tables, current) for half, tables in before.items()}
        put, gone, _kept = differences(before, after)
        stored.put_rows(revision, put, gone)
        for version, _name, data in held.execute(_PAPERS, (stored.id,)).fetchall():
            if _stands_in(data, eraser):
                held.execute(_PUT_PAPER, (without(data, eraser), stored.id, version))
    with as_store_errors(stored.path):
        for path in _files_here(stored, eraser):
            if holds(path, eraser.sought):
                clean(path, stored.modes, eraser)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What may hold words of a partnership beside it: its `lives` in the bin, and its copies, or what it copies."""

    engine: StoreEngine
    lives: Sequence[ServerPartnership]
    relatives: Sequence[ServerPartnership]


def erase_everywhere(
    own: ServerPartnership, around: Surroundings, eraser: Eraser, author: Author, at: str, *, write: bool
) -> Erasure:
    """Look for the words in a partnership and around it, and with `write` take them out; what was found."""
    found, engine = look(own, eraser), around.engine
    lives = [stored for stored in around.lives if look(stored, eraser).found]
    ours, others = _in_directory(engine, own.state().partnership, eraser, write=write)
    if write:
        for stored in (own, *lives):
            erase(stored, eraser, author, at)
    return replace(
        found,
        binned=len(lives),
        organisations=tuple(ours),
        others=tuple(others),
        elsewhere=tuple(path for path in known_backups(engine.root) if may_hold(path, eraser.sought)),
        copies=tuple(_holding(around.relatives, eraser)),
        sessions=tuple(presence.author for presence in own.present() if not presence.own),
        server_logs=True,
    )


def _in_directory(
    engine: StoreEngine, partnership: Partnership, eraser: Eraser, *, write: bool
) -> tuple[list[str], list[str]]:
    """(names of the linked organisations, names of the others) in which the words stand; with `write` out of the first.

    An account that may not read the directory finds none.
    """
    links = linked(partnership)
    rows = engine.organisations()
    holding = [row for row in rows if eraser.value(row) != row]
    ours = [row for row in holding if row.get("id") in links]
    if write and ours:
        engine.mend(lambda known: {str(row["id"]): _cleared(row, eraser) for row in known if row.get("id") in links})
    return [organisation_name(row) for row in ours], [organisation_name(row) for row in holding if row not in ours]


def _cleared(row: Mapping[str, Any], eraser: Eraser) -> dict[str, Any]:
    """Return the cells of an organisation that the words leave, None where nothing is left of one."""
    left = eraser.value(dict(row))
    return {key: left.get(key) for key, value in row.items() if left.get(key) != value}


def _holding(relatives: Iterable[ServerPartnership], eraser: Eraser) -> Iterator[str]:
    """Yield the ids of those that hold the words, or cannot be read."""
    for stored in relatives:
        try:
            if look(stored, eraser).found:
                yield stored.id
        except StoreError:
            yield stored.id
