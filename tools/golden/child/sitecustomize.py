"""Fix the clock and every source of chance in a program that is recorded; Python imports this file by its name.

It is alone in its folder, which is in `PYTHONPATH` of the recorded program only, and knows nothing of that program.
`GOLDEN_NOW` is the present in seconds since 1970, `GOLDEN_SEED` the seed of the random bytes. The clock stands still;
the monotonic clock runs, so that waiting works.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import random
import socket
import threading
import time
from collections import Counter

_NOW = float(os.environ["GOLDEN_NOW"])
_SEED = os.environ["GOLDEN_SEED"]
_drawn: Counter[int] = Counter()  # how often bytes were drawn, by their number
_lock = threading.Lock()
_strftime, _localtime, _gmtime = time.strftime, time.localtime, time.gmtime


class _AsBefore(type):
    """Makes every date an instance of the classes below, which replace those of `datetime`."""

    def __instancecheck__(cls, value: object) -> bool:
        """Return whether a value is of the replaced class."""
        return isinstance(value, cls.__mro__[1])


class _Datetime(datetime.datetime, metaclass=_AsBefore):
    """The class of dates, whose present is `GOLDEN_NOW`."""

    @classmethod
    def now(cls, tz=None):  # type: ignore[no-untyped-def]
        return cls.fromtimestamp(_NOW, tz)

    @classmethod
    def utcnow(cls):  # type: ignore[no-untyped-def]
        return cls.fromtimestamp(_NOW, datetime.UTC).replace(tzinfo=None)


class _Date(datetime.date, metaclass=_AsBefore):
    """The class of days, whose today is that of `GOLDEN_NOW`."""

    @classmethod
    def today(cls):  # type: ignore[no-untyped-def]
        return cls.fromtimestamp(_NOW)


def _urandom(size: int) -> bytes:
    """Return bytes that depend on the seed, their number, and how often this number was drawn."""
    # Each size has a count of its own, so that names of temporary files, drawn in another thread, do not change ids.
    with _lock:
        _drawn[size] += 1
        count = _drawn[size]
    return hashlib.shake_256(f"{_SEED} {size} {count}".encode()).digest(size)


os.urandom = _urandom
# `random` has imported the real `urandom` already; `secrets` uses its class.
random._urandom = _urandom  # type: ignore[attr-defined]
random.seed(_SEED)
datetime.datetime = _Datetime  # type: ignore[misc]
datetime.date = _Date  # type: ignore[misc]
time.time = lambda: _NOW
time.time_ns = lambda: int(_NOW * 10**9)
time.localtime = lambda seconds=None: _localtime(_NOW if seconds is None else seconds)
time.gmtime = lambda seconds=None: _gmtime(_NOW if seconds is None else seconds)
time.strftime = lambda form, when=None: _strftime(form, _localtime(_NOW) if when is None else when)
socket.gethostname = lambda: "golden"
