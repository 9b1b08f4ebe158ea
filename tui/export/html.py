"""The agreement as one self-contained HTML file: no script, nothing fetched, ready to print."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape

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
)
from tui.export.columns import numeric
from tui.export.html_style import style
from tui.export.legible import legible
from tui.export.long_words import breakable
from tui.export.rendered import Rendered
from tui.export.wording import document_name, facts, heading, shown, tag, wording


def write(agreement: Agreement) -> Rendered:
    """Return the .html file in UTF-8."""
    clean, warnings = legible(agreement)
    return Rendered(_page(clean).encode(), warnings)


def _page(clean: Agreement) -> str:
    return "\n".join([*_head(clean), *_main(clean), "</main>", "</body>", "</html>", ""])


def _main(clean: Agreement) -> Iterator[str]:
    """Yield the text; of a document in two languages each text is an article that says its language."""
    if clean.also is None:
        yield from _front(clean)
        yield from _body(clean)
        return
    links = (f'<a href="#{part.lang}" lang="{part.lang}">{wording(part).language}</a>' for part in clean.parts)
    yield '<p class="languages">' + " · ".join(links) + "</p>"
    for part in clean.parts:
        yield f'<article id="{part.lang}" lang="{escape(tag(part))}">'
        yield from _front(part)
        yield from _body(part, f"{part.lang}-")
        yield "</article>"


def _head(agreement: Agreement) -> Iterator[str]:
    css = style(agreement)
    digest = b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(tag(agreement))}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{escape(document_name(agreement) or agreement.kind)}</title>"
    yield f"<style>{css}</style>"
    yield "</head>"
    yield "<body>"
    yield "<main>"


def _front(agreement: Agreement) -> Iterator[str]:
    yield "<header>"
    if agreement.draft and agreement.mark:
        yield f'<p class="mark">{escape(agreement.mark)}</p>'
    if agreement.kind and agreement.title:
        yield f'<p class="kind">{escape(agreement.kind)}</p>'
    yield f"<h1>{escape(agreement.title or agreement.kind)}</h1>"
    if agreement.partners:
        words = wording(agreement)
        yield f'<p class="between">{escape(words.between + words.colon)}</p>'
        yield '<ul class="partners">'
        yield from (f"<li>{escape(name)}</li>" for name in agreement.partners)
        yield "</ul>"
    if facts(agreement):
        yield f'<p class="facts">{escape(facts(agreement))}</p>'
    if agreement.copy:
        yield f'<p class="copy">{escape(agreement.copy)}</p>'
    yield "</header>"


def _body(agreement: Agreement, prefix: str = "") -> Iterator[str]:
    yield from _blocks(agreement.preamble, agreement)
    for section in agreement.sections:
        yield from _section(section, agreement, prefix)


def _section(section: Section, agreement: Agreement, prefix: str) -> Iterator[str]:
    name = f"{prefix}s{section.number}"
    yield f'<section aria-labelledby="{name}">'
    yield f'<h2 id="{name}">{escape(heading(section))}</h2>'
    yield from _blocks(section.blocks, agreement)
    yield "</section>"


def _blocks(blocks: Iterable[Block], agreement: Agreement) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                lead = ' class="lead"' if block.lead else ""
                yield f"<p{lead}>{_inline(block.runs)}</p>"
            case Subheading():
                level = min(max(block.level, 3), 6)
                yield f"<h{level}>{_inline(block.runs)}</h{level}>"
            case ListBlock():
                yield from _list(block, agreement)
            case Table():
                yield from _table(block)
            case Signature():
                yield from _signature(block)


def _list(block: ListBlock, agreement: Agreement) -> Iterator[str]:
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    yield f"<ol{start}>" if block.ordered else "<ul>"
    for item in block.items:
        yield "<li>" + "".join(_blocks(item.blocks, agreement)) + "</li>"
    yield "</ol>" if block.ordered else "</ul>"


def _table(table: Table) -> Iterator[str]:
    yield '<div class="wide"><table>'
    if table.caption:
        yield f"<caption>{escape(table.caption)}</caption>"
    kinds = [' class="amount"' if numeric(table, column) else "" for column in range(len(table.head))]
    head = (f'<th scope="col"{kind}>{_inline(cell)}</th>' for cell, kind in zip(table.head, kinds, strict=True))
    yield "<thead><tr>" + "".join(head) + "</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        first, *others = row.cells
        cells = (f"<td{kind}>{_inline(cell)}</td>" for cell, kind in zip(others, kinds[1:], strict=True))
        yield f'<tr><th scope="row">{_inline(first)}</th>' + "".join(cells) + "</tr>"
    yield "</tbody></table></div>"


def _signature(block: Signature) -> Iterator[str]:
    yield '<div class="signature">'
    yield f'<h3 class="partner">{escape(block.partner)}</h3>'
    yield from (f'<p class="note">{escape(line)}</p>' for line in (block.authorisation, block.note) if line)
    for signatory in block.signatories:
        yield from _signatory(block, signatory)
    yield "</div>"


def _signatory(block: Signature, signatory: Signatory) -> Iterator[str]:
    title = f"<br><em>{escape(signatory.title)}</em>" if signatory.title else ""
    yield '<dl class="signatory">'
    for label, filled in (
        (block.name_label, f"{escape(signatory.name)}{title}"),
        (block.signature_label, ""),
        (block.date_label, ""),
    ):
        yield f"<div><dt>{escape(label)}</dt><dd>{filled or '&nbsp;'}</dd></div>"
    yield "</dl>"


def _inline(runs: Runs) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    if run.text == "\n":
        return "<br>"
    text = escape(breakable(shown(run))).replace("\u200b", "<wbr>")  # unlike U+200B, it is not copied
    for on, name in ((run.code, "code"), (run.strike, "s"), (run.emphasis, "em"), (run.strong, "strong")):
        if on:
            text = f"<{name}>{text}</{name}>"
    if run.hole:
        text = f'<mark class="hole">{text}</mark>'
    if run.href.startswith(("https://", "http://", "mailto:")):
        text = f'<a href="{escape(run.href)}" rel="noreferrer">{text}</a>'
    return text
