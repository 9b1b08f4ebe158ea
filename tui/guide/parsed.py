"""The guide data as parsed when it was last changed: TOML is for authors, and takes a third of a start to read.

`make guide` writes `data/parsed.json`; what does not belong to the present text of a file is not used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

PARSED = "parsed.json"


def parsed(path: Path, source: bytes) -> dict[str, Any] | None:
    """What the data file at `path`, which holds `source`, says; None when it is to be parsed."""
    kept = _all(path.with_name(PARSED)).get(path.name)
    if not isinstance(kept, Mapping) or kept.get("sha256") != sha256(source).hexdigest():
        return None
    data = kept.get("data")
    return data if isinstance(data, dict) else None


@lru_cache(maxsize=2)
def _all(path: Path) -> Mapping[str, Any]:
    try:
        kept = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, Mapping) else {}


def written(folder: Path) -> str:
    """What `parsed.json` shall hold for the data files of `folder`."""
    import tomllib

    files = sorted(folder.glob("*.toml"))
    kept = {
        file.name: {"sha256": sha256(file.read_bytes()).hexdigest(), "data": tomllib.loads(file.read_text("utf-8"))}
        for file in files
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) + "\n"
