"""The command line: `entente` and its subcommands. Each subcommand's file is imported only when it is called."""

from __future__ import annotations

from collections.abc import Sequence

from tui.workspace.hangup import guard_process

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; without `argv`, run that of this process, guarded against signals."""
    return guard_process(_run_process) if argv is None else _run(argv)


def _run_process() -> int:
    """Run the command line of this process."""
    return _run(None)


def _run(argv: Sequence[str] | None) -> int:
    """Run a command line; None for that of this process."""
    # Imported here: by now `guard_process` handles signals, so that none ends the program in the middle of an import.
    from tui.cli.command_line import main as run

    return run(argv)
