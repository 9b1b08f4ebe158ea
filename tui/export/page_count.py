"""Count the pages of a document in its PDF, or estimate them where no PDF can be made."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from tui.agreement.blocks import Agreement, Signature
from tui.export.formats import CannotExport, by_id, render
from tui.export.plain_text import to_text
from tui.fast_dataclass import dataclass
from tui.i18n import ngettext

_WORDS_A_PAGE = 330  # of an agreement with its headings, lists and tables; counted on the worked examples
_SIGNATURES_A_PAGE = 5
_FRONT_SHARE = 0.3  # of a page: kind, title, version and partners, above the first section of each text
_PAGE = re.compile(rb"/Type\s*/Page\b")  # uncompressed, once for each page of a PDF


@dataclass(frozen=True, slots=True)
class PageCount:
    """A number of pages; `exact` if it was counted in a PDF, not estimated."""

    pages: int
    exact: bool

    @property
    def words(self) -> str:
        """The number in words, in the interface's language: « 4 pages », « environ 4 pages » for an estimate."""
        if self.exact:
            return ngettext("{n} page", "{n} pages", self.pages).format(n=self.pages)
        return ngettext("about {n} page", "about {n} pages", self.pages).format(n=self.pages)


def count_pages(agreement: Agreement) -> PageCount:
    """Make the PDF of a document and count its pages, or estimate them without typst. This takes up to a second."""
    try:
        pages = len(_PAGE.findall(render(agreement, by_id("pdf")).data))
    except CannotExport:
        pages = 0
    return PageCount(pages, exact=True) if pages else estimate_pages(agreement)


def estimate_pages(agreement: Agreement) -> PageCount:
    """Estimate the pages by the number of words of each text and by its signatures."""
    pages = 0
    for part in agreement.parts:
        signatures = [block for section in part.sections for block in section.blocks if isinstance(block, Signature)]
        own_pages = sum(block.page for block in signatures)  # signatures that have a page each
        words = len(to_text(replace(part, also=None), None).split())
        signature_pages = (len(signatures) - own_pages) / _SIGNATURES_A_PAGE
        pages += math.ceil(_FRONT_SHARE + words / _WORDS_A_PAGE + signature_pages) + own_pages
    return PageCount(max(pages, 1), exact=False)
