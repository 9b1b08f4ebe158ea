"""The ten commands that one is likeliest to want where one is: the list of commands opens on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.commands import DOCUMENT, LIST, MEETING, PROJECTION, WORK, footer, present
from tui.partnership.completion import answered_count
from tui.partnership.meetings import meetings, running
from tui.partnership.partners import active
from tui.workspace.place import NOTE
from tui.workspace.workspace import Workspace, current_moment

FIRST = 10  # commands that the list opens on
# What belongs to a table of several, or to what comes after: a statement of two partners never meets it.
_AT_TABLE = frozenset({
    "meeting", "round", "ask_each", "agenda", "register", "decision", "task", "aside", "minutes", "long_positions",
    "agree_as_it_stands", "candidates", "call_sheet", "note_call", "last_contacts", "read_back", "sheets",
    "large_print", "condition", "project", "handover",
})  # fmt: skip
_LIST = ("new", "open_file", "search", "sample", "practise", "due", "rename", "duplicate", "archive", "help")
_CALL = (
    "sort_line", "sort_note", "call", "partner", "note_call", "call_sheet", "read_back", "next", "find", "undo",
)  # fmt: skip
_STEPS = {
    "open": ("next", "partner", "call", "add_partners", "jump", "document", "confirm", "discuss", "undo", "example"),
    "gather": ("next", "partner", "document", "gap", "jump", "review", "copy", "find", "undo", "example"),
    "commit": ("next", "partner", "document", "review", "send", "copy", "export", "adopt", "undo", "jump"),
}  # fmt: skip
_NEW = ("next", "partner", "add_partners", "call", "jump", "example", "document", "step_1", "undo", "help")
_HELD = ("meeting", "decision", "task", "aside", "round", "minutes", "next", "document", "project", "undo")
_DOCUMENT = ("copy", "gap", "review", "send", "export", "find", "copy_section", "fetch", "document_language", "undo")
_READING_AT_TABLE = ("agree_as_it_stands", "gap", "aside", "decision", "task", "candidates", "copy", "find", "undo",
                     "project")  # fmt: skip
_PROJECTION = ("gap", "agree_as_it_stands", "decision", "task", "aside", "meeting", "round", "candidates", "undo",
               "project")  # fmt: skip
_MEETING = ("decision", "task", "aside", "next_item", "arrive", "sort_line", "turn_line", "minutes", "close_meeting",
            "undo")  # fmt: skip


def commands_of_moment(where: str, workspace: Workspace | None, wanted: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the ids of the first commands of a place (one of PLACES), those that the page itself has `wanted` first.

    They follow where one is: a call, a sub-step, a text, a meeting that runs. What belongs to a table of several stands
    among them only for three partners or more, or once there was a meeting.
    """
    valid = {command.id for command in present(where)} - {"palette"}
    alone = where in (WORK, DOCUMENT) and workspace is not None and not _at_table(workspace)
    likely = dict.fromkeys(
        (*wanted, *_likely(where, workspace), *(command.id for command in footer(where)), *sorted(valid))
    )
    found = [name for name in likely if name in valid and name != "quit" and not (alone and name in _AT_TABLE)]
    return tuple(found[:FIRST])


def _at_table(workspace: Workspace) -> bool:
    return len(active(workspace.partnership)) > 2 or bool(meetings(workspace.partnership))


def _likely(where: str, workspace: Workspace | None) -> Iterator[str]:
    """Yield the commands of a place in the order in which they are likely to be wanted."""
    if where == LIST:
        yield from _LIST
    elif where == MEETING:
        yield from _MEETING
    elif where == PROJECTION:
        yield from _PROJECTION
    elif workspace is not None and where in (WORK, DOCUMENT):
        held = running(workspace.partnership, current_moment()) is not None
        if where == DOCUMENT:
            yield from _READING_AT_TABLE if held else _DOCUMENT
        elif workspace.place.question == NOTE:
            yield from _CALL
        elif held:
            yield from _HELD
        elif not answered_count(workspace.guide, workspace.progress)[0]:
            yield from _NEW
        else:
            yield from _STEPS.get(workspace.question.step, ())
