"""The agreement as a value: sections of blocks, which every format shows, and their JSON form for stored versions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, Final, get_args, get_origin, get_type_hints

from tui.fast_dataclass import dataclass
from tui.guide.guide_types import LANGUAGES
from tui.text.separators import unbreakable_colon
from tui.text.typography import REGIONS


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `text` holds no line break except in a hard break ("\\n" alone)."""

    text: str
    strong: bool = False
    emphasis: bool = False
    strike: bool = False
    code: bool = False
    href: str = ""  # http, https or mailto only
    hole: bool = False  # takes the place of an answer that is missing (« à préciser »)


Runs = tuple[Run, ...]


def is_safe_link(url: str) -> bool:
    """Return whether a document may hold a link to `url`: http, https or mailto."""
    return re.match(r"(?i)https?://|mailto:", url) is not None


@dataclass(frozen=True, slots=True)
class Origin:
    """The field that a line of the document comes from, so that Enter on the line can open it (ids, "" if unknown)."""

    entry: str = ""
    field: str = ""
    question: str = ""
    partner: str = ""


NOWHERE = Origin()  # of a line that the program words and no field holds


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of text."""

    runs: Runs
    origin: Origin = NOWHERE
    lead: bool = False  # whether it introduces a list (« X s'engage à : »), so that a page break never parts them


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section: a partner's name, the title of an article."""

    runs: Runs
    origin: Origin = NOWHERE
    level: int = 3  # as in HTML: 3 is below the heading of a section


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list; `blocks` start with a Paragraph and may hold nested lists."""

    blocks: tuple[Block, ...]
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A bulleted or numbered list."""

    items: tuple[Item, ...]
    ordered: bool = False
    start: int = 1  # the number of the first item of an ordered list


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, with as many cells as the head."""

    cells: tuple[Runs, ...]
    origin: Origin = NOWHERE
    fields: tuple[str, ...] = ()  # for each cell the field of the origin's entry that it shows; () if unknown


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head."""

    head: tuple[Runs, ...]
    rows: tuple[Row, ...]
    caption: str = ""  # what the table holds, for readers who do not see it
    tall: int = 0  # lines of handwriting that each row leaves room for; 0 for the height of its words
    listed: bool = False  # whether every format writes it as the list that `as_list` returns


@dataclass(frozen=True, slots=True)
class WritingSpace:
    """Empty ruled lines to be written on, by hand or at the keyboard; text and Markdown leave them out."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Signatory:
    """A person who signs: name and title may be empty (a blank line is printed to be filled by hand)."""

    name: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature block of one partner."""

    partner: str
    signatories: tuple[Signatory, ...]
    authorisation: str = ""  # « Résolution CA-2026-14 du 3 novembre 2026 »
    note: str = ""  # « Réponse : accord », « À entériner par … »; none in an adopted text
    signature_label: str = "Signature"
    name_label: str = "Nom et titre"
    date_label: str = "Date"
    origin: Origin = NOWHERE
    named: bool = True  # False while the partner may not be named: then no copy is made for it
    place_label: str = ""  # « Signé à »; "" in texts stored by an early release, where the date has its own line
    page: bool = False  # whether it begins a page of its own, to be signed apart


Block = Paragraph | Subheading | ListBlock | Table | Signature | WritingSpace


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section."""

    id: str  # the same in both languages: « vision », « commitments »
    number: int
    heading: str
    blocks: tuple[Block, ...]
    origin: Origin = NOWHERE
    inserted: int = 0  # « 10.1 » is number 10, inserted 1: added between two sections whose numbers are frozen
    page: bool = False  # whether it begins a page of its own
    tight: bool = False  # whether it is printed smaller and closer than usual, to fit on one page

    @property
    def label(self) -> str:
        """The number as it is printed: « 10 », « 10.1 »."""
        return f"{self.number}.{self.inserted}" if self.inserted else str(self.number)


@dataclass(frozen=True, slots=True)
class Hole:
    """An answer that the agreement still needs."""

    id: str  # of its rule in the guide: « lead »
    label: str  # in words
    section: str  # the id of the section that lacks the answer
    question: str  # the id of the question that asks for it
    partner: str = ""  # the id of the partner it concerns, "" for none


@dataclass(frozen=True, slots=True)
class Agreement:
    """The whole document in one language."""

    lang: str  # "fr" or "en"
    region: str  # typography: "fr-CA", "fr-FR" or "en-CA"
    kind: str  # « Énoncé de partenariat »
    title: str  # the partnership's own name
    version: str  # « ébauche 3 », « adopté »
    date: str  # the date of the adoption, or of the last change of a draft, in words
    iso_date: str  # the same as 2026-11-22, for metadata ("" when there is none)
    partners: tuple[str, ...]  # their names under the title
    draft: bool  # whether it is not the adopted text
    sections: tuple[Section, ...]
    holes: tuple[Hole, ...] = ()
    preamble: tuple[Block, ...] = ()
    mark: str = ""  # « ÉBAUCHE », printed across or above a draft; "" for none
    copy: str = ""  # « Exemplaire pour : X », on the first page of a copy that goes to one partner
    page_label: tuple[str, str] = ("Page", "de")  # the words of « Page 2 de 7 »
    number: int = 0  # of the draft or of the adopted version, 0 before the first; part of the names of its files
    parties: bool = False  # whether the preamble names the partners as parties; then no list of them precedes it
    text_size: int = 0  # points, for a text in large print; 0 for the usual size
    edition: str = ""  # « version 1 » if this is the adopted text, else ""; printed on each page
    also: Agreement | None = None  # in a bilingual document the same text in the other language, printed after this one

    @property
    def standing(self) -> str:
        """The words on each page that say which text this is: « Version 1 » if adopted, « Ébauche 3 » if a draft."""
        version = self.edition or self.version.strip()
        return version[:1].upper() + version[1:]

    @property
    def parts(self) -> tuple[Agreement, ...]:
        """The texts of the document, one for each language, in the order in which they are printed."""
        return (self,) if self.also is None else (self, *self.also.parts)


def as_list(table: Table, lang: str) -> ListBlock:
    """Return a table as a list with one item for each row.

    The first cell begins the item; each other cell with text is a line below it: « Échéance : mars 2027 ». `lang` is
    that of the text, "fr" or "en". The origin of each line is the field that its cell shows.
    """
    separator = unbreakable_colon(lang)
    items = []
    for row in table.rows:
        lines = []
        for at, cell in enumerate(row.cells):
            if any(run.text for run in cell):
                label = (Run("".join(run.text for run in table.head[at]) + separator),) if at else ()
                lines.append(Paragraph((*label, *cell), cell_origin(row, at)))
        items.append(Item(tuple(lines), row.origin))
    return ListBlock(tuple(items))


def cell_origin(row: Row, at: int) -> Origin:
    """Return the origin of cell `at` (from 0) of a row.

    If the row names no field for the cell, the field is that of the row and the number of the cell: « text 2 ».
    """
    field = row.fields[at] if at < len(row.fields) else f"{row.origin.field} {at}"
    return Origin(row.origin.entry, field, row.origin.question, row.origin.partner)


_CLASSES_BY_NAME: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        Agreement, Hole, Item, ListBlock, Origin, Paragraph, Row, Run, Section, Signatory, Signature, Subheading, Table,
        WritingSpace,
    )
}  # fmt: skip
_CLASS_KEY = "is"  # the JSON key that holds the name of the class
_ANNOTATIONS: dict[type[Any], dict[str, Any]] = {}  # by class, what `_types_of` found
_DEEPEST_HEADING: Final = 6  # levels of headings in HTML
_LARGEST_NUMBER: Final = 999_999_999  # the largest number of a list in CommonMark, section 5.2


class NotASnapshot(ValueError):
    """Raised for JSON values that are no agreement, or that only a newer program can read."""


def entries_of(section: Section) -> frozenset[str]:
    """Return the ids of the entries that the lines of a section come from."""
    return frozenset(_entries_in(section))


def _entries_in(value: object) -> Iterator[str]:
    """Yield the entry id of each origin in a section, in one of its blocks or in a tuple of these."""
    if isinstance(value, Origin):
        yield value.entry
    elif isinstance(value, tuple):
        for item in value:
            yield from _entries_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _entries_in(getattr(value, field.name))


def to_json(agreement: Agreement) -> dict[str, Any]:
    """Return the agreement as JSON values (dict, list, str, int, bool); fields that hold their default are left out."""
    raw = _as_json(agreement)
    assert isinstance(raw, dict)
    return raw


def from_json(raw: object) -> Agreement:
    """Return the agreement that `to_json` turned into `raw`.

    Each field of it has the type that its class declares, and what the formats rely on is true: a known language, rows
    as wide as their table, links to http, https or mailto. Raises NotASnapshot for anything else.
    """
    try:
        value = _read(raw)
    except TypeError as error:
        raise NotASnapshot(str(error)) from error
    if not isinstance(value, Agreement):
        raise NotASnapshot(type(raw).__name__)
    return value


def _as_json(value: object) -> Any:
    """Return a value of a block as JSON: a tuple as a list, a block as a dict with its class under "is"."""
    if isinstance(value, tuple):
        return [_as_json(item) for item in value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    record: dict[str, Any] = {_CLASS_KEY: type(value).__name__}
    for field in fields(value):
        field_value = getattr(value, field.name)
        if field.default is MISSING or field_value != field.default:
            record[field.name] = _as_json(field_value)
    return record


def _read(raw: object) -> Any:
    """Return what `_as_json` turned into `raw`. Raises NotASnapshot, or TypeError for fields that a class lacks."""
    if isinstance(raw, list):
        return tuple(_read(item) for item in raw)
    if not isinstance(raw, dict):
        return raw
    kind = _CLASSES_BY_NAME.get(str(raw.get(_CLASS_KEY)))
    if kind is None:
        raise NotASnapshot(str(raw.get(_CLASS_KEY)))
    instance = kind(**{name: _read(value) for name, value in raw.items() if name != _CLASS_KEY})
    for name, hint in _types_of(kind).items():
        if not _is_of(getattr(instance, name), hint):
            raise NotASnapshot(f"{kind.__name__}.{name}")
    if not _is_valid(instance):
        raise NotASnapshot(kind.__name__)
    return instance


def _types_of(kind: type[Any]) -> dict[str, Any]:
    """Return the annotations of a class of blocks, resolved once."""
    if kind not in _ANNOTATIONS:
        _ANNOTATIONS[kind] = get_type_hints(kind)
    return _ANNOTATIONS[kind]


def _is_of(value: object, hint: Any) -> bool:
    """Return whether a value has an annotated type; the fields of blocks within it were checked when they were read."""
    inner = get_args(hint)  # (Block, ...) for tuple[Block, ...], (Paragraph, Table) for Paragraph | Table
    if get_origin(hint) is tuple:
        if not isinstance(value, tuple) or (inner[-1] is not Ellipsis and len(value) != len(inner)):
            return False
        hints = (inner[0],) * len(value) if inner[-1] is Ellipsis else inner
        return all(map(_is_of, value, hints))
    if inner:
        return any(_is_of(value, item) for item in inner)
    is_bool_for_int = hint is int and isinstance(value, bool)  # Python counts True as an int
    return isinstance(value, hint) and not is_bool_for_int


def _is_valid(block: object) -> bool:
    """Return whether the values of a block are in their range, which its types alone do not say."""
    match block:
        case Agreement():
            return block.lang in LANGUAGES and block.region in REGIONS
        case Table():
            return all(len(row.cells) == len(block.head) for row in block.rows)
        case Subheading():
            return 1 <= block.level <= _DEEPEST_HEADING
        case Run():
            return not block.href or is_safe_link(block.href)
        case ListBlock():
            return 0 <= block.start <= _LARGEST_NUMBER
        case Section():
            return 0 <= block.number <= _LARGEST_NUMBER and 0 <= block.inserted <= _LARGEST_NUMBER
    return True
