"""Numbers the sections, and puts the numbers into the sentences that refer to a section.

Numbers are continuous until a text has been sent; from then on each section keeps its number (it is frozen).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from operator import is_
from typing import TypeVar

from tui.agreement.blocks import (
    Block,
    Item,
    ListBlock,
    Paragraph,
    Row,
    Run,
    Runs,
    Section,
    Signature,
    Subheading,
    Table,
    WritingSpace,
)
from tui.partnership.values import Partnership

NUMBERS = "numbers"  # the setting that holds by section id the numbers of the text that was sent or adopted last
ChangeText = Callable[[str], str]  # gives a text its new words
_Part = TypeVar("_Part")
Number = tuple[int, int]  # « 10.1 » is (10, 1): a section added between two whose numbers were frozen
# A reference is the id of a section between these characters, which no typed text holds (tui.text.clean).
_OPENING_MARK, _CLOSING_MARK = "\x02", "\x03"
_REFERENCE = re.compile(f"{_OPENING_MARK}(\\w+){_CLOSING_MARK}")
# The same within brackets, with the space before them: « (section \x02lead\x03) ».
_IN_BRACKETS = re.compile(f"\\s*\\([^()]*{_OPENING_MARK}(\\w+){_CLOSING_MARK}\\)")
_NUMBER = r"([1-9]\d{0,3})(?:\.([1-9]\d{0,3}))?"  # « 7 », « 10.1 »


def reference(section: str) -> str:
    """Return the reference that a sentence holds in place of a section's number until `resolved` puts that in."""
    return f"{_OPENING_MARK}{section}{_CLOSING_MARK}"


def frozen_numbers(view: Partnership) -> dict[str, Number]:
    """Return by section id the numbers of the text that was sent last; {} if none was."""
    stored = view.setting(NUMBERS)
    if not isinstance(stored, Mapping):
        return {}
    matches = {str(section_id): re.fullmatch(_NUMBER, str(text), re.ASCII) for section_id, text in stored.items()}
    return {section_id: (int(match[1]), int(match[2] or 0)) for section_id, match in matches.items() if match}


def numbers_of(sections: Sequence[Section]) -> dict[str, str]:
    """Return by section id the printed numbers of a text that is sent, to be kept as the setting NUMBERS."""
    return {section.id: section.label for section in sections}


def numbered(order: Sequence[str], printed: Sequence[str], frozen: Mapping[str, Number]) -> dict[str, Number]:
    """Return by section id the number of each printed section, and of each with a frozen number.

    `order` and `printed` are section ids: of all sections, and of those that are printed. Without frozen numbers, or if
    the order has changed since, the printed sections are counted from 1. Otherwise each keeps its number, and a new
    section is numbered after the section before it (« 10.1 »), as in amended laws.
    """
    frozen_in_order = [frozen[section_id] for section_id in order if section_id in frozen]
    still_ascending = frozen_in_order == sorted(set(frozen_in_order))
    if not frozen_in_order or not still_ascending:
        return {section_id: (at, 0) for at, section_id in enumerate(printed, 1)}
    numbers: dict[str, Number] = {}
    last: Number = (0, 0)
    for section_id in order:
        if section_id in frozen:
            last = frozen[section_id]
        elif section_id in printed:
            last = last[0], last[1] + 1
        else:
            continue
        numbers[section_id] = last
    return numbers


def label_of(section: str, order: Sequence[str], printed: Collection[str], frozen: Mapping[str, Number]) -> str:
    """Return the number of a section (id) as a label, as if that section were printed: it may still be empty."""
    with_section = [section_id for section_id in order if section_id in printed or section_id == section]
    return label(numbered(order, with_section, frozen)[section])


def label(number: Number) -> str:
    """Return the number as it is printed: « 7 », « 10.1 »."""
    return f"{number[0]}.{number[1]}" if number[1] else str(number[0])


def resolved(section: Section, labels: Mapping[str, str]) -> Section:
    """Return the section with its references replaced by `labels` (by section id).

    A reference to a section that is not printed is taken out with the brackets around it; without brackets it becomes
    « — ».
    """
    return _with_texts(section, lambda text: _text(text, labels) if _OPENING_MARK in text else text)


def renumbered(section: Section, labels: Mapping[str, str]) -> Section:
    """Return the section with each « (section 5) » renumbered; `labels` are the new numbers by the old ones.

    A reference whose number is not in `labels` is taken out.
    """
    reference_pattern = re.compile(r"(\s\(section\s)([\d.]+)\)")  # « (section 10.1) », the same word in both languages

    def renumber(reference: re.Match[str]) -> str:
        return f"{reference[1]}{labels[reference[2]]})" if reference[2] in labels else ""

    return _with_texts(section, lambda text: reference_pattern.sub(renumber, text))


def _with_texts(section: Section, change: ChangeText) -> Section:
    """Return the section with each text of its blocks changed, except signatures."""
    return replace(section, blocks=_all(section.blocks, lambda block: _block(block, change)))


def _all(items: tuple[_Part, ...], change: Callable[[_Part], _Part]) -> tuple[_Part, ...]:
    """Return the items changed; the same tuple if none is another object then, so that it is not painted again."""
    changed = tuple(map(change, items))
    return items if all(map(is_, items, changed)) else changed


def _block(block: Block, change: ChangeText) -> Block:
    """Return a block with each of its texts changed; the same object if nothing changes."""
    match block:
        case Paragraph() | Subheading():
            runs = _runs(block.runs, change)
            return block if runs is block.runs else replace(block, runs=runs)
        case ListBlock():
            items = _all(block.items, lambda item: _item(item, change))
            return block if items is block.items else replace(block, items=items)
        case Table():
            rows = _all(block.rows, lambda row: _row(row, change))
            return block if rows is block.rows else replace(block, rows=rows)
        case Signature() | WritingSpace():
            return block


def _row(row: Row, change: ChangeText) -> Row:
    cells = _all(row.cells, lambda cell: _runs(cell, change))
    return row if cells is row.cells else Row(cells, row.origin, row.fields)


def _item(item: Item, change: ChangeText) -> Item:
    blocks = _all(item.blocks, lambda block: _block(block, change))
    return item if blocks is item.blocks else Item(blocks, item.origin)


def _runs(runs: Runs, change: ChangeText) -> Runs:
    return _all(runs, lambda run: _run(run, change))


def _run(run: Run, change: ChangeText) -> Run:
    text = change(run.text)
    return run if text == run.text else replace(run, text=text)


def _text(text: str, labels: Mapping[str, str]) -> str:
    """Return a text with its references replaced, as `resolved` says."""
    text = _IN_BRACKETS.sub(lambda match: match[0] if match[1] in labels else "", text)
    return _REFERENCE.sub(lambda match: labels.get(match[1], "—"), text)
