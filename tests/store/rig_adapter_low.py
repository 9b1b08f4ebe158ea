"""A line editor on sealed storage, for fault rigs: `edit` reads SET lines and answers ACK, `dump` prints all kept."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tui.store.sealed_storage import SealedStorage
from tui.store.store_errors import StoreError


def put(storage: SealedStorage, key: str, text: str) -> None:
    """Set one answer; what it said before stays as its history."""
    with storage.transaction() as tables:
        answers = tables.setdefault("answers", {})
        for document in answers.values():
            if document["key"] == key:
                document["was"].append(document["text"])
                document["text"] = text
                return
        answers[str(1 + max(map(int, answers), default=0))] = {"key": key, "text": text, "was": []}


def tell(storage: SealedStorage) -> None:
    """Say on stderr what had to be worked around."""
    for report in storage.take_reports():
        print(f"recovered: {report.kind} {report.why} kept in {report.kept}", file=sys.stderr, flush=True)


def edit(path: Path) -> int:
    """Serve SET lines until the end of input; an error is one ERR line, and the next line is tried all the same."""
    storage: SealedStorage | None = None
    for line in sys.stdin:
        _set, key, text = line.rstrip("\n").split(" ", 2)
        try:
            storage = storage or SealedStorage(path)
            put(storage, key, text)
        except StoreError as err:
            print(f"ERR {err}", flush=True)
        else:
            print(f"ACK {key} {text}", flush=True)
            tell(storage)
    return 0


def dump(path: Path, current: bool = False) -> int:
    """Print every text, or only the current ones."""
    try:
        storage = SealedStorage(path, create=False)
        tables = storage.read() or {}
    except StoreError as err:
        print(err, file=sys.stderr)
        return 3
    for document in tables.get("answers", {}).values():
        shown = document.get("text") if current else document
        print(json.dumps(shown, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8"))
    tell(storage)
    return 0


if __name__ == "__main__":
    command, where = sys.argv[1], Path(sys.argv[2])
    sys.exit(edit(where) if command == "edit" else dump(where, command == "current"))
