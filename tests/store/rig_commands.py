"""The commands for fault rigs: `edit` turns SET lines into `entente answer`, `dump` prints what `entente show` says.

Each key is a free article with that title. The one partnership is made by the first editor that finds none.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PRIVATE = ("--format", "json", "--with-private")


def entente(store: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run one command on the store; what it says on stderr is passed on. A fault is meant for `answer`, not for it."""
    sound = {name: value for name, value in os.environ.items() if name != "LD_PRELOAD"}
    return subprocess.run(
        [sys.executable, "-m", "tui", "--store", store, "--lang", "en", *words],
        stdout=subprocess.PIPE, text=True, env=sound,
    )  # fmt: skip


def ids(store: str) -> list[str]:
    """The partnerships of the store, by their folders."""
    return sorted({path.parent.name for path in Path(store).glob("*/project.json*")})


def rows_of(store: str, name: str) -> dict[str, str]:
    """The row of each key there is already."""
    shown = entente(store, "show", name, *PRIVATE)
    if shown.returncode:
        sys.exit(shown.returncode)
    found: dict[str, str] = {}

    def look(value: Any) -> None:
        if isinstance(value, dict):
            title = value.get("fields", {}).get("title") if isinstance(value.get("fields"), dict) else None
            if isinstance(title, dict) and isinstance(value.get("id"), str):
                found[next(iter(title.values()))["text"]] = value["id"]
            for one in value.values():
                look(one)

    look(json.loads(shown.stdout))
    return found


def edit(store: str) -> int:
    """Serve SET lines by one `entente answer` that goes on to the end; its code when it ends before."""
    known = ids(store)
    name = known[0] if known else entente(store, "new", "rig").stdout.strip()
    if not name:
        return 3
    rows = rows_of(store, name)
    answer = subprocess.Popen(
        [sys.executable, "-m", "tui", "--store", store, "--lang", "en", "answer", name],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert answer.stdin is not None and answer.stdout is not None
    for line in sys.stdin:
        _set, key, text = line.rstrip("\n").split(" ", 2)
        said: dict[str, Any] = {"question": "extra.articles", "op": "add", "value": {"title": key, "text": text}}
        if key in rows:
            said = {"question": "extra.articles", "row": rows[key], "value": {"text": text}}
        print(json.dumps(said), file=answer.stdin, flush=True)
        heard = answer.stdout.readline()
        if not heard:
            return answer.wait() or 3
        done = json.loads(heard)
        if done["ok"]:
            rows.setdefault(key, done["row"])
            print(f"ACK {key} {text}", flush=True)
        else:
            print(f"ERR {done['error']}", flush=True)
    answer.stdin.close()
    answer.wait()
    return 0


def dump(store: str) -> int:
    """Print the whole of each partnership, history and conflicts included."""
    code = 0
    for name in ids(store):
        shown = entente(store, "show", name, *PRIVATE)
        code = code or shown.returncode
        print(shown.stdout)
    return code


if __name__ == "__main__":
    sys.exit(edit(sys.argv[2]) if sys.argv[1] == "edit" else dump(sys.argv[2]))
