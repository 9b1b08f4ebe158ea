"""`doctor` on files set aside: what they say that is in no partnership, and `--adopt`, which takes it over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tui.cli.call import DONE, Call
from tui.clipboard import Finding
from tui.console import print_line
from tui.store.errors import Damaged, StoreError
from tui.words import _, ngettext


def aside(call: Call, project_id: str) -> Iterator[Finding]:
    """What lies set aside beside one partnership."""
    for one in call.store.kept(project_id):
        count = len(one.changes)
        if not count:
            text = _("{file}: set aside; all that can be read of it is in the partnership.")
            yield Finding("ok", text.format(file=one.path))
            continue
        said = ngettext(
            "{file}: it says {n} thing that the partnership does not. To take it over: {command}",
            "{file}: it says {n} things that the partnership does not. To take them over: {command}",
            count,
        )
        yield Finding("warn", said.format(file=one.path, n=count, command=f"entente doctor --adopt {one.path}"))


def readable(call: Call, project_id: str) -> Iterator[Finding]:
    """How much of a damaged partnership still reads, and how one goes on with that."""
    try:
        call.store.load(project_id)
    except Damaged:
        count = len(call.store.readable(project_id).project.entries)
        said = ngettext(
            "{id}: {n} answer can still be read. To go on with it, the damaged files kept: {command}",
            "{id}: {n} answers can still be read. To go on with them, the damaged files kept: {command}",
            count,
        )
        place = call.root / project_id
        yield Finding("warn", said.format(id=project_id, n=count, command=f"entente doctor --adopt {place}"))
    except StoreError:
        return  # said already: there is nothing of it to go on with


def adopt(call: Call, file: Path) -> int:
    """Take over what a set-aside file says, or go on with what can be read in a partnership's damaged folder."""
    from tui.store.kept import of_kept

    if file.is_dir():
        call.store.go_on(file.absolute().name)
        print_line(_("{place}: what could be read goes on; the damaged files are kept beside it.").format(place=file))
        return DONE
    project_id = of_kept(call.root, file)
    saved = call.store.take_over(project_id, file)
    count = len(saved.past)
    print_line(ngettext("{n} change was taken over.", "{n} changes were taken over.", count).format(n=count))
    if saved.conflicts:
        print_line(_("Answers that somebody had changed since have two texts now."))
    return DONE
