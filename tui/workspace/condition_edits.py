"""Notes the conditions that partners put on their yes (« oui si… »), and what becomes of each.

A partner whose condition was set aside may have a minority text: its own words, in the minutes of a meeting.
"""

from __future__ import annotations

from tui.i18n import _
from tui.partnership.completion import single_entry
from tui.partnership.conditions import (
    ABOUT,
    ANSWER,
    CONDITIONS,
    LEVELS,
    MEETING,
    MINORITY,
    OF,
    ON,
    POINT,
    REASON,
    ROWS,
    SET_ASIDE,
    STATE,
    STATES,
    TEXT,
    WATCH,
)
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import HELD
from tui.partnership.positions import CONSENSUS, DISSENT
from tui.partnership.values import REMOVED, Change, Entry, Value
from tui.text.conditional_words import TO_WATCH, YES_IF, read_condition, says_either_way
from tui.workspace import meeting_edits, writing
from tui.workspace.text_answered import note_given_on_today
from tui.workspace.workspace import Workspace, close_undo_step, current_moment


def note_condition(workspace: Workspace, partner: str, text: str, answer: str = "", point: str = "") -> Entry:
    """Note a condition of a partner from « oui si… ; qui ; quand »; one step of undo. Return its row.

    `answer` is one of ANSWERS, "" to read it from the beginning of the text (YES_IF if that does not say it). `point`
    is the id of the sentence that the condition is about, "" for the whole text. A condition on the whole text also
    sets the partner's position, unless that is a disagreement already. TO_WATCH sets none: the condition is watched
    from today, and asked about at the review. The condition belongs to the meeting that runs, if one does. Raises
    BadValue for a text that says nothing, or another answer than `answer`.
    """
    answer_read, rest = read_condition(text, answer)
    if not rest.partition(";")[0].strip():
        raise BadValue(_("Type the condition, then who can meet it and by when, with “;” between."))
    if not answer and says_either_way(rest) and not answer_read:
        raise BadValue(_("“As long as” may follow a yes and a no: begin the line with yes or no."))
    if answer and answer_read != answer:
        answers = (workspace.guide.choice("condition_answer", code, workspace.lang) for code in (answer, answer_read))
        asked_words, typed = (words.rstrip(" :") for words in answers)
        raise BadValue(_("Asked was “{asked}”, and the line says “{typed}”: keep one of the two.").format(
            asked=asked_words, typed=typed))  # fmt: skip
    answer = answer_read or YES_IF
    cells = meeting_edits.what_who_when(workspace, CONDITIONS, ROWS, rest)
    cells[ANSWER] = answer
    if point:
        cells[POINT] = point
    if answer == TO_WATCH:
        cells |= {STATE: WATCH, ON: current_moment()[:10]}
    meeting = meeting_edits.running_meeting(workspace)
    if meeting is not None:
        cells[MEETING] = meeting.id
    with workspace.edits.as_one():
        row = meeting_edits.new_row(workspace, CONDITIONS, ROWS, cells, (partner,))
        if not point and answer in LEVELS:
            _set_position_of_condition(workspace, partner, LEVELS[answer])
    close_undo_step(workspace)
    return workspace.partnership.entries[row.id]


def _set_position_of_condition(workspace: Workspace, partner: str, level: str) -> None:
    """Set a partner's position to `level`, which its condition implies; a position of disagreement stays as it is."""
    position = single_entry(workspace.partnership, CONSENSUS, (partner,))
    if position.get("level") == level or position.get("level") in DISSENT:
        return
    _choose_level(workspace, position, level)


def _choose_level(workspace: Workspace, position: Entry, level: str) -> None:
    """Set the level of a position on the whole text."""
    part = workspace.guide.question(CONSENSUS).single
    field = part.field("level") if part is not None else None
    assert field is not None
    writing.choose(workspace, position, field, level)


def settle_condition(
    workspace: Workspace, row: Entry, state: str, reason: str = "", *, says_yes: bool = False
) -> Entry:
    """Note what became of a condition: `state` is one of STATES, "" if it is open again; one step of undo.

    `reason` replaces the earlier one; with "" there is none. With `says_yes` its partner says yes to today's text now.
    Raises BadValue for another state, and for SET_ASIDE without a reason.
    """
    if state not in ("", *STATES):
        raise BadValue(_("“{text}” is nothing that becomes of a condition: {states}.").format(
            text=state, states=", ".join(STATES)))  # fmt: skip
    if state == SET_ASIDE and not reason.strip():
        raise BadValue(_("A condition is set aside with a reason: type it too."))
    cells: dict[str, Value] = {
        STATE: state or None,
        ON: current_moment()[:10] if state else None,
        f"{REASON}@{workspace.typed_lang}": reason.strip() or None,
    }
    with workspace.edits.as_one():
        workspace.edit([Change(row.id, CONDITIONS, cell, value, ROWS, row.subject) for cell, value in cells.items()])
        if says_yes:
            _choose_level(workspace, single_entry(workspace.partnership, CONSENSUS, row.subject), "agree")
            note_given_on_today(workspace, CONSENSUS, row.subject)
    close_undo_step(workspace)
    return workspace.partnership.entries[row.id]


def minority_text(workspace: Workspace, row: Entry) -> Entry | None:
    """Return the row of the minority text on a condition; None if there is none."""
    texts = workspace.partnership.rows(HELD, MINORITY)
    return next(
        (text_row for text_row in texts if text_row.get(ABOUT) == row.id and text_row.text(TEXT, workspace.lang)), None
    )


def write_minority_text(workspace: Workspace, row: Entry, text: str) -> None:
    """Set the minority text that a condition leaves in the minutes; "" removes it. It is one step of undo.

    A new text goes into the minutes of the running meeting, else of the last one; a known one stays where it is. Raises
    BadValue where the condition is not set aside, or where no meeting was held.
    """
    text_row, condition = minority_text(workspace, row), workspace.partnership.entry(row.id)
    if condition is None or condition.get(STATE) != SET_ASIDE:
        raise BadValue(_("A minority text is of a condition that was set aside: set it aside first, with a reason."))
    meeting = meeting_edits.latest_meeting(workspace)
    if meeting is None:
        raise BadValue(_("No meeting was held: a minority text stands in the minutes of one."))
    with workspace.edits.as_one():
        if text_row is not None:
            cells: dict[str, Value] = (
                {f"{TEXT}@{workspace.typed_lang}": text.strip()} if text.strip() else {REMOVED: True}
            )
            workspace.edit([Change(text_row.id, HELD, cell, value, MINORITY) for cell, value in cells.items()])
        elif text.strip():
            new = {
                OF: row.subject[0],
                MEETING: meeting.id,
                ABOUT: row.id,
                f"{TEXT}@{workspace.typed_lang}": text.strip(),
            }
            meeting_edits.new_row(workspace, HELD, MINORITY, new)
    close_undo_step(workspace)
