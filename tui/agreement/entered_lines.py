"""Where the document tells what a meeting noted: the number of the section, and the sentence, of an entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tui.agreement.blocks import (
    NOWHERE,
    Agreement,
    Block,
    ListBlock,
    Origin,
    Paragraph,
    Runs,
    Section,
    Signature,
    Subheading,
    Table,
)
from tui.agreement.compose import Composer
from tui.agreement.phrasing import Phrasing
from tui.guide.guide_types import Guide
from tui.partnership.decisions import AS_IT_STANDS, REPLACED_BY, REPLACED_ON, number_of, sent_to, written_rule
from tui.partnership.meetings import RESULT, partners_there
from tui.partnership.partners import active
from tui.partnership.values import Entry, Partnership

_APART = frozenset({"open_points", "signatures"})  # a point that is still open was entered nowhere


def sections_of(
    guide: Guide, partnership: Partnership, rows: Iterable[Entry], text: Agreement | None = None
) -> Mapping[str, str]:
    """Return the number of the section that tells of each entry, by its id; {} where none of `rows` was entered.

    `text` is the partnership's document where it is kept; without it one is made, and only where it is needed.
    """
    if not any(sent_to(row)[0] for row in rows):
        return {}
    return section_labels(text or Composer(guide).agreement(partnership, "fr"))


def facts_of(phrasing: Phrasing, partnership: Partnership, row: Entry, sections: Mapping[str, str]) -> Iterator[str]:
    """Yield « convenu tel quel », « inscrit à la section 7 », « remplacée par la décision 3 » as far as they hold."""
    section = sections.get(sent_to(row)[0], "")
    if row.get(AS_IT_STANDS):
        yield phrasing.word("agreed_as_it_stands")
    if section:
        yield phrasing.word("in_section_now" if row.get(AS_IT_STANDS) else "entered_in", section=section)
    if row.get(REPLACED_ON):
        by = partnership.entry(str(row.get(REPLACED_BY, "")))
        if by is not None and by.stands:
            yield phrasing.word("replaced_by", number=number_of(partnership, by))
        else:
            yield phrasing.word("no_longer_in_force", date=phrasing.shown(row, REPLACED_ON))


def beside_decision(phrasing: Phrasing, partnership: Partnership, row: Entry) -> Iterator[str]:
    """Yield how many organisations were there and the rule that was written, where one was; then the result."""
    rule, quorum = (written_rule(phrasing.view, phrasing.lang, field) for field in ("rule", "quorum"))
    there = len(partners_there(partnership, row))
    if there and (rule or quorum):
        yield phrasing.word("there_count", n=there, of=len(active(partnership)))
    if there and quorum:
        yield phrasing.word("quorum_beside", text=quorum)
    if there and rule:
        yield phrasing.word("rule_beside", rule=rule)
    result = phrasing.text(row, RESULT)
    if result:
        yield phrasing.word("result_written", text=result)


def section_labels(text: Agreement) -> dict[str, str]:
    """Return the number of the first section that tells of each entry, by the entry's id."""
    found: dict[str, str] = {}
    for section in text.sections:
        for _words, origin in sentences(section) if section.id not in _APART else ():
            found.setdefault(origin.entry, section.label)
    found.pop("", None)
    return found


def sentences(section: Section) -> Iterator[tuple[str, Origin]]:
    """Yield each sentence of a section as it is printed, with the field it comes from."""
    yield from _of_blocks(section.blocks)


def _of_blocks(blocks: Iterable[Block]) -> Iterator[tuple[str, Origin]]:
    for block in blocks:
        match block:
            case Paragraph():
                yield _words(block.runs), block.origin
            case ListBlock():
                for item in block.items:
                    for words, origin in _of_blocks(item.blocks):
                        yield words, origin if origin != NOWHERE else item.origin
            case Table():
                for row in block.rows:
                    yield ", ".join(filter(None, map(_words, row.cells))), row.origin
            case Subheading() | Signature():
                pass


def _words(runs: Runs) -> str:
    return " ".join("".join(run.text for run in runs).split())
