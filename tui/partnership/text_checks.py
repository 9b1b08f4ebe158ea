"""The checks of a review on the words themselves: long sentences, long documents, jargon."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from tui.guide.guide_loading import jargon
from tui.guide.guide_types import Guide
from tui.i18n import _
from tui.partnership.clause_checks import Check
from tui.partnership.completion import answer_entry
from tui.partnership.partners import active
from tui.partnership.privacy import Published
from tui.partnership.values import Entry

LONG_SENTENCE = 40  # words; plain-language guides ask for fewer (Québec's « langage clair » for 15 to 20)
LONG_DOCUMENT = 4  # pages; longer agreements are filed rather than read
# The number of pages is estimated, with figures from PDFs of three to seven pages: by words for running text, by lines
# for lists. `_OF_A_PARTNER` are the lines that name a partner as a party, head its commitments and hold its signature.
_WORDS_A_PAGE = 500
_LETTERS_A_LINE, _LINES_A_PAGE, _HEAD_OF_THE_DOCUMENT = 95, 46, 23
_BELOW_A_PARAGRAPH, _OF_A_SECTION, _OF_A_PARTNER, _OF_A_SIGNATURE = 0.4, 3.2, 14, 9  # lines
_NAMED_SECTIONS = 3  # how many of the longest sections are named
_SENTENCE = re.compile(r"[.!?…]+\s+|\n+")  # the end of a sentence


def read_over(guide: Guide, public: Published, lang: str) -> Iterator[Check]:
    """Yield what the public texts of the agreement in `lang` could say more simply, and whether they are too long."""
    word_count, lines = 0, dict[str, float]()  # `lines` by section id
    for entry_id in public.points:
        entry = public.view.entries[entry_id]
        section = _section(guide, entry)
        for key, cell in entry.cells.items():
            field, _at, language = key.partition("@")
            if language == lang and isinstance(cell.value, str):
                word_count += len(cell.value.split())
                lines[section] = lines.get(section, 0) + _printed_lines(cell.value)
                yield from _text_findings(entry, field, cell.value, lang)
    named_count = sum(bool(partner.name(lang)) for partner in active(public.view))
    all_lines = _HEAD_OF_THE_DOCUMENT + sum(lines.values()) + _OF_A_SECTION * len(lines) + _OF_A_PARTNER * named_count
    signature_pages = _signature_pages(public, named_count)
    other_lines = all_lines - _OF_A_SIGNATURE * signature_pages
    pages = max(word_count / _WORDS_A_PAGE, other_lines / _LINES_A_PAGE) + signature_pages
    if pages > LONG_DOCUMENT:
        heads = {head.id: head.heading.get(lang) for head in guide.sections}
        longest = [
            heads[name]
            for name in sorted(lines, key=lines.__getitem__, reverse=True)[:_NAMED_SECTIONS]
            if name in heads
        ]
        titles = ", ".join(_("“{title}”").format(title=title) for title in longest)
        question = _("{n} words, some {pages} pages, most of them in {sections}: what could be left out?")
        question = question.format(n=word_count, pages=math.ceil(pages), sections=titles)
        yield "too_long", question, _("Two to four pages are read; more are filed."), ("gather.vision", "", "", "")


def _signature_pages(public: Published, named_count: int) -> int:
    """Return how many named partners sign on a page of their own: all but the first, if counterparts were chosen."""
    legal = answer_entry(public.view, "extra.legal", ())
    return max(named_count - 1, 0) if legal is not None and legal.get("counterparts") else 0


def _printed_lines(text: str) -> float:
    """Return about how many printed lines a text takes, with the space below each paragraph."""
    return sum(
        math.ceil(len(part) / _LETTERS_A_LINE) + _BELOW_A_PARAGRAPH for part in text.splitlines() if part.strip()
    )


def _section(guide: Guide, entry: Entry) -> str:
    """Return the id of the section that an answer feeds; "" for none."""
    question = guide.by_id.get(entry.question)
    part = question.part(entry.part) if question is not None else None
    return (part.feeds if part is not None else "") or (question.feeds if question is not None else "")


def _text_findings(entry: Entry, field: str, text: str, lang: str) -> Iterator[Check]:
    """Yield the long sentences and the jargon in one text."""
    where = entry.question, (entry.givers or ("",))[0], entry.id, field
    for sentence in _SENTENCE.split(text):
        count = len(sentence.split())
        if count > LONG_SENTENCE:
            start = " ".join(sentence.split()[:6])
            words = _("“{start}…”, {n} words: can it be cut in two?").format(start=start, n=count)
            yield "long_sentence", words, _("A short sentence is understood at the first reading."), where
    folded = text.casefold()
    for word, plain in jargon().get(lang, {}).items():
        if re.search(rf"\b{re.escape(word)}(s|es)?\b", folded):
            words = _("“{word}”: say “{plain}” instead?").format(word=word, plain=plain)
            yield "jargon", words, _("A reader from another circle may not know it."), where
