"""Finds where the document prints what a meeting noted, and words what became of each noted line.

A noted line (a decision, a task) is *entered* once it has become an answer, which a section of the document prints.
"""

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

_NOT_ENTERED = frozenset({"open_points", "signatures"})  # sections that only repeat what is not settled


def sections_of(
    guide: Guide, partnership: Partnership, rows: Iterable[Entry], text: Agreement | None = None
) -> Mapping[str, str]:
    """Return by entry id the number of the section that prints it; {} if none of `rows` (noted lines) was entered.

    `text` is the partnership's document if the caller has it; else it is composed here, if it is needed.
    """
    if not any(sent_to(row)[0] for row in rows):
        return {}
    return section_labels(text or Composer(guide).agreement(partnership, "fr"))


def facts_of(phrasing: Phrasing, partnership: Partnership, row: Entry, sections: Mapping[str, str]) -> Iterator[str]:
    """Yield what became of a noted line: « convenu tel quel », « inscrit à la section 7 », « remplacée par … ».

    `sections` is what `sections_of` returns.
    """
    section = sections.get(sent_to(row)[0], "")  # `sent_to` gives first the id of the entry that the line became
    if row.get(AS_IT_STANDS):
        yield phrasing.word("agreed_as_it_stands")
    if section:
        yield phrasing.word("in_section_now" if row.get(AS_IT_STANDS) else "entered_in", section=section)
    if row.get(REPLACED_ON):
        replacement = partnership.entry(str(row.get(REPLACED_BY, "")))
        if replacement is not None and replacement.is_in_use:
            yield phrasing.word("replaced_by", number=number_of(partnership, replacement))
        else:
            yield phrasing.word("no_longer_in_force", date=phrasing.in_words(row, REPLACED_ON))


def decision_facts(phrasing: Phrasing, partnership: Partnership, row: Entry) -> Iterator[str]:
    """Yield how many organisations attended, the quorum and the rule of decision, if noted; then the result."""
    rule = written_rule(phrasing.view, phrasing.lang, "rule")
    quorum = written_rule(phrasing.view, phrasing.lang, "quorum")
    attended = len(partners_there(partnership, row))
    if attended and (rule or quorum):
        yield phrasing.word("there_count", n=attended, of=len(active(partnership)))
    if attended and quorum:
        yield phrasing.word("quorum_beside", text=quorum)
    if attended and rule:
        yield phrasing.word("rule_beside", rule=rule)
    result = phrasing.text(row, RESULT)
    if result:
        yield phrasing.word("result_written", text=result)


def section_labels(text: Agreement) -> dict[str, str]:
    """Return by entry id the number of the first section that prints the entry."""
    labels: dict[str, str] = {}
    for section in text.sections:
        if section.id not in _NOT_ENTERED:
            for _words, origin in sentences(section):
                labels.setdefault(origin.entry, section.label)
    labels.pop("", None)  # lines that come from no entry
    return labels


def sentences(section: Section) -> Iterator[tuple[str, Origin]]:
    """Yield each line of a section as (text, the field it comes from), without headings and signature blocks."""
    yield from _block_sentences(section.blocks)


def _block_sentences(blocks: Iterable[Block]) -> Iterator[tuple[str, Origin]]:
    """Yield the lines of blocks as `sentences` does; a line of a list without an origin gets that of its item."""
    for block in blocks:
        match block:
            case Paragraph():
                yield _words(block.runs), block.origin
            case ListBlock():
                for item in block.items:
                    for words, origin in _block_sentences(item.blocks):
                        yield words, origin if origin != NOWHERE else item.origin
            case Table():
                for row in block.rows:
                    yield ", ".join(filter(None, map(_words, row.cells))), row.origin
            case Subheading() | Signature():
                pass


def _words(runs: Runs) -> str:
    return " ".join("".join(run.text for run in runs).split())
