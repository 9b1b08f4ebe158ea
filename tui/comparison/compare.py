"""What changed between two texts of an agreement, by section and word, as an agreement to be read and exported."""

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
ELSEWHERE, SAME_WORDS = "no_change_here", "same_words"  # the other language alone changed; only what follows a text
_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_ALIKE = 0.5  # below this, two sentences share so little that word by word would only confuse


@dataclass(frozen=True, slots=True)
class Unit:
    """One line of a section: what kind it is, its cells (one but for rows of a table), and where it comes from."""

    kind: str  # "paragraph", "subheading", "item", "row" or "signature"
    cells: tuple[Runs, ...]
    origin: Origin = NOWHERE
    head: tuple[Runs, ...] = ()  # of its table
    ordered: bool = False

    @property
    def text(self) -> str:
        """Its words alone."""
        return " | ".join(map(flat, self.cells))


def compare(guide: Guide, old: Agreement, new: Agreement, *, verdict: str = "") -> Agreement:
    """The sections that differ, with what was taken out struck after « − » and what was added strong after « + ».

    Both must be in one language. Sections are paired by id, lines by the field they come from, then by their words.
    `verdict` is the set phrase of what is known of the two texts (ELSEWHERE, SAME_WORDS), which stands first.
    """
    before = {section.id: section for section in old.sections}
    after = {section.id: section for section in new.sections}
    found, same = [], []
    for name in dict.fromkeys((*(section.id for section in new.sections), *before)):
        section = _section(before.get(name), after.get(name))
        if section is None:
            same.append(after[name].label)
        else:
            found.append(section)
    front = _front(old, new)
    opening = _changed(old.preamble, new.preamble)
    lines = [front] if front else []
    if _order(old, new) != _order(new, old):
        lines.append((Run(guide.word("other_order", new.lang)),))
    if not found and not lines and not opening:
        lines.append((Run(guide.word(verdict if verdict == ELSEWHERE else "no_change", new.lang)),))
    else:
        lines = [(Run(guide.word(verdict, new.lang)),), *lines] if verdict == SAME_WORDS else lines
        lines.insert(0, (Run(guide.word("how_to_read", new.lang), emphasis=True),))
        if same:
            lines.append((Run(guide.word("same_sections", new.lang, numbers=", ".join(same))),))
    said = guide.word("changes_between", new.lang, old=_called(old), new=_called(new))
    preamble = tuple(Paragraph(runs) for runs in lines) + _blocks(opening)
    return replace(new, kind=said, sections=tuple(found), preamble=preamble, holes=(), mark="", draft=False)


def changed(old: Agreement, new: Agreement) -> bool:
    """Return whether anything differs but version and date."""
    before = {section.id: section for section in old.sections}
    after = {section.id: section for section in new.sections}
    sections = any(_section(before.get(name), after.get(name)) for name in {*before, *after})
    return bool(
        sections or _front(old, new) or _order(old, new) != _order(new, old) or _changed(old.preamble, new.preamble)
    )


def _order(agreement: Agreement, other: Agreement) -> list[str]:
    """Return the sections of `one` that the other has too, in its order."""
    known = {section.id for section in other.sections}
    return [section.id for section in agreement.sections if section.id in known]


def _called(agreement: Agreement) -> str:
    return ", ".join(filter(None, (agreement.version, agreement.date)))


def _front(old: Agreement, new: Agreement) -> Runs:
    """Return what changed above the text: kind, title and partners."""
    told = [
        " · ".join(filter(None, (agreement.kind, agreement.title, ", ".join(agreement.partners))))
        for agreement in (old, new)
    ]
    return by_word((Run(told[0]),), (Run(told[1]),)) if told[0] != told[1] else ()


def _section(old: Section | None, new: Section | None) -> Section | None:
    """Return the section as it changed; None when it did not."""
    changed = _changed(old.blocks if old else (), new.blocks if new else ())
    if old is not None and new is not None and not changed and old.heading == new.heading:
        return None
    stands = new or old
    assert stands is not None
    mark = "" if old and new else f"{ADDED} " if new else f"{REMOVED} "
    return Section(stands.id, stands.number, mark + stands.heading, _blocks(changed), stands.origin)


def _changed(old: tuple[Block, ...], new: tuple[Block, ...]) -> list[Unit]:
    """Return the units of both, marked; [] when they are the same."""
    before, after = list(units(old)), list(units(new))
    if [_key(unit) for unit in before] == [_key(unit) for unit in after]:
        return []
    matcher = SequenceMatcher(None, [_key(unit) for unit in before], [_key(unit) for unit in after], autojunk=False)
    made: list[Unit] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            made += after[c:d]
        else:
            made += _paired(before[a:b], after[c:d])
    return made


def _key(unit: Unit) -> tuple[str, str, str]:
    return unit.kind, unit.text, " | ".join(map(flat, unit.head))


def _paired(before: Sequence[Unit], after: Sequence[Unit]) -> Iterator[Unit]:
    """Yield each new line with the old one it replaces, if one comes from the same field or says nearly the same."""
    left = list(before)
    for unit in after:
        twin = next((other for other in left if _twins(other, unit)), None)
        if twin is None:
            yield whole(unit, ADDED)
            continue
        while left[0] is not twin:
            yield whole(left.pop(0), REMOVED)
        left.pop(0)
        cells = tuple(by_word(was, now) for was, now in zip(twin.cells, unit.cells, strict=True))
        yield replace(unit, cells=cells)
    for unit in left:
        yield whole(unit, REMOVED)


def _twins(unit: Unit, other: Unit) -> bool:
    if unit.kind != other.kind or len(unit.cells) != len(other.cells):
        return False
    if unit.origin.entry and (unit.origin.entry, unit.origin.field) == (other.origin.entry, other.origin.field):
        return True
    return _alike(_WORD.findall(unit.text), _WORD.findall(other.text)) > _ALIKE


def _alike(words: Sequence[str], others: Sequence[str]) -> float:
    """Return how much two texts share, from 0 to 1, blanks set aside."""
    said = [[word for word in text if not word.isspace()] for text in (words, others)]
    return SequenceMatcher(None, said[0], said[1], autojunk=False).ratio()


def by_word(old: Runs, new: Runs) -> Runs:
    """One line made of two: the words both have, those taken out struck, those added strong."""
    before, after = flat(old), flat(new)
    if before == after:
        return new
    was, now = _WORD.findall(before), _WORD.findall(after)
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    if _alike(was, now) < _ALIKE:
        return tuple(filter(lambda run: run.text, (*_marked(before, REMOVED), Run(" "), *_marked(after, ADDED))))
    runs: list[Run] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Run("".join(now[c:d])))
        else:
            runs += _marked("".join(was[a:b]), REMOVED)
            runs += _marked("".join(now[c:d]), ADDED)
    return tuple(runs)


def _marked(text: str, mark: str) -> Runs:
    """« −ancien− » struck or « +nouveau+ » strong, so that it reads without any style; blanks stay outside."""
    core = text.strip()
    if not core:
        return (Run(text),) if text and mark == ADDED else ()
    lead, tail = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    run = Run(f"{mark}{core}{mark}", strong=mark == ADDED, strike=mark == REMOVED)
    return tuple(piece for piece in (Run(lead), run, Run(tail)) if piece.text)


def whole(unit: Unit, mark: str) -> Unit:
    """Return a line that only one of the two has."""
    cells = tuple(_marked(flat(cell), mark) or cell for cell in unit.cells)
    return replace(unit, cells=cells)


def flat(runs: Runs) -> str:
    """Return the words of runs, without their styles."""
    return "".join(run.text for run in runs).replace("\n", " ")


# -- blocks to units and back ------------------------------------------------------------------------------------------


def units(blocks: Sequence[Block]) -> Iterator[Unit]:
    """Yield the lines of blocks in their order; nested lists are laid flat."""
    for block in blocks:
        match block:
            case Paragraph():
                yield Unit("paragraph", (block.runs,), block.origin)
            case Subheading():
                yield Unit("subheading", (block.runs,), block.origin)
            case ListBlock():
                for item in block.items:
                    for inner in units(item.blocks):
                        where = inner.origin if inner.origin != NOWHERE else item.origin
                        yield replace(inner, kind="item", origin=where, ordered=block.ordered)
            case Table():
                for row in block.rows:
                    yield Unit("row", row.cells, row.origin, block.head)
            case Signature():
                yield from _signature(block)


def _signature(block: Signature) -> Iterator[Unit]:
    who = "; ".join(", ".join(filter(None, (signatory.name, signatory.title))) for signatory in block.signatories)
    text = ". ".join(filter(None, (block.partner, who, block.authorisation, block.note)))
    yield Unit("signature", ((Run(text),),), block.origin)


def _blocks(found: Sequence[Unit]) -> tuple[Block, ...]:
    """Units put together again: items beside each other make a list, rows under one head a table."""
    made: list[Block] = []
    for unit in found:
        last = made[-1] if made else None
        if unit.kind == "item":
            item = Item((Paragraph(unit.cells[0], unit.origin),), unit.origin)
            if isinstance(last, ListBlock) and last.ordered == unit.ordered:
                made[-1] = replace(last, items=(*last.items, item))
            else:
                made.append(ListBlock((item,), unit.ordered))
        elif unit.kind == "row":
            row = Row(unit.cells, unit.origin)
            if isinstance(last, Table) and last.head == unit.head:
                made[-1] = replace(last, rows=(*last.rows, row))
            else:
                made.append(Table(unit.head, (row,)))
        elif unit.kind == "subheading":
            made.append(Subheading(unit.cells[0], unit.origin))
        else:
            made.append(Paragraph(unit.cells[0], unit.origin))
    return tuple(made)
