"""The style sheet of the HTML file: quiet letterpress on screen, real margins and page numbers on paper."""

from __future__ import annotations

from tui.agreement.blocks import Agreement
from tui.export.wording import on_letter, running_title

_SCREEN = """
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
dl.signatory { display: grid; grid-template-columns: 1.15fr 1.15fr .7fr; gap: .4em 1.4rem; margin: .5em 0 1em;
  break-inside: avoid; }
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

_PAPER = """
@page { size: %(size)s; margin: 2.2cm 2.3cm 2.4cm;
  @top-right { content: %(title)s; color: #5a6472; font: 8.5pt Georgia, serif; }
  @bottom-center { content: %(page)s counter(page) %(of)s counter(pages);
    color: #5a6472; font: 8.5pt Georgia, serif; } }
@page :first { @top-right { content: none; } }
@media print { html { background: none; font-size: 9.6pt; } body { line-height: 1.42; }
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


def style(agreement: Agreement) -> str:
    """Return the style sheet; the words in it are CSS strings that can close neither the string nor the element."""
    page, of = agreement.page_label
    return _SCREEN + _PAPER % {
        "size": "letter" if on_letter(agreement) else "A4",
        "title": _string(running_title(agreement)),
        "page": _string(f"{page} "),
        "of": _string(f" {of} "),
    }


def _string(text: str) -> str:
    """Return a CSS string; all but letters, digits and spaces is escaped by code point (CSS Syntax § 4.3.7)."""
    return '"' + "".join(one if one.isalnum() or one == " " else f"\\{ord(one):x} " for one in text) + '"'
