"""Erasure on a server: private notes or words are removed for good from its rows and from the files of this machine.

The server's log (WAL), its backups and its standbys are out of reach, as are the journals on other machines. `erasure`
does the same for folders.
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
    bytes_without_words,
    clean_file,
    current_values,
    find_in_tables,
    holds,
    linked_organisation_ids,
    may_hold,
    organisation_name,
    other_files,
)
from tui.store.sealed_bytes import Tables
from tui.store.server_rows import differences, with_rows
from tui.store.store_errors import Author, StoreError, as_store_errors

if TYPE_CHECKING:
    from tui.store.server_connections import Connection
    from tui.store.server_partnership import ServerPartnership
    from tui.store.store_engine import StoreEngine

_SELECT_ALL_ROWS: Final = "SELECT half, kind, number, body FROM entente.document WHERE partnership = %s ORDER BY number"
_DELETE_PRIVATE_ROWS: Final = (
    "DELETE FROM entente.document WHERE partnership = %s AND half IN ('private', 'private.far')"
)
_SELECT_PAPERS: Final = "SELECT version, name, data FROM entente.attachment WHERE partnership = %s ORDER BY version"
_UPDATE_PAPER: Final = "UPDATE entente.attachment SET data = %s WHERE partnership = %s AND version = %s"


def destroy_private(stored: ServerPartnership) -> tuple[Path, ...]:
    """Delete every private row of a partnership, and its private files on this machine; return these files."""
    with stored.destroying() as (connection, _revision):
        connection.execute(_DELETE_PRIVATE_ROWS, (stored.id,))
    return delete_local_private_files(stored.path)


def delete_local_private_files(path: Path) -> tuple[Path, ...]:
    """Delete the journals and unfinished texts of a partnership, which lie in the folder `path`; return their paths."""
    gone = []
    for name in ("journal-*", ".journal-*", "unfinished-*", ".unfinished-*"):
        for file in path.glob(name):
            with suppress(FileNotFoundError), as_store_errors(file):
                file.unlink()
                gone.append(file)
    return tuple(gone)


def find_words(stored: ServerPartnership, eraser: Eraser) -> Erasure:
    """Return where the words stand in the rows of a partnership and in its files on this machine, without writing."""
    with stored.reading() as connection:
        partnership, halves = stored.state().partnership, _read_all_halves(connection, stored.id)
        papers = connection.execute(_SELECT_PAPERS, (stored.id,)).fetchall()
    in_tables = find_in_tables(halves.values(), partnership, eraser)
    local_files = tuple(_local_files_with_words(stored, eraser))
    papers_with_words = tuple(Path(name) for _version, name, data in papers if _contains_words(data, eraser))
    unread = (
        *(Path(name) for _version, name, _data in papers),
        *(path for path in local_files if not holds(path, eraser.sought)),
    )
    searched_files = (path for path in local_files if path not in unread)
    return replace(in_tables, files=(*papers_with_words, *searched_files), unread=unread)


def _read_all_halves(connection: Connection, partnership_id: str) -> dict[str, Tables]:
    """Return the tables of all halves, versions and far history included."""
    return with_rows({}, connection.execute(_SELECT_ALL_ROWS, (partnership_id,)).fetchall(), {})


def _local_files_with_words(stored: ServerPartnership, eraser: Eraser) -> Iterator[Path]:
    """Yield the files on this machine that hold the words, or cannot be read.

    An unreadable paper is left out, because the server holds it too.
    """
    with as_store_errors(stored.path):
        for path in other_files(stored.path) if stored.path.is_dir() else ():
            holds_words = holds(path, eraser.sought)
            if holds_words or (holds_words is None and not PAPER.fullmatch(path.name)):
                yield path


def _contains_words(data: bytes, eraser: Eraser) -> bool:
    return eraser.sought.stands_in(data.decode("utf-8", "surrogateescape"))


def erase(stored: ServerPartnership, eraser: Eraser, author: Author, at: str) -> None:
    """Take the words out of the rows of a partnership and its files on this machine.

    Raises `StoreError`; then it can be tried again. The fields come first, in an ordinary save, so that everybody who
    has the partnership open sees the change.
    """
    stored.save(
        eraser.guide, lambda partnership: apply(partnership, eraser.changes(partnership), by=author.name, at=at), author
    )
    with stored.destroying() as (connection, revision):
        current = current_values(stored.read().partnership)
        before = _read_all_halves(connection, stored.id)
        after = {half: eraser.tables(tables, current) for half, tables in before.items()}
        put, gone, _kept = differences(before, after)
        stored.put_rows(revision, put, gone)
        for version, _name, data in connection.execute(_SELECT_PAPERS, (stored.id,)).fetchall():
            if _contains_words(data, eraser):
                connection.execute(_UPDATE_PAPER, (bytes_without_words(data, eraser), stored.id, version))
    with as_store_errors(stored.path):
        for path in _local_files_with_words(stored, eraser):
            if holds(path, eraser.sought):
                clean_file(path, stored.modes, eraser)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What may hold words of a partnership besides its own rows."""

    engine: StoreEngine  # for the directory and the list of backups
    earlier_lives: Sequence[ServerPartnership]  # partnerships in the bin that had its id
    relatives: Sequence[ServerPartnership]  # its copies, its origin and copies of that


def erase_everywhere(
    own: ServerPartnership, surroundings: Surroundings, eraser: Eraser, author: Author, at: str, *, write: bool
) -> Erasure:
    """Return where the words stand in a partnership and around it; with `write`, also take them out."""
    in_own_rows, engine = find_words(own, eraser), surroundings.engine
    earlier_lives = [stored for stored in surroundings.earlier_lives if find_words(stored, eraser).found]
    linked_names, others = _directory_names(engine, own.state().partnership, eraser, write=write)
    if write:
        for stored in (own, *earlier_lives):
            erase(stored, eraser, author, at)
    return replace(
        in_own_rows,
        binned=len(earlier_lives),
        organisations=tuple(linked_names),
        others=tuple(others),
        elsewhere=tuple(path for path in known_backups(engine.root) if may_hold(path, eraser.sought)),
        copies=tuple(_ids_with_words(surroundings.relatives, eraser)),
        sessions=tuple(presence.author for presence in own.presences() if not presence.own),
        server_logs=True,
    )


def _directory_names(
    engine: StoreEngine, partnership: Partnership, eraser: Eraser, *, write: bool
) -> tuple[list[str], list[str]]:
    """Return the names of organisations in the directory that hold the words: (linked ones, others).

    Linked ones are partners of this partnership, or were; with `write`, the words are taken out of these. An account
    that may not read the directory finds none.
    """
    links = linked_organisation_ids(partnership)
    rows = engine.organisations()
    rows_with_words = [row for row in rows if eraser.value(row) != row]
    linked_rows = [row for row in rows_with_words if row.get("id") in links]
    if write and linked_rows:
        engine.change_organisations(
            lambda documents: {
                str(row["id"]): _cells_without_words(row, eraser) for row in documents if row.get("id") in links
            }
        )
    other_rows = [row for row in rows_with_words if row not in linked_rows]
    return list(map(organisation_name, linked_rows)), list(map(organisation_name, other_rows))


def _cells_without_words(row: Mapping[str, Any], eraser: Eraser) -> dict[str, Any]:
    """Return the cells of an organisation that change when the words are taken out, by key; None for an empty one."""
    cleaned = eraser.value(dict(row))
    return {key: cleaned.get(key) for key, value in row.items() if cleaned.get(key) != value}


def _ids_with_words(relatives: Iterable[ServerPartnership], eraser: Eraser) -> Iterator[str]:
    """Yield the ids of the partnerships that hold the words, or cannot be read."""
    for stored in relatives:
        try:
            if find_words(stored, eraser).found:
                yield stored.id
        except StoreError:
            yield stored.id
