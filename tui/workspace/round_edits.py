"""A question of the moment put to each in turn: noted at the meeting, answered partner by partner, counted in words."""

from __future__ import annotations

from collections.abc import Sequence

from tui.agreement.blocks import Origin
from tui.i18n import _, ngettext
from tui.partnership.decisions import decided_on
from tui.partnership.field_kinds import BadValue
from tui.partnership.ids import new_id
from tui.partnership.meetings import HELD, in_the_room
from tui.partnership.partners import Partner, active
from tui.partnership.rounds import (
    ABOUT,
    ANSWERS,
    CHOICES,
    LEAVE,
    MEETING,
    PARTNER,
    ROUND,
    ROUNDS,
    TEXT,
    answers_to,
    count_of,
    has_leave,
    rounds_about,
    rounds_of,
)
from tui.partnership.values import REMOVED, Cell, Change, Entry, Value
from tui.workspace import meeting_edits
from tui.workspace.noted_lines import sentence_at
from tui.workspace.workspace import Workspace, close_undo_step


def read_question(workspace: Workspace, text: str) -> Entry:
    """Return the question « text; choice; choice » as a row that is not kept yet. BadValue for one choice alone."""
    said, *choices = [piece.strip() for piece in text.split(";")]
    choices = [choice for choice in choices if choice]
    if not said or len(choices) == 1:
        raise BadValue(_("Type the question; with choices, at least two of them behind it, with “;” between."))
    return _unkept(
        {f"{TEXT}@{workspace.typed_lang}": said, f"{CHOICES}@{workspace.typed_lang}": "; ".join(choices) or None}
    )


def sentence_question(workspace: Workspace, origin: Origin) -> Entry | None:
    """Return the question that asks about a sentence as it stands; the one that was put with these words, if any was.

    It is not kept before the first answer. None where the line is no sentence.
    """
    sentence, slot = sentence_at(workspace, origin), f"{origin.entry}/{origin.field}"
    if not sentence:
        return None
    held = meeting_edits.todays_meeting(workspace)
    put = rounds_of(workspace.partnership, held.id) if held is not None else ()
    for row in put:
        if row.get(ABOUT) == slot and row.text(TEXT, workspace.doc_lang) == sentence:
            return row
    choices = {f"{CHOICES}@{lang}": workspace.guide.word("asked_choices", lang) for lang in ("fr", "en")}
    return _unkept({f"{TEXT}@{workspace.doc_lang}": sentence, ABOUT: slot, **choices})


def _unkept(cells: dict[str, Value]) -> Entry:
    return Entry(new_id(), HELD, ROUNDS, (), {name: Cell(value, 0) for name, value in cells.items() if value})


def kept(workspace: Workspace, row: Entry) -> Entry:
    """Return the question as it is kept; one that was only put begins the meeting, as all that is noted does."""
    known = workspace.partnership.entry(row.id)
    if known is not None and known.stands:
        return known
    cells = {name: cell.value for name, cell in row.cells.items()}
    return meeting_edits.note_line(workspace, ROUNDS, cells, name=row.id)


def give_answer(workspace: Workspace, row: Entry, partner: str, text: str) -> Entry:
    """Note what a partner answers; "" takes its answer back. Returns the question as it is kept; one step of undo."""
    with workspace.edits.as_one():
        row = kept(workspace, row)
        known = answers_to(workspace.partnership, row).get(partner)
        if known is not None:
            cells: dict[str, Value] = {TEXT: text.strip(), LEAVE: None} if text.strip() else {REMOVED: True}
            workspace.edit([Change(known.id, HELD, cell, value, ANSWERS) for cell, value in cells.items()])
        elif text.strip():
            meeting_edits.new_row(workspace, HELD, ANSWERS, {PARTNER: partner, ROUND: row.id, TEXT: text.strip()})
    close_undo_step(workspace)
    return row


def turn_leave(workspace: Workspace, row: Entry, partner: str) -> bool | None:
    """Let a partner's answer be told with its name in the minutes, or keep it private again.

    Returns whether it may be told now; None where the partner has not answered.
    """
    known = answers_to(workspace.partnership, row).get(partner)
    if known is None:
        return None
    close_undo_step(workspace)
    workspace.edit([Change(known.id, HELD, LEAVE, None if has_leave(known) else "yes", ANSWERS)])
    close_undo_step(workspace)
    return not has_leave(known)


def told_words(workspace: Workspace, row: Entry, partner: Partner) -> str:
    """Whether a partner's answer stands in the minutes, and with its name; "" where it stays private.

    A name that may not appear yet stands there only where somebody of that partner is at the meeting.
    """
    answer = answers_to(workspace.partnership, row).get(partner.id)
    if answer is None or not has_leave(answer):
        return ""
    room = in_the_room(workspace.partnership, str(row.get(MEETING) or ""))
    named = partner.may_appear or partner.id in room
    return _("in the minutes") if named else _("in the minutes, without its name")


def count_words(workspace: Workspace, row: Entry) -> str:
    """« d'accord : 3, réserve : 1 », « 4 réponses » of a free question; "" before the first answer."""
    count = count_of(workspace.partnership, row, workspace.lang)
    if count:
        return ", ".join(text + _(": ") + str(n) for text, n in count.items())
    given = len(answers_to(workspace.partnership, row))
    return ngettext("{n} answer", "{n} answers", given).format(n=given) if given else ""


def count_at_end(workspace: Workspace, row: Entry) -> str:
    """As `count_words`, once each partner has answered; "" before: nobody answers with the count in view."""
    given = answers_to(workspace.partnership, row)
    waiting = any(partner.id not in given for partner in active(workspace.partnership))
    return "" if waiting else count_words(workspace, row)


def earlier_wordings(workspace: Workspace, row: Entry) -> Sequence[Entry]:
    """Return the other wordings of the same sentence that were asked about, the first one first."""
    return [put for put in rounds_about(workspace.partnership, str(row.get(ABOUT) or "")) if put.id != row.id]


def put_on(workspace: Workspace, row: Entry) -> str:
    """The day of the meeting a question was put at, as an ISO date; "" for none."""
    return decided_on(workspace.partnership, row)


def questions_here(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the questions put at the meeting that runs, else at the last one."""
    held = meeting_edits.latest_meeting(workspace)
    return rounds_of(workspace.partnership, held.id) if held is not None else ()
