"""The first and the last lines: place, saving, other editors, conflicts, and the next keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.commands import WORK, command, footer, hint, key_meanwhile, key_name
from tui.fast_dataclass import dataclass
from tui.i18n import _, ngettext
from tui.partnership.completion import answered_count
from tui.partnership.meetings import running
from tui.partnership.partners import Partner, find_partner
from tui.screens.plan_pane import RAIL_FROM, milestone_line
from tui.store.store_errors import Full, Locked, Moved, NotFound, ReadOnly, StoreError, Unlocked, Vanished
from tui.terminal.line_pane import Line, Piece
from tui.text.dates import format_moment
from tui.text.french_names import filled
from tui.text.widths import shorten, wrap
from tui.text.widths import width as cells
from tui.ui.said_lines import said_lines
from tui.workspace.other_editors import open_conflicts
from tui.workspace.place import NOTE
from tui.workspace.workspace import Workspace, current_moment, is_trial

TITLE = 24  # cells of the partnership's name that are left before anything else of the first line
NAME = 12  # cells of a partner's name, at least
LOW = 18  # rows below which there is one line at the foot, and no line of the document


def saved_words(workspace: Workspace, width: int) -> tuple[str, str]:
    """Return (what the status line says of saving, its style). `width` is that of the line, in cells."""
    state = workspace.state
    if state.kind == "failed":
        return failed_words(workspace, room_for_failure(workspace, width))[0], "error"
    if state.kind == "saving" or workspace.edits.at_risk:
        return _("saving…"), "muted"
    moment = format_moment(state.at, workspace.lang) if state.at and not is_calling(workspace) else ""
    return (_("saved {time}").format(time=moment) if moment else _("saved")), "muted"


def is_calling(workspace: Workspace) -> bool:
    """Return whether somebody is on the telephone: no clock, no finding and no count is shown then."""
    return workspace.place.question == NOTE


@dataclass(frozen=True, slots=True)
class BarFacts:
    """What the first and the last lines are painted from: `width` and `height` of the screen in cells."""

    workspace: Workspace
    width: int
    height: int
    panes: int  # how many panes stand side by side, 1 to 3
    writing: bool  # whether letters write, or act
    message: str  # of the moment, "" for none
    step: bool = False  # whether the page of a sub-step is shown


def head_line(facts: BarFacts) -> Line:
    """The title on the left; version, saving and language on the right, as far as the title can still be read."""
    workspace, width = facts.workspace, facts.width
    said, style = saved_words(workspace, width)
    right = [workspace.version, said, workspace.lang] if facts.panes > 1 and style != "error" else [said]
    if width < RAIL_FROM and not is_calling(workspace):
        right = [_count_words(workspace, width, said), *right]
    flat = head_notices(workspace, width)
    notices = [flat[at : at + 2] for at in range(0, len(flat), 2)]
    if is_trial(workspace):
        notices.insert(0, (Piece(_("trial, to throw away") + "  ", "accent"),))
    where = f" · {_where(workspace)}" if facts.panes < 3 else ""
    moment = cells(_("saved {time}").format(time=format_moment("2026-12-22T22:22", workspace.lang)))
    timed = style != "error" and not is_calling(workspace)
    wait = max(moment - cells(said), 0) if timed else 0  # nothing comes and goes while one writes
    least = min(cells(workspace.title), TITLE)
    while (room := width - wait - _taken(right, notices)) < least + cells(where):
        if len(right) > 1 and width >= RAIL_FROM:  # the language goes first, then the version
            right = right[:-1] if right[-1] != said else [said]
        elif where:
            where = ""
        elif timed:
            timed, wait, said = False, 0, _("under way…") if said == _("saving…") else _("saved")
            counted = width < RAIL_FROM and not is_calling(workspace)
            right = [f"{_count_words(workspace, width, said)} {said}"] if counted else [said]
        elif notices:
            notices.pop()
        else:
            break
    tail = shorten(" · ".join(filter(None, right)), width - 12)
    spare = 1 if width < RAIL_FROM else 0  # of the two cells left free at the right
    room = max(width - _taken([tail], notices) + spare, 8)
    left = shorten(shorten(workspace.title, max(room - cells(where), 8)) + where, room)
    gap = " " * max(room - cells(left) + 1, 1)
    return (Piece(f" {left}", "title"), Piece(gap), *(item for pair in notices for item in pair), Piece(tail, style))


def _count_words(workspace: Workspace, width: int, said: str) -> str:
    """« 5 sur 17 »: what a wider screen shows in the plan; « 5/17 » where the title needs the room."""
    done, total = answered_count(workspace.guide, workspace.progress)
    words = _("{done} of {total}").format(done=done, total=total)
    room = width - cells(words) - cells(said) - 7
    return words if room >= min(cells(workspace.title), TITLE) else f"{done}/{total}"


def _taken(right: Sequence[str], notices: Iterable[tuple[Piece, ...]]) -> int:
    """The cells of what stands on the right, and of the space around the title."""
    tail = " · ".join(filter(None, right))
    return cells(tail) + sum(cells(piece.text) for pieces in notices for piece in pieces) + 4


def _where(workspace: Workspace) -> str:
    """« Ouvrir la discussion · 6 sur 6 »."""
    step = next(step for step in workspace.guide.steps if step.id == workspace.question.step)
    if step.aside:
        return workspace.question.short.get(workspace.lang)
    at = [question.id for question in step.questions].index(workspace.place.question) + 1
    count = _("{done} of {total}").format(done=at, total=len(step.questions))
    return f"{step.short.get(workspace.lang)} · {count}"


def foot_lines(facts: BarFacts) -> list[Line]:
    """Return what is missing (or the message of the moment), then the mode and the keys."""
    workspace, width, low = facts.workspace, facts.width, facts.height < LOW
    said = said_lines(facts.message, width, max(facts.height // 3, 2))
    if not said and (workspace.state.kind == "failed" or not low):
        said = foot_notice(workspace, width)
    if low:
        # No room: what is said, else what can be pressed. What takes several lines leaves at least half to the form.
        return said if len(said) == 1 or len(said) >= facts.height // 2 else [*said, keys_line(facts)]
    return [*(said or _next_line(workspace, width)), keys_line(facts)]


def _next_line(workspace: Workspace, width: int) -> list[Line]:
    """Return what is still missing; in a trial, what to try next."""
    said = ""
    if is_trial(workspace):
        from tui.screens.plan_pane import lesson  # here: trials are few

        said = lesson(workspace)
    if not said:
        return [()] if is_calling(workspace) else milestone_line(workspace, width)
    return [(Piece(f" {shorten(said, width - 2)}", "accent"),)]


def keys_line(facts: BarFacts) -> Line:
    """« Vous écrivez · ACSM   F4 suivante   F6 partenaire … », as many keys as fit; the name leaves them their room."""
    workspace, width = facts.workspace, facts.width
    each = workspace.question.scope != "project" and not facts.step  # there, the row tells the partner
    mode = " " + (_mode(workspace) if facts.writing else _("You are moving"))
    partner = find_partner(workspace.partnership, workspace.place.partner) if each else None
    name = _called(workspace, partner) if partner is not None and width >= 70 else ""
    gap = 3 if width >= 100 else 2
    room = width - 1 - cells(mode)
    hints, first = _hints(facts, each)
    needed = first + 3 if each else first
    least = 0 if not name else 3 + (min(cells(name), NAME) if first == 1 else 0)
    if each and room - _wide(hints[:needed], gap) < least:  # all commands are found by their key anyway
        hints.append(hints.pop(first))
        needed -= 1
    pieces = [Piece(mode, "strong")]
    if name:
        left = room - _wide(hints[:needed], gap) - 3
        name = shorten(name, min(max(left, NAME if first == 1 else 0), 24)) if left > 3 or first == 1 else ""
    if name:
        pieces.append(Piece(f" · {name}", "accent"))
        room -= cells(name) + 3
    for key, words in hints[: max(5, needed) if width < 100 else 6]:
        room -= _wide([(key, words)], gap)
        if room < 0:
            break
        pieces += [Piece(" " * gap + f"{key} ", "strong"), Piece(words, "muted")]
    return tuple(pieces)


def _mode(workspace: Workspace) -> str:
    """« Vous écrivez », and in which language where it is not the screen's."""
    if workspace.typed_lang == workspace.lang:
        return _("You are writing")
    return _("You are writing in French") if workspace.typed_lang == "fr" else _("You are writing in English")


def _called(workspace: Workspace, partner: Partner) -> str:
    """Return a partner's short name; of one that left, what it is before it: it is in no count and no document."""
    name = partner.short(workspace.lang)
    return name if partner.active else f"{workspace.guide.choice('status', partner.status, workspace.lang)} · {name}"


def _hints(facts: BarFacts, each: bool) -> tuple[list[tuple[str, str]], int]:
    """The keys by how much they are wanted, and how many of them are the place's own, before those of the table."""
    workspace = facts.workspace
    if facts.step:
        there = [(_("Enter"), _("open")), *hint("next", _("next sub-step")), (_("Esc"), _("plan"))]
        return [
            *there,
            *((key_name(command), command.footer_name) for command in footer(WORK) if command.id != "next"),
        ], 2
    found = [(_("Esc"), _("plan"))] if facts.writing else [(_("Enter"), _("write"))]
    if workspace.place.question == NOTE:
        found += [*hint("sort_line", _("sort")), *hint("call", _("back"))]
    first = len(found)
    wanted = [command for command in footer(WORK) if command.id != "partner"]
    if each:
        at = next((at for at, command in enumerate(wanted, 1) if command.id == "next"), 0)
        wanted[at:at] = [command for command in footer(WORK) if command.id == "partner"]
    found += [(key_name(command), command.footer_name) for command in wanted]
    if facts.writing and workspace.typed_lang != workspace.lang:
        own = _("document in French") if workspace.lang == "fr" else _("document in English")
        found.insert(first + (3 if each else 1), (key_meanwhile("document_language"), own))
    if not facts.writing:
        keys = " ".join(filter(None, (key_name(command(f"step_{number}")) for number in (1, 2, 3))))
        found.insert(first + (3 if each else 2), (keys, _("sub-steps")))
    return found, first


def _wide(hints: Iterable[tuple[str, str]], gap: int) -> int:
    return sum(gap + cells(key) + 1 + cells(words) for key, words in hints)


RETRY_AFTER = 5.0  # seconds after which a save that failed is tried again (store.md)


def in_short(error: StoreError) -> str:
    """Why a save failed, in two or three words; "" where there is no short way to say it."""
    if error.short_words:
        return error.short_words
    if isinstance(error, Full):
        return _("the disk is full")
    if isinstance(error, Moved):
        return _("the partnerships are elsewhere now")
    if isinstance(error, ReadOnly):
        return _("this folder may not be written")
    if isinstance(error, Vanished | NotFound):
        return _("the folder is gone")
    if isinstance(error, Locked):
        return _("someone else is saving")
    if isinstance(error, Unlocked):
        return _("this disk cannot lock")
    return ""


def failed_words(workspace: Workspace, room: int) -> tuple[str, str]:
    """Return (what the header says while saving fails, in `room` cells; what the footer says of it instead).

    The second is "" where the header has room for all.
    """
    state = workspace.state
    reason = state.short or state.reason
    if not workspace.edits.at_risk:
        said = _("NOTHING CAN BE SAVED: {reason}").format(reason=reason)
        return (said if cells(said) <= room else _("NOTHING CAN BE SAVED")), ""
    whole = _("NOT SAVED: {reason}, the text is kept, trying again in {n} s")
    whole = whole.format(reason=reason, n=round(RETRY_AFTER))
    if cells(whole) <= room:
        return whole, ""
    rest = _("The text is kept, trying again in {n} s.").format(n=round(RETRY_AFTER))
    said = _("NOT SAVED: {reason}").format(reason=reason)
    return (said if cells(said) <= room else _("NOT SAVED")), rest


def room_for_failure(workspace: Workspace, width: int) -> int:
    """Return the cells of the head that a failure may take: some letters of the title stay."""
    return width - min(cells(workspace.title), 8) - 4


def head_notices(workspace: Workspace, width: int) -> tuple[Piece, ...]:
    """Who else is here, what has two texts, is running or is late, in up to `width` cells."""
    pieces: list[Piece] = []
    count = len({(conflict.entry, conflict.cell) for conflict in open_conflicts(workspace.partnership)})
    if count and not is_calling(workspace):
        said = ngettext("2 texts for 1 answer: {key}", "2 texts for {n} answers: {key}", count)
        pieces.append(Piece(said.format(n=count, key=key_meanwhile("conflicts")), "warn"))
    if running(workspace.partnership, current_moment()) is not None:
        pieces.append(Piece(_("meeting: {key}").format(key=key_meanwhile("meeting")), "accent"))
    if workspace.due_counts[0] and not is_calling(workspace):
        said = ngettext("{n} late: {key}", "{n} late: {key}", workspace.due_counts[0])
        pieces.append(Piece(said.format(n=workspace.due_counts[0], key=key_meanwhile("due")), "warn"))
    if workspace.other_editors.present:
        said = _("also open: {names}").format(names=", ".join(workspace.other_editors.present))
        pieces.append(Piece(shorten(said, max(width // 3, 16)), "accent"))
    return tuple(part for piece in pieces for part in (piece, Piece("  ·  ", "muted")))


def foot_notice(workspace: Workspace, width: int) -> list[Line]:
    """Why saving fails, in full, or what others changed since the last key; [] when there is nothing to say."""
    if workspace.state.kind == "failed":
        _said, rest = failed_words(workspace, room_for_failure(workspace, width))
        return [
            (Piece(line, "error"),) for line in wrap(f"{workspace.state.reason} {rest}".strip(), width - 2, " ", " ")
        ]
    count = len(workspace.other_editors.changes)
    if not count:
        return []
    if workspace.other_editors.changed_by:
        said = ngettext("{n} change by {names}", "{n} changes by {names}", count)
    else:
        said = ngettext("{n} change by someone else", "{n} changes by someone else", count)
    return [(Piece(" " + filled(said, n=count, names=_and(workspace.other_editors.changed_by)), "accent"),)]


def _and(names: tuple[str, ...]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
