"""A program of one action, for tests on real terminals: `copy_once.py TEXT-FILE FOLDER [ROUTE]` copies at Enter."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tui import i18n
from tui.clipboard import copy, gather, message, terminal


def main() -> None:
    """Say READY, wait for Enter, copy, say what is known, and stay until Enter: an ended pane takes tmux along."""
    i18n.use("en")
    source, folder, *route = sys.argv[1:]
    text = Path(source).read_bytes().decode("utf-8")
    print("READY", flush=True)
    sys.stdin.readline()
    chosen = route[0] if route else "auto"
    facts = gather(os.environ)
    with terminal() as write:
        outcome = copy(text, facts=facts, folder=Path(folder), name="copy.txt", write=write, route=chosen)
    print(message(outcome))
    print(f"DONE {outcome.kind} {outcome.route} {outcome.size}.", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main()
