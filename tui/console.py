"""The one way out for all that commands and line mode print: nothing in it can steer a terminal."""

from __future__ import annotations

import sys
from typing import TextIO

from tui.text.clean import escaped
from tui.text.right_to_left import with_direction_marks
from tui.text.typography import typographic


def print_line(text: str, *, error: bool = False) -> None:
    """Print `text` as one line on the standard output, or on the standard error; its own line breaks are escaped.

    Raises OSError when the stream cannot take it.
    """
    write(escaped(text, multiline=False) + "\n", error=error)


def print_text(text: str, *, error: bool = False) -> None:
    """Print `text`, of several lines, and end its last line. Raises OSError when the stream cannot take it."""
    write(text if text.endswith("\n") else text + "\n", error=error)


def write(text: str, *, error: bool = False, stream: TextIO | None = None) -> None:
    """Write `text` as it is but for what could steer a terminal, which is escaped; on `stream` where one is given.

    On a terminal words written from right to left are marked, and apostrophes are those of print: in a file or a
    pipe nothing is added or changed. Raises OSError when the stream cannot take it.
    """
    target = stream or (sys.stderr if error else sys.stdout)
    target.write(with_direction_marks(typographic(escaped(text))) if target.isatty() else escaped(text))


def write_bytes(data: bytes) -> None:
    """Write a whole file on the standard output: text like all text, anything else as it is.

    Raises OSError when the stream cannot take it.
    """
    flush()
    if not is_binary(data):
        data = escaped(data.decode("utf-8")).encode("utf-8", "backslashreplace")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def is_binary(data: bytes) -> bool:
    """Return whether `data` is no text: a Word file, a PDF, letters that are no UTF-8."""
    if b"\0" in data or data.startswith(b"%PDF"):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def write_status(text: str) -> None:
    """Write `text` over the present line of the standard error, where the cursor stays: how far long work has come."""
    sys.stderr.write("\r" + escaped(text, multiline=False))
    sys.stderr.flush()


def flush() -> None:
    """Send what was printed on its way. Raises OSError when the stream cannot take it."""
    sys.stdout.flush()


def is_terminal(*, error: bool = False) -> bool:
    """Return whether a person sees the standard output, or the standard error, at once."""
    return (sys.stderr if error else sys.stdout).isatty()
