"""The first and last lines of the working screen: title, saving, other editors, conflicts, what is missing, keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tui.commands import WORK, command, footer, hint, key_meanwhile, key_name
from tui.fast_dataclass import dataclass
from tui.i18n import _, ngettext
from tui.partnership.completion import answered_count
from tui.partnership.meetings import meeting_open_at
from tui.partnership.partners import Partner, find_partner
from tui.screens.plan_pane import RAIL_FROM_WIDTH, milestone_line
from tui.store.store_errors import Full, Locked, Moved, NotFound, ReadOnly, StoreError, Unlocked, Vanished
from tui.terminal.line_pane import Line, Piece
from tui.text.dates import format_time_of_day
from tui.text.french_names import fill_sentence
from tui.text.widths import first_lines, shorten, wrap
from tui.text.widths import width as cells
from tui.ui.message_lines import message_lines
from tui.workspace.other_editors import open_conflicts
from tui.workspace.place import NOTE
from tui.workspace.workspace import Workspace, current_moment, is_trial

MIN_TITLE_CELLS = 24  # cells of the partnership's title in the first line, at least
MIN_NAME_CELLS = 12  # cells of a partner's name, at least
LOW_SCREEN_ROWS = 18  # on a screen of fewer rows there is one line at the foot, and no excerpt of the document


def saved_words(workspace: Workspace, width: int) -> tuple[str, str]:
    """Return (words on saving for the first line, their style). `width` is that of the line, in cells."""
    state = workspace.state
    if state.kind == "failed":
        return failed_words(workspace, room_for_failure(workspace, width))[0], "error"
    if state.kind == "saving" or workspace.edits.at_risk:
        return _("saving…"), "muted"
    moment = format_time_of_day(state.at, workspace.lang) if state.at and not is_calling(workspace) else ""
    return (_("saved {time}").format(time=moment) if moment else _("saved")), "muted"


def is_calling(workspace: Workspace) -> bool:
    """Return whether the user is on the telephone: then no clock, no warning and no count is shown."""
    return workspace.place.question == NOTE


@dataclass(frozen=True, slots=True)
class BarFacts:
    """What the first and the last lines are painted from."""

    workspace: Workspace
    width: int  # of the screen, in cells
    height: int  # of the screen, in rows
    panes: int  # how many panes are side by side, 1 to 3
    writing: bool  # whether letters are typed into a field; else they are commands
    message: str  # to be shown in the last lines, "" for none
    step: bool = False  # whether the page of a sub-step is shown


def head_line(facts: BarFacts) -> Line:
    """Return the first line: title at the left; notices, version, saving and language at the right.

    If the line is too short, parts are left out one by one until MIN_TITLE_CELLS of the title fit.
    """
    workspace, width = facts.workspace, facts.width
    saved, style = saved_words(workspace, width)
    right = [workspace.version, saved, workspace.lang] if facts.panes > 1 and style != "error" else [saved]
    if width < RAIL_FROM_WIDTH and not is_calling(workspace):
        right = [_count_words(workspace, width, saved), *right]
    pieces = head_notices(workspace, width)
    notices = [pieces[at : at + 2] for at in range(0, len(pieces), 2)]
    if is_trial(workspace):
        notices.insert(0, (Piece(_("trial, to throw away") + "  ", "accent"),))
    position = f" · {_position_words(workspace)}" if facts.panes < 3 else ""
    longest_saved = cells(_("saved {time}").format(time=format_time_of_day("2026-12-22T22:22", workspace.lang)))
    has_time = style != "error" and not is_calling(workspace)
    # Room for the longest words on saving is reserved, so that no part comes and goes while the user writes.
    reserved_cells = max(longest_saved - cells(saved), 0) if has_time else 0
    least_title_cells = min(cells(workspace.title), MIN_TITLE_CELLS)
    while (room := width - reserved_cells - _right_cells(right, notices)) < least_title_cells + cells(position):
        if len(right) > 1 and width >= RAIL_FROM_WIDTH:  # the language goes first, then the version
            right = right[:-1] if right[-1] != saved else [saved]
        elif position:
            position = ""
        elif has_time:
            has_time, reserved_cells, saved = False, 0, _("under way…") if saved == _("saving…") else _("saved")
            shows_count = width < RAIL_FROM_WIDTH and not is_calling(workspace)
            right = [f"{_count_words(workspace, width, saved)} {saved}"] if shows_count else [saved]
        elif notices:
            notices.pop()
        else:
            break
    tail = shorten(" · ".join(filter(None, right)), width - 12)
    spare = 1 if width < RAIL_FROM_WIDTH else 0  # of the two cells left free at the right
    room = max(width - _right_cells([tail], notices) + spare, 8)
    left_part = shorten(shorten(workspace.title, max(room - cells(position), 8)) + position, room)
    gap = " " * max(room - cells(left_part) + 1, 1)
    return (
        Piece(f" {left_part}", "title"),
        Piece(gap),
        *(item for pair in notices for item in pair),
        Piece(tail, style),
    )


def _count_words(workspace: Workspace, width: int, saved: str) -> str:
    """Return how many questions are answered, « 5 sur 17 », or « 5/17 » if the title needs the room."""
    answered, total = answered_count(workspace.guide, workspace.progress)
    words = _("{done} of {total}").format(done=answered, total=total)
    room = width - cells(words) - cells(saved) - 7
    return words if room >= min(cells(workspace.title), MIN_TITLE_CELLS) else f"{answered}/{total}"


def _right_cells(right: Sequence[str], notices: Iterable[tuple[Piece, ...]]) -> int:
    """Return the cells of the parts at the right and of the space around the title."""
    tail = " · ".join(filter(None, right))
    return cells(tail) + sum(cells(piece.text) for pieces in notices for piece in pieces) + 4


def _position_words(workspace: Workspace) -> str:
    """Return the sub-step and the number of the question in it: « Ouvrir la discussion · 6 sur 6 »."""
    step = next(step for step in workspace.guide.steps if step.id == workspace.question.step)
    if step.aside:
        return workspace.question.short.get(workspace.lang)
    number = [question.id for question in step.questions].index(workspace.place.question) + 1
    count = _("{done} of {total}").format(done=number, total=len(step.questions))
    return f"{step.short.get(workspace.lang)} · {count}"


def foot_lines(facts: BarFacts) -> list[Line]:
    """Return the last lines: the message, a notice, or what is missing; then the mode (writing or moving) and keys."""
    workspace, width, low = facts.workspace, facts.width, facts.height < LOW_SCREEN_ROWS
    lines = message_lines(facts.message, width, max(facts.height // 3, 2))
    if not lines and (workspace.state.kind == "failed" or not low):
        lines = foot_notice(workspace, width)
    if low:
        # A low screen shows a message of one line instead of the keys; a longer message may take half of the screen.
        has_no_room_for_keys = len(lines) == 1 or len(lines) >= facts.height // 2
        return lines if has_no_room_for_keys else [*lines, keys_line(facts)]
    return [*(lines or _next_line(workspace, width)), keys_line(facts)]


def _next_line(workspace: Workspace, width: int) -> list[Line]:
    """Return what the next milestone lacks; in the partnership to practise on what to try next, in up to two lines."""
    text = ""
    if is_trial(workspace):
        from tui.screens.plan_pane import trial_lesson  # imported here: trials are few

        text = trial_lesson(workspace)
    if not text:
        return [()] if is_calling(workspace) else milestone_line(workspace, width)
    return [(Piece(line, "accent"),) for line in first_lines(text, width - 1, 2, " ", " ")]


def keys_line(facts: BarFacts) -> Line:
    """Return « Vous écrivez · ACSM   F4 suivante   F6 partenaire … » with as many keys as fit; the name may be cut."""
    workspace, width = facts.workspace, facts.width
    # Whether the line names the partner; the page of a sub-step shows the partner itself.
    per_partner = workspace.question.scope != "project" and not facts.step
    mode = " " + (_mode(workspace) if facts.writing else _("You are moving"))
    partner = find_partner(workspace.partnership, workspace.place.partner) if per_partner else None
    name = _partner_label(workspace, partner) if partner is not None and width >= 70 else ""
    gap = 3 if width >= 100 else 2
    room = width - 1 - cells(mode)
    hints, first = _key_hints(facts, per_partner)
    needed_hints = first + 3 if per_partner else first
    least_room = 0 if not name else 3 + (min(cells(name), MIN_NAME_CELLS) if first == 1 else 0)
    is_tight = per_partner and room - _hints_cells(hints[:needed_hints], gap) < least_room
    if is_tight:  # the key of the list of commands goes last: it is known anyway
        hints.append(hints.pop(first))
        needed_hints -= 1
    pieces = [Piece(mode, "strong")]
    if name:
        name_room = room - _hints_cells(hints[:needed_hints], gap) - 3
        least_name = MIN_NAME_CELLS if first == 1 else 0
        name = shorten(name, min(max(name_room, least_name), 24)) if name_room > 3 or first == 1 else ""
    if name:
        pieces.append(Piece(f" · {name}", "accent"))
        room -= cells(name) + 3
    for key, words in hints[: max(5, needed_hints) if width < 100 else 6]:
        room -= _hints_cells([(key, words)], gap)
        if room < 0:
            break
        pieces += [Piece(" " * gap + f"{key} ", "strong"), Piece(words, "muted")]
    return tuple(pieces)


def _mode(workspace: Workspace) -> str:
    """Return « Vous écrivez », with the language if it is not that of the interface."""
    if workspace.typed_lang == workspace.lang:
        return _("You are writing")
    return _("You are writing in French") if workspace.typed_lang == "fr" else _("You are writing in English")


def _partner_label(workspace: Workspace, partner: Partner) -> str:
    """Return the short name of a partner, after its status if it has left: « s'est retiré · ACSM »."""
    name = partner.short(workspace.lang)
    return name if partner.active else f"{workspace.guide.choice('status', partner.status, workspace.lang)} · {name}"


def _key_hints(facts: BarFacts, per_partner: bool) -> tuple[list[tuple[str, str]], int]:
    """Return (the keys with what they do, the most likely first; how many of them come before those of commands)."""
    workspace = facts.workspace
    if facts.step:
        page_keys = [(_("Enter"), _("open")), *hint("next", _("next sub-step")), (_("Esc"), _("plan"))]
        return [
            *page_keys,
            *((key_name(command), command.footer_name) for command in footer(WORK) if command.id != "next"),
        ], 2
    hints = [(_("Esc"), _("plan"))] if facts.writing else [(_("Enter"), _("write"))]
    if workspace.place.question == NOTE:
        hints += [*hint("sort_line", _("sort")), *hint("call", _("back"))]
    first = len(hints)
    commands = [command for command in footer(WORK) if command.id != "partner"]
    if per_partner:
        at = next((at for at, command in enumerate(commands, 1) if command.id == "next"), 0)
        commands[at:at] = [command for command in footer(WORK) if command.id == "partner"]
    hints += [(key_name(command), command.footer_name) for command in commands]
    if facts.writing and workspace.typed_lang != workspace.lang:
        own = _("document in French") if workspace.lang == "fr" else _("document in English")
        hints.insert(first + (3 if per_partner else 1), (key_meanwhile("document_language"), own))
    if not facts.writing:
        keys = " ".join(filter(None, (key_name(command(f"step_{number}")) for number in (1, 2, 3))))
        hints.insert(first + (3 if per_partner else 2), (keys, _("sub-steps")))
    return hints, first


def _hints_cells(hints: Iterable[tuple[str, str]], gap: int) -> int:
    """Return the cells that some keys take with what they do, each after a gap."""
    return sum(gap + cells(key) + 1 + cells(words) for key, words in hints)


RETRY_AFTER_SECONDS = 5.0  # seconds after which a save that failed is tried again


def short_reason(error: StoreError) -> str:
    """Return why a save failed, in two or three words; "" if there are no short words for it."""
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
    """Return (words for the first line while saving fails, in `room` cells; the rest of them for the last lines).

    The second is "" if the first line has room for all.
    """
    state = workspace.state
    reason = state.short or state.reason
    if not workspace.edits.at_risk:
        text = _("NOTHING CAN BE SAVED: {reason}").format(reason=reason)
        return (text if cells(text) <= room else _("NOTHING CAN BE SAVED")), ""
    full_text = _("NOT SAVED: {reason}, the text is kept, trying again in {n} s")
    full_text = full_text.format(reason=reason, n=round(RETRY_AFTER_SECONDS))
    if cells(full_text) <= room:
        return full_text, ""
    rest = _("The text is kept, trying again in {n} s.").format(n=round(RETRY_AFTER_SECONDS))
    text = _("NOT SAVED: {reason}").format(reason=reason)
    return (text if cells(text) <= room else _("NOT SAVED")), rest


def room_for_failure(workspace: Workspace, width: int) -> int:
    """Return the cells of the head that a failure may take: some letters of the title stay."""
    return width - min(cells(workspace.title), 8) - 4


def head_notices(workspace: Workspace, width: int) -> tuple[Piece, ...]:
    """Return notices, each followed by a separator: answers with two texts, a running meeting, late items, editors.

    `width` is that of the screen, in cells; the names of other editors take a third of it.
    """
    pieces: list[Piece] = []
    count = len({(conflict.entry, conflict.cell) for conflict in open_conflicts(workspace.partnership)})
    if count and not is_calling(workspace):
        text = ngettext("2 texts for 1 answer: {key}", "2 texts for {n} answers: {key}", count)
        pieces.append(Piece(text.format(n=count, key=key_meanwhile("conflicts")), "warn"))
    if meeting_open_at(workspace.partnership, current_moment()) is not None:
        pieces.append(Piece(_("meeting: {key}").format(key=key_meanwhile("meeting")), "accent"))
    if workspace.due_counts[0] and not is_calling(workspace):
        text = ngettext("{n} late: {key}", "{n} late: {key}", workspace.due_counts[0])
        pieces.append(Piece(text.format(n=workspace.due_counts[0], key=key_meanwhile("due")), "warn"))
    if workspace.other_editors.present:
        text = _("also open: {names}").format(names=", ".join(workspace.other_editors.present))
        pieces.append(Piece(shorten(text, max(width // 3, 16)), "accent"))
    return tuple(part for piece in pieces for part in (piece, Piece("  ·  ", "muted")))


def foot_notice(workspace: Workspace, width: int) -> list[Line]:
    """Return why saving fails, in full, or what others changed since the last key; [] for neither."""
    if workspace.state.kind == "failed":
        _first_line, rest = failed_words(workspace, room_for_failure(workspace, width))
        return [
            (Piece(line, "error"),) for line in wrap(f"{workspace.state.reason} {rest}".strip(), width - 2, " ", " ")
        ]
    count = len(workspace.other_editors.changes)
    if not count:
        return []
    if workspace.other_editors.changed_by:
        text = ngettext("{n} change by {names}", "{n} changes by {names}", count)
    else:
        text = ngettext("{n} change by someone else", "{n} changes by someone else", count)
    return [
        (Piece(" " + fill_sentence(text, n=count, names=_joined_names(workspace.other_editors.changed_by)), "accent"),)
    ]


def _joined_names(names: tuple[str, ...]) -> str:
    """Return « Marie, Alice et Paul »."""
    if len(names) < 2:
        return "".join(names)
    return _("{names} and {last}").format(names=", ".join(names[:-1]), last=names[-1])
