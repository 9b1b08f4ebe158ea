"""What goes to the terminal beside the frames: a copy on its way to the person's clipboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App


def beside_frames(app: App[Any]) -> Callable[[bytes], None] | None:
    """What writes control sequences (ASCII) between two frames; None where there is no terminal."""
    driver = app._driver
    return (lambda data: driver.write(data.decode("ascii"))) if driver is not None else None
