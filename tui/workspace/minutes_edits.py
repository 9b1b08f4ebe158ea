"""Minutes after their meeting: mailed, approved and kept word for word; notes below them, a name withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from tui.agreement.blocks import Agreement, to_json
from tui.agreement.minutes import minutes
from tui.i18n import _
from tui.partnership.agendas import ABOUT, OUTCOME, PASSED, TOGETHER, held_meetings, unfinished_items
from tui.partnership.field_kinds import BadValue
from tui.partnership.ids import new_id
from tui.partnership.meetings import (
    APPROVED,
    APPROVED_AT,
    DECISIONS,
    HELD,
    KEPT_MINUTES,
    MAILED,
    MAILED_MINUTES,
    MEETINGS,
    NOTES,
    seats,
)
from tui.partnership.values import ORDER, Change, Entry, Value, order_behind
from tui.text.dates import format_date
from tui.text.sought_text import SHORTEST, SoughtText
from tui.workspace import meeting_edits
from tui.workspace.meeting_edits import HistoryStore
from tui.workspace.workspace import Workspace, close_undo_step, current_moment

LANGUAGES = ("fr", "en")
# Begins what an agenda item is about that approves minutes: "minutes:" and the id of their meeting.
_ABOUT_MINUTES = "minutes:"
_QUOTED_CHARACTERS = 60  # at most, of a name in a message


def last_draft(workspace: Workspace) -> Entry | None:
    """Return the last meeting that has ended and whose minutes are still a draft; None for none."""
    held = held_meetings(workspace.partnership, current_moment()[:10])
    return next((row for row in reversed(held) if has_ended(workspace, row) and not row.get(APPROVED)), None)


def has_ended(workspace: Workspace, meeting: Entry) -> bool:
    """Return whether a meeting was held and is not running any more."""
    running = meeting_edits.running_meeting(workspace)
    return bool(meeting.get("closed") or meeting.get("opened")) and (running is None or running.id != meeting.id)


def approval_item(workspace: Workspace, meeting: Entry) -> tuple[str, str] | None:
    """Return (what it is about, its text) of the agenda item by which `meeting` approves the last minutes, or None."""
    draft = last_draft(workspace)
    if draft is None or draft.id == meeting.id:
        return None
    return f"{_ABOUT_MINUTES}{draft.id}", _dated(workspace, "approval_item", draft, workspace.lang)


def _dated(workspace: Workspace, word: str, meeting: Entry, lang: str) -> str:
    """Return the guide's phrase `word` with the date of a meeting."""
    return workspace.guide.word(word, lang, date=format_date(str(meeting.get("on") or ""), lang))


def approve(workspace: Workspace, store: HistoryStore, meeting: Entry) -> Entry:
    """Approve the minutes of a meeting at today's (`open_meeting`), and return the decision that says so.

    The minutes are kept word for word in both languages. It is one step of undo. Raises BadValue where they are
    approved already, where their meeting has not ended, and where it is today's itself; StoreError when what was typed
    before cannot be saved.
    """
    meeting = _stored(workspace, meeting)
    _refuse_approved(workspace, meeting)
    todays = meeting_edits.meeting_to_open(workspace)
    if not has_ended(workspace, meeting):
        raise BadValue(_("This meeting has not ended: its minutes are approved at a later one."))
    if todays.id == meeting.id or todays.get("closed"):
        raise BadValue(_("Minutes are approved at a later meeting: open it first, then approve them there."))
    workspace.flush()
    snapshots = {lang: to_json(_own_words(text)) for lang, text in _composed(workspace, store, meeting).items()}
    with workspace.edits.as_one():
        texts = {f"text@{lang}": _dated(workspace, "approval_decided", meeting, lang) for lang in LANGUAGES}
        decision = meeting_edits.note_line(workspace, DECISIONS, texts)
        approved_at = str(decision.get("meeting"))
        _set_cells(
            workspace, meeting, {APPROVED: current_moment()[:10], APPROVED_AT: approved_at, KEPT_MINUTES: snapshots}
        )
    close_undo_step(workspace)
    return decision


def _stored(workspace: Workspace, meeting: Entry) -> Entry:
    """Return the meeting's row as the partnership has it now."""
    return workspace.partnership.entries.get(meeting.id, meeting)


def _refuse_approved(workspace: Workspace, meeting: Entry) -> None:
    """Raise BadValue where minutes are approved already."""
    if day := str(meeting.get(APPROVED) or ""):
        sentence = _("These minutes were approved on {date}.")
        raise BadValue(sentence.format(date=format_date(day, workspace.lang)))


def _composed(workspace: Workspace, store: HistoryStore, meeting: Entry) -> dict[str, Agreement]:
    """Return the minutes as they stand now, by language."""
    past = store.history(workspace.partnership.id)
    return {
        lang: minutes(workspace.guide, workspace.partnership, past, meeting, lang, view=workspace.view)
        for lang in LANGUAGES
    }


def _own_words(text: Agreement) -> Agreement:
    """Return minutes without the notes below them and without « draft » or « approved »: both may change later."""
    sections = tuple(section for section in text.sections if section.id != "minutes_notes")
    return replace(text, version="", sections=sections)


def approve_together(workspace: Workspace, store: HistoryStore, meeting: Entry) -> int:
    """Approve the minutes that are among the agenda items to be passed together.

    Return how many were approved. Raises BadValue and StoreError as `approve` does.
    """
    count = 0
    for row in unfinished_items(workspace.partnership, meeting.id):
        about = str(row.get(ABOUT) or "")
        if not row.get(TOGETHER) or not about.startswith(_ABOUT_MINUTES):
            continue
        earlier = workspace.partnership.entry(about.removeprefix(_ABOUT_MINUTES))
        if earlier is not None and not earlier.get(APPROVED):
            with workspace.edits.as_one():
                approve(workspace, store, earlier)
                workspace.edit([Change(row.id, HELD, OUTCOME, PASSED, row.part)])
            close_undo_step(workspace)
            count += 1
    return count


def refuse_draft(meeting: Entry) -> None:
    """Raise BadValue where the minutes of a meeting are still a draft: its lines can be corrected themselves."""
    if not meeting.get(APPROVED):
        raise BadValue(_("These minutes are a draft: correct the line itself; a note comes below approved ones."))


def add_note(workspace: Workspace, meeting: Entry, text: str) -> Entry:
    """Add a dated note below approved minutes and return its row. Raises BadValue while they are a draft."""
    refuse_draft(_stored(workspace, meeting))
    return _add_note(workspace, meeting, {f"text@{workspace.typed_lang}": text.strip()})


def note_changes(workspace: Workspace, meeting: Entry, cells: Mapping[str, Value]) -> list[Change]:
    """Return the changes that add a dated note below a meeting's minutes; `cells` hold its text."""
    row_id = new_id()
    order = order_behind(workspace.partnership, HELD, NOTES)
    cells = {ORDER: order, "meeting": meeting.id, "on": current_moment()[:10], **cells}
    return [Change(row_id, HELD, cell, value, NOTES) for cell, value in cells.items()]


def _add_note(workspace: Workspace, meeting: Entry, cells: Mapping[str, Value]) -> Entry:
    """Add a dated note below a meeting's minutes as one step of undo, and return its row."""
    close_undo_step(workspace)
    changes = note_changes(workspace, meeting, cells)
    workspace.edit(changes)
    workspace.edits.end_typing()
    return workspace.partnership.entries[changes[0].entry]


def withdraw_name(workspace: Workspace, meeting: Entry, name: str) -> int:
    """Take a name, with the title beside it, out of approved minutes, and add a note that a name was withdrawn.

    Return how often it stood there. Raises BadValue while they are a draft, and where the name is not in them.
    """
    meeting = _stored(workspace, meeting)
    snapshots = meeting.get(KEPT_MINUTES)
    refuse_draft(meeting)
    if not isinstance(snapshots, Mapping):  # the kept words were destroyed together with the private notes
        raise BadValue(_("The words of these minutes are no longer kept: change who was there at the meeting itself."))
    if len(name.strip()) < SHORTEST:
        raise BadValue(_("Type the name that is withdrawn, as it stands in the minutes."))
    forms = _with_titles(workspace, meeting, name.strip())
    count = 0

    def without(text: str, replacement: str) -> str:
        nonlocal count
        for form in forms:
            parts = _text_around(text, SoughtText(form))
            count += len(parts) - 1
            text = replacement.join(parts)
        return text

    changed: dict[str, Any] = {}
    for lang, snapshot in snapshots.items():
        replacement = workspace.guide.word("name_withdrawn", lang) if lang in LANGUAGES else ""
        changed[lang] = _texts_changed(snapshot, partial(without, replacement=replacement))
    if not count:
        raise BadValue(_("“{name}” does not stand in these minutes.").format(name=name.strip()[:_QUOTED_CHARACTERS]))
    with workspace.edits.as_one():
        _set_cells(workspace, meeting, {KEPT_MINUTES: changed})
        note_texts = {f"text@{lang}": workspace.guide.word("name_withdrawn_note", lang) for lang in LANGUAGES}
        _add_note(workspace, meeting, note_texts)
    close_undo_step(workspace)
    return count


def _with_titles(workspace: Workspace, meeting: Entry, name: str) -> tuple[str, ...]:
    """Return « name, title » with the title that the person had at the meeting, in each language; then the name."""
    titles = [
        seat.title
        for lang in LANGUAGES
        for seat in seats(workspace.partnership, meeting.id, lang)
        if seat.title and seat.name.casefold() == name.casefold()
    ]
    return (*dict.fromkeys(f"{name}, {title}" for title in titles), name)


def _text_around(text: str, sought: SoughtText) -> list[str]:
    """Return the pieces of a text before, between and after the places where `sought` is found."""
    pieces, end = [], 0
    for start, stop in sought.spans(text):
        pieces.append(text[end:start])
        end = stop
    return [*pieces, text[end:]]


def _texts_changed(json_value: Any, change: Callable[[str], str]) -> Any:
    """Return a JSON value in which `change` was applied to each string under a key "text"."""
    if isinstance(json_value, list):
        return [_texts_changed(item, change) for item in json_value]
    if not isinstance(json_value, Mapping):
        return json_value
    return {
        key: change(value) if key == "text" and isinstance(value, str) else _texts_changed(value, change)
        for key, value in json_value.items()
    }


def note_mailed(workspace: Workspace, store: HistoryStore, meeting: Entry) -> None:
    """Keep that the minutes are sent for correction today, and their words, to compare returned ones with."""
    sent = {lang: to_json(text) for lang, text in _composed(workspace, store, meeting).items()}
    close_undo_step(workspace)
    _set_cells(workspace, meeting, {MAILED: current_moment()[:10], MAILED_MINUTES: sent})
    workspace.edits.end_typing()


def _set_cells(workspace: Workspace, meeting: Entry, cells: Mapping[str, Value]) -> None:
    """Set cells of a meeting."""
    workspace.edit([Change(meeting.id, HELD, cell, value, MEETINGS) for cell, value in cells.items()])
