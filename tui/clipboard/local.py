"""The clipboard of this machine's desktop, set by pyperclip in a child process, which reads it back to verify the copy.

This file is also the program of that child process.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from typing import Literal

Result = Literal["verified", "differs", "missing", "silent"]

_ANSWER_SECONDS = 3.0  # at most; a clipboard program that waits for a dead display never returns
_READ_BACK_SECONDS = 1.0  # until the clipboard must hold the text: xclip returns before it does
# Without it pbcopy and pbpaste both take UTF-8 for Mac Roman, so that a garbled text would be read back as equal.
_CHILD_LOCALE = {"LC_ALL": "en_US.UTF-8"} if sys.platform == "darwin" else {}
_RETRY_SECONDS = 0.05  # between two tries meanwhile
_VERIFIED, _DIFFERS, _MISSING = 0, 3, 4  # exit status of the child
_RESULT_BY_STATUS: dict[int, Result] = {_VERIFIED: "verified", _DIFFERS: "differs", _MISSING: "missing"}


def copy_here(text: str, environ: Mapping[str, str], seconds: float = _ANSWER_SECONDS) -> Result:
    """Put `text` into this machine's clipboard and read it back, within about `seconds` seconds.

    Return "verified": the clipboard holds exactly the text; "differs": it holds something else; "missing": no clipboard
    program works here; or "silent": no answer in time. pyperclip alone proves nothing: it checks no exit status, and
    succeeds with a dead DISPLAY (pyperclip 1.11.0).
    """
    # -P keeps the modules of this folder out of the child's imports. A session of its own lets xclip outlive the
    # terminal. Its output has no pipe, because xclip keeps running and would hold the pipe open.
    child = subprocess.Popen(
        [sys.executable, "-P", __file__],
        env={**environ, **_CHILD_LOCALE},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        child.communicate(text.encode("utf-8"), timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        return "silent"
    return _RESULT_BY_STATUS.get(child.returncode, "missing")


def _reads_back(paste: Callable[[], str], text: str) -> bool:
    """Return whether the clipboard holds the text within `_READ_BACK_SECONDS`."""
    deadline = time.monotonic() + _READ_BACK_SECONDS
    while paste() != text:
        if time.monotonic() > deadline:
            return False
        time.sleep(_RETRY_SECONDS)
    return True


def _run_child() -> int:
    """Set the clipboard to the text of the standard input, and return the exit status of the child process."""
    try:
        import pyperclip
    except ImportError:
        return _MISSING
    text = sys.stdin.buffer.read().decode("utf-8")
    try:
        copy, paste = pyperclip.determine_clipboard()
        # Qt's clipboard belongs to its process: it would be read back as equal, and be empty once this child has ended.
        if getattr(copy, "__name__", "") == "copy_qt":
            return _MISSING
        copy(text)
        return _VERIFIED if _reads_back(paste, text) else _DIFFERS
    # UnicodeDecodeError: the clipboard holds bytes of another program. OSError: the clipboard program is gone.
    except (pyperclip.PyperclipException, OSError, UnicodeDecodeError, subprocess.SubprocessError):
        return _MISSING


if __name__ == "__main__":
    sys.exit(_run_child())
