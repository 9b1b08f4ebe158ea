"""A fuzz of what reads the terminal: `make fuzz-terminal` sends a million characters, the tests some thousand.

However sequences are cut, joined and nested: no exception, nothing typed that nobody typed, and keys still act.
"""

from __future__ import annotations

import random
import sys
import time

from tests.terminal.line import Line
from tests.terminal.terminal_noise import burst, reads

PRESSES = {
    "a": "a", "é": "é", "日": "日", "\r": "enter", "\x7f": "backspace", "\x11": "ctrl+q", "\x1b": "escape",
    "\x1bg": "alt+g", "\x1b[A": "up", "\x1bOS": "f4", "\x1b[24~": "f12", "\x1b[1;5D": "ctrl+left",
    "\x1b[233:201;2:1;201u": "É", "\x1b[200~Q\nx\x1b[201~": "«Q\nx»",
}  # fmt: skip


def fuzz(seed: int, size: int) -> int:
    """Send `size` characters of noise and keys pressed in between; returns how many keys.

    Raises AssertionError if a noise types, or a key does not act; the message tells the seed and what was sent.
    """
    dice = random.Random(seed)
    line = Line()
    sent = pressed = 0
    while sent < size:
        noise = burst(dice)
        line.events.clear()
        for read in reads(dice, noise):
            line.send(read).wait(dice.choice((0, 0, 0, 0.04)))
        line.wait()
        assert not line.typed, f"seed {seed}: {noise!r} typed {line.typed!r}"
        presses = dice.choices(list(PRESSES), k=dice.randint(1, 3))
        line.events.clear()
        for press in presses:
            line.send(press).wait(0.2)
        assert line.keys == [PRESSES[press] for press in presses], f"seed {seed}: after {noise!r}, {presses!r}"
        sent += len(noise)
        pressed += len(presses)
    return pressed


if __name__ == "__main__":
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    began, part, found = time.monotonic(), 10_000, 0
    for number in range(-(-total // part)):
        found += fuzz(number, part)
    print(f"{total} characters of noise, {found} keys between them: all acted, nothing else was typed "
          f"({time.monotonic() - began:.0f} s)")  # fmt: skip
