"""Composes sheets that are filled in by hand or at the keyboard: questions in their order, each with room to write.

When the answers of a filled-in sheet are typed in, the program asks in the order of the sheet (workspace.sheet_entry).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tui.agreement.block_typography import polished
from tui.agreement.blocks import Agreement, Block, Paragraph, Row, Run, Section, Table, WritingSpace
from tui.agreement.companion_document import companion_document, region_of
from tui.agreement.phrasing import Phrasing, line
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide
from tui.partnership.agendas import LENGTH, TEXT, WHO, agenda_items
from tui.partnership.values import Entry, Partnership
from tui.text.dates import format_date
from tui.text.separators import colon, semicolon

BOX = "☐"
_ROW_LINES = 1  # how many lines of handwriting each row of a table has room for
# What is written down about an item of an agenda, as (word of the guide that is its label, lines to write on).
_DECISION_FIELD, _LATER_FIELD = ("sheet_decision", 2), ("sheet_later", 1)


@dataclass(frozen=True, slots=True)
class SheetField:
    """One field to be filled in."""

    label: str
    choices: tuple[str, ...] = ()  # the words of the boxes that may be ticked; () for lines to write on
    lines: int = 1  # how many lines to write on
    known: str = ""  # what is noted already, "" for nothing


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A table to be filled in."""

    heads: tuple[str, ...]  # the head of each column
    rows: tuple[tuple[str, ...], ...] = ()  # rows that are filled in already
    blank: int = 0  # how many empty rows follow these
    title: str = ""
    choices: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (head of a column, the words that may be written in it)


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """One question of a sheet."""

    heading: str  # a few words
    text: str  # the question as the guide words it, "" for none
    blanks: tuple[SheetField | SheetTable, ...]  # what is filled in below it


@dataclass(frozen=True, slots=True)
class SheetHead:
    """The head of a sheet."""

    kind: str  # « Fiche de rencontre »
    whose: str  # for whom it is printed, "" for nobody in particular
    opening: tuple[str, ...]  # paragraphs on how to fill it in
    mark: str = ""  # a word printed across it, "" for none


def printed_sheet(
    guide: Guide, view: Partnership, lang: str, head: SheetHead, questions: Sequence[SheetQuestion]
) -> Agreement:
    """Return the sheet in `lang` ("fr" or "en"), its questions numbered from 1.

    `view` is the public view; only the partnership's name is printed from it.
    """
    region = region_of(view, lang)
    sections = tuple(
        Section(
            f"sheet{number}",
            number,
            polished(question.heading, region),
            polished(tuple(_blocks(guide, lang, question)), region),
        )
        for number, question in enumerate(questions, 1)
    )
    opening = tuple(line(text) for text in head.opening)
    sheet = companion_document(guide, view, head.kind, sections, lang=lang, region=region, opening=opening)
    # Only a draft prints its mark; `copy` is printed at the top of the first page.
    return replace(sheet, draft=bool(head.mark), mark=polished(head.mark, region), copy=polished(head.whose, region))


def _blocks(guide: Guide, lang: str, question: SheetQuestion) -> Iterator[Block]:
    """Yield the question in words, then what is filled in; `lead` keeps a paragraph on the page of what follows it."""
    if question.text:
        yield Paragraph((Run(question.text, emphasis=True),), lead=True)
    for blank in question.blanks:
        yield from _table(lang, blank) if isinstance(blank, SheetTable) else _field(guide, lang, blank)


def _field(guide: Guide, lang: str, field: SheetField) -> Iterator[Block]:
    """Yield the label with what is noted already, then boxes to tick or lines to write on."""
    noted_words = f" {guide.word('sheet_noted', lang, known=field.known)}" if field.known else ""
    label = Run(f"{field.label}{colon(lang).rstrip()}", strong=True)
    if field.choices:
        boxes = "   ".join(f"{BOX} {words}" for words in field.choices)
        yield Paragraph((label, Run(f"{noted_words}  {boxes}")))
        return
    yield Paragraph((label, Run(noted_words)), lead=True)
    yield WritingSpace(field.lines)


def _table(lang: str, table: SheetTable) -> Iterator[Block]:
    """Yield the title, the table with its empty rows, then the words that may be written in a column."""
    if table.title:
        yield Paragraph((Run(table.title, strong=True),), lead=True)
    blank_row = ("",) * len(table.heads)
    rows = (*table.rows, *((blank_row,) * table.blank))
    yield Table(
        tuple((Run(head),) for head in table.heads),
        tuple(Row(tuple((Run(text),) for text in cells)) for cells in rows),
        table.title or table.heads[0],  # the caption, for readers who do not see the table
        tall=_ROW_LINES,
    )
    for head, words in table.choices:
        yield Paragraph((Run(f"{head}{colon(lang)}", strong=True), Run(" · ".join(words))))


def agenda_sheet(guide: Guide, view: Partnership, meeting: Entry, lang: str) -> Agreement:
    """Return the agenda of a meeting with room to note what is decided on each item; `view` is the public view."""
    phrasing = Phrasing(guide, view, lang)
    day = str(meeting.get("on") or "")
    venue = semicolon(lang).join(filter(None, (str(meeting.get("hour") or ""), phrasing.text(meeting, "place"))))
    word = phrasing.word
    questions = [_item(phrasing, row) for row in agenda_items(view, meeting.id)]
    kind = word("agenda_of", date=format_date(day, lang)) if day else word("agenda")
    opening = (*((word("held_at", place=venue),) if venue else ()), word("sheet_how_agenda"))
    return printed_sheet(guide, view, lang, SheetHead(kind, "", opening), questions)


def _item(phrasing: Phrasing, row: Entry) -> SheetQuestion:
    """Return an item of an agenda as a question, « Budget (20 minutes, Marie Roy) », with room for what is decided."""
    word, length = phrasing.word, row.get(LENGTH)
    who = phrasing.someone(row.get(WHO)) if row.get(WHO) else ""
    facts = ", ".join(filter(None, (word("agenda_minutes", n=length) if length else "", who)))
    text = phrasing.text(row, TEXT)
    tasks = SheetTable((word("task"), word("responsible"), word("due")), blank=2, title=word("tasks"))  # 2 empty rows
    decision, later = (SheetField(word(key), lines=lines) for key, lines in (_DECISION_FIELD, _LATER_FIELD))
    return SheetQuestion(f"{text} ({facts})" if facts else text, "", (decision, tasks, later))
