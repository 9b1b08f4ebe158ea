"""Print the output of commands and of line mode, with everything escaped that could control a terminal."""

from __future__ import annotations

import sys
from typing import TextIO

from tui.text.clean import escape_controls
from tui.text.right_to_left import with_direction_marks
from tui.text.typography import curl_apostrophes


def print_line(text: str, *, error: bool = False) -> None:
    """Print `text` as one line on the standard output, or the standard error; line breaks in it are escaped.

    Raises OSError when the stream cannot take it.
    """
    write(escape_controls(text, multiline=False) + "\n", error=error)


def print_text(text: str, *, error: bool = False) -> None:
    """Print a text of several lines, with a line end after the last. Raises OSError when the stream cannot take it."""
    write(text if text.endswith("\n") else text + "\n", error=error)


def write(text: str, *, error: bool = False, stream: TextIO | None = None) -> None:
    """Write `text`, control characters escaped, to `stream` or else to the standard output or error.

    On a terminal, right-to-left words are marked and apostrophes made typographic; in a file or a pipe nothing else is
    changed. Raises OSError when the stream cannot take it.
    """
    target = stream or (sys.stderr if error else sys.stdout)
    harmless = escape_controls(text)
    if target.isatty():
        harmless = with_direction_marks(curl_apostrophes(harmless))
    target.write(harmless)


def write_bytes(data: bytes) -> None:
    """Write a whole file to the standard output: a text with control characters escaped, other bytes unchanged.

    Raises OSError when the stream cannot take it.
    """
    flush()
    if not is_binary(data):
        data = escape_controls(data.decode("utf-8")).encode("utf-8", "backslashreplace")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def is_binary(data: bytes) -> bool:
    """Return whether `data` is not UTF-8 text, such as a Word file or a PDF."""
    if b"\0" in data or data.startswith(b"%PDF"):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def write_status(text: str) -> None:
    """Write `text` over the current line of the standard error: the progress of long work."""
    sys.stderr.write("\r" + escape_controls(text, multiline=False))
    sys.stderr.flush()


def flush() -> None:
    """Flush the standard output. Raises OSError when it cannot take what was printed."""
    sys.stdout.flush()


def is_terminal(*, error: bool = False) -> bool:
    """Return whether the standard output, or the standard error, is a terminal."""
    return (sys.stderr if error else sys.stdout).isatty()
