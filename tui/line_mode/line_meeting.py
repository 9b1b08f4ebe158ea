"""A meeting line by line: who is there and by which mandate, what is decided, its minutes, its end."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tui.commands import Command
from tui.export.plain_text import to_text
from tui.i18n import N_, _
from tui.line_mode import line_conditions, line_minutes, line_noted, line_rounds
from tui.line_mode.conversation import Conversation
from tui.line_mode.line_dialog import sentence
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import ABSENT, EXCUSED, PRESENT, Seat, named, seats
from tui.partnership.partners import find_partner
from tui.partnership.values import Entry
from tui.text.dates import format_date
from tui.text.name_matching import fold
from tui.workspace import meeting_edits, table_mandates
from tui.workspace.workspace import Workspace

Action = Callable[[Conversation, str], None]
_FOR, _NO_MANDATE = ("pour", "for", "remplace"), ("aucun", "none", "no")
_ALL = ("all", "tous", "toutes", "everyone")


def meeting(conversation: Conversation, argument: str) -> None:
    """Tell of today's meeting: everyone by number, and how each thing is noted. Looking starts nothing."""
    held = conversation.meeting = meeting_edits.meeting_to_open(conversation.workspace)
    said = _("Meeting of {date}").format(date=format_date(str(held.get("on", "")), conversation.workspace.lang)) + "."
    conversation.talk.say(said)
    if meeting_edits.running_meeting(conversation.workspace) is None:
        closed = bool(held.get("closed"))
        said = _("It is closed, and goes on with the first thing you note.") if closed else ""
        conversation.talk.say(said or _("It begins with the first thing you note."))
    for line in _everyone(conversation, held):
        conversation.talk.say(line)
    conversation.talk.say(
        _("/present 1, 3 or /present all says who is there; /excused 2, /absent 4; /arrived Name; title.")
    )
    conversation.talk.say(
        _("/decision, /task and /aside note the words behind them; /minutes reads it all; /close ends it.")
    )
    conversation.talk.say(_("An empty line goes back to the question."))


def _looked_at(conversation: Conversation) -> Entry:
    """The meeting that is running, else the one that was looked at: nothing begins. BadValue where there is neither."""
    found = meeting_edits.running_meeting(conversation.workspace) or conversation.meeting
    if found is None:
        raise BadValue(_("No meeting is running: /meeting opens today's."))
    return conversation.workspace.partnership.entry(found.id) or found


def _running(conversation: Conversation) -> Entry:
    """Return the meeting that is running; the one that was looked at begins now, or is taken up again."""
    workspace = conversation.workspace
    found = meeting_edits.running_meeting(workspace)
    if found is None and conversation.meeting is not None:
        known = workspace.partnership.entry(conversation.meeting.id)
        if known is not None and known.get("closed"):
            meeting_edits.reopen_meeting(workspace, known)
        found = meeting_edits.begin_meeting(workspace, conversation.meeting)
    if found is None:
        raise BadValue(_("No meeting is running: /meeting opens today's."))
    return found


def _seats(conversation: Conversation, held: Entry) -> Sequence[Seat]:
    return seats(conversation.workspace.partnership, held.id, conversation.workspace.lang)


def _everyone(conversation: Conversation, held: Entry) -> list[str]:
    return [f"{number}. {_of(conversation, seat)}" for number, seat in enumerate(_seats(conversation, held), 1)]


def _of(conversation: Conversation, seat: Seat) -> str:
    """« Marie Tremblay, directrice, le Collège : présente »."""
    workspace = conversation.workspace
    partner = find_partner(workspace.partnership, seat.partner) if seat.partner else None
    whose = partner.short(workspace.lang) if partner is not None and seat.name else ""
    words = ", ".join(filter(None, (named(workspace.partnership, seat, workspace.lang), seat.title, whose)))
    mark = workspace.guide.choice("presence", seat.mark, workspace.lang) if seat.mark else ""
    behind = ", ".join(filter(None, (mark, table_mandates.mandate_words(workspace, seat))))
    return words + (_(": ") + behind if behind else "")


def _marker(presence: str) -> Action:
    def mark(conversation: Conversation, argument: str) -> None:
        numbers = _chosen(conversation, argument)
        held = _running(conversation)
        for number in numbers:
            seat = _seats(conversation, held)[number - 1]
            meeting_edits.set_presence(conversation.workspace, held, seat, presence)
            conversation.keep(_of(conversation, _seats(conversation, held)[number - 1]) + ".")

    return mark


def _turner(turn: Callable[[Workspace, Seat], bool], away: str) -> Action:
    """Return the command by which some who are there leave, or stand aside; the same again says that they are back."""

    def act(conversation: Conversation, argument: str) -> None:
        for number in _chosen(conversation, argument):
            seat = _seats(conversation, _looked_at(conversation))[number - 1]
            name = named(conversation.workspace.partnership, seat, conversation.workspace.lang)
            if seat.mark != PRESENT:
                raise BadValue(_("{name} is not marked present: /present says who is there.").format(name=name))
            _running(conversation)
            said = _(away) if turn(conversation.workspace, seat) else _("{name}: is back.")
            conversation.keep(said.format(name=name))

    return act


def mandate(conversation: Conversation, argument: str) -> None:
    """« 2 décide »: how somebody speaks for their organization; « 2 pour Marie Roy »: whom they stand in for."""
    number, _space, said = argument.strip().partition(" ")
    if not said.strip():
        raise BadValue(_("Type a number of the list, then: /mandate 2 decides, or /mandate 2 for Joan Whitlow."))
    listed = _seats(conversation, _looked_at(conversation))
    (at,) = _numbers(number, len(listed))[:1]
    first, _space, name = said.strip().partition(" ")
    if fold(first) in _FOR and name.strip():
        held = _running(conversation)
        table_mandates.replace_person(conversation.workspace, held, listed[at - 1], name)
    else:
        code = "" if fold(said) in _NO_MANDATE else table_mandates.read_mandate(conversation.workspace, said)
        if code or listed[at - 1].mandate:
            table_mandates.give_mandate(conversation.workspace, _running(conversation), listed[at - 1], code)
    conversation.keep(_of(conversation, _seats(conversation, _looked_at(conversation))[at - 1]) + ".")


def _chosen(conversation: Conversation, argument: str) -> Sequence[int]:
    """Return the numbers of those a command is about, by name or by number. Raises BadValue for anything else."""
    listed = _seats(conversation, _looked_at(conversation))
    called = [at for at, seat in enumerate(listed, 1) if argument and _called(conversation, seat, argument)]
    return called or _numbers(argument, len(listed))


def _called(conversation: Conversation, seat: Seat, text: str) -> bool:
    """Whether somebody's whole name was typed: it means that one, also where it is a word of ours or a number."""
    return fold(named(conversation.workspace.partnership, seat, conversation.workspace.lang)) == fold(text)


def _numbers(text: str, count: int) -> Sequence[int]:
    """« 1, 3 », « 2-4 » or « all ». Raises BadValue for anything else."""
    if fold(text) in _ALL:
        return range(1, count + 1)
    found: list[int] = []
    for piece in filter(None, re.split(r"[,;\s]+", text.strip())):
        ends = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3}))?", piece, re.ASCII)
        first, last = (int(ends[1]), int(ends[2] or ends[1])) if ends else (0, 0)
        if not 1 <= first <= last <= count:
            raise BadValue(_("“{text}” is not a number on this list: /meeting reads it.").format(text=piece[:40]))
        found += range(first, last + 1)
    if not found:
        raise BadValue(_("Type the numbers behind the command: /meeting reads the list."))
    return found


def arrived(conversation: Conversation, argument: str) -> None:
    """Someone who is in no list is there."""
    if not argument:
        raise BadValue(_("Type the name behind the command: /arrived Name; title."))
    held = _running(conversation)
    row = meeting_edits.note_arrival(conversation.workspace, held, argument)
    seat = next(seat for seat in _seats(conversation, held) if row.id in (seat.row, seat.key))
    conversation.keep(_of(conversation, seat) + ".")


def _understood(conversation: Conversation, row: Entry) -> str:
    """Return what was noted, whom it is given to and by when, as it was understood."""
    workspace = conversation.workspace
    row = workspace.partnership.entries.get(row.id, row)
    due = str(row.get("due") or "")
    words = (
        row.text("text", workspace.lang),
        meeting_edits.who_words(workspace, row),
        format_date(due, workspace.lang) if due else "",
    )
    return _("; ").join(filter(None, words))


def _noter(note: Callable[..., Entry], told: Callable[[], str]) -> Action:
    """Return an action that notes something by `note` and tells it back in the sentence `told`, with {words} in it."""

    def noted(conversation: Conversation, argument: str) -> None:
        if not argument:
            raise BadValue(_("Type the words behind the command: what; who; when."))
        if conversation.meeting is not None:
            _running(conversation)
        row = note(conversation.workspace, argument)
        conversation.keep(sentence(told().format(words=_understood(conversation, row))))

    return noted


def minutes(conversation: Conversation, argument: str) -> None:
    """Read the minutes of the meeting that runs, or of the last one."""
    held = meeting_edits.latest_meeting(conversation.workspace)
    if held is None:
        raise BadValue(_("No meeting is running: /meeting opens today's."))
    conversation.minutes_read = _minutes(conversation, held)
    conversation.talk.say(conversation.minutes_read)


def _minutes(conversation: Conversation, held: Entry) -> str:
    return to_text(meeting_edits.composed_minutes(conversation.workspace, conversation.store, held), wrap=None).rstrip(
        "\n"
    )


def close(conversation: Conversation, argument: str) -> None:
    """End the meeting, and read its minutes unless they were heard as they are."""
    held = meeting_edits.running_meeting(conversation.workspace)
    if held is None:
        raise BadValue(_("No meeting is running: /meeting opens today's."))
    meeting_edits.close_meeting(conversation.workspace, held)
    conversation.meeting = None  # reading its minutes again goes to no meeting
    if conversation.minutes_read == _minutes(conversation, held):
        conversation.keep(_("The meeting is closed; /meeting takes it up again today, /minutes reads it once more."))
        return
    conversation.keep(_("The meeting is closed; /meeting takes it up again today. Its minutes:"))
    minutes(conversation, "")


def stays(conversation: Conversation, command: Command) -> bool:
    """Return whether what is typed behind a command still belongs to the meeting that was looked at.

    What only tells something leaves one where one was; whatever moves or changes elsewhere goes back to the questions.
    """
    if conversation.meeting is None or command.id == "close_meeting":
        return False
    there = (
        ACTIONS, line_noted.ACTIONS, line_minutes.ACTIONS, line_rounds.ACTIONS, line_conditions.ACTIONS,
    )  # fmt: skip
    if any(command.id in actions for actions in there):
        return True
    return conversation.at_meeting and (command.line.tells or command.id in ("undo", "redo"))


def heard_there(conversation: Conversation, line: str) -> None:
    """Take a line without a command at the meeting: an empty one goes back to the question. BadValue for any other."""
    if line.strip() not in ("", "."):
        said = _("“{text}” was not noted: /decision, /task or /aside says what it is. An empty line goes back.")
        raise BadValue(said.format(text=line.strip()[:60]))
    conversation.at_meeting = False
    conversation.refresh()


ACTIONS: dict[str, Action] = {
    "meeting": meeting,
    "present": _marker(PRESENT),
    "excused": _marker(EXCUSED),
    "absent": _marker(ABSENT),
    "left_meeting": _turner(meeting_edits.toggle_left, N_("{name}: has left.")),
    "stands_aside": _turner(meeting_edits.toggle_stands_aside, N_("{name}: stands aside, which stays private.")),
    "mandate": mandate,
    "arrive": arrived,
    "decision": _noter(meeting_edits.note_decision, lambda: _("Saved, a decision: {words}")),
    "task": _noter(meeting_edits.note_task, lambda: _("Saved, a task: {words}")),
    "aside": _noter(meeting_edits.note_point, lambda: _("Saved, a point set aside: {words}")),
    "minutes": minutes,
    "close_meeting": close,
}
