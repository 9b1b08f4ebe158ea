"""Reads the minutes that a meeting keeps word for word in both languages: as they were sent, and as approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, NotASnapshot, Section, from_json
from tui.agreement.phrasing import Phrasing, bullets, origin
from tui.partnership.meetings import APPROVED, KEPT_MINUTES, MAILED, MAILED_MINUTES, NOTES, rows_of_meeting
from tui.partnership.values import Entry, Partnership
from tui.text.dates import format_date


def kept_minutes(meeting: Entry, lang: str) -> Agreement | None:
    """Return the minutes of a meeting as they were approved, in `lang` ("fr" or "en"); None while they are a draft.

    None also if the kept words were destroyed with other private words, or cannot be read.
    """
    return _stored_minutes(meeting, KEPT_MINUTES, lang) if meeting.get(APPROVED) else None


def mailed_minutes(meeting: Entry, lang: str) -> Agreement | None:
    """Return the minutes as they were last sent for correction, in `lang`, to be compared with what comes back.

    None if they were not sent, or cannot be read any more.
    """
    return _stored_minutes(meeting, MAILED_MINUTES, lang)


def _stored_minutes(meeting: Entry, cell: str, lang: str) -> Agreement | None:
    """Return the document that a cell of the meeting keeps as JSON by language; None if there is none."""
    by_lang = meeting.get(cell)
    if not isinstance(by_lang, Mapping):
        return None
    try:
        return from_json(by_lang.get(lang))
    except NotASnapshot:
        return None


def with_standing(phrasing: Phrasing, partnership: Partnership, meeting: Entry, text: Agreement) -> Agreement:
    """Return the minutes `text` with their status (draft, sent, approved) below the title and dated notes behind."""
    notes = [
        (phrasing.word("minutes_note", date=format_date(str(row.get("on") or ""), phrasing.lang), text=note), row)
        for row in rows_of_meeting(partnership, meeting.id, NOTES)
        if (note := phrasing.text(row, "text"))
    ]
    sections = text.sections
    if notes:
        blocks = polished(bullets((words, origin(row, "text")) for words, row in notes), text.region)
        sections = (*sections, Section("minutes_notes", len(sections) + 1, phrasing.word("minutes_notes"), blocks))
    return replace(text, version=_status_words(phrasing, meeting), sections=sections)


def _status_words(phrasing: Phrasing, meeting: Entry) -> str:
    """Return the status of the minutes: « approuvé le 3 décembre 2026 », « ébauche, envoyée … le … », « ébauche »."""
    for cell, word in ((APPROVED, "minutes_approved"), (MAILED, "minutes_mailed")):
        if day := str(meeting.get(cell) or ""):
            return phrasing.word(word, date=format_date(day, phrasing.lang))
    return phrasing.word("minutes_draft")
