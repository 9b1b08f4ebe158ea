"""Write the agreement as a tagged PDF: typst lays out one fixed template from JSON data."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import category, normalize

from tui.agreement.blocks import (
    Agreement,
    Block,
    ListBlock,
    Paragraph,
    Row,
    Runs,
    Signature,
    Subheading,
    Table,
    WritingSpace,
    as_list,
)
from tui.export.formats import CannotExport, Rendered
from tui.export.house_pdf import PdfLook
from tui.export.house_style import current_house_style
from tui.export.legible_text import make_legible, replace_missing, undrawable_characters
from tui.export.page_layout import (
    break_long_words,
    column_shares,
    document_name,
    facts_line,
    is_amount_column,
    is_us_letter,
    language_tag,
    last_change_day,
    numbered_heading,
    place_and_date_line,
    run_text,
    running_title,
    runs_text,
    with_keep_flags,
    wording,
)
from tui.i18n import _, ngettext

_EXPORT_FOLDER = Path(__file__).resolve().parent
_MAX_PASSES = 6  # times that compiling is tried: each time more characters may be found that no font can draw
# Keys whose texts are settings or addresses, which must not change.
_UNCHANGED_KEYS = frozenset(
    {"accent", "align", "title_align", "fonts", "href", "lang", "name", "paper", "region", "type"}
)
_CELL_KEYS = frozenset({"head", "rows", "who"})  # keys whose texts are in a narrow column
_MAX_NAMED_CHARACTERS = 12


def write(agreement: Agreement) -> Rendered:
    """Return the .pdf file, as PDF/UA-1 (accessible) if possible. Raises CannotExport if typst is not installed.

    A character that no font can draw is replaced by a readable name or code, and a warning says so.
    """
    clean, warnings = make_legible(agreement)
    look = PdfLook.of(current_house_style())
    document = {**content(clean), **look.template_data()}
    warnings += look.warnings
    missing: set[str] = set()
    for _pass in range(_MAX_PASSES):
        try:
            data = _compile(document, look, missing, tagged=True)
            break
        except RuntimeError as error:
            undrawable = undrawable_characters(getattr(error, "diagnostic", str(error))) - missing
            if not undrawable:
                look.raise_for_picture(error)
                data, warnings = _untagged(document, look, missing, warnings)
                break
            missing |= undrawable
    else:
        data, warnings = _untagged(document, look, missing, warnings)
    return Rendered(data, warnings + _replacements(missing))


def _untagged(
    document: Json, look: PdfLook, missing: set[str], warnings: tuple[str, ...]
) -> tuple[bytes, tuple[str, ...]]:
    """Return the PDF without conformance to PDF/UA-1, and the warnings with one about that added."""
    warning = _("This PDF could not be made fully accessible to screen readers; the Word file is.")
    return _compile(document, look, missing, tagged=False), (*warnings, warning)


def _compile(document: Json, look: PdfLook, missing: set[str], tagged: bool) -> bytes:
    """Return the PDF, as PDF/UA-1 if `tagged`; `missing` are characters to replace.

    Raises CannotExport if typst is not installed, RuntimeError if typst refuses the document.
    """
    try:
        import typst
    except ImportError as error:
        raise CannotExport(
            _("PDF needs one more piece, typst. Install it with: {command}").format(
                command='python -m pip install "entente[pdf]"'
            )
        ) from error
    words = json.dumps(_with_drawable_texts(document, missing), ensure_ascii=False)
    return typst.compile(
        _EXPORT_FOLDER / "templates" / "agreement.typ",
        format="pdf",
        font_paths=[_EXPORT_FOLDER / "fonts", *look.folders],
        ignore_system_fonts=True,  # the same pages on every machine
        sys_inputs={"doc": words, "logo": look.logo_bytes},
        pdf_standards="ua-1" if tagged else None,
        timestamp=0,  # the template sets the date; typst would read the clock, and fail before 1970
    )


def _with_drawable_texts(value: Any, missing: set[str], key: str = "", in_cell: bool = False) -> Any:
    """Return a JSON value with its texts made ready for typst: `missing` characters replaced, long words breakable.

    `key` is the key that `value` has in its object; texts under the keys `_UNCHANGED_KEYS` stay as they are.
    """
    if isinstance(value, dict):
        return {
            name: _with_drawable_texts(item, missing, name, in_cell or name in _CELL_KEYS)
            for name, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return (
            value if key in _UNCHANGED_KEYS else [_with_drawable_texts(item, missing, key, in_cell) for item in value]
        )
    if isinstance(value, str) and (key not in _UNCHANGED_KEYS):
        # The text is composed first (NFC): if the font lacks the accent of « 日́ », « é » still keeps its accent.
        drawn = replace_missing(normalize("NFC", value), missing)
        return break_long_words(drawn, in_cell=in_cell)
    return value


def _replacements(missing: set[str]) -> tuple[str, ...]:
    """Return the warning that names up to `_MAX_NAMED_CHARACTERS` of the missing characters; () for none."""
    signs = sorted(f"◌{char}" if category(char).startswith("M") else char for char in missing if char.isprintable())
    if not signs:
        return ()
    message = ngettext(
        "No font of the PDF can draw {signs}: its name or code stands in its place.",
        "No font of the PDF can draw {signs}: their names or codes stand in their place.",
        len(signs),
    )
    more = " …" if len(signs) > _MAX_NAMED_CHARACTERS else ""
    return (message.format(signs=" ".join(signs[:_MAX_NAMED_CHARACTERS]) + more),)


_MAX_LIST_LEVELS = 15  # levels of lists in lists: typst reads at most 127 levels of JSON
_HEADING_LEVELS = (2, 6)  # least and greatest; the title has level 1
_BLANK_TO_SIGN = 22  # letters: the ruled space for a place or a date
_LONG_CELL_LETTERS = 900  # letters: about a third of a page in the narrowest column of four

Json = dict[str, Any]


def content(agreement: Agreement) -> Json:
    """Return the data that `templates/agreement.typ` lays out, with all texts of the document."""
    words = wording(agreement)
    day = last_change_day(agreement)
    return {
        "lang": agreement.lang,
        "region": language_tag(agreement).partition("-")[2] or "CA",
        "size": agreement.text_size,
        "paper": "us-letter" if is_us_letter(agreement) else "a4",
        "date": [day.year, day.month, day.day],
        "name": document_name(agreement) or "—",
        "kind": agreement.kind.upper() if agreement.title.strip() else "",
        "title": agreement.title.strip() or agreement.kind.strip() or "—",
        "running": running_title(agreement),
        "facts": facts_line(agreement),
        "copy": agreement.copy,
        "between": words.between + words.colon,
        "partners": () if agreement.parties else agreement.partners,
        "mark": agreement.mark.upper() if agreement.draft else "",
        "page": agreement.page_label,
        "blocks": list(_BlockWriter().document(agreement)),
        "also": [content(part) for part in agreement.parts[1:]],
    }


class _BlockWriter:
    """Turns blocks into JSON; no heading skips a level, which PDF/UA-1 (ISO 14289-1 § 7.4.2) forbids."""

    def __init__(self) -> None:
        self._level = 1  # of the heading last written
        self._lang = ""

    def document(self, agreement: Agreement) -> Iterator[Json]:
        """Yield the blocks of the preamble and of all sections, with the headings of the sections."""
        self._lang = agreement.lang
        yield from self._blocks(agreement.preamble)
        for section in agreement.sections:
            if section.page:
                yield {"type": "break"}
            blocks = [{"type": "heading", "level": self._heading(2), "runs": [{"text": numbered_heading(section)}]}]
            blocks += self._blocks(section.blocks)
            if section.tight:
                yield {"type": "tight", "blocks": blocks}
            else:
                yield from _signed_together(blocks)

    def _heading(self, wanted: int) -> int:
        """Return the level of the next heading: `wanted`, or one below the last level if that would skip a level."""
        self._level = max(_HEADING_LEVELS[0], min(wanted, self._level + 1, _HEADING_LEVELS[1]))
        return self._level

    def _items(self, block: ListBlock, depth: int) -> Iterator[list[Json]]:
        """Yield the blocks of each item; at `_MAX_LIST_LEVELS`, the items of an inner list follow at the same level."""
        for item in block.items:
            if depth < _MAX_LIST_LEVELS:
                yield list(self._blocks(item.blocks, depth + 1))
                continue
            yield list(self._blocks([inner for inner in item.blocks if not isinstance(inner, ListBlock)]))
            for inner in item.blocks:
                if isinstance(inner, ListBlock):
                    yield from self._items(inner, depth)

    def _blocks(self, blocks: Iterable[Block], depth: int = 0) -> Iterator[Json]:
        """Yield blocks as the typst template takes them."""
        for block, keep in with_keep_flags(blocks):
            match block:
                case Paragraph():
                    yield {"type": "paragraph", "lead": block.lead, "keep": keep, "runs": _runs(block.runs)}
                case Subheading() if runs_text(block.runs).strip():  # PDF/UA-1 has no empty heading
                    yield {"type": "heading", "level": self._heading(block.level), "runs": _runs(block.runs)}
                case ListBlock():
                    items = list(self._items(block, depth))
                    yield {"type": "list", "ordered": block.ordered, "start": block.start, "items": items}
                case Table(listed=True):
                    yield from self._blocks((as_list(block, self._lang),), depth)
                case Table():
                    yield _table(block)
                case Signature():
                    yield {**_signature(block), "level": self._heading(3)}
                case WritingSpace():
                    yield {"type": "space", "lines": block.lines}


def _signed_together(blocks: list[Json]) -> Iterator[Json]:
    """Yield the blocks of a section; those with its signatures are wrapped in one block that stays on one page.

    The wrapped block ends before the first signature that begins a page of its own.
    """
    first_signature = next((at for at, block in enumerate(blocks) if block["type"] == "signature"), len(blocks))
    page_start = next((at for at, block in enumerate(blocks) if block.get("page")), len(blocks))
    if first_signature < page_start:
        yield {"type": "together", "blocks": blocks[:page_start]}
        blocks = blocks[page_start:]
    yield from blocks


def _table(table: Table) -> Json:
    """Return a table as the typst template takes it."""
    return {
        "type": "table",
        "head": [_runs(cell) for cell in table.head],
        # Each cell is a dictionary: typst flattens nested arrays, runs included.
        "rows": [[{"runs": _runs(cell), "long": _is_long_row(row)} for cell in row.cells] for row in table.rows],
        "shares": column_shares(table),
        "right": [is_amount_column(table, column) for column in range(len(table.head))],
        "tall": table.tall,
    }


def _is_long_row(row: Row) -> bool:
    """Return whether a cell of a row is so long that the row may break between two pages."""
    return max(len(runs_text(cell)) for cell in row.cells) > _LONG_CELL_LETTERS


def _signature(block: Signature) -> Json:
    """Return the lines on which a partner signs, as the typst template takes them."""
    return {
        "type": "signature",
        "partner": block.partner,
        "notes": [text for text in (block.authorisation, block.note) if text],
        "labels": [block.signature_label, block.name_label, block.date_label],
        "place": place_and_date_line(block, "_" * _BLANK_TO_SIGN),
        "page": block.page,
        "who": [{"person": signatory.name, "title": signatory.title} for signatory in block.signatories],
    }


def _runs(runs: Runs) -> list[Json]:
    """Return runs as objects: the text, and true for each style that is on."""
    run_objects = []
    for run in runs:
        if not run.text:
            continue
        data: Json = {"text": run_text(run)}
        data |= {name: True for name in ("strong", "emphasis", "strike", "code", "hole") if getattr(run, name)}
        if run.href:
            data["href"] = run.href
        run_objects.append(data)
    return run_objects
