"""`backup` and `restore`: all partnerships in one file, and back."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

from tui.cli.call import DONE, NO, Call, warn
from tui.cli.progress import counted
from tui.console import flush, print_line
from tui.store.files import owner_of
from tui.words import _, ngettext


def backup(call: Call) -> int:
    """Save the whole store, private notes included, in one file that only this account can read.

    Returns 1 when something of the store is not in it, since this account may not read it.
    """
    file = Path(call.args.file).expanduser()
    with counted() as watch:
        done = call.store.backup(file, watch)
    for name in done.damaged:
        warn(_("{id}: it is damaged, and went into the backup as it is: entente doctor").format(id=name))
    for path in done.left_out:
        text = _("{place}: this account may not read it, so it is NOT in the backup. It belongs to {owner}.")
        warn(text.format(place=path, owner=owner_of(path)))
    said = ngettext(
        "Written and read again: {file}, {n} partnership. It holds the private notes too: keep it to yourself.",
        "Written and read again: {file}, {n} partnerships. It holds the private notes too: keep it to yourself.",
        done.count,
    )
    print_line(said.format(file=file, n=done.count))
    print_line(
        _(
            "Also in it: the directory, the bin ({n}) and what was set aside. "
            "Not in it: what somebody is typing at this moment."
        ).format(n=done.binned)
    )
    return NO if done.left_out else DONE


def restore(call: Call) -> int:
    """Bring back what a backup holds, and print the ids it has here; what is here is never replaced."""
    with counted() as watch:
        binned = _print_each(call.store.restore(Path(call.args.file).expanduser(), watch))
    if binned:
        warn(
            ngettext("{n} deleted one is in the bin again.", "{n} deleted ones are in the bin again.", binned).format(
                n=binned
            )
        )
    return DONE


def _print_each(found: Generator[str, None, int]) -> int:
    """Print each id as it comes; what the work returns at its end."""
    try:
        while True:
            print_line(next(found))
            flush()
    except StopIteration as end:
        return int(end.value)
