"""The sentences of an agreement that a partner may answer one by one, each with the point it is part of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tui.agreement.blocks import NOWHERE, Agreement, Block, ListBlock, Origin, Paragraph, Runs, Subheading, Table
from tui.fast_dataclass import dataclass
from tui.partnership.partners import WHO
from tui.text.separators import unbreakable_colon

BETWEEN = " · "  # what stands between two headings
_NO_SENTENCES = frozenset({"partners", "open_points", "signatures"})


@dataclass(frozen=True, slots=True)
class FormSentence:
    """What an agreement prints of one field: its words, where they come from, and the headings they stand under."""

    origin: Origin
    text: str
    heading: str  # « 4. Structure », then the line above a list: « Le Centre s'engage à : »


def form_sentences(agreement: Agreement, points: Mapping[str, str]) -> tuple[FormSentence, ...]:
    """Return the sentences that say a point (entry id → fingerprint), each field once, in the order of the text.

    Of who takes part, of answers and of signing there are none: they are no words that one says yes to.
    """
    found: dict[tuple[str, str], FormSentence] = {}
    homes: dict[str, str] = {}  # the section that says an entry first: others only repeat it
    colon = unbreakable_colon(agreement.lang)
    for section in agreement.sections:
        if section.id in _NO_SENTENCES:
            continue
        for form_sentence in _told(section.blocks, f"{section.label}. {section.heading}", colon):
            place = (form_sentence.origin.entry, form_sentence.origin.field)
            if (
                form_sentence.origin.entry not in points
                or form_sentence.origin.question == WHO
                or not form_sentence.text.strip()
            ):
                continue
            if homes.setdefault(form_sentence.origin.entry, section.id) != section.id:
                continue
            known = found.get(place)
            found[place] = (
                form_sentence if known is None else replace(known, text=f"{known.text}\n{form_sentence.text}")
            )
    return tuple(found.values())


def _told(blocks: Sequence[Block], heading: str, colon: str, origin: Origin = NOWHERE) -> Iterator[FormSentence]:
    """Yield what blocks say below `heading`; what a block without an origin says is said of `origin`."""
    above = under = heading  # the line above a list, and the last subheading
    name = heading
    for block in blocks:
        match block:
            case Subheading():
                name = _flat(block.runs)
                above = under = f"{heading}{BETWEEN}{name}"
            case Paragraph(lead=True):
                said = _flat(block.runs)
                above = f"{heading if said.startswith(name) else under}{BETWEEN}{said}"
            case Paragraph():
                yield FormSentence(block.origin if block.origin != NOWHERE else origin, _flat(block.runs), above)
            case ListBlock():
                for item in block.items:
                    yield from _told(item.blocks, above, colon, item.origin if item.origin != NOWHERE else origin)
            case Table():
                for row in block.rows:
                    yield FormSentence(row.origin, _row(block.head, row.cells, colon), above)


def _row(head: Sequence[Runs], cells: Sequence[Runs], colon: str) -> str:
    """« Temps : deux jours · Pour quoi : l'accueil »: a row in words, without its empty cells."""
    told = zip(map(_flat, head), map(_flat, cells), strict=True)
    return BETWEEN.join(colon.join(filter(None, (label, text))) for label, text in told if text.strip(" —"))


def _flat(runs: Runs) -> str:
    return "".join(run.text.replace("\n", " ") for run in runs)
