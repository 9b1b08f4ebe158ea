"""The partnership by line prompts, for screen readers, braille displays, dumb terminals and scripts: `run`."""

from __future__ import annotations

from tui.plain.opening import run

__all__ = ["run"]
