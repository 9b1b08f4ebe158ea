"""What to try next in a trial, told from what was done so far."""

from __future__ import annotations

from collections.abc import Callable

from tui.commands import key_meanwhile
from tui.desk.desk import Desk
from tui.desk.place import NOTE
from tui.desk.sorting import SENT, note_of
from tui.project.completion import has
from tui.project.partners import partners
from tui.words import _


def lesson(desk: Desk) -> str:
    """The next thing to try, from what was done so far."""
    tried = [done(desk) for done, _said in _LESSONS]
    at = next((at for at, done in enumerate(tried) if not done), len(tried))
    if at == len(tried):
        return _("You have seen the essential. {key} throws this trial away.").format(key=key_meanwhile("throw_away"))
    said = _LESSONS[at][1](desk)
    return _("To try, {n} of {total}: {what}").format(n=at + 1, total=len(tried), what=said)


def _other(desk: Desk) -> str:
    return next((one.id for one in partners(desk.project)[1:2]), "")


def _sorted(desk: Desk) -> bool:
    return SENT in note_of(desk, _other(desk))


def _interested(desk: Desk) -> bool:
    one = desk.project.entry(_other(desk))
    return one is None or one.get("status") not in ("prospective", "contacted")


def _vision(desk: Desk) -> bool:
    return has(desk.project.entry("gather.vision"), "vision")


def _shared(desk: Desk) -> bool:
    return any(len(row.givers) > 1 for row in desk.project.rows("open.contributions", "rows"))


def _say_sort(desk: Desk) -> str:
    if desk.place.question != NOTE:
        going = key_meanwhile("call") if desk.place.partner == _other(desk) else key_meanwhile("partner")
        whose = _("opens the note of the call") if desk.place.partner == _other(desk) else _("goes to the youth centre")
        return f"{going} {whose}"
    return _("{key} then Shift+C: a confirmed contribution").format(key=key_meanwhile("sort_line"))


def _say_interested(desk: Desk) -> str:
    return _("“Who, and why”: choose “interested” for the youth centre, and watch the document")


def _say_vision(desk: Desk) -> str:
    return _("{key} lists the questions: write the shared vision").format(key=key_meanwhile("jump"))


def _say_shared(desk: Desk) -> str:
    return _("Contributions: {key} gives one to several partners").format(key=key_meanwhile("same"))


_LESSONS: tuple[tuple[Callable[[Desk], bool], Callable[[Desk], str]], ...] = (
    (_sorted, _say_sort),
    (_interested, _say_interested),
    (_vision, _say_vision),
    (_shared, _say_shared),
)
