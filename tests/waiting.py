"""Waiting until a process has nothing left to do, so that no test says how fast the machine has to be."""

from __future__ import annotations

import threading
import time
from pathlib import Path

PATIENCE = 30.0  # seconds; only a program that hangs, or is never still, keeps a test so long
_LOOK = 0.005  # seconds between two looks
_ASLEEP, _OVER = "S", "ZX"  # proc_pid_stat(5): asleep until something comes, ended


def wait_asleep(pid: int, seconds: float = 0.1) -> None:
    """Return once every thread of a process has slept for `seconds` at a stretch, or the process has ended.

    A program that waits for the processor, or for its disk, is not asleep: on a busy machine this takes longer, and
    what a timer of the program does within `seconds` is done by then. The calling thread does not count, so a test may
    wait for the other threads of its own process. AssertionError where the process is never still. Linux only.
    """
    deadline = time.monotonic() + PATIENCE
    since = time.monotonic()
    while time.monotonic() - since < seconds:
        assert time.monotonic() < deadline, f"process {pid} is never still"
        states = _states(pid)
        if states <= set(_OVER):
            return
        if not states <= {_ASLEEP, *_OVER}:
            since = time.monotonic()
        time.sleep(_LOOK)


def _states(pid: int) -> set[str]:
    """Return the states of the threads of a process but the calling one, none where it has ended."""
    found = set()
    for task in Path(f"/proc/{pid}/task").glob("*"):
        if int(task.name) != threading.get_native_id():
            try:
                found.add((task / "stat").read_text().rpartition(")")[2].split()[0])
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended since the folder was read
    return found
