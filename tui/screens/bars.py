"""The first and the last lines: where one is, whether it is saved, whether one writes or moves, and the next keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands import WORK, footer, hint, key_name
from tui.desk.place import NOTE
from tui.desk.practice import is_trial
from tui.project.partners import partner
from tui.screens.notices import RETRY_AFTER, failed_words, foot_notice, head_notices
from tui.screens.plan import milestone_line
from tui.text.dates import format_moment
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells
from tui.widgets.lines import Line, Piece
from tui.words import _

if TYPE_CHECKING:
    from tui.desk.desk import Desk
    from tui.screens.work import WorkScreen


LOW = 18  # rows below which there is one line at the foot, and no line of the document


def saved_words(desk: Desk) -> tuple[str, str]:
    """What the status line says of saving, and the style it says it in."""
    state = desk.state
    if state.kind == "failed":
        return failed_words(desk, RETRY_AFTER), "error"
    if state.kind == "saving" or desk.edits.at_risk:
        return _("saving…"), "muted"
    moment = format_moment(state.at, desk.lang) if state.at else ""
    return (_("saved {time}").format(time=moment) if moment else _("saved")), "muted"


def head_line(screen: WorkScreen) -> Line:
    """The title on the left; version, saving and language on the right."""
    desk, width = screen.desk, screen.size.width
    said, style = saved_words(desk)
    where = _where(desk)
    right: list[str] = [said]
    if screen.panes > 1:
        right = [desk.agreement.version, said, desk.lang]
    tail = " · ".join(filter(None, right))
    if style == "error":
        tail = said
    tail = shorten(tail, width - 12)
    notices = head_notices(desk, width)
    if is_trial(desk):
        notices = (Piece(_("trial, to throw away") + "  ", "accent"), *notices)
    room = max(width - sum(cells(piece.text) for piece in notices) - cells(tail) - 4, 8)
    left = desk.title
    if screen.panes < 3:
        left = f"{shorten(desk.title, max(room - cells(where) - 3, 8))} · {where}" if room > 30 else desk.title
    left = shorten(left, room)
    gap = " " * max(room - cells(left) + 1, 1)
    return (Piece(f" {left}", "title"), Piece(gap), *notices, Piece(tail, style))


def _where(desk: Desk) -> str:
    """« Ouvrir la discussion · 6 sur 6 »."""
    step = next(step for step in desk.guide.steps if step.id == desk.question.step)
    if step.aside:
        return desk.question.short.get(desk.lang)
    at = [question.id for question in step.questions].index(desk.place.question) + 1
    count = _("{done} of {total}").format(done=at, total=len(step.questions))
    return f"{step.short.get(desk.lang)} · {count}"


def foot_lines(screen: WorkScreen) -> list[Line]:
    """What is missing (or the message of the moment), then the mode and the keys."""
    width = screen.size.width
    rows = 1 if screen.size.height < LOW else 2
    said = said_lines(screen.message, width, rows)
    if rows == 1 or len(said) == rows:
        return said or [keys_line(screen)]  # no room: what is said now, else what can be pressed
    lines = said or foot_notice(screen.desk, width) or _next_line(screen.desk, width)
    return [*lines, keys_line(screen)]


def said_lines(message: str, width: int, rows: int) -> list[Line]:
    """A message in up to `rows` rows, such as a path that is longer than the screen is wide; [] without one."""
    if not message:
        return []
    lines = wrap(message, width - 2, " ", " ")
    if len(lines) > rows:
        lines = [*lines[: rows - 1], " " + shorten(" ".join(line.strip() for line in lines[rows - 1 :]), width - 2)]
    return [(Piece(line, "accent"),) for line in lines]


def _next_line(desk: Desk, width: int) -> list[Line]:
    """What is still missing; in a trial, what to try next."""
    if not is_trial(desk):
        return milestone_line(desk, width)
    from tui.screens.lessons import lesson  # here: trials are few

    return [(Piece(f" {shorten(lesson(desk), width - 2)}", "accent"),)]


def keys_line(screen: WorkScreen) -> Line:
    """« Vous écrivez · ACSM   F4 suivante   F8 copier … », as many keys as fit."""
    desk, width = screen.desk, screen.size.width
    mode = _("You are writing") if screen.writing else _("You are moving")
    one = partner(desk.project, desk.place.partner) if desk.question.scope != "project" else None
    name = one.short(desk.lang) if one is not None else ""
    pieces = [Piece(f" {mode}", "strong")]
    if name and width >= 70:
        pieces.append(Piece(" · " + shorten(name, 24), "accent"))
    used = sum(cells(piece.text) for piece in pieces)
    hints = [(_("Esc"), _("plan"))] if screen.writing else [(_("Enter"), _("write"))]
    if desk.place.question == NOTE:
        hints += [*hint("sort_line", _("sort")), *hint("call", _("back"))]
    hints += [(key_name(command), command.footer_name) for command in footer(WORK)]
    for at, (key, words) in enumerate(hints[:6]):
        room = cells(key) + cells(words) + 4
        if used + room > width - 1 or (width < 100 and at > 4):
            break
        pieces += [Piece(f"   {key} ", "strong"), Piece(words, "muted")]
        used += room
    return tuple(pieces)
