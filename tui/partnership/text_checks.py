"""What the review finds in the words themselves: long sentences, long documents, words of the trade."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.guide.guide_loading import jargon
from tui.i18n import _
from tui.partnership.clause_checks import Check
from tui.partnership.privacy import Published
from tui.partnership.values import Entry

LONG_SENTENCE = 40  # words: beyond it, plain-language guides ask to cut (Québec's « langage clair » asks for 15 to 20)
LONG_DOCUMENT = 2500  # words: about five pages, where domain.md asks for two to four
_SENTENCE = re.compile(r"[.!?…]+\s+|\n+")


def read_over(public: Published, lang: str) -> Iterator[Check]:
    """What the public texts of the agreement in `lang` could say more simply."""
    total = 0
    for name in public.points:
        entry = public.view.entries[name]
        for key, cell in entry.cells.items():
            field, _at, language = key.partition("@")
            if language == lang and isinstance(cell.value, str):
                total += len(cell.value.split())
                yield from _text(entry, field, cell.value, lang)
    if total > LONG_DOCUMENT:
        words = _("{n} words, some {pages} pages: what could be left out?").format(n=total, pages=round(total / 500))
        yield "too_long", words, _("Two to four pages are read; more are filed."), ("gather.vision", "", "", "")


def _text(entry: Entry, field: str, text: str, lang: str) -> Iterator[Check]:
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
