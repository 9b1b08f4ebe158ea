"""`backup` and `restore`: all partnerships in one file, and back."""

from __future__ import annotations

from pathlib import Path

from tui.cli.call import DONE, Call
from tui.words import _


def backup(call: Call) -> int:
    """Save the whole store, private notes included, in one file that only this account can read."""
    file = Path(call.args.file).expanduser()
    call.store.backup(file)
    print(_("Written: {file}. It holds the private notes too: keep it to yourself.").format(file=file))
    return DONE


def restore(call: Call) -> int:
    """Bring back what a backup holds, and print the ids it has here; what is here is never replaced."""
    for project_id in call.store.restore(Path(call.args.file).expanduser()):
        print(project_id)
    return DONE
