"""What becomes of minutes: approved at a later meeting and kept word for word, then noted on; a name withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from tui.agreement.blocks import Agreement, to_json
from tui.agreement.minutes import minutes
from tui.i18n import _
from tui.partnership.agendas import ABOUT, OUTCOME, PASSED, TOGETHER, held_meetings, items_left
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
from tui.workspace.meeting_edits import Archive
from tui.workspace.workspace import Workspace, close_undo_step, current_moment

LANGUAGES = ("fr", "en")
_ABOUT_MINUTES = "minutes:"  # what an item of an agenda is about: the approval of the minutes of the meeting behind it


def last_draft(workspace: Workspace) -> Entry | None:
    """Return the last meeting that has ended and whose minutes are still a draft; None for none."""
    held = held_meetings(workspace.partnership, current_moment()[:10])
    return next((row for row in reversed(held) if has_ended(workspace, row) and not row.get(APPROVED)), None)


def has_ended(workspace: Workspace, meeting: Entry) -> bool:
    """Return whether a meeting was held and is over: ended by somebody, or long past."""
    here = meeting_edits.running_meeting(workspace)
    return bool(meeting.get("closed") or meeting.get("opened")) and (here is None or here.id != meeting.id)


def approval_item(workspace: Workspace, meeting: Entry) -> tuple[str, str] | None:
    """Return (what it is about, its text) of the item that approves the last minutes at `meeting`; None for none."""
    draft = last_draft(workspace)
    if draft is None or draft.id == meeting.id:
        return None
    return f"{_ABOUT_MINUTES}{draft.id}", _dated(workspace, "approval_item", draft, workspace.lang)


def _dated(workspace: Workspace, word: str, meeting: Entry, lang: str) -> str:
    return workspace.guide.word(word, lang, date=format_date(str(meeting.get("on") or ""), lang))


def approve(workspace: Workspace, store: Archive, meeting: Entry) -> Entry:
    """Approve the minutes of a meeting at the one that runs, which is opened where none does; return the decision.

    They are kept word for word in both languages. One step of undo takes it all back. Raises BadValue where they are
    approved already, where the meeting has not ended, and where it is the meeting at hand itself; StoreError when what
    was typed before cannot be saved.
    """
    meeting = _as_kept(workspace, meeting)
    _refuse_approved(workspace, meeting)
    here = meeting_edits.meeting_to_open(workspace)
    if not has_ended(workspace, meeting):
        raise BadValue(_("This meeting has not ended: its minutes are approved at a later one."))
    if here.id == meeting.id or here.get("closed"):
        raise BadValue(_("Minutes are approved at a later meeting: open it first, then approve them there."))
    workspace.flush()
    kept = {lang: to_json(_own_words(text)) for lang, text in _composed(workspace, store, meeting).items()}
    with workspace.edits.as_one():
        texts = {f"text@{lang}": _dated(workspace, "approval_decided", meeting, lang) for lang in LANGUAGES}
        decision = meeting_edits.note_line(workspace, DECISIONS, texts)
        there = str(decision.get("meeting"))
        _set(workspace, meeting, {APPROVED: current_moment()[:10], APPROVED_AT: there, KEPT_MINUTES: kept})
    close_undo_step(workspace)
    return decision


def _as_kept(workspace: Workspace, meeting: Entry) -> Entry:
    return workspace.partnership.entries.get(meeting.id, meeting)


def _refuse_approved(workspace: Workspace, meeting: Entry) -> None:
    if day := str(meeting.get(APPROVED) or ""):
        said = _("These minutes were approved on {date}.")
        raise BadValue(said.format(date=format_date(day, workspace.lang)))


def _composed(workspace: Workspace, store: Archive, meeting: Entry) -> dict[str, Agreement]:
    """Return the minutes as they stand now, by language."""
    past = store.history(workspace.partnership.id)
    known = workspace.guide, workspace.partnership, past, meeting
    return {lang: minutes(*known, lang, view=workspace.view) for lang in LANGUAGES}


def _own_words(text: Agreement) -> Agreement:
    """Minutes without the notes and without what they are worth, which are told beside them."""
    sections = tuple(section for section in text.sections if section.id != "minutes_notes")
    return replace(text, version="", sections=sections)


def approve_together(workspace: Workspace, store: Archive, meeting: Entry) -> int:
    """Approve the minutes that an item of the agenda is about, where that item passes at once with the others.

    Return how many were approved. Raises BadValue and StoreError as `approve` does.
    """
    count = 0
    for row in items_left(workspace.partnership, meeting.id):
        about = str(row.get(ABOUT) or "")
        known = workspace.partnership.entry(about.removeprefix(_ABOUT_MINUTES))
        if row.get(TOGETHER) and about.startswith(_ABOUT_MINUTES) and known is not None and not known.get(APPROVED):
            with workspace.edits.as_one():
                approve(workspace, store, known)
                workspace.edit([Change(row.id, HELD, OUTCOME, PASSED, row.part)])
            close_undo_step(workspace)
            count += 1
    return count


def refuse_draft(meeting: Entry) -> None:
    """Raise BadValue where the minutes of a meeting are still a draft, whose lines themselves can be corrected."""
    if not meeting.get(APPROVED):
        raise BadValue(_("These minutes are a draft: correct the line itself; a note comes below approved ones."))


def add_note(workspace: Workspace, meeting: Entry, text: str) -> Entry:
    """Add a dated note below approved minutes: their own words stay. Raises BadValue while they are a draft."""
    refuse_draft(_as_kept(workspace, meeting))
    return _note(workspace, meeting, {f"text@{workspace.typed_lang}": text.strip()})


def note_changes(workspace: Workspace, meeting: Entry, cells: Mapping[str, Value]) -> list[Change]:
    """Return the changes that make a dated note of a meeting's minutes, whose text is in `cells`."""
    name = new_id()
    order = order_behind(workspace.partnership, HELD, NOTES)
    made = {ORDER: order, "meeting": meeting.id, "on": current_moment()[:10], **cells}
    return [Change(name, HELD, cell, value, NOTES) for cell, value in made.items()]


def _note(workspace: Workspace, meeting: Entry, cells: Mapping[str, Value]) -> Entry:
    close_undo_step(workspace)
    changes = note_changes(workspace, meeting, cells)
    workspace.edit(changes)
    workspace.edits.end_typing()
    return workspace.partnership.entries[changes[0].entry]


def withdraw_name(workspace: Workspace, meeting: Entry, name: str) -> int:
    """Take a name out of approved minutes, with the title beside it, and say by a dated note that one was withdrawn.

    Return how often it stood there. Raises BadValue while they are a draft, and where the name is not in them.
    """
    meeting = _as_kept(workspace, meeting)
    kept = meeting.get(KEPT_MINUTES)
    refuse_draft(meeting)
    if not isinstance(kept, Mapping):  # its words were destroyed with what was private: it says what was noted
        raise BadValue(_("The words of these minutes are no longer kept: change who was there at the meeting itself."))
    if len(name.strip()) < SHORTEST:
        raise BadValue(_("Type the name that is withdrawn, as it stands in the minutes."))
    sought = _as_it_stands(workspace, meeting, name.strip())
    count = 0

    def without(text: str, word: str) -> str:
        nonlocal count
        for words in sought:
            parts = _around(text, SoughtText(words))
            count += len(parts) - 1
            text = word.join(parts)
        return text

    words = {lang: workspace.guide.word("name_withdrawn", lang) for lang in LANGUAGES}
    made = {lang: _texts_changed(held, partial(without, word=words.get(lang, ""))) for lang, held in kept.items()}
    if not count:
        raise BadValue(_("“{name}” does not stand in these minutes.").format(name=name.strip()[:60]))
    with workspace.edits.as_one():
        _set(workspace, meeting, {KEPT_MINUTES: made})
        noted = {f"text@{lang}": workspace.guide.word("name_withdrawn_note", lang) for lang in LANGUAGES}
        _note(workspace, meeting, noted)
    close_undo_step(workspace)
    return count


def _as_it_stands(workspace: Workspace, meeting: Entry, name: str) -> tuple[str, ...]:
    """Return a name with the title it bore at the meeting, in either language, then the name alone."""
    titles = [
        seat.title
        for lang in LANGUAGES
        for seat in seats(workspace.partnership, meeting.id, lang)
        if seat.title and seat.name.casefold() == name.casefold()
    ]
    return (*dict.fromkeys(f"{name}, {title}" for title in titles), name)


def _around(text: str, sought: SoughtText) -> list[str]:
    """The pieces of a text between the places of what is sought."""
    pieces, end = [], 0
    for start, stop in sought.spans(text):
        pieces.append(text[end:start])
        end = stop
    return [*pieces, text[end:]]


def _texts_changed(held: Any, change: Callable[[str], str]) -> Any:
    """Return what JSON holds, with each text of a run changed."""
    if isinstance(held, list):
        return [_texts_changed(item, change) for item in held]
    if not isinstance(held, Mapping):
        return held
    return {
        key: change(value) if key == "text" and isinstance(value, str) else _texts_changed(value, change)
        for key, value in held.items()
    }


def note_mailed(workspace: Workspace, store: Archive, meeting: Entry) -> None:
    """Keep the day on which the minutes are sent for correction, and their words, which the answers are laid beside."""
    sent = {lang: to_json(text) for lang, text in _composed(workspace, store, meeting).items()}
    close_undo_step(workspace)
    _set(workspace, meeting, {MAILED: current_moment()[:10], MAILED_MINUTES: sent})
    workspace.edits.end_typing()


def _set(workspace: Workspace, meeting: Entry, cells: Mapping[str, Value]) -> None:
    workspace.edit([Change(meeting.id, HELD, cell, value, MEETINGS) for cell, value in cells.items()])
