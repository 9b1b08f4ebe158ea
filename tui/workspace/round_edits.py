"""A round: a question that a meeting asks each partner in turn; noted at the meeting, answered, counted in words."""

from __future__ import annotations

from collections.abc import Sequence

from tui.agreement.blocks import Origin
from tui.i18n import _, ngettext
from tui.partnership.decisions import decided_on
from tui.partnership.field_kinds import BadValue
from tui.partnership.ids import new_id
from tui.partnership.meetings import HELD, present_ids
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
    """Return the question « text; choice; choice » as a row that is not stored yet.

    Raises BadValue without a question, or with a single choice.
    """
    words, *choices = [piece.strip() for piece in text.split(";")]
    choices = [choice for choice in choices if choice]
    if not words or len(choices) == 1:
        raise BadValue(_("Type the question; with choices, at least two of them behind it, with “;” between."))
    return _new_round(
        {f"{TEXT}@{workspace.typed_lang}": words, f"{CHOICES}@{workspace.typed_lang}": "; ".join(choices) or None}
    )


def sentence_question(workspace: Workspace, origin: Origin) -> Entry | None:
    """Return the question about a sentence as it is now: the one that today's meeting asked already, else a new one.

    A new one is not stored before the first answer. None where `origin` is no sentence.
    """
    sentence, slot = sentence_at(workspace, origin), f"{origin.entry}/{origin.field}"
    if not sentence:
        return None
    meeting = meeting_edits.todays_meeting(workspace)
    rounds = rounds_of(workspace.partnership, meeting.id) if meeting is not None else ()
    for row in rounds:
        if row.get(ABOUT) == slot and row.text(TEXT, workspace.doc_lang) == sentence:
            return row
    choices = {f"{CHOICES}@{lang}": workspace.guide.word("asked_choices", lang) for lang in ("fr", "en")}
    return _new_round({f"{TEXT}@{workspace.doc_lang}": sentence, ABOUT: slot, **choices})


def _new_round(cells: dict[str, Value]) -> Entry:
    """Return a row of a round that is not stored yet."""
    return Entry(new_id(), HELD, ROUNDS, (), {key: Cell(value, 0) for key, value in cells.items() if value})


def stored_round(workspace: Workspace, row: Entry) -> Entry:
    """Return the stored row of a question, made now if needed; making it begins the meeting, as every note does."""
    stored = workspace.partnership.entry(row.id)
    if stored is not None and stored.is_in_use:
        return stored
    cells = {key: cell.value for key, cell in row.cells.items()}
    return meeting_edits.note_line(workspace, ROUNDS, cells, entry_id=row.id)


def give_answer(workspace: Workspace, row: Entry, partner: str, text: str) -> Entry:
    """Note what a partner answers, "" clears its answer; return the question's stored row. It is one step of undo."""
    with workspace.edits.as_one():
        row = stored_round(workspace, row)
        answer = answers_to(workspace.partnership, row).get(partner)
        if answer is not None:
            cells: dict[str, Value] = {TEXT: text.strip(), LEAVE: None} if text.strip() else {REMOVED: True}
            workspace.edit([Change(answer.id, HELD, cell, value, ANSWERS) for cell, value in cells.items()])
        elif text.strip():
            meeting_edits.new_row(workspace, HELD, ANSWERS, {PARTNER: partner, ROUND: row.id, TEXT: text.strip()})
    close_undo_step(workspace)
    return row


def toggle_leave(workspace: Workspace, row: Entry, partner: str) -> bool | None:
    """Allow a partner's answer, with its name, in the minutes, or keep it private again.

    Return whether it is allowed now; None where the partner has not answered.
    """
    answer = answers_to(workspace.partnership, row).get(partner)
    if answer is None:
        return None
    close_undo_step(workspace)
    workspace.edit([Change(answer.id, HELD, LEAVE, None if has_leave(answer) else "yes", ANSWERS)])
    close_undo_step(workspace)
    return not has_leave(answer)


def minutes_words(workspace: Workspace, row: Entry, partner: Partner) -> str:
    """Return whether the minutes have a partner's answer, with or without its name; "" where it stays private.

    A partner that may not be named yet is named in the minutes only if somebody of it is at the meeting.
    """
    answer = answers_to(workspace.partnership, row).get(partner.id)
    if answer is None or not has_leave(answer):
        return ""
    ids_present = present_ids(workspace.partnership, str(row.get(MEETING) or ""))
    is_named = partner.may_appear or partner.id in ids_present
    return _("in the minutes") if is_named else _("in the minutes, without its name")


def count_words(workspace: Workspace, row: Entry) -> str:
    """Return « d'accord : 3, réserve : 1 », or « 4 réponses » for a question without choices; "" without answers."""
    count = count_of(workspace.partnership, row, workspace.lang)
    if count:
        return ", ".join(text + _(": ") + str(n) for text, n in count.items())
    answers = len(answers_to(workspace.partnership, row))
    return ngettext("{n} answer", "{n} answers", answers).format(n=answers) if answers else ""


def count_at_end(workspace: Workspace, row: Entry) -> str:
    """Return `count_words` once each partner has answered, "" before: the count must not influence an answer."""
    answers = answers_to(workspace.partnership, row)
    is_waiting = any(partner.id not in answers for partner in active(workspace.partnership))
    return "" if is_waiting else count_words(workspace, row)


def earlier_wordings(workspace: Workspace, row: Entry) -> Sequence[Entry]:
    """Return the other questions about the same sentence, in other wordings, the first one first."""
    return [other for other in rounds_about(workspace.partnership, str(row.get(ABOUT) or "")) if other.id != row.id]


def day_asked(workspace: Workspace, row: Entry) -> str:
    """Return the ISO day of the meeting that asked a question; "" for none."""
    return decided_on(workspace.partnership, row)


def questions_of_meeting(workspace: Workspace) -> tuple[Entry, ...]:
    """Return the questions that the running meeting asked, else those of the last meeting."""
    meeting = meeting_edits.latest_meeting(workspace)
    return rounds_of(workspace.partnership, meeting.id) if meeting is not None else ()
