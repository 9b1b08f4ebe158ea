"""What the app remembers from one start to the next: where one stood in each partnership. Losing it loses no answer."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_MOST = 200  # partnerships whose place is kept


def memory_path(environ: Mapping[str, str]) -> Path:
    """The file of places, among XDG's state files (basedir-spec 0.8)."""
    base = environ.get("XDG_STATE_HOME", "")
    return (Path(base) if base.startswith("/") else Path.home() / ".local" / "state") / "entente" / "places.json"


def place_of(path: Path, project_id: str) -> Mapping[str, Any]:
    """The place kept for a partnership, {} when there is none or the file cannot be read."""
    kept = _read(path).get(project_id)
    return kept if isinstance(kept, dict) else {}


def last_open(path: Path) -> str:
    """The id of the partnership that was open when the app was last left; "" when the list was."""
    last = _read(path).get("last")
    return last if isinstance(last, str) else ""


def keep(path: Path, project_id: str, place: Mapping[str, Any] | None, *, last: str) -> bool:
    """Keep a place and which partnership was open. Returns whether it could be written (it is no reason to stop)."""
    kept = _read(path)
    if place is not None:
        kept.pop(project_id, None)
        kept[project_id] = dict(place)  # the newest stand last
    kept["last"] = last
    for name in [name for name in kept if name != "last"][:-_MOST]:
        del kept[name]
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        with open(temporary, "w", encoding="utf-8", opener=_private) as file:
            json.dump(kept, file, ensure_ascii=False)
        os.replace(temporary, path)
    except OSError:
        return False
    return True


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW, 0o600)


def _read(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def left_open(places: Path, root: Path) -> str:
    """The partnership that was open when the app was last left, if it is still in the store at `root`; else ""."""
    last = last_open(places)
    return last if last and (root / last / "project.json").is_file() else ""
