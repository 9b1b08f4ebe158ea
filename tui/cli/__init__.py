"""The command line: `entente` and its subcommands, one file a family, each imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from tui.workspace.hangup import guard_process

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without `argv`, the words this process was started with."""
    return guard_process(_run_process) if argv is None else _run(argv)


def _run_process() -> int:
    return _run(None)


def _run(argv: Sequence[str] | None) -> int:
    # Imported here: by then the signals are taken, and none ends the program in the middle of its imports.
    from tui.cli.command_line import main as run

    return run(argv)
