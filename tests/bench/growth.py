"""How much memory stays with the open program: windows and pages opened and closed, letters typed and saved.

    python tests/bench/growth.py [--rounds N]

The figures are megabytes of resident memory beyond what there was after the first rounds of each, when all is loaded.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import SILENCE, Program, running  # type: ignore[import-not-found]  # beside this file

from tui.partnership.values import SETTINGS, Change
from tui.store import Author, Store

FIRST = 50  # rounds of each before the memory is looked at
ALLOWED = 3.0  # MB
CALM = 0.06  # seconds without output after which a key counts as answered
MORE = {"\x1b": 0.1, "z": 0.4}  # seconds besides: what the parser waits after an Escape, and a save after a letter
WAYS = {
    "F2 and Escape": ("\x1bOQ", "\x1b"), "F5 twice": ("\x1b[15~", "\x1b[15~"), "letters": tuple("bonjour la"),
    "F1 and Escape": ("\x1bOP", "\x1b"), "F9 twice": ("\x1b[20~", "\x1b[20~"), "F4 and F3": ("\x1bOS", "\x1bOR"),
    "saves": ("z", "\x7f"),
}  # fmt: skip
RARE = ("F1 and Escape", "F9 twice", "F4 and F3", "saves")  # a fifth of the rounds


def resident(program: Program) -> float:
    """The resident memory of a program in MB."""
    return (
        int(Path(f"/proc/{program.pid}/statm").read_text(encoding="ascii").split()[1])
        * os.sysconf("SC_PAGE_SIZE")
        / 1e6
    )


def walk(program: Program, keys: Sequence[str], rounds: int) -> None:
    """Press the keys so many times, each once the one before is answered."""
    for _round in range(rounds):
        for key in keys:
            program.send(key)
            while program.listen(CALM + MORE.get(key, 0.0)):
                pass


def main(arguments: Sequence[str]) -> int:
    """Print the figures; 0 when none is larger than allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=500)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        os.environ["ENTENTE_STORE"] = home
        name = Store(Path(home), author=Author("x" * 10, "Marie")).create([Change(SETTINGS, SETTINGS, "lang", "fr")]).id
        with running([sys.executable, "-m", "tui", name], 100, 30) as program:
            program.until_silent(SILENCE)
            for keys in WAYS.values():
                walk(program, keys, FIRST)
            first, found = resident(program), {}
            for way, keys in WAYS.items():
                walk(program, keys, options.rounds // 5 if way in RARE else options.rounds)
                found[way] = resident(program) - first
    said = ", ".join(f"{way} {grown:+.1f} MB" for way, grown in found.items())
    print(f"memory after {options.rounds} more rounds of each ({options.rounds // 5} of the rare): {said}")
    return 0 if max(found.values()) <= ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
