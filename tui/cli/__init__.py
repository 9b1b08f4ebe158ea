"""The command line: `entente` and its subcommands, one file a family, each imported only when it is asked for."""

from tui.cli.command_line import main

__all__ = ["main"]
