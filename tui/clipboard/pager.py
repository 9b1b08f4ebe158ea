"""A pager: a text on the whole terminal, without frames or colours, so that the terminal's own mouse can select it."""

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

# The alternate screen without mouse reports and cursor, and back (xterm ctlseqs, DECSET 1049, 1000 to 1006, 25).
_ENTER_SCREEN = "\x1b[?1049h\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?25l"
_LEAVE_SCREEN = "\x1b[?25h\x1b[?1049l"
_CLEAR_PAGE = "\x1b[H\x1b[2J"
# Bytes of the keys: space, Enter, PageDown, Down (in two modes) …; the others alike.
_NEXT_KEYS = (b" ", b"\r", b"\n", b"\x1b[6~", b"\x1b[B", b"\x1bOB", b"n")
_BACK_KEYS = (b"b", b"p", b"\x7f", b"\x1b[5~", b"\x1b[A", b"\x1bOA")
_FIRST_KEYS, _LAST_KEYS = (b"g", b"<", b"\x1b[H", b"\x1b[1~", b"\x1bOH"), (b"G", b">", b"\x1b[F", b"\x1b[4~", b"\x1bOF")
_LEAVE_KEYS = (b"q", b"Q", b"\x1b", b"\x03", b"\x04", b"")
_MOST_BYTES = 64  # of one key
_INPUT_FLAGS, _LOCAL_FLAGS, _CHARACTERS = 0, 3, 6  # indexes of iflag, lflag and cc in the list of `tcgetattr`
_SIZE_CHECK_SECONDS = 0.5  # between two checks of the terminal's size
_REST_OF_KEY_SECONDS = 0.05  # in which the rest of a key's bytes arrives after Escape


def show(text: str, terminal: int | None = None) -> None:
    """Show a text until the user leaves it. Raises OSError if the terminal is gone.

    A paragraph is written as one line, which only the terminal wraps, so that it is pasted as one. Keys are read from
    the descriptor `terminal`, None for the standard input.
    """
    handle = sys.__stdin__.fileno() if terminal is None and sys.__stdin__ is not None else terminal or 0
    modes = termios.tcgetattr(handle)
    out = os.dup(sys.__stdout__.fileno()) if sys.__stdout__ is not None else os.dup(handle)
    try:
        _set_raw_mode(handle, modes)
        _write(out, _ENTER_SCREEN)
        _turn_pages(clean(text), handle, out)
    finally:
        with suppress(OSError, termios.error):  # the terminal may be gone
            _write(out, _LEAVE_SCREEN)
            termios.tcsetattr(handle, termios.TCSANOW, modes)
        os.close(out)


def pages(text: str, columns: int, rows: int) -> list[list[str]]:
    """Return the lines of each page; a line that is longer than a page is split between words."""
    all_pages: list[list[str]] = [[]]
    used = 0  # rows of the last page
    for line in _lines(text, columns, rows):
        line_rows = rows_of(line, columns)
        if used + line_rows > rows and all_pages[-1]:
            all_pages.append([])
            used = 0
        if line or all_pages[-1]:  # no page begins with an empty line
            all_pages[-1].append(line)
            used += line_rows
    return all_pages


def rows_of(line: str, columns: int) -> int:
    """Return how many rows a line takes in a terminal of that width; at least 1."""
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
    """Yield the lines of a text; one that is longer than a page is split between words."""
    for line in text.expandtabs(4).split("\n"):
        yield from wrap(line, columns * rows) if rows_of(line, columns) > rows else [line]


def _turn_pages(text: str, handle: int, out: int) -> None:
    """Show the pages that the keys ask for, until a key leaves; keys come from `handle`, `out` is the terminal."""
    size, at, all_pages = (0, 0), 0, [[""]]
    while True:
        present_size = terminal_size(out)
        if (present_size.columns, present_size.lines) != size:
            part = at / max(len(all_pages), 1)  # how far the user has read, to stay there in pages of another size
            size = present_size.columns, present_size.lines
            all_pages = pages(text, max(present_size.columns, 1), max(present_size.lines - 1, 1))
            at = int(part * len(all_pages))
            _paint(out, all_pages, at, size)
        if not select.select([handle], [], [], _SIZE_CHECK_SECONDS)[0]:
            continue
        key = _read_key(handle)
        if key in _LEAVE_KEYS:
            return
        new_page = _page_after_key(key, at, len(all_pages) - 1)
        if new_page != at:
            at = new_page
            _paint(out, all_pages, at, size)


def _page_after_key(key: bytes, at: int, last: int) -> int:
    """Return the index of the page to show after a key, from the page `at`; other keys change nothing."""
    moves = ((_NEXT_KEYS, at + 1), (_BACK_KEYS, at - 1), (_FIRST_KEYS, 0), (_LAST_KEYS, last))
    new_page = next((page for keys, page in moves if key in keys), at)
    return min(max(new_page, 0), last)


def _paint(out: int, all_pages: Sequence[Sequence[str]], at: int, size: tuple[int, int]) -> None:
    """Write the page number `at`, from 0, and the keys in the last row; `size` is (columns, rows) of the terminal."""
    columns, rows = size
    number = _("page {n} of {count}").format(n=at + 1, count=len(all_pages))
    footer_text = _("{page} · the mouse selects · Space: next · B: back · Q: leave").format(page=number)
    footer = shorten(footer_text, columns - 1) if cells(number) < columns else ""
    _write(out, _CLEAR_PAGE + "\r\n".join(all_pages[at]) + f"\x1b[{rows};1H" + footer)


def _set_raw_mode(handle: int, modes: list[Any]) -> None:
    """Let the terminal give each key at once, without echo, and Ctrl+C as a key; `modes` is what `tcgetattr` gives."""
    raw_modes = [*modes]
    raw_modes[_LOCAL_FLAGS] &= ~(termios.ICANON | termios.ECHO | termios.ISIG | termios.IEXTEN)
    raw_modes[_INPUT_FLAGS] &= ~(termios.ICRNL | termios.IXON)
    raw_modes[_CHARACTERS] = [*raw_modes[_CHARACTERS]]
    raw_modes[_CHARACTERS][termios.VMIN], raw_modes[_CHARACTERS][termios.VTIME] = 1, 0
    termios.tcsetattr(handle, termios.TCSANOW, raw_modes)


def _read_key(handle: int) -> bytes:
    """Return the bytes of one key; those of many keys begin with Escape, and may arrive in two pieces."""
    data = os.read(handle, _MOST_BYTES)
    if data == b"\x1b" and select.select([handle], [], [], _REST_OF_KEY_SECONDS)[0]:
        data += os.read(handle, _MOST_BYTES)
    return data


def _write(out: int, text: str) -> None:
    """Write all of a text to a descriptor."""
    remaining = memoryview(text.encode("utf-8", "backslashreplace"))
    while remaining:
        remaining = remaining[os.write(out, remaining) :]
