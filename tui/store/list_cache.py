"""The list of partnerships, from a cache that is checked against the files and made anew where it disagrees."""

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

INDEX: Final = "index.json"
FORMAT: Final = 1
_LIMIT: Final = 64 * 1024 * 1024  # bytes
_KEPT_EVERY: Final = 1000  # readings
_PREFIX: Final = 4  # letters of an id that are enough to mean it (contracts.md, « Commands »)

_OUT_OF_REACH: Final = [0, 0, 0]  # the signature of what is not there or closed to us: damaged, so it is never kept
_KINDS: Final = [str, str, str, str, int, bool, bool, int, int, int, str]  # of a row behind its signature

Signature = list[int]
Row = list[Any]  # a signature's three numbers, then a Summary's fields but id and damaged
Summarise = Callable[[str], Summary]
ListingProgress = Callable[[int, int], bool]


def listing(root: Path, summarise: Summarise, day: str, watch: ListingProgress | None = None) -> list[Summary]:
    """Return all partnerships in `root`, in no order; `summarise` reads one afresh, and only those whose files changed.

    One in which something is dated is read again on another `day` (ISO), since what is late changes with it.

    The cache is written again when it was wrong; that it cannot be (no room, no right) stops nobody. `watch` is told
    before each reading how many of how many are read; where it says False the others are left out, for another time.
    """
    rows = _read(root)
    fresh: dict[str, Row] = {}
    found: list[Summary] = []
    unread: list[tuple[str, Signature]] = []
    for name, mark in signatures(root, rows):
        row = rows.get(name)
        if row is not None and row[:3] == mark and (summary := _summary(name, row)) and summary.told_on in ("", day):
            fresh[name] = row
            found.append(summary)
        else:
            unread.append((name, mark))
    known, total = len(found), len(found) + len(unread)
    try:
        for at, (name, mark) in enumerate(unread):
            if watch is not None and not watch(known + at, total):
                break
            summary = summarise(name)
            if not summary.damaged:  # what cannot be read is looked at again each time
                fresh[name] = [*mark, *fields_of(summary)]
            found.append(summary)
            if (at + 1) % _KEPT_EVERY == 0:  # a program that is killed has not read for nothing
                _write(root, fresh)
    finally:  # what was read is kept, however the reading ended
        if fresh != rows:
            _write(root, fresh)
    return found


def forget(root: Path, name: str) -> None:
    """Take a partnership that was destroyed out of the cache: its title stays nowhere."""
    rows = _read(root)
    if rows.pop(name, None) is not None:
        _write(root, rows)


def newest_first(summaries: Iterable[Summary]) -> list[Summary]:
    """Return the latest change first, whatever zone it was made in; equal ones by id, so that the order never jumps."""
    by_id = sorted(summaries, key=attrgetter("id"))
    if (
        len({summary.changed[len("2026-11-22T14:02:05") :] for summary in by_id}) < 2
    ):  # one zone: letters sort as moments
        return sorted(by_id, key=attrgetter("changed"), reverse=True)
    return sorted(by_id, key=lambda item: moments.order_key(item.changed)[0], reverse=True)


def meant(summaries: list[Summary], text: str, *, beginning: bool = False) -> list[Summary]:
    """Those that `text` may mean: by id, else by the beginning of an id, else by exact title, archived ones last.

    With `beginning`, else those whose title begins so.
    """
    by_id = [summary for summary in summaries if summary.id == text]
    if by_id:
        return by_id
    if len(text) >= _PREFIX:
        by_prefix = [summary for summary in summaries if summary.id.startswith(text)]
        if by_prefix:
            return by_prefix
    from tui.text.name_matching import fold

    wanted = fold(text)
    titles = [(summary, {fold(summary.title_fr), fold(summary.title_en)}) for summary in summaries if wanted]
    exact = [name for name, known in titles if wanted in known]
    if exact or not beginning:
        return exact
    return [name for name, known in titles if any(title.startswith(wanted) for title in known)]


def signatures(root: Path, known: Container[str] = ()) -> Iterable[tuple[str, Signature]]:
    """(id, what stat says of its public file) of each partnership; a link or a stray file is none.

    One that this account may not look into is there all the same, with zeros, and so is one whose public file is gone.
    Names in `known` are ids for sure.
    """
    try:
        entries = os.scandir(root)
    except FileNotFoundError:
        return
    with entries:
        for entry in entries:
            if not (entry.name in known or is_id(entry.name)) or not entry.is_dir(follow_symlinks=False):
                continue
            for name in ("/project.json", "/project.json.twin"):
                try:
                    found = os.lstat(entry.path + name)
                except (FileNotFoundError, NotADirectoryError):
                    continue
                except OSError:
                    yield entry.name, _OUT_OF_REACH
                    break
                yield entry.name, [found.st_mtime_ns, found.st_size, found.st_ino]
                break
            else:
                if _has_traces(entry.path):
                    yield entry.name, _OUT_OF_REACH


def _has_traces(folder: str) -> bool:
    from tui.store.partnership_folder import has_traces

    try:
        return has_traces(Path(folder))
    except OSError:
        return True  # a folder that may not be read is told too


def fields_of(summary: Summary) -> Row:
    """Return what is kept of a line of the list, behind its signature."""
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
        summary.told_on,
    ]


def _summary(name: str, row: Row) -> Summary | None:
    return summary_of_fields(name, row[3:])


def summary_of_fields(name: str, fields: Row) -> Summary | None:
    """Return the line that was kept as `fields_of` it; None for what is no such line."""
    if list(map(type, fields)) != _KINDS:
        return None
    fr, en, changed, milestone, partners, archived, trial, dissents, *dates = fields
    return Summary(name, fr, en, changed, milestone, partners, archived, "", trial, dissents, *dates)


def _read(root: Path) -> dict[str, Row]:
    """Return the cache's rows by id; empty when there is none, or none that can be believed."""
    from tui.atomic_files import read_file

    try:
        found = json.loads(read_file(root / INDEX, _LIMIT))
        rows = found["rows"] if found["format"] == FORMAT else {}
        return {name: row for name, row in rows.items() if isinstance(row, list)}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _write(root: Path, rows: dict[str, Row]) -> None:
    from tui.atomic_files import modes_of, write_atomic
    from tui.store.disk_locks import refusal
    from tui.store.successor import successor_of

    data = json.dumps({"format": FORMAT, "rows": rows}, ensure_ascii=True, separators=(",", ":")).encode("ascii")
    try:
        if refusal(root) is None and not successor_of(root):
            write_atomic(root / INDEX, data, modes_of(root).private)  # it counts what private positions say
    except OSError:
        return  # only a cache
