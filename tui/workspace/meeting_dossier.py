"""The dossier of one meeting as one numbered document: its agenda, the text before and after it, its minutes."""

from __future__ import annotations

from dataclasses import replace

from tui.agreement.agenda_document import agenda_document
from tui.agreement.block_typography import polished
from tui.agreement.blocks import NOWHERE, Agreement, Section
from tui.agreement.compose import Composer
from tui.agreement.minutes import minutes
from tui.agreement.phrasing import Phrasing, bullets
from tui.i18n import _
from tui.partnership.field_kinds import BadValue
from tui.partnership.meetings import meetings, source_of
from tui.partnership.rewinding import rewound
from tui.partnership.values import Entry, HistoryEntry, Partnership
from tui.text.dates import format_date
from tui.workspace.meeting_edits import HistoryStore
from tui.workspace.workspace import Workspace


def dossier_number(partnership: Partnership, meeting: Entry) -> int:
    """Return the number of a meeting among those that were held, from 1; 0 for one that was not."""
    held = [row.id for row in meetings(partnership) if row.get("opened") or row.get("closed")]
    return held.index(meeting.id) + 1 if meeting.id in held else 0


def meeting_dossier(workspace: Workspace, store: HistoryStore, meeting: Entry, lang: str) -> Agreement:
    """Return the dossier of a meeting in `lang` ("fr" or "en"): its agenda; each part has the next one in `also`.

    The texts have only what was public then and still is. Raises BadValue for a meeting that has not begun, StoreError
    when what was typed before cannot be saved.
    """
    number = dossier_number(workspace.partnership, meeting)
    if not number:
        raise BadValue(_("This meeting has not begun: its dossier is made once it was held."))
    workspace.flush()
    past = store.history(workspace.partnership.id)
    phrasing = Phrasing(workspace.guide, workspace.view, lang)
    minutes_text = minutes(workspace.guide, workspace.partnership, past, meeting, lang, view=workspace.view)
    after = _text(workspace, past, meeting, lang, phrasing.word("dossier_after"), after=True, also=minutes_text)
    before = _text(workspace, past, meeting, lang, phrasing.word("dossier_before"), after=False, also=after)
    front = agenda_document(workspace.guide, workspace.view, meeting, lang)
    parts = (
        front.sections[0].heading,
        f"{before.kind}, {before.version}",
        f"{after.kind}, {after.version}",
        minutes_text.kind,
    )
    part_list = polished(bullets((text, NOWHERE) for text in parts), front.region)
    contents = Section("dossier_contents", 1, phrasing.word("dossier_contents"), part_list)
    day = format_date(str(meeting.get("on") or ""), lang)
    return replace(
        front,
        kind=polished(phrasing.word("dossier_number", n=number), front.region),
        version=phrasing.word("dossier_held", date=day),
        sections=(contents, *(replace(section, number=2) for section in front.sections)),
        number=0,
        also=before,
    )


def _text(
    workspace: Workspace, past: list[HistoryEntry], meeting: Entry, lang: str, version: str, *, after: bool,
    also: Agreement,
) -> Agreement:  # fmt: skip
    """Return the agreement as it was when the meeting began, or with `after` when it ended.

    The text at its end has what was entered later from its notes too. `version` is printed as its version; `also` is
    the part of the dossier that follows it.
    """
    partnership = workspace.partnership
    end = "closed" if after else "opened"
    cell = meeting.cells.get(end) or meeting.cells.get("closed")
    moment = str(cell.value or "") if cell is not None else ""
    if moment and cell is not None and meeting.get(end):  # else it has not ended: today's text
        kept_source = source_of(meeting) if after else ""
        partnership_then = rewound(workspace.guide, partnership, past, cell.rev, kept_source=kept_source)
        partnership = replace(partnership_then, changed=moment, on=moment[:10])
    text = Composer(workspace.guide).agreement(partnership, lang, workspace.region)
    return replace(text, version=version, edition="", mark="", also=also)
