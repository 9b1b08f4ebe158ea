"""Compares two texts of an agreement section by section and word by word.

The result is an `Agreement` itself, so that screens show it and every format exports it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from tui.agreement.blocks import (
    NOWHERE,
    Agreement,
    Block,
    Item,
    ListBlock,
    Origin,
    Paragraph,
    Row,
    Run,
    Runs,
    Section,
    Signature,
    Subheading,
    Table,
)
from tui.fast_dataclass import dataclass
from tui.guide.guide_types import Guide

ADDED, REMOVED = "+", "−"
# What a caller may know of the two texts (`verdict` of `compare`), each the key of a phrase in the guide: only the text
# in the other language changed; the wording is the same, and only answers, signatures or dates differ.
ELSEWHERE, SAME_WORDS = "no_change_here", "same_words"
_WORD = re.compile(r"\s+|\w+|[^\w\s]")  # blanks, a word, or a single sign: « l'accord » is three
_ALIKE = 0.5  # two sentences that share less of their words are shown whole, one after the other


@dataclass(frozen=True, slots=True)
class Unit:
    """One line of a section, or one row of a table."""

    kind: str  # "paragraph", "subheading", "item", "row" or "signature"
    cells: tuple[Runs, ...]  # a row of a table has several, any other line has one
    origin: Origin = NOWHERE
    head: tuple[Runs, ...] = ()  # the header cells of the table, for a row
    ordered: bool = False  # whether the list is numbered, for an item

    @property
    def text(self) -> str:
        """The words without their styles, cells separated by « | »."""
        return " | ".join(map(flat, self.cells))


def compare(guide: Guide, old: Agreement, new: Agreement, *, verdict: str = "") -> Agreement:
    """Return the sections that differ; removed words are struck between « − », added ones strong between « + ».

    Both texts must be in the same language. Sections are paired by id, lines by the field they come from, then by their
    words. `verdict` is ELSEWHERE or SAME_WORDS, which begins the preamble with a phrase of the guide, or "".
    """
    before = {section.id: section for section in old.sections}
    after = {section.id: section for section in new.sections}
    changed_sections, same_labels = [], []
    for section_id in dict.fromkeys((*(section.id for section in new.sections), *before)):
        section = _changed_section(before.get(section_id), after.get(section_id))
        if section is None:
            same_labels.append(after[section_id].label)
        else:
            changed_sections.append(section)
    front_change = _front_change(old, new)
    preamble_change = _changed_units(old.preamble, new.preamble)
    lines = [front_change] if front_change else []
    if _common_order(old, new) != _common_order(new, old):
        lines.append((Run(guide.word("other_order", new.lang)),))
    if not changed_sections and not lines and not preamble_change:
        lines.append((Run(guide.word(verdict if verdict == ELSEWHERE else "no_change", new.lang)),))
    else:
        lines = [(Run(guide.word(verdict, new.lang)),), *lines] if verdict == SAME_WORDS else lines
        lines.insert(0, (Run(guide.word("how_to_read", new.lang), emphasis=True),))
        if same_labels:
            lines.append((Run(guide.word("same_sections", new.lang, numbers=", ".join(same_labels))),))
    kind = guide.word("changes_between", new.lang, old=_version_and_date(old), new=_version_and_date(new))
    preamble = tuple(Paragraph(runs) for runs in lines) + _blocks(preamble_change)
    return replace(new, kind=kind, sections=tuple(changed_sections), preamble=preamble, holes=(), mark="", draft=False)


def texts_differ(old: Agreement, new: Agreement) -> bool:
    """Return whether anything but version and date differs."""
    before = {section.id: section for section in old.sections}
    after = {section.id: section for section in new.sections}
    return bool(
        any(_changed_section(before.get(section_id), after.get(section_id)) for section_id in {*before, *after})
        or _front_change(old, new)
        or _common_order(old, new) != _common_order(new, old)
        or _changed_units(old.preamble, new.preamble)
    )


def _common_order(agreement: Agreement, other: Agreement) -> list[str]:
    """Return the ids of the sections that both have, in the order of `agreement`."""
    other_ids = {section.id for section in other.sections}
    return [section.id for section in agreement.sections if section.id in other_ids]


def _version_and_date(agreement: Agreement) -> str:
    """Return how a text is named: « Ébauche 2, 3 mai 2026 »."""
    return ", ".join(filter(None, (agreement.version, agreement.date)))


def _front_change(old: Agreement, new: Agreement) -> Runs:
    """Return the line of kind, title and partners with its changes marked; () if it is the same."""
    fronts = [
        " · ".join(filter(None, (agreement.kind, agreement.title, ", ".join(agreement.partners))))
        for agreement in (old, new)
    ]
    return _word_changes((Run(fronts[0]),), (Run(fronts[1]),)) if fronts[0] != fronts[1] else ()


def _changed_section(old: Section | None, new: Section | None) -> Section | None:
    """Return the section with its changes marked, None if it is the same; `old` or `new` is None where it is absent."""
    changed = _changed_units(old.blocks if old else (), new.blocks if new else ())
    if old is not None and new is not None and not changed and old.heading == new.heading:
        return None
    section = new or old
    assert section is not None
    mark = f"{ADDED} " if new else f"{REMOVED} "
    mark = "" if old and new else mark
    return Section(section.id, section.number, mark + section.heading, _blocks(changed), section.origin)


def _changed_units(old: tuple[Block, ...], new: tuple[Block, ...]) -> list[Unit]:
    """Return all units of both with the changes marked; [] if they are the same."""
    before, after = list(units(old)), list(units(new))
    if [_key(unit) for unit in before] == [_key(unit) for unit in after]:
        return []
    matcher = SequenceMatcher(None, [_key(unit) for unit in before], [_key(unit) for unit in after], autojunk=False)
    all_units: list[Unit] = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            all_units += after[new_start:new_end]
        else:
            all_units += _paired(before[old_start:old_end], after[new_start:new_end])
    return all_units


def _key(unit: Unit) -> tuple[str, str, str]:
    """Return what two units are compared by: kind, text, header of the table."""
    return unit.kind, unit.text, " | ".join(map(flat, unit.head))


def _paired(before: Sequence[Unit], after: Sequence[Unit]) -> Iterator[Unit]:
    """Yield the new units and the removed old ones, changes marked; a new unit is compared to its old counterpart."""
    unpaired = list(before)
    for unit in after:
        counterpart = next((old for old in unpaired if _are_counterparts(old, unit)), None)
        if counterpart is None:
            yield _marked_unit(unit, ADDED)
            continue
        while unpaired[0] is not counterpart:
            yield _marked_unit(unpaired.pop(0), REMOVED)
        unpaired.pop(0)
        cells = tuple(_word_changes(old, new) for old, new in zip(counterpart.cells, unit.cells, strict=True))
        yield replace(unit, cells=cells)
    for unit in unpaired:
        yield _marked_unit(unit, REMOVED)


def _are_counterparts(unit: Unit, other: Unit) -> bool:
    """Return whether two units of one kind come from the same field, or share more than `_ALIKE` of their words."""
    if unit.kind != other.kind or len(unit.cells) != len(other.cells):
        return False
    if unit.origin.entry and (unit.origin.entry, unit.origin.field) == (other.origin.entry, other.origin.field):
        return True
    return _likeness(_WORD.findall(unit.text), _WORD.findall(other.text)) > _ALIKE


def _likeness(words: Sequence[str], others: Sequence[str]) -> float:
    """Return how much two texts share, from 0 to 1; blanks do not count."""
    first, second = ([word for word in text if not word.isspace()] for text in (words, others))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _word_changes(old: Runs, new: Runs) -> Runs:
    """Return one line made of two: the words of both, those removed struck, those added strong."""
    before, after = flat(old), flat(new)
    if before == after:
        return new
    old_words, new_words = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, old_words, new_words, autojunk=False)
    if _likeness(old_words, new_words) < _ALIKE:
        whole_texts = (*_marked(before, REMOVED), Run(" "), *_marked(after, ADDED))
        return tuple(run for run in whole_texts if run.text)
    runs: list[Run] = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Run("".join(new_words[new_start:new_end])))
        else:
            runs += _marked("".join(old_words[old_start:old_end]), REMOVED)
            runs += _marked("".join(new_words[new_start:new_end]), ADDED)
    return tuple(runs)


def _marked(text: str, mark: str) -> Runs:
    """Return « −ancien− » struck or « +nouveau+ » strong: the marks tell it without any style; blanks stay outside.

    Blanks alone are kept only if they were added.
    """
    core = text.strip()
    if not core:
        return (Run(text),) if text and mark == ADDED else ()
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    run = Run(f"{mark}{core}{mark}", strong=mark == ADDED, strike=mark == REMOVED)
    return tuple(piece for piece in (Run(lead), run, Run(tail)) if piece.text)


def _marked_unit(unit: Unit, mark: str) -> Unit:
    """Return a unit that only one of the two texts has, all its words marked."""
    cells = tuple(_marked(flat(cell), mark) or cell for cell in unit.cells)
    return replace(unit, cells=cells)


def flat(runs: Runs) -> str:
    """Return the words of runs on one line, without their styles."""
    return "".join(run.text for run in runs).replace("\n", " ")


# -- blocks to units and back ------------------------------------------------------------------------------------------


def units(blocks: Sequence[Block]) -> Iterator[Unit]:
    """Yield one unit for each line of the blocks, in their order; nested lists are flattened."""
    for block in blocks:
        match block:
            case Paragraph():
                yield Unit("paragraph", (block.runs,), block.origin)
            case Subheading():
                yield Unit("subheading", (block.runs,), block.origin)
            case ListBlock():
                for item in block.items:
                    for inner in units(item.blocks):
                        origin = inner.origin if inner.origin != NOWHERE else item.origin
                        yield replace(inner, kind="item", origin=origin, ordered=block.ordered)
            case Table():
                for row in block.rows:
                    yield Unit("row", row.cells, row.origin, block.head)
            case Signature():
                yield from _signature(block)


def _signature(block: Signature) -> Iterator[Unit]:
    """Yield a signature block as one unit: partner, signatories, authorisation, note."""
    who = "; ".join(", ".join(filter(None, (signatory.name, signatory.title))) for signatory in block.signatories)
    text = ". ".join(filter(None, (block.partner, who, block.authorisation, block.note)))
    yield Unit("signature", ((Run(text),),), block.origin)


def _blocks(units_in_order: Sequence[Unit]) -> tuple[Block, ...]:
    """Return units as blocks: adjacent items become a list, adjacent rows under the same header a table."""
    blocks: list[Block] = []
    for unit in units_in_order:
        last = blocks[-1] if blocks else None
        if unit.kind == "item":
            item = Item((Paragraph(unit.cells[0], unit.origin),), unit.origin)
            if isinstance(last, ListBlock) and last.ordered == unit.ordered:
                blocks[-1] = replace(last, items=(*last.items, item))
            else:
                blocks.append(ListBlock((item,), unit.ordered))
        elif unit.kind == "row":
            row = Row(unit.cells, unit.origin)
            if isinstance(last, Table) and last.head == unit.head:
                blocks[-1] = replace(last, rows=(*last.rows, row))
            else:
                blocks.append(Table(unit.head, (row,)))
        elif unit.kind == "subheading":
            blocks.append(Subheading(unit.cells[0], unit.origin))
        else:
            blocks.append(Paragraph(unit.cells[0], unit.origin))
    return tuple(blocks)
