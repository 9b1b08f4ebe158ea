"""A text on the whole terminal without frames or colours, page by page, so that the terminal's own mouse selects it."""

from __future__ import annotations

import os
import select
import sys
import termios
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from tui.clipboard.terminal_facts import terminal_size
from tui.i18n import _
from tui.text.clean import clean
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells

# Another screen, no mouse reports, an empty page; and back (xterm ctlseqs, DECSET 1049, 1000 to 1006).
_OPEN = "\x1b[?1049h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?25l"
_CLOSE = "\x1b[?25h\x1b[?1049l"
_PAGE = "\x1b[H\x1b[2J"
_NEXT = (b" ", b"\r", b"\n", b"\x1b[6~", b"\x1b[B", b"\x1bOB", b"n")
_BACK = (b"b", b"p", b"\x7f", b"\x1b[5~", b"\x1b[A", b"\x1bOA")
_FIRST, _LAST = (b"g", b"<", b"\x1b[H", b"\x1b[1~", b"\x1bOH"), (b"G", b">", b"\x1b[F", b"\x1b[4~", b"\x1bOF")
_LEAVE = (b"q", b"Q", b"\x1b", b"\x03", b"\x04", b"")
_LOOK = 0.5  # seconds between two looks at the terminal's size
_WHOLE = 0.05  # seconds in which the rest of a key arrives


def show(text: str, terminal: int | None = None) -> None:
    """Show a text until the person leaves; a paragraph stays one line, broken by the terminal alone, so that it is
    pasted as one. Reads keys from `terminal`, standard input when None. Raises OSError if the terminal is gone.
    """
    handle = sys.__stdin__.fileno() if terminal is None and sys.__stdin__ is not None else terminal or 0
    modes = termios.tcgetattr(handle)
    out = os.dup(sys.__stdout__.fileno()) if sys.__stdout__ is not None else os.dup(handle)
    try:
        _take_keys(handle, modes)
        _write(out, _OPEN)
        _turn_pages(clean(text), handle, out)
    finally:
        with suppress(OSError, termios.error):  # the terminal may be gone
            _write(out, _CLOSE)
            termios.tcsetattr(handle, termios.TCSANOW, modes)
        os.close(out)


def pages(text: str, columns: int, rows: int) -> list[list[str]]:
    """Return the lines of each page; a line that is longer than a page is parted between words."""
    made: list[list[str]] = [[]]
    used = 0
    for line in _lines(text, columns, rows):
        takes = rows_of(line, columns)
        if used + takes > rows and made[-1]:
            made.append([])
            used = 0
        if line or made[-1]:  # no page begins with an empty line
            made[-1].append(line)
            used += takes
    return made


def rows_of(line: str, columns: int) -> int:
    """Return how many rows the terminal breaks a line into; one that ends at the edge takes no other."""
    if line.isascii():
        return max(-(-len(line) // columns), 1)
    rows, used = 1, 0
    for char in line:
        size = cells(char)
        if used + size > columns:
            rows, used = rows + 1, 0
        used += size
    return rows


def _lines(text: str, columns: int, rows: int) -> Iterator[str]:
    for line in text.expandtabs(4).split("\n"):
        yield from wrap(line, columns * rows) if rows_of(line, columns) > rows else [line]


def _turn_pages(text: str, handle: int, out: int) -> None:
    size, at, made = (0, 0), 0, [[""]]
    while True:
        now = terminal_size(out)
        if (now.columns, now.lines) != size:
            part = at / max(len(made), 1)
            size = now.columns, now.lines
            made = pages(text, max(now.columns, 1), max(now.lines - 1, 1))
            at = int(part * len(made))
            _paint(out, made, at, size)
        if not select.select([handle], [], [], _LOOK)[0]:
            continue
        key = _key(handle)
        if key in _LEAVE:
            return
        wanted = _wanted(key, at, len(made) - 1)
        if wanted != at:
            at = wanted
            _paint(out, made, at, size)


def _wanted(key: bytes, at: int, last: int) -> int:
    moves = ((_NEXT, at + 1), (_BACK, at - 1), (_FIRST, 0), (_LAST, last))
    wanted = next((page for keys, page in moves if key in keys), at)
    return min(max(wanted, 0), last)


def _paint(out: int, made: Sequence[Sequence[str]], at: int, size: tuple[int, int]) -> None:
    columns, rows = size
    number = _("page {n} of {count}").format(n=at + 1, count=len(made))
    said = _("{page} · the mouse selects · Space: next · B: back · Q: leave").format(page=number)
    foot = shorten(said, columns - 1) if cells(number) < columns else ""
    _write(out, _PAGE + "\r\n".join(made[at]) + f"\x1b[{rows};1H" + foot)


def _take_keys(handle: int, modes: list[Any]) -> None:
    """Each key at once and unseen; Ctrl+C leaves the page, not the program."""
    own = [*modes]
    own[3] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
    own[0] &= ~(termios.ICRNL | termios.IXON)
    own[6] = [*own[6]]
    own[6][termios.VMIN], own[6][termios.VTIME] = 1, 0
    termios.tcsetattr(handle, termios.TCSANOW, own)


def _key(handle: int) -> bytes:
    data = os.read(handle, 64)
    if data == b"\x1b" and select.select([handle], [], [], _WHOLE)[0]:
        data += os.read(handle, 64)
    return data


def _write(out: int, text: str) -> None:
    rest = memoryview(text.encode("utf-8", "backslashreplace"))
    while rest:
        rest = rest[os.write(out, rest) :]
