"""The agreement as Markdown (CommonMark with tables and ~~strike~~) that parses back to the very same texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui.agreement.blocks import (
    Agreement,
    Block,
    ListBlock,
    Paragraph,
    Run,
    Section,
    Signatory,
    Signature,
    Subheading,
    Table,
)
from tui.export.legible import legible
from tui.export.markdown_inline import inline
from tui.export.rendered import Rendered
from tui.export.wording import facts, heading, wording

_BLANK = "_" * 30  # after a space and up to the end of the line, no emphasis (CommonMark § 6.2)


def write(agreement: Agreement) -> Rendered:
    """Return the .md file in UTF-8."""
    clean, warnings = legible(agreement)
    return Rendered(_source(clean).encode(), warnings)


def to_markdown(agreement: Agreement) -> str:
    """Return the whole document; it ends with one newline."""
    return _source(legible(agreement)[0])


def _source(clean: Agreement) -> str:
    """The texts of a document in two languages stand one after the other, a rule between them."""
    return "\n---\n\n".join(_whole(part) for part in clean.parts)


def _whole(clean: Agreement) -> str:
    chunks = list(_front(clean)) + _chunks(clean.preamble, clean)
    for section in clean.sections:
        chunks += _section(section, clean)
    return "\n\n".join(chunks) + "\n"


def _front(agreement: Agreement) -> Iterator[str]:
    if agreement.draft and agreement.mark:
        yield _strong(agreement.mark)
    if agreement.kind and agreement.title:
        yield _strong(agreement.kind)
    if agreement.title or agreement.kind:
        yield _atx(1, agreement.title or agreement.kind)
    if facts(agreement):
        yield inline((Run(facts(agreement), emphasis=True),))
    if agreement.copy:
        yield _strong(agreement.copy)
    if agreement.partners:
        words = wording(agreement)
        yield _plain(words.between + words.colon)
        yield "\n".join(f"- {_plain(name)}" for name in agreement.partners)


def _section(section: Section, agreement: Agreement) -> list[str]:
    return [_atx(2, heading(section)), *_chunks(section.blocks, agreement)]


def _chunks(blocks: Iterable[Block], agreement: Agreement) -> list[str]:
    """Return blocks as chunks that a blank line separates."""
    chunks: list[str] = []
    last: Block | None = None
    second = False
    for block in blocks:
        # Two lists in a row would grow together: the other marker (CommonMark § 5.3) starts a new one.
        second = isinstance(block, ListBlock) and isinstance(last, ListBlock) and not second
        chunk = _chunk(block, agreement, second)
        if chunk:
            chunks.append(chunk)
            last = block
    return chunks


def _chunk(block: Block, agreement: Agreement, second: bool) -> str:
    match block:
        case Paragraph():
            return inline(block.runs)
        case Subheading():
            text = inline(block.runs, single_line=True)
            return f"{'#' * min(max(block.level, 3), 6)} {_unclosed(text)}"
        case ListBlock():
            return _list(block, agreement, second)
        case Table():
            return _table(block)
        case Signature():
            return _signature(block, wording(agreement).colon)


def _list(block: ListBlock, agreement: Agreement, second: bool) -> str:
    lines = []
    for number, item in enumerate(block.items, block.start):
        mark = f"{number}{')' if second else '.'} " if block.ordered else "* " if second else "- "
        tight = all(isinstance(inner, ListBlock) for inner in item.blocks[1:])
        chunks = _chunks(item.blocks, agreement)
        body = ("\n" if tight else "\n\n").join(chunks)
        lines.append(mark + body.replace("\n", "\n" + " " * len(mark)))
    return "\n".join("\n".join(line.rstrip(" ") for line in text.split("\n")) for text in lines)


def _table(table: Table) -> str:
    rows = [table.head, *(row.cells for row in table.rows)]
    lines = ["| " + " | ".join(inline(cell, single_line=True, cell=True) for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(table.head), *lines[1:]])


def _signature(block: Signature, colon: str) -> str:
    lines = [_strong(block.partner), *(_plain(line) for line in (block.authorisation, block.note) if line)]
    chunks = ["\\\n".join(line for line in lines if line)]
    chunks += ["\\\n".join(_signatory(block, one, colon)) for one in block.signatories]
    return "\n\n".join(chunk for chunk in chunks if chunk)


def _signatory(block: Signature, signatory: Signatory, colon: str) -> Iterator[str]:
    who = ", ".join(part for part in (signatory.name, signatory.title) if part)
    yield f"{_plain(block.signature_label + colon)} {_BLANK}"
    yield f"{_plain(block.name_label + colon)} {_plain(who) if who else _BLANK}"
    yield f"{_plain(block.date_label + colon)} {_BLANK}"


def _plain(text: str) -> str:
    return inline((Run(text),), single_line=True)


def _strong(text: str) -> str:
    return inline((Run(text, strong=True),), single_line=True)


def _atx(level: int, text: str) -> str:
    return f"{'#' * level} {_unclosed(_plain(text))}"


def _unclosed(text: str) -> str:
    """Return a heading's text, its last # escaped: at the end of a line it would close the heading (§ 4.2)."""
    return f"{text[:-1]}\\#" if text.endswith("#") and not text.endswith("\\#") else text
