"""The agreement as a value: sections of blocks, which every format shows, and their JSON form for kept versions."""

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
    hole: bool = False  # stands for an answer that is missing (« à préciser »)


Runs = tuple[Run, ...]


def is_followed(url: str) -> bool:
    """Return whether a link to `url` may stand in a document: http, https or mailto."""
    return re.match(r"(?i)https?://|mailto:", url) is not None


@dataclass(frozen=True, slots=True)
class Origin:
    """The field a line comes from: entry id and field name, so that Enter on a line can open it."""

    entry: str = ""
    field: str = ""
    question: str = ""
    partner: str = ""


NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `lead` is the line above a list (« X s'engage à : »), kept with what follows."""

    runs: Runs
    origin: Origin = NOWHERE
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section: a partner's name, the title of an article."""

    runs: Runs
    origin: Origin = NOWHERE
    level: int = 3


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
    start: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: as many cells as the head has. `fields` names the field of its entry each cell shows."""

    cells: tuple[Runs, ...]
    origin: Origin = NOWHERE
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head; `caption` says in words what it holds (for readers who do not see it).

    `tall` counts the lines of handwriting that each row has room for, 0 for the height of its words. A `listed` one is
    written as `as_list` gives it.
    """

    head: tuple[Runs, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    tall: int = 0
    listed: bool = False


@dataclass(frozen=True, slots=True)
class WritingSpace:
    """Ruled lines in a page to be filled in, by hand or at the keyboard; the formats of text show none."""

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
    named: bool = True  # False while the partner may not be named: it gets no copy of its own
    place_label: str = ""  # « Signé à »; "" in what an earlier program kept: the date then has a line of its own
    page: bool = False  # whether it begins a page of its own, to be signed apart


Block = Paragraph | Subheading | ListBlock | Table | Signature | WritingSpace


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section; `id` is stable over languages (« vision », « commitments »)."""

    id: str
    number: int
    heading: str
    blocks: tuple[Block, ...]
    origin: Origin = NOWHERE
    inserted: int = 0  # « 10.1 » is number 10, inserted 1: it came between two that had been numbered
    page: bool = False  # whether it begins a page of its own
    tight: bool = False  # whether it is set smaller and closer than the house does, so as to stay on its page

    @property
    def label(self) -> str:
        """The number as it is printed: « 10 », « 10.1 »."""
        return f"{self.number}.{self.inserted}" if self.inserted else str(self.number)


@dataclass(frozen=True, slots=True)
class Hole:
    """An answer that the agreement still needs: its id (« lead »), its words, and where it is answered."""

    id: str
    label: str
    section: str
    question: str
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """The whole document in one language."""

    lang: str  # "fr" or "en"
    region: str  # typography: "fr-CA", "fr-FR" or "en-CA"
    kind: str  # « Énoncé de partenariat »
    title: str  # the partnership's own name
    version: str  # « ébauche 3 », « adopté »
    date: str  # the date of the last change, in words
    iso_date: str  # the same as 2026-11-22, for metadata ("" when there is none)
    partners: tuple[str, ...]
    draft: bool
    sections: tuple[Section, ...]
    holes: tuple[Hole, ...] = ()
    preamble: tuple[Block, ...] = ()
    mark: str = ""  # « ÉBAUCHE », printed across or above a draft
    copy: str = ""  # « Exemplaire pour : X », on the first page of a copy that goes to one partner
    page_label: tuple[str, str] = ("Page", "de")
    number: int = 0  # of the draft or of the adopted version, 0 before the first: what tells their files apart
    parties: bool = False  # whether the preamble names the partners as parties, so that no list of them stands above
    text_size: int = 0  # points of the text where it is to be read at a table, 0 for the usual
    edition: str = ""  # « version 1 » of the text that was adopted, "" of every other: what stands on its pages
    also: Agreement | None = None  # the same in the other language, which follows in a bilingual document

    @property
    def standing(self) -> str:
        """Which text this is, as each page says it: « Version 1 » of an adopted one, « Ébauche 3 » of a draft."""
        version = self.edition or self.version.strip()
        return version[:1].upper() + version[1:]

    @property
    def parts(self) -> tuple[Agreement, ...]:
        """The texts that the document holds one after the other: one a language."""
        return (self,) if self.also is None else (self, *self.also.parts)


def as_list(table: Table, lang: str) -> ListBlock:
    """Return a table as a list: one item a row, each further cell that says something on a line behind its head.

    `lang` is that of the text, "fr" or "en". Each line comes from the field that its cell shows.
    """
    apart = unbreakable_colon(lang)
    items = []
    for row in table.rows:
        lines = []
        for at, cell in enumerate(row.cells):
            if any(run.text for run in cell):
                label = (Run("".join(run.text for run in table.head[at]) + apart),) if at else ()
                lines.append(Paragraph((*label, *cell), cell_origin(row, at)))
        items.append(Item(tuple(lines), row.origin))
    return ListBlock(tuple(items))


def cell_origin(row: Row, at: int) -> Origin:
    """Return the field that a cell of a row shows; where the row does not say it, its place."""
    field = row.fields[at] if at < len(row.fields) else f"{row.origin.field} {at}"
    return Origin(row.origin.entry, field, row.origin.question, row.origin.partner)


_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        Agreement, Hole, Item, ListBlock, Origin, Paragraph, Row, Run, Section, Signatory, Signature, Subheading, Table,
        WritingSpace,
    )
}  # fmt: skip
_KIND = "is"
_TYPES: dict[type[Any], dict[str, Any]] = {}
_DEEPEST: Final = 6  # levels of headings in HTML
_LAST_ITEM: Final = 999_999_999  # the largest number of a list in CommonMark, section 5.2


class NotASnapshot(ValueError):
    """What was given is no agreement that this program can read."""


def entries_of(section: Section) -> frozenset[str]:
    """Return the ids of the entries that the lines of a section come from."""
    return frozenset(_entries_in(section))


def _entries_in(value: object) -> Iterator[str]:
    if isinstance(value, Origin):
        yield value.entry
    elif isinstance(value, tuple):
        for item in value:
            yield from _entries_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _entries_in(getattr(value, field.name))


def to_json(agreement: Agreement) -> dict[str, Any]:
    """Return the agreement as JSON values (dict, list, str, int, bool); what stands at its default is left out."""
    raw = _written(agreement)
    assert isinstance(raw, dict)
    return raw


def from_json(raw: object) -> Agreement:
    """Return the agreement that `frozen` wrote; NotASnapshot when it is something else, or of a newer program.

    Each field is of the type that its class says, and what the formats rely on holds: a language that is known, rows
    as wide as their table, links that may be followed.
    """
    try:
        found = _read(raw)
    except TypeError as error:
        raise NotASnapshot(str(error)) from error
    if not isinstance(found, Agreement):
        raise NotASnapshot(type(raw).__name__)
    return found


def _written(value: object) -> Any:
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    if not is_dataclass(value) or isinstance(value, type):
        return value
    made: dict[str, Any] = {_KIND: type(value).__name__}
    for field in fields(value):
        held = getattr(value, field.name)
        if field.default is MISSING or held != field.default:
            made[field.name] = _written(held)
    return made


def _read(raw: object) -> Any:
    if isinstance(raw, list):
        return tuple(_read(item) for item in raw)
    if not isinstance(raw, dict):
        return raw
    kind = _KINDS.get(str(raw.get(_KIND)))
    if kind is None:
        raise NotASnapshot(str(raw.get(_KIND)))
    made = kind(**{name: _read(value) for name, value in raw.items() if name != _KIND})
    for name, hint in _types_of(kind).items():
        if not _is_of(getattr(made, name), hint):
            raise NotASnapshot(f"{kind.__name__}.{name}")
    if not _holds(made):
        raise NotASnapshot(kind.__name__)
    return made


def _types_of(kind: type[Any]) -> dict[str, Any]:
    """Return the annotations of a class of blocks, resolved once."""
    if kind not in _TYPES:
        _TYPES[kind] = get_type_hints(kind)
    return _TYPES[kind]


def _is_of(value: object, hint: Any) -> bool:
    """Return whether a value is of an annotated type; the fields of a block in it were looked at when it was made."""
    inner = get_args(hint)
    if get_origin(hint) is tuple:
        if not isinstance(value, tuple) or (inner[-1] is not Ellipsis and len(value) != len(inner)):
            return False
        hints = (inner[0],) * len(value) if inner[-1] is Ellipsis else inner
        return all(map(_is_of, value, hints))
    if inner:
        return any(_is_of(value, item) for item in inner)
    return isinstance(value, hint) and not (hint is int and isinstance(value, bool))


def _holds(block: object) -> bool:
    """Return whether what the types do not say is true of a block."""
    match block:
        case Agreement():
            return block.lang in LANGUAGES and block.region in REGIONS
        case Table():
            return all(len(row.cells) == len(block.head) for row in block.rows)
        case Subheading():
            return 1 <= block.level <= _DEEPEST
        case Run():
            return not block.href or is_followed(block.href)
        case ListBlock():
            return 0 <= block.start <= _LAST_ITEM
        case Section():
            return 0 <= block.number <= _LAST_ITEM and 0 <= block.inserted <= _LAST_ITEM
    return True
