"""The list of the partnerships in a folder, from a cache; those whose files changed since are read again.

The cache is one file in the folder of the store, with a row for each partnership.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Container, Iterable
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from tui.partnership.ids import is_id
from tui.store.store_errors import Summary
from tui.text import moments

CACHE_NAME: Final = "index.json"
FORMAT: Final = 1  # of the cache; one of another format is not read
_SIZE_LIMIT: Final = 64 * 1024 * 1024  # bytes; a larger cache is not read
_WRITE_EVERY: Final = 1000  # partnerships: after reading so many, the cache is written
_ID_BEGINNING: Final = 4  # characters of an id are enough to name a partnership (contracts.md, « Commands »)

_UNREADABLE: Final = [0, 0, 0]  # the signature of a partnership that cannot be read: its summary is never cached
_FIELD_TYPES: Final = [str, str, str, str, int, bool, bool, int, int, int, str]  # of what `cached_fields` returns

Signature = list[int]  # of the public file: time of its last change in ns, size in bytes, inode
Row = list[Any]  # the three numbers of a signature, then what `cached_fields` returns
Summarise = Callable[[str], Summary]  # reads the partnership with this id and returns its line of the list
ListingProgress = Callable[[int, int], bool]  # called with (read, total); the reading ends if it returns False


def list_partnerships(
    root: Path, summarise: Summarise, day: str, progress: ListingProgress | None = None
) -> list[Summary]:
    """Return the summaries of all partnerships in `root`, in no order.

    Only partnerships whose files changed are read, by `summarise`. Those with dates in them are also read if the cache
    counted what is due on another day than `day` (ISO), today. `progress` is called before each reading; if it returns
    False the rest is left out. The cache is then written again if it was outdated; an error in that does not matter.
    """
    rows = _read(root)
    fresh: dict[str, Row] = {}
    summaries: list[Summary] = []
    unread: list[tuple[str, Signature]] = []
    for partnership_id, signature in signatures(root, rows):
        row = rows.get(partnership_id)
        summary = summary_of_fields(partnership_id, row[3:]) if row is not None and row[:3] == signature else None
        if row is not None and summary is not None and summary.counted_on in ("", day):
            fresh[partnership_id] = row
            summaries.append(summary)
        else:
            unread.append((partnership_id, signature))
    read_already, total = len(summaries), len(summaries) + len(unread)
    try:
        for at, (partnership_id, signature) in enumerate(unread):
            if progress is not None and not progress(read_already + at, total):
                break
            summary = summarise(partnership_id)
            if not summary.damaged:  # One that cannot be read is tried again each time.
                fresh[partnership_id] = [*signature, *cached_fields(summary)]
            summaries.append(summary)
            if (at + 1) % _WRITE_EVERY == 0:  # so that a program that is killed has not read them in vain
                _write(root, fresh)
    finally:  # Whatever was read is cached, however the reading ended.
        if fresh != rows:
            _write(root, fresh)
    return summaries


def forget(root: Path, partnership_id: str) -> None:
    """Remove a partnership that was destroyed from the cache, so that its title stays nowhere."""
    rows = _read(root)
    if rows.pop(partnership_id, None) is not None:
        _write(root, rows)


def newest_first(summaries: Iterable[Summary]) -> list[Summary]:
    """Return the summaries, the last changed first; those changed at the same moment by id."""
    by_id = sorted(summaries, key=attrgetter("id"))
    offsets = {summary.changed[len("2026-11-22T14:02:05") :] for summary in by_id}  # such as "+01:00"
    if len(offsets) < 2:  # With one time zone offset, the texts of ISO moments sort as the moments do.
        return sorted(by_id, key=attrgetter("changed"), reverse=True)
    return sorted(by_id, key=lambda item: moments.moment_sort_key(item.changed)[0], reverse=True)


def find_by_id_or_title(summaries: list[Summary], text: str, *, beginning: bool = False) -> list[Summary]:
    """Return the summaries that `text` may mean: those with this id, else this beginning of an id, else this title.

    With `beginning`, else those whose title begins with `text`. Titles are compared without case and accents.
    """
    by_id = [summary for summary in summaries if summary.id == text]
    if by_id:
        return by_id
    if len(text) >= _ID_BEGINNING:
        by_prefix = [summary for summary in summaries if summary.id.startswith(text)]
        if by_prefix:
            return by_prefix
    from tui.text.name_matching import fold

    wanted = fold(text)
    with_titles = [(summary, {fold(summary.title_fr), fold(summary.title_en)}) for summary in summaries if wanted]
    exact = [summary for summary, titles in with_titles if wanted in titles]
    if exact or not beginning:
        return exact
    return [summary for summary, titles in with_titles if any(title.startswith(wanted) for title in titles)]


def signatures(root: Path, known_ids: Container[str] = ()) -> Iterable[tuple[str, Signature]]:
    """Yield (id, signature of its public file) of each partnership in the folder `root`; links are left out.

    The signature is [0, 0, 0] if this account may not read the file, or if both copies of it are gone. Names in
    `known_ids` are ids for sure, and are not tested.
    """
    try:
        entries = os.scandir(root)
    except FileNotFoundError:
        return
    with entries:
        for entry in entries:
            if not (entry.name in known_ids or is_id(entry.name)) or not entry.is_dir(follow_symlinks=False):
                continue
            signature = _signature_of(entry.path)
            if signature is not None:
                yield entry.name, signature


def _signature_of(folder: str) -> Signature | None:
    """Return the signature of the public file in a folder, or of its second copy; None if there is no partnership."""
    for name in ("/project.json", "/project.json.twin"):
        try:
            status = os.lstat(folder + name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:
            return _UNREADABLE
        return [status.st_mtime_ns, status.st_size, status.st_ino]
    return _UNREADABLE if _has_traces(folder) else None


def _has_traces(folder: str) -> bool:
    """Return whether a folder without a public file holds anything of a partnership, or cannot be read."""
    from tui.store.partnership_folder import has_traces

    try:
        return has_traces(Path(folder))
    except OSError:
        return True  # A folder that cannot be read is listed too.


def cached_fields(summary: Summary) -> Row:
    """Return the fields of a summary that are cached: all but `id` and `damaged`, in a fixed order."""
    return [
        summary.title_fr,
        summary.title_en,
        summary.changed,
        summary.milestone,
        summary.partners,
        summary.archived,
        summary.trial,
        summary.dissents,
        summary.late,
        summary.month,
        summary.counted_on,
    ]


def summary_of_fields(partnership_id: str, fields: Row) -> Summary | None:
    """Return the summary whose `cached_fields` these are; None if they are not of that form."""
    if list(map(type, fields)) != _FIELD_TYPES:
        return None
    fr, en, changed, milestone, partners, archived, trial, dissents, *dates = fields
    return Summary(partnership_id, fr, en, changed, milestone, partners, archived, "", trial, dissents, *dates)


def _read(root: Path) -> dict[str, Row]:
    """Return the rows of the cache by id; {} if there is no cache, or an unreadable one."""
    from tui.atomic_files import read_file

    try:
        cache = json.loads(read_file(root / CACHE_NAME, _SIZE_LIMIT))
        rows = cache["rows"] if cache["format"] == FORMAT else {}
        return {partnership_id: row for partnership_id, row in rows.items() if isinstance(row, list)}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _write(root: Path, rows: dict[str, Row]) -> None:
    """Write the rows of the cache, unless the disk refuses writing or the store has moved; errors are ignored."""
    from tui.atomic_files import modes_of, write_atomic
    from tui.store.disk_locks import refusal
    from tui.store.successor import successor_of

    data = json.dumps({"format": FORMAT, "rows": rows}, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    try:
        if refusal(root) is None and not successor_of(root):
            write_atomic(root / CACHE_NAME, data, modes_of(root).private)  # its counts come from private answers too
    except OSError:
        return  # It is only a cache.
