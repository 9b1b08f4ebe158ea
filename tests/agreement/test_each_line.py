"""Each line of the document, and the field it comes from, as they are kept in lines/: whole texts, then what one
field changes in them. `make journeys` writes them anew; what differs is then read line by line before it is kept.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.agreement.test_caches_by_field import FIRST, PARTNERS, PARTS, SECOND, THIRD, entries_of, full, value
from tests.agreement.test_each_field_alone import SAYS_MORE_OF
from tests.partnership.private_places import cells_of
from tests.partnership.told import AT, GUIDE
from tui.agreement.blocks import Agreement, Block, ListBlock, Origin, Paragraph, Runs, Signature, Subheading, Table
from tui.agreement.compose import Composer
from tui.guide.guide_types import Field, Part, Question
from tui.partnership.changes import apply
from tui.partnership.partners import WHO
from tui.partnership.positions import NOT_APPLICABLE
from tui.partnership.privacy import POSITIONS
from tui.partnership.values import REMOVED, SETTINGS, STATE, Change, Entry, Partnership

KEPT = Path(__file__).parent / "lines"
WRITE_ANEW = os.environ.get("JOURNEYS") == "write"
MISREAD = {"typed": "un jour"}
ADOPTED = {"version": "v", "on": "2026-12-01", "text": "t", "number": 2}


def told(partnership: Partnership, *cells: tuple[Entry, str, Any]) -> Partnership:
    """The partnership with these cells changed."""
    changes = [Change(one.id, one.question, cell, held, one.part, one.subject) for one, cell, held in cells]
    return apply(partnership, changes, by="Marie", at=AT).partnership


def words(runs: Runs) -> str:
    """The words of some runs, what is missing between square brackets."""
    return "".join(f"[{run.text}]" if run.hole else f"*{run.text}*" if run.strong else run.text for run in runs)


def place(origin: Origin, field: str = "") -> str:
    """The entry and the field of an origin, with its question and partner where the entry's id does not say them."""
    beside = [one for one in (origin.question, origin.partner) if one and not origin.entry.startswith(one)]
    return f" ‹{' '.join([f'{origin.entry}.{field or origin.field}', *beside])}›"


def lines_of(block: Block, indent: str = "") -> Iterator[str]:
    """Each line of a block with its origin; of a table each row with the fields of its cells."""
    if isinstance(block, Subheading):
        yield f"{indent}#{'#' * block.level} {words(block.runs)}{place(block.origin)}"
    elif isinstance(block, Paragraph):
        yield f"{indent}{words(block.runs)}{' …' if block.lead else ''}{place(block.origin)}"
    elif isinstance(block, ListBlock):
        for number, item in enumerate(block.items, block.start):
            yield f"{indent}{f'{number}.' if block.ordered else '-'}{place(item.origin)}"
            for inner in item.blocks:
                yield from lines_of(inner, f"{indent}  ")
    elif isinstance(block, Table):
        yield f"{indent}| {' | '.join(map(words, block.head))} | ({block.caption}; {block.tall}; {block.listed})"
        yield from (f"{indent}| {' | '.join(map(words, one.cells))} |{place(one.origin, ','.join(one.fields))}"
                    for one in block.rows)  # fmt: skip
    elif isinstance(block, Signature):
        yield f"{indent}✍ {block.partner}{place(block.origin)}"
        beside = (block.authorisation, block.note, block.signature_label, block.name_label, block.date_label)
        told_of = (*(f"{one.name}, {one.title}" for one in block.signatories), *beside, block.place_label)
        yield f"{indent}  {' / '.join(told_of)} / {block.named} {block.page}"


def lines(agreement: Agreement) -> list[str]:
    """Each line of an agreement, its head before its sections."""
    head = (agreement.kind, agreement.title, agreement.version, agreement.date, agreement.edition, agreement.mark)
    found = [f"{' / '.join(head)} / {agreement.number} {agreement.draft} {agreement.parties}"]
    found += [" / ".join(agreement.partners), *(line for block in agreement.preamble for line in lines_of(block))]
    for section in agreement.sections:
        found += [f"## {section.number}{section.inserted} {section.heading}"]
        found += [line for block in section.blocks for line in lines_of(block)]
    found += [f"{hole.label} ‹{hole.id} {hole.section} {hole.question} {hole.partner}›" for hole in agreement.holes]
    return [line.replace("\u00a0", "~").replace("\u202f", "~").replace("\n", "⏎") for line in found]


def values(field: Field) -> list[Any]:
    """What a cell is changed to: every choice, both flags, 0, 1 and many, a date that was not understood, nothing."""
    if field.kind == "choice":
        choices = list(GUIDE.choices[field.choices])
        return [*(choices if not field.choices.startswith("section") else choices[:3]), None]
    known: dict[str, list[Any]] = {
        "flag": [True, False], "number": [0, 1, 30, None], "date": ["2027-03-01", MISREAD, None],
        "someone": [{"name": "Zoé"}, {"name": "Name 0"}, {"partner": THIRD}, None], "partner": [THIRD, None],
        "partners": [{"ids": [FIRST], "group": ""}, {"ids": [FIRST, THIRD], "group": "all"}, None],
        "amount": [MISREAD, None], "period": [{"start": "2027-04", "end": ""}, MISREAD, None],
    }  # fmt: skip
    return known.get(field.kind, [None])


def variants(question: Question, part: Part) -> Iterator[tuple[str, list[tuple[Entry, str, Any]]]]:
    """Each change of one field of an answer, or of the first row of a list, or of its state, by what it is called."""
    entries = list(entries_of(question, part))
    entry = entries[0]
    for field in part.fields:
        if not (field.private or field.hidden):
            for held in values(field):
                yield f"{field.id} = {held}", [(entry, cell, held) for cell in cells_of(field) if "@en" not in cell]
    if part.list:
        yield "no second row", [(entries[-1], REMOVED, True)]
        yield "no row", [(one, REMOVED, True) for one in entries]
        if question.single is None and part is question.parts[0]:
            yield "without object", [(Entry(question.id, question.id), STATE, NOT_APPLICABLE)]
    else:
        yield "without object", [(entry, STATE, NOT_APPLICABLE)]


def compared(name: str, found: list[str]) -> None:
    """Fail where these lines are not those that are kept under a name."""
    file = KEPT / f"{name}.txt"
    if WRITE_ANEW:
        file.write_text("\n".join(found) + "\n", encoding="utf-8")
    assert found == file.read_text(encoding="utf-8").splitlines()


def difference(before: list[str], after: list[str]) -> list[str]:
    """The lines that went and came."""
    return [line for line in list(difflib.unified_diff(before, after, n=0, lineterm=""))[2:] if line[0] != "@"]


UNNAMED = {"status": "contacted", "named": None}


def is_partner(entry: Entry) -> bool:
    """Whether an entry is what is kept of a partner itself."""
    return entry.question == WHO and not entry.part


def is_beside(entry: Entry) -> bool:
    """Whether an entry is another partner than the first, of such a one, or a second row."""
    return entry.id.endswith("/1") or entry.subject[:1] not in ((), (FIRST,))


FULL = list(full(answered=False).entries.values())
SETTING, TITLE, LEGAL = (
    Entry(SETTINGS, SETTINGS),
    Entry("extra.title", "extra.title"),
    Entry("extra.legal", "extra.legal"),
)
NAMELESS = [(Entry(one, WHO, "", (one,)), cell, held) for one in (SECOND, THIRD) for cell, held in UNNAMED.items()]
ALL_NAMELESS = [*NAMELESS, *((Entry(FIRST, WHO, "", (FIRST,)), *cell) for cell in UNNAMED.items())]
NO_ANSWER = [(one, REMOVED, True) for one in FULL if not is_partner(one)]
AMENDED = {**ADOPTED, "resolution": "rencontre du 2 mai", "amendment": {"number": 3}}
# Each with the cells that are changed in a full text, in which the partners answered or not; told by what differs from
# the one before.
WHOLE_TEXTS: dict[str, tuple[bool, list[tuple[Entry, str, Any]]]] = {
    "contract": (False, []),
    "without a name": (False, [(Entry("extra.name", "extra.name"), f"name@{lang}", None) for lang in ("fr", "en")]),
    "two unnamed": (False, NAMELESS),
    "all unnamed": (False, ALL_NAMELESS),
    "no obligation": (False, [(LEGAL, "text@fr", None), (LEGAL, "text@en", None), (LEGAL, "nature", "intention")]),
    "statement": (False, [(TITLE, "own@fr", None), (TITLE, "own@en", None), (TITLE, "kind", "statement")]),
    "first of each": (False, [(one, REMOVED, True) for one in FULL if is_beside(one)]),
    "partners alone": (False, NO_ANSWER),
    "two unnamed and no answer": (False, [*NO_ANSWER, *NAMELESS]),
    "all unnamed and no answer": (False, [*NO_ANSWER, *ALL_NAMELESS]),
    "nothing": (False, [(one, REMOVED, True) for one in FULL]),
    "answered": (True, [(SETTING, "drafts", 2)]),
    "adopted": (True, [(SETTING, "adopted", ADOPTED)]),
    "by resolution": (True, [(SETTING, "adopted", {**ADOPTED, "resolution": "CA-14", "replaces": ADOPTED})]),
    "amended": (True, [(SETTING, "adopted", AMENDED)]),
    "joined": (True, [(SETTING, "adopted", {**AMENDED, "amendment": {"number": 1, "joinder": THIRD}})]),
}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_line_of_whole_texts_is_as_it_is_kept(lang: str) -> None:
    found, before = [], list[str]()
    for name, (answered, cells) in WHOLE_TEXTS.items():
        final = any(cell == "adopted" for _entry, cell, _held in cells)
        after = lines(Composer(GUIDE).agreement(told(full(answered=answered), *cells), lang, final=final))
        found += [f"==== {name}", *(difference(before, after) if before else after)]
        before = after
    compared(f"whole.{lang}", found)


@pytest.mark.slow
def test_what_each_field_changes_in_a_whole_text_is_as_it_is_kept() -> None:
    partnership, composer = full(answered=False), Composer(GUIDE)
    before, found = lines(composer.agreement(partnership, "fr")), []
    for question, part in PARTS:
        for name, cells in variants(question, part) if question.id not in POSITIONS else ():
            changed = difference(before, lines(composer.agreement(told(partnership, *cells), "fr")))
            found += [f"==== {question.id} {part.id}: {name}", *changed] if changed else []
    compared("changed", found)


def test_what_each_field_adds_alone_is_as_it_is_kept() -> None:
    """A field, with what it only says more of, in a text of three partners and nothing else."""
    named = {"name@fr": "Le Centre", "status": "signatory"}
    entries = [Entry(one, WHO, "", (one,)) for one in PARTNERS]
    partnership = told(Partnership("aaaaaaaaaa"), *((one, *cell) for one in entries for cell in named.items()))
    composer, found = Composer(GUIDE), list[str]()
    for question, part in PARTS:
        entry = next(entries_of(question, part))
        needed = {one.field: one.values[0] for one in part.public_when[:1] if one.of == "entry"}
        for field in part.fields if question.id not in POSITIONS and not question.private else ():
            others = {*SAYS_MORE_OF.get((question.id, part.id, field.id), ()), *([part.main.id] if part.main else ())}
            beside = [(entry, cell, needed.get(one.id, value(one))) for one in part.fields for cell in cells_of(one)
                      if one.id in (others | needed.keys()) - {field.id} and "@en" not in cell]  # fmt: skip
            before = told(partnership, *beside)
            for held in (
                values(field) if field.kind in ("choice", "flag", "number", "date", "period") else (value(field),)
            ):
                after = told(before, *((entry, cell, held) for cell in cells_of(field) if "@en" not in cell))
                added = difference(*(lines(composer.agreement(one, "fr")) for one in (before, after)))
                found += [f"==== {question.id} {part.id}: {field.id} = {held}", *added] if added else []
    compared("added", found)
