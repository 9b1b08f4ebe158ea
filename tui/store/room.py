"""Room for more: warn when the files of a partnership take over half of their size limit, before a save is refused."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tui.atomic_files import SIZE_LIMIT
from tui.i18n import _
from tui.named_files import size_words
from tui.store.closed_history import IMPORTED_DOCUMENT_BYTES
from tui.store.file_names import CLOSED_NAME, PRIVATE, PUBLIC, VERSIONS
from tui.store.store_errors import Problem


def room_problems(folder: Path) -> list[Problem]:
    """Return a problem for each part of the partnership in `folder` that takes more than half of its size limit.

    History and versions may grow without end in the store. But a JSON document with the history can be imported only up
    to `IMPORTED_DOCUMENT_BYTES`.
    """
    problems = []
    for name in (PUBLIC, PRIVATE):
        size = _size(folder / name)
        if size > SIZE_LIMIT // 2:
            text = _(
                "“{name}” of {id} takes {size}, and no more than {limit} can be saved in it: "
                "shorten the longest texts, or go on in a new partnership."
            )
            problems.append(_room_problem(text, folder / name, size, SIZE_LIMIT))
    closed_files = (path for path in folder.glob("*.json.closed-*.json") if CLOSED_NAME.fullmatch(path.name))
    size = sum(_size(path) for path in closed_files if not path.name.startswith(VERSIONS))
    if size > IMPORTED_DOCUMENT_BYTES // 2:
        text = _(
            "The earlier texts of {id} take {size}. Saving goes on however many there are, but a JSON file that holds "
            "them (--with-history) can be brought in again up to {limit} only: a backup has no such limit."
        )
        problems.append(_room_problem(text, folder, size, IMPORTED_DOCUMENT_BYTES))
    return problems


def _room_problem(text: str, path: Path, size: int, limit: int) -> Problem:
    sentence = text.format(
        name=path.name, id=path.name if path.is_dir() else path.parent.name, size=size_words(size),
        limit=size_words(limit),
    )  # fmt: skip
    return Problem("room", path, None, sentence)


def _size(path: Path) -> int:
    """Return how many bytes a file takes; 0 if it is missing or cannot be reached."""
    with suppress(OSError):
        return path.lstat().st_size
    return 0
