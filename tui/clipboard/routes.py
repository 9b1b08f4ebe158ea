"""Routes to the user's own clipboard: which one to take, and the terminal sequences that each needs.

The user may sit at this machine or reach it by ssh or mosh, and the program may run in tmux or GNU screen.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Literal, get_args

from tui.clipboard.terminal_facts import Facts
from tui.fast_dataclass import dataclass

# "local": the clipboard program of this machine. "osc52": a terminal sequence that sets the terminal's clipboard.
# "tmux" and "screen": the same through these. "none": no clipboard can be reached.
Way = Literal["local", "osc52", "tmux", "screen", "none"]
Choice = Literal["auto", "local", "osc52", "tmux", "screen", "none"]
CHOICES: tuple[str, ...] = get_args(Choice)

# Bytes of base64. mosh 1.4 cuts a longer OSC 52 and passes on a corrupt text (measured), so nothing longer is sent.
MOSH_LIMIT = 12_000

# Values of TERM of terminals without a clipboard: the Linux console, and terminals that can do nothing.
_MUTE_TERMS = frozenset({"", "dumb", "linux", "unknown"})


@dataclass(frozen=True, slots=True)
class Route:
    """A way to the clipboard."""

    setting: str  # the situation, in English, for `entente doctor` and tests
    way: Way
    fallback: Way = "none"  # to try if "local" fails
    limit: int | None = None  # bytes of base64 that can be sent at most; None for no limit
    wrapped: bool = False  # whether to send the sequence in tmux's envelope (`in_tmux`)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of `TABLE`: the facts that it applies to, and the route to take then."""

    applies: Callable[[Facts], bool]
    route: Route


# The first row that applies counts. The ways were tried on real terminals, because a wrong one fails without a message.
TABLE: tuple[_Row, ...] = (
    _Row(lambda f: f.mux == "screen", Route("screen", "screen")),
    _Row(lambda f: f.mux == "tmux" and _is_own_machine(f), Route("tmux on this desktop", "local", fallback="tmux")),
    _Row(lambda f: f.mux == "tmux" and _has_mute_terminal(f), Route("tmux in a console", "none")),
    _Row(lambda f: f.mux == "tmux" and f.mosh, Route("tmux in mosh", "tmux", limit=MOSH_LIMIT)),
    _Row(lambda f: f.mux == "tmux" and f.passthrough, Route("tmux with passthrough", "tmux")),
    _Row(lambda f: f.mux == "tmux", Route("tmux", "tmux")),
    _Row(lambda f: _is_own_machine(f) and _has_mute_terminal(f), Route("desktop, mute terminal", "local")),
    _Row(lambda f: _is_own_machine(f), Route("desktop", "local", fallback="osc52")),
    _Row(lambda f: _has_mute_terminal(f), Route("mute terminal", "none")),
    _Row(lambda f: f.mosh, Route("mosh", "osc52", limit=MOSH_LIMIT)),
    _Row(lambda f: f.outer_mux == "screen", Route("screen on the person's side", "screen")),
    _Row(lambda f: f.outer_mux == "tmux", Route("tmux on the person's side", "osc52")),
    _Row(lambda f: f.ssh, Route("ssh", "osc52")),
    _Row(lambda f: True, Route("unknown terminal", "osc52")),
)


def decide(facts: Facts, choice: str = "auto") -> Route:
    """Return the route for `facts`. A `choice` other than "auto" is the user's setting: it is taken without a fallback.

    mosh's limit holds for any choice. Raises ValueError for a choice that is not in CHOICES.
    """
    if choice not in CHOICES:
        raise ValueError(f"no such route: {choice!r} (one of {', '.join(CHOICES)})")
    route = next(row.route for row in TABLE if row.applies(facts))
    if choice != "auto":
        way: Way = next(way for way in get_args(Way) if way == choice)
        route = Route("chosen", way, limit=MOSH_LIMIT if facts.mosh else None)
    return replace(route, wrapped=facts.passthrough or (not facts.mux and facts.outer_mux == "tmux"))


def _is_own_machine(facts: Facts) -> bool:
    """Return whether the user surely sits at this machine, so that its clipboard is theirs."""
    return facts.desktop and not facts.remote and not facts.unsure


def _has_mute_terminal(facts: Facts) -> bool:
    """Return whether the terminal has no clipboard."""
    return facts.term in _MUTE_TERMS


# GNU screen keeps no more of one device control string (MAXSTR in its screen.h, 4.x).
SCREEN_PIECE_BYTES = 256

_DEVICE_CONTROL_STRING = b"\x1bP"
_STRING_TERMINATOR = b"\x1b\\"
_BEL = b"\x07"


def osc52(text: str) -> bytes:
    """Return the bytes that ask a terminal to put `text` into its clipboard.

    The selection is named `c`, the clipboard; xterm and others take an empty name for that of the mouse. The sequence
    ends with BEL, because the two-byte terminator would end the sequences of `in_tmux` and `in_screen` too. Source:
    xterm's ctlseqs, "Operating System Commands", Ps = 52.
    Raises UnicodeEncodeError for a lone surrogate, which no cleaned text holds.
    """
    return b"\x1b]52;c;" + base64.b64encode(text.encode("utf-8")) + _BEL


def in_tmux(sequence: bytes) -> bytes:
    """Return `sequence` in tmux's envelope: with `allow-passthrough` tmux passes its content on unchanged (tmux(1))."""
    return _DEVICE_CONTROL_STRING + b"tmux;" + sequence.replace(b"\x1b", b"\x1b\x1b") + _STRING_TERMINATOR


def in_screen(sequence: bytes) -> bytes:
    """Return `sequence` split into device control strings, which GNU screen passes on as one sequence."""
    pieces = (sequence[start : start + SCREEN_PIECE_BYTES] for start in range(0, len(sequence), SCREEN_PIECE_BYTES))
    return b"".join(_DEVICE_CONTROL_STRING + piece + _STRING_TERMINATOR for piece in pieces)


def encoded_size(text: str) -> int:
    """Return how many bytes of base64 `text` takes in an OSC 52 sequence."""
    return 4 * ((len(text.encode("utf-8")) + 2) // 3)
