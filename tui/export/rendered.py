"""What a writer gives back, and the error it raises when this machine cannot write that format."""

from __future__ import annotations

from tui.quick import dataclass


@dataclass(frozen=True, slots=True)
class Rendered:
    """One finished file: its bytes, and what was changed on the way, in the interface's words."""

    data: bytes
    warnings: tuple[str, ...] = ()


class CannotExport(RuntimeError):
    """The file cannot be written here; the message says why and what to do, in the interface's language."""
