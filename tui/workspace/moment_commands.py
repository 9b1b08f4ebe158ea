"""The ten commands that are likeliest to be wanted at the present place; the list of commands shows them first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.commands import DOCUMENT, LIST, MEETING, PROJECTION, WORK, commands_at, footer
from tui.partnership.completion import answered_count
from tui.partnership.meetings import meeting_open_at, meetings
from tui.partnership.partners import active
from tui.workspace.place import NOTE
from tui.workspace.workspace import Workspace, current_moment

SHOWN_COMMANDS = 10  # how many the list shows before letters are typed
# Commands for meetings of several partners and what follows from them; two partners alone do not need them.
_AT_TABLE = frozenset({
    "meeting", "round", "ask_each", "agenda", "register", "decision", "task", "aside", "minutes", "long_positions",
    "agree_as_it_stands", "candidates", "call_sheet", "note_call", "last_contacts", "read_back", "sheets",
    "large_print", "condition", "project", "handover",
})  # fmt: skip
# The likeliest commands, the likeliest first: of the list of partnerships, of the note of a call, of each sub-step …
_LIST = ("new", "open_file", "search", "sample", "practise", "due", "rename", "duplicate", "archive", "help")
_CALL = (
    "sort_line", "sort_note", "call", "partner", "note_call", "call_sheet", "read_back", "next", "find", "undo",
)  # fmt: skip
_STEPS = {
    "open": ("next", "partner", "call", "add_partners", "jump", "document", "confirm", "discuss", "undo", "example"),
    "gather": ("next", "partner", "document", "gap", "jump", "review", "copy", "find", "undo", "example"),
    "commit": ("next", "partner", "document", "review", "send", "copy", "export", "adopt", "undo", "jump"),
}  # fmt: skip
# … where no question is answered yet, while a meeting runs, and of the document: read alone, or while a meeting runs.
_NOTHING_ANSWERED = ("next", "partner", "add_partners", "call", "jump", "example", "document", "step_1", "undo", "help")
_MEETING_RUNS = ("meeting", "decision", "task", "aside", "round", "minutes", "next", "document", "project", "undo")
_DOCUMENT = ("copy", "gap", "review", "send", "export", "find", "copy_section", "fetch", "document_language", "undo")
_DOCUMENT_AT_MEETING = ("agree_as_it_stands", "gap", "aside", "decision", "task", "candidates", "copy", "find", "undo",
                     "project")  # fmt: skip
_PROJECTION = ("gap", "agree_as_it_stands", "decision", "task", "aside", "meeting", "round", "candidates", "undo",
               "project")  # fmt: skip
_MEETING = ("decision", "task", "aside", "next_item", "arrive", "sort_line", "turn_line", "minutes", "close_meeting",
            "undo")  # fmt: skip


def commands_of_moment(where: str, workspace: Workspace | None, wanted: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the ids of the likeliest commands of a place (one of PLACES); `wanted` by the page itself come first.

    They depend on what the person does: a call, a sub-step, a text, a running meeting. Commands of `_AT_TABLE` are
    among them only with three partners or more, or once there was a meeting.
    """
    valid = {command.id for command in commands_at(where)} - {"palette"}
    without_table = where in (WORK, DOCUMENT) and workspace is not None and not _several_partners_meet(workspace)
    likely = dict.fromkeys(
        (*wanted, *_likely(where, workspace), *(command.id for command in footer(where)), *sorted(valid))
    )
    left_out = {"quit", *(_AT_TABLE if without_table else ())}
    commands = [command_id for command_id in likely if command_id in valid and command_id not in left_out]
    return tuple(commands[:SHOWN_COMMANDS])


def _several_partners_meet(workspace: Workspace) -> bool:
    """Return whether several partners meet: there are more than two, or there was a meeting."""
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
        meeting_runs = meeting_open_at(workspace.partnership, current_moment()) is not None
        if where == DOCUMENT:
            yield from _DOCUMENT_AT_MEETING if meeting_runs else _DOCUMENT
        elif workspace.place.question == NOTE:
            yield from _CALL
        elif meeting_runs:
            yield from _MEETING_RUNS
        elif not answered_count(workspace.guide, workspace.progress)[0]:
            yield from _NOTHING_ANSWERED
        else:
            yield from _STEPS.get(workspace.question.step, ())
