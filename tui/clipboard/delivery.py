"""One copy from start to end: the text is kept in a file, sent by its route, and the outcome is put into words.

A route is a way to the user's clipboard (`routes`). OSC 52 is the terminal sequence that sets the clipboard of the
terminal; nothing acknowledges it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from tui.atomic_files import make_private_dir
from tui.clipboard.local import copy_here
from tui.clipboard.routes import Route, Way, decide, encoded_size, in_screen, in_tmux, osc52
from tui.clipboard.terminal_facts import Facts
from tui.error_words import reason_words
from tui.fast_dataclass import dataclass
from tui.i18n import _
from tui.named_files import replace_file

Kind = Literal["verified", "sent", "none"]  # of an outcome: read back and equal; sent, not confirmed; not copied
Write = Callable[[bytes], object]  # writes bytes to the terminal

_LOAD_SECONDS = 3.0  # at most, for tmux to take the text
_ENVELOPE_LIMIT = 1_000_000  # bytes of base64; tmux 3.3a drops an envelope above 1 MiB in silence (measured)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a copy."""

    kind: Kind
    route: Way  # the way that was tried last
    path: Path | None  # where the exact text lies; None when it could not be written
    size: int  # bytes of the text in UTF-8
    reason: str = ""  # what went wrong, as sentences for the user; "" for nothing


def copy(text: str, *, facts: Facts, folder: Path, name: str, write: Write | None, route: str = "auto") -> Outcome:
    """Keep `text` in `folder/name`, then copy it to the user's clipboard. Takes up to 7 s: call it in a thread.

    `write` takes bytes for the terminal (ASCII only); None means there is no terminal. `route` is one of
    `routes.CHOICES`. A file that cannot be written does not stop the copy: the outcome says so. The text is sent
    whole or not at all. Raises ValueError for an empty text, an unknown route or a name that is no plain file name.
    """
    if not text:
        raise ValueError("there is no text to copy")
    chosen = decide(facts, route)
    size = len(text.encode("utf-8"))
    path, file_error = None, ""
    try:
        path = keep(text, folder, name)
    except OSError as error:
        file_error = _("The file could not be written: {error}.").format(error=reason_words(error))
    kind, way, reason = _send(text, chosen, facts, write)
    return Outcome(kind, way, path, size, " ".join(part for part in (file_error, reason) if part))


def message(outcome: Outcome) -> str:
    """Return the sentence for the user: copied and verified, sent but not confirmed, or no clipboard here.

    The last two name the file that holds the text, or give `outcome.reason` if there is none.
    """
    if outcome.kind == "verified":
        return _("Copied and verified: the clipboard holds the whole text.")
    if outcome.kind == "sent":
        if outcome.path is None:
            return _("Sent to your computer: paste to check. {reason}").format(reason=outcome.reason)
        return _("Sent to your computer: paste to check. Otherwise, the text is here: {path}").format(path=outcome.path)
    if outcome.path is None:
        return _("No clipboard here. {reason}").format(reason=outcome.reason)
    return _("No clipboard here. The text is here: {path}").format(path=outcome.path)


@contextmanager
def terminal() -> Iterator[Write | None]:
    """Yield a function that writes to the controlling terminal, else to stdout if that is a terminal, else None."""
    try:
        handle = os.open("/dev/tty", os.O_WRONLY | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError:
        yield _writer(sys.stdout.fileno()) if sys.stdout is not None and sys.stdout.isatty() else None
        return
    try:
        yield _writer(handle)
    finally:
        os.close(handle)


def _writer(handle: int) -> Write:
    """Return a function that writes all its bytes to the descriptor `handle`."""

    def write(data: bytes) -> None:
        remaining = memoryview(data)
        while remaining:
            remaining = remaining[os.write(handle, remaining) :]

    return write


def _send(text: str, route: Route, facts: Facts, write: Write | None) -> tuple[Kind, Way, str]:
    """Copy the text by its route; return the kind, route and reason of the `Outcome`."""
    if route.limit is not None and route.way != "local" and encoded_size(text) > route.limit:
        return "none", "none", _("mosh cuts a text of this length, so it was not sent.")
    if route.way == "local":
        return _copy_locally(text, route, facts, write)
    if route.way == "tmux":
        return _copy_by_tmux(text, route, facts, write)
    if route.way == "osc52":
        plain = osc52(text)
        # If the user's own terminal runs in tmux, the sequence is sent in both forms: one of them arrives.
        is_in_outer_tmux = route.wrapped and not facts.mux
        return _write_to_terminal(plain + in_tmux(plain) if is_in_outer_tmux else plain, "osc52", write)
    if route.way == "screen":
        return _write_to_terminal(in_screen(osc52(text)), "screen", write)
    return "none", "none", _("No way to a clipboard is known for this terminal.")


def _copy_locally(text: str, route: Route, facts: Facts, write: Write | None) -> tuple[Kind, Way, str]:
    """Copy to the clipboard of this machine, else by the fallback of the route; return what `_send` does."""
    result = copy_here(text, facts.environ)
    if result == "verified":
        return "verified", "local", ""
    reason = {
        "differs": _("The clipboard was read back and holds another text."),
        "missing": _("No clipboard program works on this machine."),
        "silent": _("The clipboard program did not answer."),
    }[result]
    if route.fallback == "none":
        return "none", "local", reason
    kind, way, second_reason = _send(text, Route(route.setting, route.fallback, wrapped=route.wrapped), facts, write)
    return kind, way, " ".join(part for part in (reason, second_reason) if part)


def _copy_by_tmux(text: str, route: Route, facts: Facts, write: Write | None) -> tuple[Kind, Way, str]:
    """Put the text into tmux's buffer, which its prefix ] pastes, and send it to the terminal that shows tmux.

    The program sends the text itself if tmux passes sequences through (in its envelope, see `routes.in_tmux`) and the
    text is not too long; else tmux is asked to send it.
    """
    can_send = route.wrapped and write is not None
    in_envelope = can_send and encoded_size(text) <= _ENVELOPE_LIMIT
    is_loaded = _load_buffer(text, facts, to_terminal=not in_envelope)
    if in_envelope:
        kind, way, reason = _write_to_terminal(in_tmux(osc52(text)), "tmux", write)
        if kind == "sent" or not is_loaded:
            return kind, way, reason
    if is_loaded:
        # tmux names no selection; xterm then sets the selection of the mouse (xterm ctlseqs, OSC 52).
        return "sent", "tmux", _("If nothing is pasted, try the middle mouse button, or in tmux its prefix and ].")
    return "none", "tmux", _("tmux did not take the text.")


def _load_buffer(text: str, facts: Facts, *, to_terminal: bool) -> bool:
    """Put the text into tmux's buffer, and with `to_terminal` let tmux send it on. Return whether tmux took it."""
    command = ["tmux", "load-buffer", *(["-w"] if to_terminal else []), "-"]
    try:
        result = subprocess.run(
            command,
            env=dict(facts.environ),
            input=text.encode("utf-8"),
            capture_output=True,
            timeout=_LOAD_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return result.returncode == 0


def _write_to_terminal(sequence: bytes, way: Way, write: Write | None) -> tuple[Kind, Way, str]:
    """Write a sequence to the terminal; return what `_send` does."""
    if write is None:
        return "none", way, _("There is no terminal to send it through.")
    try:
        write(sequence)
    except OSError as error:
        return "none", way, _("The terminal could not be written to: {error}.").format(error=reason_words(error))
    return "sent", way, ""


def keep(text: str, folder: Path, name: str) -> Path:
    """Write `text` as UTF-8 to `folder/name` with mode 0600, in place of an earlier copy, and return its full path.

    A missing folder is made with mode 0700; an existing one keeps its mode, since it may be shared, or a home folder.
    `name` is a plain file name. Raises ValueError for another kind of name, OSError when the file cannot be written,
    UnicodeEncodeError for a lone surrogate.
    """
    if name in ("", ".", "..") or "/" in name or "\0" in name:
        raise ValueError(f"not a plain file name: {name!r}")
    data = text.encode("utf-8")
    if not folder.exists():
        make_private_dir(folder)
    replace_file(folder / name, data, 0o600)
    return folder.resolve() / name
