"""The command as a person calls it: another process, a store of its own, what came out and the exit code."""

from __future__ import annotations

import json
import os
import select
import subprocess
import termios
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from tests.house.tree import ROOT
from tests.warm_start import bind_to_modes, started

SAMPLES = ROOT / "tests" / "samples"
PARTNERSHIPS = ROOT / "sample_projects"


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
        given, asks = os.pipe()
        (printed, out), (told, err) = os.pipe(), os.pipe()
        writer = Thread(target=_write, args=(asks, stdin.encode() if isinstance(stdin, str) else stdin))
        done = self._done([*map(str, words)], (given, out, err), (printed, told), environ, writer)
        assert "Traceback" not in done.err, done.err
        return done

    def on_terminal(self, *words: str | Path, **environ: str) -> Done:
        """Call the command with its output and its errors on a terminal each, wider than any line."""
        (printed, out), (told, err) = os.openpty(), os.openpty()
        for stream in (out, err):
            termios.tcsetwinsize(stream, (24, 500))
        streams = (os.open(os.devnull, os.O_RDONLY), out, err)
        done = self._done([*map(str, words)], streams, (printed, told), environ)
        return Done(done.code, *(text.replace("\r\n", "\n") for text in (done.out, done.err)))

    def _done(
        self,
        words: list[str],
        streams: tuple[int, int, int],
        ours: tuple[int, int],
        environ: dict[str, str],
        writer: Thread | None = None,
    ) -> Done:
        """Run the command on these streams, of which the other side of the last two is `ours`, until they are closed.

        It runs in a session of its own, which has no terminal: no copy goes to the clipboard of whoever runs the tests.
        """
        child = started(words, streams, self.environ(environ), self.home, bound=self.bound)
        for stream in streams:
            os.close(stream)
        if writer is not None:
            writer.start()
        said = dict.fromkeys(ours, b"")
        left = set(ours)
        while left:
            for stream in select.select(list(left), [], [])[0]:
                try:
                    piece = os.read(stream, 65536)
                except OSError:  # EIO: nobody holds the other side of a terminal any more
                    piece = b""
                said[stream] += piece
                if not piece:
                    left.remove(stream)
                    os.close(stream)
        if writer is not None:
            writer.join()
        return Done(child.wait(), *(text.decode() for text in said.values()))

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


def _write(stream: int, data: bytes) -> None:
    """Write all of `data` to a pipe, as far as anybody reads it, and close it."""
    with suppress(BrokenPipeError), open(stream, "wb") as pipe:
        pipe.write(data)
