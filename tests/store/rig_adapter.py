"""A line editor on the store, for fault rigs: `edit` reads SET lines and answers ACK, `dump` prints all it keeps."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from tui.partnership.values import Change
from tui.store import Author, Store
from tui.store.store_errors import NotFound, StoreError

PARTNERSHIP = "rigrigrigr"
QUESTION = "extra.articles"


def change(key: str, text: str) -> Change:
    """The text of one article, or a private note where the key says so."""
    if key.startswith("private"):
        return Change(key, "open.how_many", "reason@fr", text)
    return Change(key, QUESTION, "text@fr", text, part="rows")


def edit(store: Store) -> int:
    """Serve SET lines until the end of input; an error is one ERR line, and the next line is tried all the same."""
    for line in sys.stdin:
        _set, key, text = line.rstrip("\n").split(" ", 2)
        try:
            try:
                store.save(PARTNERSHIP, [change(key, text)])
            except NotFound:
                store.create([change(key, text)], partnership_id=PARTNERSHIP)
        except StoreError as err:
            print(f"ERR {err}", flush=True)
        else:
            print(f"ACK {key} {text}", flush=True)
        tell(store)
    return 0


def dump(store: Store, current: bool) -> int:
    """Print every text that is current, history or in conflict; or only the current ones."""
    try:
        if current:
            kept: object = [
                cell.value for entry in store.load(PARTNERSHIP).entries.values() for cell in entry.cells.values()
            ]
        else:
            kept = [str(store.load(PARTNERSHIP)), [one.value for one in store.history(PARTNERSHIP)]]
            kept = [store.public_document(PARTNERSHIP, private=True), kept]
    except NotFound:
        return 0  # nothing was ever saved
    except StoreError as err:
        print(err, file=sys.stderr)
        return 3
    print(json.dumps(kept, ensure_ascii=False))
    tell(store)
    return 0


def tell(store: Store) -> None:
    """Say on stderr what had to be worked around."""
    for one in store.take_problems():
        print(f"recovered: {one.kind} {one.why} kept in {one.kept}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    command, where = sys.argv[1], Path(sys.argv[2])
    author = Author(f"p{os.getpid()}", f"editor {os.getpid()}")
    store = Store(where, author=author)
    sys.exit(edit(store) if command == "edit" else dump(store, command == "current"))
