"""A condition put on a yes: noted with who can meet it and by when, settled, its minority text put in the minutes."""

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
from tui.text.conditional_words import TO_WATCH, YES_IF, read_beginning
from tui.workspace import meeting_edits, writing
from tui.workspace.text_answered import given_on_today
from tui.workspace.workspace import Workspace, close_undo_step, current_moment


def note_condition(workspace: Workspace, partner: str, text: str, answer: str = "", point: str = "") -> Entry:
    """Note « oui si… ; who ; when » of a partner; one step of undo.

    `answer` is one of ANSWERS, "" where the text says it by its beginning; `point` is the sentence it is about, ""
    for the whole text: then the partner's position says so too. What is to be watched leaves the position, and is a
    question of the review at once. Raises BadValue for a text that says nothing.
    """
    found, rest = read_beginning(text)
    if not rest.partition(";")[0].strip():
        raise BadValue(_("Type the condition, then who can meet it and by when, with “;” between."))
    answer = answer or found or YES_IF
    cells = meeting_edits.what_who_when(workspace, CONDITIONS, ROWS, rest)
    cells |= {ANSWER: answer, **({POINT: point} if point else {})}
    cells |= {STATE: WATCH, ON: current_moment()[:10]} if answer == TO_WATCH else {}
    meeting = meeting_edits.running_meeting(workspace)
    cells |= {MEETING: meeting.id} if meeting is not None else {}
    with workspace.edits.as_one():
        row = meeting_edits.new_row(workspace, CONDITIONS, ROWS, cells, (partner,))
        if not point and answer in LEVELS:
            _say_position(workspace, partner, LEVELS[answer])
    close_undo_step(workspace)
    return workspace.partnership.entries[row.id]


def _say_position(workspace: Workspace, partner: str, level: str) -> None:
    """The position a condition comes with; a disagreement is never made weaker by it."""
    position = single_entry(workspace.partnership, CONSENSUS, (partner,))
    if position.get("level") == level or position.get("level") in DISSENT:
        return
    _give(workspace, position, level)


def _give(workspace: Workspace, position: Entry, level: str) -> None:
    part = workspace.guide.question(CONSENSUS).single
    field = part.field("level") if part is not None else None
    assert field is not None
    writing.choose(workspace, position, field, level)


def settle_condition(
    workspace: Workspace, row: Entry, state: str, reason: str = "", *, says_yes: bool = False
) -> Entry:
    """Say what became of a condition: one of STATES, or "" where it is awaited again; one step of undo.

    With `says_yes` its partner says yes to today's text now. Raises BadValue for one set aside without a reason.
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
            _give(workspace, single_entry(workspace.partnership, CONSENSUS, row.subject), "agree")
            given_on_today(workspace, CONSENSUS, row.subject)
    close_undo_step(workspace)
    return workspace.partnership.entries[row.id]


def minority_text(workspace: Workspace, row: Entry) -> Entry | None:
    """Return the minority text that stands in minutes for a condition that was set aside; None for none."""
    rows = workspace.partnership.rows(HELD, MINORITY)
    return next((text for text in rows if text.get(ABOUT) == row.id and text.text(TEXT, workspace.lang)), None)


def write_minority_text(workspace: Workspace, row: Entry, text: str) -> None:
    """Put a minority text in the minutes, as its partner wants it; emptied, it is taken out.

    It stands in those of the meeting that runs, else of the last one. Raises BadValue where the condition was not set
    aside, or where no meeting was held.
    """
    known, now = minority_text(workspace, row), workspace.partnership.entry(row.id)
    if now is None or now.get(STATE) != SET_ASIDE:
        raise BadValue(_("A minority text is of a condition that was set aside: set it aside first, with a reason."))
    held = meeting_edits.latest_meeting(workspace)
    if held is None:
        raise BadValue(_("No meeting was held: a minority text stands in the minutes of one."))
    with workspace.edits.as_one():
        if known is not None:
            cells: dict[str, Value] = (
                {f"{TEXT}@{workspace.typed_lang}": text.strip()} if text.strip() else {REMOVED: True}
            )
            workspace.edit([Change(known.id, HELD, cell, value, MINORITY) for cell, value in cells.items()])
        elif text.strip():
            made = {OF: row.subject[0], MEETING: held.id, ABOUT: row.id, f"{TEXT}@{workspace.typed_lang}": text.strip()}
            meeting_edits.new_row(workspace, HELD, MINORITY, made)
    close_undo_step(workspace)
