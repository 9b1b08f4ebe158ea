"""What the bars say of saving that failed, of others who are here, and of answers with two texts."""

from __future__ import annotations

from tui.commands import key_meanwhile
from tui.desk.company import disputed
from tui.desk.desk import Desk, now
from tui.project.meetings import running
from tui.store.errors import Full, Locked, NotFound, ReadOnly, StoreError, Vanished
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells
from tui.widgets.lines import Line, Piece
from tui.words import _, ngettext

RETRY_AFTER = 5.0  # seconds after which a save that failed is tried again (store.md)


def in_short(error: StoreError) -> str:
    """Why a save failed, in two or three words; "" where there is no short way to say it."""
    if isinstance(error, Full):
        return _("the disk is full")
    if isinstance(error, ReadOnly):
        return _("this folder may not be written")
    if isinstance(error, Vanished | NotFound):
        return _("the folder is gone")
    if isinstance(error, Locked):
        return _("someone else is saving")
    return ""


def failed_words(desk: Desk, room: int) -> tuple[str, str]:
    """What the head says in `room` cells while saving fails, and what it has no room for: the foot says that."""
    state = desk.state
    reason = state.short or state.reason
    if not desk.edits.at_risk:
        said = _("NOTHING CAN BE SAVED: {reason}").format(reason=reason)
        return (said if cells(said) <= room else _("NOTHING CAN BE SAVED")), ""
    whole = _("NOT SAVED: {reason}, the text is kept, trying again in {n} s")
    whole = whole.format(reason=reason, n=round(RETRY_AFTER))
    if cells(whole) <= room:
        return whole, ""
    rest = _("The text is kept, trying again in {n} s.").format(n=round(RETRY_AFTER))
    said = _("NOT SAVED: {reason}").format(reason=reason)
    return (said if cells(said) <= room else _("NOT SAVED")), rest


def room_for_failure(desk: Desk, width: int) -> int:
    """The cells of the head that a failure may take: some letters of the title stay."""
    return width - min(cells(desk.title), 8) - 4


def head_notices(desk: Desk, width: int) -> tuple[Piece, ...]:
    """Who else is here, how many answers have two texts, and the meeting that is running, in up to `width` cells."""
    pieces: list[Piece] = []
    count = len({(one.entry, one.cell) for one in disputed(desk.project)})
    if count:
        said = ngettext("2 texts for 1 answer: {key}", "2 texts for {n} answers: {key}", count)
        pieces.append(Piece(said.format(n=count, key=key_meanwhile("conflicts")), "warn"))
    if running(desk.project, now()) is not None:
        pieces.append(Piece(_("meeting: {key}").format(key=key_meanwhile("meeting")), "accent"))
    if desk.company.here:
        said = _("also open: {names}").format(names=", ".join(desk.company.here))
        pieces.append(Piece(shorten(said, max(width // 3, 16)), "accent"))
    return tuple(part for piece in pieces for part in (piece, Piece("  ·  ", "muted")))


def foot_notice(desk: Desk, width: int) -> list[Line]:
    """Why saving fails, in full, or what others changed since the last key; [] when there is nothing to say."""
    if desk.state.kind == "failed":
        _said, rest = failed_words(desk, room_for_failure(desk, width))
        return [(Piece(line, "error"),) for line in wrap(f"{desk.state.reason} {rest}".strip(), width - 2, " ", " ")]
    count = len(desk.company.changes)
    if not count:
        return []
    if desk.company.by:
        said = ngettext("{n} change by {names}", "{n} changes by {names}", count)
    else:
        said = ngettext("{n} change by someone else", "{n} changes by someone else", count)
    return [(Piece(" " + said.format(n=count, names=_and(desk.company.by)), "accent"),)]


def _and(names: tuple[str, ...]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
