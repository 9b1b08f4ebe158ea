"""Write the agreement as Markdown (CommonMark with tables and ~~strike~~) that parses back to the same texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from tui.agreement.blocks import (
    Agreement,
    Block,
    ListBlock,
    Paragraph,
    Run,
    Runs,
    Section,
    Signatory,
    Signature,
    Subheading,
    Table,
    WritingSpace,
    as_list,
)
from tui.export.formats import Rendered
from tui.export.legible_text import make_legible
from tui.export.page_layout import facts_line, numbered_heading, place_and_date_line, run_text, wording

# To be filled in by hand. After a space and up to the end of the line it is no emphasis (CommonMark § 6.2).
_BLANK_TO_FILL = "_" * 30


def write(agreement: Agreement) -> Rendered:
    """Return the .md file in UTF-8."""
    clean, warnings = make_legible(agreement)
    return Rendered(_source(clean).encode(), warnings)


def to_markdown(agreement: Agreement) -> str:
    """Return the whole document; it ends with one newline."""
    return _source(make_legible(agreement)[0])


def _source(clean: Agreement) -> str:
    """Return the Markdown of a legible agreement; a second text follows the first below a rule."""
    return "\n---\n\n".join(_one_text(part) for part in clean.parts)


def _one_text(clean: Agreement) -> str:
    """Return the Markdown of one text."""
    chunks = list(_front(clean)) + _chunks(clean.preamble, clean)
    for section in clean.sections:
        chunks += _section(section, clean)
    return "\n\n".join(chunks) + "\n"


def _front(agreement: Agreement) -> Iterator[str]:
    """Yield the lines above the first section: mark of a draft, kind, title, version and date, partners."""
    if agreement.draft and agreement.mark:
        yield _strong(agreement.mark)
    if agreement.kind and agreement.title:
        yield _strong(agreement.kind)
    if agreement.title or agreement.kind:
        yield _heading_line(1, agreement.title or agreement.kind)
    if facts_line(agreement):
        yield inline((Run(facts_line(agreement), emphasis=True),))
    if agreement.copy:
        yield _strong(agreement.copy)
    if agreement.partners and not agreement.parties:
        words = wording(agreement)
        yield _plain(words.between + words.colon)
        yield "\n".join(f"- {_plain(name)}" for name in agreement.partners)


def _section(section: Section, agreement: Agreement) -> list[str]:
    return [_heading_line(2, numbered_heading(section)), *_chunks(section.blocks, agreement)]


def _chunks(blocks: Iterable[Block], agreement: Agreement) -> list[str]:
    """Return blocks as chunks that a blank line separates."""
    chunks: list[str] = []
    last: Block | None = None
    other_marker = False
    for block in blocks:
        # Two lists in a row would become one: another marker (CommonMark § 5.3) starts a new list.
        other_marker = isinstance(block, ListBlock) and isinstance(last, ListBlock) and not other_marker
        chunk = _chunk(block, agreement, other_marker)
        if chunk:
            chunks.append(chunk)
            last = block
    return chunks


def _chunk(block: Block, agreement: Agreement, other_marker: bool) -> str:
    """Return one block; "" if Markdown has nothing for it. With `other_marker`, lists begin with `*` and `1)`."""
    match block:
        case Paragraph():
            return inline(block.runs)
        case Subheading():
            text = inline(block.runs, single_line=True)
            return f"{'#' * min(max(block.level, 3), 6)} {_with_escaped_end(text)}"
        case ListBlock():
            return _list(block, agreement, other_marker)
        case Table(listed=True):
            return _list(as_list(block, agreement.lang), agreement, other_marker)
        case Table():
            return _table(block)
        case Signature():
            return _signature(block, wording(agreement).colon)
        case WritingSpace():
            return ""


def _list(block: ListBlock, agreement: Agreement, other_marker: bool) -> str:
    """Return a list; the blocks of an item are indented as far as its text."""
    lines = []
    for number, item in enumerate(block.items, block.start):
        bullet, stop = ("*", ")") if other_marker else ("-", ".")
        mark = f"{number}{stop} " if block.ordered else f"{bullet} "
        tight = all(isinstance(inner, ListBlock) for inner in item.blocks[1:])
        chunks = _chunks(item.blocks, agreement)
        body = ("\n" if tight else "\n\n").join(chunks)
        lines.append(mark + body.replace("\n", "\n" + " " * len(mark)))
    return "\n".join("\n".join(line.rstrip(" ") for line in text.split("\n")) for text in lines)


def _table(table: Table) -> str:
    """Yield the lines of a table."""
    rows = [table.head, *(row.cells for row in table.rows)]
    lines = ["| " + " | ".join(inline(cell, single_line=True, cell=True) for cell in row) + " |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(table.head), *lines[1:]])


def _signature(block: Signature, colon: str) -> str:
    """Yield the lines on which the signatories of one partner sign."""
    lines = [_strong(block.partner), *(_plain(line) for line in (block.authorisation, block.note) if line)]
    chunks = ["\\\n".join(line for line in lines if line)]
    chunks += ["\\\n".join(_signatory(block, signatory, colon)) for signatory in block.signatories]
    return "\n\n".join(chunk for chunk in chunks if chunk)


def _signatory(block: Signature, signatory: Signatory, colon: str) -> Iterator[str]:
    """Yield the lines on which one person signs, with blanks for what is written by hand."""
    who = ", ".join(_plain(part) for part in (signatory.name, signatory.title) if part)
    if signatory.title and not signatory.name:
        who = f"{_BLANK_TO_FILL}, {who}"
    place = place_and_date_line(block, _BLANK_TO_FILL)
    if place:
        yield place
    yield f"{_plain(block.signature_label + colon)} {_BLANK_TO_FILL}"
    yield f"{_plain(block.name_label + colon)} {who or _BLANK_TO_FILL}"
    if not place:
        yield f"{_plain(block.date_label + colon)} {_BLANK_TO_FILL}"


def _plain(text: str) -> str:
    return inline((Run(text),), single_line=True)


def _strong(text: str) -> str:
    return inline((Run(text, strong=True),), single_line=True)


def _heading_line(level: int, text: str) -> str:
    """Return a heading: `_heading_line(2, "Vision")` gives « ## Vision » (CommonMark § 4.2, ATX headings)."""
    return f"{'#' * level} {_with_escaped_end(_plain(text))}"


def _with_escaped_end(text: str) -> str:
    """Return a heading's text with a # at its end escaped, since it would close the heading (§ 4.2)."""
    return f"{text[:-1]}\\#" if text.endswith("#") and not text.endswith("\\#") else text


_SPECIAL = re.compile(r"([\\`*_\[\]<>&~|!])")  # characters that may be markup anywhere in a line
# What opens a block at the start of a line: heading, quote, list, underline of a heading, rule (CommonMark § 4, 5).
_BLOCK_START = re.compile(r"^([#>+=-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_UNSAFE_IN_HREF = re.compile(r"[\s<>\\|\x00-\x20]")
_ASCII_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def inline(runs: Runs, single_line: bool = False, cell: bool = False) -> str:
    """Return runs as Markdown for the start of a line.

    `single_line` turns hard breaks into spaces (headings, cells); `cell` also escapes the bar that ends a table's cell.
    """
    from tui.agreement.light_markdown import escape

    if not any(_styled(run) or run.text == "\n" for run in runs):
        return escape("".join(run_text(run) for run in runs), cell=cell)
    lines = [_line(line, cell).strip() for line in _lines(runs)]
    joined = (" " if single_line else "\\\n").join(lines)
    return _BLOCK_START.sub(_escaped_block_start, joined)


def _styled(run: Run) -> bool:
    """Return whether a run has a style or a link."""
    return run.strong or run.emphasis or run.strike or run.code or bool(run.href)


def _lines(runs: Runs) -> list[list[Run]]:
    """Return the runs of each line, without empty lines at the ends; adjacent runs of the same style are joined."""
    lines: list[list[Run]] = [[]]
    # The key is "\n" for a hard break, else a run without text: its style alone.
    for style, group in groupby(runs, key=lambda run: "\n" if run.text == "\n" else replace(run, text="", hole=False)):
        members = list(group)
        if isinstance(style, Run):
            lines[-1].append(replace(style, text="".join(map(run_text, members))))
        else:
            lines += [[] for _break in members]
    filled = [at for at, line in enumerate(lines) if any(run.text.strip() for run in line)]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _line(runs: Iterable[Run], cell: bool) -> str:
    """Return one line; a letter right outside a delimiter (`**`, `~~`) becomes a character reference (`&#233;`).

    By the flanking rules (CommonMark § 6.2) `**« a »**b` is not bold: a delimiter next to punctuation inside needs
    punctuation or space outside too, and the & and ; of a reference count as punctuation.
    """
    text = ""
    ends_with_delimiter = False  # whether `text` ends with a delimiter
    for is_struck, group in groupby(runs, key=lambda run: run.strike):
        for before, core, after, run in _units(is_struck, group, cell):
            if not core:
                text += _as_reference(before[:1]) + before[1:] if ends_with_delimiter else before
                ends_with_delimiter = ends_with_delimiter and not before
                continue
            # `**a****b**` would be read as one delimiter in the middle: `__b__` keeps them apart.
            letter = "_" if ends_with_delimiter and text.endswith("*") and not before else "*"
            if not before and not ends_with_delimiter and text:
                text = text[:-1] + _as_reference(text[-1])
            text += before + (_delimited(run, core, letter) if run else f"~~{core}~~") + after
            ends_with_delimiter = not after
    return text


def _units(is_struck: bool, runs: Iterable[Run], cell: bool) -> Iterator[tuple[str, str, str, Run | None]]:
    """Yield (text before, text inside delimiters, space after, styled run).

    Plain text is all in the first item, and its run is None. Struck runs become one unit, whose run is None too, since
    `~~a~~~~b~~` would not be read as two.
    """
    if is_struck:
        before, core, after = _edges(_line((replace(run, strike=False) for run in runs), cell))
        yield before, core, after, None
        return
    for run in runs:
        before, core, after = _edges(run.text)
        if core and _styled(run):
            yield before, _code(core, cell) if run.code else _SPECIAL.sub(r"\\\1", core), after, run
        else:
            yield _SPECIAL.sub(r"\\\1", run.text), "", "", None


def _edges(text: str) -> tuple[str, str, str]:
    """Return (space before, text without outer space, space after)."""
    core = text.strip()
    start = text.find(core) if core else len(text)
    return text[:start], core, text[start + len(core) :]


def _delimited(run: Run, core: str, letter: str) -> str:
    """Return `core` in the delimiters of its style, `letter` being * or _, inside its link if it has one."""
    mark = letter * (2 * run.strong + run.emphasis)
    return f"[{mark}{core}{mark}](<{_href(run.href)}>)" if run.href else f"{mark}{core}{mark}"


def _as_reference(letter: str) -> str:
    """Return a letter as a character reference; "", space and ASCII punctuation need none and stay."""
    if not letter or letter.isspace() or _ASCII_PUNCTUATION.match(letter):
        return letter
    return f"&#{ord(letter)};"


def _code(text: str, cell: bool) -> str:
    """Return a code span, with more backticks around it than it holds in a row."""
    fence = "`"
    while fence in text:
        fence += "`"
    edge = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{edge}{text.replace('|', chr(92) + '|') if cell else text}{edge}{fence}"


def _href(href: str) -> str:
    """Return an address with characters that would end the link percent-encoded."""
    return _UNSAFE_IN_HREF.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), href)


def _escaped_block_start(match: re.Match[str]) -> str:
    """Return what opens a block, escaped: a backslash before # or -, but after the number of « 12. »."""
    return f"{match[0]}\\" if match[0][0].isdigit() else f"\\{match[0]}"
