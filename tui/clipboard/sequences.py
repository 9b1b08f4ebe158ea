"""The clipboard's wire forms: OSC 52 bare, in tmux's passthrough envelope, and in GNU screen's pieces."""

from __future__ import annotations

import base64

# GNU screen keeps at most 256 bytes of one device control string (MAXSTR in its screen.h, 4.x).
SCREEN_PIECE = 256

_DCS = b"\x1bP"
_ST = b"\x1b\\"
_BEL = b"\x07"


def osc52(text: str) -> bytes:
    """The bytes that ask a terminal to put `text` in its clipboard.

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
    """How many bytes of base64 `text` takes in an OSC 52 sequence."""
    return 4 * ((len(text.encode("utf-8")) + 2) // 3)
