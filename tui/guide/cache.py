"""The parsed guide data kept as JSON in the user's cache: TOML is for authors, and slow to read at every start."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any


def _cache_of(path: Path) -> Path:
    """The cache file of one version of a data file, told by its place, size and time of change."""
    about = path.stat()
    base = os.environ.get("XDG_CACHE_HOME", "")
    folder = (Path(base) if base.startswith("/") else Path.home() / ".cache") / "entente"
    place = str(path.parent).encode("utf-8", "surrogatepass").hex()[-40:]
    return folder / f"{path.stem}-{place}-{about.st_size}-{about.st_mtime_ns}.json"


def parsed_before(path: Path) -> dict[str, Any] | None:
    """The data of a file as it was parsed before, None when it was not. OSError when the file itself is missing."""
    cache = _cache_of(path)
    try:
        data = json.loads(cache.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def keep_parsed(path: Path, data: dict[str, Any]) -> None:
    """Keep parsed data for the next start; a cache that cannot be written is no reason to stop."""
    try:
        cache = _cache_of(path)
        cache.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in cache.parent.glob(f"{cache.name.rsplit('-', 2)[0]}-*.json"):
            old.unlink(missing_ok=True)
        temporary = cache.with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        temporary.replace(cache)
    except OSError:
        return
