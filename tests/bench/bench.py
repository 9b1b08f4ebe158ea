"""Measure a terminal program from outside, beside an empty Textual app: `make bench`, or with a command of one's own.

    python tests/bench/bench.py [--size 140x40] [--keys TEXT] [--quit KEYS] [--runs N] [-- COMMAND ARGUMENT …]

The program runs on a pseudo-terminal, in a home of its own. CPU is user and system time from the kernel's clock of the
process, so it depends little on what else the machine does. `×` columns are ratios to the empty app.
"""

from __future__ import annotations

import argparse
import codecs
import compileall
import fcntl
import os
import pty
import select
import shlex
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
SILENCE = 0.3  # seconds without output after which the first screen counts as settled
SET_UP = 1000  # bytes: what sets a terminal up is less, a first screen more; between them may lie a long silence
GAP = 0.08  # seconds without output after which a key counts as answered
NEXT = "\x1bOS"  # F4
TO_ROW = ("\x1b", "g", *"contrib", "\r", "\x1b[A", "\x1b[A")  # from any field of Entente to a commitment, in French
PATIENCE = 20.0  # seconds for anything to happen at all

Figures = dict[str, float]

UNITS = {
    "start cpu": "ms", "start wall": "ms", "start bytes": "B",
    "key cpu": "ms", "key cpu p95": "ms", "key bytes": "B", "key bytes p95": "B",
    "key echo": "ms", "key echo p95": "ms",
    "row key cpu": "ms", "row key cpu p95": "ms",
    "next question": "ms", "next again": "ms",
    "idle cpu": "ms", "idle bytes": "B", "quit": "ms", "memory": "MB",
}  # fmt: skip


class Program:
    """A program on a pseudo-terminal: what it wrote, when, and what it cost."""

    def __init__(self, pid: int, terminal: int) -> None:
        self.pid, self.terminal = pid, terminal
        self.bytes = 0
        self.last_output = time.perf_counter()

    def cpu(self) -> float:
        """Return the milliseconds of CPU used so far by all threads."""
        return time.clock_gettime_ns((~self.pid << 3) | 2) / 1e6  # see CPUCLOCK_SCHED in clock_getcpuclockid(3)

    def memory(self) -> float:
        """Return the peak of resident memory in MB."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024

    def send(self, keys: str) -> None:
        """Type `keys`."""
        os.write(self.terminal, keys.encode())

    def listen(self, seconds: float) -> bool:
        """Read what comes within `seconds`; return whether anything came before the end, or False at its end."""
        if not select.select([self.terminal], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.terminal, 1 << 16)
        except OSError:  # EIO: the program has closed its side
            return False
        self.bytes += len(data)
        self.last_output = time.perf_counter()
        return bool(data)

    def until_silent(self, silence: float, size: int = 1) -> None:
        """Wait for output, `size` bytes since the start at least, then until there is none for `silence` seconds."""
        if self.listen(PATIENCE):
            while self.listen(silence if self.bytes >= size else PATIENCE):
                pass


@contextmanager
def running(command: Sequence[str], columns: int, rows: int) -> Iterator[Program]:
    """Start `command` on a terminal of that size and in an empty home; kill it at the end where it still runs."""
    with tempfile.TemporaryDirectory() as home:
        pid, terminal = pty.fork()
        if pid == 0:
            places = {f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("DATA", "CONFIG", "STATE", "CACHE")}
            colour = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
            time.sleep(0.05)  # until the size below is set
            os.execvpe(command[0], list(command), os.environ | places | colour | {"HOME": home})
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        try:
            yield Program(pid, terminal)
        finally:
            os.close(terminal)
            if os.waitpid(pid, os.WNOHANG) == (0, 0):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def measure(command: Sequence[str], options: argparse.Namespace) -> Figures:
    """Return the figures of one run of `command`, in the units of `UNITS`."""
    columns, rows = map(int, options.size.split("x"))
    began = time.perf_counter()
    with running(command, columns, rows) as program:
        program.until_silent(SILENCE, SET_UP)
        figures: Figures = {
            "start cpu": program.cpu(),
            "start wall": (program.last_output - began) * 1000,
            "start bytes": program.bytes,
        }
        figures |= _keys(program, options.keys)
        figures["next question"], figures["next again"] = _answered(program, NEXT), _answered(program, NEXT)
        figures |= _row_keys(program, "" if "tui" not in command else options.keys)
        figures |= _idle(program, options.idle)
        figures["memory"] = program.memory()
        figures["quit"] = _quit(program, codecs.decode(options.quit, "unicode_escape"))
        return figures


def _keys(program: Program, keys: str) -> Figures:
    """Type one key after the other; the first one is not counted, since it may load what the others find loaded."""
    cpus, sizes, echoes = [], [], []
    for key in keys:
        cpu, size, sent = program.cpu(), program.bytes, time.perf_counter()
        program.send(key)
        program.until_silent(GAP)
        cpus.append(program.cpu() - cpu)
        sizes.append(float(program.bytes - size))
        echoes.append((program.last_output - sent) * 1000)
    figures = {}
    for name, values in (("key cpu", cpus[1:]), ("key bytes", sizes[1:]), ("key echo", echoes[1:])):
        figures[name] = statistics.median(values)
        figures[f"{name} p95"] = statistics.quantiles(values, n=20)[-1]
    return figures


def _row_keys(program: Program, keys: str) -> Figures:
    """Type in a row of a table that the document shows in several sections; nan where there is nothing to type."""
    if not keys:
        return {"row key cpu": float("nan"), "row key cpu p95": float("nan")}
    for key in TO_ROW:
        program.send(key)
        program.until_silent(SILENCE)
    typed = _keys(program, keys)
    return {f"row {name}": typed[name] for name in ("key cpu", "key cpu p95")}


def _answered(program: Program, key: str) -> float:
    """Press a key; return the milliseconds to the end of its output, nan where there is none within a second."""
    sent = time.perf_counter()
    program.send(key)
    if not program.listen(1.0):
        return float("nan")
    while program.listen(GAP):
        pass
    return (program.last_output - sent) * 1000


def _idle(program: Program, seconds: float) -> Figures:
    cpu, size, end = program.cpu(), program.bytes, time.perf_counter() + seconds
    while (left := end - time.perf_counter()) > 0:
        program.listen(left)
    return {"idle cpu": program.cpu() - cpu, "idle bytes": program.bytes - size}


def _quit(program: Program, keys: str) -> float:
    """Send the keys that quit; return the milliseconds until the terminal is closed, nan where it never is."""
    sent = time.perf_counter()
    program.send(keys)
    while program.listen(PATIENCE):
        pass
    took = time.perf_counter() - sent
    return took * 1000 if took < PATIENCE else float("nan")


def table(names: Sequence[str], results: Sequence[Figures]) -> str:
    """Return the figures as aligned text: a column for each program, and its ratio to the first one."""
    lines = [f"{'':15}" + "".join(f"{name[-22:]:>24}" for name in names)]
    for key, unit in UNITS.items():
        first = results[0][key]
        cells = [f"{first:17.1f} {unit:<6}"]
        for figures in results[1:]:
            ratio = f"×{figures[key] / first:.2f}" if first else ""
            cells.append(f"{figures[key]:13.1f} {unit:<2} {ratio:>7}")
        lines.append(f"{key:15}" + "".join(cells))
    return "\n".join(lines)


def _entente(folder: Path, kilobytes: int, *, sent: bool = False) -> list[str]:
    """The command that opens a partnership whose document has that length; its first draft is `sent` or not."""
    # As pip does with what it installs, Textual too: else a start that may not write compiles 200 files, a third of it.
    compileall.compile_dir(HERE.parents[1] / "tui", quiet=1)
    sys.path.insert(0, str(HERE.parents[1]))
    from tests.bench.partnerships import make

    store = folder / f"{kilobytes} KB{', sent' if sent else ''}"
    made = make(store, kilobytes * 1000, "fr", sent=sent)
    return [sys.executable, "-m", "tui", "--lang", "fr", "--store", str(store), made]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench and print its table; return the exit status."""
    parser = argparse.ArgumentParser(description="Measure a terminal program beside an empty Textual app.")
    parser.add_argument("--size", default="100x30", metavar="COLSxROWS")
    parser.add_argument("--keys", default="une entente claire avec chacun", help="typed one by one")
    parser.add_argument("--quit", default=r"\x11", help=r"keys that end the program, with escapes such as \x1b")
    parser.add_argument("--runs", type=int, default=1, help="runs of each, in turn; the medians are shown")
    parser.add_argument("--idle", type=float, default=5.0, metavar="SECONDS")
    parser.add_argument(
        "command", nargs="*", help="default: Entente, on documents of 20 and 200 KB, and of 200 with a draft sent"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        if options.command:
            commands = [options.command]
        else:
            commands = [*(_entente(Path(folder), size) for size in (20, 200)), _entente(Path(folder), 200, sent=True)]
        commands.insert(0, [sys.executable, str(HERE / "baseline.py")])
        runs = [[measure(command, options) for command in commands] for _ in range(options.runs)]
    middle = [{key: statistics.median(run[n][key] for run in runs) for key in UNITS} for n in range(len(commands))]
    print(table([shlex.join(map(os.path.basename, command[-2:])) for command in commands], middle))
    return 0


if __name__ == "__main__":
    sys.exit(main())
