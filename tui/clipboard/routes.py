"""The decision which way leads to the person's own clipboard, and the terminal sequences of each way."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Literal, get_args

from tui.clipboard.terminal_facts import Facts
from tui.fast_dataclass import dataclass

Way = Literal["local", "osc52", "tmux", "screen", "none"]
Choice = Literal["auto", "local", "osc52", "tmux", "screen", "none"]
CHOICES: tuple[str, ...] = get_args(Choice)

# mosh 1.4 cuts a longer OSC 52 and hands on a corrupt text (measured), so nothing longer is sent.
MOSH_LIMIT = 12_000

# Terminals without a clipboard: the Linux console, and what calls itself incapable.
_MUTE = frozenset({"", "dumb", "linux", "unknown"})


@dataclass(frozen=True, slots=True)
class Route:
    """A way to the clipboard. `limit` is in bytes of base64; `wrapped` means that tmux may open its envelope."""

    setting: str  # the row of the table, in English, for doctor and tests
    way: Way
    fallback: Way = "none"
    limit: int | None = None
    wrapped: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    applies: Callable[[Facts], bool]
    route: Route


# The first row that applies wins; the ways were measured on a real terminal, since a wrong one fails in silence.
TABLE: tuple[_Row, ...] = (
    _Row(lambda f: f.mux == "screen", Route("screen", "screen")),
    _Row(lambda f: f.mux == "tmux" and _at_hand(f), Route("tmux on this desktop", "local", fallback="tmux")),
    _Row(lambda f: f.mux == "tmux" and _mute(f), Route("tmux in a console", "none")),
    _Row(lambda f: f.mux == "tmux" and f.mosh, Route("tmux in mosh", "tmux", limit=MOSH_LIMIT)),
    _Row(lambda f: f.mux == "tmux" and f.passthrough, Route("tmux with passthrough", "tmux")),
    _Row(lambda f: f.mux == "tmux", Route("tmux", "tmux")),
    _Row(lambda f: _at_hand(f) and _mute(f), Route("desktop, mute terminal", "local")),
    _Row(lambda f: _at_hand(f), Route("desktop", "local", fallback="osc52")),
    _Row(lambda f: _mute(f), Route("mute terminal", "none")),
    _Row(lambda f: f.mosh, Route("mosh", "osc52", limit=MOSH_LIMIT)),
    _Row(lambda f: f.outer_mux == "screen", Route("screen on the person's side", "screen")),
    _Row(lambda f: f.outer_mux == "tmux", Route("tmux on the person's side", "osc52")),
    _Row(lambda f: f.ssh, Route("ssh", "osc52")),
    _Row(lambda f: True, Route("unknown terminal", "osc52")),
)


def decide(facts: Facts, choice: str = "auto") -> Route:
    """Return the route for `facts`; any `choice` but "auto" is a person's setting and is followed without a fallback.

    Raises ValueError for a choice that is not in CHOICES. mosh's limit holds whatever is chosen.
    """
    if choice not in CHOICES:
        raise ValueError(f"no such route: {choice!r} (one of {', '.join(CHOICES)})")
    route = next(row.route for row in TABLE if row.applies(facts))
    if choice != "auto":
        way: Way = next(way for way in get_args(Way) if way == choice)
        route = Route("chosen", way, limit=MOSH_LIMIT if facts.mosh else None)
    return replace(route, wrapped=facts.passthrough or (not facts.mux and facts.outer_mux == "tmux"))


def _at_hand(facts: Facts) -> bool:
    """Return whether the clipboard of this very machine is the person's own; a doubt counts as no."""
    return facts.desktop and not facts.remote and not facts.unsure


def _mute(facts: Facts) -> bool:
    return facts.term in _MUTE


# GNU screen keeps at most 256 bytes of one device control string (MAXSTR in its screen.h, 4.x).
SCREEN_PIECE = 256

_DCS = b"\x1bP"
_ST = b"\x1b\\"
_BEL = b"\x07"


def osc52(text: str) -> bytes:
    """Return the bytes that ask a terminal to put `text` in its clipboard.

    The selection is named `c`: an empty name means PRIMARY to xterm and others. The end is BEL, because the two-byte
    ending would close the envelopes below. Source: xterm's ctlseqs, "Operating System Commands", Ps = 52.
    Raises UnicodeEncodeError for a lone surrogate, which no cleaned text holds.
    """
    return b"\x1b]52;c;" + base64.b64encode(text.encode("utf-8")) + _BEL


def in_tmux(sequence: bytes) -> bytes:
    """`sequence` in tmux's envelope, which it hands on untouched when `allow-passthrough` is on (tmux(1))."""
    return _DCS + b"tmux;" + sequence.replace(b"\x1b", b"\x1b\x1b") + _ST


def in_screen(sequence: bytes) -> bytes:
    """`sequence` in as many device control strings as GNU screen needs; it joins them again on their way out."""
    pieces = (sequence[start : start + SCREEN_PIECE] for start in range(0, len(sequence), SCREEN_PIECE))
    return b"".join(_DCS + piece + _ST for piece in pieces)


def encoded_size(text: str) -> int:
    """Return how many bytes of base64 `text` takes in an OSC 52 sequence."""
    return 4 * ((len(text.encode("utf-8")) + 2) // 3)
