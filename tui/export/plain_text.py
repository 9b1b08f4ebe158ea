"""Write the agreement as plain text: unwrapped for the clipboard, wrapped at 72 columns for a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tui.agreement.blocks import (
    Agreement,
    Block,
    ListBlock,
    Paragraph,
    Run,
    Runs,
    Section,
    Signature,
    Subheading,
    Table,
    as_list,
)
from tui.export.formats import Rendered
from tui.export.legible_text import make_legible
from tui.export.page_layout import facts_line, numbered_heading, place_and_date_line, run_text, runs_text, wording
from tui.text.widths import pad, width
from tui.text.widths import wrap as wrapped

_DASH = "– "  # begins an item of a list
_LINE_WIDTH = 72  # cells of the terminal, as mail programs wrap
_BLANK, _SHORT_BLANK = "_" * 32, "_" * 20  # to be filled in by hand


def write(agreement: Agreement) -> Rendered:
    """Return the .txt file: UTF-8, wrapped at 72 columns."""
    clean, warnings = make_legible(agreement, laid_out=False)
    return Rendered(_text(clean, _LINE_WIDTH).encode(), warnings)


def to_text(agreement: Agreement, wrap: int | None = _LINE_WIDTH) -> str:
    """Return the whole document, ended by one newline; `wrap` is in cells, None puts a paragraph on one line."""
    return _text(make_legible(agreement, laid_out=False)[0], wrap)


def section_to_text(section: Section, agreement: Agreement, wrap: int | None = None) -> str:
    """Return one section as text, heading included; `agreement` gives the words of its language."""
    alone, _ = make_legible(replace(agreement, sections=(section,), preamble=()), laid_out=False)
    return _joined([_section(alone.sections[0], alone, wrap)])


def _text(clean: Agreement, wrap: int | None) -> str:
    """Return the text of a legible agreement; a second text follows the first below a line of stars."""
    return "\n\n* * *\n\n".join(_one_language(part, wrap) for part in clean.parts)


def _one_language(clean: Agreement, wrap: int | None) -> str:
    """Return the text in one language: front, preamble and sections."""
    parts = [_front(clean, wrap)]
    if clean.preamble:
        parts.append(list(_blocks(clean.preamble, clean, wrap)))
    parts += [_section(section, clean, wrap) for section in clean.sections]
    return _joined(parts)


def _joined(parts: Iterable[list[str]]) -> str:
    """Return parts, each a list of lines, with an empty line between them and one newline at the end."""
    text = "\n\n".join("\n".join(line.rstrip() for line in part) for part in parts if part)
    return text.strip("\n") + "\n"


def _front(agreement: Agreement, wrap: int | None) -> list[str]:
    """Return the lines above the first section: mark of a draft, kind, title, version and date, partners."""
    lines = [agreement.mark.upper(), ""] if agreement.draft and agreement.mark else []
    if agreement.kind:
        lines += _fold(agreement.kind.upper() if agreement.title else agreement.kind, wrap)
    if agreement.title:
        title = _fold(agreement.title, wrap)
        lines += [*title, "=" * max(map(width, title))] if wrap else title
    if facts_line(agreement):
        lines += ["", *_fold(facts_line(agreement), wrap)]
    if agreement.copy:
        lines += _fold(agreement.copy, wrap)
    if agreement.partners and not agreement.parties:
        words = wording(agreement)
        lines += ["", words.between + words.colon]
        lines += [line for name in agreement.partners for line in _fold(name, wrap, _DASH)]
    return lines


def _section(section: Section, agreement: Agreement, wrap: int | None) -> list[str]:
    """Return the lines of a section, its heading underlined where lines are wrapped."""
    title = _fold(numbered_heading(section), wrap)
    rule = ["-" * max(map(width, title))] if wrap else []
    return [*title, *rule, *([""] if section.blocks else []), *_blocks(section.blocks, agreement, wrap)]


def _blocks(blocks: Iterable[Block], agreement: Agreement, wrap: int | None, indent: str = "") -> Iterator[str]:
    """Yield lines, with an empty line between two blocks, but not after a lead or inside an item of a list.

    `wrap` is in cells, None for no limit; `indent` is the space before each line.
    """
    follows_closely = True  # whether the next block gets no empty line above it
    for block in blocks:
        if not follows_closely:
            yield ""
        follows_closely = (isinstance(block, Paragraph) and block.lead) or bool(indent)
        match block:
            case Paragraph() | Subheading():
                yield from _fold(_runs_words(block.runs), wrap, indent, indent)
            case ListBlock():
                yield from _list(block, agreement, wrap, indent)
            case Table(listed=True):
                yield from _list(as_list(block, agreement.lang), agreement, wrap, indent)
            case Table():
                yield from _table_lines(block, wording(agreement).colon, wrap, indent)
            case Signature():
                yield from _signature(block, wording(agreement).colon, wrap)


def _list(block: ListBlock, agreement: Agreement, wrap: int | None, indent: str) -> Iterator[str]:
    """Yield the lines of a list; the blocks of an item are indented by the width of its mark."""
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}. " if block.ordered else _DASH
        # From the middle of the page on, deeper lists get no further indent.
        inner = indent if wrap and len(indent) > wrap // 2 else indent + " " * len(mark)
        lines = list(_blocks(item.blocks, agreement, wrap, inner)) or [inner]
        yield indent + mark + lines[0][len(inner) :]
        yield from lines[1:]


def _signature(block: Signature, colon: str, wrap: int | None) -> Iterator[str]:
    """Yield the lines on which the signatories of one partner sign, with blanks for what is written by hand."""
    for line in (block.partner, block.authorisation, block.note):
        if line:
            yield from _fold(line, wrap)
    for signatory in block.signatories:
        name = signatory.name or (_BLANK if signatory.title else "")
        name_and_title = ", ".join(part for part in (name, signatory.title) if part)
        yield ""
        place = place_and_date_line(block, _SHORT_BLANK)
        if place:
            yield place
        yield f"{block.signature_label}{colon} {_BLANK}"
        yield from _fold(f"{block.name_label}{colon} {name_and_title or _BLANK}", wrap)
        if not place:
            yield f"{block.date_label}{colon} {_BLANK}"


def _runs_words(runs: Runs) -> str:
    """Return runs as text."""
    return "".join(_run_words(run) for run in runs)


def _run_words(run: Run) -> str:
    """Return a run as text: struck words between « ~~ », the address of a link behind its words in brackets."""
    text = run_text(run)
    if run.strike and text.strip():
        text = f"~~{text}~~"
    address = run.href.removeprefix("mailto:")
    return f"{text} ({address})" if run.href and text.strip() not in (run.href, address) else text


def _fold(text: str, wrap: int | None, first: str = "", rest: str | None = None) -> list[str]:
    """Return the lines of a text that may hold hard breaks, with `first` before the first line, `rest` before others.

    `rest` None is as many spaces as `first` has characters.
    """
    rest = " " * len(first) if rest is None else rest
    if wrap:
        return wrapped(text, wrap, first, rest)
    return [(rest if number else first) + line for number, line in enumerate(text.split("\n"))]


_GAP = "  "  # between two columns


def _table_lines(table: Table, colon: str, wrap: int | None, indent: str = "") -> Iterator[str]:
    """Yield the lines of a table in aligned columns, if they fit into `wrap` cells of the terminal.

    If they do not, or if `wrap` is None (the clipboard, since a proportional font breaks columns of spaces), each
    cell of the table has a line « head: cell »; `colon` is the colon of the language.
    """
    head = [runs_text(cell).strip() for cell in table.head]
    rows = [[runs_text(cell).strip() for cell in row.cells] for row in table.rows]
    widths = [max(map(width, column)) for column in zip(head, *rows, strict=True)]
    room = (wrap or 0) - len(indent)
    if wrap and sum(widths) + len(_GAP) * (len(widths) - 1) <= room:
        for line in (head, ["-" * columns for columns in widths], *rows):
            yield indent + _GAP.join(pad(cell, columns) for cell, columns in zip(line, widths, strict=True)).rstrip(" ")
        return
    for number, row in enumerate(rows):
        if number:
            yield ""
        for label, value in zip(head, row, strict=True):
            if value:
                text = f"{label}{colon} {value}" if label else value
                yield from wrapped(text, wrap, indent, f"{indent}  ") if wrap else [indent + text]
