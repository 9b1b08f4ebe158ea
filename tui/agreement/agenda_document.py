"""Composes the agenda of a meeting as a document to print, and as lines for an organisation's invitation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Row, Run, Section, Table
from tui.agreement.companion_document import companion_document, region_of
from tui.agreement.phrasing import DASH, Phrasing, line, origin
from tui.guide.guide_types import Guide
from tui.partnership.agendas import LENGTH, MOVED, OUTCOME, PASSED, TEXT, TOGETHER, WHO, agenda_items
from tui.partnership.values import Entry, Partnership
from tui.text.dates import format_date
from tui.text.separators import semicolon

_HEADS = ("decision_number", "agenda_item", "agenda_length", "responsible")


def agenda_document(guide: Guide, view: Partnership, meeting: Entry, lang: str) -> Agreement:
    """Return the agenda in `lang` ("fr" or "en"); `view` is the public view, which holds no name that is hidden."""
    region = region_of(view, lang)
    phrasing = Phrasing(guide, view, lang)
    word, day = phrasing.word, str(meeting.get("on") or "")
    place = semicolon(lang).join(filter(None, (str(meeting.get("hour") or ""), phrasing.text(meeting, "place"))))
    blocks: list[Block] = [line(word("held_at", place=place))] if place else []
    rows = tuple(_row(phrasing, number, row) for number, row in enumerate(agenda_items(view, meeting.id), 1))
    if rows:
        blocks.append(Table(tuple((Run(word(name)),) for name in _HEADS), rows, word("agenda")))
    kind = word("agenda_of", date=format_date(day, lang)) if day else word("agenda")
    sections = (Section("agenda", 1, word("agenda"), polished(tuple(blocks) or (line(DASH),), region)),)
    return companion_document(guide, view, kind, sections, lang=lang, region=region, day=day)


def _row(phrasing: Phrasing, number: int, row: Entry) -> Row:
    """Return the table row of an item: number, words, minutes, who is responsible."""
    length = row.get(LENGTH)
    texts = (
        str(number),
        item_words(phrasing, row),
        phrasing.word("agenda_minutes", n=length) if length else "",
        phrasing.someone(row.get(WHO)) if row.get(WHO) else "",
    )
    return Row(tuple((Run(text or DASH),) for text in texts), origin(row, TEXT))


def item_words(phrasing: Phrasing, row: Entry) -> str:
    """Return the words of an item and how it is or was dealt with: « le budget (reporté à la prochaine rencontre) »."""
    key = {PASSED: "agenda_passed", MOVED: "agenda_moved"}.get(str(row.get(OUTCOME, "")), "")
    if row.get(TOGETHER) and not row.get(OUTCOME):
        key = "agenda_together"
    text = phrasing.text(row, TEXT)
    return f"{text} ({phrasing.word(key)})" if key and text else text


def invitation_lines(phrasing: Phrasing, items: Sequence[Entry], names_other: Callable[[str], bool]) -> Iterator[str]:
    """Yield the lines of the agenda for one organisation: « 2. le budget (20 minutes) ».

    An item whose words name another one, as `names_other` says, is replaced by « autre point ».
    """
    for number, row in enumerate(items, 1):
        words = item_words(phrasing, row)
        length = row.get(LENGTH)
        duration = f" ({phrasing.word('agenda_minutes', n=length)})" if length else ""
        yield f"{number}. {phrasing.word('agenda_other') if names_other(words) else words}{duration}"
