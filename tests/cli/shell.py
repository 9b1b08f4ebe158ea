"""The command as a person calls it: another process, a store of its own, what came out and the exit code."""

from __future__ import annotations

import ctypes
import json
import os
import select
import subprocess
import sys
import termios
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.house.tree import ROOT

SAMPLES = ROOT / "tests" / "samples"
PARTNERSHIPS = ROOT / "sample_projects"
PROGRAM = [sys.executable, "-m", "tui"]


_LIBC = ctypes.CDLL(None)
_DROP = 24  # PR_CAPBSET_DROP of prctl(2)
_IN_SPITE_OF_MODES = (1, 2)  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of capabilities(7)


def bind_to_modes() -> None:
    """Take away, in a child that is about to start, what lets root read and write in spite of the modes of files."""
    if os.geteuid() == 0 and sys.platform == "linux":
        for capability in _IN_SPITE_OF_MODES:
            _LIBC.prctl(_DROP, capability, 0, 0, 0)


@dataclass(frozen=True)
class Done:
    """What a call gave: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """The standard output as one JSON document."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """The standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True)
class Shell:
    """A home with an empty store; each call is one `python -m tui` in it, French unless --lang says otherwise.

    With `bound` the modes of files bind the program, as they bind every account but root.
    """

    home: Path
    bound: bool = False

    def __call__(self, *words: str | Path, stdin: str | bytes = "", **environ: str) -> Done:
        done = self.run([*PROGRAM, *map(str, words)], stdin, environ)
        out, err = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in err, err
        return Done(done.returncode, out, err)

    def on_terminal(self, *words: str | Path, **environ: str) -> Done:
        """Call the command with its output and its errors on a terminal each, wider than any line."""
        pairs = [os.openpty() for _stream in ("out", "err")]
        for _ours, theirs in pairs:
            termios.tcsetwinsize(theirs, (24, 500))
        child = subprocess.Popen(
            [*PROGRAM, *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=pairs[0][1],
            stderr=pairs[1][1],
            cwd=self.home,
            env=self.environ(environ),
            start_new_session=True,
        )
        said = {ours: b"" for ours, _theirs in pairs}
        for _ours, theirs in pairs:
            os.close(theirs)
        left = set(said)
        while left:
            for ours in select.select(list(left), [], [])[0]:
                try:
                    piece = os.read(ours, 65536)
                except OSError:  # EIO: nobody holds the other side any more
                    piece = b""
                said[ours] += piece
                if not piece:
                    left.remove(ours)
                    os.close(ours)
        out, err = (text.decode().replace("\r\n", "\n") for text in said.values())
        return Done(child.wait(), out, err)

    def run(
        self, words: list[str], stdin: str | bytes = "", environ: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        """Run any program in this home."""
        data = stdin.encode() if isinstance(stdin, str) else stdin
        # a session of its own has no terminal: no copy ever goes to the clipboard of whoever runs the tests
        return subprocess.run(
            words,
            input=data,
            capture_output=True,
            cwd=self.home,
            env=self.environ(environ),
            start_new_session=True,
            preexec_fn=bind_to_modes if self.bound else None,
        )

    def environ(self, more: dict[str, str] | None = None) -> dict[str, str]:
        """The environment of a call: no setting of whoever runs the tests."""
        kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(self.home), "LANG": "C.UTF-8"}
        return {**kept, "ENTENTE_LANG": "fr", "TERM": "xterm-256color", **(more or {})}

    def new(self, title: str, *words: str) -> str:
        """Make a partnership and return its id."""
        done = self("new", title, *words)
        assert (done.code, done.err) == (0, "")
        return done.out.strip()

    def answer(self, partnership_id: str, *lines: dict[str, Any]) -> Done:
        """Answer these lines."""
        return self("answer", partnership_id, stdin="".join(json.dumps(line) + "\n" for line in lines))
