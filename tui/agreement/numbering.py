"""The numbers of sections: continuous, frozen once a text has gone out, and put into the sentences that name one."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from tui.agreement.blocks import (
    Block,
    Item,
    ListBlock,
    Paragraph,
    Row,
    Runs,
    Section,
    Signature,
    Subheading,
    Table,
    WritingSpace,
)
from tui.partnership.values import Partnership

NUMBERS = "numbers"  # the setting that holds what the last text sent or adopted was numbered, by section id
Change = Callable[[str], str]  # what a text becomes
Number = tuple[int, int]  # « 10.1 » is (10, 1): a section that came between two that had their numbers
# Around the id of a section: no text that anyone types holds these two characters (tui.text.clean).
_OPEN, _CLOSE = "\x02", "\x03"
_IN_BRACKETS = re.compile(f"\\s*\\([^()]*{_OPEN}(\\w+){_CLOSE}\\)")
_NUMBER = r"([1-9]\d{0,3})(?:\.([1-9]\d{0,3}))?"
_BARE = re.compile(f"{_OPEN}(\\w+){_CLOSE}")


def reference(section: str) -> str:
    """Return what stands in a sentence for the number of a section, until the sections are numbered."""
    return f"{_OPEN}{section}{_CLOSE}"


def frozen_numbers(view: Partnership) -> dict[str, Number]:
    """Return the numbers of the last text that went out, by section id; {} before the first."""
    kept = view.setting(NUMBERS)
    if not isinstance(kept, Mapping):
        return {}
    read = {str(name): re.fullmatch(_NUMBER, str(text), re.ASCII) for name, text in kept.items()}
    return {name: (int(found[1]), int(found[2] or 0)) for name, found in read.items() if found}


def numbers_of(sections: Sequence[Section]) -> dict[str, str]:
    """What is kept of a text that goes out: the number of each of its sections, as it is printed, by section id."""
    return {section.id: section.label for section in sections}


def numbered(order: Sequence[str], printed: Sequence[str], frozen: Mapping[str, Number]) -> dict[str, Number]:
    """Return the number of each printed section, and of those that had one and are printed no more.

    Without frozen numbers, or where the order is another one since, the printed sections are counted from 1. Else each
    keeps its own, and a new one takes that of the section before it with a number behind (« 10.1 »), as acts do.
    """
    kept = [name for name in order if name in frozen]
    if not kept or [frozen[name] for name in kept] != sorted({frozen[name] for name in kept}):
        return {name: (at, 0) for at, name in enumerate(printed, 1)}
    found: dict[str, Number] = {}
    last: Number = (0, 0)
    for name in order:
        if name in frozen:
            found[name] = last = frozen[name]
        elif name in printed:
            found[name] = last = last[0], last[1] + 1
    return found


def label_of(name: str, order: Sequence[str], printed: Collection[str], frozen: Mapping[str, Number]) -> str:
    """Return the number of section `name` as it is printed, or as it will be once something stands in it."""
    return label(
        numbered(order, [section_id for section_id in order if section_id in printed or section_id == name], frozen)[
            name
        ]
    )


def label(number: Number) -> str:
    """« 7 », « 10.1 »."""
    return f"{number[0]}.{number[1]}" if number[1] else str(number[0])


def resolved(section: Section, labels: Mapping[str, str]) -> Section:
    """The section with the numbers in its sentences; a bracket that names a section which is not printed goes."""
    return _with_texts(section, lambda text: _text(text, labels) if _OPEN in text else text)


def renumbered(section: Section, labels: Mapping[str, str]) -> Section:
    """Return the section where each « (section 5) » bears another number, by the one it had; one without any goes."""
    change = re.compile(r"(\s\(section\s)([\d.]+)\)")
    return _with_texts(
        section,
        lambda text: change.sub(lambda found: f"{found[1]}{labels[found[2]]})" if found[2] in labels else "", text),
    )


def _with_texts(section: Section, change: Change) -> Section:
    return replace(section, blocks=tuple(_block(block, change) for block in section.blocks))


def _block(block: Block, change: Change) -> Block:
    match block:
        case Paragraph() | Subheading():
            return replace(block, runs=_runs(block.runs, change))
        case ListBlock():
            return replace(block, items=tuple(_item(item, change) for item in block.items))
        case Table():
            rows = tuple(
                Row(tuple(_runs(cell, change) for cell in row.cells), row.origin, row.fields) for row in block.rows
            )
            return replace(block, rows=rows)
        case Signature() | WritingSpace():
            return block


def _item(item: Item, change: Change) -> Item:
    return Item(tuple(_block(block, change) for block in item.blocks), item.origin)


def _runs(runs: Runs, change: Change) -> Runs:
    said = ((run, change(run.text)) for run in runs)
    return tuple(run if text == run.text else replace(run, text=text) for run, text in said)


def _text(text: str, labels: Mapping[str, str]) -> str:
    text = _IN_BRACKETS.sub(lambda found: found[0] if found[1] in labels else "", text)
    return _BARE.sub(lambda found: labels.get(found[1], "—"), text)
