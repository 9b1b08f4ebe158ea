"""A meeting line by line: who is there, what is decided, who does what, what is set aside, and its minutes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tui.desk import meetings
from tui.export.plain import to_text
from tui.plain.sitting import Sitting
from tui.project.kinds import BadValue
from tui.project.meetings import ABSENT, EXCUSED, PRESENT, Seat, named, seats
from tui.project.partners import partner
from tui.project.values import Entry
from tui.text.dates import format_date
from tui.text.names import fold
from tui.words import _

Action = Callable[[Sitting, str], None]
_ALL = ("all", "tous", "toutes", "everyone")


def meeting(sitting: Sitting, argument: str) -> None:
    """Open today's meeting, or tell of it: everyone by number, and how each thing is noted."""
    held = meetings.opened(sitting.desk)
    if held.get("closed"):
        meetings.resume(sitting.desk, held)
    sitting.keep(_("Meeting of {date}").format(date=format_date(str(held.get("on", "")), sitting.desk.lang)) + ".")
    for line in _everyone(sitting, held):
        sitting.talk.say(line)
    sitting.talk.say(_("/present 1, 3 or /present all says who is there; /excused 2, /absent 4; /arrived Name; title."))
    sitting.talk.say(
        _("/decision, /task and /aside note the words behind them; /minutes reads it all; /close ends it.")
    )


def _running(sitting: Sitting) -> Entry:
    found = meetings.current(sitting.desk)
    if found is None:
        raise BadValue(_("No meeting is running: /meeting opens today's."))
    return found


def _seats(sitting: Sitting, held: Entry) -> Sequence[Seat]:
    return seats(sitting.desk.project, held.id, sitting.desk.lang)


def _everyone(sitting: Sitting, held: Entry) -> list[str]:
    return [f"{number}. {_of(sitting, seat)}" for number, seat in enumerate(_seats(sitting, held), 1)]


def _of(sitting: Sitting, seat: Seat) -> str:
    """« Marie Tremblay, directrice, le Collège : présente »."""
    desk = sitting.desk
    one = partner(desk.project, seat.partner) if seat.partner else None
    whose = one.short(desk.lang) if one is not None and seat.name else ""
    words = ", ".join(filter(None, (named(desk.project, seat, desk.lang), seat.title, whose)))
    return words + (_(": ") + desk.guide.choice("presence", seat.mark, desk.lang) if seat.mark else "")


def _marker(presence: str) -> Action:
    def mark(sitting: Sitting, argument: str) -> None:
        held = _running(sitting)
        for number in _numbers(argument, len(_seats(sitting, held))):
            seat = _seats(sitting, held)[number - 1]
            meetings.mark(sitting.desk, held, seat, presence)
            sitting.keep(_of(sitting, _seats(sitting, held)[number - 1]) + ".")

    return mark


def _numbers(text: str, count: int) -> Sequence[int]:
    """« 1, 3 », « 2-4 » or « all ». BadValue for anything else."""
    if fold(text) in _ALL:
        return range(1, count + 1)
    found: list[int] = []
    for piece in filter(None, re.split(r"[,;\s]+", text.strip())):
        ends = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3}))?", piece, re.ASCII)
        first, last = (int(ends[1]), int(ends[2] or ends[1])) if ends else (0, 0)
        if not 1 <= first <= last <= count:
            raise BadValue(_("“{text}” is no number of this list: /meeting reads it.").format(text=piece[:40]))
        found += range(first, last + 1)
    if not found:
        raise BadValue(_("Type the numbers behind the command: /meeting reads the list."))
    return found


def arrived(sitting: Sitting, argument: str) -> None:
    """Someone who is in no list is there."""
    if not argument:
        raise BadValue(_("Type the name behind the command: /arrived Name; title."))
    meetings.arrive(sitting.desk, _running(sitting), argument)
    sitting.keep()


def _noter(note: Callable[..., Entry]) -> Action:
    def noted(sitting: Sitting, argument: str) -> None:
        if not argument:
            raise BadValue(_("Type the words behind the command: what; who; when."))
        note(sitting.desk, argument)
        sitting.keep()

    return noted


def minutes(sitting: Sitting, argument: str) -> None:
    """Read the minutes of the meeting that runs, or of the last one."""
    held = meetings.latest(sitting.desk)
    if held is None:
        raise BadValue(_("No meeting is running: /meeting opens today's."))
    sitting.talk.say(to_text(meetings.written(sitting.desk, sitting.store, held), wrap=None).rstrip("\n"))


def close(sitting: Sitting, argument: str) -> None:
    """End the meeting, and read its minutes."""
    held = _running(sitting)
    meetings.close(sitting.desk, held)
    sitting.keep(_("The meeting is closed; /meeting takes it up again today. Its minutes:"))
    minutes(sitting, "")


ACTIONS: dict[str, Action] = {
    "meeting": meeting,
    "present": _marker(PRESENT),
    "excused": _marker(EXCUSED),
    "absent": _marker(ABSENT),
    "arrived": arrived,
    "decision": _noter(meetings.decide),
    "task": _noter(meetings.task),
    "aside": _noter(meetings.set_aside),
    "minutes": minutes,
    "close": close,
}
