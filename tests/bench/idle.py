"""What the open program costs while nobody types, beside an empty Textual app: CPU milliseconds per second.

    python tests/bench/idle.py [--seconds N]

It looks for others twice a second, and for a terminal that is gone once a second: that may cost a millisecond.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench import SILENCE, Program, running  # type: ignore[import-not-found]  # beside this file

from tui.partnership.values import SETTINGS, Change
from tui.store import Author, Store

HERE = Path(__file__).resolve().parent
ALLOWED = 0.7  # milliseconds per second beyond the empty app
WINDOWS = 4  # the least of them counts: what else the machine does only adds


def idling(command: Sequence[str], seconds: float) -> float:
    """The milliseconds of CPU that each idle second costs, once the first screen stands."""
    with running(command, 140, 40) as program:
        program.until_silent(SILENCE)
        _listen(program, 5.0)  # what is read ahead for the first keys is no idling
        windows = []
        for _window in range(WINDOWS):
            before = program.cpu()
            _listen(program, seconds / WINDOWS)
            windows.append((program.cpu() - before) / seconds * WINDOWS)
        return min(windows)


def _listen(program: Program, seconds: float) -> None:
    end = time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        program.listen(left)


def main(arguments: Sequence[str]) -> int:
    """Print both figures; 0 when the program idles as it should."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        os.environ["ENTENTE_STORE"] = home
        name = Store(Path(home), author=Author("x" * 10, "Marie")).create([Change(SETTINGS, SETTINGS, "lang", "fr")]).id
        empty = idling([sys.executable, str(HERE / "empty.py")], options.seconds)
        ours = idling([sys.executable, "-m", "tui", name], options.seconds)
    print(f"idle: an empty app {empty:.2f} ms of CPU per second, an open partnership {ours:.2f}")
    return 0 if ours <= empty + ALLOWED else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
