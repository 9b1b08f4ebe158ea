"""The partnership by line prompts, for screen readers, braille displays, dumb terminals and scripts: `run`."""

from __future__ import annotations

from tui.line_mode.interview import run

__all__ = ["run"]
