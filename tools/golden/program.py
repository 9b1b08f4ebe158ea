"""Run the program that is recorded, `python -m tui` of a checkout, with fixed folders, clock, author and chance."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

# The program prints paths, and wraps them: they must be the same, letter by letter, on every machine.
PLACE = Path("/tmp/entente-golden")
NOW = datetime.fromisoformat("2026-11-22T14:02:00-05:00")
AUTHOR = {"id": "gggggggggg", "name": "Marie Golden"}
CHILD = Path(__file__).resolve().parent / "child"
TIME_LIMIT = 60.0  # seconds; only a program that hangs takes so long


@dataclass(frozen=True)
class Program:
    """The program of one checkout, with a home folder of its own below `PLACE`.

    Each run has a `seed`, from which its random bytes are computed, and a language `lang`, "fr" or "en".
    """

    checkout: Path
    home: Path

    def environ(self, seed: str, lang: str, minute: int = 0) -> dict[str, str]:
        """Return all variables of a run; none is taken from the present environment.

        `minute` is how many minutes after `NOW` the run happens.
        """
        xdg = {f"XDG_{name.upper()}_HOME": str(self.home / name) for name in ("config", "data", "state", "cache")}
        return {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.home),
            **xdg,
            "XDG_CONFIG_DIRS": str(self.home / "machine"),
            "TMPDIR": str(self.home / "tmp"),
            "USER": "marie",
            "LOGNAME": "marie",
            "TZ": "America/Toronto",
            "LANG": {"fr": "fr_CA.UTF-8", "en": "en_CA.UTF-8"}[lang],
            "TERM": "xterm-256color",
            "ESCDELAY": "20",
            "PYTHONPATH": str(CHILD),
            "PYTHONHASHSEED": "0",
            "PYTHONUTF8": "1",
            "GOLDEN_NOW": str(int(NOW.timestamp()) + 60 * minute),
            "GOLDEN_SEED": seed,
        }

    def prepare(self) -> None:
        """Make the home folder, with only the author's name in it."""
        for name in ("config/entente", "data", "state", "cache", "machine", "tmp", "out"):
            (self.home / name).mkdir(parents=True)
        (self.home / "config/entente/author.json").write_text(json.dumps(AUTHOR), encoding="ascii")

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of a run; Python is started by its fixed path, which the program shows to people."""
        return [str(PLACE / "venv/bin/python"), "-m", "tui", *arguments]

    def run(
        self, *arguments: str, seed: str = "", lang: str = "fr", minute: int = 0, typed: str = "", columns: int = 80
    ) -> subprocess.CompletedProcess[bytes]:
        """Run one command to its end, with `typed` as its standard input."""
        return subprocess.run(
            self.command(*arguments),
            cwd=self.checkout,
            env={**self.environ(seed or " ".join(arguments), lang, minute), "COLUMNS": str(columns)},
            input=typed.encode(),
            capture_output=True,
            timeout=TIME_LIMIT,
            check=False,
        )

    def transcript(self, *arguments: str, **options: object) -> str:
        """Run one command and return the command line, what it printed, and its exit code; `options` as for `run`."""
        result = self.run(*arguments, **options)  # type: ignore[arg-type]
        parts = [f"$ entente {' '.join(arguments)}\n", result.stdout.decode()]
        if result.stderr:
            parts.append(f"--- standard error\n{result.stderr.decode()}")
        if result.returncode:
            parts.append(f"--- exit code {result.returncode}\n")
        return "".join(parts)


@contextmanager
def fixed_place(python: Path) -> Iterator[None]:
    """Reserve `PLACE`, with a link to the venv of `python` in it, until the block ends; a second run waits."""
    lock_file = PLACE.with_suffix(".lock")
    if not lock_file.exists():
        lock_file.touch(0o666)
    with lock_file.open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.rmtree(PLACE, ignore_errors=True)
        os.umask(0o022)  # the rights of what is written are recorded
        PLACE.mkdir(mode=0o700)
        (PLACE / "venv").symlink_to(python.absolute().parents[1])
        try:
            yield
        finally:
            shutil.rmtree(PLACE)
