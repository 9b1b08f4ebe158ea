"""The agreement as the JSON that the PDF's template reads: texts as data, never as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tui.agreement.blocks import Agreement, Block, ListBlock, Paragraph, Row, Runs, Signature, Subheading, Table
from tui.export.columns import numeric, shares
from tui.export.flow import with_next
from tui.export.wording import (
    document_name,
    facts,
    flat,
    heading,
    moment,
    on_letter,
    running_title,
    shown,
    tag,
    wording,
)

# Libertinus and the others travel inside typst; the syllabics of Cree and Inuktitut come from our own folder.
FONTS = (
    "Libertinus Serif",
    "Noto Sans CanAborig",  # Noto Sans Canadian Aboriginal, as version 2.000 names itself
    "DejaVu Sans Mono",
    "New Computer Modern",
    "New Computer Modern Math",
)

_DEEPEST = 15  # lists in lists; typst reads JSON of at most 127 levels, and a page is only so wide
_WHOLE = 900  # letters: about a third of a page in the narrowest column of four

Json = dict[str, Any]


def content(agreement: Agreement) -> Json:
    """Return the whole document for `templates/agreement.typ`."""
    words = wording(agreement)
    day = moment(agreement)
    return {
        "lang": agreement.lang,
        "region": tag(agreement).partition("-")[2] or "CA",
        "paper": "us-letter" if on_letter(agreement) else "a4",
        "fonts": FONTS,
        "date": [day.year, day.month, day.day],
        "name": document_name(agreement) or "—",
        "kind": agreement.kind.upper() if agreement.title.strip() else "",
        "title": agreement.title.strip() or agreement.kind.strip() or "—",
        "running": running_title(agreement),
        "facts": facts(agreement),
        "copy": agreement.copy,
        "between": words.between + words.colon,
        "partners": agreement.partners,
        "mark": agreement.mark.upper() if agreement.draft else "",
        "page": agreement.page_label,
        "blocks": list(_Levels().document(agreement)),
        "also": [content(part) for part in agreement.parts[1:]],
    }


class _Levels:
    """Turns blocks into JSON; headings never skip a level, which PDF/UA-1 (ISO 14289-1 § 7.4.2) forbids."""

    def __init__(self) -> None:
        self._level = 1

    def document(self, agreement: Agreement) -> Iterator[Json]:
        """Yield the blocks of the whole document, its sections' headings among them."""
        yield from self._blocks(agreement.preamble)
        for section in agreement.sections:
            yield {"type": "heading", "level": self._heading(2), "runs": [{"text": heading(section)}]}
            yield from self._blocks(section.blocks)

    def _heading(self, wanted: int) -> int:
        self._level = max(2, min(wanted, self._level + 1, 6))
        return self._level

    def _items(self, block: ListBlock, depth: int) -> Iterator[list[Json]]:
        """Yield the blocks of each item; below `_DEEPEST`, the items of an inner list follow at the same level."""
        for item in block.items:
            if depth < _DEEPEST:
                yield list(self._blocks(item.blocks, depth + 1))
                continue
            yield list(self._blocks([inner for inner in item.blocks if not isinstance(inner, ListBlock)]))
            for inner in item.blocks:
                if isinstance(inner, ListBlock):
                    yield from self._items(inner, depth)

    def _blocks(self, blocks: Iterable[Block], depth: int = 0) -> Iterator[Json]:
        for block, keep in with_next(blocks):
            match block:
                case Paragraph():
                    yield {"type": "paragraph", "lead": block.lead, "keep": keep, "runs": _runs(block.runs)}
                case Subheading() if flat(block.runs).strip():  # PDF/UA-1 has no empty heading
                    yield {"type": "heading", "level": self._heading(block.level), "runs": _runs(block.runs)}
                case ListBlock():
                    items = list(self._items(block, depth))
                    yield {"type": "list", "ordered": block.ordered, "start": block.start, "items": items}
                case Table():
                    yield _table(block)
                case Signature():
                    yield {**_signature(block), "level": self._heading(3)}


def _table(table: Table) -> Json:
    return {
        "type": "table",
        "head": [_runs(cell) for cell in table.head],
        # Each cell is a dictionary: typst flattens nested arrays, runs included.
        "rows": [[{"runs": _runs(cell), "long": _long(row)} for cell in row.cells] for row in table.rows],
        "shares": shares(table),
        "right": [numeric(table, column) for column in range(len(table.head))],
    }


def _long(row: Row) -> bool:
    """Return whether a row may fill a page alone, so that it has to break."""
    return max(len(flat(cell)) for cell in row.cells) > _WHOLE


def _signature(block: Signature) -> Json:
    return {
        "type": "signature",
        "partner": block.partner,
        "notes": [text for text in (block.authorisation, block.note) if text],
        "labels": [block.signature_label, block.name_label, block.date_label],
        "who": [{"person": one.name, "title": one.title} for one in block.signatories],
    }


def _runs(runs: Runs) -> list[Json]:
    made = []
    for run in runs:
        if not run.text:
            continue
        one: Json = {"text": shown(run)}
        one |= {name: True for name in ("strong", "emphasis", "strike", "code", "hole") if getattr(run, name)}
        if run.href:
            one["href"] = run.href
        made.append(one)
    return made
