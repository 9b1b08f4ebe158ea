"""Injected faults: at the n-th call that changes the disk, an error, half a write, or the end of the process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import pytest

Mode = Literal["count", "error", "half_error", "kill_before", "torn"]
CHANGING = ("open", "write", "ftruncate", "fchmod", "fsync", "replace", "rename", "link", "mkdir", "unlink")


class Killed(BaseException):
    """Stands for SIGKILL: nothing that runs after it may change the disk any more."""


@dataclass
class Disk:
    """Counts the changing calls; at number `at` it does `mode`, with `errno` where that is an error."""

    mode: Mode = "count"
    at: int = 0
    errno: int = 0
    sticky: bool = False
    calls: list[str] = field(default_factory=list)
    dead: bool = False
    broken: bool = False

    def call(self, name: str, real: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self.dead:
            raise Killed
        self.calls.append(name)
        if self.broken:
            raise OSError(self.errno, os.strerror(self.errno))
        if len(self.calls) != self.at:
            return real(*args, **kwargs)
        return self.fault(name, real, *args, **kwargs)

    def fault(self, name: str, real: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self.mode in ("error", "half_error"):
            self.broken = self.sticky
            if self.mode == "half_error" and name == "write":
                real(args[0], args[1][: len(args[1]) // 2])
            raise OSError(self.errno, os.strerror(self.errno))
        self.dead = True
        if self.mode == "torn" and name == "write":
            real(args[0], args[1][: len(args[1]) // 2])
        raise Killed


def places(mode: Mode, calls: Sequence[str]) -> list[int]:
    """Where `mode` can happen among these calls, counted from 1: at each, and a torn write at each write.

    To be killed after a call is to be killed before the next.
    """
    return [at for at, name in enumerate(calls, 1) if mode not in ("torn", "half_error") or name == "write"]


@contextmanager
def failing(disk: Disk) -> Iterator[Disk]:
    """Within it the changing calls of `os` go through `disk`."""
    with pytest.MonkeyPatch.context() as patch:
        for name in CHANGING:
            patch.setattr(os, name, _through(disk, name, getattr(os, name)))
        yield disk


def _through(disk: Disk, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if name == "open" and not args[1] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return real(*args, **kwargs)
        return disk.call(name, real, *args, **kwargs)

    return wrapped
