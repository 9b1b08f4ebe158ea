"""The desktop's own clipboard, by pyperclip in a child process that proves the copy by reading it back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from typing import Literal

Result = Literal["verified", "differs", "missing", "silent"]

_WITHIN = 3.0  # seconds; a clipboard program that waits for a dead display never returns
_SETTLES = 1.0  # seconds until a clipboard must hold what it was given; xclip returns before it owns the selection
# without it pbcopy and pbpaste both take UTF-8 for Mac Roman, so that a garbled text would read back well
_CHILD_LOCALE = {"LC_ALL": "en_US.UTF-8"} if sys.platform == "darwin" else {}
_STATUS: dict[int, Result] = {0: "verified", 3: "differs", 4: "missing"}


def copy_here(text: str, environ: Mapping[str, str], within: float = _WITHIN) -> Result:
    """Put `text` in this machine's clipboard and read it back; returns within about `within` seconds.

    "verified": the clipboard holds the text, letter by letter. "differs": it holds something else. "missing": no
    clipboard program works here. "silent": no answer in time. pyperclip alone proves nothing: it checks no exit
    status and succeeds with a dead DISPLAY (pyperclip 1.11.0).
    """
    # -P keeps this folder's names out of the child's imports; its own session lets xclip outlive the terminal;
    # no pipe for its output, since xclip stays and would hold it open
    child = subprocess.Popen(
        [sys.executable, "-P", __file__],
        env={**environ, **_CHILD_LOCALE},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        child.communicate(text.encode("utf-8"), timeout=within)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        return "silent"
    return _STATUS.get(child.returncode, "missing")


def _reads_back(paste: Callable[[], str], text: str) -> bool:
    until = time.monotonic() + _SETTLES
    while paste() != text:
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _child() -> int:
    try:
        import pyperclip
    except ImportError:
        return 4
    text = sys.stdin.buffer.read().decode("utf-8")
    try:
        copy, paste = pyperclip.determine_clipboard()
        # Qt's clipboard belongs to its process: it would read back well and be empty once this child has ended
        if getattr(copy, "__name__", "") == "copy_qt":
            return 4
        copy(text)
        return 0 if _reads_back(paste, text) else 3
    # UnicodeDecodeError: the clipboard holds bytes of another program; OSError: the clipboard program vanished
    except (pyperclip.PyperclipException, OSError, UnicodeDecodeError, subprocess.SubprocessError):
        return 4


if __name__ == "__main__":
    sys.exit(_child())
