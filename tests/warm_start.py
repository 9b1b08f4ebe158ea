"""Programs that start already loaded: a process that has imported all of `python -m tui` is forked for each call.

To start Python and to import takes most of the time of most commands, and tells nothing new the thousandth time. What
is forked is a process all the same: arguments, environment, folder, streams, session and signals of its own, an exit
code, and the end that Python itself gives it. What only a start from nothing can show is started from nothing: another
locale, other modules on PYTHONPATH or unbuffered streams (`started` sees to it), and the imports of each command
(tests/cli/test_subcommands.py).
"""

from __future__ import annotations

import atexit
import ctypes
import fcntl
import gc
import io
import json
import os
import pkgutil
import re
import runpy
import select
import signal
import socket
import subprocess
import sys
import termios
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = [sys.executable, "-m", "tui"]
# What Python and the libraries read once, when they start; a call that says something else of it starts from nothing.
_READ_ONCE = re.compile("PYTHON.*|LC_.*|LANG|LANGUAGE|TEXTUAL.*|LD_.*|TZ|ESCDELAY|COLUMNS|LINES|TERM_PROGRAM")
_LANGS = ("C.UTF-8", "fr_CA.UTF-8")  # what the tests of commands and those on a terminal say
_ENOUGH = 60_000  # bytes of a request, well below what one packet takes
_STREAMS = ("stdin", "stdout", "stderr")


class Forked:
    """A program that was forked, as subprocess.Popen shows one: its pid, its exit code, and signals to it."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self.pid = int(line.recv(32))
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, or None while it runs."""
        return self._read(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end. Raises subprocess.TimeoutExpired if it takes longer than `timeout` seconds."""
        code = self._read(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(PROGRAM, timeout or 0.0)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def _read(self, seconds: float | None) -> int | None:
        if self.returncode is None and select.select([self._line], [], [], seconds)[0]:
            self.returncode = int(self._line.recv(32))
            self._line.close()  # from here on its pid may be another program's
        return self.returncode


def started(
    words: Sequence[str],
    streams: tuple[int, int, int],
    environ: Mapping[str, str],
    folder: Path,
    *,
    controlling: bool = False,
    bound: bool = False,
    from_nothing: bool = False,
) -> Forked | subprocess.Popen[bytes]:
    """Start `python -m tui` with these words in a session of its own, on three open files as its standard streams.

    `controlling` makes the terminal that is its standard input its controlling one; `bound` lets the modes of files
    bind it, as they bind every account but root. It is forked where that makes no difference, unless it is to be
    started `from_nothing`: a line that closes at once may do so before a fork has taken it.
    """
    called = {"words": list(words), "environ": dict(environ), "folder": str(folder)}
    data = json.dumps({**called, "controlling": controlling, "bound": bound}).encode()
    if not from_nothing and _is_usual(environ) and len(data) < _ENOUGH:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            socket.send_fds(_server(environ["LANG"]), [data], [*streams, theirs.fileno()])
        return Forked(ours)
    return subprocess.Popen(
        [*PROGRAM, *words],
        stdin=streams[0],
        stdout=streams[1],
        stderr=streams[2],
        cwd=folder,
        env=environ,
        start_new_session=True,
        preexec_fn=(lambda: _before_program(controlling, bound)) if controlling or bound else None,
    )


def _is_usual(environ: Mapping[str, str]) -> bool:
    said = {name: value for name, value in environ.items() if _READ_ONCE.fullmatch(name)}
    said.pop("PYTHONDONTWRITEBYTECODE", None)
    lang = said.get("LANG", "")
    return sys.platform == "linux" and lang in _LANGS and said == {"LANG": lang, "PYTHONPATH": str(ROOT)}


_servers: dict[str, tuple[subprocess.Popen[bytes], socket.socket]] = {}


def _server(lang: str) -> socket.socket:
    """Return the line to the process that forks in one locale; it is started where it is asked for first."""
    if lang not in _servers:
        _servers[lang] = _started_server(lang)
    return _servers[lang][1]


def _started_server(lang: str) -> tuple[subprocess.Popen[bytes], socket.socket]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        server = subprocess.Popen(
            [sys.executable, __file__, str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": lang},
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
    return server, ours


def close_servers() -> None:
    """End the processes that fork; what they forked is left alone."""
    while _servers:
        server, line = _servers.popitem()[1]
        line.close()
        server.wait()


_LIBC = ctypes.CDLL(None, use_errno=True)
_DROP = 24  # PR_CAPBSET_DROP of prctl(2)
_IN_SPITE_OF_MODES = (1, 2)  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of capabilities(7)
_VERSION_3 = 0x20080522  # _LINUX_CAPABILITY_VERSION_3 of capget(2)


def bind_to_modes() -> None:
    """Take away, from this process and all it starts, what lets root read and write in spite of the modes of files."""
    if os.geteuid() != 0 or sys.platform != "linux":
        return
    header, sets = (ctypes.c_uint32 * 2)(_VERSION_3, 0), (ctypes.c_uint32 * 6)()
    if _LIBC.capget(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capget")
    for capability in _IN_SPITE_OF_MODES:
        _LIBC.prctl(_DROP, capability, 0, 0, 0)
        for place in range(3):  # the first 32 that are effective, permitted and inheritable
            sets[place] &= ~(1 << capability)
    if _LIBC.capset(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def _before_program(controlling: bool, bound: bool) -> None:
    if controlling:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    if bound:
        bind_to_modes()


def _load() -> None:
    """Import the whole program and read its guide, as nearly every command does."""
    import tui
    from tui.guide.guide_loading import load_guide

    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    load_guide()
    gc.collect()
    gc.freeze()  # or each program that looks for rubbish would copy all of it first


def _serve(line: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Fork a program for each request that comes; in the program, return the request and its standard streams.

    How a program ended is told at once, but its pid is kept until that was read, so that no signal meets another one.
    SystemExit once nobody asks any more.
    """
    running: dict[int, tuple[int, socket.socket]] = {}  # by the file that tells its end: its pid, and who is told
    ended: dict[int, tuple[int, socket.socket]] = {}  # by the socket that is closed once the end was read
    while True:
        for ready in select.select([line.fileno(), *running, *ended], [], [])[0]:
            if ready in running:
                pid, asker = running.pop(ready)
                os.close(ready)
                with suppress(OSError):  # who asked may be gone
                    asker.send(str(_exit_code(pid)).encode())
                ended[asker.fileno()] = (pid, asker)
            elif ready in ended:
                pid, asker = ended.pop(ready)
                os.waitpid(pid, 0)
                asker.close()
            else:
                data, files, _flags, _address = socket.recv_fds(line, 2 * _ENOUGH, len(_STREAMS) + 1)
                if not data:
                    sys.exit()
                pid = os.fork()
                if pid == 0:
                    return json.loads(data), files[:-1]
                for stream in files[:-1]:
                    os.close(stream)
                asker = socket.socket(fileno=files[-1])
                asker.send(str(pid).encode())
                running[os.pidfd_open(pid)] = (pid, asker)


def _exit_code(pid: int) -> int:
    """Return how a process that has ended did, as subprocess tells it, and keep its pid."""
    end = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert end is not None
    return end.si_status if end.si_code == os.CLD_EXITED else -end.si_status


def _become(request: dict[str, Any], files: list[int]) -> None:
    """Make this process the one that was asked for, up to where its program begins."""
    os.setsid()
    for number, (file, name) in enumerate(zip(files, _STREAMS, strict=True)):
        os.dup2(file, number)
        own = getattr(sys, f"__{name}__")
        raw = open(number, own.mode + "b", closefd=False)  # noqa: SIM115  it lives as long as the program
        at_once = raw.isatty() or name == "stderr"
        newline = None if name == "stdin" else "\n"
        stream = io.TextIOWrapper(raw, own.encoding, own.errors, newline, line_buffering=at_once)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    os.closerange(len(_STREAMS), os.sysconf("SC_OPEN_MAX"))
    coerced = {"LC_CTYPE": os.environ["LC_CTYPE"]} if "LC_CTYPE" in os.environ else {}  # by Python itself, PEP 538
    os.environ.clear()
    os.environ.update({**coerced, **request["environ"]})
    os.chdir(request["folder"])
    _before_program(request["controlling"], request["bound"])
    sys.argv = ["-m", *request["words"]]
    sys.path[0] = request["folder"]


def _end(over: SystemExit) -> None:
    """End as Python does once a program has asked for it, but for freeing what the next fork still holds.

    To free what was imported would write on, and so copy, each page of it: half the time of a short command.
    """
    if isinstance(over.code, int):
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(over.code)
    raise over


if __name__ == "__main__":
    _load()
    _become(*_serve(socket.socket(fileno=int(sys.argv[1]))))
    try:
        runpy.run_module("tui", run_name="__main__", alter_sys=True)
    except SystemExit as over:
        _end(over)
