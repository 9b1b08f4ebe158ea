"""The commands of line mode at a meeting: who is there and with which mandate, what is decided, the minutes, the end.

A mandate says how a person speaks for their organisation, for instance whether they may decide for it. A `Seat` is a
person who may take part, or an organisation without a known person.
"""

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
from tui.partnership.meetings import ABSENT, EXCUSED, PRESENT, Seat, seat_name, seats
from tui.partnership.partners import find_partner
from tui.partnership.values import Entry
from tui.text.dates import format_date
from tui.text.name_matching import fold
from tui.workspace import meeting_edits, table_mandates
from tui.workspace.workspace import Workspace

Action = Callable[[Conversation, str], None]
# Words that a person may type behind a command, folded (without accents and capitals).
_FOR, _NO_MANDATE = ("pour", "for", "remplace"), ("aucun", "none", "no")
_ALL = ("all", "tous", "toutes", "everyone")
_QUOTED_LETTERS = 60  # of a line that was not understood, in a message


def meeting(conversation: Conversation, argument: str) -> None:
    """Print who takes part in today's meeting, by number, and how to note things; this does not begin the meeting."""
    entry = conversation.meeting = meeting_edits.meeting_to_open(conversation.workspace)
    date = format_date(str(entry.get("on", "")), conversation.workspace.lang)
    conversation.talk.say(_("Meeting of {date}").format(date=date) + ".")
    if meeting_edits.running_meeting(conversation.workspace) is None:
        message = _("It begins with the first thing you note.")
        if entry.get("closed"):
            message = _("It is closed, and goes on with the first thing you note.")
        conversation.talk.say(message)
    for line in _seat_lines(conversation, entry):
        conversation.talk.say(line)
    conversation.talk.say(
        _("/present 1, 3 or /present all says who is there; /excused 2, /absent 4; /arrived Name; title.")
    )
    conversation.talk.say(
        _("/decision, /task and /aside note the words behind them; /minutes reads it all; /close ends it.")
    )
    conversation.talk.say(_("An empty line goes back to the question."))


def _current_meeting(conversation: Conversation) -> Entry:
    """Return the meeting that runs, else the one that /meeting opened, without beginning it.

    Raises BadValue if there is no meeting.
    """
    entry = meeting_edits.running_meeting(conversation.workspace) or conversation.meeting
    if entry is None:
        raise BadValue(_("No meeting is running: /meeting opens today's."))
    return conversation.workspace.partnership.entry(entry.id) or entry


def _begun_meeting(conversation: Conversation) -> Entry:
    """Return the meeting that runs; the one that /meeting opened begins now, or goes on.

    Raises BadValue if there is no meeting.
    """
    workspace = conversation.workspace
    running = meeting_edits.running_meeting(workspace)
    if running is None and conversation.meeting is not None:
        stored = workspace.partnership.entry(conversation.meeting.id)
        if stored is not None and stored.get("closed"):
            meeting_edits.reopen_meeting(workspace, stored)
        running = meeting_edits.begin_meeting(workspace, conversation.meeting)
    if running is None:
        raise BadValue(_("No meeting is running: /meeting opens today's."))
    return running


def _seats(conversation: Conversation, meeting_entry: Entry) -> Sequence[Seat]:
    """Return those who may take part in a meeting; in the commands they are named by their number, from 1."""
    return seats(conversation.workspace.partnership, meeting_entry.id, conversation.workspace.lang)


def _seat_lines(conversation: Conversation, meeting_entry: Entry) -> list[str]:
    """Return those who may take part in a meeting, one a line by number."""
    seats_in_order = enumerate(_seats(conversation, meeting_entry), 1)
    return [f"{number}. {_seat_words(conversation, seat)}" for number, seat in seats_in_order]


def _seat_words(conversation: Conversation, seat: Seat) -> str:
    """Return who somebody is, and whether present: « Marie Tremblay, directrice, le Collège : présente »."""
    workspace = conversation.workspace
    partner = find_partner(workspace.partnership, seat.partner) if seat.partner else None
    organisation = partner.short(workspace.lang) if partner is not None and seat.name else ""
    words = ", ".join(filter(None, (seat_name(workspace.partnership, seat, workspace.lang), seat.title, organisation)))
    mark = workspace.guide.choice("presence", seat.mark, workspace.lang) if seat.mark else ""
    presence = ", ".join(filter(None, (mark, table_mandates.mandate_words(workspace, seat))))
    return words + (_(": ") + presence if presence else "")


def _presence_command(presence: str) -> Action:
    """Return the command that marks some people as present, excused or absent."""

    def mark(conversation: Conversation, argument: str) -> None:
        chosen = _chosen_seats(conversation, argument)
        running = _begun_meeting(conversation)
        for seat in chosen:
            seat = _seat_now(conversation, running, seat)
            meeting_edits.set_presence(conversation.workspace, running, seat, presence)
            conversation.keep(_seat_words(conversation, _seat_now(conversation, running, seat)) + ".")

    return mark


def _absence_command(toggle: Callable[[Workspace, Seat], bool], away_message: str) -> Action:
    """Return the command by which some people leave or stand aside; given again, it brings them back.

    `toggle` returns whether they are away now; `away_message` says so.
    """

    def leave_or_return(conversation: Conversation, argument: str) -> None:
        for seat in _chosen_seats(conversation, argument):
            seat = _seat_now(conversation, _current_meeting(conversation), seat)
            name = seat_name(conversation.workspace.partnership, seat, conversation.workspace.lang)
            if seat.mark != PRESENT:
                raise BadValue(_("{name} is not marked present: /present says who is there.").format(name=name))
            _begun_meeting(conversation)
            message = _(away_message) if toggle(conversation.workspace, seat) else _("{name}: is back.")
            conversation.keep(message.format(name=name))

    return leave_or_return


def mandate(conversation: Conversation, argument: str) -> None:
    """Note how somebody speaks for their organisation, « 2 décide », or whom they replace, « 2 pour Marie Roy »."""
    number, _space, text = argument.strip().partition(" ")
    if not text.strip():
        raise BadValue(_("Type a number of the list, then: /mandate 2 decides, or /mandate 2 for Joan Whitlow."))
    all_seats = _seats(conversation, _current_meeting(conversation))
    seat_number = _read_numbers(number, len(all_seats))[0]
    seat = all_seats[seat_number - 1]
    first_word, _space, name = text.strip().partition(" ")
    if fold(first_word) in _FOR and name.strip():
        table_mandates.replace_person(conversation.workspace, _begun_meeting(conversation), seat, name)
    else:
        code = "" if fold(text) in _NO_MANDATE else table_mandates.read_mandate(conversation.workspace, text)
        if code or seat.mandate:
            table_mandates.give_mandate(conversation.workspace, _begun_meeting(conversation), seat, code)
    changed_seat = _seats(conversation, _current_meeting(conversation))[seat_number - 1]
    conversation.keep(_seat_words(conversation, changed_seat) + ".")


def _chosen_seats(conversation: Conversation, argument: str) -> Sequence[Seat]:
    """Return the seats that a command names or numbers. Raises BadValue for anything else, and for two of one name."""
    all_seats = _seats(conversation, _current_meeting(conversation))
    # A whole name comes first: it may be a word such as « all », or a number.
    by_name = [seat for seat in all_seats if argument and _has_name(conversation, seat, argument)]
    if len(by_name) > 1:
        raise BadValue(_("Several are called “{text}”: type the number that /meeting reads.").format(text=argument))
    return by_name or [all_seats[number - 1] for number in _read_numbers(argument, len(all_seats))]


def _seat_now(conversation: Conversation, meeting: Entry, seat: Seat) -> Seat:
    """Return a seat as it is now: what was noted before of another one may have moved it in the list."""
    return next((present_seat for present_seat in _seats(conversation, meeting) if present_seat.key == seat.key), seat)


def _has_name(conversation: Conversation, seat: Seat, text: str) -> bool:
    """Return whether a text is the whole name of somebody."""
    return fold(seat_name(conversation.workspace.partnership, seat, conversation.workspace.lang)) == fold(text)


def _read_numbers(text: str, count: int) -> Sequence[int]:
    """Return the numbers, from 1 to `count`, of « 1, 3 », « 2-4 » or « all ». Raises BadValue for anything else."""
    if fold(text) in _ALL:
        return range(1, count + 1)
    numbers: list[int] = []
    for piece in filter(None, re.split(r"[,;\s]+", text.strip())):
        match = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3}))?", piece, re.ASCII)  # « 3 » or « 2-4 »
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)  # 0 is never a number of the list
        if not 1 <= first <= last <= count:
            raise BadValue(
                _("“{text}” is not a number on this list: /meeting reads it.").format(text=piece[:_QUOTED_LETTERS])
            )
        numbers += range(first, last + 1)
    if not numbers:
        raise BadValue(_("Type the numbers behind the command: /meeting reads the list."))
    return numbers


def note_arrival(conversation: Conversation, argument: str) -> None:
    """Note that somebody who is not on the list is there: « Name; title ». Raises BadValue without a name."""
    if not argument:
        raise BadValue(_("Type the name behind the command: /arrived Name; title."))
    running = _begun_meeting(conversation)
    row = meeting_edits.note_arrival(conversation.workspace, running, argument)
    seat = next(seat for seat in _seats(conversation, running) if row.id in (seat.row, seat.key))
    conversation.keep(_seat_words(conversation, seat) + ".")


def _noted_words(conversation: Conversation, row: Entry) -> str:
    """Return what was noted, who takes it and by when, as the program understood it."""
    workspace = conversation.workspace
    row = workspace.partnership.entries.get(row.id, row)
    due = str(row.get("due") or "")
    words = (
        row.text("text", workspace.lang),
        meeting_edits.who_words(workspace, row),
        format_date(due, workspace.lang) if due else "",
    )
    return _("; ").join(filter(None, words))


def _note_command(note: Callable[..., Entry], message: Callable[[], str]) -> Action:
    """Return the command that notes something by `note`, and prints it; `message` returns the text, with {words}."""

    def note_and_print(conversation: Conversation, argument: str) -> None:
        if not argument:
            raise BadValue(_("Type the words behind the command: what; who; when."))
        if conversation.meeting is not None:
            _begun_meeting(conversation)
        row = note(conversation.workspace, argument)
        noted_at = meeting_edits.todays_meeting(conversation.workspace)
        warning = meeting_edits.naming_warning(
            conversation.workspace, noted_at, row.text("text", conversation.workspace.lang)
        )
        noted = sentence(message().format(words=_noted_words(conversation, row)))
        conversation.keep(" ".join(filter(None, (noted, warning))))

    return note_and_print


def minutes(conversation: Conversation, argument: str) -> None:
    """Print the minutes of the meeting that runs, or of the last one. Raises BadValue if there is none."""
    latest = meeting_edits.latest_meeting(conversation.workspace)
    if latest is None:
        raise BadValue(_("No meeting is running: /meeting opens today's."))
    conversation.minutes_read = _minutes_text(conversation, latest)
    conversation.talk.say(conversation.minutes_read)


def _minutes_text(conversation: Conversation, meeting_entry: Entry) -> str:
    """Return the minutes of a meeting as they are printed."""
    document = meeting_edits.composed_minutes(conversation.workspace, conversation.store, meeting_entry)
    return to_text(document, wrap=None).rstrip("\n")


def close_meeting(conversation: Conversation, argument: str) -> None:
    """End the meeting, and print its minutes unless that was done since the last change.

    Raises BadValue if no meeting is running.
    """
    running = meeting_edits.running_meeting(conversation.workspace)
    if running is None:
        raise BadValue(_("No meeting is running: /meeting opens today's."))
    meeting_edits.close_meeting(conversation.workspace, running)
    conversation.meeting = None  # what is typed next belongs to no meeting
    if conversation.minutes_read == _minutes_text(conversation, running):
        conversation.keep(_("The meeting is closed; /meeting takes it up again today, /minutes reads it once more."))
        return
    conversation.keep(_("The meeting is closed; /meeting takes it up again today. Its minutes:"))
    minutes(conversation, "")


def stays_at_meeting(conversation: Conversation, command: Command) -> bool:
    """Return whether the lines typed after a command still belong to the meeting that /meeting opened.

    They do after a command of meetings, or after one that only prints something; any other goes back to the questions.
    """
    if conversation.meeting is None or command.id == "close_meeting":
        return False
    meeting_commands = (
        ACTIONS, line_noted.ACTIONS, line_minutes.ACTIONS, line_rounds.ACTIONS, line_conditions.ACTIONS,
    )  # fmt: skip
    if any(command.id in actions for actions in meeting_commands):
        return True
    return conversation.at_meeting and (command.line.tells or command.id in ("undo", "redo"))


def take_line(conversation: Conversation, line: str) -> None:
    """Take a line without a command at the meeting: an empty one goes back to the question, others raise BadValue."""
    if line.strip() not in ("", "."):
        message = _("“{text}” was not noted: /decision, /task or /aside says what it is. An empty line goes back.")
        raise BadValue(message.format(text=line.strip()[:_QUOTED_LETTERS]))
    conversation.at_meeting = False
    conversation.refresh()


ACTIONS: dict[str, Action] = {
    "meeting": meeting,
    "present": _presence_command(PRESENT),
    "excused": _presence_command(EXCUSED),
    "absent": _presence_command(ABSENT),
    "left_meeting": _absence_command(meeting_edits.toggle_left, N_("{name}: has left.")),
    "stands_aside": _absence_command(
        meeting_edits.toggle_stands_aside, N_("{name}: stands aside, which stays private.")
    ),
    "mandate": mandate,
    "arrive": note_arrival,
    "decision": _note_command(meeting_edits.note_decision, lambda: _("Saved, a decision: {words}")),
    "task": _note_command(meeting_edits.note_task, lambda: _("Saved, a task: {words}")),
    "aside": _note_command(meeting_edits.note_point, lambda: _("Saved, a point set aside: {words}")),
    "minutes": minutes,
    "close_meeting": close_meeting,
}
