"""Finds the sentences of an agreement that a partner may answer one by one in its form.

A *point* is an entry whose words the agreement prints; its fingerprint is a hash of those words (positions.points).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tui.agreement.blocks import NOWHERE, Agreement, Block, ListBlock, Origin, Paragraph, Runs, Subheading, Table
from tui.fast_dataclass import dataclass
from tui.partnership.partners import WHO
from tui.partnership.values import answer_id
from tui.text.separators import unbreakable_colon

BETWEEN = " · "  # separates the headings in `FormSentence.heading`
_NO_SENTENCES = frozenset({"partners", "open_points", "signatures"})  # sections whose lines nobody could agree to


@dataclass(frozen=True, slots=True)
class FormSentence:
    """The text that an agreement prints of one field, with its headings."""

    origin: Origin
    text: str
    heading: str  # « 4. Structure », then the line above a list: « Le Centre s'engage à : »


def form_sentences(agreement: Agreement, points: Mapping[str, str]) -> tuple[FormSentence, ...]:
    """Return the sentences that print a point, one for each field, in the order of the text.

    `points` are the fingerprints by entry id. The sections on partners, open points and signatures are left out, since
    they hold no sentence to agree to.
    """
    sentences: dict[tuple[str, str], FormSentence] = {}  # by (entry id, field)
    # The section that prints a row first, since later ones only repeat it; by entry id. Of an answer each field counts
    # for itself: of the legal question one section prints the day of effect, another the nature of the document.
    first_sections: dict[tuple[str, str], str] = {}
    colon = unbreakable_colon(agreement.lang)
    for section in agreement.sections:
        if section.id in _NO_SENTENCES:
            continue
        for sentence in _sentences(section.blocks, f"{section.label}. {section.heading}", colon):
            entry_id = sentence.origin.entry
            if entry_id not in points or sentence.origin.question == WHO or not sentence.text.strip():
                continue
            key = (entry_id, sentence.origin.field)
            is_answer = entry_id == answer_id(sentence.origin.question)
            if first_sections.setdefault(key if is_answer else (entry_id, ""), section.id) != section.id:
                continue
            earlier = sentences.get(key)
            sentences[key] = sentence if earlier is None else replace(earlier, text=f"{earlier.text}\n{sentence.text}")
    return tuple(sentences.values())


def _sentences(blocks: Sequence[Block], heading: str, colon: str, origin: Origin = NOWHERE) -> Iterator[FormSentence]:
    """Yield the sentences of blocks below `heading`; a block without an origin gets `origin`."""
    subheading, full_subheading = heading, heading  # « Le Centre », « 7. Engagements · Le Centre »
    current = heading  # what the next sentence gets as its heading
    for block in blocks:
        match block:
            case Subheading():
                subheading = _flat(block.runs)
                current = full_subheading = f"{heading}{BETWEEN}{subheading}"
            case Paragraph(lead=True):
                lead = _flat(block.runs)
                # « Le Centre s'engage à : » names its subheading « Le Centre », which is not repeated.
                current = f"{heading if lead.startswith(subheading) else full_subheading}{BETWEEN}{lead}"
            case Paragraph():
                yield FormSentence(block.origin if block.origin != NOWHERE else origin, _flat(block.runs), current)
            case ListBlock():
                for item in block.items:
                    item_origin = item.origin if item.origin != NOWHERE else origin
                    yield from _sentences(item.blocks, current, colon, item_origin)
            case Table():
                for row in block.rows:
                    yield FormSentence(row.origin, _row(block.head, row.cells, colon), current)


def _row(head: Sequence[Runs], cells: Sequence[Runs], colon: str) -> str:
    """Return a table row in words, without its empty cells: « Temps : deux jours · Pour quoi : l'accueil »."""
    labelled = zip(map(_flat, head), map(_flat, cells), strict=True)
    return BETWEEN.join(colon.join(filter(None, (label, text))) for label, text in labelled if text.strip(" —"))


def _flat(runs: Runs) -> str:
    """Return the text of runs on one line."""
    return "".join(run.text.replace("\n", " ") for run in runs)
