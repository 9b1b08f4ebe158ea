"""Write the agreement as one self-contained HTML file, ready to print: no script, nothing fetched."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape

from tui.agreement.anchors import AnchorNames
from tui.agreement.blocks import (
    NOWHERE,
    Agreement,
    Block,
    ListBlock,
    Origin,
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
    cell_origin,
)
from tui.agreement.large_print import is_for_a_room, is_large_print
from tui.export.formats import Rendered
from tui.export.legible_text import make_legible
from tui.export.page_layout import (
    break_long_words,
    document_name,
    facts_line,
    is_amount_column,
    is_us_letter,
    language_tag,
    numbered_heading,
    place_and_date_line,
    run_text,
    running_title,
    runs_text,
    wording,
)


def write(agreement: Agreement) -> Rendered:
    """Return the .html file in UTF-8."""
    clean, warnings = make_legible(agreement)
    return Rendered(_page(clean).encode(), warnings)


def _page(clean: Agreement) -> str:
    """Return the whole page of a legible agreement."""
    return "\n".join([*_head(clean), *_main(clean), "</main>", "</body>", "</html>", ""])


def _main(clean: Agreement) -> Iterator[str]:
    """Yield the lines inside <main>; in a document with several texts each is an <article> in its language."""
    if clean.also is None:
        yield from _front(clean)
        yield from _body(clean, _LineIds())
        return
    is_bilingual = len({part.lang for part in clean.parts}) == len(clean.parts)
    if is_bilingual:
        links = (f'<a href="#{part.lang}" lang="{part.lang}">{wording(part).language}</a>' for part in clean.parts)
        yield '<p class="languages">' + " · ".join(links) + "</p>"
    ids = _LineIds()
    for at, part in enumerate(clean.parts, 1):
        name = part.lang if is_bilingual else f"{part.lang}{at}"  # two texts may be in the same language
        yield f'<article id="{name}" lang="{escape(language_tag(part))}">'
        yield from _front(part)
        yield from _body(part, ids, f"{name}-")
        yield "</article>"


def _head(agreement: Agreement) -> Iterator[str]:
    """Yield the lines up to <main>; the policy allows nothing but the style sheet, by its digest."""
    css = style_sheet(agreement)
    digest = b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield "<!DOCTYPE html>"
    yield f'<html lang="{escape(language_tag(agreement))}">'
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


class _LineIds:
    """Gives the lines of one page their ids, by which a page that comes back is compared with ours line by line."""

    def __init__(self) -> None:
        self._names = AnchorNames()
        self.lang, self._section = "", ""

    def begin(self, lang: str, section: str) -> None:
        """Note the language and the id of the section that the next lines belong to; "" above the first section."""
        self.lang, self._section = lang, section

    def attribute(self, origin: Origin, runs: Runs) -> str:
        """Return the id of the next line as an HTML attribute with a space before it: ` id="…"`."""
        return f' id="{self._names.name(self.lang, self._section, origin, runs_text(runs))}"'


def _front(agreement: Agreement) -> Iterator[str]:
    """Yield the lines above the first section: mark of a draft, kind, title, version and date, partners."""
    yield "<header>"
    if agreement.draft and agreement.mark:
        yield f'<p class="mark">{escape(agreement.mark)}</p>'
    if agreement.kind and agreement.title:
        yield f'<p class="kind">{escape(agreement.kind)}</p>'
    yield f"<h1>{escape(agreement.title or agreement.kind)}</h1>"
    if agreement.partners and not agreement.parties:
        words = wording(agreement)
        yield f'<p class="between">{escape(words.between + words.colon)}</p>'
        yield '<ul class="partners">'
        yield from (f"<li>{escape(name)}</li>" for name in agreement.partners)
        yield "</ul>"
    if facts_line(agreement):
        yield f'<p class="facts">{escape(facts_line(agreement))}</p>'
    if agreement.copy:
        yield f'<p class="copy">{escape(agreement.copy)}</p>'
    yield "</header>"


def _body(agreement: Agreement, ids: _LineIds, prefix: str = "") -> Iterator[str]:
    """Yield the lines of the preamble and of the sections."""
    ids.begin(agreement.lang, "")
    yield from _blocks(agreement.preamble, ids)
    for section in agreement.sections:
        ids.begin(agreement.lang, section.id)
        yield from _section(section, ids, prefix)


def _section(section: Section, ids: _LineIds, prefix: str) -> Iterator[str]:
    """Yield the lines of a section, with its heading."""
    name = f"{prefix}s{section.label.replace('.', '-')}"
    classes = " ".join([*(["apart"] if section.page else []), *(["tight"] if section.tight else [])])
    attribute = f' class="{classes}"' if classes else ""
    yield f'<section{attribute} aria-labelledby="{name}">'
    yield f'<h2 id="{name}">{escape(numbered_heading(section))}</h2>'
    yield from _blocks(section.blocks, ids)
    yield "</section>"


def _blocks(blocks: Iterable[Block], ids: _LineIds, item: Origin = NOWHERE) -> Iterator[str]:
    """Yield the HTML of blocks; `item` is the origin of the list item that they are in, if any."""
    for block in blocks:
        match block:
            case Paragraph():
                lead = ' class="lead"' if block.lead else ""
                origin = item if block.origin == NOWHERE else block.origin
                yield f"<p{ids.attribute(origin, block.runs)}{lead}>{_inline(block.runs)}</p>"
            case Subheading():
                level = min(max(block.level, 3), 6)
                yield f"<h{level}{ids.attribute(block.origin, block.runs)}>{_inline(block.runs)}</h{level}>"
            case ListBlock():
                yield from _list(block, ids)
            case Table(listed=True):
                yield from _list(as_list(block, ids.lang), ids)
            case Table():
                yield from _table(block, ids)
            case Signature():
                yield from _signature(block)
            case WritingSpace():
                yield "<hr>" * block.lines


def _list(block: ListBlock, ids: _LineIds) -> Iterator[str]:
    """Yield the lines of a list."""
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    yield f"<ol{start}>" if block.ordered else "<ul>"
    for item in block.items:
        yield "<li>" + "".join(_blocks(item.blocks, ids, item.origin)) + "</li>"
    yield "</ol>" if block.ordered else "</ul>"


def _table(table: Table, ids: _LineIds) -> Iterator[str]:
    """Yield the lines of a table."""
    yield '<div class="wide"><table>'
    if table.caption:
        yield f"<caption>{escape(table.caption)}</caption>"
    # For each column the HTML attribute that aligns amounts, for each cell below its id.
    kinds = [' class="amount"' if is_amount_column(table, column) else "" for column in range(len(table.head))]
    head = (f'<th scope="col"{kind}>{_inline(cell)}</th>' for cell, kind in zip(table.head, kinds, strict=True))
    yield "<thead><tr>" + "".join(head) + "</tr></thead>"
    yield "<tbody>"
    for row in table.rows:
        names = [ids.attribute(cell_origin(row, at), cell) for at, cell in enumerate(row.cells)]
        cells = (
            f"<td{name}{kind}>{_inline(cell)}</td>"
            for cell, kind, name in zip(row.cells[1:], kinds[1:], names[1:], strict=True)
        )
        yield f'<tr><th scope="row"{names[0]}>{_inline(row.cells[0])}</th>' + "".join(cells) + "</tr>"
    yield "</tbody></table></div>"


def _signature(block: Signature) -> Iterator[str]:
    """Yield the lines on which the signatories of one partner sign."""
    yield f'<div class="signature{" apart" if block.page else ""}">'
    yield f'<h3 class="partner">{escape(block.partner)}</h3>'
    yield from (f'<p class="note">{escape(line)}</p>' for line in (block.authorisation, block.note) if line)
    for signatory in block.signatories:
        yield from _signatory(block, signatory)
    yield "</div>"


def _signatory(block: Signature, signatory: Signatory) -> Iterator[str]:
    """Yield the lines on which one person signs, with blanks for what is written by hand."""
    title = f"<br><em>{escape(signatory.title)}</em>" if signatory.title else ""
    place = place_and_date_line(block, "\u2009".join("_" * 14))
    if place:
        yield f'<p class="place">{escape(place)}</p>'
    yield f'<dl class="signatory{"" if place else " dated"}">'
    lines = [(block.name_label, f"{escape(signatory.name)}{title}"), (block.signature_label, "")]
    for label, content in lines if place else (*lines, (block.date_label, "")):
        yield f"<div><dt>{escape(label)}</dt><dd>{content or '&nbsp;'}</dd></div>"
    yield "</dl>"


def _inline(runs: Runs) -> str:
    return "".join(_run(run) for run in runs)


def _run(run: Run) -> str:
    """Return a run in the tags of its styles."""
    if run.text == "\n":
        return "<br>"
    text = escape(break_long_words(run_text(run))).replace("\u200b", "<wbr>")  # unlike U+200B, not copied with the text
    for is_on, tag in ((run.code, "code"), (run.strike, "s"), (run.emphasis, "em"), (run.strong, "strong")):
        if is_on:
            text = f"<{tag}>{text}</{tag}>"
    if run.hole:
        text = f'<mark class="hole">{text}</mark>'
    if run.href.startswith(("https://", "http://", "mailto:")):
        text = f'<a href="{escape(run.href)}" rel="noreferrer">{text}</a>'
    return text


# The style of every page.
_SCREEN_STYLE = """
:root { --ink: #1d2430; --soft: #5a6472; --line: #c9d1d9; --accent: #1f4e79; --wash: #eef3f8; color-scheme: light; }
* { box-sizing: border-box; }
html { background: #e9ecef; }
body { margin: 0; color: var(--ink); font: 1.0625rem/1.55 Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia,
  "Noto Serif", serif; overflow-wrap: anywhere; font-variant-numeric: lining-nums; }
main { max-width: 46rem; margin: 2.5rem auto; padding: 4.5rem 5rem; background: #fff; box-shadow: 0 1px 8px #0002; }
header { margin: 0 0 2.6rem; padding: 0 0 1.5rem; border-bottom: 2px solid var(--accent); }
h1, h2, h3, h4, h5, h6 { color: var(--accent); line-height: 1.22; text-wrap: balance; break-after: avoid; }
h1 { margin: .1em 0 .6em; font-size: 2.15rem; font-weight: 600; }
h2 { margin: 2.4em 0 .6em; font-size: 1.3rem; font-weight: 600; }
h3, h4, h5, h6 { margin: 1.5em 0 .3em; font-size: 1.08rem; color: var(--ink); }
p { margin: .55em 0; }
p.kind { margin: 0; color: var(--soft); font-size: .95rem; font-weight: 600; letter-spacing: .08em;
  text-transform: uppercase; }
p.mark { float: right; margin: 0 0 1rem 1rem; padding: .1em .7em; border: 2px solid #a3341f; border-radius: 3px;
  color: #a3341f; font-weight: 700; letter-spacing: .14em; text-transform: uppercase; }
p.between { margin: 0 0 .2em; color: var(--soft); }
p.facts { margin: 1.2em 0 0; color: var(--soft); }
p.lead { break-after: avoid; }
ul.partners { margin: 0; line-height: 1.3; padding: 0; list-style: none; font-weight: 600; }
ul, ol { margin: .4em 0 .8em; padding-left: 1.5em; }
li { margin: .25em 0; } li > p:first-child { margin: 0; } li > p { margin: .1em 0; }
li:has(> p + p) { margin: .6em 0; }
li > ul, li > ol { margin: .2em 0; }
a { color: var(--accent); text-underline-offset: .15em; }
mark.hole { padding: 0 .2em; border-radius: 2px; background: #fff1c2; color: #6b4e00; }
code { font-size: .92em; }
div.wide { margin: 1em 0 1.4em; overflow-x: auto; }
table { overflow-wrap: break-word; width: 100%; border-collapse: collapse; font-size: .95rem; line-height: 1.4; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
th, td { padding: .45em .7em; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top; }
tbody th { font-weight: 400; } .amount { text-align: end; white-space: nowrap; }
thead th { border-bottom: 2px solid var(--accent); background: var(--wash); color: var(--accent); }
div.signature { margin: 1.6em 0 1.8em; break-inside: avoid; }
div.signature p { margin: .1em 0; } h3.partner { margin: 0 0 .1em; } p.note { color: var(--soft); font-size: .95rem; }
div.signature + div.signature { break-before: avoid; } p:has(+ div.signature) { break-after: avoid; }
p.place { margin-top: 1em; } div.signature.apart, div.signature + div.signature.apart { break-before: page; }
dl.signatory { display: grid; grid-template-columns: 1fr 1fr; gap: .4em 1.4rem; margin: .5em 0 1em;
  break-inside: avoid; }
dl.signatory.dated { grid-template-columns: 1.15fr 1.15fr .7fr; }
dl.signatory > div { display: flex; flex-direction: column-reverse; justify-content: start; }
dl.signatory dd { margin: 0; min-height: 3.1em; padding-bottom: .15em; border-bottom: 1px solid var(--ink);
  line-height: 1.25; flex: 1; align-content: end; }
dl.signatory dt { color: var(--soft); font-size: .8rem; } dd em { color: var(--soft); font-size: .95rem;
  font-style: normal; }
p.copy { margin: .3em 0 0; color: var(--accent); font-weight: 600; }
p.languages { margin: -2.4rem 0 1.6rem; color: var(--soft); font-size: .95rem; }
article + article { margin-top: 6rem; padding-top: 3rem; border-top: 2px solid var(--accent); }
@media (max-width: 44rem) { main { margin: 0; padding: 1.5rem 1.2rem; } dl.signatory { grid-template-columns: 1fr; } }
"""

# The style of the printed page; `style_sheet` fills in the names in %(…)s.
_PAPER_STYLE = """
@page { size: %(size)s; margin: 2.2cm 2.3cm 2.4cm;
  @top-right { content: %(title)s; color: #5a6472; font: 8.5pt Georgia, serif; }
  @bottom-center { content: %(page)s counter(page) %(of)s counter(pages);
    color: #5a6472; font: 8.5pt Georgia, serif; } }
@page :first { @top-right { content: none; } }
%(also)s
@media print { html { background: none; font-size: %(points)spt; } body { line-height: 1.42; }
  header { margin-bottom: 1.6rem; } h2 { margin-top: 1.5em; } h3 { margin-top: 1.1em; } li { margin: .12em 0; }
  ul, ol { margin: .25em 0 .5em; } div.wide { margin: .6em 0 .9em; } th, td { padding: .3em .6em; }
  div.signature { margin: 1.1em 0; }
  main { max-width: none; margin: 0; padding: 0; box-shadow: none; }
  p.languages { display: none; } article + article { break-before: page; margin: 0; padding: 0; border: 0; }
  div.wide { overflow: visible; } tr { break-inside: avoid; }
  p.lead + ul { break-before: avoid; } thead { display: table-header-group; }
  p, li { orphans: 2; widows: 2; } a { color: inherit; }
  mark.hole, thead th { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""

# For sections that begin a page of their own, or are set smaller to stay on one.
_APART_STYLE = """
section.apart { break-before: page; }
@media print { section.tight { font-size: .9em; line-height: 1.25; } section.tight h2 { margin-top: .6em; }
  section.tight :is(h3, h4, p, ul, li) { margin-top: .1em; margin-bottom: .1em; }
  section.tight h3 { margin-top: .5em; } }
"""


def style_sheet(agreement: Agreement) -> str:
    """Return the style sheet of a page; texts of the document in it are escaped as CSS strings."""
    page, of = agreement.page_label
    values = {
        "points": agreement.text_size or 9.6,
        "size": "letter" if is_us_letter(agreement) else "A4",
        "title": _css_string(running_title(agreement)),
        "page": _css_string(f"{page} "),
        "of": _css_string(f" {of} "),
        "also": _second_text_style(agreement),
    }
    sections = [section for part in agreement.parts for section in part.sections]
    apart = _APART_STYLE if any(section.page or section.tight for section in sections) else ""
    return _SCREEN_STYLE + _size_style(agreement) + _PAPER_STYLE % values + apart


def _second_text_style(agreement: Agreement) -> str:
    """Return the rules for the printed pages of a second text: the title and page number in its own language."""
    if agreement.also is None:
        return ""
    page, of = agreement.also.page_label
    foot = f"{_css_string(f'{page} ')} counter(page) {_css_string(f' {of} ')} counter(pages)"
    head = _css_string(running_title(agreement.also))
    return (
        "article + article { page: other; } "
        f"@page other {{ @top-right {{ content: {head}; }} @bottom-center {{ content: {foot}; }} }}"
    )


# For a screen in a meeting room: letters are a twentieth of the window's height, and one section fills it.
_ROOM_STYLE = """
html { font-size: max(24pt, 4.6vh); background: #fff; } body { font-family: "Segoe UI", "Noto Sans", Arial, sans-serif;
  color: #000; line-height: 1.4; } main { max-width: none; margin: 0; padding: 1rem 5vw; box-shadow: none; }
section, header { min-height: 96vh; margin: 0; border: 0; } h1 { font-size: 2.2rem; } h2 { position: sticky; top: 0;
  margin-top: 0; padding: .2em 0; background: #fff; font-size: 1.5rem; } table { font-size: 1rem; }
mark.hole { color: #000; } p.facts, p.note, p.kind, dl.signatory dt { font-size: 1rem; color: #000; }
"""
_LARGE_STYLE = "html { font-size: 20pt; } main { max-width: 54rem; }\n"


def _size_style(agreement: Agreement) -> str:
    """Return the rules that a text in large print, or for a meeting room, adds on screen; "" for the usual size."""
    if is_for_a_room(agreement):
        return _ROOM_STYLE
    return _LARGE_STYLE if is_large_print(agreement) else ""


def _css_string(text: str) -> str:
    """Return a CSS string; all but letters, digits and spaces is escaped by code point (CSS Syntax § 4.3.7)."""
    return '"' + "".join(char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in text) + '"'
